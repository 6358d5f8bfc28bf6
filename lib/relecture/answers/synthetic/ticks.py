"""Answers to questions with several: who ticks what, with the printed counts of each choice.

A *grid* is such a question in one group, one row a respondent, one column a printed choice. Its columns are drawn with
exact counts; rows with too many or too few ticks then pass ticks on, within a column, until none is left: counts stay.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from math import isqrt

import numpy as np

from relecture.answers.questionnaire.items import Item
from relecture.answers.synthetic.plan import SILENT, Rules, Wanted, at_most, printed_choices
from relecture.answers.synthetic.two_by_two import Tables

MOVES = 30  # ticks passed on, a respondent, before a grid is given up
NO_GRID = "aucune grille de réponses multiples ne réunit ce tableau et les effectifs imprimés"


def grid(
    counts: Mapping[str, int], low: np.ndarray, high: np.ndarray, rng: np.random.Generator,
    alone: Container[str] = (), least: int = 0,
) -> np.ndarray | None:  # fmt: skip
    """A 0/1 matrix with these counts, columns in their order, and as many ticks a row as it may have; None if none is.

    `alone` choices exclude the others, and go to rows that may have a single tick; other rows have `least` ticks.

    >>> drawn = grid({"a": 3, "b": 2, "aucun": 1}, np.full(4, 1), np.full(4, 2), np.random.default_rng(1), {"aucun"})
    >>> drawn.sum(axis=0), drawn.sum(axis=1).max()
    (array([3, 2, 1]), np.int64(2))
    """
    low, high, matrix = low.copy(), high.copy(), np.zeros((len(low), len(counts)), dtype=int)
    single = np.zeros(len(low), dtype=bool)
    for choice in sorted(counts, key=lambda choice: choice not in alone):
        open_ = ~single & (low <= 1) if choice in alone else ~single
        rows = rng.permutation(np.flatnonzero(open_))[: counts[choice]]
        matrix[rows, list(counts).index(choice)] = 1
        if choice in alone:
            single[rows], low[rows], high[rows] = True, 1, 1
    low = np.where(single, low, np.maximum(low, least))
    if (matrix.sum(axis=0) != list(counts.values())).any() or not low.sum() <= matrix.sum() <= high.sum():
        return None
    free = [place for place, choice in enumerate(counts) if choice not in alone]
    return matrix if _evened(matrix, free, ~single, (low, high), rng) else None


def _evened(
    matrix: np.ndarray, free: Sequence[int], movable: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray], rng: np.random.Generator,
) -> bool:  # fmt: skip
    """Passes ticks of the free columns on, until each row has as many as its bounds allow; False when it cannot.

    A tick goes where it mends, else anywhere: what was wrong with one respondent is then wrong with another.
    """
    rows = _Rows(matrix, movable, *bounds)
    for _ in range(MOVES * len(matrix) + 1):
        if (row := rows.drawn(rows.wrong, rng)) is None:
            return True
        passed = int(matrix[row].sum() > bounds[1][row])  # 1 to give a tick away, 0 to take one
        column = rng.choice([j for j in free if matrix[row, j] == passed] or free)
        mending, others = rows.to_pass(passed, column)
        if matrix[row, column] == passed and rows.counts[others].any():
            other = rows.drawn(mending if rows.counts[mending].any() else others, rng)
            matrix[row, column], matrix[other, column] = 1 - passed, passed
            rows.update(row)
            rows.update(other)
    return False


class _Rows:
    """The rows of a grid in sets, each counted by blocks of rows, so that one is drawn without reading them all.

    One set holds the rows with a `wrong` number of ticks; for each column, others hold those `to_pass` a tick to.
    """

    def __init__(self, matrix: np.ndarray, movable: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        self.matrix, self.movable, self.low, self.high = matrix, movable, low, high
        self.block, self.wrong = isqrt(len(matrix)) + 1, 4 * matrix.shape[1]
        self.sets = self._sets(np.arange(len(matrix)))
        self.counts = np.add.reduceat(self.sets, range(0, len(matrix), self.block), axis=1, dtype=int)

    def to_pass(self, passed: int, column: int) -> tuple[int, int]:
        """The set of those that would be mended by the tick (1), or its want (0), in that column; and of all others."""
        others = passed * self.matrix.shape[1] + column
        return others + 2 * self.matrix.shape[1], others

    def _sets(self, rows: np.ndarray) -> np.ndarray:
        """Whether each set holds these rows, sets x rows."""
        ticked, ticks = self.matrix[rows].T == 1, self.matrix[rows].sum(axis=1)
        above, below = ticks > self.low[rows], ticks < self.high[rows]
        others = np.stack([ticked, ~ticked]) & self.movable[rows]
        mending = others & np.stack([above, below])[:, None]
        wrong = (ticks > self.high[rows]) | (ticks < self.low[rows])
        return np.vstack([*others, *mending, wrong])

    def update(self, row: int) -> None:
        """Count a row again, whose ticks changed."""
        now = self._sets(np.array([row]))[:, 0]
        self.counts[:, row // self.block] += now.astype(int) - self.sets[:, row]
        self.sets[:, row] = now

    def drawn(self, which: int, rng: np.random.Generator) -> int | None:
        """A row of the set, any as likely; None, and nothing drawn, when it is empty."""
        counts = self.counts[which]
        if not counts.any():
            return None
        rank, ends = rng.integers(counts.sum()), counts.cumsum()
        place = int(ends.searchsorted(rank, side="right"))
        rows = self.sets[which, place * self.block :][: self.block]
        return place * self.block + int(np.flatnonzero(rows)[rank - ends[place] + counts[place]])


def answers(
    item: Item, due: np.ndarray, wanted: Wanted, tables: Tables, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Column -> cells of those who are due an answer: printed ticks, or free ones where nothing is printed.

    Each printed tick becomes one choice of the form; who ticks nothing gives no answer.
    """
    behind = {name: choices for name, choices in printed_choices(item).items() if name in wanted}
    if behind:
        matrix = _printed(item, list(behind), due, wanted, tables, rng)
    else:
        matrix, behind = _free(item, due, tables.plan.rules, rng), {choice.id: (choice.id,) for choice in item.offered}
    cells = {column.name: np.where(matrix.any(axis=1), "0", SILENT).astype(object) for column in item.columns}
    for place, choices in enumerate(behind.values()):
        rows = np.flatnonzero(matrix[:, place])
        for row, code in zip(rows, rng.choice(choices, len(rows)), strict=True):
            cells[f"{item.id}.{code}"][row] = "1"
    return cells


