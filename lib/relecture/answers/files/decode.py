"""Coded columns of a table, read as one tool wrote it.

Each column of the table goes through the reader of its item (`cell_readers`), each multiple item through `marks` and
`multiple_choice`. What the tool writes for no answer is an empty cell; the signs that it adds to a text are taken off.
What cannot be read is a fault, `sans_reponse` in the coded column, and *doubtful*: nothing is concluded from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from pandas import DataFrame

from relecture.answers.files import cell_readers, marks, multiple_choice
from relecture.answers.files.headers import Layout
from relecture.answers.files.multiple_choice import Ticks
from relecture.answers.questionnaire.conditions import comparisons
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.labels import plain_label
from relecture.answers.questionnaire.missing import Missing
from relecture.answers.tables.faults import Fault, faults_at
from relecture.answers.tables.table import Table
from relecture.answers.tools.registry import Tool


@dataclass
class DecodedColumns:
    """Coded columns by name, where they are doubtful, the header that each came from, and the faults.

    `words`: whether the file calls questions and choices by their words.
    """

    columns: dict[str, np.ndarray] = field(default_factory=dict)
    doubtful: dict[str, np.ndarray] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    words: bool = False

    def add(self, columns: Mapping[str, np.ndarray], doubtful: np.ndarray, header: str) -> None:
        """Columns of one item that share a doubt and a header."""
        self.columns |= columns
        self.doubtful |= dict.fromkeys(columns, doubtful)
        self.headers |= dict.fromkeys(columns, header)

    def add_absent(self, names: list[str], source: SourceTable, header: str) -> None:
        """Columns that the file has not: no answer, and all doubtful when that is a fault."""
        empty = {name: np.full(source.rows, Missing.NO_ANSWER.value, dtype=object) for name in names}
        self.add(empty, np.full(source.rows, bool(source.layout.faults)), header)


@dataclass(frozen=True)
class SourceTable:
    """A table, how its columns are laid out, and the cells that a person says are empty."""

    table: Table
    layout: Layout
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return len(self.table.lines)

    def empty(self, item: Item, *, box: bool = False) -> Collection[str]:
        """Texts that are no answer, unless the form offers a choice of that name."""
        words = {*self.missing, *self.layout.tool.empty, *(self.layout.tool.empty_boxes if box else ())}
        offered = {plain_label(name) for choice in item.choices for name in (choice.id, choice.label)}
        return {word for word in words if plain_label(word) not in offered}

    def reader(self, item: Item) -> cell_readers.Reader:
        """Reads a cell that is no box."""
        if item.kind == "multiple":
            return self._typed(marks.list_reader(item, self.layout.dialect), self.empty(item))
        return self._typed(cell_readers.READERS[item.kind](item, self.layout.dialect), self.empty(item))

    def box_readers(self, item: Item) -> dict[str, cell_readers.Reader]:
        """A reader a box of a multiple item, by choice."""
        tool, places = self.layout.tool, self.layout.ticks(item)
        texts = {code: {text.strip() for text in self.table.columns[place].texts} for code, place in places.items()}
        ranks = [str(rank) for rank in range(1, len(item.choices) + 1)]
        others = dict(tool.boxes)
        if tool.ranks and any(seen & {*ranks[1:]} for seen in texts.values()):
            others |= dict.fromkeys(ranks, "1")
        empty, dialect = self.empty(item, box=True), self.layout.dialect
        return {
            choice.id: self._typed(marks.box_reader(item, choice, dialect, others, texts[choice.id]), empty)
            for choice in item.choices
            if choice.id in places
        }

    def _typed(self, reader: cell_readers.Reader, empty: Collection[str]) -> cell_readers.Reader:
        """The reader, given what the person typed."""
        return lambda text: reader("" if text.strip() in empty else typed(self.layout.tool, text))

    def answered(self, instrument: Instrument) -> np.ndarray:
        """The rows where a question has an answer, be it one that cannot be read; a box left is none."""
        found, places = np.zeros(self.rows, dtype=bool), self.layout.places
        for item in instrument.items:
            plain = [places.get(("column", column.name)) for column in item.columns] + [places.get(("list", item.id))]
            empty = {"", *self.empty(item)}
            for place in plain:
                if place is not None:
                    found |= self.table.columns[place].where(lambda text, empty=empty: text.strip() not in empty)
            for code, read in self.box_readers(item).items():
                found |= self.table.columns[self.layout.ticks(item)[code]].where(
                    lambda text, read=read: not _left(read, text)
                )
        return found


def _left(read: cell_readers.Reader, text: str) -> bool:
    """Whether a box is left."""
    try:
        return read(text) in ("", "0")
    except cell_readers.UnreadableCell:
        return False


def typed(tool: Tool, text: str) -> str:
    """The text that a person typed: without the apostrophe that a tool puts before a formula, nor its escapes."""
    for mark, sign in tool.escapes.items():
        text = text.replace(mark, sign) if "{" in text else text
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in tool.guard else text


def decode_columns(instrument: Instrument, source: SourceTable) -> DecodedColumns:
    """Every column of the instrument; one that the file has not is all doubtful."""
    decoded = DecodedColumns(faults=list(source.layout.faults), words=source.layout.dialect.words)
    for item in instrument.items:
        (_decode_multiple if item.kind == "multiple" else _decode_plain)(item, source, decoded)
    return decoded


def _decode_plain(item: Item, source: SourceTable, decoded: DecodedColumns) -> None:
    """The columns of an item that is not multiple."""
    table, layout, reader = source.table, source.layout, source.reader(item)
    for column in item.columns:
        place = layout.places.get(("column", column.name))
        if place is None:
            decoded.add_absent([column.name], source, layout.dialect.header(column))
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


def _decode_multiple(item: Item, source: SourceTable, decoded: DecodedColumns) -> None:
    """The columns of a multiple item, from a list, from boxes, or from both when they agree."""
    table, place, boxes = source.table, source.layout.places.get(("list", item.id)), source.layout.ticks(item)
    if place is None and not boxes:
        decoded.add_absent([column.name for column in item.columns], source, item.id)
        return
    header = table.headers[min(boxes.values()) if place is None else place]
    forms = [_list(item, place, source, decoded)] if place is not None else []
    forms += [_boxes(item, boxes, source, decoded)] if boxes else []
    doubtful, ticks = np.any([unread for _, unread in forms], axis=0), forms[0][0]
    if len(forms) == 2:
        decoded.faults += _disagreements(ticks, forms[1][0], boxes, table.lines, doubtful, header)
    decoded.faults += multiple_choice.impossible_ticks(
        item, ticks, table.lines, header, ~doubtful, _names(item, decoded)
    )
    decoded.add(multiple_choice.coded_cells(item, ticks), doubtful, header)


def _list(item: Item, place: int, source: SourceTable, decoded: DecodedColumns) -> tuple[Ticks, np.ndarray]:
    codes, unread = _read(source.table, place, source.reader(item), decoded)
    return multiple_choice.ticks_from_lists(item, codes, source.table.columns[place].ranks), unread


def _boxes(
    item: Item, boxes: Mapping[str, int], source: SourceTable, decoded: DecodedColumns
) -> tuple[Ticks, np.ndarray]:
    """One column a choice; doubtful where a box cannot be read, or where a missing code is not in them all."""
    table, readers = source.table, source.box_readers(item)
    read = {code: _read(table, place, readers[code], decoded) for code, place in boxes.items()}
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


def contradictions(
    instrument: Instrument, wrong: DataFrame, decoded: DecodedColumns, lines: np.ndarray
) -> Iterator[Fault]:
    """Answers to what was not asked, and `non_pose` where it was; one a row for all the ticks of an item."""
    doubts = _doubts(instrument, decoded, len(lines))
    items = wrong["column"].map({name: column.item.id for name, column in instrument.columns.items()})
    sure = np.array([not doubts[item][row] for item, row in zip(items, wrong["row"], strict=True)], dtype=bool)
    wrong = wrong.assign(item=items, header=wrong["column"].map(decoded.headers))[sure]
    for (item, header, asked), part in wrong.groupby(["item", "header", "asked"], sort=False):
        cells = part.drop_duplicates("row")
        leaves = comparisons(instrument[item].relevant)
        reads = dict.fromkeys(f"« {decoded.headers[one.column] if decoded.words else one.target} »" for one in leaves)
        state, allowed = ("est posée", "réponse ou vide") if asked else ("n'est pas posée", "vide")
        what = f": la question {state} à ce répondant, d'après {' et '.join(reads) or 'le formulaire'}"
        values = cells["value"].replace(_names(instrument[item], decoded))
        yield from faults_at(lines[cells["row"]], header, ((value, what, (allowed,)) for value in values))


def _names(item: Item, decoded: DecodedColumns) -> dict[str, str]:
    """The words of each choice, where the file has words and not codes."""
    return {choice.id: choice.label for choice in item.choices} if decoded.words else {}


def _doubts(instrument: Instrument, decoded: DecodedColumns, rows: int) -> Mapping[str, np.ndarray]:
    """For each item, the rows where a fault leaves open whether it was asked."""
    doubts: dict[str, np.ndarray] = {}
    for item in instrument.items:
        doubts[item.id] = np.zeros(rows, dtype=bool)
        for leaf in comparisons(item.relevant):
            doubts[item.id] |= decoded.doubtful[leaf.column] | doubts[leaf.target.partition(".")[0]]
    return doubts
