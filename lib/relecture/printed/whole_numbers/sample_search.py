"""Counts of the values of a scale that reach exact totals: counted, listed, drawn.

n answers must have a given sum and sum of squares. Subtract the middle of three neighbouring values
near the mean: these three become -1, 0 and 1, and whatever the other values (the *outer* ones) take,
their counts follow from the three totals. Write each outer value d as two weights, (d² + d) / 2 and
(d² - d) / 2. The solved counts are whole (a sum of squares has the parity of the sum), and none is
negative exactly when the outer counts stay under one bound for each weight and above one for the
spread (`Bounds`). So samples are outer counts within three inequalities, of which the first two cut
the search early.

Few outer counts are written out (`OuterCounts`). Many are counted by number of answers and both sums
of weights (`WaysTable`), in 64-bit integers when a bound shows that they suffice, else in Python integers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from math import comb, prod
from typing import NoReturn

import numpy as np

Counts = tuple[int, ...]
# What the outer counts must keep to for one sum and one sum of squares: above, sum of (d² + d) / 2 at most;
# below, sum of (d² - d) / 2 at most; spread, sum of d² - 1 at least.
Bounds = tuple[int, int, int]
Layer = tuple[np.ndarray, np.ndarray]  # for each choice of counts so far: the choice it continues, its last count

_SHORT = 400  # outer counts written out in plain Python, where the first array would cost more
CELLS = 100_000_000  # cells of a table of 64-bit integers: 800 MB
_CHUNK = 4_000_000
_WORD = 2**62


@lru_cache(maxsize=256)
def layout(values: range, middle: int) -> tuple[list[int], list[tuple[int, int]], list[int]]:
    """A scale seen from its middle: steps to the outer values, the farthest first; their weights; the order.

    The order says where each value of the scale is among the outer ones and the three solved.
    """
    around = [value - middle for value in values]
    steps = sorted((d for d in around if abs(d) > 1), key=lambda d: -d * d)
    at = {d: rank for rank, d in enumerate([*steps, -1, 0, 1])}
    return steps, [((d * d + d) // 2, (d * d - d) // 2) for d in steps], [at[d] for d in around]


class OuterCounts:
    """Counts of the outer values of a scale: number of answers and bounds, one for each pair of totals."""

    def __init__(self, values: range, middle: int, n: int, bounds: list[Bounds]) -> None:
        self.values, self.n, self.bounds = values, n, bounds
        self.steps, self.weights, self.order = layout(values, middle)

    @cached_property
    def loosest(self) -> Bounds:
        """The loosest of each bound."""
        above, below, spread = zip(*self.bounds, strict=True)
        return max(above), max(below), min(spread)

    @cached_property
    def short(self) -> bool:
        """Whether so few outer counts fit that arrays would cost more."""
        above, below, _ = self.loosest
        return prod(1 + min(above // a, below // b, self.n) for a, b in self.weights) * len(self.bounds) <= _SHORT

    def listed(self) -> list[Counts]:
        """Every sample, as the counts of the values, in plain Python; for few of them."""
        above, below, _ = self.loosest
        heads: list[tuple[Counts, int, int, int]] = [((), 0, 0, 0)]
        for a, b in self.weights:
            heads = [
                ((*head, k), up + k * a, down + k * b, used + k)
                for head, up, down, used in heads
                for k in range(min((above - up) // a, (below - down) // b, self.n - used) + 1)
            ]
        samples = [
            (*head, down_most - down, self.n - used - up_most + up - down_most + down, up_most - up)
            for head, up, down, used in heads
            for up_most, down_most, spread in self.bounds
            if up <= up_most and down <= down_most and up + down - used >= spread
        ]
        return sorted(tuple([row[at] for at in self.order]) for row in samples)

    def layers(self, limit: int) -> tuple[list[Layer], np.ndarray, np.ndarray, np.ndarray] | None:
        """Outer counts in layers, their two sums of weights and their number; None beyond the limit."""
        most_up, most_down, least = self.loosest
        layers: list[Layer] = []
        up = down = used = np.zeros(1, dtype=np.int64)
        for rank, (a, b) in enumerate(self.weights):
            times = np.minimum(np.minimum((most_up - up) // a, (most_down - down) // b), self.n - used) + 1
            ends = times.cumsum()
            if ends.size and ends[-1] > limit:
                return None
            parent = np.repeat(np.arange(len(times)), times)
            placed = np.arange(len(parent)) - (ends - times)[parent]
            up, down, used = up[parent] + a * placed, down[parent] + b * placed, used[parent] + placed
            gain = sum(step**2 - 1 for step in self.steps[rank + 1 : rank + 2])  # of the next value, if there is one
            near = np.flatnonzero(up + down - used + (self.n - used) * gain >= least)
            up, down, used = up[near], down[near], used[near]
            layers.append((parent[near], placed[near]))
        return layers, up, down, used

    def fitting(self, up: np.ndarray, down: np.ndarray, used: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
        """Blocks of outer counts against bounds: the first row, and where all three hold."""
        above, below, spread = (np.array(side) for side in zip(*self.bounds, strict=True))
        size = max(1, _CHUNK // len(above))
        for start in range(0, len(up), size):
            block = slice(start, start + size)
            fits = up[block, None] <= above
            fits &= down[block, None] <= below
            fits &= (up + down - used)[block, None] >= spread
            yield start, fits

    def rows(self) -> np.ndarray:
        """Every sample, one a row, counts of the values in the columns, in ascending order."""
        if self.short:
            return np.array(self.listed(), dtype=np.int64).reshape(-1, len(self.values))
        layers, up, down, used = self.layers(CELLS // 4) or refuse(self)
        above, below, _ = (np.array(side) for side in zip(*self.bounds, strict=True))
        fitting = [(start + rows, at) for start, fits in self.fitting(up, down, used) for rows, at in [fits.nonzero()]]
        rows, which = (np.concatenate(side) for side in zip(*fitting, strict=True)) if fitting else ([], [])
        upper, lower = above[which] - up[rows], below[which] - down[rows]
        solved = [*_columns(layers, rows), lower, self.n - used[rows] - upper - lower, upper]
        ordered = [solved[at] for at in self.order]
        return np.stack(ordered, axis=1)[_ascending(ordered, self.n)]


class WaysTable:
    """Ways to choose outer counts, by number of answers used and both sums of weights."""

    def __init__(self, outer: OuterCounts) -> None:
        self.outer = outer
        self.weights = outer.weights
        kind = np.int64
        if comb(outer.n + len(self.weights), len(self.weights)) >= _WORD:
            self._fill(np.float64)  # a first pass in floats tells how large the numbers are
            kind = np.int64 if self.ways.sum() < _WORD else object
        if kind is object and self.ways.size > CELLS // 8:
            refuse(outer)
        self._fill(kind)
        self.upto = np.cumsum(self.ways, axis=0, out=self.ways)  # in place: the table may take most of the memory

    @staticmethod
    def cells(outer: OuterCounts) -> int:
        above, below, _ = outer.loosest
        return (above + 1) * (below + 1) * (WaysTable.most(outer) + 1)

    @staticmethod
    def most(outer: OuterCounts) -> int:
        """Answers that outer values can take: each weighs at least four."""
        above, below, _ = outer.loosest
        return min(outer.n, (above + below) // 4)

    def count(self, bounds: Bounds) -> int:
        return int(self._within(bounds).sum())

    def draw(self, size: int, rng: np.random.Generator) -> np.ndarray | None:
        """Totals first, then an end of the table, then back through the values, each by its ways."""
        ways = np.array([self.count(bounds) for bounds in self.outer.bounds], dtype=object)
        if not ways.sum():
            return None
        chosen = np.sort(_at(ways, size, rng))
        up, down = np.empty((2, size), dtype=np.int64)
        for target in np.unique(chosen):
            here = chosen == target
            ends = self._within(self.outer.bounds[target])
            up[here], down[here] = np.unravel_index(_at(ends.ravel(), int(here.sum()), rng), ends.shape)
        above, below, spread = (np.array(side)[chosen] for side in zip(*self.outer.bounds, strict=True))
        last = np.minimum(up + down - spread, len(self.upto) - 1)
        rank = _under(self.upto[last, up, down], rng)
        used = (self.upto[:, up, down] <= rank).sum(axis=0).astype(np.int64)
        upper, lower = above - up, below - down
        solved = [lower, self.outer.n - used - upper - lower, upper]
        self.ways[1:] -= self.ways[:-1].copy()
        columns = [*self._back(up, down, used, rng), *solved]
        return rng.permutation(np.stack([columns[at] for at in self.outer.order], axis=1))

    def _fill(self, kind: type) -> None:
        above, below, _ = self.outer.loosest
        self.ways = np.zeros((self.most(self.outer) + 1, above + 1, below + 1), dtype=kind)
        self.ways[0, 0, 0] = 1
        for a, b in self.weights:
            for used in range(1, len(self.ways)):
                self.ways[used, a:, b:] += self.ways[used - 1, : max(0, above + 1 - a), : max(0, below + 1 - b)]

    def _within(self, bounds: Bounds) -> np.ndarray:
        """Ways by both sums of weights, for the numbers of answers that keep to the bounds."""
        above, below, spread = bounds
        up, down = np.ogrid[: above + 1, : below + 1]
        used = up + down - spread
        ways = self.upto[np.clip(used, 0, len(self.upto) - 1), up, down]
        return np.where(used >= 0, ways, 0)

    def _back(self, up, down, used, rng: np.random.Generator) -> list[np.ndarray]:
        """Counts of each outer value on the way back from the ends; unmakes the table as it goes."""
        columns = []
        for a, b in reversed(self.weights):
            placed, moving = np.zeros_like(used), np.arange(len(used))
            while len(moving := moving[(up[moving] >= a) & (down[moving] >= b) & (used[moving] > 0)]):
                rank = _under(self.ways[used[moving], up[moving], down[moving]], rng)
                moving = moving[rank < self.ways[used[moving] - 1, up[moving] - a, down[moving] - b]]
                placed[moving] += 1
                used[moving], up[moving], down[moving] = used[moving] - 1, up[moving] - a, down[moving] - b
            columns.append(placed)
            _, above, below = self.ways.shape
            for last in range(len(self.ways) - 1, 0, -1):
                self.ways[last, a:, b:] -= self.ways[last - 1, : max(0, above - a), : max(0, below - b)]
        return columns[::-1]


def _columns(layers: list[Layer], rows: np.ndarray) -> list[np.ndarray]:
    """Counts of each outer value in these rows of the last layer, from the last value back to the first."""
    columns = []
    for parent, placed in reversed(layers):
        columns.append(placed[rows])
        rows = parent[rows]
    return columns[::-1]


def _ascending(columns: list[np.ndarray], n: int) -> np.ndarray:
    """The order of rows read from the left: by one number a row where it fits in 64 bits."""
    if (n + 1) ** len(columns) >= _WORD:
        return np.lexsort(columns[::-1])
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        key = key * (n + 1) + column
    return key.argsort()


def _at(ways: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Ranks drawn in proportion to their ways; exact."""
    ends = np.cumsum(ways)
    return np.searchsorted(ends, _under(np.full(size, ends[-1], dtype=ends.dtype), rng), side="right")


def _under(limits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A whole number drawn under each limit; beyond 64 bits from bytes, far more than the limit needs."""
    if limits.dtype != object:
        return rng.integers(limits)
    long = max(limits, default=0).bit_length() // 8 + 9
    return np.array([int.from_bytes(rng.bytes(long)) % limit for limit in limits], dtype=object)


def refuse(outer: OuterCounts) -> NoReturn:
    """Raise ValueError, in French, for more samples than can be looked at."""
    low, high = outer.values[0], outer.values[-1]
    raise ValueError(f"trop d'échantillons de {outer.n} réponses à examiner sur l'échelle de {low} à {high}")
