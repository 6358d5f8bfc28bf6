"""Verdicts: the kindest rounding that holds, and what counts as holding."""

import pytest

from relecture.printed.finding import Finding, Verdict, grade

GRADES = [
    ({"nearest", "either"}, Verdict.CONSISTENT),  # rounding is enough
    ({"either"}, Verdict.ROUNDING),  # only by cutting digits
    (set(), Verdict.INCONSISTENT),
]


@pytest.mark.parametrize(("roundings", "verdict"), GRADES)
def test_grade(roundings, verdict):
    assert grade(lambda rounding: rounding in roundings) is verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_a_relation_holds_unless_contradicted_or_undecided(verdict):
    assert Finding(verdict, "").holds == (verdict in ("reproduced", "consistent", "rounding"))
