"""Is this item asked of this respondent?

A condition is a tree of `all`, `any` and `not` over three leaves: `equals` and `in` read an item with one
answer (or a row of a matrix), `selected` reads one tick of a multiple item. There are two truth values: an
item not asked or not answered equals nothing, so `not` of a leaf holds for it. `fold` is the only way
through a tree: it is evaluated here on one respondent (`holds`) or on a frame (`mask`), and compiled
elsewhere to the dialect of each survey tool, so that they cannot drift.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pandas import DataFrame, Series

T = TypeVar("T")


@dataclass(frozen=True)
class Leaf:
    """`target` (`item` or `item.row`) holds one of `codes`; with `selected`, its one code is ticked."""

    op: str
    target: str
    codes: tuple[str, ...]

    @property
    def column(self) -> str:
        """The column of the answers frame that the leaf reads."""
        return f"{self.target}.{self.codes[0]}" if self.op == "selected" else self.target

    @property
    def cells(self) -> tuple[str, ...]:
        """What that column must hold, one of these, for the leaf to hold."""
        return ("1",) if self.op == "selected" else self.codes


@dataclass(frozen=True)
class Every:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Negation:
    """The part does not hold."""

    part: Condition


Condition = Leaf | Every | Some | Negation


def parse(tree: Mapping[str, Any]) -> Condition:
    """The condition that a tree of the YAML writes; the schema has already checked its shape.

    >>> parse({"not": {"equals": {"mss": "oui"}}})
    Negation(part=Leaf(op='equals', target='mss', codes=('oui',)))
    """
    ((op, rest),) = tree.items()
    if op in ("all", "any"):
        return (Every if op == "all" else Some)(tuple(map(parse, rest)))
    if op == "not":
        return Negation(parse(rest))
    ((target, codes),) = rest.items()
    return Leaf(op, target, tuple(codes) if op == "in" else (codes,))


def fold(
    condition: Condition,
    *,
    leaf: Callable[[Leaf], T],
    every: Callable[[list[T]], T],
    some: Callable[[list[T]], T],
    negation: Callable[[T], T],
) -> T:
    """The condition with each node replaced, leaves first, by what these functions give.

    >>> tree = parse({"any": [{"equals": {"a": "oui"}}, {"not": {"selected": {"b": "x"}}}]})
    >>> fold(tree, leaf=lambda x: x.column, every=" et ".join, some=" ou ".join, negation=lambda x: f"non {x}")
    'a ou non b.x'
    """
    words = {"leaf": leaf, "every": every, "some": some, "negation": negation}
    match condition:
        case Every(parts):
            return every([fold(part, **words) for part in parts])
        case Some(parts):
            return some([fold(part, **words) for part in parts])
        case Negation(part):
            return negation(fold(part, **words))
    return leaf(condition)


def leaves(condition: Condition | None) -> list[Leaf]:
    """The leaves, from left to right; none for no condition."""
    if condition is None:
        return []
    join = lambda lists: reduce(operator.add, lists)  # noqa: E731
    return fold(condition, leaf=lambda one: [one], every=join, some=join, negation=lambda part: part)


def holds(condition: Condition | None, answers: Mapping[str, str]) -> bool:
    """Whether the condition holds for one respondent's coded answers, by column; a column may be absent.

    >>> holds(parse({"equals": {"mss": "oui"}}), {"mss": "oui"}), holds(parse({"equals": {"mss": "oui"}}), {})
    (True, False)
    """
    if condition is None:
        return True
    return _test(condition)(answers)


@lru_cache(maxsize=1_000)
def _test(condition: Condition) -> Callable[[Mapping[str, str]], bool]:
    """The condition as a function of one respondent's answers: it is asked of thousands."""
    return fold(
        condition,
        leaf=lambda one: partial(_told, one.column, one.cells),
        every=lambda parts: lambda answers: all(part(answers) for part in parts),
        some=lambda parts: lambda answers: any(part(answers) for part in parts),
        negation=lambda part: lambda answers: not part(answers),
    )


def _told(column: str, cells: tuple[str, ...], answers: Mapping[str, str]) -> bool:
    return answers.get(column) in cells


def mask(condition: Condition | None, frame: DataFrame) -> Series:
    """The same, for every row of a coded frame at once; a boolean series."""
    import pandas as pd

    if condition is None:
        return pd.Series(True, index=frame.index)
    return fold(
        condition,
        leaf=lambda one: frame[one.column].isin(one.cells),
        every=lambda parts: reduce(operator.and_, parts),
        some=lambda parts: reduce(operator.or_, parts),
        negation=operator.invert,
    )
