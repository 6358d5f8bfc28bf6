"""Which answers on the form lie behind answers that are already in the terms of the printed tables?

The inverse of `recoding.as_printed` after `derive`, on the frame of `synthetic.answers`: a printed choice
that groups several becomes one of them, at random; a derived variable becomes the answers that make its
first case hold; points become the rows of the matrix of a score. What the frame does not tell is left out,
for `filling` to draw. An item whose printed columns hold a tick that no choice of the form counts (no answer
at all) is `sans_reponse`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pandas import DataFrame, isna

from relecture.answers.questionnaire.conditions import Condition, fold
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.synthetic.survey.filling import OWN, Row
from relecture.answers.synthetic.survey.plan import counted

Cells = Mapping[str, Any]


def unprinted(
    instrument: Instrument, frame: DataFrame, covariates: Mapping[str, Any], rng: np.random.Generator
) -> list[Row]:
    """One row of coded cells a respondent, in the order of the frame.

    `covariates` are those of the plan: one with `exposed` says which choices of the form its column
    `x_<name>` stands for, where the printed table does not tell them apart.
    """
    exposed = {name: about for name, about in covariates.items() if "exposed" in about}
    told = {about["column"]: (f"x_{name}", about["exposed"]) for name, about in exposed.items()}
    return [_row(instrument, cells, told, rng) for cells in frame.to_dict("records")]


def _row(
    instrument: Instrument, cells: Cells, told: Mapping[str, tuple[str, list[str]]], rng: np.random.Generator
) -> Row:
    row = dict(_derived(instrument, cells, rng))
    for item in instrument.items:
        if item.kind == "multiple":
            row |= _ticks(item, cells, rng)
        elif item.kind == "matrix":
            row |= _points(instrument, item, cells)
        elif item.id in cells:
            row[item.id] = _cell(item, cells, told.get(item.id), rng)
    return row


def _derived(instrument: Instrument, cells: Cells, rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """The answers that the first case of each derived variable asks for."""
    for variable in instrument.derived:
        for case in variable.cases:
            if cells.get(variable.id) == case.id:
                found = _made(case.when, rng)
                yield from ((column, cell) for column, cell in found.items() if column in instrument.columns)


def _made(condition: Condition, rng: np.random.Generator) -> Row:
    """Cells that make a condition hold; a negation asks for none."""
    return fold(
        condition,
        compare=lambda one: {one.column: one.cells[rng.integers(len(one.cells))]},
        all_of=lambda parts: {column: cell for part in parts for column, cell in part.items()},
        any_of=lambda parts: parts[rng.integers(len(parts))],
        negate=lambda part: {},
    )


def _cell(item: Item, cells: Cells, told: tuple[str, list[str]] | None, rng: np.random.Generator) -> str:
    value = cells[item.id]
    if isna(value):
        return OWN
    if item.kind == "number":
        return str(int(value))
    behind = counted(item)[value]
    if told and not isna(exposed := cells[told[0]]):
        behind = [choice for choice in behind if (choice in told[1]) == bool(exposed)] or behind
    return behind[rng.integers(len(behind))]


def _ticks(item: Item, cells: Cells, rng: np.random.Generator) -> Row:
    behind = counted(item)
    if not any(name in cells for name in behind):
        return {}
    ticked = [choices[rng.integers(len(choices))] for name, choices in behind.items() if cells.get(name) == 1]
    stray = any(cells[name] == 1 for name in cells if name.startswith(f"{item.id}.") and name not in behind)
    none = dict.fromkeys((column.name for column in item.columns), "0" if ticked and not stray else OWN)
    return none if stray else none | {f"{item.id}.{choice}": "1" for choice in ticked}


def _points(instrument: Instrument, item: Item, cells: Cells) -> Row:
    """The rows of a matrix that a score adds up, from its points (`item01`, `item02`… in the frame)."""
    scores = (score.points for score in instrument.scores if score.matrix == item.id)
    codes = {points: code for score in scores for code, points in score.items()}
    named = {f"item{number:02d}": column.name for number, column in enumerate(item.columns, start=1)}
    return {column: codes[cells[name]] for name, column in named.items() if name in cells and codes}
