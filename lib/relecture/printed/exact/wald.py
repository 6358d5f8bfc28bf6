"""The symmetric intervals that rounded prints allow, and the p of a Wald statistic.

An interval is a point: its middle and its half-width. Each print (estimate, bounds, standard error) bounds the points
by parallel lines, so those that fit all the prints form a convex polygon. The statistic, quantile x middle /
half-width, is a ratio of linear functions: over a polygon it is least and largest at corners.
"""

from __future__ import annotations

from math import inf, sqrt

from relecture.printed.exact.p_values import two_sided, upper_tail
from relecture.printed.exact.spans import Range

Corners = list[tuple[float, float]]  # of a polygon of intervals: middles and half-widths
_SLACK = 1e-9
_FAR = 1e6  # an interval without bounds nor standard error is at most so wide


def corners(middle: Range, bounds: tuple[Range, Range] | None, half: Range = (0.0, inf)) -> Corners:
    """Corners of the polygon of intervals that these ranges allow; none when they allow no interval.

    >>> corners((0, 1), ((-1, -1), (2, 2)))
    [(0.5, 1.5), (0.5, 1.5), (0.5, 1.5), (0.5, 1.5)]
    """
    if bounds:
        (a, b), (c, d) = bounds
        found = [((low + high) / 2, (high - low) / 2) for low, high in ((a, c), (a, d), (b, d), (b, c))]
    else:
        least, most = half[0], min(half[1], _FAR)
        found = [(middle[0], least), (middle[0], most), (middle[1], most), (middle[1], least)]
    for line in ((1, 0, middle[1]), (-1, 0, -middle[0]), (0, -1, -half[0]), (0, 1, half[1])):
        found = _cut(found, *line) if abs(line[2]) < inf else found
    return found


def ratios(found: Corners) -> Range:
    """Least and largest middle / half-width; an interval that rounding leaves without width has no limit."""
    ends = [end for middle, half in found for end in _ratio(middle, half)]
    return min(ends), max(ends)


def p_ranges(statistics: Range, signed: Range | None, alternative: str, df: float | None = None) -> list[Range]:
    """Ranges of p for statistics of these sizes; with their signs, one range for each side of a one-sided test."""
    both = two_sided(statistics[1], df), two_sided(statistics[0], df)
    if alternative == "two-sided":
        return [both]
    if signed is None:
        return [scaled(both, 0.5)]
    right = upper_tail(signed[1], df), upper_tail(signed[0], df)
    left = upper_tail(-signed[0], df), upper_tail(-signed[1], df)
    return {"greater": [right], "less": [left]}.get(alternative, [right, left])


def statistics_of(low: float, high: float) -> list[Range]:
    """Ranges of z for a printed statistic: z or t, of either sign, or the square of it (Wald's chi-square)."""
    roots = [(sqrt(max(low, 0.0)), sqrt(high))] if high > 0 else []
    return [each for least, most in ((low, high), *roots) for each in ((least, most), (-most, -least))]


def scaled(ends: Range, factor: float) -> Range:
    """A range times a positive factor."""
    return ends[0] * factor, ends[1] * factor


def _ratio(middle: float, half: float) -> Range:
    if half > _SLACK:
        return middle / half, middle / half
    return (-inf if middle <= _SLACK else inf), (inf if middle >= -_SLACK else -inf)


def _cut(found: Corners, x: float, y: float, most: float) -> Corners:
    """The part of a convex polygon where x * middle + y * half <= most, a last bit aside."""
    most += _SLACK * max(1.0, abs(most))
    over = [x * middle + y * half - most for middle, half in found]
    inside: Corners = []
    for at, corner in enumerate(found):
        before = at - 1
        if (over[before] > 0) != (over[at] > 0):
            share = over[before] / (over[before] - over[at])
            inside.append(tuple(p + share * (q - p) for p, q in zip(found[before], corner, strict=True)))
        if over[at] <= 0:
            inside.append(corner)
    return inside
