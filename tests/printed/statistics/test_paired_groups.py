"""Paired tests within every correlation, against scipy on raw answers."""

from statistics import mean, stdev

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_rel

from relecture.printed.finding import Verdict
from relecture.printed.statistics import paired_groups

CONSISTENT, CONDITIONAL = Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE
STUDENT = {"test": "student"}
BEFORE, AFTER = ["50,0", "10,0"], ["44,0", "6,0"]

CASES = [  # t = 6 sqrt(30) / SD, SD from 4 to 16: t from 2.05 to 8.22, p from 4.6e-9 to 0.049 (R: 2*pt(-2.054, 29))
    (BEFORE, AFTER, "0,03", None, {}, CONSISTENT),
    (BEFORE, AFTER, "0,20", None, {}, UNCHECKABLE),  # Wilcoxon may give it
    (BEFORE, AFTER, "0,20", None, STUDENT, INCONSISTENT),
    (BEFORE, AFTER, "0,026", None, {}, CONSISTENT),
    (BEFORE, AFTER, "0,00001", ["6,0", "6,2"], {}, CONSISTENT),  # 6 sqrt(30) / 6.2 = 5.30: 1.1e-5
    (AFTER, BEFORE, "0,00001", ["6,0", "6,2"], {}, CONSISTENT),  # after minus before
    (BEFORE, AFTER, "0,00001", ["-6,0", "6,2"], {}, CONSISTENT),
    (BEFORE, AFTER, "0,03", ["6,0", "6,2"], STUDENT, INCONSISTENT),
    (BEFORE, AFTER, "0,03", ["7,0", "6,2"], {}, INCONSISTENT),  # 50 - 44 is 6
    (BEFORE, AFTER, "0,03", ["6,0", "3,1"], {}, INCONSISTENT),  # 10 - 6 is 4 at least
    (BEFORE, AFTER, "0,03", ["6,0", "17,0"], {}, INCONSISTENT),  # 10 + 6 is 16 at most
    (["50", "10"], ["50", "10"], "0,03", None, {}, UNCHECKABLE),  # any p is possible
    (["50,0", "1,0"], ["10,0", "1,0"], "0,60", None, {}, INCONSISTENT),  # 20 SDs apart: no rank test either
    (BEFORE, AFTER, "0,03", None, {"test": "ranks"}, UNCHECKABLE),
]


@pytest.mark.parametrize(("first", "second", "p", "change", "conventions", "verdict"), CASES)
def test_paired_test(first, second, p, change, conventions, verdict):
    finding = paired_groups.paired_test(first, second, "30", p, change=change, conventions=conventions)
    assert finding.verdict is verdict


def test_one_pair_has_no_test():
    assert paired_groups.paired_test(BEFORE, AFTER, "1", "0,5").verdict is UNCHECKABLE


answers = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=4, max_size=25)


@settings(max_examples=200)
@given(answers, st.integers(0, 2), st.booleans())
def test_a_real_paired_test_is_never_inconsistent(pairs, decimals, told):
    one, two = zip(*pairs, strict=True)
    gaps = [first - second for first, second in pairs]
    assume(min(map(stdev, (one, two, gaps))) > 0)

    def put(values):
        return [f"{mean(values):.{decimals}f}", f"{stdev(values):.{decimals}f}"]

    p = f"{ttest_rel(one, two).pvalue:.3f}"
    change = put(gaps) if told else None
    finding = paired_groups.paired_test(put(one), put(two), str(len(pairs)), p, change=change, conventions=STUDENT)
    assert finding.verdict in (CONSISTENT, UNCHECKABLE)
