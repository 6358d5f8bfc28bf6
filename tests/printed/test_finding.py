"""Verdicts: the kindest rounding that holds, and what counts as holding."""

import pytest

from relecture.printed.finding import HOW, Finding, Verdict, decided, grade, graded

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


@pytest.mark.parametrize(("holds", "verdict"), [(True, Verdict.REPRODUCED), (False, Verdict.INCONSISTENT)])
def test_an_exact_comparison_is_reproduced_or_inconsistent(holds, verdict):
    assert decided(holds, "12 sur 20", "12") == Finding(verdict, "12 sur 20", "12")


@pytest.mark.parametrize(("roundings", "verdict"), GRADES)
def test_a_graded_finding_says_how_it_holds(roundings, verdict):
    finding = graded(lambda rounding: rounding in roundings, "1 + 2 = 3", "3", (3,))
    assert finding == Finding(verdict, f"1 + 2 = 3 : {HOW[verdict]}", "3", (3,))
