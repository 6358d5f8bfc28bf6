"""Answers to questions with several: who ticks what, with the printed counts of each choice.

A *grid* is such a question in one group, one row a respondent, one column a printed choice. Its columns are drawn with
exact counts; rows with too many or too few ticks then pass ticks on, within a column, until none is left: counts stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from relecture.answers.questionnaire.items import Item
from relecture.answers.synthetic.plan import SILENT, Rules, Wanted, at_most, counted, exclusive
from relecture.answers.synthetic.two_by_two import Tables

Masks = Mapping[str, np.ndarray]
MOVES = 30  # ticks passed on, a respondent, before a grid is given up
NO_GRID = "aucune grille de réponses multiples ne réunit ce tableau et les effectifs imprimés"


@dataclass(frozen=True)
class Grid:
    """How many ticked each choice, how many ticks a respondent.

    `alone` choices exclude the others; `fixed` gives the rows of a choice; `heavy` marks the rows that
    tick more than `threshold` choices, all others ticking at most that.
    """

    counts: Mapping[str, int]
    size: int
    least: int
    most: int
    alone: frozenset[str] = frozenset()
    fixed: Masks = field(default_factory=dict)
    threshold: int = 0
    heavy: np.ndarray | None = None

    def draw(self, rng: np.random.Generator) -> np.ndarray | None:
        """A 0/1 matrix with exactly these counts, columns in the order of `counts`; None if none was found.

        >>> grid = Grid({"a": 3, "b": 2, "aucun": 1}, size=4, least=1, most=2, alone=frozenset({"aucun"}))
        >>> drawn = grid.draw(np.random.default_rng(1))
        >>> drawn.sum(axis=0), drawn.sum(axis=1).max()
        (array([3, 2, 1]), np.int64(2))
        """
        matrix, single = np.zeros((self.size, len(self.counts)), dtype=int), np.zeros(self.size, dtype=bool)
        heavy = single if self.heavy is None else self.heavy
        order = sorted(self.counts, key=lambda choice: (choice not in self.fixed, choice not in self.alone))
        for choice in order:
            taken = matrix.any(axis=1) | heavy if choice in self.alone else single
            rows = self.fixed.get(choice, rng.permutation(np.flatnonzero(~taken))[: self.counts[choice]])
            matrix[rows, list(self.counts).index(choice)] = 1
            if choice in self.alone:
                single[rows] = True
        low, high = self._bounds(single)
        if (matrix.sum(axis=0) != list(self.counts.values())).any() or not low.sum() <= matrix.sum() <= high.sum():
            return None
        free = [j for j, choice in enumerate(self.counts) if choice not in {*self.fixed, *self.alone}]
        return _evened(matrix, free, ~single, (low, high), rng)

    def _bounds(self, single: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Fewest and most ticks of each respondent."""
        low, high = np.full(self.size, self.least), np.full(self.size, self.most)
        if self.heavy is not None:
            low[self.heavy] = np.maximum(low[self.heavy], self.threshold + 1)
            high[~self.heavy] = np.minimum(high[~self.heavy], self.threshold)
        low[single] = high[single] = 1
        return low, high


def _evened(
    matrix: np.ndarray, free: Sequence[int], movable: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray], rng: np.random.Generator,
) -> np.ndarray | None:  # fmt: skip
    """Ticks of the free columns passed on, until each row has as many as its bounds allow; None when none is found.

    A tick goes where it mends, else anywhere: what was wrong with one respondent is then wrong with another.
    """
    low, high = bounds
    for _ in range(MOVES * len(matrix) + 1):
        ticks = matrix.sum(axis=1)
        wrong = np.flatnonzero((ticks > high) | (ticks < low))
        if not len(wrong):
            return matrix
        row = rng.choice(wrong)
        passed = int(ticks[row] > high[row])  # 1 to give a tick away, 0 to take one
        columns = [j for j in free if matrix[row, j] == passed]
        if not columns:
            return None
        column = rng.choice(columns)
        others = movable & (matrix[:, column] != passed)
        mending = others & (ticks < high if passed else ticks > low)
        if not others.any():
            continue
        other = rng.choice(np.flatnonzero(mending if mending.any() else others))
        matrix[row, column], matrix[other, column] = 1 - passed, passed
    return None


