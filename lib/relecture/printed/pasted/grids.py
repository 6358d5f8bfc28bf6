"""Tables of a file as grids of cells: CSV or text, Excel, Word, HTML; every table of the file.

A cell that is merged across columns stands in each of them; merged down, in its first row only, as an author leaves
the cells below empty. The first cell of a row keeps its indent. Superscripts, which are marks of notes, are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relecture.core import encodings
from relecture.core.errors import InputError
from relecture.core.files import REASONS

_DELIMITERS = "\t;,|"
_MOST = 20_000  # cells of a table
_WIDEST = 100  # columns
OTHERWISE = "pour des réponses, une ligne par personne : relecture validate ÉTUDE FICHIER"
_FORMAT = re.compile(r"0(?:\.(0+))?(%?)")  # of a number in Excel: its decimals, and whether it is a percentage
Record = tuple[int, Sequence[str]]  # line or rank in the file, cells


@dataclass(frozen=True)
class Grid:
    """One table: where it stands, its rows, all of one length, and the line of the file of each."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read(path: Path) -> list[Grid]:
    """The tables of a file that have two rows and two columns at least; InputError when it has none.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "tableau.csv")
    >>> _ = path.write_text(";n = 21\\nFemmes;13 (61,9)\\n", encoding="utf-8")
    >>> read(path)[0].rows
    (('', 'n = 21'), ('Femmes', '13 (61,9)'))
    """
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        known = f"un tableau se lit en {', '.join(FORMATS)}"
        raise InputError([f"« {path.name} » : {known} ; copiez-le dans un tableur, et enregistrez-le ainsi"])
    try:
        raw = path.read_bytes()
        tables = [_grid(f"{path.name}{place}", records) for place, records in reader(raw, path.name)]
    except InputError:
        raise
    except Exception as error:  # whatever a reader of Office files makes of a broken one
        why = REASONS.get(getattr(error, "errno", None), f"ce n'est pas un fichier {path.suffix}, ou il est abîmé")
        raise InputError([f"{path.name} : ne peut pas être lu ({why})"]) from error
    if not (found := [grid for grid in tables if len(grid.rows) > 1 and len(grid.rows[0]) > 1]):
        raise InputError([f"{path.name} : aucun tableau d'au moins deux lignes et deux colonnes"])
    return found


def _grid(name: str, records: Iterable[Record]) -> Grid:
    """Rows that are not empty, as wide as the widest, without the columns that are empty."""
    rows = [(line, _row(cells)) for line, cells in records]
    rows = [(line, cells) for line, cells in rows if any(cells)]
    width = max((len(cells) for _, cells in rows), default=0)
    if width > _WIDEST or width * len(rows) > _MOST:
        raise InputError([f"{name} : trop grand pour un tableau de résultats ; {OTHERWISE}"])
    padded = [cells + [""] * (width - len(cells)) for _, cells in rows]
    kept = [column for column in zip(*padded, strict=True) if any(column)]
    return Grid(name, tuple(zip(*kept, strict=True)), tuple(line for line, _ in rows))


def _row(cells: Sequence[str]) -> list[str]:
    first, *rest = [" ".join(cell.split()) for cell in cells] or [""]
    if rest and set(rest) == {first}:  # one cell merged across the table
        rest = [""] * len(rest)
    indent = len(cells[0]) - len(cells[0].lstrip()) if first else 0
    return [" " * indent + first, *rest]


def _delimited(raw: bytes, name: str) -> Iterator[tuple[str, list[Record]]]:
    text = re.sub(r"\Asep=.\n", "", encodings.decoded(raw, name).text)
    yield "", max((_records(text, sign, name) for sign in _DELIMITERS), key=_regular)


