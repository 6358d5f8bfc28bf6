"""Errors that end a command: all faults at once, and the exit status that goes with each."""

import click
import pytest
from click.testing import CliRunner

from relecture.cli.commands import Commands
from relecture.core.errors import FailedBuild, InputError


def test_faults_are_kept_and_told_one_a_line():
    error = InputError(fault for fault in ("a.csv : vide", "b.csv : absent"))
    assert error.faults == ("a.csv : vide", "b.csv : absent")
    assert str(error) == "a.csv : vide\nb.csv : absent"


def test_refused_input_is_a_wrong_value_and_a_failed_build_is_not():
    assert isinstance(InputError(()), ValueError) and not isinstance(FailedBuild(), ValueError)


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (InputError(["ligne 1 : rien", "ligne 2 : rien"]), 1, "ligne 1 : rien\nligne 2 : rien\n"),
        (FailedBuild(), 1, ""),  # the faults of its pages were told
        (click.UsageError("trop"), 2, "trop"),
    ],
)
def test_a_command_ends_with_the_status_of_its_error(error, status, told):
    group = Commands("essai")

    @group.command()
    def run():
        raise error

    done = CliRunner().invoke(group, ["run"])
    assert done.exit_code == getattr(error, "exit_status", 2) == status
    assert told in done.output