def ticked(
    item: Item, due: np.ndarray, wanted: Wanted, tables: Tables, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Column -> cells of those who are due an answer: printed ticks, or free ones where nothing is printed.

    Each printed tick becomes one choice of the form; who ticks nothing gives no answer.
    """
    behind = {name: choices for name, choices in counted(item).items() if name in wanted}
    if behind:
        grid = _printed(item, list(behind), due, wanted, tables, rng)
    else:
        grid, behind = _free(item, due, tables.plan.rules, rng), {choice.id: (choice.id,) for choice in item.offered}
    cells = {column.name: np.where(grid.any(axis=1), "0", SILENT).astype(object) for column in item.columns}
    for place, choices in enumerate(behind.values()):
        rows = np.flatnonzero(grid[:, place])
        for row, code in zip(rows, rng.choice(choices, len(rows)), strict=True):
            cells[f"{item.id}.{code}"][row] = "1"
    return cells


def _printed(
    item: Item, names: list[str], due: np.ndarray, wanted: Wanted, tables: Tables, rng: np.random.Generator
) -> np.ndarray:
    """Who ticks which printed names; tables that no grid can hold are noted and let go."""
    fixed = {}
    for name in names:
        if table := tables.reading(name, "ticked"):
            margins = {group: cells["1"] for group, cells in wanted[name].items()}
            for rows in islice(tables.masks(table, tables.groups, rng, margins), 1):
                fixed[name] = rows
    if table := tables.reading(item.id, "more_than"):
        threshold = tables.plan.covariates[table]["more_than"]
        for heavy in tables.masks(table, tables.groups, rng):
            if (grid := _grids(item, names, due, wanted, tables, rng, fixed, threshold, heavy)) is not None:
                return grid
        tables.reasons.setdefault(table, NO_GRID)
    if (grid := _grids(item, names, due, wanted, tables, rng, fixed)) is None:
        tables.reasons.update({tables.reading(name, "ticked"): NO_GRID for name in fixed})
        grid = _grids(item, names, due, wanted, tables, rng, {})
    return grid


def _grids(
    item: Item, names: list[str], due: np.ndarray, wanted: Wanted, tables: Tables, rng: np.random.Generator,
    fixed: Masks, threshold: int = 0, heavy: np.ndarray | None = None,
) -> np.ndarray | None:  # fmt: skip
    """One grid a group, at least one tick each if that can be; None when a table leaves a group without any."""
    everybody = np.zeros((len(due), len(names)), dtype=bool)
    for group in wanted[names[0]]:
        rows = np.flatnonzero(due & tables.inside(group))
        counts, alone = _counts(item, {name: wanted[name].get(group, {}) for name in names}, len(rows))
        masks, marks = {name: mask[rows] for name, mask in fixed.items()}, None if heavy is None else heavy[rows]
        for least in (1,) if fixed or heavy is not None else (1, 0):
            grid = Grid(counts, len(rows), least, item.most or len(names), alone, masks, threshold, marks).draw(rng)
            if grid is not None:
                everybody[rows] = grid[:, : len(names)]
                break
        else:
            return None
    return everybody


def _counts(item: Item, cells: Mapping[str, Mapping[str, int]], n: int) -> tuple[dict[str, int], frozenset[str]]:
    """The printed ticks of a group, no more than `n` respondents can give, no answer last; and those that are alone."""
    counts = {name: ticks.get("1", 0) for name, ticks in cells.items()}
    counts[SILENT] = sum(ticks.get(SILENT, 0) for ticks in cells.values())
    alone = frozenset({SILENT, *exclusive(item)} & counts.keys())
    few = at_most({name: counts[name] for name in counts if name in alone}, n)
    people = n - sum(few.values())
    many = {name: min(count, people) for name, count in counts.items() if name not in alone}
    return counts | few | at_most(many, people * (item.most or len(many))), alone


def _free(item: Item, due: np.ndarray, rules: Rules, rng: np.random.Generator) -> np.ndarray:
    """One to three choices each, within the bounds of the form; an exclusive choice is drawn alone."""
    offered, alone = [choice.id for choice in item.offered], {choice.id for choice in item.choices if choice.exclusive}
    allowed = [place for place, code in enumerate(offered) if code in rules.only.get(item.id, offered)]
    grid = np.zeros((len(due), len(offered)), dtype=bool)
    for row in np.flatnonzero(due):
        first = rng.choice(allowed)
        others = [place for place in allowed if place != first and offered[place] not in alone]
        more = 0 if offered[first] in alone else rng.integers(min(len(others), (item.most or 3) - 1) + 1)
        grid[row, [first, *rng.permutation(others)[:more].astype(int)]] = True
    return grid
