"""Tests that printed sizes, means and SDs allow: Student's and Welch's t, the analysis of variance and Welch's.

Each statistic and its degrees of freedom come as the range that rounding allows. Student's is exact; the others are
enclosed, term by term, so that no true value is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import copysign, inf, sqrt
from typing import NamedTuple

from relecture.core.numbers import Rounding, size
from relecture.printed.exact.p_values import p_value
from relecture.printed.exact.spans import Range, box, span

PrintedGroup = tuple[str | Sequence[str], str, str]  # n, mean and SD


@dataclass(frozen=True)
class Summary:
    """A group: its size, and the means and SDs (divided by n - 1) that print so."""

    n: int
    mean: Range
    sd: Range

    @classmethod
    def read(cls, group: PrintedGroup, rounding: Rounding = "nearest", divisor: str = "n-1") -> Summary:
        """`divisor` is that of the variance whose root is printed."""
        n, (low, high) = size(group[0]), box(group[2], rounding, low=0)
        factor = sqrt(n / (n - 1)) if divisor == "n" and n > 1 else 1.0
        return cls(n, box(group[1], rounding), (low * factor, high * factor))


class Reach(NamedTuple):
    """The range of a statistic, t or F, and that of its last degrees of freedom; F has `groups` - 1 more."""

    statistic: Range
    df: Range
    groups: int = 0

    def p(self, alternative: str = "two-sided") -> Range:
        """The range of p."""
        if self.groups:
            middle = (0.0, sum(self.df) / 2)
            return span(lambda f, df: p_value("F", f, self.groups - 1, df), self.statistic, self.df, turns=middle)
        return span(lambda t, df: p_value("t", t, df, alternative=alternative), self.statistic, self.df)


def student(one: Summary, two: Summary) -> Reach:
    """Student's t of the first mean minus the second, with the pooled variance.

    >>> low, high = student(Summary.read(("10", "5,0", "1,0")), Summary.read(("10", "4,0", "1,0"))).statistic
    >>> round(low, 2), round(high, 2)
    (1.92, 2.59)
    """
    df = one.n + two.n - 2

    def t(difference: float, first: float, second: float) -> float:
        pooled = ((one.n - 1) * first**2 + (two.n - 1) * second**2) / df
        return ratio(difference, sqrt(pooled * (1 / one.n + 1 / two.n)))

    return Reach(span(t, minus(one.mean, two.mean), one.sd, two.sd), (df, df))


def welch(one: Summary, two: Summary) -> Reach:
    """Welch's t (1947) of the first mean minus the second; its degrees of freedom peak at one share of variance."""

    def t(difference: float, first: float, second: float) -> float:
        return ratio(difference, sqrt(first**2 / one.n + second**2 / two.n))

    def share(first: float, second: float) -> float | None:
        whole = first**2 / one.n + second**2 / two.n
        return first**2 / one.n / whole if whole else None

    def df(share: float) -> float:
        return 1 / (share**2 / (one.n - 1) + (1 - share) ** 2 / (two.n - 1))

    peak = (one.n - 1) / (one.n + two.n - 2)
    shares = span(share, one.sd, two.sd) if one.sd[0] or two.sd[0] else (0.0, 1.0)
    return Reach(span(t, minus(one.mean, two.mean), one.sd, two.sd), span(df, shares, turns=(peak,)))


def analysis_of_variance(groups: Sequence[Summary]) -> Reach:
    """F of the means of several groups: mean square between them over that within them."""
    within = [sum((group.n - 1) * group.sd[end] ** 2 for group in groups) for end in (0, 1)]
    low, high = between([(group.n, group.n) for group in groups], [group.mean for group in groups])
    df = sum(group.n for group in groups) - len(groups)
    scale = df / (len(groups) - 1)
    return Reach((ratio(low * scale, within[1]), ratio(high * scale, within[0])), (df, df), len(groups))


def welch_analysis_of_variance(groups: Sequence[Summary]) -> Reach:
    """Welch's F (1951), whose groups weigh n over their variance; as R's `oneway.test`."""
    k = len(groups)
    floors = [(max(group.sd[0], group.sd[1] * 1e-6), group.sd[1]) for group in groups]
    weights = [(group.n / high**2, group.n / low**2) for group, (low, high) in zip(groups, floors, strict=True)]
    spread = [0.0, 0.0]
    for at, (group, weight) in enumerate(zip(groups, weights, strict=True)):
        for end in (0, 1):  # the rest of the weights is least where this one is largest
            rest = sum(other[end] for other in (*weights[:at], *weights[at + 1 :]))
            spread[end] += (rest / (rest + weight[1 - end])) ** 2 / (group.n - 1)
    low, high = between(weights, [group.mean for group in groups])
    least, most = (1 + 2 * (k - 2) * each / (k * k - 1) for each in spread)
    df = tuple((k * k - 1) / (3 * each) for each in reversed(spread))
    return Reach((low / (k - 1) / most, high / (k - 1) / least), df, k)


def between(weights: Sequence[Range], centres: Sequence[Range]) -> Range:
    """Weighted squares of the distances of several values to their own weighted mean: a range that holds them all.

    The squares are least around the mean, so that those around any other point are at least theirs.

    >>> between([(1, 1), (1, 1)], [(0, 0), (2, 4)])
    (2.0, 8.0)
    """

    pairs = list(zip(weights, centres, strict=True))

    def least(point: float) -> float:
        return sum(weight[0] * max(low - point, point - high, 0.0) ** 2 for weight, (low, high) in pairs)

    def most(point: float) -> float:
        return sum(weight[1] * max(high - point, point - low) ** 2 for weight, (low, high) in pairs)

    ends = min(low for low, _ in centres), max(high for _, high in centres)
    return _minimum(least, *ends), _minimum(most, *ends)


def minus(one: Range, two: Range) -> Range:
    """The range of a difference."""
    return one[0] - two[1], one[1] - two[0]


def ratio(above: float, below: float) -> float:
    """A quotient; as the divisor vanishes, infinity, or 0 for 0."""
    return above / below if below else copysign(inf, above) if above else 0.0


def _minimum(function: Callable[[float], float], low: float, high: float) -> float:
    """The least value of a convex function between two points, by thirds."""
    for _ in range(100):
        first, second = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, second) if function(first) <= function(second) else (first, high)
    return function((low + high) / 2)
