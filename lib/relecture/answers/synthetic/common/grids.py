"""Who gives which answer, so that every printed margin holds at once?

Vocabulary: a *cell* is the respondents of one group who share one outcome (0 or 1); a *share* says how
many of each cell are exposed; a *grid* is a multiple-choice question, one row a respondent, one column
a choice. Exact margins come from construction, variety from seeded permutations: a grid is filled
column by column onto the rows with most answers left (Gale 1957, Ryser 1957: this succeeds whenever
any grid does), then mixed by swaps that keep every row and column sum. Nothing here knows a study.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import comb, prod

import numpy as np

Cell = tuple[str, int]
Share = Mapping[Cell, int]
DRAWS = 10  # random draws of the numbers of ticks before the even one
SWAPS = 20  # attempted swaps a respondent


def splits(exposed: Mapping[int, int], sizes: Share, margins: Mapping[str, int] | None = None) -> list[Share]:
    """All shares of a table's exposed row over the cells, the most likely by chance first.

    `exposed` counts them by outcome, `sizes` bounds each cell, `margins` fixes each group's total.

    >>> sizes = {("u", 1): 21, ("n", 1): 17, ("n", 0): 43}
    >>> splits({1: 20, 0: 23}, sizes, {"u": 8, "n": 35})
    [{('u', 1): 8, ('n', 1): 12, ('n', 0): 23}]
    >>> splits({1: 20, 0: 23}, sizes, {"u": 9, "n": 30})
    []
    """
    ways = (_ways(exposed[outcome], {c: s for c, s in sizes.items() if c[1] == outcome}) for outcome in (1, 0))
    options = [{**yes, **no} for yes, no in product(*ways)]
    if margins is not None:
        options = [share for share in options if _totals(share, margins) == dict(margins)]
    return sorted(options, key=lambda share: -prod(comb(sizes[cell], k) for cell, k in share.items()))


def _ways(total: int, sizes: Share) -> Iterator[Share]:
    for counts in product(*(range(size + 1) for size in sizes.values())):
        if sum(counts) == total:
            yield dict(zip(sizes, counts, strict=True))


def _totals(share: Share, groups: Mapping[str, int]) -> dict[str, int]:
    return {group: sum(k for (name, _), k in share.items() if name == group) for group in groups}


def marked(cells: Sequence[Cell | None], share: Share, rng: np.random.Generator) -> np.ndarray:
    """A random mask over respondents: in each cell, as many as the share says; None is never marked.

    >>> cells = [("u", 1), ("u", 1), ("u", 0), ("u", 0), None]
    >>> marked(cells, {("u", 1): 2, ("u", 0): 1}, np.random.default_rng(1)).astype(int)
    array([1, 1, 1, 0, 0])
    """
    mask = np.zeros(len(cells), dtype=bool)
    for cell, count in share.items():
        inside = [row for row, own in enumerate(cells) if own == cell]
        mask[rng.permutation(inside)[:count].astype(int)] = True
    return mask


def placed(values: np.ndarray, exposed: np.ndarray, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The same values, shuffled so that the exposed ones fall on the marked rows and only there."""
    out = np.empty(len(values), dtype=object)
    out[rows] = rng.permutation(values[exposed])
    out[~rows] = rng.permutation(values[~exposed])
    return out


