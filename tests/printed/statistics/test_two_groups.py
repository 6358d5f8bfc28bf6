"""t-tests from printed summaries, against scipy on raw answers and on a grid of true values."""

from itertools import product
from statistics import mean, stdev

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_ind, ttest_ind_from_stats

from relecture.core.numbers import Printed
from relecture.printed.finding import Verdict
from relecture.printed.statistics import two_groups

CONSISTENT, UNCHECKABLE = Verdict.CONSISTENT, Verdict.UNCHECKABLE

TESTS = [  # Guefif 2023; scipy.stats.ttest_ind_from_stats on the printed values in the comment
    (["21", "63,9", "10,5"], ["60", "47,3", "12"], "< 0,001", CONSISTENT),  # 2,7e-07 (Student)
    ([["17"], "61,9", "9,7"], ["43", "40,7", "9,5"], "< 0.001", CONSISTENT),  # 1,6e-10
    (["21", "63,9", "10,5"], ["17", "61,9", "9,7"], "0.941", UNCHECKABLE),  # 0,55: a rank test needs the answers
    (["1", "63,9", "0"], ["17", "61,9", "9,7"], "0.5", UNCHECKABLE),  # one answer has no SD
    (["0", "63,9", "0"], ["17", "61,9", "9,7"], "0.5", UNCHECKABLE),
    (["10", "5,0", "0,00"], ["10", "4,0", "0,00"], "< 0,001", CONSISTENT),  # no spread at all, different means
]


@pytest.mark.parametrize(("first", "second", "p", "verdict"), TESTS)
def test_group_test(first, second, p, verdict):
    assert two_groups.group_test(first, second, p).verdict is verdict


def test_what_is_missing_is_said():
    found = two_groups.group_test(["21", "63,9", "10,5"], ["17", "61,9", "9,7"], "0.941")
    student = ttest_ind_from_stats(63.9, 10.5, 21, 61.9, 9.7, 17).pvalue
    low, high = two_groups.p_range(["21", "63,9", "10,5"], ["17", "61,9", "9,7"])
    assert low < student < high
    assert found.expected == f"p = {low:.2f} à {high:.2f} (test t)".replace(".", ",")


def test_means_that_rounding_makes_equal_allow_any_large_p():
    # 1,0 and 1,02 may both be 1,02; the corners of the boxes alone stop below 1
    assert two_groups.p_range(("20", "1,0", "0,3"), ("20", "1,02", "0,3"))[1] == 1
    assert two_groups.p_range(("20", "1,0", "0,3"), ("20", "1,06", "0,3"))[1] < 1


def test_no_spread_and_the_same_mean():
    assert two_groups.p_range(("9", "5", "0"), ("9", "5", "0")) == (0.0, 1.0)


answers = st.lists(st.integers(0, 50), min_size=5, max_size=25)


@settings(max_examples=200)
@given(answers, answers, st.integers(0, 2), st.booleans())
def test_the_p_value_of_raw_answers_is_in_the_range(one, other, decimals, equal):
    assume(len(set(one)) > 1 and len(set(other)) > 1)
    printed = [
        (str(len(group)), f"{mean(group):.{decimals}f}", f"{stdev(group):.{decimals}f}") for group in (one, other)
    ]
    low, high = two_groups.p_range(*printed)
    p = ttest_ind(one, other, equal_var=equal).pvalue
    assert low * (1 - 1e-9) <= p <= high * (1 + 1e-9)


@settings(max_examples=60)
@given(
    st.tuples(st.integers(2, 30), st.integers(2, 30)),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
    st.tuples(st.integers(5, 60), st.integers(5, 60)),
)
def test_student_p_on_a_grid_is_in_the_range(sizes, means, sds):
    printed = [(str(n), f"{m / 10:.1f}", f"{s / 10:.1f}") for n, m, s in zip(sizes, means, sds, strict=True)]
    low, high = two_groups.p_range(*printed)
    boxes = [Printed.read(text).within("nearest") for row in printed for text in row[1:]]
    points = [[float(box.low), float(box.low + box.high) / 2, float(box.high)] for box in boxes]
    for m1, s1, m2, s2 in product(*points):
        p = ttest_ind_from_stats(m1, s1, sizes[0], m2, s2, sizes[1]).pvalue
        assert low * (1 - 1e-9) <= p <= high * (1 + 1e-9)
