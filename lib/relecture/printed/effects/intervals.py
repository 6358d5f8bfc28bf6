"""Checks of an estimate, its interval, its standard error, its statistic and its p-value against each other.

What a Wald (1943) interval gives back is in `estimates`, intervals that are not symmetric in `likelihood`, tables of
respondents behind an odds ratio in `odds_rows`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import exp, log

from relecture.core.numbers import Printed, rounded
from relecture.printed.arguments import (
    Bounds,
    Coefficient,
    CountTable,
    DegreesOfFreedom,
    PValue,
    Ratio,
    Size,
    StandardError,
    Statistic,
)
from relecture.printed.conventions import NONE, Stated, attained_in_words
from relecture.printed.effects.estimates import LADDER, ROW, Estimate, applicable, ends
from relecture.printed.effects.table_search import Search
from relecture.printed.exact.p_values import quantile, two_sided
from relecture.printed.exact.two_by_two import Table
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind


@kind("odds_ratio", "un odds ratio, son intervalle et son p", ladder=LADDER, judged=ROW)
def odds_ratio(
    estimate: Ratio,
    interval: Bounds,
    p: PValue | None = None,
    *,
    n: Size | None = None,
    se: StandardError | None = None,
    statistic: Statistic | None = None,
    counts: CountTable | None = None,
    adjusted: bool = False,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on an odds ratio, its interval, its p, its standard error and its statistic, on the logarithmic scale.

    Formula: ln OR -+ z SE, Wald's z = ln OR / SE; from `counts` [[a, b], [c, d]], exposed first, Woolf (1955), SE =
    sqrt(1/a + 1/b + 1/c + 1/d), profile, score, exact and mid-p intervals. Conditions: profile (or exact) interval as
    far as `likelihood` allows, 90 or 99 %, one side, Student's law, likelihood ratio, score, Yates's or Fisher's p,
    truncation. `adjusted`: no table of counts excuses the row.

    >>> odds_ratio("1,36", ("0,53", "3,48"), p="0,520").verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> odds_ratio("4,46", ("2,99", "20,06")).expected
    'OR 7,74'
    """
    if counts and not adjusted:
        table = Table.read(counts)
        groups = table.a + table.b, table.c + table.d
        return Search(estimate, tuple(interval), p, (groups,), table).finding(conventions)
    prints = {"n": n, "p": p, "se": se, "statistic": statistic}
    return judged(Estimate.read("OR", estimate, interval, ratio=True, crude=not adjusted, **prints), conventions)