def _printed(
    item: Item, names: list[str], due: np.ndarray, wanted: Wanted, tables: Tables, rng: np.random.Generator
) -> np.ndarray:
    """Who ticks which printed names, where a table wants it; tables that no grid can hold are noted and let go."""
    groups = [(np.flatnonzero(due & tables.inside(group)), group) for group in wanted[names[0]]]
    parts, matrix = np.where(due, tables.groups, None), None
    if table := tables.reading(item.id, "more_than"):
        threshold = tables.plan.covariates[table]["more_than"]
        for heavy in tables.masks(table, parts, rng):
            low, high = np.where(heavy, threshold + 1, 1), np.where(heavy, len(names), threshold)
            if (matrix := _groups(item, names, groups, wanted, (low, high), rng, item.least or 0)) is not None:
                parts[due] += np.where(heavy[due], " ", "")  # other tables move ticks among those who have as many
                break
        else:
            tables.reasons.setdefault(table, NO_GRID)
    for least in dict.fromkeys((item.least or 1, 1, 0)):
        if matrix is None:
            bounds = np.full(len(due), min(least, 1)), np.full(len(due), len(names))
            matrix = _groups(item, names, groups, wanted, bounds, rng, least)
    for place, name in enumerate(names):
        if table := tables.reading(name, "ticked"):
            tables.arrange(table, matrix, matrix[:, place] == 1, parts, rng)
    return matrix


def _groups(
    item: Item, names: list[str], groups: Sequence[tuple[np.ndarray, str]], wanted: Wanted,
    bounds: tuple[np.ndarray, np.ndarray], rng: np.random.Generator, least: int = 0,
) -> np.ndarray | None:  # fmt: skip
    """One grid a group, within bounds by respondent and those of the item; None when a group has none."""
    low, high = bounds
    everybody = np.zeros((len(low), len(names)), dtype=int)
    for rows, group in groups:
        counts, alone = _counts(item, {name: wanted[name].get(group, {}) for name in names}, len(rows))
        most = np.minimum(high[rows], item.most or len(names))
        if (matrix := grid(counts, low[rows], most, rng, alone, least)) is None:
            return None
        everybody[rows] = matrix[:, : len(names)]
    return everybody


def _counts(item: Item, cells: Mapping[str, Mapping[str, int]], n: int) -> tuple[dict[str, int], set[str]]:
    """The printed ticks of a group, no more than `n` respondents can give, no answer last; and those that are alone.

    Where two at least are wanted, those who would have fewer give no answer.
    """
    counts = {name: ticks.get("1", 0) for name, ticks in cells.items()}
    counts[SILENT] = sum(ticks.get(SILENT, 0) for ticks in cells.values())
    exclusive = {choice.id for choice in item.choices if choice.exclusive}
    alone = {SILENT, *(name for name, choices in printed_choices(item).items() if exclusive & {*choices})}
    few = at_most({name: counts[name] for name in counts if name in alone}, n)
    ticks, people = sum(count for name, count in counts.items() if name not in alone), n - sum(few.values())
    if (item.least or 0) > 1 and (short := people - ticks // item.least) > 0:
        few[SILENT], people = few[SILENT] + short, people - short
    many = {name: min(count, people) for name, count in counts.items() if name not in alone}
    return counts | few | at_most(many, people * (item.most or len(many))), alone


def _free(item: Item, due: np.ndarray, rules: Rules, rng: np.random.Generator) -> np.ndarray:
    """One to three choices each, within the bounds of the form; an exclusive choice is drawn alone.

    The first is drawn evenly among those of `only`: one that stands twice in it, twice as often.
    """
    least = (item.least or 1) - 1
    offered, alone = [choice.id for choice in item.offered], {choice.id for choice in item.choices if choice.exclusive}
    allowed = [offered.index(code) for code in rules.only.get(item.id, offered) if code in offered]
    grid = np.zeros((len(due), len(offered)), dtype=bool)
    for row in np.flatnonzero(due):
        first = rng.choice(allowed)
        others = [place for place in dict.fromkeys(allowed) if place != first and offered[place] not in alone]
        most = min(len(others), max(least, (item.most or 3) - 1))
        more = 0 if offered[first] in alone else rng.integers(min(least, most), most + 1)
        grid[row, [first, *rng.permutation(others)[:more].astype(int)]] = True
    return grid
