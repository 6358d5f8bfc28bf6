"""The least and the largest p that a rank test may give to printed groups: Mann-Whitney's, or Kruskal and Wallis's.

A rank test needs the answers themselves, yet sizes, means and SDs bound it. However far apart, groups are at most fully
separated: p is at least that of full separation, by permutations or by the usual approximation. And when means are many
SDs apart, few answers can be on the wrong side. The difference of an answer of each group has the mean and the variance
of independent draws, so Cantelli's inequality (1928) bounds the share of pairs in the wrong order, hence the mean rank
of each group, hence the statistic. Ties only lower the p of the approximation; p by permutations is within twice it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, floor, lgamma, sqrt

from relecture.printed.exact.p_values import p_value
from relecture.printed.exact.spans import Range
from relecture.printed.exact.summaries import Summary, between, minus

_PERMUTATIONS = 2.0  # p by permutations over p by approximation, at most (1.36 without ties, for 2 and 2 answers)


def rank_p_range(groups: Sequence[Summary]) -> Range:
    """Bounds of the p of every usual rank test of two or more groups, one-sided tests included.

    >>> near, far = Summary(40, (29.5, 30.5), (1.5, 2.5)), Summary(40, (49.5, 50.5), (2.5, 3.5))
    >>> rank_p_range([near, far])[1] < 0.001, rank_p_range([near, near])[1]
    (True, 1.0)
    """
    n, df = sum(group.n for group in groups), len(groups) - 1
    least = 12 / (n * (n + 1)) * between([(group.n,) * 2 for group in groups], _mean_ranks(groups))[0]
    if df == 1:  # half a unit of U: the correction for continuity
        least = max(sqrt(least) - sqrt(3 / (groups[0].n * groups[1].n * (n + 1))), 0) ** 2
    arrangements = lgamma(n + 1) - sum(lgamma(group.n + 1) for group in groups)  # their logarithm
    separated = min(p_value("chi2", n - 1, df), exp(-arrangements))
    return separated / 2, min(_PERMUTATIONS * p_value("chi2", least, df), 1.0)


def signed_rank_p_range(differences: Summary) -> Range:
    """Bounds of the p of Wilcoxon's signed-rank test of these differences, one-sided tests included.

    By Cantelli's inequality few differences have the other sign; at worst, they have the largest ranks. Those that are
    null only make the test stronger.

    >>> signed_rank_p_range(Summary(40, (9.5, 10.5), (1.5, 2.5)))[1] < 0.001
    True
    """
    n, (low, high) = differences.n, differences.mean
    others = floor(n * _wrong_side(max(low, -high, 0.0), _variance(differences)) + 1e-9)
    gap = n * (n + 1) / 4 - (n * others - others * (others - 1) / 2) - 0.5
    most = _PERMUTATIONS * p_value("z", max(gap, 0.0) / sqrt(n * (n + 1) * (2 * n + 1) / 24))
    return min(p_value("z", sqrt(n), alternative="one-sided"), 0.5**n), min(most, 1.0)


def _mean_ranks(groups: Sequence[Summary]) -> list[Range]:
    """The mean rank that each group may have among all answers."""
    ranks = []
    for at, group in enumerate(groups):
        others = [(other.n, _superiority(group, other)) for other in (*groups[:at], *groups[at + 1 :])]
        ranks.append(tuple((group.n + 1) / 2 + sum(n * share[end] for n, share in others) for end in (0, 1)))
    return ranks


def _superiority(one: Summary, two: Summary) -> Range:
    """Share of the pairs that the first group wins, a tie for half of one."""
    low, high = minus(one.mean, two.mean)
    lost = _wrong_side(max(low, -high, 0.0), _variance(one) + _variance(two))
    return (1 - lost, 1.0) if low > 0 else (0.0, lost)


def _wrong_side(gap: float, variance: float) -> float:
    """The largest share of values at 0 or beyond, for a mean so far on the other side (Cantelli)."""
    return variance / (variance + gap**2) if gap else 1.0


def _variance(group: Summary) -> float:
    """The largest variance of the answers themselves, which is divided by n."""
    return group.sd[1] ** 2 * (group.n - 1) / group.n
