"""The commands of the README, run from top to bottom as in a fresh clone.

The copy of the repository is that whose pages were built for the other tests of this folder, so that `make` has little
to build; its `.venv` leads to the python of these tests. Two commands are only asked what they would run: `make test`,
which runs this very test, and `make lab`, which ends when its reader says so; tests/browser opens that.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

from relecture.core.study import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [
    line for block in re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL) for line in block.split("\n")
]
COMMANDS = [line for line in LINES if line]
ASKED = {"make test": "-m pytest", "make lab": "-m relecture lab"}


@pytest.fixture(scope="module")
def clone(worlds, tmp_path_factory):
    """A copy of the repository, its pages built, and a `.venv` that leads here."""
    root = tmp_path_factory.mktemp("clone") / "relecture"
    shutil.copytree(worlds[1].parent, root)
    shutil.copy(ROOT / "Makefile", root)
    (root / "tests").mkdir(exist_ok=True)
    (root / ".venv/bin").mkdir(parents=True)
    for name, words in {"python": "", "relecture": " -m relecture"}.items():
        (root / ".venv/bin" / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{words} "$@"\n', encoding="utf-8")
        (root / ".venv/bin" / name).chmod(0o755)
    (root / ".venv/.ready").touch()
    return root


@pytest.fixture(scope="module")
def printed(clone):
    """What each command prints; the next one runs only if it succeeds."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment, output = plain | {"PYTHONPATH": str(clone / "lib")}, {}
    for line in COMMANDS:
        command = line.replace("make", "make -n", 1) if line in ASKED else line
        done = subprocess.run(command, shell=True, cwd=clone, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        output[line] = done.stdout
    return output


def test_the_two_commands_come_first_and_nothing_is_shown_that_does_not_run(printed):
    assert COMMANDS[:2] == ["make", "make test"] and [*printed] == COMMANDS


def test_make_leaves_the_page_that_the_readme_opens(printed, clone):
    assert "`outputs/index.html`" in TEXT and (clone / "outputs/index.html").is_file()


@pytest.mark.parametrize("line", ASKED)
def test_what_is_not_run_here_would_run(printed, line):
    assert ASKED[line] in printed[line]


def test_the_fictional_study_has_slips_to_show(printed):
    assert printed[".venv/bin/relecture audit data/exemple"].count("✗") >= 6  # data/exemple/README.md
