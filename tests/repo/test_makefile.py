"""The Makefile tells what it can do, takes a conda python, and a second `make` is a blink.

Half a second is the promise of the design for a `make` with nothing to do, everything included.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from relecture.core.study import ROOT

TEXT = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.search(r"^TARGETS := (.+)$", TEXT, re.MULTILINE)[1].split())


def make(root: Path, *words: str) -> subprocess.CompletedProcess:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment = outside | {"PATH": path, "PYTHONPATH": str(root / "lib")}
    return subprocess.run(["make", *words], cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(toy):
    """The toy with the real library and Makefile, in a folder whose name has a space."""
    shutil.copytree(ROOT / "lib", toy.root / "lib", dirs_exist_ok=True)
    shutil.copy(ROOT / "Makefile", toy.root)
    (toy.root / "tests").mkdir()
    return Path(shutil.copytree(toy.root, toy.root.parent / "avec espace"))


def test_help_lists_every_target_and_every_notebook(copy):
    told = make(copy, "help").stdout
    assert set(re.findall(r"^make ([a-z]+)\t\S", told, re.MULTILINE)) == TARGETS
    assert "jouet" in told


def test_a_dry_run_of_the_default_target_installs_and_compiles_then_builds():
    dry = make(ROOT, "-n", "-B").stdout
    steps = ("--require-hashes", "--no-deps", "-m compileall -qq lib", "-m relecture build")
    assert sorted(steps, key=dry.index) == list(steps)


@pytest.mark.timed
def test_a_second_make_does_nothing_in_half_a_second(copy):
    first = make(copy, "VENV=")
    assert first.returncode == 0, first.stderr
    assert "outputs/index.html" in first.stdout
    assert min(_timed(copy) for _ in range(3)) <= 0.5


def _timed(root: Path) -> float:
    start = time.perf_counter()
    again = make(root, "VENV=")
    assert again.stdout.startswith("Rien à refaire")
    return time.perf_counter() - start


def test_a_page_is_a_target_by_its_file_judged_by_content(copy):
    page, notebook = copy / "outputs/jouet.html", copy / "notebooks/jouet.ipynb"
    dry = make(copy, "-n", "VENV=", "outputs/jouet.html", "outputs/index.html")
    assert re.findall(r"-m relecture build(.*)", dry.stdout) == [" jouet", ""]
    assert not page.parent.exists()
    assert make(copy, "VENV=", "outputs/jouet.html").returncode == 0
    assert page.is_file()
    os.utime(notebook)
    assert make(copy, "VENV=", "outputs/jouet.html").stdout.startswith("Rien à refaire")
    changed = notebook.read_text(encoding="utf-8").replace("De la prose", "Une autre prose")
    notebook.write_text(changed, encoding="utf-8")
    os.utime(notebook, (0, 0))
    assert make(copy, "VENV=", "outputs/jouet.html").returncode == 0
    assert "Une autre prose" in page.read_text(encoding="utf-8")


def test_a_notebook_is_a_target_and_clean_keeps_the_readme(copy):
    (copy / "outputs").mkdir()
    (copy / "outputs/README.md").write_text("gardé", encoding="utf-8")
    assert make(copy, "VENV=", "jouet").returncode == 0
    assert (copy / "outputs/jouet.html").is_file()
    assert "gardés" in make(copy, "VENV=", "clean").stdout
    assert [path.name for path in (copy / "outputs").iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["jouets"], "Vouliez-vous dire « jouet » ?"),
        (["verifi"], "Vouliez-vous dire « verify » ?"),
        (["ANSWERS=mes réponses.csv"], "make jouet ANSWERS=mes réponses.csv"),
    ],
)
def test_what_make_cannot_do_is_told_in_french_with_what_it_can(copy, words, told):
    refused = make(copy, "VENV=", *words)
    assert refused.returncode == 2 and not (copy / "outputs").exists()
    assert told in refused.stderr
    assert refused.stdout == ""


def test_a_file_that_is_there_is_no_unknown_target(copy):
    assert make(copy, "VENV=", "-B", "Makefile").returncode == 0