@kind("hazard_ratio", "un hazard ratio, son intervalle et son p", ladder=LADDER, judged=ROW)
def hazard_ratio(
    estimate: Ratio,
    interval: Bounds | None = None,
    p: PValue | None = None,
    *,
    se: StandardError | None = None,
    statistic: Statistic | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a hazard ratio, its interval and its p (Cox 1972), on the logarithmic scale.

    Formula and conditions: those of `odds_ratio`; the log-rank test is the score test of the same model. No table of
    counts holds the times, so none is looked for.

    >>> hazard_ratio("0,72", ("0,55", "0,94"), "0,015").verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> hazard_ratio("0,72", ("0,75", "0,94")).explanation.partition(" : ")[0]
    "l'estimation 0,72 est hors de son intervalle, de 0,75 à 0,94"
    """
    prints = {"p": p, "se": se, "statistic": statistic, "ratio": True}
    return judged(Estimate.read("HR", estimate, interval, **prints), conventions)


@kind("coefficient", "un coefficient de régression, son intervalle et son p", ladder=LADDER, judged=ROW)
def coefficient(
    estimate: Coefficient,
    interval: Bounds | None = None,
    p: PValue | None = None,
    *,
    se: StandardError | None = None,
    statistic: Statistic | None = None,
    df: DegreesOfFreedom | None = None,
    n: Size | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a regression coefficient, its interval, its p, its standard error and its statistic.

    Formula: b -+ q SE, q of Student's law where `df` is printed, else of the normal one. Conditions: Student's law,
    with the fewest degrees of freedom that fit (at most n - 2), 90 or 99 %, one side, a profile interval, a likelihood
    ratio p, truncation. `statistic` is t, z, or Wald's chi-square.

    >>> coefficient("-1,14", ("-2,34", "0,07"), p="0,05").expected
    'p = 0,06'
    """
    prints = {"df": df, "n": n, "p": p, "se": se, "statistic": statistic}
    return judged(Estimate.read("coefficient", estimate, interval, **prints), conventions)


def judged(row: Estimate, stated: Stated = NONE) -> Finding:
    """Finding on an estimate under the conventions that are stated, then under the usual ones."""
    told = {"level": int(stated.get("level", 95)) / 100, "tails": 1 if stated.get("alternative") == "one-sided" else 2}
    if undecided := _undecided(row := replace(row, **told)):
        return undecided
    law = {"law": "t"} if row.df else NONE
    judgement = row.ladder.judge(row.holds, applicable(stated), assumed=law)
    if judgement.verdict is Verdict.CONSISTENT:
        return judgement.finding(_shown(row))
    failing = judgement.verdict is Verdict.INCONSISTENT
    if failing and row.ratio and row.se and not row.delta and (other := judged(replace(row, delta=True), stated)).holds:
        return other
    return judgement.finding(_shown(row), " ; ".join(_expected(row)))


def _undecided(row: Estimate) -> Finding | None:
    """What no convention changes."""
    reads = [row.estimate, *(row.bounds or ())]
    if row.ratio and (below := next((read for read in reads if read.centre < 0), None)):
        return Finding(Verdict.INCONSISTENT, f"{below.text} : {_RATIOS[row.name]} et ses bornes sont positifs")
    if not row.bounds:
        text = "sans intervalle, erreur type ni statistique, rien ne se recalcule"
        return None if row.se or row.statistic else Finding(Verdict.UNCHECKABLE, text)
    low, high = (read.text for read in row.bounds)
    if not row.ordered("either"):
        return Finding(Verdict.INCONSISTENT, f"les bornes {low} et {high} ne sont pas croissantes")
    if row.ratio and row.bounds[0].within("either").low <= 0:
        if row.outside("either"):
            return Finding(Verdict.INCONSISTENT, _shown(row))
        text = f"la borne {low} est arrondie à zéro : son logarithme n'est pas connu"
        return Finding(Verdict.UNCHECKABLE, text)
    return None


def _expected(row: Estimate) -> Iterator[str]:
    """What the assumed conventions would print where the print differs."""
    if row.bounds and not row.centred("either"):
        yield f"{row.name} {rounded(_middle(row), row.estimate.decimals)}"
    if row.p and not (row.bounds and row.prints_p([row.p_of_bounds()], "either")):
        yield _p(row)


def _shown(row: Estimate) -> str:
    """What the bounds alone give, or the standard error: the estimate in their middle, and p."""
    if not row.bounds:
        return f"statistique {rounded(_z(row), 2)} ; {_p(row)}" if row.p else f"statistique {rounded(_z(row), 2)}"
    low, high = (read.text for read in row.bounds)
    if row.outside("nearest"):
        return f"l'estimation {row.estimate.text} est hors de son intervalle, de {low} à {high}"
    aside = "" if row.centred("either") else f", pas sur {row.estimate.text}"
    mean = " (moyenne géométrique des bornes)" if row.ratio else ""
    shown = f"l'intervalle est centré sur {rounded(_middle(row), row.estimate.decimals)}{aside}{mean}"
    if row.p is None:
        return shown
    if row.bounds[0].centre >= row.bounds[1].centre:
        return f"{shown} ; les bornes sont confondues par l'arrondi"
    return f"{shown} ; {_p(row)} d'après l'intervalle ({'Student' if row.df else 'Wald'})"


def _middle(row: Estimate) -> float:
    low, high = (_centre(row, read) for read in row.bounds)
    return exp((low + high) / 2) if row.ratio else (low + high) / 2


def _z(row: Estimate) -> float:
    """The estimate over its standard error, from the bounds, else from the error, else as printed."""
    if row.bounds:
        low, high = (_centre(row, read) for read in row.bounds)
        return quantile(row.level, row.df) * (high + low) / (high - low)
    if row.se and row.se.centre and row.estimate.centre:
        error = float(row.se.centre) / (float(row.estimate.centre) if row.delta else 1.0)
        return _centre(row, row.estimate) / error
    return float(row.statistic.centre) if row.statistic else 0.0


def _centre(row: Estimate, read: Printed) -> float:
    if not row.ratio:
        return float(read.centre)
    return log(read.centre) if read.centre > 0 else ends(read, "nearest", True)[0]


def _p(row: Estimate) -> str:
    """Wald's p-value from the printed bounds; the largest that rounding allows when they are merged."""
    merged = row.bounds and row.bounds[0].centre >= row.bounds[1].centre
    p = row.p_of_bounds()[1] if merged else two_sided(_z(row), row.df) * row.tails / 2
    return f"p {attained_in_words((p, p), replace(row.p, comparison=''))}"


_RATIOS = {"OR": "un odds ratio", "HR": "un hazard ratio", "RR": "un risque relatif"}
