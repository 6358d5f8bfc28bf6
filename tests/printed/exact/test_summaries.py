"""Tests from printed summaries, against R on raw answers and scipy on a grid of true values."""

from itertools import product
from math import inf
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import f_oneway, ttest_ind, ttest_ind_from_stats
from statsmodels.stats.oneway import anova_oneway

from relecture.printed.exact.summaries import (
    Summary,
    analysis_of_variance,
    between,
    ratio,
    student,
    welch,
    welch_analysis_of_variance,
)

A = [5.1, 4.2, 6.3, 5.5, 4.9, 5.8, 6.1, 3.9]
B = [4.1, 3.2, 5.3, 4.5, 3.9, 4.4, 5.9, 6.6, 2.0, 3.3]
C = [6.2, 7.1, 5.9, 8.8, 6.6, 7.7]


def exact(values):
    return Summary(len(values), (mean(values),) * 2, (stdev(values),) * 2)


@pytest.mark.parametrize(
    ("reach", "statistic", "df", "p"),
    [  # R 4.2.2: t.test(a, b, var.equal=TRUE), t.test(a, b), oneway.test(y ~ g, var.equal=TRUE), oneway.test(y ~ g)
        (student(exact(A), exact(B)), 1.632606995, 16, 0.1220734246),
        (welch(exact(A), exact(B)), 1.715692111, 15.37235724, 0.1062985173),
        (analysis_of_variance([exact(A), exact(B), exact(C)]), 10.66655641, 21, 0.0006355657035),
        (welch_analysis_of_variance([exact(A), exact(B), exact(C)]), 9.903967553, 12.61871035, 0.002593444813),
    ],
)
def test_against_r(reach, statistic, df, p):
    for found, expected in ((reach.statistic, statistic), (reach.df, df), (reach.p(), p)):
        assert found == pytest.approx((expected, expected), rel=1e-8)


def test_two_groups_by_variance_are_two_groups_by_t():
    one, two = exact(A), exact(C)
    for by_t, by_f in ((student, analysis_of_variance), (welch, welch_analysis_of_variance)):
        assert by_f([one, two]).p() == pytest.approx(by_t(one, two).p(), rel=1e-9)
        assert by_f([one, two]).df == pytest.approx(by_t(one, two).df, rel=1e-9)


def test_without_any_spread():
    alike, other = Summary(9, (5, 5), (0, 0)), Summary(9, (4, 4), (0, 0))
    assert student(alike, alike).p() == (1, 1)
    assert student(alike, other).p() == welch(alike, other).p() == (0, 0)
    assert (ratio(0, 0), ratio(-1, 0)) == (0, -inf)


def test_means_that_rounding_makes_equal_allow_any_large_p():
    # 1,0 and 1,02 may both be 1,02; the corners of the boxes alone stop below 1
    assert student(Summary.read(("20", "1,0", "0,3")), Summary.read(("20", "1,02", "0,3"))).p()[1] == 1
    assert student(Summary.read(("20", "1,0", "0,3")), Summary.read(("20", "1,06", "0,3"))).p()[1] < 1


def test_an_sd_divided_by_n_is_smaller():
    low, high = Summary.read(("10", "5", "3,0"), divisor="n").sd
    assert (low, high) == pytest.approx((2.95 * (10 / 9) ** 0.5, 3.05 * (10 / 9) ** 0.5))


box = st.tuples(st.integers(-20, 20), st.integers(0, 10)).map(lambda ends: (ends[0] / 4, (ends[0] + ends[1]) / 4))


@given(st.lists(st.tuples(st.integers(1, 9), box), min_size=2, max_size=4), st.randoms())
def test_squares_between_groups_are_enclosed(groups, random):
    weights = [weight for weight, _ in groups]
    low, high = between([(weight, weight) for weight in weights], [centre for _, centre in groups])
    for _ in range(20):
        values = [random.choice([*centre, random.uniform(*centre)]) for _, centre in groups]
        true = float(np.average((np.array(values) - np.average(values, weights=weights)) ** 2, weights=weights))
        assert low - 1e-9 <= true * sum(weights) <= high + 1e-9


answers = st.lists(st.integers(0, 50), min_size=5, max_size=25)


@settings(max_examples=200)
@given(st.lists(answers, min_size=2, max_size=4), st.integers(0, 2), st.booleans())
def test_the_p_value_of_raw_answers_is_in_the_range(groups, decimals, equal):
    assume(all(len(set(group)) > 1 for group in groups))
    printed = [(str(len(group)), f"{mean(group):.{decimals}f}", f"{stdev(group):.{decimals}f}") for group in groups]
    read = [Summary.read(group) for group in printed]
    reaches = [(analysis_of_variance if equal else welch_analysis_of_variance)(read)]
    true = f_oneway(*groups).pvalue if equal else anova_oneway(groups, use_var="unequal").pvalue
    if len(groups) == 2:
        reaches.append((student if equal else welch)(*read))
        true = ttest_ind(*groups, equal_var=equal).pvalue
    for low, high in (reach.p() for reach in reaches):
        assert low * (1 - 1e-7) - 1e-300 <= true <= high * (1 + 1e-7)


@settings(max_examples=60)
@given(
    st.tuples(st.integers(2, 30), st.integers(2, 30)),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
    st.tuples(st.integers(5, 60), st.integers(5, 60)),
    st.booleans(),
)
def test_p_on_a_grid_is_in_the_range(sizes, means, sds, equal):
    printed = [(str(n), f"{m / 10:.1f}", f"{s / 10:.1f}") for n, m, s in zip(sizes, means, sds, strict=True)]
    read = [Summary.read(group) for group in printed]
    low, high = (student if equal else welch)(*read).p()
    points = [[ends[0], sum(ends) / 2, ends[1]] for group in read for ends in (group.mean, group.sd)]
    for m1, s1, m2, s2 in product(*points):
        p = ttest_ind_from_stats(m1, s1, sizes[0], m2, s2, sizes[1], equal_var=equal).pvalue
        assert low * (1 - 1e-9) <= p <= high * (1 + 1e-9)
