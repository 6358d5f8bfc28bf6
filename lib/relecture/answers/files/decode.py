"""Coded columns of a table, read in one format.

Each column of the table goes through the reader of its item (`cell_readers`), each multiple item through
`multiple_choice`. What cannot be read is a fault, `sans_reponse` in the coded column, and *doubtful*: nothing is
concluded from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from relecture.answers.files import cell_readers, multiple_choice
from relecture.answers.files.headers import Layout
from relecture.answers.files.multiple_choice import Ticks
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import Missing
from relecture.answers.tables.faults import Fault, faults_at
from relecture.answers.tables.table import Table


@dataclass
class DecodedColumns:
    """Coded columns by name, where they are doubtful, the header that each came from, and the faults."""

    columns: dict[str, np.ndarray] = field(default_factory=dict)
    doubtful: dict[str, np.ndarray] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, columns: Mapping[str, np.ndarray], doubtful: np.ndarray, header: str) -> None:
        """Columns of one item that share a doubt and a header."""
        self.columns |= columns
        self.doubtful |= dict.fromkeys(columns, doubtful)
        self.headers |= dict.fromkeys(columns, header)

    def add_absent(self, names: list[str], rows: int, header: str) -> None:
        """Columns that the file has not: no answer, and all doubtful."""
        empty = {name: np.full(rows, Missing.NO_ANSWER.value, dtype=object) for name in names}
        self.add(empty, np.ones(rows, dtype=bool), header)


def decode_columns(instrument: Instrument, table: Table, layout: Layout) -> DecodedColumns:
    """Every column of the instrument; one that the file has not is all doubtful."""
    decoded = DecodedColumns(faults=list(layout.faults))
    for item in instrument.items:
        (_decode_multiple if item.kind == "multiple" else _decode_plain)(item, table, layout, decoded)
    return decoded


def _decode_plain(item: Item, table: Table, layout: Layout, decoded: DecodedColumns) -> None:
    """The columns of an item that is not multiple."""
    reader = cell_readers.READERS[item.kind](item, layout.dialect)
    for column in item.columns:
        place = layout.places.get(("column", column.name))
        if place is None:
            decoded.add_absent([column.name], len(table.lines), layout.dialect.header(column))
            continue
        codes, unread = _read(table, place, reader, decoded)
        cells = np.array(codes, dtype=object)[table.columns[place].ranks]
        decoded.add({column.name: cells}, unread, table.headers[place])


def _read(
    table: Table, place: int, reader: cell_readers.Reader, decoded: DecodedColumns
) -> tuple[list[str], np.ndarray]:
    """What each text of a column means, and the rows whose text means nothing."""
    column, codes, errors = table.columns[place], [], {}
    for rank, text in enumerate(column.texts):
        try:
            codes.append(reader(text))
        except cell_readers.UnreadableCell as error:
            codes.append(Missing.NO_ANSWER.value)
            errors[rank] = (text, error.what, error.allowed)
    unread = np.isin(column.ranks, list(errors))
    rows = np.flatnonzero(unread)
    decoded.faults += faults_at(table.lines[rows], table.headers[place], (errors[rank] for rank in column.ranks[rows]))
    return codes, unread


def _decode_multiple(item: Item, table: Table, layout: Layout, decoded: DecodedColumns) -> None:
    """The columns of a multiple item, from a list, from boxes, or from both when they agree."""
    place, boxes = layout.places.get(("list", item.id)), layout.ticks(item)
    if place is None and not boxes:
        decoded.add_absent([column.name for column in item.columns], len(table.lines), item.id)
        return
    header = table.headers[min(boxes.values()) if place is None else place]
    forms = [_list(item, place, table, layout, decoded)] if place is not None else []
    forms += [_boxes(item, boxes, table, layout, decoded)] if boxes else []
    doubtful, ticks = np.any([unread for _, unread in forms], axis=0), forms[0][0]
    if len(forms) == 2:
        decoded.faults += _disagreements(ticks, forms[1][0], boxes, table.lines, doubtful, header)
    decoded.faults += multiple_choice.impossible_ticks(item, ticks, table.lines, header, ~doubtful)
    decoded.add(multiple_choice.coded_cells(item, ticks), doubtful, header)


def _list(item: Item, place: int, table: Table, layout: Layout, decoded: DecodedColumns) -> tuple[Ticks, np.ndarray]:
    codes, unread = _read(table, place, cell_readers.list_reader(item, layout.dialect), decoded)
    return multiple_choice.ticks_from_lists(item, codes, table.columns[place].ranks), unread


def _boxes(
    item: Item, boxes: Mapping[str, int], table: Table, layout: Layout, decoded: DecodedColumns
) -> tuple[Ticks, np.ndarray]:
    """One column a choice; doubtful where a box cannot be read, or where a missing code is not in them all."""
    reader = cell_readers.tick_reader(item, layout.dialect)
    read = {code: _read(table, place, reader, decoded) for code, place in boxes.items()}
    doubtful = np.any([unread for _, unread in read.values()], axis=0)
    cells = {code: (texts, table.columns[boxes[code]].ranks) for code, (texts, _) in read.items()}
    ticks, broken = multiple_choice.ticks_from_boxes(item, cells)
    rows = np.flatnonzero(broken & ~doubtful)
    what = ": un code d'absence de réponse vaut pour toutes les cases de la question"
    decoded.faults += faults_at(
        table.lines[rows], table.headers[min(boxes.values())], ((item.id, what, ()) for _ in rows)
    )
    return ticks, doubtful | broken


def _disagreements(
    listed: Ticks, boxed: Ticks, codes: Iterable[str], lines: np.ndarray, doubtful: np.ndarray, header: str
) -> Iterator[Fault]:
    """Lists and boxes that do not tell the same."""
    differ = np.any([listed.chosen[code] != boxed.chosen[code] for code in codes], axis=0)
    rows = np.flatnonzero(differ & ~doubtful)
    what = "ne dit pas la même chose que les cases de la question"
    yield from faults_at(
        lines[rows], header, ((ticked, what, ()) for ticked in multiple_choice.ticked_codes(listed, rows))
    )
