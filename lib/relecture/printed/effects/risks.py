"""Checks of a relative risk and of a risk difference, against their interval and p, or their printed counts.

Without counts they are estimates like others (`relecture.printed.effects.estimates`): the logarithm of a ratio, a
difference as it is; an interval that is not symmetric may be a score one, which near 0 or 1 has no limit of shape for a
difference. With counts [[cases, others], [cases, others]], exposed first, each method has one value and all prints must
come from the same: Wald (Katz 1978 for a ratio), score (Koopman 1984; Mee 1984, Miettinen & Nurminen 1985), Newcombe
(1998, from Wilson's), Agresti & Caffo (2000), Wald corrected for continuity (Fleiss 1981; R's `prop.test`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from math import exp, hypot, inf, log, sqrt

from relecture.core.numbers import Printed
from relecture.printed.arguments import Bounds, Coefficient, CountTable, PValue, Ratio, Size, StandardError, Statistic
from relecture.printed.conventions import NONE, QUANTILES, Ladder, Range, Stated, Using, agreeing
from relecture.printed.effects.estimates import ROW, Estimate
from relecture.printed.effects.intervals import judged
from relecture.printed.effects.table_search import NOUNS
from relecture.printed.exact.p_values import quantile, two_sided
from relecture.printed.exact.two_by_two import Table
from relecture.printed.exact.wald import scaled
from relecture.printed.finding import Finding
from relecture.printed.kinds import kind

_TESTS = "pearson wald yates fisher likelihood-ratio n-1 midp"
_REST = {"level": "95 90 99", "correction": "none half", "rounding": "nearest truncate", "quantile": QUANTILES}
RATIOS = Ladder(most=3, test=_TESTS, interval="wald score", **_REST)
DIFFERENCES = Ladder(most=3, test=_TESTS, interval="wald wilson agresti-coull score wald-corrected", **_REST)


@kind("relative_risk", "un risque relatif, son intervalle et son p", ladder=RATIOS, judged=ROW)
def relative_risk(
    estimate: Ratio,
    interval: Bounds | None = None,
    p: PValue | None = None,
    *,
    counts: CountTable | None = None,
    n: Size | None = None,
    se: StandardError | None = None,
    statistic: Statistic | None = None,
    adjusted: bool = False,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a relative risk, its interval and its p, from the interval or, where printed, from the counts.

    Formula: ln RR -+ z sqrt(1/a - 1/(a + b) + 1/c - 1/(c + d)) (Katz 1978). Conditions: score interval, another test,
    90 or 99 %, 1/2 added, truncation; without counts, also one side, Student's law and a likelihood interval.

    >>> relative_risk("1,80", ("0,97", "3,35"), "0,063", counts=[["12", "8"], ["10", "20"]]).explanation
    'RR = 1,80 ; borne basse = 0,97 ; borne haute = 3,35 ; p = 0,063 : se retrouve'
    """
    if counts and not adjusted:
        return _of_counts("RR", estimate, interval, p, Table.read(counts), conventions)
    prints = {"n": n, "p": p, "se": se, "statistic": statistic, "ratio": True, "crude": not adjusted}
    return judged(Estimate.read("RR", estimate, interval, risks=True, **prints), conventions)


