"""Checks of Cohen's d and its kin against the means and SDs of two groups, or against t, and of its interval."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import exp, sqrt
from typing import NamedTuple

from relecture.core.numbers import Printed, size
from relecture.printed.arguments import Bounds, Coefficient, DegreesOfFreedom, Group, Statistic
from relecture.printed.conventions import NONE, QUANTILES, Ladder, Range, Stated, Using, agreeing
from relecture.printed.exact.p_values import quantile
from relecture.printed.exact.spans import box, degrees, meeting, misplaced, signed, span
from relecture.printed.exact.summaries import Summary, minus, ratio
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_LOW, _HIGH = "borne basse", "borne haute"
_LARGEST_T = 37
DIFFERENCES = Ladder(
    difference="pooled hedges glass-first glass-second average unequal paired",
    level="95 90 99",
    interval="wald exact",
    law="normal t",
    sd="n-1 n",
    rounding="nearest truncate",
    quantile=QUANTILES,
)


@kind(
    "cohen_d",
    "une différence standardisée (d de Cohen), contre ses groupes ou son t, et son intervalle",
    ladder=DIFFERENCES,
    judged=["d", "interval"],
)
def cohen_d(
    d: Coefficient,
    first: Group | None = None,
    second: Group | None = None,
    *,
    t: Statistic | None = None,
    df: DegreesOfFreedom | None = None,
    interval: Bounds | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a standardised difference, from two groups (n, mean, SD) or from t and df, and on its interval.

    Formula: difference / pooled SD (Cohen 1988), or 2 t / sqrt(df); interval d ± z sqrt(N / (n1 n2) + d² / 2N) (Hedges
    and Olkin 1985). Conditions: Hedges's g, Glass's delta, the mean variance; with t alone, groups of unequal sizes,
    paired measures; another level, the t law, the noncentral t, SD divided by n, truncation.

    >>> cohen_d("0,50", ["30", "12,0", "4,0"], ["30", "10,0", "4,0"], interval=["-0,01", "1,01"]).verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> cohen_d("0,73", t="2,00", df="28").verdict, cohen_d("0,37", t="2,00", df="28").conditions
    (<Verdict.CONSISTENT: 'consistent'>, ('si le d est celui de mesures appariées',))
    """
    if reason := misplaced(d, interval):
        return Finding(Verdict.INCONSISTENT, reason)
    if first and second:
        source, intro = partial(_from_groups, first, second), "d'après les moyennes et écarts types, "
        known = min(size(first[0]), size(second[0])) > 1
    else:
        source, intro = partial(_from_t, t, df), f"d'après t = {t} et {df} degrés de liberté, "
        known = bool(t and df) and Printed.read(df).centre >= 2
    if not known:
        missing = "il faut deux groupes (n, moyenne, écart type), ou t et ses degrés de liberté"
        return Finding(Verdict.UNCHECKABLE, missing)

    def attained(using: Using) -> Mapping[str, Range | None]:
        found = source(using)
        if not found:
            return dict.fromkeys(prints)
        reach = signed(found.d, d)
        own = meeting(reach, box(d, using.rounding)) or reach
        return {"d": reach} | (_bounds(found, own, using) if interval else {})

    of_bounds = ["level", "quantile", "interval", "law"] * bool(interval)
    names = ["difference", *of_bounds, *["sd"] * bool(first), "rounding"]
    prints = {"d": d, _LOW: interval and interval[0], _HIGH: interval and interval[1]}
    return agreeing(prints, attained, DIFFERENCES.only(*names), DIFFERENCES.offered(conventions), intro=intro)


class _Difference(NamedTuple):
    """Standardised differences, the sum of the inverses of the sizes, the people, the correction when they are few."""

    d: Range
    inverses: Range
    n: int
    correction: Range = (1.0, 1.0)


def _from_groups(first: Group, second: Group, using: Using) -> _Difference | None:
    one, two = (Summary.read(group, using.rounding, using["sd"]) for group in (first, second))
    n, inverses = one.n + two.n, 1 / one.n + 1 / two.n
    within = (one.n - 1) / (n - 2)
    shares = {"pooled": within, "hedges": within, "glass-first": 1, "glass-second": 0, "average": 0.5}
    if using["difference"] not in shares:
        return None
    share = shares[using["difference"]]  # of the first variance
    factor = _correction(n - 2) if using["difference"] == "hedges" else (1.0, 1.0)

    def d(gap: float, first: float, second: float, factor: float) -> float:
        return factor * ratio(gap, sqrt(share * first**2 + (1 - share) * second**2))

    d_range = span(d, minus(one.mean, two.mean), one.sd, two.sd, factor)
    return _Difference(d_range, (inverses, inverses), n, factor)


def _from_t(t: str, df: str, using: Using) -> _Difference | None:
    """With t alone the groups are thought equal: 2 / sqrt(df), or exactly 2 / sqrt(N)."""
    low, high = degrees(df, using.rounding)
    n, factor = round(low) + 2, (1.0, 1.0)
    inverses = (4 / (high + 2), 4 / low)
    if using["difference"] == "hedges":
        factor = _correction(low)
    elif using["difference"] == "unequal":
        inverses = (4 / (high + 2), (low + 2) / (low + 1))
    elif using["difference"] == "paired":
        n, inverses = n - 1, (1 / (high + 1), 1 / (low + 1))
    elif using["difference"] != "pooled":
        return None
    values = span(lambda t, each, factor: factor * t * sqrt(each), box(t, using.rounding), inverses, factor)
    return _Difference(values, inverses, n, factor)


def _correction(df: float) -> Range:
    """Hedges's factor (1981), by the gamma function or by his approximation."""
    from scipy.special import gammaln

    exact, near = exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / sqrt(df / 2), 1 - 3 / (4 * df - 1)
    return min(exact, near), max(exact, near)


def _bounds(found: _Difference, d: Range, using: Using) -> Mapping[str, Range | None]:
    """Bounds of d, over the usual formulas of its variance, which differ by a few people."""
    if using["interval"] == "exact":
        return _noncentral(found, d, using)
    reach = quantile(using.level, found.n - 2 if using["law"] == "t" else None)

    def bound(side: int, d: float, inverses: float, people: float, factor: float) -> float:
        return d + side * reach * factor * sqrt(inverses + d**2 / (2 * people))

    boxes = found.inverses, (max(found.n / 2 - 1, 1), found.n), (found.correction[0], 1.0)
    return {name: span(partial(bound, side), d, *boxes) for name, side in ((_LOW, -1), (_HIGH, 1))}


def _noncentral(found: _Difference, d: Range, using: Using) -> Mapping[str, Range | None]:
    """Bounds by the noncentral t (Steiger and Fouladi 1997); none for a t so large that its series is not summed."""
    from scipy.special import nctdtrinc

    if max(map(abs, d)) > _LARGEST_T * found.correction[0] * sqrt(found.inverses[0]):
        return {_LOW: None, _HIGH: None}

    def bound(share: float, d: float, inverses: float, factor: float) -> float:
        return factor * sqrt(inverses) * float(nctdtrinc(found.n - 2, share, d / factor / sqrt(inverses)))

    half = (1 + using.level) / 2
    shares = (_LOW, half), (_HIGH, 1 - half)
    return {name: span(partial(bound, share), d, found.inverses, found.correction) for name, share in shares}
