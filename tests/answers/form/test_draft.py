"""The draft stays beside the file, is taken up again with the same questionnaire, and is put aside with another."""

from datetime import date, time

import pytest
import yaml

from relecture.answers.form.draft import Draft
from relecture.answers.questionnaire import instrument
from relecture.core import files
from relecture.core.errors import InputError

KINDS = {"age": "number", "jour": "date", "heure": "time", "choix.a": "multiple"}


@pytest.fixture
def draft(toy, tmp_path):
    return Draft(toy, tmp_path / "mes-reponses.csv")


def test_values_come_back_as_they_were(draft, tmp_path):
    values = {"age": "41", "jour": date(2024, 5, 31), "heure": time(0, 5), "choix.a": True}
    draft.write(3, values)
    assert [path.name for path in tmp_path.iterdir()] == ["mes-reponses.brouillon.json"]
    assert draft.read(KINDS) == (3, values, "")
    draft.erase()
    assert draft.read(KINDS) == (0, {}, "") and not [*tmp_path.iterdir()]


def test_the_draft_of_a_changed_questionnaire_is_put_aside_and_told(draft, document, tmp_path):
    draft.write(1, {"age": "41"})
    document["sections"][1]["items"][1]["high"] = 99
    other = Draft(instrument.build(document), tmp_path / "mes-reponses.csv")
    assert other.read(KINDS)[:2] == (0, {})
    assert [path.name for path in tmp_path.iterdir()] == ["mes-reponses.brouillon-ancien.json"]


def test_the_same_questionnaire_read_twice_has_one_draft(draft, toy_text, tmp_path):
    draft.write(1, {"age": "41"})
    same = Draft(instrument.build(yaml.safe_load(toy_text)), tmp_path / "mes-reponses.csv")
    assert same.read(KINDS) == (1, {"age": "41"}, "")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"questionnaire": 1}', "coupé {"])
def test_a_file_that_is_no_draft_is_put_aside(draft, content):
    draft.path.write_text(content, encoding="utf-8")
    assert "brouillon-ancien.json" in draft.read(KINDS)[2]
    assert not draft.path.exists()


def test_a_draft_that_cannot_be_written_is_told(draft, monkeypatch):
    monkeypatch.setattr(files.os, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "")))
    with pytest.raises(InputError, match="accès refusé"):
        draft.write(0, {})
