"""Bounds of rank tests, against every rank test of small samples with ties, and of large ones drawn to reach them."""

from itertools import combinations
from warnings import catch_warnings, simplefilter

import numpy as np
import pytest
from scipy.stats import kruskal, mannwhitneyu, rankdata, wilcoxon

from relecture.printed.exact.rank_test_bounds import _superiority, rank_p_range, signed_rank_p_range
from relecture.printed.exact.summaries import Summary


def exact(values):
    return Summary(len(values), (values.mean(),) * 2, (values.std(ddof=1),) * 2)


def by_permutations(one, two):
    ranks, n = rankdata(np.r_[one, two]), len(one)
    middle = n * (len(ranks) + 1) / 2
    sums = np.array([ranks[list(chosen)].sum() for chosen in combinations(range(len(ranks)), n)])
    return float(np.mean(abs(sums - middle) >= abs(ranks[:n].sum() - middle) - 1e-9))


def every_p(one, two):
    yield by_permutations(one, two)
    for way in ({"use_continuity": True}, {"use_continuity": False}):
        for side in ("two-sided", "less", "greater"):
            yield mannwhitneyu(one, two, method="asymptotic", alternative=side, **way).pvalue


def test_small_samples_with_ties_are_inside():
    rng = np.random.default_rng(1)
    for _ in range(400):
        k = rng.integers(2, 12)
        one, two = (rng.integers(0, k, rng.integers(2, 6)) + rng.choice([0, 0, 2 * k]) for _ in range(2))
        if np.ptp(np.r_[one, two]):
            low, high = rank_p_range([exact(one), exact(two)])
            # a one-sided test on the other side is 1 - p
            assert all(low - 1e-12 <= p <= high + 1e-12 or 1 - p <= high / 2 + 1e-12 for p in every_p(one, two))


@pytest.mark.parametrize("gap", [1.6, 2, 3, 5])
def test_samples_that_reach_cantelli_are_inside(gap):
    # most answers of one group just below those of the other, a few far above: as many in the wrong order as may be
    for n in (10, 30, 80):
        for share in np.linspace(0.05, 0.6, 12):
            far = max(round(n * share), 1)
            one = np.r_[np.zeros(n - far), np.full(far, gap)] + np.arange(n) * 1e-6
            two = gap - one[::-1] + 1e-7
            low, high = rank_p_range([exact(one), exact(two)])
            assert low <= mannwhitneyu(one, two).pvalue <= high


def test_cantelli_is_reached():
    one, two = np.array([4.0, 4, 4, 0]), np.array([0.0, 0, 0, 0])  # mean 3, variance 3: 3 / (3 + 9) = 1 / 4
    assert _superiority(exact(one), exact(two)) == pytest.approx((0.75, 1))
    assert _superiority(exact(two), exact(one)) == pytest.approx((0, 0.25))


def test_registries_are_answered_at_once():
    low, high = rank_p_range([Summary(20_000_000, (5, 5), (1, 1)), Summary(20_000_000, (9, 9), (1, 1))])
    assert (low, high) == (0, 0)


def test_more_groups_are_inside():
    rng = np.random.default_rng(2)
    bounded = 0
    for _ in range(300):
        groups = [
            rng.integers(0, 6, rng.integers(3, 20)) + rng.choice([0, 5, 12, 40]) for _ in range(rng.integers(3, 5))
        ]
        low, high = rank_p_range([exact(group) for group in groups])
        assert low <= kruskal(*groups).pvalue <= high
        bounded += high < 0.05
    assert bounded > 50


def test_signed_ranks_are_inside():
    rng, bounded = np.random.default_rng(3), 0
    for _ in range(300):
        n, shift = rng.integers(5, 60), rng.choice([0, 1, 3, 8])
        values = rng.integers(-3, 4, n) + shift + rng.choice([0, 0, 30]) * (rng.random(n) < 0.05)
        if np.ptp(values) and np.any(values):
            low, high = signed_rank_p_range(exact(values.astype(float)))
            with catch_warnings():
                simplefilter("ignore")
                ps = [wilcoxon(values, method="approx", correction=way).pvalue for way in (True, False)]
            assert low <= min(ps) and max(ps) <= high
            bounded += high < 0.05
    assert bounded > 50
