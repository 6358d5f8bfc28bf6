"""Conventions: stated ones are held strictly, others are tried, fewest departures first, and named."""

import pytest

from relecture.printed.conventions import CONVENTIONS, Ladder, compared, graded, in_range
from relecture.printed.finding import Finding, Verdict

TRUNCATED = CONVENTIONS["rounding"]["truncate"].condition
LADDER = Ladder(level="95 90 99", alternative="two-sided one-sided", rounding="nearest truncate")
GRADES = [
    ({"nearest", "either"}, Verdict.CONSISTENT, "se retrouve aux arrondis près", ()),  # rounding is enough
    ({"either"}, Verdict.CONDITIONAL, f"se retrouve {TRUNCATED}", (TRUNCATED,)),  # only by cutting digits
    (set(), Verdict.INCONSISTENT, "ne se retrouve pas", ()),
]


@pytest.mark.parametrize(("roundings", "verdict", "how", "conditions"), GRADES)
def test_a_graded_finding_says_how_it_holds(roundings, verdict, how, conditions):
    finding = graded(lambda rounding: rounding in roundings, "1 + 2 = 3", "3", (3,))
    assert finding == Finding(verdict, f"1 + 2 = 3 : {how}", "3", (3,), conditions)


def test_stated_truncation_is_held_strictly():
    strictly = graded(lambda rounding: rounding == "truncated", "", stated={"rounding": "truncate"})
    assert strictly.verdict is Verdict.CONSISTENT


def test_fewest_departures_are_tried_first():
    tried = []
    LADDER.judge(lambda using: tried.append(dict(using.options)))
    assert tried[0] == {"level": "95", "alternative": "two-sided", "rounding": "nearest"}
    counts = [
        (one["level"] != "95") + (one["alternative"] != "two-sided") + (one["rounding"] != "nearest") for one in tried
    ]
    assert counts == sorted(counts) and max(counts) == 2


def test_what_is_stated_is_no_condition_and_nothing_else_is_tried():
    judgement = LADDER.judge(lambda using: using["level"] == "90", {"level": "90"})
    assert (judgement.verdict, judgement.conditions) == (Verdict.CONSISTENT, ())
    assert LADDER.judge(lambda using: using["level"] == "90", {"level": "99"}).verdict is Verdict.INCONSISTENT


def test_an_assumed_option_is_tried_first_without_condition():
    judgement = LADDER.judge(lambda using: using["level"] == "90", assumed={"level": "90"})
    assert (judgement.verdict, judgement.conditions) == (Verdict.CONSISTENT, ())


def test_a_detail_ends_the_last_condition():
    judgement = LADDER.judge(lambda using: using["level"] == "99" and "(précision)")
    assert judgement.conditions == ("si l'intervalle est à 99 % (précision)",)


def test_what_was_tried_is_listed():
    words = LADDER.judge(lambda using: False).words
    assert words == (
        "ne se retrouve pas (essayés : 95 %, 90 %, 99 % ; test bilatéral, test unilatéral ; arrondi, troncature)"
    )


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
