"""Intervals of an odds ratio by each usual method, and the tables of respondents that print a given row so.

Woolf's interval is symmetric in logarithm; four others are not: the profile likelihood (`confint(glm)` of R), the score
interval (Cornfield 1956, without continuity correction), the exact conditional interval (`fisher.test` of R) and its
mid-p (Lancaster 1961). Profile and score share one step: the table with the same margins whose odds ratio is psi, whose
first cell solves a quadratic; the interval ends where the distance from the observed table reaches the quantile of
chi-square. The exact interval ends where a tail of Fisher's noncentral hypergeometric law is half of what the level
leaves; the estimate beside it is the conditional one, of which the mean is the count observed, or the sample one.
Each method is an *excess*, negative inside its interval: its sign at both ends of a print tells whether it ends there.

R stops early: `fisher.test` at 0.0001 of psi (or of 1 / psi above 1), `confint` where a spline crosses the quantile.
So the ends of a print are moved apart by as much.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, log
from typing import TYPE_CHECKING, NamedTuple

from relecture.printed.exact.contingency import PrintedRow, Sizes, candidates, chosen, woolf
from relecture.printed.exact.p_values import quantile
from relecture.printed.exact.two_by_two import Table

if TYPE_CHECKING:
    import numpy as np

METHODS = ("wald", "profile", "score", "exact", "midp")
_SLACK = 1e-9
_SPLINE, _ROOT = 1e-3, 1.3e-4  # how far from the root R may stop, in sides of the interval and in psi
_MOST_CELLS = 600_000  # of a grid of Fisher's laws
_LOG_OF_ZERO = -700.0
_FAR = 50.0  # no odds ratio is looked at further, in logarithm


@lru_cache(maxsize=512)  # a repair edits one number: the others are asked again
def printing(
    row: PrintedRow, groups: Sizes, method: str, level: float, added: float, first: int | None = None
) -> tuple[Table, ...] | None:
    """Tables with these row totals that print a row by this method; None when the groups are too large for it.

    A `first` cell that is known spares the search of the others, but for the exact method.

    >>> row = PrintedRow.read("7.38", ("1.22", "60.95"), "nearest")
    >>> Table(10, 5, 3, 12) in printing(row, (15, 15), "exact", 0.95, 0.0)      # R: fisher.test
    True
    """
    if min(groups) < 1:
        return ()
    split = groups if first is None else (*groups, first)
    if method == "wald":
        return tuple(woolf(row, (split,), level=level, added=added))
    if added:
        return ()
    return _exact(row, groups, method, level) if method in ("exact", "midp") else _likely(row, split, method, level)


def _likely(row: PrintedRow, split: Sizes, method: str, level: float) -> tuple[Table, ...]:
    """By profile likelihood or score."""
    import numpy as np

    cells, limit = candidates(row.ends[0], (split,)), quantile(level) ** 2
    inside, spline = cells[0] >= 0, _SPLINE if method == "profile" else 0.0
    for low, high in row.ends[1:]:
        blur = spline * min(abs(high - row.ends[0][0]), _FAR)
        before = inf if low == -inf else excess(cells, low - blur, method) - limit
        after = excess(cells, high + blur, method) - limit
        inside &= (np.sign(before) * np.sign(after) <= 0) | (abs(before) < _SLACK) | (abs(after) < _SLACK)
    return tuple(chosen(row, cells, inside))


def excess(cells: np.ndarray, log_psi: float, method: str) -> np.ndarray:
    """Distance of tables (4 x tables) from those with the same margins and this odds ratio, by a method."""
    import numpy as np

    a, b, c, d = cells.astype(float)
    psi = exp(min(max(log_psi, -_FAR), _FAR))
    first, second, column = a + b, c + d, a + c
    if abs(psi - 1) < 1e-12:
        fitted = first * column / (first + second)
    else:
        middle = second - column + psi * (first + column)
        fitted = (middle - np.sqrt(np.maximum(0.0, middle**2 - 4 * psi * (psi - 1) * first * column))) / (2 * (psi - 1))
    means = np.stack([fitted, first - fitted, column - fitted, second - column + fitted])
    with np.errstate(divide="ignore", invalid="ignore"):
        if method == "score":
            found = (a - fitted) ** 2 * (1 / means).sum(axis=0)
        else:
            found = 2 * np.where(cells > 0, cells * np.log(cells / means), 0.0).sum(axis=0)
    return np.nan_to_num(found, nan=inf)  # so far that a cell is lost to floats


class _Laws(NamedTuple):
    """Fisher's noncentral laws, one line for each total of the first column, one column for each first cell."""

    above: np.ndarray  # probability of at least so many
    below: np.ndarray  # of at most so many
    mass: np.ndarray
    mean: np.ndarray

    def tail(self, side: str, half: float) -> np.ndarray:
        """A tail without `half` of the mass of its end."""
        return (self.above if side == "above" else self.below) - half * self.mass


