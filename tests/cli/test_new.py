"""A further study is written whole, says that its numbers are fictional, and owes nothing to any test of its kind.

Its page is held by tests/notebooks, in the copies of the repository that its fixtures build.
"""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from relecture.answers.questionnaire import instrument
from relecture.cli import new
from relecture.cli.commands import main
from relecture.core import files, study
from relecture.core.errors import InputError
from relecture.core.french import typeset
from relecture.core.study import ROOT

NAME = "mon_etude"
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml", "Makefile")
TESTS = (
    "tests/data/test_every_study.py",
    "tests/notebooks/test_cells.py",
    "tests/notebooks/test_executed.py",
    "tests/notebooks/test_pictures.py",
)


def relecture(*words):
    return CliRunner().invoke(main, words, prog_name="relecture")


@pytest.fixture
def at_toy(toy, monkeypatch):
    monkeypatch.setattr(study, "ROOT", toy.root)
    toy.write({"Makefile": "all: ready\n\nverify: all ## compare\n"})
    return toy


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the repository with one study more, and the three lines that the command told."""
    root = tmp_path_factory.mktemp("recueil")
    for part in PARTS:
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, root / part)
    before = _files(root)
    told = _run(root, "-m", "relecture", "new", "study", NAME)
    return root, sorted(path.as_posix() for path in _files(root) - before), told.splitlines()


def _files(root):
    aside = {"__pycache__", ".cache"}
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file() and not aside & {*path.parts}}


def _run(root, *words):
    environment = {**os.environ, "PYTHONPATH": str(root / "lib")}
    run = subprocess.run([sys.executable, *words], cwd=root, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_a_further_study_is_nine_files_at_most(copied):
    _, written, told = copied
    names = "README.md findings.yaml instrument.yaml legends.yaml printed.csv relations.yaml study.yaml".split()
    assert written == [*(f"data/{NAME}/{name}" for name in names), f"notebooks/{NAME}.ipynb"]
    assert len([*written, "data/manifest.json"]) <= 9
    assert len(told) == 3 and all(NAME in line for line in told[:2]) and "make manifest" in told[2]


def test_every_file_says_that_it_is_an_example(copied):
    root, written, _ = copied
    assert [path for path in written if "ficti" not in (root / path).read_text(encoding="utf-8")] == []


def test_it_is_audited_built_and_owes_nothing(copied):
    root, _, _ = copied
    audited = _run(root, "-m", "relecture", "audit", NAME)
    assert (audited.count("✓"), audited.count("✗"), audited.count("?")) == (5, 1, 1)
    assert (root / "outputs" / f"{NAME}.html").exists() is False
    _run(root, "-m", "relecture", "build", NAME)
    assert (root / "outputs" / f"{NAME}.html").exists()
    for path in TESTS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    _run(root, "-m", "ruff", "check", "--no-cache", "notebooks")
    checked = _run(root, "-m", "pytest", "-q", "-k", NAME, "-p", "no:cacheprovider", "--import-mode=importlib", *TESTS)
    assert " passed" in checked and "failed" not in checked


REFUSED = [
    ("Mon étude", "mon_etude"),
    ("mon-etude", "mon_etude"),
    ("2023", "etude"),
    ("_a", "a"),
    ("a" * 27, "a" * 26),
    ("../ailleurs", "ailleurs"),
    ("étude « d'Ajoodha »", "etude_d_ajoodha"),
]


@pytest.mark.parametrize(("name", "fit"), REFUSED)
def test_what_cannot_name_a_study_is_refused_with_what_could(at_toy, name, fit):
    result = relecture("new", "study", name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(typeset(f"« {name} » ne peut pas nommer une étude ("))
    assert result.stderr.endswith(typeset(f" ; par exemple : {fit}\n"))


@pytest.mark.parametrize("name", ["jouet", "carnet", "dossier", "index", "verify"])
def test_nothing_that_exists_is_written_over(at_toy, name):
    at_toy.write({"notebooks/carnet.ipynb": "{}", "data/dossier/notes.txt": "à moi"})
    before = {path: path.read_bytes() for path in at_toy.root.rglob("*") if path.is_file()}
    result = relecture("new", "study", name)
    assert result.exit_code == 1
    assert result.stderr == typeset(f"« {name} » est déjà pris : choisissez un autre nom ; rien n'a été écrit\n")
    assert {path: path.read_bytes() for path in at_toy.root.rglob("*") if path.is_file()} == before


def test_a_study_that_cannot_be_finished_leaves_nothing(at_toy, monkeypatch):
    def fail(notebook):
        assert notebook.is_file()
        raise InputError(["essai.ipynb : disque plein"])

    monkeypatch.setattr(new, "_execute", fail)
    before = sorted(at_toy.root.rglob("*"))
    assert (relecture("new", "study", "essai").exit_code, sorted(at_toy.root.rglob("*"))) == (1, before)


def test_only_a_study_or_an_instrument_can_be_new(at_toy):
    result = relecture("new", "thesis", "essai")
    assert result.exit_code == 2
    assert typeset("La commande « thesis » n'existe pas.") in result.stderr


def test_a_questionnaire_of_another_tool_serves_at_once(tmp_path):
    """Its folder, with nothing else in it, is enough to export and to check answers."""
    dictionary, folder = tmp_path / "dico.csv", tmp_path / "mon enquête"
    assert relecture("export", "guefif", "redcap", str(dictionary)).exit_code == 0
    done = relecture("new", "instrument", str(dictionary), str(folder))
    assert done.exit_code == 0, done.output
    last = done.stdout.splitlines()[-1].replace("\u00a0", " ")
    assert last == f"Questionnaire écrit : {folder / 'instrument.yaml'} (26 questions)"
    assert [path.name for path in folder.iterdir()] == ["instrument.yaml"]
    assert relecture("export", str(folder), "xlsform", str(tmp_path / "q.xlsx")).exit_code == 0
    header = instrument.load(folder).columns
    answered = next(name for name, one in header.items() if one.item.kind == "single" and not one.item.relevant)
    cells = (header[name].codes[0] if name == answered else "" for name in header)  # a row without answers is left out
    (tmp_path / "reponses.csv").write_text(f"repondant,{','.join(header)}\n1,{','.join(cells)}\n", encoding="utf-8")
    form = instrument.load(folder).form(tmp_path / "saisies.csv")
    form.controls[answered].value = header[answered].codes[0]
    assert form.save()
    checked = relecture("validate", str(folder), str(tmp_path / "reponses.csv"))
    assert checked.exit_code == 0 and checked.stdout.startswith("1 réponse")
    assert "existe déjà" in relecture("new", "instrument", str(dictionary), str(folder)).stderr


def test_a_folder_that_is_no_compendium_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(study, "ROOT", tmp_path)
    result = relecture("new", "study", "essai")
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "n’est pas un recueil" in result.stderr


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(at_toy, monkeypatch):
    def full(*arguments, **options):
        raise OSError(28, "disque plein")

    monkeypatch.setattr(files, "TemporaryDirectory", full)
    result = relecture("new", "study", "essai")
    assert (
        result.stderr.replace("\u00a0", " ")
        == f"« {at_toy.root / 'data/essai'} » : écriture impossible (disque plein)\n"
    )
    assert not list(at_toy.root.rglob("*essai*"))


def test_a_notebook_that_fails_is_told_with_its_cell(at_toy, tmp_path, monkeypatch):
    (tmp_path / "modeles/study").mkdir(parents=True)
    (tmp_path / "modeles/study/notebook.md").write_text("# Titre\n\n```python\n1 / 0\n```\n", encoding="utf-8")
    monkeypatch.setattr(new, "TEMPLATES", tmp_path / "modeles")
    result = relecture("new", "study", "essai")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.replace("\u00a0", " ").startswith("essai.ipynb : cellule de code n° 1 : ZeroDivisionError")
