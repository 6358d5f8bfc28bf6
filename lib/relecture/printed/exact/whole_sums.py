"""Whole sums, and sums of squares, behind a printed mean and standard deviation."""

from __future__ import annotations

from fractions import Fraction

from relecture.core.numbers import Interval

Scale = tuple[int, int]


def sums(true_mean: Interval, cells: int) -> tuple[int, ...]:
    """Integer sums of `cells` answers whose mean is in the interval."""
    low, high = true_mean.low, true_mean.high
    least = -(-low.numerator * cells // low.denominator)
    most = high.numerator * cells // high.denominator
    if not true_mean.closed_below and least * low.denominator == low.numerator * cells:
        least += 1
    if not true_mean.closed_above and most * high.denominator == high.numerator * cells:
        most -= 1
    return tuple(range(least, most + 1))


def root_within(square: Fraction, interval: Interval) -> bool:
    """Whether the square root of an exact number lies in the interval, without taking the root."""
    low = max(interval.low, Fraction(0))
    above = square > low**2 or (interval.closed_below and square == low**2) or low > interval.low
    return above and (square < interval.high**2 or (interval.closed_above and square == interval.high**2))


def least_squares(total: int, n: int) -> int:
    """The smallest sum of squares of `n` integers with that sum: all equal, up to one.

    >>> least_squares(7, 3)      # 2, 2, 3
    17
    """
    low, extra = divmod(total, n)
    return (n - extra) * low**2 + extra * (low + 1) ** 2


def most_squares(total: int, n: int, scale: Scale) -> int:
    """The largest sum of squares on a scale: answers at both ends, one in between."""
    low, high = scale
    if low == high:
        return total * low
    at_top, rest = divmod(total - n * low, high - low)
    inner = n - at_top - 1
    return at_top * high**2 + ((low + rest) ** 2 + inner * low**2 if inner >= 0 else 0)
