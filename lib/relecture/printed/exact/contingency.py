"""2 x 2 tables behind a printed odds ratio and its interval.

The tables are enumerated, so the answer is a set: all tables that print the same three numbers, or none. OR and
interval do not change when the table is transposed or turned half-way round. For each a, the c that give the printed
odds ratio are an interval: memory grows with one group, not with the product of both.

Bounds are floats: a table is kept when they fall within one part in 10^9 of what rounding allows, so that a last bit
can add a table and never lose one. Intervals by other methods than Woolf's are in `effects.odds_intervals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from relecture.core.numbers import Interval, Printed, Rounding
from relecture.printed.exact.p_values import quantile
from relecture.printed.exact.spans import Range
from relecture.printed.exact.two_by_two import Table

if TYPE_CHECKING:
    import numpy as np

_SLACK = 1e-9
_EDGE = 1e-6  # of a respondent: a cell so near a whole number is looked at
MOST_TABLES = 2_000_000
MOST_SPLIT = 2_000  # respondents whose every division in two is tried
Bounds = tuple[str, str]  # of an interval, as printed
Sizes = tuple[int, int]


class TooMany(ValueError):
    """More tables than are looked at."""


@dataclass(frozen=True)
class Split:
    """A way to divide n respondents in two, and the rows of a printed table that it explains."""

    sizes: Sizes
    explained: tuple[str, ...]


@dataclass(frozen=True)
class PrintedRow:
    """True values that a printed row allows: of the odds ratio, exactly; of all three, in logarithm."""

    odds_ratio: Interval
    ends: tuple[Range, Range, Range]

    @classmethod
    @lru_cache(maxsize=1_024)
    def read(cls, odds_ratio: str, interval: Bounds, rounding: Rounding) -> PrintedRow:
        printed = [Printed.read(text) for text in (odds_ratio, *interval)]
        return cls(printed[0].within(rounding), tuple(_ends(each, rounding) for each in printed))

    def holds(self, table: Table, added: float) -> bool:
        """Whether a table has this odds ratio, with 0 or 1/2 added to each cell (Haldane, Anscombe 1956); exact."""
        a, b, c, d = (2 * count + round(2 * added) for count in table.cells)
        return Fraction(a * d, b * c) in self.odds_ratio


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

    Give `groups` (a + b, c + d), `margin` (a + c, b + d) or both, or only `n` (every split is then tried). ValueError
    when none of them is given, and when there are too many tables to try.

    >>> tables("3.00", ("0.93", "9.70"), groups=(20, 30))
    (Table(a=12, b=8, c=10, d=20),)
    """
    printing = _printing(odds_ratio, tuple(interval), rounding, groups, n, margin)
    return printing if p is None else tuple(table for table in printing if table.tests_printing(p, rounding))


