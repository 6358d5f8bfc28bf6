"""2x2 tables behind a printed odds ratio and its interval.

With a, b exposed and c, d unexposed respondents (a and c having the outcome), OR = ad/bc and Woolf
(1955) gives the 95 % interval exp(ln OR +- 1.959964 sqrt(1/a + 1/b + 1/c + 1/d)). The tables are
enumerated, so the answer is a set: all tables that print the same three numbers, or none. Group
sizes narrow it: `groups` are the two rows (a + b, c + d), `margin` the two columns (a + c, b + d).
OR and interval do not change when the table is transposed or turned half-way round.

A printed p-value may be Pearson's, Yates's, Fisher's, Wald's or the likelihood ratio's: each is
computed and the conventions that match are named. `joint_groups` asks which split of n respondents
explains most rows of a printed table. Bounds are floats: a table is kept when they fall within one
part in 10^9 of what rounding allows, so that a last bit can add a table and never lose one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, exp, log, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING

from relecture.core.numbers import Interval, Printed, Rounding
from relecture.printed.exact.wald import Z95, Bounds, two_sided

if TYPE_CHECKING:
    import numpy as np

_SLACK = 1e-9
Sizes = tuple[int, int]
Ends = tuple[float, float]


@dataclass(frozen=True, order=True)
class Table:
    """Counts of a 2x2 table: a, b exposed with and without the outcome; c, d unexposed.

    >>> table = Table(12, 8, 10, 20)
    >>> {name: round(p, 4) for name, p in table.p_values().items()}       # R 4.2
    {'Pearson': 0.0627, 'Yates': 0.1164, 'Fisher': 0.0845, 'Wald': 0.0665, 'rapport de vraisemblance': 0.0621}
    """

    a: int
    b: int
    c: int
    d: int

    def __str__(self) -> str:
        return f"({self.a}, {self.b} ; {self.c}, {self.d})"

    @property
    def cells(self) -> tuple[int, int, int, int]:
        return self.a, self.b, self.c, self.d

    @property
    def odds_ratio(self) -> Fraction:
        return Fraction(self.a * self.d, self.b * self.c)

    @property
    def interval(self) -> tuple[float, float]:
        """Woolf's 95 % interval."""
        reach = Z95 * sqrt(1 / self.a + 1 / self.b + 1 / self.c + 1 / self.d)
        return exp(log(self.odds_ratio) - reach), exp(log(self.odds_ratio) + reach)

    def p_values(self) -> dict[str, float]:
        """Two-sided p-value under each convention, by its French name."""
        return {name: test(self) for name, test in _TESTS.items()}

    def conventions(self, p: str, rounding: Rounding = "either") -> tuple[str, ...]:
        """Names of the tests whose p-value prints as `p`."""
        true_p = Printed.read(p).within(rounding)
        return tuple(name for name, value in self.p_values().items() if _within(value, true_p))


@dataclass(frozen=True)
class Split:
    """A way to divide n respondents in two, and the rows of a printed table that it explains."""

    sizes: Sizes
    explained: tuple[str, ...]


def tables(
    odds_ratio: str,
    interval: Bounds,
    *,
    groups: Sizes | None = None,
    n: int | None = None,
    margin: Sizes | None = None,
    p: str | None = None,
    rounding: Rounding = "nearest",
) -> tuple[Table, ...]:
    """Every table that prints this odds ratio and interval (and p, under any convention).

    Give `groups`, or `margin`, or both, or only `n` (every split is then tried). ValueError when
    none of them is given.

    >>> tables("3.00", ("0.93", "9.70"), groups=(20, 30))
    (Table(a=12, b=8, c=10, d=20),)
    """
    printing = _printing(odds_ratio, tuple(interval), rounding, groups, n, margin)
    return printing if p is None else tuple(table for table in printing if table.conventions(p, rounding))


@lru_cache(maxsize=128)
def with_odds_ratio(odds_ratio: str, groups: Sizes) -> tuple[Table, ...]:
    """Tables with these row totals and this odds ratio, whatever the interval."""
    (cells, middle, _), printed = _grid(groups), Printed.read(odds_ratio)
    near, true = _slice(middle, _ends(printed, "nearest")), printed.within("nearest")
    near_ones = (Table(*counts) for counts in sorted(cells[:, near].T.tolist(), key=itemgetter(2, 0)))
    return tuple(table for table in near_ones if table.odds_ratio in true)


