"""Descending classification of segments: the tree of splits, and the classes at its leaves.

The descending classification of Reinert (1983, 1990): the whole is split in two (`reinert_split`), then
the largest group, `k - 1` times. Before a group is split again, its forms are selected: a form must be
in `tsj` of its segments; a form whose contingency coefficient √(χ²/(χ² + n)) between the two groups is
above `cc_test` is kept only where it is over-represented. The names and defaults are those of Alceste,
IRaMuTeQ and rainette.

A segment that holds none of the forms kept is left aside when its group is split: it is in no class.
Classes are numbered as the leaves of the tree stand, from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from pandas import DataFrame
from scipy.sparse import csr_array

from relecture.core.errors import InputError
from relecture.text.lexicon import reinert_split


class SegmentGroup(NamedTuple):
    """A group of segments and the forms kept in it; `step` counts the splits, 0 for a group left whole."""

    rows: np.ndarray
    columns: np.ndarray
    parent: int = -1
    step: int = 0
    chi2: float = np.nan
    children: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The groups, each before those it was split into, and why the division stopped early (if it did)."""

    groups: tuple[SegmentGroup, ...]
    size: int
    remarks: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many splits were made: one less than the classes."""
        return max(group.step for group in self.groups)

    def leaves(self, k: int | None = None) -> list[int]:
        """Ranks of the groups that are the classes when k are asked for, from left to right."""
        last = self.steps if k is None else k - 1
        waiting, leaves = [0], []
        while waiting:
            group = self.groups[rank := waiting.pop()]
            if 0 < group.step <= last:
                waiting += reversed(group.children)
            else:
                leaves.append(rank)
        return leaves

    def classes(self, k: int | None = None) -> np.ndarray:
        """The class of each row, from 1; 0 for the rows in none."""
        classes = np.zeros(self.size, int)
        for number, rank in enumerate(self.leaves(k), 1):
            classes[self.groups[rank].rows] = number
        return classes

    def groups_table(self) -> DataFrame:
        """One row a group: node, parent, first, second (-1 for none), chi2, height, size, class (0 inside).

        The height of a split adds the chi-squares of those made after it, so that no branch turns back.
        """
        numbers = {rank: number for number, rank in enumerate(self.leaves(), 1)}
        rows = [
            (rank, group.parent, *(group.children or (-1, -1)), group.step, group.chi2, len(group.rows))
            for rank, group in enumerate(self.groups)
        ]
        frame = DataFrame(rows, columns=["node", "parent", "first", "second", "step", "chi2", "size"])
        frame["class"] = frame["node"].map(numbers).fillna(0).astype(int)
        heights = frame[frame["step"] > 0].sort_values("step", ascending=False).set_index("node")["chi2"].cumsum()
        return frame.assign(height=frame["node"].map(heights).fillna(0.0))


def divide(matrix: Any, k: int = 10, *, tsj: int = 3, cc_test: float = 0.3, min_split_members: int = 5) -> Hierarchy:
    """The rows of a binary document-term matrix in at most k classes.

    A group of fewer than `min_split_members` rows, or that nothing parts, stays whole. Raises InputError
    when that is so of the whole table.

    >>> block = [[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 1, 1, 1]]
    >>> divide(block * 3, k=2).classes()
    array([1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2])
    """
    table = reinert_split.binary_table(matrix)
    groups = [SegmentGroup(np.flatnonzero(table.sum(axis=1)), np.arange(table.shape[1]))]
    stuck: dict[int, str] = {}
    for step in range(1, k):
        while (largest := _largest_group(groups, stuck, min_split_members)) is not None:
            try:
                _split_group(table, groups, largest, step, tsj, cc_test)
                break
            except InputError as error:
                stuck[largest] = error.faults[0]
        if largest is None:
            break
    if k > 1 and not groups[0].step:
        few = f"il faut {min_split_members} segments qui aient une forme, et il y en a {len(groups[0].rows)}"
        raise InputError([stuck.get(0, few)])
    return Hierarchy(tuple(groups), table.shape[0], tuple(_remarks(groups, stuck, k, min_split_members)))


def select_forms(
    table: csr_array, first: np.ndarray, second: np.ndarray, *, tsj: int = 3, cc_test: float = 0.3
) -> tuple[np.ndarray, np.ndarray]:
    """The columns kept in each of two groups of rows, as their ranks.

    The chi-square of a form compares its two counts with those expected from all forms together.
    """
    counts = np.array([table[first].sum(axis=0), table[second].sum(axis=0)])
    total = counts.sum(axis=0)
    expected = np.outer(counts.sum(axis=1), total) / max(total.sum(), 1)
    gaps = np.divide((counts - expected) ** 2, expected, out=np.zeros(counts.shape), where=expected > 0).sum(axis=0)
    coefficient = np.sqrt(np.divide(gaps, gaps + total, out=np.zeros(len(total)), where=total > 0))
    selected = (counts >= tsj) & ((coefficient <= cc_test) | (counts > expected))
    return np.flatnonzero(selected[0]), np.flatnonzero(selected[1])


def _split_group(table: csr_array, groups: list[SegmentGroup], rank: int, step: int, tsj: int, cc_test: float) -> None:
    """Split one group, and add the two that it makes."""
    group = groups[rank]
    part = table[group.rows][:, group.columns]
    first, second, chi2 = reinert_split.split_in_two(part)
    selected = select_forms(part, first, second, tsj=tsj, cc_test=cc_test)
    groups[rank] = group._replace(step=step, chi2=chi2, children=(len(groups), len(groups) + 1))
    for rows, columns in zip((first, second), selected, strict=True):
        groups.append(SegmentGroup(group.rows[rows], group.columns[columns], rank))


def _largest_group(groups: list[SegmentGroup], stuck: dict[int, str], least: int) -> int | None:
    """The largest group that may be split; the first made of equal ones."""
    ranks = [rank for rank in range(len(groups)) if not groups[rank].step and rank not in stuck]
    return max((r for r in ranks if len(groups[r].rows) >= least), key=lambda r: len(groups[r].rows), default=None)


def _remarks(groups: list[SegmentGroup], stuck: dict[int, str], k: int, least: int) -> list[str]:
    classes = sum(not group.step for group in groups)
    why = " ; ".join(dict.fromkeys(stuck.values())) or f"plus aucun groupe n'a {least} segments"
    return [f"{k} classes demandées, {classes} obtenues : {why}"] if classes < k else []
