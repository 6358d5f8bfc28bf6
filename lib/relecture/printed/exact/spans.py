"""Ranges of values that a computation attains when its inputs are known up to rounding.

A printed number stands for a box of true values. A function that is monotone in each of its inputs, whatever the
others are, has its extremes at the ends of the boxes; one that turns (a square, an absolute value) may also have them
at its turning points. A point tried inside a box is a value attained, so one turning point too many never harms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import inf

from relecture.core.numbers import Printed, Rounding

Range = tuple[float, float]  # least and largest


def box(text: str, rounding: Rounding = "nearest", *, low: float = -inf, high: float = inf) -> Range:
    """Ends of the true values that print so, within the domain `low` to `high`.

    >>> box("0,0", low=0), box("63,9", "truncated")
    ((0.0, 0.05), (63.9, 64.0))
    """
    true = Printed.read(text).within(rounding)
    return tuple(min(max(float(end), float(low)), float(high)) for end in (true.low, true.high))


def span(function: Callable[..., float | None], *boxes: Range, turns: Sequence[float] = (0.0,)) -> Range | None:
    """Least and largest value of a function over boxes, where it is monotone in each input between `turns`.

    None stands for a point where the function does not exist, and for a range without any value. What depends on the
    difference of two inputs is given the box of their difference, so that its turning point is 0.

    >>> span(lambda x, y: x**2 / y, (-1, 3), (2, 4))
    (0.0, 4.5)
    """
    corners = product(*(tuple(_points(ends, turns)) for ends in boxes))
    values = [value for corner in corners if (value := function(*corner)) is not None]
    return (min(values), max(values)) if values else None


def meeting(one: Range, two: Range) -> Range | None:
    """What two ranges share; None where they share nothing.

    >>> meeting((1, 3), (2, 5)), meeting((1, 2), (3, 4))
    ((2, 3), None)
    """
    low, high = max(one[0], two[0]), min(one[1], two[1])
    return (low, high) if low <= high else None


def _points(ends: Range, turns: Sequence[float]) -> Iterator[float]:
    low, high = map(float, ends)
    yield from {low, high}
    yield from (turn for turn in turns if low < turn < high)
