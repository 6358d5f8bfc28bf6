"""Ranges of values that a computation attains when its inputs are known up to rounding.

A printed number stands for a box of true values. A function that is monotone in each of its inputs, whatever the
others are, has its extremes at the ends of the boxes; one that turns (a square, an absolute value) may also have them
at its turning points. A point tried inside a box is a value attained, so one turning point too many never harms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


def degrees(text: str, rounding: Rounding = "nearest", *, whole: bool = True) -> Range:
    """Degrees of freedom: those with decimals are rounded, `whole` ones are exact unless they may be rounded too.

    >>> degrees("33.4"), degrees("33"), degrees("33", whole=False)
    ((33.35, 33.45), (33.0, 33.0), (32.5, 33.5))
    """
    read = Printed.read(text)
    return (float(read.exact),) * 2 if whole and not read.decimals else box(text, rounding, low=1)


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


def meeting(one: Range, two: Range, slack: float = 0.0) -> Range | None:
    """What two ranges share; None where they share nothing, a relative slack aside.

    >>> meeting((1, 3), (2, 5)), meeting((1, 2), (3, 4))
    ((2, 3), None)
    """
    low, high = max(one[0], two[0]), min(one[1], two[1])
    return (low, max(low, high)) if low <= high or low - high <= slack * max(1.0, abs(high)) else None


def signed(reach: Range, text: str) -> Range:
    """The range of a difference with the sign of its print: which of the two comes first is not known.

    A print of 0 may be of either sign.

    >>> signed((-2.5, -1.5), "2"), signed((-0.5, 1.5), "1"), signed((-0.5, 1.5), "0,0")
    ((1.5, 2.5), (0.0, 1.5), (-1.5, 1.5))
    """
    (least, most), read = magnitude(reach), Printed.read(text)
    if read.centre == 0 and least <= read.unit:
        return -most, most
    return (-most, -least) if read.centre < 0 else (least, most)


def magnitude(reach: Range) -> Range:
    """The range of the absolute values of a range.

    >>> magnitude((-3, 2)), magnitude((-3, -2))
    ((0.0, 3), (2, 3))
    """
    return 0.0 if reach[0] <= 0 <= reach[1] else min(map(abs, reach)), max(map(abs, reach))


def alongside(whole: Range, others: Mapping[str, Range | None]) -> dict[str, Range]:
    """For each name, what the ranges of the other names leave of a whole one; None leaves all of it.

    So what is computed beside one print takes into account all the others.

    >>> alongside((0, 9), {"low": (0, 5), "high": (4, 9)})
    {'low': (4, 9), 'high': (0, 5)}
    """
    left = dict.fromkeys(others, whole)
    for name, other in product(others, others):
        if name != other and others[other]:
            left[name] = meeting(left[name], others[other]) or left[name]
    return left


def misplaced(estimate: str, interval: Sequence[str] | None) -> str:
    """Why an estimate and its bounds cannot be in that order, in French; nothing when they can.

    >>> misplaced("0,30", ["0,35", "0,53"])
    "l'estimation 0,30 est hors de son intervalle, de 0,35 à 0,53"
    """
    if interval is None:
        return ""
    (low, _), (_, high) = (box(bound, "either") for bound in interval)
    if low > high:
        return f"les bornes {interval[0]} et {interval[1]} ne sont pas croissantes"
    least, most = box(estimate, "either")
    outside = f"l'estimation {estimate} est hors de son intervalle, de {interval[0]} à {interval[1]}"
    return "" if low <= most and least <= high else outside


def _points(ends: Range, turns: Sequence[float]) -> Iterator[float]:
    low, high = map(float, ends)
    yield from {low, high}
    yield from (turn for turn in turns if low < turn < high)
