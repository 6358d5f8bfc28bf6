"""The line of titles among the first of a table, and the records below it that are answers.

A person writes a title above the headers; a tool writes two lines of headers (LimeSurvey VV: texts, then codes), tags
below them (HXL, the ImportId of Qualtrics), or the headers again where exports were put one after the other. `known`
counts how many of some texts are titles of the questionnaire: the headers are the line that has most of them, or the
one just below when it has half as many; without it, or when no line has any, the first line with a cell filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, dropwhile, islice

from relecture.answers.tables.faults import Fault
from relecture.answers.tables.table import Record, Rows, Table, UnreadableFile

Known = Callable[[Sequence[str]], int]
FIRST = 30  # records among which the headers are looked for
EMPTY = Fault(0, "", "", "vide : une ligne de titres puis une ligne par réponse sont attendues")
_TAG = re.compile(r'#[A-Za-z]\w*(?:\s*\+\w+)*|\{"ImportId":.*\}')


def header_line(lines: Sequence[Sequence[str]], known: Known | None = None) -> int | None:
    """Which of these lines, from 0, holds the titles; None when no cell is filled.

    >>> header_line([["Enquête", ""], ["", ""], ["âge", "ville"], ["41", "Pau"]], lambda cells: cells.count("âge"))
    2
    """
    counts = {place: known(cells) if known else 0 for place, cells in enumerate(lines) if any(map(str.strip, cells))}
    best = max(counts, key=lambda place: counts[place], default=None)
    while best is not None and 0 < counts[best] <= 2 * counts.get(best + 1, 0):
        best += 1
    return best


def read_records(
    records: Iterator[Record],
    kind: str,
    known: Known | None = None,
    *,
    encoding: str = "",
    delimiter: str = "",
    broken: Sequence[Fault] = (),
) -> tuple[Table, list[Fault]]:
    """The table of these records and the faults of its lines; UnreadableFile without a line of titles.

    `broken`: faults that reading the records itself adds to.
    """
    first = list(islice(records, FIRST))
    place = header_line([cells for cells, _ in first], known)
    if place is None:
        raise UnreadableFile(*(broken or [EMPTY]))
    titles = first[place][0]
    below = dropwhile(lambda record: _tags(record[0]), chain(first[place + 1 :], records))
    rows = Rows(tuple(title.strip() for title in titles))
    rows.add(record for record in below if record[0] != titles)
    faults = [*rows.faults, *broken]
    if not rows.lines and not faults:
        faults.append(Fault(0, "", "", "aucune réponse sous la ligne de titres"))
    return rows.table(kind, encoding, delimiter).unnumbered(), faults


def _tags(cells: Sequence[str]) -> bool:
    """Whether a line below the headers only holds tags."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(map(_TAG.fullmatch, filled))
