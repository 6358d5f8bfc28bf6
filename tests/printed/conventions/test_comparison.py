"""Printed numbers against ranges: one number, several at once, and how a finding is worded."""

import pytest

from relecture.printed.conventions import CONVENTIONS, Ladder, agreeing, compared, graded, in_range
from relecture.printed.finding import Finding, Verdict

TRUNCATED = CONVENTIONS["rounding"]["truncate"].condition
GRADES = [
    ({"nearest", "either"}, Verdict.CONSISTENT, "se retrouve aux arrondis près", ()),  # rounding is enough
    ({"either"}, Verdict.CONDITIONAL, f"se retrouve {TRUNCATED}", (TRUNCATED,)),  # only by cutting digits
    (set(), Verdict.INCONSISTENT, "ne se retrouve pas", ()),
]


@pytest.mark.parametrize(("roundings", "verdict", "how", "conditions"), GRADES)
def test_a_graded_finding_says_how_it_holds(roundings, verdict, how, conditions):
    finding = graded(lambda rounding: rounding in roundings, "1 + 2 = 3", "3")
    assert finding == Finding(verdict, f"1 + 2 = 3 : {how}", "3", conditions=conditions)


def test_stated_truncation_is_held_strictly():
    strictly = graded(lambda rounding: rounding == "truncated", "", stated={"rounding": "truncate"})
    assert strictly.verdict is Verdict.CONSISTENT


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("0,03", Verdict.REPRODUCED),
        ("0,031", Verdict.REPRODUCED),
        ("< 0,05", Verdict.CONSISTENT),
        ("0,06", Verdict.CONDITIONAL),  # two-sided 0.0612 where the other one is 0.0306
        ("0,04", Verdict.INCONSISTENT),
    ],
)
def test_a_number_against_one_value(printed, verdict):
    values = {"two-sided": (0.0306, 0.0306), "one-sided": (0.0612, 0.0612)}
    ladder = Ladder(alternative="two-sided one-sided")
    assert compared(printed, lambda using: values[using["alternative"]], ladder, name="p").verdict is verdict


def test_a_computation_that_does_not_exist_reproduces_nothing():
    finding = compared("0,04", lambda using: None, Ladder(rounding="nearest"), name="p")
    assert (finding.verdict, finding.expected) == (Verdict.INCONSISTENT, "")


def test_a_range_is_one_number_where_both_ends_print_alike():
    assert (in_range((0.0306, 0.0312), 2), in_range((0.021, 0.049), 2)) == ("0,03", "0,02 à 0,05")


LADDER = Ladder(test="student welch", rounding="nearest truncate")
TOGETHER = {  # Student's and Welch's t and p: one convention must give both
    "student": {"t": (2.30, 2.32), "p": (0.0241, 0.0241)},
    "welch": {"t": (2.35, 2.35), "p": (0.0312, 0.0312)},
}


@pytest.mark.parametrize(
    ("t", "p", "verdict", "expected"),
    [
        ("2,31", "0,024", Verdict.CONSISTENT, "t = 2,30 à 2,32 ; p = 0,024"),
        ("2,35", "0,031", Verdict.CONDITIONAL, "t = 2,35 ; p = 0,031"),
        ("2,35", "0,024", Verdict.INCONSISTENT, "t = 2,30 à 2,32"),  # Student's p beside Welch's t
    ],
)
def test_numbers_must_hold_under_one_convention(t, p, verdict, expected):
    finding = agreeing({"t": t, "p": p}, lambda using: TOGETHER[using["test"]], LADDER)
    assert (finding.verdict, finding.expected) == (verdict, expected)


def test_numbers_that_hold_each_but_not_together_are_all_expected():
    ranges = {"student": {"t": (1, 1), "p": (1, 1)}, "welch": {"t": None, "p": (2, 2)}}
    finding = agreeing({"t": "1", "p": "2"}, lambda using: ranges[using["test"]], LADDER, {"test": "welch"})
    assert (finding.verdict, finding.explanation) == (
        Verdict.INCONSISTENT,
        "t n'existe pas ; p = 2 : ne se retrouve pas",
    )


def test_reproduced_where_every_number_has_one_value():
    finding = agreeing({"t": "2,35", "p": "0,03"}, lambda using: TOGETHER["welch"], LADDER)
    assert (finding.verdict, finding.explanation) == (Verdict.REPRODUCED, "t = 2,35 ; p = 0,03 : se retrouve")


@pytest.mark.parametrize(
    ("printed", "value", "words"),
    [
        ("0,2", 0.04, "p = 0,04"),
        ("0,2", 0.004, "p < 0,01"),
        ("0,015", 0.0001, "p < 0,001"),
        ("< 0,1", 0.4, "p = 0,400"),
    ],
)
def test_a_value_too_small_for_the_print_has_one_more_decimal(printed, value, words):
    found = compared(printed, lambda using: (value, value), Ladder(rounding="nearest"), name="p")
    assert found.explanation == f"{words} : ne se retrouve pas"
