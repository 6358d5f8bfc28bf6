"""Errors that end a command: all faults at once, the exit status that goes with each, and names near a wrong one."""

import click
import pytest
from click.testing import CliRunner

from relecture.cli.commands import Commands
from relecture.core.errors import FailedBuild, InputError, UnknownName, did_you_mean, nearest, unknown


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
    assert told in done.output.replace("\xa0", " ")


# names near a wrong one; oracle: those that a reader would mean, written by hand
STUDIES = ["ajoodha", "guefif", "planchenault", "zerhoui"]
ADDRESSES = ["bivariee.aisance.haut", "bivariee.aisance.bas", "principal.p", "table1.age.moyenne"]


@pytest.mark.parametrize(
    ("wrong", "known", "meant"),
    [
        ("guefi", STUDIES, ["guefif"]),
        ("GUEFIF", STUDIES, ["guefif"]),
        ("incoherent", ["incohérent", "cohérent"], ["incohérent", "cohérent"]),
        ("bivariee.aisance.hau", ADDRESSES, ["bivariee.aisance.haut", "bivariee.aisance.bas"]),
        ("age", ADDRESSES, ["table1.age.moyenne"]),
        ("", STUDIES, []),
        ("xyzw", STUDIES, []),
    ],
)
def test_the_nearest_come_first(wrong, known, meant):
    assert nearest(wrong, known) == meant


def test_names_are_offered_in_french():
    assert did_you_mean("guefi", STUDIES) == "Vouliez-vous dire « guefif » ?"
    assert did_you_mean("bivariee.aisance.hau", ADDRESSES).endswith(
        "« bivariee.aisance.haut » ou « bivariee.aisance.bas » ?"
    )
    assert did_you_mean("xyzw", STUDIES) == ""


def test_the_error_is_a_refused_input_and_a_missing_key_in_words():
    error = unknown("guefi", STUDIES, "une étude", more="Études : …")
    assert isinstance(error, (InputError, KeyError)) and isinstance(error, UnknownName)
    assert str(error) == "« guefi » n'est pas une étude. Vouliez-vous dire « guefif » ? Études : …"
    assert error._render_traceback_()[0].startswith("«\u00a0guefi\u00a0» n’est") and error.faults == (str(error),)
