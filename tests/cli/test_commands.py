"""The command speaks French, down to click's own words, and its exit status tells what happened."""

import json
import re
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from relecture.cli import show_findings
from relecture.cli.commands import main
from relecture.core import errors, study
from relecture.printed import audit

ENGLISH = re.compile(
    r"\b(usage:|error|options:|commands:|try|show|exit|missing|no such|did you mean|invalid|requires|got|is not)\b",
    re.IGNORECASE,
)


def relecture(*words):
    return CliRunner().invoke(main, words, prog_name="relecture")


@pytest.fixture
def at_toy(toy, monkeypatch, plain_pages):
    monkeypatch.setattr(study, "ROOT", toy.root)
    return toy


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ([], 2, "Usage : relecture [OPTIONS] COMMANDE"),
        (["--help"], 0, "Commandes :"),
        (["build", "--help"], 0, "Affiche cette aide."),
        (["audit", "--help"], 0, "ÉTUDE|DOSSIER"),
        (["--version"], 0, "relecture 0."),
        (["dessine"], 2, "La commande « dessine » n'existe pas."),
        (["buil"], 2, "Vouliez-vous dire 'build' ?"),
        (["build", "--bruit"], 2, "L'option « --bruit » n'existe pas."),
        (["build", "--out"], 2, "L'option « --out » demande une valeur."),
        (["build", "--jobs", "0"], 2, "0 est refusé, il en faut au moins 1."),
        (["build", "--jobs", "deux"], 2, "« deux » n'est pas un nombre entier."),
        (["build", "--force=1"], 2, "L'option « --force » ne prend pas de valeur."),
        (["build", "--fo"], 2, "Vouliez-vous dire l'un de ceux-ci :"),
        (["audit"], 2, "Il manque l'argument 'ÉTUDE|DOSSIER'"),
        (["audit", "a", "b"], 2, "Argument en trop : b"),
        (["audit", "a", "b", "c"], 2, "Arguments en trop : b c"),
        (["audit", "a", "--format", "xml"], 2, "« xml » n'est pas l'un de 'text', 'csv', 'json'."),
    ],
)
def test_click_speaks_french_and_bad_usage_is_status_2(words, status, told):
    result = relecture(*words)
    assert result.exit_code == status
    assert told in result.output
    assert ENGLISH.findall(result.output.replace("Usage\u00a0:", "")) == []


@pytest.mark.parametrize("command", ["build", "audit"])
def test_an_unknown_study_is_refused_in_one_line(at_toy, command):
    result = relecture(command, "rien")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "rien" in result.stderr and "jouet" in result.stderr


def test_an_audit_that_finds_nothing_says_that_a_folder_is_accepted(at_toy):
    told = relecture("audit", "rien").stderr
    assert told.startswith("« rien » n'est ni une étude de ce recueil (études connues : jouet) ni un dossier")
    assert told.endswith(" (un chemin est accepté aussi)\n")


@pytest.mark.parametrize("path", ["mes relevés/article", "./mes relevés/article/", "{cwd}/mes relevés/article"])
def test_any_folder_is_audited_without_a_study_file(at_toy, monkeypatch, path):
    at_toy.write(
        {
            "mes relevés/article/printed.csv": "address,value,kind,place,note\na,6,count,x,\nb,6,count,y,\n",
            "mes relevés/article/relations.yaml": "- {id: r, kind: same, section: S, label: L, values: [a, b]}\n",
        }
    )
    monkeypatch.chdir(at_toy.root)
    result = relecture("audit", path.format(cwd=at_toy.root))
    assert result.exit_code == 0
    assert "✓ L — retrouvé" in result.stdout


def test_a_known_study_wins_over_a_folder_of_the_same_name(at_toy, monkeypatch):
    at_toy.write({"ici/jouet/printed.csv": "", "ici/jouet/relations.yaml": ""})  # would be refused: no column
    monkeypatch.chdir(at_toy.root / "ici")
    assert relecture("audit", "jouet").exit_code == 0
    assert relecture("audit", "./jouet").stderr.startswith("printed.csv, ligne 1 : colonnes aucune")


def test_a_build_says_what_it_does_and_where_the_pages_are(at_toy):
    first, second = relecture("build"), relecture("build")
    index = at_toy.root / "outputs/index.html"
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines() == [
        "jouet : exécution du carnet…",
        f"Construites : 1 ; les pages sont dans {index}",
    ]
    assert second.stdout == f"Rien à refaire, tout est à jour ; les pages sont dans {index}\n"


def test_a_failing_notebook_is_named_with_its_cell_and_its_error(at_toy):
    at_toy.write({"notebooks/jouet.ipynb": at_toy.notebook([("code", "raise ValueError('a\\nb')", [])])})
    result = relecture("build", "jouet", "--out", str(at_toy.root / "pages"))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:3] == [
        "jouet : ÉCHEC",
        "  cellule de code n° 1 : ValueError : a",
        "  b",
    ]
    assert str(at_toy.root / "pages/jouet.failed.html") in result.stderr
    assert "En échec : 1" in result.stdout


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_an_audit_prints_its_listing_and_succeeds_whatever_the_verdicts(monkeypatch, at_toy, form):
    for name in ("text", "csv", "json"):
        monkeypatch.setattr(show_findings, name, lambda found, name=name: f"{name} : {found}, incohérent\n")
    monkeypatch.setattr(audit, "audit", lambda about: about.name)
    result = relecture("audit", "jouet", "--format", form)
    assert (result.exit_code, result.stdout_bytes.decode("utf-8")) == (0, f"{form} : jouet, incohérent\n")


def test_a_real_audit_is_json_that_a_machine_reads():
    result = relecture("audit", "guefif", "--format", "json")
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) > 0


def test_every_fault_of_a_refused_input_is_a_line(monkeypatch, at_toy):
    refusal = errors.InputError(["faute 1", "faute 2"])
    monkeypatch.setattr(study, "load_study", _raising(refusal))
    result = relecture("audit", "jouet")
    assert (result.exit_code, result.stderr) == (1, "faute 1\nfaute 2\n")


def _raising(error):
    def refuse(*_):
        raise error

    return refuse


@pytest.mark.timed
def test_help_comes_in_less_than_four_tenths_of_a_second():
    assert min(_timed() for _ in range(3)) < 0.4


def _timed() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "relecture", "--help"], check=True, capture_output=True)
    return time.perf_counter() - start
