"""The same truth in files of SPSS, Stata and Parquet, by codes, by labels, or as Relecture writes it.

Oracle: the truth they were written from, with pyreadstat and duckdb.
"""

import duckdb
import pandas as pd
import pyreadstat
import pytest

from relecture.answers import coded_file
from relecture.answers.files import validation
from relecture.answers.questionnaire import instrument
from relecture.core.study import ROOT

from .truth import EMPTY, Truth

STUDIES = ("ajoodha", "guefif", "zerhoui")


@pytest.fixture(scope="module", params=STUDIES)
def truth(request, random_answers):
    form = instrument.load(ROOT / "data" / request.param / "instrument.yaml")
    frame = random_answers(form, 20, 18).map(str.strip)
    return Truth(form, frame, frame)


def labelled(truth):
    """A number for each choice, with its label; a tick 1 or 0; the question as label of the column."""
    columns, labels, titles = {}, {}, {}
    for name, column in truth.instrument.columns.items():
        cells = truth.frame[name].mask(truth.frame[name].isin(EMPTY), "")
        if column.item.kind in ("single", "matrix"):
            words = {choice.id: (rank, choice.label) for rank, choice in enumerate(column.item.choices, start=1)}
            columns[name] = [words[cell][0] if cell else None for cell in cells]
            labels[name] = {rank: label[:120] for rank, label in words.values()}
        elif column.item.kind == "text":
            columns[name] = cells
        else:
            columns[name] = pd.to_numeric(cells)
        titles[name] = column.item.label if len(column.item.columns) == 1 else f"{column.item.label} : {column.label}"
    return pd.DataFrame(columns), labels, titles


def check(truth, path):
    answers, faults = validation.check(truth.instrument, path)
    assert list(map(str, faults))[:3] == []
    assert answers.frame.reset_index(drop=True).compare(truth.frame.reset_index(drop=True)).empty
    return answers.summary


def test_spss_with_labels(truth, tmp_path):
    frame, labels, titles = labelled(truth)
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, path, column_labels=[*titles.values()], variable_value_labels=labels)
    assert check(truth, path).kind == "sav"


def test_stata_with_labels(truth, tmp_path):
    frame, labels, titles = labelled(truth)
    names = {name: name.replace(".", "__") for name in frame}
    names |= {name: f"v{rank}" for rank, name in enumerate(frame) if len(names[name]) > 32}  # Stata holds none so long
    path = tmp_path / "a.dta"
    labels = {names[name]: words for name, words in labels.items()}
    titles = [title[:80] for title in titles.values()]
    pyreadstat.write_dta(frame.rename(columns=names), path, column_labels=titles, variable_value_labels=labels)
    if truth.instrument.id == "ajoodha":  # labels of 80 signs, of which two are the same
        assert "colonne inconnue" in str(validation.check(truth.instrument, path)[1][0])
    else:
        assert check(truth, path).kind == "dta"


def test_parquet_of_codes(truth, tmp_path):
    frame = truth.frame.mask(truth.frame.isin(EMPTY)).astype(object)
    path = tmp_path / "a.parquet"
    duckdb.from_df(frame).write_parquet(str(path))
    assert (check(truth, path).kind, check(truth, path).tool) == ("parquet", "Relecture")


@pytest.mark.parametrize("kind", ["sav", "xlsx", "csv"])
def test_what_validate_wrote_is_read_again(truth, tmp_path, kind):
    frame = truth.frame.set_axis([f"r{rank}" for rank in range(20)]).rename_axis("repondant")
    path = tmp_path / f"codees.{kind}"
    coded_file.write(validation.Answers(frame, None), truth.instrument, path)
    summary = check(truth, path)
    assert (summary.kind, summary.tool, summary.rows) == (kind, "Relecture", 20)
