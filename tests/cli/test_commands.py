"""A refused input is told fault by fault, and help comes in a blink."""

import errno
import os
import re
import shlex
import shutil
import subprocess
import sys
import time

import pytest

from relecture import load_study
from relecture.cli import new
from relecture.cli.commands import main
from relecture.core import errors, study
from relecture.core.french import typeset


@pytest.mark.parametrize("command", ["build", "audit"])
def test_an_unknown_study_is_refused_in_one_line(relecture, at_toy, command):
    result = relecture(command, "rien")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "rien" in result.stderr and "jouet" in result.stderr


def test_every_fault_of_a_refused_input_is_a_line(relecture, monkeypatch, at_toy):
    refusal = errors.InputError(["faute 1", "faute 2"])
    monkeypatch.setattr(study, "load_study", _raised(refusal))
    result = relecture("audit", "jouet")
    assert (result.exit_code, result.stderr) == (1, "faute 1\nfaute 2\n")


def _raised(error):
    def fail(*_, **__):
        raise error

    return fail


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EACCES, "accès refusé"),
        (errno.ENOSPC, "disque plein"),
        (errno.EISDIR, "un dossier porte déjà ce nom"),
        (errno.ENOENT, "fichier absent"),
        (errno.ETXTBSY, "erreur n° 26 du système"),
    ],
)
def test_what_the_system_refuses_is_told_in_french(relecture, monkeypatch, at_toy, number, told):
    monkeypatch.setattr(study, "load_study", _raised(OSError(number, os.strerror(number), "l'essai.csv")))
    result = relecture("audit", "jouet")
    assert (result.exit_code, result.stderr) == (1, typeset(f"« l'essai.csv » : {told}\n"))


LEAVES = {f"{name}": command for name, command in main.commands.items() if name != "new"} | {
    f"new {name}": command for name, command in main.commands["new"].commands.items()
}
EXAMPLES = [
    shlex.split(line)[1:]
    for command in [main, main.commands["new"], *LEAVES.values()]
    for line in (command.epilog or "").splitlines()
    if line.startswith("  relecture ")
]
HEAVY = {"build", "verify", "manifest", "crate", "lab", "open"}


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_has_examples_of_its_own(name):
    assert [words for words in EXAMPLES if words[: len(name.split())] == name.split()]


@pytest.mark.parametrize("words", [*map(tuple, EXAMPLES)], ids=" ".join)
def test_every_example_runs(relecture, tmp_path, monkeypatch, words):
    """In a folder with the data of this compendium; what builds or opens is only read."""
    for name in ("data", "notebooks"):
        shutil.copytree(study.ROOT / name, tmp_path / name)
    monkeypatch.setattr(study, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outputs").mkdir()
    load_study("guefif").synthetic(n=5).frame.to_csv("reponses.csv")
    (tmp_path / "tableau.csv").write_text("Variable;n = 21\nHomme;8 (38,1)\nFemme;13 (61,9)\n", encoding="utf-8")
    relecture("export", "guefif", "xlsform", "questionnaire.xlsx")
    monkeypatch.setattr(new, "_execute", lambda notebook: None)
    command = main.commands[words[0]]
    if words[0] in HEAVY and "--help" not in words:
        assert command.make_context(words[0], list(words[1:]))
    else:
        result = relecture(*words)
        assert result.exit_code == 0, result.output


CODES = ("reproduced", "consistent", "conditional", "inconsistent", "uncheckable")
ENGLISH = re.compile(rf"\b({'|'.join(CODES)}|text|True|False|None|default|file|path|study|usage:|rapports?|sources?)\b")


@pytest.mark.parametrize("name", ["", "new", *LEAVES])
def test_help_is_french_in_the_words_of_the_house_and_typeset(relecture, name):
    told = relecture(*name.split(), "--help").output
    assert ENGLISH.findall(re.sub(r"new study|study\.yaml|^  study .*|Copie sources", "", told, flags=re.M)) == []
    assert "'" not in told and told.count("Exemples") == 1


def test_the_start_imports_nothing_that_it_does_not_need():
    heavy = "pandas numpy scipy yaml jinja2 nbformat matplotlib tqdm jupyter_client lxml relecture.core.files".split()
    code = f"import sys, relecture.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.timed
def test_help_comes_in_less_than_four_tenths_of_a_second():
    assert min(_timed() for _ in range(3)) < 0.4


def _timed() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "relecture", "--help"], check=True, capture_output=True)
    return time.perf_counter() - start
