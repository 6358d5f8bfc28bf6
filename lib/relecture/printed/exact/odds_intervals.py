"""Intervals of an odds ratio by other methods than Woolf's, and the method that prints a given row.

Woolf's interval is symmetric in logarithm; three others are not, and each may explain a print that looks
skewed: the profile likelihood (as `confint(glm)` of R), the score interval (Cornfield 1956, without
continuity correction) and the exact conditional interval (as `fisher.test` of R).

Profile and score share one step: the table with the same margins whose odds ratio is psi. Its first cell
solves a quadratic; the interval ends where the distance from the observed table reaches the 95 % quantile
of chi-square with one degree of freedom. The exact interval ends where a tail of Fisher's noncentral
hypergeometric law is 2.5 %. Each method is thus an *excess*, negative inside its interval: to know whether
an end falls between two values, its sign at both is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import comb, exp, log, sqrt

from relecture.core.numbers import Printed
from relecture.printed.exact.contingency import Sizes, Table, with_odds_ratio
from relecture.printed.exact.wald import Z95, Bounds

_SLACK = 1e-9

Excess = Callable[[Table, float], float]


def methods_that_print(odds_ratio: str, interval: Bounds, groups: Sizes) -> Iterator[tuple[str, Table]]:
    """Methods and tables with these groups whose odds ratio and interval print so, Woolf's left out.

    The exact method is tried with the sample odds ratio: its own estimate (conditional) hardly differs.
    """
    trues = [Printed.read(bound).within("nearest") for bound in interval]
    bounds = [(float(true.low), float(true.high)) for true in trues]
    for table in with_odds_ratio(odds_ratio, groups):
        for name, excess in METHODS.items():
            if all(_ends_within(table, excess, low, high) for low, high in bounds):
                yield name, table


@lru_cache(maxsize=50_000)  # a repair edits one bound: the other is asked again
def _ends_within(table: Table, excess: Excess, low: float, high: float) -> bool:
    """Whether the interval ends between two values: the excess changes sign from one to the other."""
    if low <= 0:
        return False
    before, after = excess(table, low), excess(table, high)
    return before * after <= 0 or min(abs(before), abs(after)) < _SLACK


def _exact(table: Table, psi: float) -> float:
    """Half of 5 % less the tail beyond the observed count, given the margins and an odds ratio psi."""
    least, ways = _ways(table.a + table.b, table.c + table.d, table.a + table.c)
    logs = [way + k * log(psi) for k, way in enumerate(ways, least)]
    most, at = max(logs), table.a - least
    weights = [exp(weight - most) for weight in logs]
    above = psi * table.b * table.c < table.a * table.d  # the estimate is above psi: so is the tail
    return 0.025 - sum(weights[at:] if above else weights[: at + 1]) / sum(weights)


@lru_cache(maxsize=1_000)
def _ways(first: int, second: int, column: int) -> tuple[int, list[float]]:
    """The least first cell with these margins; for it and those that follow, how many ways to draw it (logarithm)."""
    least = max(0, column - second)
    return least, [log(comb(first, k) * comb(second, column - k)) for k in range(least, min(first, column) + 1)]


def _profile(table: Table, psi: float) -> float:
    pairs = zip(table.cells, _fitted(table, psi), strict=True)
    return 2 * sum(count * log(count / mean) for count, mean in pairs) - Z95**2


def _score(table: Table, psi: float) -> float:
    fitted = _fitted(table, psi)
    return (table.a - fitted[0]) ** 2 * sum(1 / mean for mean in fitted) - Z95**2


def _fitted(table: Table, psi: float) -> tuple[float, float, float, float]:
    """Cells with the same margins and odds ratio psi: the root of a quadratic within the margins."""
    first, second, column = table.a + table.b, table.c + table.d, table.a + table.c
    if abs(psi - 1) < 1e-12:
        a = first * column / (first + second)
    else:
        middle = second - column + psi * (first + column)
        a = (middle - sqrt(middle**2 - 4 * psi * (psi - 1) * first * column)) / (2 * (psi - 1))
    return a, first - a, column - a, second - column + a


METHODS: dict[str, Excess] = {"score": _score, "vraisemblance profilée": _profile, "exacte (Fisher)": _exact}
