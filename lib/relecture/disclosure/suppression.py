"""Counts to hide, so that small ones cannot be found again from the sums that are shown.

A *cell* is a count of respondents under any key; a *sum* says that one cell is the total of others; a *bound* says
between what numbers a weighted sum of cells lies. Every count below `smallest` is hidden first (*primary*), zero
included, since « nobody » tells on everybody. A reader who subtracts would find many of them again, so others are
hidden too (*secondary*), until every hidden cell could be any of a range of whole numbers at least `smallest` wide:
what integer programming allows (HiGHS through scipy), given all that is shown. No reader can compute a narrower one.

Each cell has one role, which its caller decides:

==========  ==================  ===========================  ===================  ==========================
role        known to a reader   hidden when small            protected if hidden  may be hidden for another
==========  ==================  ===========================  ===================  ==========================
(none)      yes                 yes                          yes                  yes
``EXEMPT``  yes                 no                           yes                  yes
``SHOWN``   yes                 no                           –                    no
``HIDDEN``  no                  is hidden already            yes                  –
``FREE``    no                  not shown, and no secret     no                   –
==========  ==================  ===========================  ===================  ==========================

Cells are hidden greedily, smallest first: few, not provably the fewest; more where answers contradict all solutions.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Key = Hashable
Sum = tuple[Key, tuple[Key, ...]]  # a total and its parts
Range = tuple[int, int]
KnownRanges = dict[Hashable, dict[Key, Range]]  # by hidden cells and the sums that link them


class Bound(NamedTuple):
    """Weights of cells, and the least and the most that their weighted sum can be."""

    weights: tuple[tuple[Key, float], ...]
    low: float
    high: float


FEW, LOOKS = 6, 6  # linked cells above which looks at random are worth it, and how many
Role = Enum("Role", "EXEMPT SHOWN HIDDEN FREE")


@dataclass(frozen=True)
class Pattern:
    """What is hidden, and `exposed`: what nothing more could protect."""

    primary: frozenset[Key]
    secondary: frozenset[Key]
    exposed: frozenset[Key] = frozenset()

    @property
    def hidden(self) -> frozenset[Key]:
        return self.primary | self.secondary


def suppress(
    counts: Mapping[Key, int],
    sums: Sequence[Sum],
    smallest: int,
    *,
    bounds: Sequence[Bound] = (),
    roles: Mapping[Key, Role] | None = None,
    last: Collection[Key] = (),
    ranges: KnownRanges | None = None,
) -> Pattern:
    """Cells to hide among `counts`, given how they add up, their `bounds` and their `roles`.

    Those of `last` are hidden in the last resort, unless small. `ranges` keeps, from one call to the next on the same
    cells, what was seen possible, and changes nothing but time. KeyError for a sum over an unknown cell.

    >>> row = {"oui": 20, "non": 7, "?": 2, "tous": 29}
    >>> pattern = suppress(row, [("tous", ("oui", "non", "?"))], smallest=5, last=["tous"])
    >>> sorted(pattern.primary), sorted(pattern.secondary)
    (['?'], ['non'])
    """
    roles, last = roles or {}, set(last)
    system = _System(counts, (*map(_as_bound, sums), *bounds), {} if ranges is None else ranges)
    fixed = {key for key, role in roles.items() if role in (Role.SHOWN, Role.FREE)}
    primary = {key for key, role in roles.items() if role in (Role.HIDDEN, Role.FREE)}
    primary |= {key for key, count in counts.items() if count < smallest and key not in roles}
    system.hide(primary)
    first = sorted(primary - fixed, key=lambda cell: (cell in last, system.order[cell]))
    exposed = set().union(*(_protect(system, key, smallest, fixed, last) for key in first))
    return Pattern(frozenset(primary), frozenset(system.hidden - primary), frozenset(exposed))


def _protect(system: _System, key: Key, width: int, fixed: set[Key], last: set[Key]) -> set[Key]:
    """Hide what it takes for `key`, then for what was hidden; returns what could not be protected."""
    waiting, exposed = [key], set()
    while waiting:
        cell = waiting[-1]
        if cell in exposed or not system.is_narrow(cell, width):
            waiting.pop()
        elif (other := system.companion(cell, fixed, last)) is None:
            exposed.add(cell)
        else:
            system.hide([other])
            waiting.append(other)  # first protect what was just hidden: it may be all that was missing
    return exposed


def _as_bound(one: Sum) -> Bound:
    """A sum as a bound: the total less its parts is nothing."""
    total, parts = one
    return Bound(tuple((dict.fromkeys(parts, -1) | {total: 1 - (total in parts)}).items()), 0, 0)


@dataclass
class _System:
    """Bounds of sums of cells; what is hidden grows by `hide`, and what is seen possible for each cell by `_widen`.

    `known` are the ranges of earlier calls; the rest is worked out from these: `order` of the cells, `uses` of each in
    the bounds, `most` that any can be, `range` seen possible, `linked` cells (forgotten at each `hide`).
    """

    counts: Mapping[Key, int]
    bounds: Sequence[Bound]
    known: KnownRanges
    hidden: set[Key] = field(default_factory=set)
    linked: dict[Key, tuple[list[int], list[Key]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = {key: rank for rank, key in enumerate(self.counts)}
        self.uses: dict[Key, list[int]] = {key: [] for key in self.counts}
        self.weights = [dict(bound.weights) for bound in self.bounds]
        for rank, members in enumerate(self.weights):
            for key in members:
                self.uses[key].append(rank)
        self.range = {key: (count, count) for key, count in self.counts.items()}
        self.most = max(self.counts.values(), default=0)

    def hide(self, keys: Collection[Key]) -> None:
        self.hidden |= set(keys)
        self.linked.clear()

    def is_narrow(self, key: Key, width: int) -> bool:
        """Whether fewer than `width` steps separate the least and the most that a hidden cell can be."""
        width = min(width, self.most)  # nobody can be hidden among more people than there are
        if width and any(self.weights[rank].keys() & self.hidden == {key} for rank in self._exact(key)):
            return True  # alone to be hidden in a sum
        if self._span(key) < width:
            self._recall(key)
        for sign in (-1, 1):
            if self._span(key) >= width:
                return False
            if sign < 0 or self.range[key][0]:
                self.extreme(key, sign)
        return self._span(key) < width

    def extreme(self, key: Key, sign: int) -> int:
        """The least (sign 1) or the most (-1) that a hidden cell can be."""
        rows, cells = self._around(key)
        if not rows:
            return 0 if sign > 0 else self.most
        return self._solve(key, [sign if cell == key else 0 for cell in cells])[key]

    def companion(self, key: Key, fixed: set[Key], last: set[Key]) -> Key | None:
        """The next cell to hide for `key`: the smallest of its sum where least is hidden, else of the nearest sum."""
        last = set() if key in last else last
        firm = (fixed | last) - self.hidden
        loose = cache(lambda rank: self.weights[rank].keys() - firm)

        def cost(cell: Key) -> tuple[bool, bool, int, int]:
            stuck = any(loose(rank) <= {cell} for rank in self._exact(cell))
            return cell in last, stuck, self.counts[cell], self.order[cell]

        own = sorted(self.uses[key], key=lambda rank: (len(self.weights[rank].keys() & self.hidden), rank))
        choices = [self.weights[rank].keys() - self.hidden - fixed for rank in (*own, *self._around(key)[0])]
        best = [min(cells, key=cost) for cells in choices if cells]
        return min(best, key=lambda cell: cost(cell)[:2], default=None)

    def _recall(self, key: Key) -> None:
        """See what was possible for the same cells before, or at random: a few solutions move many cells at once."""
        cells = self._around(key)[1]
        self._widen(self.known.get(self._surroundings(key), {}))
        if len(cells) > FEW and not any(map(self._span, cells)):
            for goal in np.random.default_rng(1).choice([-1, 1], (LOOKS, len(cells))):
                self._solve(key, goal)

    def _solve(self, key: Key, goal: Sequence[int]) -> dict[Key, int]:
        """Whole numbers that agree with all that is shown, for which the goal, one weight a cell, is least."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        rows, cells = self._around(key)
        rules = LinearConstraint(*self._constraints(rows, cells))
        found = milp(goal, integrality=np.ones(len(cells)), bounds=Bounds(0, self.most), constraints=rules).x
        numbers = [self.counts[cell] for cell in cells] if found is None else np.rint(found).astype(int).tolist()
        values = dict(zip(cells, numbers, strict=True))
        self._widen({cell: (value, value) for cell, value in values.items()})
        self.known[self._surroundings(key)] = {cell: self.range[cell] for cell in cells}
        return values

    def _constraints(self, rows: Sequence[int], cells: Sequence[Key]) -> tuple[csr_array, list[float], list[float]]:
        """The bounds as a matrix of what is hidden, and the least and the most it must come to."""
        from scipy.sparse import csr_array

        place, lines = {cell: rank for rank, cell in enumerate(cells)}, {}
        for rank in rows:
            shown = sum(weight * self.counts[key] for key, weight in self.weights[rank].items() if key not in place)
            line = frozenset((weight, place[key]) for key, weight in self.weights[rank].items() if key in place)
            low, high = lines.get(line, (-np.inf, np.inf))
            lines[line] = max(low, self.bounds[rank].low - shown), min(high, self.bounds[rank].high - shown)
        entries = [(weight, number, column) for number, line in enumerate(lines) for weight, column in line]
        weights, *where = zip(*entries, strict=True)
        return csr_array((weights, where), shape=(len(lines), len(cells))), *zip(*lines.values(), strict=True)

    def _span(self, key: Key) -> int:
        return self.range[key][1] - self.range[key][0]

    def _widen(self, ranges: Mapping[Key, Range]) -> None:
        """These values too are possible."""
        for cell, (least, most) in ranges.items():
            low, high = self.range[cell]
            self.range[cell] = (min(low, least), max(high, most))

    def _surroundings(self, key: Key) -> Hashable:
        """All that decides how far a hidden cell can go, but for counts, which stay."""
        rows, cells = self._around(key)
        return self.most, frozenset(cells), frozenset(self.bounds[rank] for rank in rows)

    def _exact(self, key: Key) -> list[int]:
        """The bounds of a cell that tell one number: sums."""
        return [rank for rank in self.uses[key] if self.bounds[rank].low == self.bounds[rank].high]

    def _around(self, key: Key) -> tuple[list[int], list[Key]]:
        """The bounds and hidden cells that are linked to a hidden cell through other hidden cells, nearest first."""
        if key not in self.linked:
            rows: dict[int, None] = {}
            cells, met = [key], {key}
            for cell in cells:  # grows as it is read
                for rank in self.uses[cell]:
                    if rank not in rows:
                        rows[rank] = None
                        fresh = [member for member in self.weights[rank] if member in self.hidden and member not in met]
                        met.update(fresh)
                        cells += fresh
            self.linked[key] = list(rows), cells
        return self.linked[key]
