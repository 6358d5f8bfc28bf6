"""Counts to hide, so that small ones cannot be found again from the sums that are shown.

A *cell* is a count of respondents under any key; a *sum* says that one cell is the total of others. Every
count below `smallest` is hidden first (*primary*), zero included, since « nobody » tells on everybody. A reader who
subtracts would find many of them again, so others are hidden too (*secondary*), until every hidden cell could be any
of a range of whole numbers at least `smallest` wide. The range is what integer programming allows (HiGHS through
scipy), given all that is shown: nothing a reader can compute from sums is narrower.

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

Hidden cells are chosen by a greedy rule, smallest count first: few, not provably the fewest.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Key = Hashable
Sum = tuple[Key, tuple[Key, ...]]  # a total and its parts
Range = tuple[int, int]
KnownRanges = dict[Hashable, dict[Key, Range]]  # by hidden cells and the sums that link them

FEW, LOOKS = 6, 6  # linked cells above which looks at random are worth it, and how many
Role = Enum("Role", "EXEMPT SHOWN HIDDEN FREE")


@dataclass(frozen=True)
class Pattern:
    """What is hidden, and `exposed`: hidden cells that nothing more could protect."""

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
    roles: Mapping[Key, Role] | None = None,
    last: Collection[Key] = (),
    ranges: KnownRanges | None = None,
) -> Pattern:
    """Cells to hide among `counts`, given how they add up and their `roles`.

    Those of `last` are hidden in the last resort, unless small. `ranges` keeps, from one call to the next on the same
    cells, what was seen possible, and changes nothing but time. KeyError for a sum over an unknown cell.

    >>> row = {"oui": 20, "non": 7, "?": 2, "tous": 29}
    >>> pattern = suppress(row, [("tous", ("oui", "non", "?"))], smallest=5, last=["tous"])
    >>> sorted(pattern.primary), sorted(pattern.secondary)
    (['?'], ['non'])
    """
    roles, last = roles or {}, set(last)
    system = _System(counts, sums, {} if ranges is None else ranges)
    fixed = {key for key, role in roles.items() if role in (Role.SHOWN, Role.FREE)}
    primary = {key for key, role in roles.items() if role in (Role.HIDDEN, Role.FREE)}
    primary |= {key for key, count in counts.items() if count < smallest and key not in roles}
    system.hide(primary)
    exposed: set[Key] = set()
    for key in sorted(primary - fixed, key=lambda cell: (cell in last, system.order[cell])):
        exposed |= _protect(system, key, smallest, fixed, last)
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


@dataclass
class _System:
    """Sums between cells; what is hidden grows by `hide`, and what is seen possible for each cell by `_widen`.

    `known` are the ranges of earlier calls; the rest is worked out from these: `order` of the cells, `uses` of each in
    the sums, `most` that any can be, `range` seen possible, `linked` cells (forgotten at each `hide`).
    """

    counts: Mapping[Key, int]
    sums: Sequence[Sum]
    known: KnownRanges
    hidden: set[Key] = field(default_factory=set)
    linked: dict[Key, tuple[list[int], list[Key]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = {key: rank for rank, key in enumerate(self.counts)}
        self.uses: dict[Key, list[int]] = {key: [] for key in self.counts}
        for rank, (total, parts) in enumerate(self.sums):
            for key in (total, *parts):
                self.uses[key].append(rank)
        self.range = {key: (count, count) for key, count in self.counts.items()}
        self.most = max(self.counts.values(), default=0)

    def hide(self, keys: Collection[Key]) -> None:
        self.hidden |= set(keys)
        self.linked.clear()

    def is_narrow(self, key: Key, width: int) -> bool:
        """Whether fewer than `width` steps separate the least and the most that a hidden cell can be."""
        width = min(width, self.most)  # nobody can be hidden among more people than there are
        if width and any(self._members(rank) & self.hidden == {key} for rank in self.uses[key]):
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

        def cost(cell: Key) -> tuple[bool, bool, int, int]:
            stuck = any(firm.issuperset(self._members(rank) - {cell}) for rank in self.uses[cell])
            return cell in last, stuck, self.counts[cell], self.order[cell]

        own = sorted(self.uses[key], key=lambda rank: (len(self._members(rank) & self.hidden), rank))
        choices = [self._members(rank) - self.hidden - fixed for rank in (*own, *self._around(key)[0])]
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
        matrix, target = self._equations(rows, cells)
        solution = milp(
            goal, integrality=np.ones(len(cells)), bounds=Bounds(0, self.most),
            constraints=LinearConstraint(matrix, target, target),
        )  # fmt: skip
        values = dict(zip(cells, np.rint(solution.x).astype(int).tolist(), strict=True))
        self._widen({cell: (value, value) for cell, value in values.items()})
        self.known[self._surroundings(key)] = {cell: self.range[cell] for cell in cells}
        return values

    def _equations(self, rows: Sequence[int], cells: Sequence[Key]) -> tuple[csr_array, list[int]]:
        """The sums as a matrix of what is hidden, and what it must come to."""
        from scipy.sparse import csr_array

        place, lines = {cell: rank for rank, cell in enumerate(cells)}, {}
        for rank in rows:
            total, parts = self.sums[rank]
            line = {place[part]: -1 for part in parts if part in place}
            if total in place:
                line[place[total]] = line.get(place[total], 0) + 1
            shown = sum(self.counts[part] for part in parts if part not in place)
            lines[frozenset(line.items())] = shown - (0 if total in place else self.counts[total])
        entries = [(sign, number, column) for number, line in enumerate(lines) for column, sign in line]
        signs, *where = zip(*entries, strict=True)
        return csr_array((signs, where), shape=(len(lines), len(cells))), list(lines.values())

    def _span(self, key: Key) -> int:
        low, high = self.range[key]
        return high - low

    def _widen(self, ranges: Mapping[Key, Range]) -> None:
        """These values too are possible."""
        for cell, (least, most) in ranges.items():
            low, high = self.range[cell]
            self.range[cell] = (min(low, least), max(high, most))

    def _surroundings(self, key: Key) -> Hashable:
        """All that decides how far a hidden cell can go, but for counts, which stay."""
        rows, cells = self._around(key)
        return self.most, frozenset(cells), frozenset(self.sums[rank] for rank in rows)

    def _members(self, rank: int) -> set[Key]:
        total, parts = self.sums[rank]
        return {total, *parts}

    def _around(self, key: Key) -> tuple[list[int], list[Key]]:
        """The sums and hidden cells that are linked to a hidden cell through other hidden cells, nearest first."""
        if key not in self.linked:
            rows: dict[int, None] = {}
            cells, met = [key], {key}
            for cell in cells:  # grows as it is read
                for rank in self.uses[cell]:
                    if rank not in rows:
                        rows[rank] = None
                        total, parts = self.sums[rank]
                        fresh = [member for member in (total, *parts) if member in self.hidden and member not in met]
                        met.update(fresh)
                        cells += fresh
            self.linked[key] = list(rows), cells
        return self.linked[key]