@kind("risk_difference", "une différence de risques, son intervalle et son p", ladder=DIFFERENCES, judged=ROW)
def risk_difference(
    estimate: Coefficient,
    interval: Bounds | None = None,
    p: PValue | None = None,
    *,
    counts: CountTable | None = None,
    n: Size | None = None,
    se: StandardError | None = None,
    statistic: Statistic | None = None,
    adjusted: bool = False,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a risk difference, as a share or in percent, its interval and its p.

    Formula: p1 - p2 -+ z sqrt(p1 (1 - p1) / n1 + p2 (1 - p2) / n2). Conditions: as `relative_risk`, and Newcombe's
    interval (from Wilson's), Agresti and Caffo's, or Wald's corrected for continuity. Bounds may be cut at 100 %.

    >>> risk_difference("0,27", ("-0,01", "0,50"), counts=[["12", "8"], ["10", "20"]]).conditions
    ("si l'intervalle est celui de Wilson",)
    """
    if counts and not adjusted:
        return _of_counts("différence", estimate, interval, p, Table.read(counts), conventions)
    prints = {"n": n, "p": p, "se": se, "statistic": statistic, "crude": not adjusted}
    return judged(Estimate.read("différence", estimate, interval, risks=True, **prints), conventions)


def _of_counts(
    name: str, estimate: str, interval: Bounds | None, p: str | None, table: Table, stated: Stated
) -> Finding:
    """Finding on prints that the counts give exactly under each convention."""
    (low, high), ratio = interval or (None, None), name == "RR"
    prints = {name: estimate, "borne basse": low, "borne haute": high, "p": p}
    large = any(abs(Printed.read(text).centre) > 1 for text in (estimate, low, high) if text)
    scales = (1.0,) if ratio else (100.0, 1.0) if large else (1.0, 100.0)  # in percent, or as a share

    def attained(using: Using, scale: float) -> dict[str, Range | None]:
        cells = tuple(count + using.added for count in table.cells)
        *row, p_range = _computed(ratio, cells, using["interval"], using.level)
        if using["test"] != "wald":
            p_range = _exactly(table.p_value(NOUNS[using["test"]]))
        return dict(zip(prints, [*(each and scaled(each, scale) for each in row), p_range], strict=True))

    ladder = RATIOS if ratio else DIFFERENCES
    offered = ladder.offered(stated)
    found = (agreeing(prints, partial(attained, scale=scale), ladder, offered) for scale in scales)
    likely = next(found)
    return likely if likely.holds else next((finding for finding in found if finding.holds), likely)


def _exactly(value: float | None) -> Range | None:
    return None if value is None else (value, value)


@lru_cache(maxsize=256)
def _computed(ratio: bool, cells: tuple[float, ...], method: str, level: float) -> tuple[Range | None, ...]:
    """Estimate, both bounds and Wald's p from the cells; None for what does not exist."""
    a, b, c, d = cells
    n1, n2 = a + b, c + d
    if not (n1 and n2) or (ratio and not c):
        return (None,) * 4
    first, second = a / n1, c / n2
    if ratio and not a:
        return (0.0, 0.0), None, None, None
    middle = log(first / second) if ratio else first - second
    variance = (1 / a - 1 / n1 + 1 / c - 1 / n2) if ratio else first * (1 - first) / n1 + second * (1 - second) / n2
    error, back = sqrt(max(variance, 0.0)), exp if ratio else float
    p = two_sided(middle / error) if error else (0.0 if middle else 1.0)
    z, estimate = quantile(level), back(middle)
    if method.startswith("wald"):
        most = (1 / n1 + 1 / n2) / 2 if method == "wald-corrected" else 0.0
        reaches = z * error + min(most, abs(middle)), z * error + most  # R corrects no more than the difference
        bounds = [tuple(sorted(back(middle + side * reach) for reach in reaches)) for side in (-1, 1)]
    else:
        bounds = _other_bounds(ratio, (a, n1, c, n2), method, z, estimate)
    return _exactly(estimate), *(bounds if ratio else map(_cut, bounds)), _exactly(p)


def _cut(ends: Range) -> Range:
    """A bound of a difference of shares, which may be cut at -1 and 1."""
    return min(ends[0], 1.0), max(ends[1], -1.0)


def _other_bounds(ratio: bool, counts: tuple[float, ...], method: str, z: float, middle: float) -> list[Range]:
    """Bounds by score, Newcombe's method or Agresti and Caffo's."""
    a, n1, c, n2 = counts
    if method == "score":
        factors = (1.0, sqrt((n1 + n2) / (n1 + n2 - 1)))  # of z: Koopman, Mee; Miettinen & Nurminen
        found = [sorted(_score_end(ratio, counts, z * by, middle, side) for by in factors) for side in (-1, 1)]
        return list(map(tuple, found))
    if method == "wilson":
        first, second = _wilson(a, n1, z), _wilson(c, n2, z)
        below = hypot(a / n1 - first[0], second[1] - c / n2)
        above = hypot(first[1] - a / n1, c / n2 - second[0])
    else:
        first, second = (a + 1) / (n1 + 2), (c + 1) / (n2 + 2)
        middle = first - second
        below = above = z * sqrt(first * (1 - first) / (n1 + 2) + second * (1 - second) / (n2 + 2))
    return [_exactly(middle - below), _exactly(middle + above)]


def _wilson(x: float, n: float, z: float) -> Range:
    middle, reach = x + z * z / 2, z * sqrt(x * (n - x) / n + z * z / 4)
    return (middle - reach) / (n + z * z), (middle + reach) / (n + z * z)


def _score_end(ratio: bool, counts: tuple[float, ...], z: float, middle: float, side: int) -> float:
    """Where the score statistic reaches z on one side of the estimate; a ratio is taken in logarithm."""
    scale, back = (log, exp) if ratio else (float, float)
    near = scale(middle)
    far = near + side * 20 if ratio else side * (1 - 1e-12)
    return back(_crossing(lambda end: _score(ratio, counts, back(end)) < z * z, near, far))


def _score(ratio: bool, counts: tuple[float, ...], effect: float) -> float:
    """Square of the score statistic of an effect: the shares are those of most likelihood that have this effect."""
    a, n1, c, n2 = counts
    slope, gap = (effect, 0.0) if ratio else (1.0, effect)

    def rising(second: float) -> bool:
        first = slope * second + gap
        up = slope * (a * (1 - first) - (n1 - a) * first) * second * (1 - second)
        return up + (c * (1 - second) - (n2 - c) * second) * first * (1 - first) > 0

    second = _crossing(rising, max(0.0, -gap), min(1.0, (1.0 - gap) / slope))
    first = slope * second + gap
    variance = first * (1 - first) / n1 + slope**2 * second * (1 - second) / n2
    return (a / n1 - slope * c / n2 - gap) ** 2 / variance if variance > 0 else inf


def _crossing(holds: Callable[[float], bool], near: float, far: float) -> float:
    """Where a condition that holds near stops holding, by halves."""
    for _ in range(60):
        tried = (near + far) / 2
        near, far = (tried, far) if holds(tried) else (near, tried)
    return (near + far) / 2
