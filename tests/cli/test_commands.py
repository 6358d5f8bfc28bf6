"""A refused input is told fault by fault, and help comes in a blink."""

import subprocess
import sys
import time

import pytest

from relecture.core import errors, study


@pytest.mark.parametrize("command", ["build", "audit"])
def test_an_unknown_study_is_refused_in_one_line(relecture, at_toy, command):
    result = relecture(command, "rien")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "rien" in result.stderr and "jouet" in result.stderr


def test_every_fault_of_a_refused_input_is_a_line(relecture, monkeypatch, at_toy):
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