@dataclass(frozen=True)
class Grid:
    """A multiple-choice question in one group: how many ticked each choice, how many ticks a respondent.

    `alone` choices exclude the others; `fixed` gives the rows of a choice; `heavy` marks the rows that
    tick more than `threshold` choices, all others ticking at most that.
    """

    counts: Mapping[str, int]
    size: int
    least: int
    most: int
    alone: frozenset[str] = frozenset()
    fixed: Mapping[str, np.ndarray] = field(default_factory=dict)
    threshold: int | None = None
    heavy: np.ndarray | None = None

    def draw(self, rng: np.random.Generator) -> np.ndarray | None:
        """A 0/1 matrix with exactly these counts, columns in the order of `counts`; None if none was found.

        Answers a respondent are drawn at random, then, should no draw fit, as evenly as the bounds allow.

        >>> grid = Grid({"a": 3, "b": 2, "aucun": 1}, size=4, least=1, most=2, alone=frozenset({"aucun"}))
        >>> drawn = grid.draw(np.random.default_rng(1))
        >>> drawn.sum(axis=0), drawn.sum(axis=1).max()
        (array([3, 2, 1]), np.int64(2))
        """
        start, single = self._start(rng)
        bounds = self._bounds(start, single)
        free = {j: n for j, (c, n) in enumerate(self.counts.items()) if c not in self.fixed and c not in self.alone}
        for even in (*[False] * DRAWS, True):
            degrees = _degrees(*bounds, sum(self.counts.values()), even, rng)
            if degrees is None:
                return None
            if (matrix := _filled(start, degrees - start.sum(axis=1), free, rng)) is not None:
                return _mixed(matrix, list(free), rng)
        return None

    def _start(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The columns that are settled from the start, and the rows that tick a single choice."""
        matrix = np.zeros((self.size, len(self.counts)), dtype=int)
        for j, choice in enumerate(self.counts):
            if choice in self.fixed:
                matrix[:, j] = self.fixed[choice]
        single = np.zeros(self.size, dtype=bool)
        for j, choice in enumerate(self.counts):
            if choice in self.alone:
                rows = rng.permutation(np.flatnonzero(matrix.sum(axis=1) == 0))[: self.counts[choice]]
                matrix[rows, j], single[rows] = 1, True
        return matrix, single

    def _bounds(self, start: np.ndarray, single: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Fewest and most ticks of each respondent."""
        choices = sum(count > 0 for choice, count in self.counts.items() if choice not in self.alone)
        low = np.maximum(start.sum(axis=1), self.least)
        high = np.full(self.size, min(self.most, choices))
        if self.heavy is not None:
            low[self.heavy] = np.maximum(low[self.heavy], self.threshold + 1)
            high[~self.heavy] = np.minimum(high[~self.heavy], self.threshold)
        low[single] = high[single] = 1
        return low, high


def _degrees(low: np.ndarray, high: np.ndarray, total: int, even: bool, rng: np.random.Generator) -> np.ndarray | None:
    """Ticks of each respondent, within bounds, adding up to the total; None when they cannot."""
    if (low > high).any() or not low.sum() <= total <= high.sum():
        return None
    degrees = low.copy()
    for _ in range(total - low.sum()):
        room = degrees < high
        if even:
            room &= degrees == degrees[room].min()
        places = np.flatnonzero(room)
        degrees[places[rng.integers(len(places))]] += 1
    return degrees


def _filled(
    start: np.ndarray, left: np.ndarray, free: Mapping[int, int], rng: np.random.Generator
) -> np.ndarray | None:
    """The free columns, one after the other, on the rows with most ticks left; None when it gets stuck."""
    matrix, left = start.copy(), left.copy()
    for j, count in free.items():
        rows = np.lexsort((rng.random(len(left)), -left))[:count]
        if len(rows) < count or (left[rows] < 1).any():
            return None
        matrix[rows, j] = 1
        left[rows] -= 1
    return matrix


def _mixed(matrix: np.ndarray, free: list[int], rng: np.random.Generator) -> np.ndarray:
    """Swaps 1-0 / 0-1 squares between two rows and two free columns: sums stay, the pattern goes."""
    if len(free) < 2 or len(matrix) < 2:
        return matrix
    rows, sizes = matrix.tolist(), (len(matrix), len(free))  # single cells are quicker to reach in lists
    drawn = rng.integers([limit for size in sizes for limit in (size - 1, size, 2)], size=(SWAPS * len(rows), 6))
    pairs = [_pairs(size, drawn[:, at : at + 3]) for size, at in zip(sizes, (0, 3), strict=True)]
    for one, two, left, right in zip(*pairs[0], *pairs[1], strict=True):
        first, second, here, there = rows[one], rows[two], free[left], free[right]
        if first[here] > first[there] and second[there] > second[here]:
            first[here], first[there], second[here], second[there] = 0, 1, 1, 0
    return np.array(rows)


def _pairs(size: int, drawn: np.ndarray) -> tuple[list[int], list[int]]:
    """Pairs of different places, all as likely, from numbers drawn below size - 1, size and 2 (Floyd's algorithm).

    `Generator.choice(size, 2, replace=False)` draws the same numbers, so that a seed gives the answers it always gave.
    """
    first, second = drawn[:, 0], np.where(drawn[:, 1] == drawn[:, 0], size - 1, drawn[:, 1])
    turned = drawn[:, 2] == 0
    return np.where(turned, second, first).tolist(), np.where(turned, first, second).tolist()
