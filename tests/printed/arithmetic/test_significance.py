"""Claims of significance: cases by hand, most of them from Guefif 2023."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.printed.arithmetic import significance
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT = Verdict.INCONSISTENT

CLAIMS = [  # claimed, p, low, high, null
    (True, "< 0,001", None, None, 0, REPRODUCED),
    (True, "0,015", "2,99", "20,06", 1, REPRODUCED),
    (True, "0,05", "1,1", "2,99", 0, CONSISTENT),  # 0,05 does not decide, the interval does
    (True, "0,05", "-2,34", "0,07", 0, CONDITIONAL),  # the interval contains 0: p would be .06, but for one at 99 %
    (True, "0,04", "-2,34", "0,07", 0, CONDITIONAL),
    (True, "0,004", "-2,34", "0,07", 0, INCONSISTENT),  # not even at 99 %
    (False, "0,06", "0,07", "2,34", 0, CONDITIONAL),  # an interval at 90 %
    (True, "0,04", "1,00", "2,34", 1, REPRODUCED),  # 1,00 may be 1,004
    (True, "0,04", "2,34", "1,10", 1, INCONSISTENT),  # bounds in the wrong order
    (True, "ns", None, None, 0, INCONSISTENT),
    (False, "n.s.", None, None, 0, REPRODUCED),
    ("ns", "0,12", None, None, 0, REPRODUCED),
    ("ns", "0,02", None, None, 0, INCONSISTENT),
    ("*", "0,03", None, None, 0, REPRODUCED),
    ("*", "< 0,05", None, None, 0, CONSISTENT),
    ("*", "0.0496", None, None, 0, REPRODUCED),
    ("**", "0,01", None, None, 0, CONSISTENT),
    ("**", "0,03", None, None, 0, CONDITIONAL),  # stars of 0,10, 0,05 and 0,01
    ("***", "0,0004", None, None, 0, REPRODUCED),
    ("***", "0,000", None, None, 0, REPRODUCED),
    ("****", "0,00004", None, None, 0, REPRODUCED),
    ("*", "0,004", None, None, 0, CONDITIONAL),  # one star for all that is below 0,05
    ("*", "0,07", None, None, 0, CONDITIONAL),
    ("***", "0,03", None, None, 0, INCONSISTENT),
    ("*", "0,12", None, None, 0, INCONSISTENT),
    ("*", "0,03", "0,07", "2,34", 0, REPRODUCED),
    (False, "0,068", "0,93", "5,89", 1, REPRODUCED),
    (False, "0,03", None, None, 0, INCONSISTENT),
    (True, "0,06", None, None, 0, INCONSISTENT),
    (True, "0,050", None, None, 0, CONSISTENT),  # 0,0495 to 0,0505
    (False, "0,051", None, None, 0, REPRODUCED),
    (True, "0,000", None, None, 0, REPRODUCED),  # printed zero is small, not impossible
    (False, "1.000", None, None, 0, REPRODUCED),
]


@pytest.mark.parametrize(("claimed", "p", "low", "high", "null", "verdict"), CLAIMS)
def test_significance(claimed, p, low, high, null, verdict):
    assert significance.significance(claimed, p, low=low, high=high, null=null).verdict is verdict


STATED = [
    (True, "0,05", {"low": "-2,34", "high": "0,07"}, {"level": "95"}, INCONSISTENT),
    (True, "0,04", {"low": "-2,34", "high": "0,07"}, {"level": "95"}, INCONSISTENT),
    (True, "0,04", {"low": "-2,34", "high": "0,07"}, {"level": "99"}, REPRODUCED),
    ("*", "0,07", {}, {"stars": "economics"}, REPRODUCED),
    ("*", "0,07", {}, {"stars": "usual"}, INCONSISTENT),
    (False, "0,03", {"level": "0,01"}, {}, REPRODUCED),  # another threshold
    (
        False,
        "0,03",
        {"level": "0,01", "low": "0,07", "high": "2,34"},
        {},
        REPRODUCED,
    ),  # 99 % may not leave 0 out
]


@pytest.mark.parametrize(("claimed", "p", "more", "conventions", "verdict"), STATED)
def test_what_is_stated_is_held_strictly(claimed, p, more, conventions, verdict):
    finding = significance.significance(claimed, p, conventions=conventions, **more)
    assert finding.verdict is verdict


def test_words():
    finding = significance.significance(True, "0,05", low="-2,34", high="0,07", conventions={"level": "95"})
    assert (finding.explanation, finding.expected) == (
        "annoncé significatif ; p 0,05 : l'arrondi ne permet pas de trancher au seuil de 0,05 ; "
        "l'intervalle contient 0 : ne se retrouve pas",
        "non significatif",
    )
    assert significance.significance("***", "0,03").expected == "*"
    assert significance.significance("**", "0,12").expected == "ns"


@given(st.integers(0, 1000).filter(lambda units: units != 50))
def test_a_claim_and_its_contrary_cannot_both_hold(units):
    p = f"0,{units:03d}" if units < 1000 else "1.000"
    holds = [significance.significance(claimed, p).holds for claimed in (True, False)]
    assert holds == [units < 50, units > 50]