def _exact(row: PrintedRow, groups: Sizes, method: str, level: float) -> tuple[Table, ...] | None:
    """By the exact conditional method, or its mid-p."""
    import numpy as np

    if (groups[0] + 1) * (sum(groups) + 1) > _MOST_CELLS:
        return None
    half, tail = 0.5 * (method == "midp"), (1 - level) / 2
    blurred = [(_moved(low, -_ROOT), _moved(high, _ROOT)) for low, high in row.ends]
    (e1, e2), (l1, l2), (h1, h2) = ([_laws(groups, end) for end in ends] for ends in blurred)
    k, total = np.arange(groups[0] + 1)[None, :], np.arange(sum(groups) + 1)[:, None]
    least = np.maximum(0, total - groups[1])
    low = (l1.tail("above", half) <= tail + _SLACK) & (l2.tail("above", half) >= tail - _SLACK)
    low |= (k == least) & (row.ends[1][0] == -inf)
    high = (h1.tail("below", half) >= tail - _SLACK) & (h2.tail("below", half) <= tail + _SLACK)
    possible = (k >= least) & (k <= np.minimum(groups[0], total))
    conditional = (e1.mean[:, None] <= k + _SLACK) & (k <= e2.mean[:, None] + _SLACK)
    unbiased = (e1.tail("above", 0.5) <= 0.5 + _SLACK) & (e2.tail("above", 0.5) >= 0.5 - _SLACK)
    inside = low & high & possible
    found = [_table(groups, *at) for at in np.argwhere(inside & (conditional | (half > 0) & unbiased)).tolist()]
    others = [_table(groups, *at) for at in np.argwhere(inside).tolist()]
    return tuple(sorted({*found, *(table for table in others if all(table.cells) and row.holds(table, 0.0))}))


def _table(groups: Sizes, total: int, first: int) -> Table:
    return Table(first, groups[0] - first, total - first, groups[1] - total + first)


@lru_cache(maxsize=32)
def _laws(groups: Sizes, log_psi: float) -> _Laws:
    """Laws of the first cell given both margins, when the odds ratio is psi."""
    import numpy as np
    from scipy.special import gammaln

    k, total = np.arange(groups[0] + 1)[None, :], np.arange(sum(groups) + 1)[:, None]
    cells = (k, groups[0] - k, total - k, groups[1] - total + k)
    possible = (cells[2] >= 0) & (cells[3] >= 0)
    weights = k * log_psi - sum(gammaln(np.maximum(cell, 0) + 1.0) for cell in cells)
    weights = np.where(possible, weights, -inf)
    mass = np.exp(weights - weights.max(axis=1, keepdims=True))
    mass /= mass.sum(axis=1, keepdims=True)
    above = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]
    return _Laws(above, np.cumsum(mass, axis=1), mass, (k * mass).sum(axis=1))


def _moved(log_psi: float, by: float) -> float:
    """An end as far as R's root may be: searched in psi up to 1, in 1 / psi beyond."""
    if log_psi <= 0:
        moved = exp(log_psi) + by
        return log(moved) if moved > 0 else _LOG_OF_ZERO
    return -_moved(-log_psi, -by)