def _records(text: str, delimiter: str, name: str) -> list[Record]:
    reader, start, records = csv.reader(io.StringIO(text), delimiter=delimiter), 1, []
    try:
        for cells in reader:
            records.append((start, _joined(cells, delimiter)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError([f"{name}, ligne {start} : écriture CSV incorrecte (guillemet mal fermé ?)"]) from error
    return records


def _joined(cells: Sequence[str], delimiter: str) -> list[str]:
    """Cells, the two parts of an interval that the delimiter cuts put together: « 2,02 [1,08 » and « 3,80] »."""
    joined: list[str] = []
    for cell in cells:
        if joined and re.search(r"[\[(][^])[(]*$", joined[-1]) and re.match(r"[^[(]*[])]", cell):
            joined[-1] += delimiter + cell
        else:
            joined.append(cell)
    return joined


def _regular(records: list[Record]) -> int:
    """How many rows have the commonest number of cells, if it is two or more."""
    widths = Counter(len(cells) for _, cells in records if len(cells) > 1)
    return max(widths.values(), default=0)


def _excel(raw: bytes, name: str) -> Iterator[tuple[str, list[Record]]]:
    from openpyxl import load_workbook

    for sheet in load_workbook(io.BytesIO(raw), data_only=True).worksheets:
        if sheet.max_column > _WIDEST or sheet.max_row * sheet.max_column > _MOST:
            raise InputError(
                [f"{name}, feuille « {sheet.title} » : trop grande pour un tableau de résultats ; {OTHERWISE}"]
            )
        rows = [[_as_shown(cell) for cell in row] for row in sheet.iter_rows()]
        for area in sheet.merged_cells.ranges:
            rows[area.min_row - 1][area.min_col - 1 : area.max_col] = [rows[area.min_row - 1][area.min_col - 1]] * (
                area.max_col - area.min_col + 1
            )
        yield f", feuille « {sheet.title} »", list(enumerate(rows, 1))


def _as_shown(cell: Any) -> str:
    """A cell of Excel as the sheet shows it: with the decimals of its format."""
    value, form = cell.value, _FORMAT.fullmatch(str(cell.number_format))
    indent = "  " * int(cell.alignment.indent or 0) if cell.alignment else ""
    if isinstance(value, int | float) and not isinstance(value, bool) and form:
        return f"{value:.{len(form[1] or '')}{form[2] or 'f'}}"
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else f"{indent}{value}"


def _word(raw: bytes, name: str) -> Iterator[tuple[str, list[Record]]]:
    from docx import Document

    for rank, table in enumerate(Document(io.BytesIO(raw)).tables, 1):
        above: set = set()  # cells that began in a row above
        records = []
        for line, row in enumerate(table.rows, 1):
            records.append((line, ["" if cell._tc in above else _runs(cell) for cell in row.cells]))
            above |= {cell._tc for cell in row.cells}
        yield f", tableau {rank}", records


def _runs(cell: Any) -> str:
    """Text of a cell of Word, without what is in superscript, after the indent of its paragraph."""
    texts = ["".join(run.text for run in each.runs if not run.font.superscript) for each in cell.paragraphs]
    return ("  " if cell.paragraphs[0].paragraph_format.left_indent else "") + " ".join(texts)


def _html(raw: bytes, name: str) -> Iterator[tuple[str, list[Record]]]:
    from lxml import html

    text = re.sub(r"<\?xml[^>]*>", "", encodings.decoded(raw, name).text)
    tables = html.document_fromstring(text).iter("table")
    for rank, table in enumerate((each for each in tables if each.find(".//table") is None), 1):
        spans: dict[int, int] = {}  # columns that a cell above still fills, for so many rows
        yield f", tableau {rank}", [(line, _cells(row, spans)) for line, row in enumerate(table.iter("tr"), 1)]


def _cells(row: Any, spans: dict[int, int]) -> list[str]:
    """Cells of a row of HTML, each in every column that it fills."""
    cells: dict[int, str] = {column: "" for column, left in spans.items() if left}
    spans.update({column: left - 1 for column, left in spans.items() if left})
    for cell in row.iterchildren("td", "th"):
        for _ in range(_span(cell, "colspan")):
            column = next(rank for rank in range(len(cells) + 1) if rank not in cells)
            cells[column], spans[column] = _words(cell), _span(cell, "rowspan") - 1
    return [cells[column] for column in sorted(cells)]


def _span(cell: Any, name: str) -> int:
    written = str(cell.get(name, "1")).strip()
    return min(max(int(written), 1), _WIDEST) if written.isdecimal() else 1


def _words(cell: Any) -> str:
    """Text of a cell of HTML as a browser runs it together; spaces that do not break are an indent."""
    for line in cell.iter("br"):
        line.tail = f" {line.tail or ''}"
    texts = cell.xpath(".//text()[not(ancestor::sup)]" if cell.tag == "td" else ".//text()")
    return re.sub(r"[ \t\r\n]+", " ", "".join(texts)).strip(" ")


FORMATS: dict[str, Callable[[bytes, str], Iterator[tuple[str, list[Record]]]]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), _delimited),
    **dict.fromkeys((".xlsx", ".xlsm"), _excel),
    ".docx": _word,
    **dict.fromkeys((".html", ".htm"), _html),
}
