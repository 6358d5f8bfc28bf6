"""Files of SPSS, Stata and Parquet, written by their own libraries, give labels, numbers and days as people write them.

Oracle: the values that pyreadstat and duckdb were given to write.
"""

import sys
from datetime import date

import duckdb
import pandas as pd
import pyreadstat
import pytest

from relecture.answers.tables import labelled
from relecture.answers.tables.table import UnreadableFile

FRAME = pd.DataFrame(
    {
        "sexe": [1.0, 2.0, None, 9.0],
        "age": [41.0, -99.0, 33.5, None],
        "ville": ["Sète", "", "Pau", "x" * 300],
        "jour": [date(2023, 10, 5), None, date(2024, 2, 29), date(1960, 1, 1)],
    }
)
TITLES = ["Sexe ?", "Âge ?", "Ville ?", "Jour ?"]
LABELS = {"sexe": {1: "Une femme", 2: "Un homme", 9: "Sans réponse"}}
ROWS = [
    ("Une femme", "41", "Sète", "2023-10-05"),
    ("Un homme", "", "", ""),
    ("", "33.5", "Pau", "2024-02-29"),
    ("Sans réponse", "", "x" * 300, "1960-01-01"),
]


@pytest.fixture
def sav(tmp_path):
    missing = {"age": [-99], "sexe": [9]}
    pyreadstat.write_sav(
        FRAME, tmp_path / "a.sav", column_labels=TITLES, variable_value_labels=LABELS, missing_ranges=missing
    )
    return (tmp_path / "a.sav").read_bytes()


def test_spss_labels_are_read_and_declared_missing_values_are_empty(rows, sav):
    table, faults = labelled.read_table(sav)
    assert rows(table) == [tuple(FRAME), *ROWS]
    assert (labelled.kind_of(sav), table.kind, list(table.lines), faults) == ("sav", "sav", [1, 2, 3, 4], [])


def test_a_title_is_a_label_where_it_alone_is_known(rows, sav):
    table, _ = labelled.read_table(sav, known=lambda cells: len({"Sexe ?", "age", "Âge ?", "Ville ?"} & {*cells}))
    assert rows(table) == [("Sexe ?", "age", "Ville ?", "jour"), *ROWS]


def test_stata(rows, tmp_path):
    frame = FRAME.assign(sexe=[1, 2, "a", 1], age=[41.0, None, 33.5, None])  # .a: a missing value of one's own
    pyreadstat.write_dta(
        frame, tmp_path / "a.dta", variable_value_labels={"sexe": {1: "Une femme", 2: "Un homme"}}, version=15,
        missing_user_values={"sexe": ["a"]},
    )  # fmt: skip
    raw = (tmp_path / "a.dta").read_bytes()
    table, _ = labelled.read_table(raw)
    assert (table.kind, rows(table)[1:3]) == ("dta", ROWS[:2])
    assert [row[0] for row in rows(table)[3:]] == ["", "Une femme"]


def test_parquet(rows, tmp_path):
    path = tmp_path / "a.parquet"
    values = "(1, 41.0, 'Sète', DATE '2023-10-05', TRUE), (2, NULL, NULL, NULL, FALSE)"
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {values}) t(sexe, age, ville, jour, actif)) TO '{path}' (FORMAT parquet)")
    table, faults = labelled.read_table(path.read_bytes())
    assert (table.kind, faults) == ("parquet", [])
    assert rows(table)[1:] == [("1", "41", "Sète", "2023-10-05", "true"), ("2", "", "", "", "false")]


def test_a_missing_library_is_told_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UnreadableFile, match=r"duckdb : pip install relecture\[parquet\]"):
        labelled.read_table(b"PAR1....PAR1")


@pytest.mark.parametrize("raw", [b"$FL2@(#) SPSS", b"<stata_dta><header>", b"PAR1....PAR1", b"\x72\x01\x01\x00"])
def test_a_damaged_file_is_refused(raw):
    with pytest.raises(UnreadableFile, match="abîmé ou incomplet"):
        labelled.read_table(raw)
