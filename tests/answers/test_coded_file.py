"""Coded answers come back the same from each kind of file; oracles: pyreadstat, openpyxl, frictionless."""

import json

import pytest

from relecture.answers import coded_file
from relecture.answers.files import validation
from relecture.answers.questionnaire.missing import CODES
from relecture.core.errors import InputError

TEXT_KINDS = ("text", "date", "time")


@pytest.fixture(params=["jouet", "ardu"])
def one(request, toy, hard):
    return toy if request.param == "jouet" else hard


@pytest.fixture
def answers(one, random_answers):
    frame = random_answers(one, 60, seed=18)
    return validation.Answers(frame, None)


def test_a_csv_is_read_back_the_same(one, answers, tmp_path):
    schema = coded_file.write(answers, one, tmp_path / "codees.csv")
    assert validation.read(one, tmp_path / "codees.csv").frame.equals(answers.frame)
    assert schema == tmp_path / "codees.schema.json" and json.loads(schema.read_text(encoding="utf-8"))["fields"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codees.csv", "codees.schema.json"]


def test_the_schema_describes_the_csv(one, answers, tmp_path):
    from frictionless import Resource, Schema

    schema = coded_file.write(answers, one, tmp_path / "codees.csv")
    described = Schema.from_descriptor(json.loads(schema.read_text(encoding="utf-8")))
    report = Resource(path="codees.csv", basepath=str(tmp_path), schema=described).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_a_workbook_has_numbers_texts_and_its_codes(one, answers, tmp_path):
    from openpyxl import load_workbook

    coded_file.write(answers, one, tmp_path / "codees.xlsx")
    book = load_workbook(tmp_path / "codees.xlsx")
    header, *rows = book["reponses"].iter_rows()
    assert [cell.value for cell in header] == ["repondant", *one.columns]
    for row, (_, cells) in zip(rows, answers.frame.iterrows(), strict=True):
        for cell, (name, text) in zip(row[1:], cells.items(), strict=True):
            figure = one.columns[name].item.kind in ("number", "multiple") and text not in CODES
            assert cell.data_type == ("n" if figure else "s")
            assert (cell.value == float(text)) if figure else (cell.value.removeprefix("'") == text.removeprefix("'"))
    legend = {(row[0], row[2]): row[3] for row in book["codes"].iter_rows(min_row=2, values_only=True)}
    choices = {(f"{item.id}", choice.id): choice.label for item in one.items for choice in item.choices}
    assert {key: legend[key] for key in legend.keys() & choices.keys()} == {
        key: label for key, label in choices.items() if one[key[0]].kind == "single"
    }


def test_an_spss_file_has_labels_and_says_why_answers_are_missing(one, answers, tmp_path):
    import pyreadstat

    coded_file.write(answers, one, tmp_path / "codees.sav")
    table, about = pyreadstat.read_sav(tmp_path / "codees.sav", user_missing=True)
    assert table["repondant"].tolist() == answers.frame.index.tolist()
    for (name, column), stored in zip(one.columns.items(), table.columns[1:], strict=True):
        cells, labels = answers.frame[name], about.variable_value_labels.get(stored, {})
        known = {choice.id: choice.label for choice in column.item.choices}
        known = {"0": "non coché", "1": "coché"} if column.item.kind == "multiple" else known
        for text, value in zip(cells, table[stored], strict=True):
            if column.item.kind in TEXT_KINDS:
                assert value == ("" if text in CODES else text.rstrip())  # SPSS fills cells with spaces
            elif text in CODES:
                assert value in (-96, -97, -98, -99) or value != value
            elif column.item.kind == "number":
                assert value == float(text)
            else:
                assert labels[value] == known[text]
        assert about.column_names_to_labels[stored].endswith(column.label)
        assert (stored in about.missing_ranges) == (column.item.kind not in TEXT_KINDS)


def test_codes_that_are_numbers_are_kept_and_words_of_spss_are_not_names(hard, toy, tmp_path, people, document):
    import pyreadstat

    from relecture.answers.questionnaire import instrument

    assert coded_file._values(hard.columns["avis.net"])["2"] == 2
    document["sections"][1]["items"][0]["id"] = "with"
    long = document["sections"][0]["items"][3]
    long["rows"] = {"simple": "A", "l" * 48: "B", "l" * 47: "C"}
    long["id"] = "avis"
    document["scores"] = []
    one = instrument.build(document)
    frame = people({}).drop(columns=["alarme", "avis.sure", "avis.lente"]).reindex(columns=[*one.columns])
    coded_file.write(validation.Answers(frame.astype("str").fillna("sans_reponse"), None), one, tmp_path / "codees.sav")
    names = pyreadstat.read_sav(tmp_path / "codees.sav", metadataonly=True)[1].column_names
    assert "with_" in names and len(set(names)) == len(one.columns) + 1


def test_what_cannot_be_written_is_refused_whole(toy, people, tmp_path, monkeypatch):
    answers = validation.Answers(people({"raison": "x" * 40_000}), None)
    with pytest.raises(InputError, match=r"raison : un texte de 40000 signes ne tient que dans un \.csv"):
        coded_file.write(answers, toy, tmp_path / "codees.xlsx")
    answers = validation.Answers(people({}), None)
    monkeypatch.setattr(coded_file, "ROWS", 1)
    with pytest.raises(InputError, match=r"codees\.xlsx : 1 réponses ne tiennent pas dans un classeur"):
        coded_file.write(answers, toy, tmp_path / "codees.xlsx")
    with pytest.raises(InputError, match=r"codees\.ods : les réponses codées s'écrivent en \.csv, \.xlsx, \.sav"):
        coded_file.write(answers, toy, tmp_path / "codees.ods")
    assert list(tmp_path.iterdir()) == []
