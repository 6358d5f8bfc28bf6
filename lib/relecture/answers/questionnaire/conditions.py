"""Conditions of the skip logic: trees, read, evaluated on a respondent or on a frame, folded.

A condition is a tree of `all`, `any` and `not` over three leaves: `equals` and `in` read an item with one
answer (or a row of a matrix), `selected` reads one tick of a multiple item. There are two truth values: an
item not asked or not answered equals nothing, so `not` of a leaf holds for it. `fold` is the only way
through a tree: it is evaluated here on one respondent (`holds`) or on a frame (`rows_where`), and compiled
elsewhere to the dialect of each survey tool, so that they cannot drift.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pandas import DataFrame, Series

T = TypeVar("T")


@dataclass(frozen=True)
class Comparison:
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
class AllOf:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Comparison | AllOf | AnyOf | Not


def parse(tree: Mapping[str, Any]) -> Condition:
    """The condition that a tree of the YAML writes; the schema has already checked its shape.

    >>> parse({"not": {"equals": {"mss": "oui"}}})
    Not(part=Comparison(op='equals', target='mss', codes=('oui',)))
    """
    ((op, rest),) = tree.items()
    if op in ("all", "any"):
        return (AllOf if op == "all" else AnyOf)(tuple(map(parse, rest)))
    if op == "not":
        return Not(parse(rest))
    ((target, codes),) = rest.items()
    return Comparison(op, target, tuple(codes) if op == "in" else (codes,))


def fold(
    condition: Condition,
    *,
    compare: Callable[[Comparison], T],
    all_of: Callable[[list[T]], T],
    any_of: Callable[[list[T]], T],
    negate: Callable[[T], T],
) -> T:
    """The condition with each node replaced, leaves first, by what these functions give.

    >>> tree = parse({"any": [{"equals": {"a": "oui"}}, {"not": {"selected": {"b": "x"}}}]})
    >>> fold(tree, compare=lambda x: x.column, all_of=" et ".join, any_of=" ou ".join, negate=lambda x: f"non {x}")
    'a ou non b.x'
    """
    ways = {"compare": compare, "all_of": all_of, "any_of": any_of, "negate": negate}
    match condition:
        case AllOf(parts):
            return all_of([fold(part, **ways) for part in parts])
        case AnyOf(parts):
            return any_of([fold(part, **ways) for part in parts])
        case Not(part):
            return negate(fold(part, **ways))
    return compare(condition)


def comparisons(condition: Condition | None) -> list[Comparison]:
    """The leaves, from left to right; none for no condition."""
    if condition is None:
        return []
    join = lambda lists: reduce(operator.add, lists)  # noqa: E731
    return fold(condition, compare=lambda one: [one], all_of=join, any_of=join, negate=lambda part: part)


def holds(condition: Condition | None, answers: Mapping[str, str]) -> bool:
    """Whether the condition holds for one respondent's coded answers, by column; a column may be absent.

    >>> holds(parse({"equals": {"mss": "oui"}}), {"mss": "oui"}), holds(parse({"equals": {"mss": "oui"}}), {})
    (True, False)
    """
    return condition is None or _test(condition)(answers)


@lru_cache(maxsize=1_000)
def _test(condition: Condition) -> Callable[[Mapping[str, str]], bool]:
    """The condition as a function of one respondent's answers: it is asked of thousands."""
    return fold(
        condition,
        compare=lambda one: lambda answers, column=one.column, cells=one.cells: answers.get(column) in cells,
        all_of=lambda parts: lambda answers: all(part(answers) for part in parts),
        any_of=lambda parts: lambda answers: any(part(answers) for part in parts),
        negate=lambda part: lambda answers: not part(answers),
    )


def rows_where(condition: Condition | None, frame: DataFrame) -> Series:
    """The same, for every row of a coded frame at once; a boolean series."""
    import pandas as pd

    if condition is None:
        return pd.Series(True, index=frame.index)
    return fold(
        condition,
        compare=lambda one: frame[one.column].isin(one.cells),
        all_of=lambda parts: reduce(operator.and_, parts),
        any_of=lambda parts: reduce(operator.or_, parts),
        negate=operator.invert,
    )
