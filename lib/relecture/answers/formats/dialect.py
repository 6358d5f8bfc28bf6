"""Headers and cells of the answers that a survey tool writes for an instrument.

A *dialect* tells, for one instrument, the header of each column, the cell of each choice, and what a tick looks like:
what the reader of answer files looks for. A multiple item has two forms: one column a choice, or one column that
holds the list of the codes chosen. An empty cell is an answer that was not given, or not asked: which of the two
follows from the skip logic. A missing code that the form offers as a choice is written as that choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
    header: Callable[[Column], str] = lambda column: column.name
    tick_header: Callable[[Item, str], str] = lambda item, code: f"{item.id}.{code}"
    code: Callable[[Item, str], str] = lambda item, code: code
    list_header: Callable[[Item], str] | None = None
    separator: str = " "
    tick_cells: tuple[str, str] = ("1", "0")
    service_headers: tuple[str, ...] = ()
    own: bool = False
