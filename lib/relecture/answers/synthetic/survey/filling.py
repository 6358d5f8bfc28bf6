"""Which coded answers have these counts, and never contradict the form?

Respondents are dictionaries, column -> cell, filled item by item in the order of the form: an item that the
skip logic leaves out becomes `non_pose`; a cell already there is kept; `given` cells follow; then the
printed counts are shared out, in random order, among those who are asked; the rest is drawn evenly among
what `only` allows. A text says that it is synthetic. Nothing here knows a study, nor what was printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from relecture.answers.questionnaire.conditions import holds
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column, Item
from relecture.answers.questionnaire.missing import CODES, Missing
from relecture.answers.synthetic.common.grids import Grid
from relecture.answers.synthetic.survey.plan import Rules, Wanted, counted

Row = dict[str, str]
TEXT = "(réponse synthétique)"
OWN, ASKED = "sans_reponse", str(Missing.NOT_ASKED)
BOUNDS = (0, 100)  # of a number that has none


def fill(instrument: Instrument, rows: Sequence[Row], wanted: Wanted, rules: Rules, rng: np.random.Generator) -> None:
    """Completes every row in place, so that it holds each column of the instrument."""
    for item in instrument.items:
        fill_item(item, rows, wanted, rules, rng)


def fill_item(item: Item, rows: Sequence[Row], wanted: Wanted, rules: Rules, rng: np.random.Generator) -> None:
    """The same for one item, once those before it are filled."""
    due = []
    for row in rows:
        if holds(item.relevant, row):
            due.append(row)
        else:
            row |= dict.fromkeys((column.name for column in item.columns), ASKED)
    if item.kind == "multiple":
        _multiple(item, [row for row in due if item.columns[0].name not in row], wanted, rules, rng)
        return
    for column in item.columns:
        empty = [row for row in due if column.name not in row]
        {"text": _text, "number": _number}.get(item.kind, _codes)(column, due, empty, wanted, rules, rng)


def options(column: Column, row: Mapping[str, str], rules: Rules) -> tuple[Any, ...] | None:
    """What a rule gives to this respondent in this column; None when no rule speaks."""
    for condition, cells in rules.given:
        for name in (column.name, column.item.id):
            if name in cells and holds(condition, row):
                told = cells[name]
                return tuple(told) if isinstance(told, list) else (told,)
    return None


def allowed(column: Column, rules: Rules) -> tuple[Any, ...]:
    """The answers that may be drawn: those of `only`, or every answer of the form."""
    every = tuple(code for code in column.codes if code not in CODES)
    return rules.only.get(column.name, rules.only.get(column.item.id, every))


def _text(column: Column, due: Sequence[Row], empty: Sequence[Row], *_: Any) -> None:
    for row in empty:
        row[column.name] = TEXT


def _number(
    column: Column, due: Sequence[Row], empty: Sequence[Row], wanted: Wanted, rules: Rules, rng: np.random.Generator
) -> None:
    """Whole numbers, evenly drawn between the bounds of a rule, or those of the form."""
    item = column.item
    own = tuple(bound if told is None else told for told, bound in zip((item.low, item.high), BOUNDS, strict=True))
    for row in empty:
        low, high = options(column, row, rules) or rules.only.get(item.id, own)
        row[column.name] = str(rng.integers(int(low), int(high) + 1))


def _codes(
    column: Column, due: Sequence[Row], empty: Sequence[Row], wanted: Wanted, rules: Rules, rng: np.random.Generator
) -> None:
    """One answer each: what is given, then the printed counts that are left, then what is allowed."""
    printed = {choice.id: choice.counted_as for choice in column.item.offered}
    left = {code: wanted[column.name, code] for code in counted(column.item) if (column.name, code) in wanted}
    _taken(left, (printed.get(row[column.name]) for row in due if column.name in row))
    waiting = []
    for row in empty:
        if told := options(column, row, rules):
            free = [code for code in told if left.get(printed[code], 1) > 0] or told
            row[column.name] = free[rng.integers(len(free))]
            _taken(left, [printed[row[column.name]]])
        else:
            waiting.append(row)
    labels = _labels(column, left, len(waiting), rules, rng)
    for row, label in zip(waiting, labels, strict=True):
        row[column.name] = label


def _taken(left: dict[str, int], codes: Iterable[str | None]) -> None:
    for code in codes:
        if code in left:
            left[code] -= 1


def _labels(column: Column, left: Mapping[str, int], n: int, rules: Rules, rng: np.random.Generator) -> list[str]:
    """`n` answers in random order; counts beyond `n` are cut from the largest."""
    may, left = allowed(column, rules), {code: max(count, 0) for code, count in left.items()}
    while sum(left.values()) > n:
        left[max(left, key=left.__getitem__)] -= 1
    behind = {code: [one for one in choices if one in may] or choices for code, choices in counted(column.item).items()}
    labels = [behind[code][rng.integers(len(behind[code]))] for code, count in left.items() for _ in range(count)]
    rest = [one for code, choices in behind.items() for one in choices if code not in left and one in may] or [OWN]
    labels += [rest[rng.integers(len(rest))] for _ in range(n - len(labels))]
    return [labels[place] for place in rng.permutation(n)]


def _multiple(item: Item, empty: Sequence[Row], wanted: Wanted, rules: Rules, rng: np.random.Generator) -> None:
    held = {name: wanted[name, "1"] for name in counted(item) if (name, "1") in wanted}
    for row, ticked in zip(empty, (_counted if held else _free)(item, held, len(empty), rules, rng), strict=True):
        none = dict.fromkeys((column.name for column in item.columns), "0" if ticked else OWN)
        row |= none | {f"{item.id}.{choice}": "1" for choice in ticked}


def _counted(item: Item, held: Mapping[str, int], n: int, rules: Rules, rng: np.random.Generator) -> list[list[str]]:
    """Ticks with exactly these counts, at least one each if that can be; a choice not counted is not ticked."""
    counts = {name: min(count, n) for name, count in held.items()}
    alone = frozenset(name for name, choices in counted(item).items() if _exclusive(item) & {*choices})
    grids = (Grid(counts, n, least, item.most or len(counts), alone & {*counts}).draw(rng) for least in (1, 0))
    matrix = next(grid for grid in grids if grid is not None)
    behind = [counted(item)[name] for name in counts]
    return [[one[rng.integers(len(one))] for one, tick in zip(behind, row, strict=True) if tick] for row in matrix]


def _free(item: Item, held: Mapping[str, int], n: int, rules: Rules, rng: np.random.Generator) -> list[list[str]]:
    """One to three choices each, within the bounds of the form; an exclusive choice is drawn alone."""
    may = rules.only.get(item.id, tuple(choice.id for choice in item.offered))
    drawn = []
    for _ in range(n):
        first = may[rng.integers(len(may))]
        others = [code for code in may if code != first and code not in _exclusive(item)]
        more = rng.integers(min(len(others), (item.most or 3) - 1) + 1)
        extra = [] if first in _exclusive(item) else [others[k] for k in rng.permutation(len(others))[:more]]
        drawn.append([first, *extra])
    return drawn


def _exclusive(item: Item) -> set[str]:
    return {choice.id for choice in item.choices if choice.exclusive}
