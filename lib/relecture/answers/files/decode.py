"""Which coded columns does a table hold, read in one format?

Each column of the table goes through the reader of its item (`cells`), each multiple item through `ticking`.
What cannot be read is a fault, `sans_reponse` in the coded column, and *doubtful*: nothing is concluded from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relecture.answers.files import cell_readers, multiple_choice
from relecture.answers.files.csv_table import CsvColumn, CsvTable
from relecture.answers.files.faults import Fault, faults_at
from relecture.answers.files.headers import Layout
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import Missing

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass
class DecodedColumns:
    """Coded columns by name, where they are doubtful, the header that each came from, and the faults."""

    columns: dict[str, ndarray] = field(default_factory=dict)
    doubtful: dict[str, ndarray] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def keep(self, names: Mapping[str, ndarray], doubtful: ndarray, header: str) -> None:
        """Columns of one item that share a doubt and a header."""
        self.columns |= names
        self.doubtful |= dict.fromkeys(names, doubtful)
        self.headers |= dict.fromkeys(names, header)


def decode_columns(instrument: Instrument, table: CsvTable, layout: Layout) -> DecodedColumns:
    """Every column of the instrument; one that the file has not is all doubtful."""
    made = DecodedColumns(faults=list(layout.faults))
    for item in instrument.items:
        (_multiple if item.kind == "multiple" else _plain)(item, table, layout, made)
    return made


def _plain(item: Item, table: CsvTable, layout: Layout, made: DecodedColumns) -> None:
    """The columns of an item that is not multiple."""
    import numpy as np

    reader = cell_readers.READERS[item.kind](item, layout.dialect)
    for column in item.columns:
        place = layout.places.get(("column", column.name))
        if place is None:
            _nothing([column.name], len(table.lines), layout.dialect.header(column), made)
            continue
        texts, wrong = _read(table, place, reader, made)
        found = np.array(texts, dtype=object)[table.columns[place].ranks]
        made.keep({column.name: found}, wrong, table.headers[place])


def _nothing(names: list[str], rows: int, header: str, made: DecodedColumns) -> None:
    import numpy as np

    empty = {name: np.full(rows, Missing.NO_ANSWER.value, dtype=object) for name in names}
    made.keep(empty, np.ones(rows, dtype=bool), header)


def _read(table: CsvTable, place: int, reader: cell_readers.Reader, made: DecodedColumns) -> tuple[list[str], ndarray]:
    """What each text of a column means, and the rows whose text means nothing."""
    import numpy as np

    column, meant, wrong = table.columns[place], [], {}
    for rank, text in enumerate(column.texts):
        try:
            meant.append(reader(text))
        except cell_readers.UnreadableCell as error:
            meant.append(Missing.NO_ANSWER.value)
            wrong[rank] = error
    bad = np.isin(column.ranks, list(wrong))
    rows = np.flatnonzero(bad)
    made.faults += faults_at(table.lines[rows], table.headers[place], _told(column, rows, wrong))
    return meant, bad


def _told(
    column: CsvColumn, rows: ndarray, wrong: Mapping[int, cell_readers.UnreadableCell]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for rank in column.ranks[rows]:
        yield column.texts[rank], wrong[rank].what, wrong[rank].allowed


def _multiple(item: Item, table: CsvTable, layout: Layout, made: DecodedColumns) -> None:
    """The columns of a multiple item, from a list, from boxes, or from both when they agree."""
    import numpy as np

    list_, boxes = layout.places.get(("list", item.id)), layout.ticks(item)
    if list_ is None and not boxes:
        _nothing([column.name for column in item.columns], len(table.lines), item.id, made)
        return
    doubt, forms = np.zeros(len(table.lines), dtype=bool), []
    header = table.headers[list_ if list_ is not None else min(boxes.values())]
    if list_ is not None:
        texts, wrong = _read(table, list_, cell_readers.list_reader(item, layout.dialect), made)
        forms.append(multiple_choice.ticks_from_lists(item, texts, table.columns[list_].ranks))
        doubt |= wrong
    if boxes:
        ticks, wrong = _boxes(item, table, layout, made)
        forms.append(ticks)
        doubt |= wrong
    made.faults += _disagreements(item, forms, boxes, table.lines, doubt, header)
    made.faults += multiple_choice.impossible_ticks(item, forms[0], table.lines, header, ~doubt)
    made.keep(multiple_choice.coded_cells(item, forms[0]), doubt, header)


def _boxes(item: Item, table: CsvTable, layout: Layout, made: DecodedColumns) -> tuple[multiple_choice.Ticks, ndarray]:
    """One column a choice; doubtful where a box cannot be read, or where a missing code is not in them all."""
    import numpy as np

    doubt, read = np.zeros(len(table.lines), dtype=bool), {}
    for code, place in layout.ticks(item).items():
        texts, wrong = _read(table, place, cell_readers.tick_reader(item, layout.dialect), made)
        read[code] = (texts, table.columns[place].ranks)
        doubt |= wrong
    ticks, broken = multiple_choice.ticks_from_boxes(item, read)
    rows = np.flatnonzero(broken & ~doubt)
    header = table.headers[min(layout.ticks(item).values())]
    what = ": un code d'absence de réponse vaut pour toutes les cases de la question"
    made.faults += faults_at(table.lines[rows], header, ((item.id, what, ()) for _ in rows))
    return ticks, doubt | broken


def _disagreements(
    item: Item,
    forms: list[multiple_choice.Ticks],
    boxes: Mapping[str, int],
    lines: ndarray,
    doubt: ndarray,
    header: str,
) -> Iterator[Fault]:
    """Lists and boxes that do not tell the same."""
    import numpy as np

    if len(forms) < 2:
        return
    one, other = forms
    differ = np.any([one.chosen[code] != other.chosen[code] for code in boxes], axis=0) & ~doubt
    rows = np.flatnonzero(differ)
    what = "ne dit pas la même chose que les cases de la question"
    yield from faults_at(
        lines[rows], header, ((value, what, ()) for value in multiple_choice.ticked_codes(item, one, rows))
    )
