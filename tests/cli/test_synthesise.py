"""`relecture synthesise`: a labelled file that the import reads without a fault, and its account beside it."""

import json

import pytest
from click.testing import CliRunner

from relecture.answers.files import validation
from relecture.answers.questionnaire import instrument
from relecture.cli.commands import main
from relecture.core.study import ROOT, load_study

PLANNED = sorted(path.parent.name for path in (ROOT / "data").glob("*/synthetic.yaml"))
REPRODUCED = {"ajoodha": (44, 46), "guefif": (175, 187), "zerhoui": (120, 131)}


def synthesise(*words):
    return CliRunner().invoke(main, ["synthesise", *map(str, words)], prog_name="relecture")


@pytest.mark.parametrize("name", REPRODUCED)
def test_the_file_is_labelled_and_read_back_without_a_fault(tmp_path, name):
    result = synthesise(name, tmp_path / "essai.csv")
    found, of = REPRODUCED[name]
    assert result.exit_code == 0, result.output
    assert result.output.count("\n") == 1
    assert f"nombres imprimés retrouvés : {found} sur {of}" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["essai.synthetic.csv", "essai.synthetic.json"]
    told = json.loads((tmp_path / "essai.synthetic.json").read_text(encoding="utf-8"))
    assert (told["synthetic"], told["study"], told["seed"]) == (True, name, 2023)
    assert len(told["account"]) == of
    read = validation.read(instrument.load(load_study(name)), tmp_path / "essai.synthetic.csv")
    assert len(read.frame) == told["respondents"]
    assert read.frame.index.str.startswith("synthetique-").all()


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for place, seed in (("a", 4), ("b", 4), ("c", 5)):
        synthesise("ajoodha", tmp_path / f"{place}-synthetic.csv", "--seed", seed)
    one, same, other = ((tmp_path / f"{place}-synthetic.csv").read_bytes() for place in "abc")
    assert one == same != other
    assert (tmp_path / "a-synthetic.json").read_bytes() == (tmp_path / "b-synthetic.json").read_bytes()


def test_another_number_of_respondents(tmp_path):
    result = synthesise("ajoodha", tmp_path / "grand-synthetique.csv", "--n", 120)
    assert result.output.startswith("120 réponses synthétiques dans ")
    assert "nom complété" not in result.output
    told = json.loads((tmp_path / "grand-synthetique.json").read_text(encoding="utf-8"))
    assert "120 répondants au lieu de 50" in told["account"][0]["reason"]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["planchenault", "a.csv"], 1, "planchenault : pas de réponses synthétiques, faute d'un plan"),
        (["clausener", "a.csv"], 1, f"études qui en ont un : {', '.join(PLANNED)}"),
        (["rien", "a.csv"], 1, "« rien » n'est ni une étude"),
        (["ajoodha", "a.xlsx"], 1, "s'écrivent en CSV"),
        (["ajoodha", "absent/a.csv"], 1, "n'est pas un dossier"),
        (["ajoodha", "a.csv", "--n", "0"], 2, "il en faut au moins 1"),
        (["ajoodha", "a.csv", "--seed", "-1"], 2, "une graine est un nombre entier positif ou nul"),
        (["ajoodha", "a.csv", "--n", "x"], 2, "n'est pas un nombre entier"),
        (["ajoodha"], 2, "Il manque l'argument 'FICHIER'"),
        (["--help"], 0, "Personne n'a donné ces réponses"),
    ],
)
def test_refusals_are_in_french_and_write_nothing(tmp_path, monkeypatch, words, status, told):
    monkeypatch.chdir(tmp_path)
    result = synthesise(*words)
    assert (result.exit_code, told in result.output) == (status, True), result.output
    assert list(tmp_path.iterdir()) == []
