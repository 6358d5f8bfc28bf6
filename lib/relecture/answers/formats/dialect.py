"""Headers and cells of the answers that a survey tool writes for an instrument.

A *dialect* tells, for one instrument, the header of each column, the cell of each choice, and what a tick
looks like. The same tables write answers as the tool would export them (`as_exported`) and let an import
recognise them, so that they cannot drift. A multiple item has two forms: one column a choice (*split*), or
one column that holds the list of the codes chosen. An empty cell is an answer that was not given, or not
asked: which of the two follows from the skip logic. A missing code that the form offers as a choice is
written as that choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relecture.answers.questionnaire.missing import CODES

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from relecture.answers.questionnaire.instrument import Instrument
    from relecture.answers.questionnaire.items import Column, Item


@dataclass(frozen=True)
class Dialect:
    """What one tool writes for one instrument.

    `respondent`: header of the column that tells respondents apart. `header`: of a column. `tick_header`: header
    of one choice of a multiple item, missing ones included. `code`: cell of a choice of an item. `list_header`:
    header of a multiple item whose codes stand in one cell between `separator`, or None where the tool
    only writes the split form. `tick_cells`: cells of a tick and of an empty box. `service_headers`: headers that the
    tool adds, to be left aside; a star stands for any text. `own`: the files are ours, whose texts are guarded
    against spreadsheets.
    """

    instrument: Instrument
    respondent: str
    header: Callable[[Column], str]
    tick_header: Callable[[Item, str], str]
    code: Callable[[Item, str], str]
    list_header: Callable[[Item], str] | None = None
    separator: str = " "
    tick_cells: tuple[str, str] = ("1", "0")
    service_headers: tuple[str, ...] = ()
    writes_lists: bool = False
    own: bool = False


def as_exported(dialect: Dialect, frame: DataFrame) -> DataFrame:
    """The coded frame as the tool would export it: text cells, one row a respondent, his label first."""
    import pandas as pd

    parts = {dialect.respondent: frame.index.to_series().astype(str)}
    for item in dialect.instrument.items:
        if item.kind != "multiple":
            parts |= {dialect.header(column): _cells(dialect, column, frame) for column in item.columns}
        elif dialect.writes_lists and dialect.list_header:
            parts[dialect.list_header(item)] = _list(dialect, item, frame)
        else:
            parts |= _split(dialect, item, frame)
    return pd.DataFrame(parts, index=frame.index)


def _cells(dialect: Dialect, column: Column, frame: DataFrame) -> Series:
    """The cells of one column; missing codes are empty, unless the form offers them."""
    offered = {choice.id: dialect.code(column.item, choice.id) for choice in column.item.choices}
    empty = dict.fromkeys(CODES, "")
    return frame[column.name].replace(empty | offered)


def _split(dialect: Dialect, item: Item, frame: DataFrame) -> dict[str, Series]:
    """One column a choice; all empty when there is no answer."""
    yes, no = dialect.tick_cells
    ticks = {choice.id: _chosen(item, choice.id, frame) for choice in item.choices}
    answered = sum(ticks.values()) > 0
    return {
        dialect.tick_header(item, code): ticked.map({True: yes, False: no}).where(answered, "")
        for code, ticked in ticks.items()
    }


def _list(dialect: Dialect, item: Item, frame: DataFrame) -> Series:
    """The codes chosen, between separators."""
    ticks = {dialect.code(item, choice.id): _chosen(item, choice.id, frame) for choice in item.choices}
    rows = zip(*ticks.values(), strict=True)
    lists = [dialect.separator.join(code for code, on in zip(ticks, row, strict=True) if on) for row in rows]
    return frame.index.to_series().map(dict(zip(frame.index, lists, strict=True)))


def _chosen(item: Item, code: str, frame: DataFrame) -> Series:
    """Whether each respondent chose this; a missing choice stands in every column of its item."""
    if code in CODES:
        return frame[item.columns[0].name].eq(code)
    return frame[f"{item.id}.{code}"].eq("1")
