"""A table of texts, column by column, each different text kept once.

A hundred thousand answers repeat a few texts, and what follows looks at each text once (`Column`). Rows are gathered
in chunks, sorted into ragged, empty and good ones (`Rows`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, islice
from typing import Any

import numpy as np

from relecture.answers.tables.faults import Fault

Record = tuple[Sequence[str], int]  # the cells of a line, and its number in the file
_CHUNK = 500  # rows whose cells are gathered at a time, while the processor still holds them


@dataclass(frozen=True)
class Column:
    """One column: the different texts, and for each row the rank of its text."""

    texts: tuple[str, ...]
    ranks: np.ndarray

    def at(self, rows: np.ndarray) -> list[str]:
        """The texts of these rows (positions or mask)."""
        return [self.texts[rank] for rank in self.ranks[rows]]

    def where(self, says: Callable[[str], bool]) -> np.ndarray:
        """The rows whose text is such (mask); each text is looked at once."""
        return np.array([says(text) for text in self.texts], dtype=bool)[self.ranks]


@dataclass(frozen=True)
class Table:
    """Headers and columns, the line of the file where each row begins, and how it was written.

    `kind`: of the file (csv, xlsx…); `encoding` and `delimiter`: empty where the kind has none; `empty`: lines without
    any cell filled, left aside; `notes`: what a person is told of how it was read.
    """

    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: np.ndarray
    kind: str
    encoding: str = ""
    delimiter: str = ""
    empty: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def only(self, rows: np.ndarray) -> Table:
        """The same table with some of its rows (mask)."""
        columns = tuple(replace(column, ranks=column.ranks[rows]) for column in self.columns)
        return replace(self, columns=columns, lines=self.lines[rows])

    def unnumbered(self) -> Table:
        """The same table without a first column that R or pandas adds: 1, 2, 3… or 0, 1, 2… under no title."""
        if len(self.headers) < 2 or self.headers[0] not in ("", "Unnamed: 0") or not len(self.lines):
            return self
        texts = self.columns[0].at(np.arange(len(self.lines)))
        if texts not in ([str(start + row) for row in range(len(texts))] for start in (0, 1)):
            return self
        return replace(self, headers=self.headers[1:], columns=self.columns[1:])

    def untitled(self) -> str:
        """What is said of columns with cells and no title, empty when there is none."""
        blank = self.blank()
        places = [place + 1 for place, header in enumerate(self.headers) if not header and place not in blank]
        if len(places) < 2:
            return f"la colonne n° {places[0]} n'a pas de titre" if places else ""
        few = ", ".join(map(str, places[:3])) + "…" * (len(places) > 3)
        return f"{len(places)} colonnes (n° {few}) n'ont pas de titre"

    def blank(self, empty: Collection[str] = ("",)) -> frozenset[int]:
        """The places of the columns without a cell but these."""
        return frozenset(place for place, one in enumerate(self.columns) if {*map(str.strip, one.texts)} <= {*empty})


class UnreadableFile(Exception):
    """The file cannot be read any further; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(*map(str, faults))


class Rows:
    """Rows below these headers read so far, column by column, and the faults of their lines."""

    def __init__(self, headers: tuple[str, ...]) -> None:
        self.headers = headers
        self.needed = max((place for place, header in enumerate(headers, start=1) if header), default=0)
        self.seen: list[dict[str, int]] = [defaultdict(count().__next__) for _ in headers]  # new text, new rank
        self.ranks = [array("i") for _ in headers]
        self.lines, self.empty, self.faults = array("q"), [], []

    def add(self, records: Iterable[Record]) -> None:
        """Gather records: the cells of each, and the line where it begins."""
        records = iter(records)
        while chunk := list(islice(records, _CHUNK)):
            self._add(list(self._good(chunk)))

    def _good(self, chunk: list[Record]) -> Iterator[Record]:
        """The records of a chunk that are rows; ragged and empty ones are noted.

        Cells without a character are no matter at the end of a line that is longer than the headers, nor their want
        where headers are empty: a spreadsheet adds them.
        """
        width = len(self.headers)
        for cells, line in chunk:
            if not any(map(str.strip, cells)):
                self.empty.append(line)
            elif len(cells) == width:
                yield cells, line
            elif len(cells) >= self.needed and not "".join(cells[width:]).strip():
                yield [*cells[:width], *[""] * (width - len(cells))], line
            else:
                cut = f"{len(cells)} cellule{'s' * (len(cells) > 1)} au lieu de {width}"
                self.faults.append(Fault(line, "", "", cut))

    def _add(self, rows: list[Record]) -> None:
        self.lines.extend(line for _, line in rows)
        columns = zip(*(cells for cells, _ in rows), strict=True) if rows else [()] * len(self.seen)
        for seen, ranks, column in zip(self.seen, self.ranks, columns, strict=True):
            ranks.fromlist(list(map(seen.__getitem__, column)))

    def table(self, kind: str, encoding: str = "", delimiter: str = "") -> Table:
        """The rows as a table."""
        columns = (Column(tuple(s), np.array(r, dtype=np.int32)) for s, r in zip(self.seen, self.ranks, strict=True))
        lines = np.array(self.lines, dtype=np.int64)
        return Table(self.headers, tuple(columns), lines, kind, encoding, delimiter, tuple(self.empty))


def cell_text(value: Any) -> str:
    """A value as a person would write it: 41 and not 41.0, days and times in ISO 8601, nothing for None or NaN.

    >>> [cell_text(value) for value in (41.0, 33.5, True, None, "a\\r\\nb")]
    ['41', '33.5', 'true', '', 'a\\nb']
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return str(int(value)) if float(value).is_integer() else f"{value:.15g}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
