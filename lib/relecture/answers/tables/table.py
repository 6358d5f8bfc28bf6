"""A table of texts, column by column, each different text kept once.

A hundred thousand answers repeat a few texts, and what follows looks at each text once (`Column`). Rows are gathered
in chunks, sorted into ragged, empty and good ones (`Rows`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice

import numpy as np

from relecture.answers.tables.faults import Fault

_CHUNK = 5_000  # rows whose cells are gathered at a time


@dataclass(frozen=True)
class Column:
    """One column: the different texts, and for each row the rank of its text."""

    texts: tuple[str, ...]
    ranks: np.ndarray

    def at(self, rows: np.ndarray) -> list[str]:
        """The texts of these rows (positions or mask)."""
        return [self.texts[rank] for rank in self.ranks[rows]]


@dataclass(frozen=True)
class Table:
    """Headers and columns, the line of the file where each row begins, and how it was written.

    `kind`: of the file (csv, xlsx…); `encoding` and `delimiter`: empty where the kind has none; `empty`: lines without
    any cell filled, left aside.
    """

    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: np.ndarray
    kind: str
    encoding: str = ""
    delimiter: str = ""
    empty: tuple[int, ...] = ()


class UnreadableFile(Exception):
    """The file cannot be read any further; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(*map(str, faults))


class Rows:
    """Rows read so far, column by column, and the faults of their lines."""

    def __init__(self, width: int) -> None:
        self.seen: list[dict[str, int]] = [{} for _ in range(width)]
        self.ranks = [array("i") for _ in range(width)]
        self.lines, self.empty, self.faults = array("q"), [], []

    def add(self, records: Iterable[tuple[list[str], int]]) -> None:
        """Gather records: the cells of each, and the line where it begins."""
        records = iter(records)
        while chunk := list(islice(records, _CHUNK)):
            self._add(list(self._good(chunk)))

    def _good(self, chunk: list[tuple[list[str], int]]) -> Iterator[tuple[list[str], int]]:
        """The records of a chunk that are rows; ragged and empty ones are noted."""
        width = len(self.seen)
        for cells, line in chunk:
            if len(cells) != width:
                cut = f"{len(cells)} cellule{'s' * (len(cells) > 1)} au lieu de {width}"
                self.faults.append(Fault(line, "", "", cut))
            elif "".join(cells).strip():
                yield cells, line
            else:
                self.empty.append(line)

    def _add(self, rows: list[tuple[list[str], int]]) -> None:
        self.lines.extend(line for _, line in rows)
        columns = zip(*(cells for cells, _ in rows), strict=True) if rows else [()] * len(self.seen)
        for seen, ranks, column in zip(self.seen, self.ranks, columns, strict=True):
            new = [text for text in dict.fromkeys(column) if text not in seen]
            seen.update(zip(new, count(len(seen)), strict=False))
            ranks.extend(map(seen.__getitem__, column))

    def table(self, headers: tuple[str, ...], kind: str, encoding: str = "", delimiter: str = "") -> Table:
        """The rows as a table under these headers."""
        columns = (Column(tuple(s), np.array(r, dtype=np.int32)) for s, r in zip(self.seen, self.ranks, strict=True))
        lines = np.array(self.lines, dtype=np.int64)
        return Table(headers, tuple(columns), lines, kind, encoding, delimiter, tuple(self.empty))
