"""Cells of tables of answers, one by one; the words for what is hidden stand in one module of report."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from relecture.core.study import ROOT
from relecture.disclosure.disclosure_control import Control
from relecture.report.tables import answer_cells

NAN = float("nan")
NUMBER = {"count": 9, "n": 10, "mean": 46.25, "sd": 8.04, "median": 45.5, "q1": 40, "q3": 52.25, "withheld": False}


def cell(**changes):
    return SimpleNamespace(**NUMBER | changes)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (answer_cells.mean(cell()), "46,3 (8,0)"),
        (answer_cells.mean(cell(mean=NAN)), "–"),
        (answer_cells.mean(cell(mean=NAN, withheld=True)), "masqué"),
        (answer_cells.quartiles(cell()), "45,5 [40,0 – 52,3]"),
        (answer_cells.quartiles(cell(q1=NAN)), "45,5"),
        (answer_cells.quartiles(cell(median=NAN)), "masqué"),  # answers too few for a median
        (answer_cells.quartiles(cell(median=NAN, count=0)), "–"),
        (answer_cells.summed_up(cell()), "médiane 45,5 [40 – 52,2] ; moyenne 46,3, écart type 8,0"),
        (answer_cells.summed_up(cell(median=NAN, mean=NAN)), "médiane et moyenne : masqué"),
        (answer_cells.count(cell(withheld=True)), "9"),  # its mean alone is withheld
        (answer_cells.count(cell(count=NAN, withheld=True)), "masqué"),
        (answer_cells.count_and_share(9, 0), "–"),
        (answer_cells.count_and_share(9, NAN), "9"),
        (answer_cells.side(NAN, 10, NAN, NAN, NAN), "masqué"),
        (answer_cells.side(NAN, NAN, NAN, NAN, NAN), ""),
        (answer_cells.untested(SimpleNamespace(withheld=True, note="")), "masqué"),
        (answer_cells.untested(SimpleNamespace(note="rien à comparer")), "rien à comparer"),
    ],
)
def test_a_cell_is_written(written, expected):
    assert written.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("primary", "secondary", "sentence"),
    [
        (0, 0, "Aucun effectif n’a eu à être masqué."),
        (1, 0, "1 case a été masquée : moins de 5 répondants, ou de quoi en retrouver une qui en a moins."),
        (1, 3, "4 cases ont été masquées : moins de 5 répondants, ou de quoi en retrouver une qui en a moins."),
    ],
)
def test_the_sentence_says_how_many_cells_are_hidden(primary, secondary, sentence):
    control = Control(5, primary=primary, secondary=secondary)
    assert answer_cells.hidden_sentence(control).replace("\u00a0", " ") == sentence


def test_no_other_module_of_report_words_what_a_mask_hides():
    """A mended mask costs disclosure's module, this one, and their tests; a parameter may have a French name."""
    words = 'WITHHELD_NOTE|WHOLE_GROUP_NOTE|smallest_cell(?!": )|"withheld"|\\.withheld|effectif trop petit'
    report = ROOT / "lib" / "relecture" / "report"
    named = [path.stem for path in report.rglob("*.py") if re.search(words, path.read_text(encoding="utf-8"))]
    assert named == ["answer_cells"]


def test_no_module_outside_disclosure_knows_how_many_answers_a_number_needs():
    rule = re.compile(r'smallest_cell(?!": ")|\b(MEDIAN|QUARTILES)\b|masking\.(mask_|WITHHELD|ODDS|MODEL)')
    lib = ROOT / "lib" / "relecture"
    paths = [path for path in lib.rglob("*.py") if path.parent.name != "disclosure"]
    assert [path.stem for path in paths if rule.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(("q1", "said"), [(30.0, 0), (float("nan"), 1)])
def test_a_median_without_quartiles_is_explained(q1, said):
    assert len([*answer_cells.bare_medians(pd.DataFrame({"median": [41.0, float("nan")], "q1": [q1, q1]}))]) == said