def joint_groups(rows: Mapping[str, tuple[str, Bounds]], n: int) -> tuple[Split, ...]:
    """Splits of `n` respondents, those that explain most rows first (then the most even).

    `rows` gives each row its odds ratio and bounds. All rows share the split when it is that of the
    outcome; each split stands for its mirror image too.

    >>> [split.sizes for split in joint_groups({"x": ("3.00", ("0.93", "9.70"))}, n=50)][:2]
    [(22, 28), (20, 30)]
    """
    read = {name: _PrintedRow.read(odds_ratio, interval, "nearest") for name, (odds_ratio, interval) in rows.items()}
    splits = [(first, n - first) for first in range(1, n // 2 + 1)]
    explained = {
        sizes: tuple(name for name, row in read.items() if any(True for _ in row.tables(sizes))) for sizes in splits
    }
    ways = [Split(sizes, names) for sizes, names in explained.items()]
    return tuple(sorted(ways, key=lambda split: (-len(split.explained), -split.sizes[0])))


@dataclass(frozen=True)
class _PrintedRow:
    """True values that a printed row allows."""

    odds_ratio: Interval
    ends: tuple[Ends, ...]  # in logarithm, of the odds ratio and of both bounds

    @classmethod
    def read(cls, odds_ratio: str, interval: Bounds, rounding: Rounding) -> _PrintedRow:
        printed = [Printed.read(text) for text in (odds_ratio, *interval)]
        return cls(printed[0].within(rounding), tuple(_ends(each, rounding) for each in printed))

    def tables(self, groups: Sizes) -> Iterator[Table]:
        """Tables with these row totals whose odds ratio and bounds all print right."""
        cells, middle, reach = _grid(groups)
        estimate, low, high = self.ends
        near = _slice(middle, estimate)
        if near.start >= near.stop:
            return
        cells, middle, reach = cells[:, near], middle[near], reach[near]
        inside = _between(middle - reach, low) & _between(middle + reach, high)
        for counts in cells[:, inside].T.tolist():
            if Table(*counts).odds_ratio in self.odds_ratio:
                yield Table(*counts)


@lru_cache(maxsize=128)
def _grid(groups: Sizes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All tables with these row totals (4 x tables), their log odds ratio, ascending, and the reach of the interval."""
    import numpy as np

    a, c = (counts.ravel() for counts in np.meshgrid(np.arange(1, groups[0]), np.arange(1, groups[1])))
    b, d = groups[0] - a, groups[1] - c
    reach = Z95 * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    middle = np.log(a * d / (b * c))
    order = np.argsort(middle, kind="stable")
    return np.stack([a, b, c, d])[:, order], middle[order], reach[order]


@lru_cache(maxsize=128)  # a repair edits one number, p among them: the others are asked again
def _printing(
    odds_ratio: str, interval: Bounds, rounding: Rounding, groups: Sizes | None, n: int | None, margin: Sizes | None
) -> tuple[Table, ...]:
    """Every table that prints this odds ratio and interval, in order."""
    row = _PrintedRow.read(odds_ratio, interval, rounding)
    if groups:
        candidates = (table for table in row.tables(groups) if margin in (None, (table.a + table.c, table.b + table.d)))
    elif margin:
        candidates = (Table(table.a, table.c, table.b, table.d) for table in row.tables(margin))
    elif n is not None:
        candidates = (table for first in range(2, n - 1) for table in row.tables((first, n - first)))
    else:
        raise ValueError("tables : il faut donner groups, margin ou n")
    return tuple(sorted(candidates))


def _between(logarithm: np.ndarray, ends: Ends) -> np.ndarray:
    return (logarithm >= ends[0]) & (logarithm <= ends[1])


def _slice(ascending: np.ndarray, ends: Ends) -> slice:
    """Where ascending logarithms are between these ends."""
    return slice(int(ascending.searchsorted(ends[0])), int(ascending.searchsorted(ends[1], "right")))


@lru_cache(maxsize=4_096)
def _ends(printed: Printed, rounding: Rounding) -> Ends:
    """The logarithms of the ends, a slack apart; of no positive value, ends that hold nothing between them."""
    true = printed.within(rounding)
    if true.high <= 0:
        return float("inf"), -float("inf")
    low = log(true.low) if true.low > 0 else -float("inf")
    return low - _SLACK, log(true.high) + _SLACK


def _within(value: float, true: Interval) -> bool:
    return float(true.low) * (1 - _SLACK) <= value <= float(true.high) * (1 + _SLACK)


def _expected(table: Table) -> list[tuple[int, float]]:
    cells, n = table.cells, sum(table.cells)
    rows, columns = (table.a + table.b, table.c + table.d), (table.a + table.c, table.b + table.d)
    return [(cells[2 * i + j], rows[i] * columns[j] / n) for i in (0, 1) for j in (0, 1)]


def _pearson(table: Table) -> float:
    return two_sided(sqrt(sum((count - mean) ** 2 / mean for count, mean in _expected(table))))


def _yates(table: Table) -> float:
    return two_sided(sqrt(sum(max(abs(count - mean) - 0.5, 0) ** 2 / mean for count, mean in _expected(table))))


def _likelihood_ratio(table: Table) -> float:
    return two_sided(sqrt(max(0.0, 2 * sum(count * log(count / mean) for count, mean in _expected(table)))))


def _wald(table: Table) -> float:
    return two_sided(log(table.odds_ratio) / sqrt(1 / table.a + 1 / table.b + 1 / table.c + 1 / table.d))


def _fisher(table: Table) -> float:
    """Sum of the probabilities of the tables that are not more likely; exact integers until the end."""
    first, second, column = table.a + table.b, table.c + table.d, table.a + table.c
    ways = [comb(first, k) * comb(second, column - k) for k in range(max(0, column - second), min(first, column) + 1)]
    seen = comb(first, table.a) * comb(second, table.c)
    return float(Fraction(sum(way for way in ways if way <= seen), sum(ways)))


_TESTS: dict[str, Callable[[Table], float]] = {
    "Pearson": _pearson,
    "Yates": _yates,
    "Fisher": _fisher,
    "Wald": _wald,
    "rapport de vraisemblance": _likelihood_ratio,
}
