"""Into which classes do segments fall, from the top down?

The descending classification of Reinert (1983, 1990): the whole is split in two (`reinert.split`), then
the largest group, `k - 1` times. Before a group is split again, its forms are selected: a form must be
in `tsj` of its segments; a form whose contingency coefficient √(χ²/(χ² + n)) between the two groups is
above `cc_test` is kept only where it is over-represented. The names and defaults are those of Alceste,
IRaMuTeQ and rainette.

A segment that holds none of the forms kept is left aside when its group is split: it is in no class.
Classes are numbered as the leaves of the tree stand, from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from relecture.core.errors import InputError
from relecture.text.lexicon import reinert_split

if TYPE_CHECKING:
    from pandas import DataFrame
    from scipy.sparse import csr_array


class Node(NamedTuple):
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

    nodes: tuple[Node, ...]
    size: int
    remarks: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many splits were made: one less than the classes."""
        return max(node.step for node in self.nodes)

    def leaves(self, k: int | None = None) -> list[int]:
        """Ranks of the groups that are the classes when k are asked for, from left to right."""
        last = self.steps if k is None else k - 1
        waiting, found = [0], []
        while waiting:
            node = self.nodes[rank := waiting.pop()]
            if 0 < node.step <= last:
                waiting += reversed(node.children)
            else:
                found.append(rank)
        return found

    def classes(self, k: int | None = None) -> np.ndarray:
        """The class of each row, from 1; 0 for the rows in none."""
        classes = np.zeros(self.size, int)
        for number, rank in enumerate(self.leaves(k), 1):
            classes[self.nodes[rank].rows] = number
        return classes

    def tree(self) -> DataFrame:
        """One row a group: node, parent, first, second (-1 for none), chi2, height, size, class (0 inside).

        The height of a split adds the chi-squares of those made after it, so that no branch turns back.
        """
        from pandas import DataFrame

        numbers = {rank: number for number, rank in enumerate(self.leaves(), 1)}
        frame = DataFrame(
            {
                "node": range(len(self.nodes)),
                "parent": [node.parent for node in self.nodes],
                "first": [node.children[0] if node.children else -1 for node in self.nodes],
                "second": [node.children[1] if node.children else -1 for node in self.nodes],
                "step": [node.step for node in self.nodes],
                "chi2": [node.chi2 for node in self.nodes],
                "size": [len(node.rows) for node in self.nodes],
                "class": [numbers.get(rank, 0) for rank in range(len(self.nodes))],
            }
        )
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
    table = reinert_split.binary(matrix)
    nodes = [Node(np.flatnonzero(table.sum(axis=1)), np.arange(table.shape[1]))]
    stuck: dict[int, str] = {}
    for step in range(1, k):
        while (largest := _largest(nodes, stuck, min_split_members)) is not None:
            try:
                _divide(table, nodes, largest, step, tsj, cc_test)
                break
            except InputError as error:
                stuck[largest] = error.faults[0]
        if largest is None:
            break
    if k > 1 and not nodes[0].step:
        few = f"il faut {min_split_members} segments qui aient une forme, et il y en a {len(nodes[0].rows)}"
        raise InputError([stuck.get(0, few)])
    return Hierarchy(tuple(nodes), table.shape[0], tuple(_remarks(nodes, stuck, k, min_split_members)))


def select(
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
    kept = (counts >= tsj) & ((coefficient <= cc_test) | (counts > expected))
    return np.flatnonzero(kept[0]), np.flatnonzero(kept[1])


def _divide(table: csr_array, nodes: list[Node], rank: int, step: int, tsj: int, cc_test: float) -> None:
    """Split one group, and add the two that it makes."""
    node = nodes[rank]
    part = table[node.rows][:, node.columns]
    first, second, chi2 = reinert_split.split(part)
    kept = select(part, first, second, tsj=tsj, cc_test=cc_test)
    nodes[rank] = node._replace(step=step, chi2=chi2, children=(len(nodes), len(nodes) + 1))
    for rows, columns in zip((first, second), kept, strict=True):
        nodes.append(Node(node.rows[rows], node.columns[columns], rank))


def _largest(nodes: list[Node], stuck: dict[int, str], least: int) -> int | None:
    """The largest group that may be split; the first made of equal ones."""
    whole = [rank for rank, node in enumerate(nodes) if not node.step and rank not in stuck and len(node.rows) >= least]
    return max(whole, key=lambda rank: (len(nodes[rank].rows), -rank), default=None)


def _remarks(nodes: list[Node], stuck: dict[int, str], k: int, least: int) -> list[str]:
    made = sum(not node.step for node in nodes)
    why = " ; ".join(dict.fromkeys(stuck.values())) or f"plus aucun groupe n'a {least} segments"
    return [f"{k} classes demandées, {made} obtenues : {why}"] if made < k else []
