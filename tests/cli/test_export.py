"""`relecture export`: the file, what it leaves out, and the build's `--answers` as the command line takes it."""

import json

import pytest
from click.testing import CliRunner

from relecture.answers.formats.registry import FORMATS
from relecture.cli.commands import main


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_written_and_says_what_it_leaves_out(run, tmp_path, form):
    done = run("export", "guefif", form, tmp_path / "questionnaire")
    assert done.exit_code == 0
    assert (tmp_path / "questionnaire").stat().st_size > 1000
    assert "non exprimé : score" in done.output and "Questionnaire écrit" in done.output


def test_surveyjs_is_json(run, tmp_path):
    run("export", "guefif", "surveyjs", tmp_path / "q.json")
    assert json.loads((tmp_path / "q.json").read_text(encoding="utf-8"))["locale"] == "fr"


def test_an_unknown_format_lists_those_there_are(run, tmp_path):
    done = run("export", "guefif", "word", tmp_path / "q")
    assert done.exit_code == 2 and "xlsform" in done.output


def test_a_file_that_cannot_be_written_is_told_in_one_line(run, tmp_path):
    done = run("export", "guefif", "redcap", tmp_path / "absent" / "q.csv")
    assert done.exit_code == 1 and "écriture impossible" in done.output


def test_own_answers_need_one_study_and_a_file(run, tmp_path):
    assert run("build", "--answers", tmp_path).exit_code == 2
    missing = run("build", "guefif", "--answers", tmp_path / "absent.csv")
    assert missing.exit_code == 1 and "fichier introuvable" in missing.output