def joint_groups(rows: Mapping[str, tuple[str, Bounds]], n: int, rounding: Rounding = "nearest") -> tuple[Split, ...]:
    """Splits of `n` respondents, those that explain most rows first (then the most even).

    `rows` gives each row its odds ratio and bounds; each split stands for its mirror image too.

    >>> [split.sizes for split in joint_groups({"x": ("3.00", ("0.93", "9.70"))}, n=50)][:2]
    [(22, 28), (20, 30)]
    """
    splits = _splits(n)[: n // 2]
    explained = {
        name: {table.a + table.b for table in woolf(PrintedRow.read(odds_ratio, tuple(interval), rounding), splits)}
        for name, (odds_ratio, interval) in rows.items()
    }
    ways = [Split(sizes, tuple(name for name in rows if sizes[0] in explained[name])) for sizes in splits]
    return tuple(sorted(ways, key=lambda split: (-len(split.explained), -split.sizes[0])))


def _splits(n: int) -> tuple[Sizes, ...]:
    """Every division of n respondents in two groups."""
    if n > MOST_SPLIT:
        raise TooMany(f"plus de {MOST_SPLIT} répondants : leurs répartitions en deux groupes sont trop nombreuses")
    return tuple((first, n - first) for first in range(1, n))


def woolf(row: PrintedRow, splits: tuple[Sizes, ...], *, level: float = 0.95, added: float = 0.0) -> Iterator[Table]:
    """Tables with one of these pairs of row totals that print a row, `added` to each of their cells first."""
    import numpy as np

    cells = candidates(row.ends[0], splits, added)
    a, b, c, d = cells + added
    middle, reach = np.log(a * d / (b * c)), quantile(level) * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    yield from chosen(row, cells, _between(middle - reach, row.ends[1]) & _between(middle + reach, row.ends[2]), added)


def chosen(row: PrintedRow, cells: np.ndarray, inside: np.ndarray, added: float = 0.0) -> Iterator[Table]:
    """Tables at these places of an array of cells whose odds ratio, exactly, prints right."""
    found = (Table(*counts) for counts in cells[:, inside].T.tolist())
    return (table for table in found if row.holds(table, added))


@lru_cache(maxsize=256)
def candidates(odds: Range, splits: tuple[Sizes, ...], added: float = 0.0) -> np.ndarray:
    """Cells (4 x tables) whose odds ratio is between these logarithms; without a zero, unless something is added.

    With A, B, C, D = cells + added and C + D = M, the odds ratio falls as C grows: it is r at C = A M / (A + B r).
    """
    import numpy as np

    first, second, a = _first_cells(splits, bool(added))
    above, below, total = a + added, first - a + added, second + 2 * added
    margin = 0 if added else 1
    with np.errstate(over="ignore", invalid="ignore"):
        low = np.ceil(above * total / (above + below * np.exp(odds[1])) - added - _EDGE)
        high = np.floor(above * total / (above + below * np.exp(odds[0])) - added + _EDGE)
    low, high = np.maximum(low, margin), np.minimum(high, second - margin)
    counts = np.nan_to_num(np.maximum(high - low + 1, 0) * (a >= margin)).astype(int)
    if (many := int(counts.sum())) > MOST_TABLES:
        raise TooMany(f"plus de {MOST_TABLES // 1_000_000} millions de tableaux ont cet odds ratio")
    offsets = np.arange(many) - np.repeat(np.cumsum(counts) - counts, counts)
    first, second, a, low = (np.repeat(each, counts) for each in (first, second, a, np.nan_to_num(low).astype(int)))
    c = low + offsets
    return np.stack([a, first - a, c, second - c])


@lru_cache(maxsize=64)
def _first_cells(splits: tuple[Sizes, ...], zeros: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each split and each a that it allows, or the one that follows its sizes: both row totals, and a."""
    import numpy as np

    margin = 0 if zeros else 1
    ranges = [
        np.array(known) if known else np.arange(margin, max(first + 1 - margin, 0)) for first, _, *known in splits
    ]
    lengths = [len(each) for each in ranges]
    sizes = np.array([split[:2] for split in splits], dtype=int).reshape(-1, 2)
    return np.repeat(sizes[:, 0], lengths), np.repeat(sizes[:, 1], lengths), np.concatenate([*ranges, np.arange(0)])


@lru_cache(maxsize=128)  # a repair edits one number, p among them: the others are asked again
def _printing(
    odds_ratio: str, interval: Bounds, rounding: Rounding, groups: Sizes | None, n: int | None, margin: Sizes | None
) -> tuple[Table, ...]:
    """Every table that prints this odds ratio and interval, in order."""
    row = PrintedRow.read(odds_ratio, interval, rounding)
    if groups:
        found: Iterable[Table] = woolf(row, (groups,))
        found = (table for table in found if margin in (None, (table.a + table.c, table.b + table.d)))
    elif margin:
        found = (Table(table.a, table.c, table.b, table.d) for table in woolf(row, (margin,)))
    elif n is not None:
        found = woolf(row, _splits(n))
    else:
        raise ValueError("tables : il faut donner groups, margin ou n")
    return tuple(sorted(found))


def _between(logarithm: np.ndarray, ends: Range) -> np.ndarray:
    return (logarithm >= ends[0]) & (logarithm <= ends[1])


@lru_cache(maxsize=4_096)
def _ends(printed: Printed, rounding: Rounding) -> Range:
    """The logarithms of the ends, a slack apart; of no positive value, ends that hold nothing between them."""
    true = printed.within(rounding)
    if true.high <= 0:
        return float("inf"), -float("inf")
    low = log(true.low) if true.low > 0 else -float("inf")
    return low - _SLACK, log(true.high) + _SLACK
