"""A sheet of a workbook (.xlsx, .ods) read as a table of texts.

Without a choice, the sheet is the one in sight that holds most titles of the questionnaire, else the first in sight
that holds anything; where two hold about as many, the person chooses. Refused: a cell of an answer in error, of no
type, or merged with others, which would pass for an empty one, and cells so far apart that the rectangle between them
does not fit in memory. A formula is read as the value that was saved with it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import islice
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from relecture.answers.tables.faults import MOST, Fault
from relecture.answers.tables.header_line import FIRST, Known, header_line, read_records
from relecture.answers.tables.table import Record, Table, UnreadableFile, cell_text

LARGEST = 30_000_000  # cells of a sheet
_CONTENT = "content.xml"
BOOKS = {"xl/workbook.xml": "xlsx", _CONTENT: "ods"}
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAMAGED = Fault(0, "", "", "ce classeur est abîmé ou protégé par un mot de passe")
_TOO_FAR = "une cellule remplie très loin du tableau ; l'effacer, puis enregistrer"
_ERROR = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*?\bt="e"[^>]*>.{0,2000}?<v>([^<]*)</v>', re.DOTALL)
_WRONG = ": la cellule est en erreur ; la corriger, ou la vider"
_TAGS = {"table:table-row", "table:table-cell", "table:covered-table-cell"}
_VALUES = {f"office:{kind}value" for kind in ("", "boolean-", "date-", "string-", "time-")}
_COUNTS = {f"table:number-{what}" for what in ("columns-repeated", "columns-spanned", "rows-repeated", "rows-spanned")}
_NAMES = {  # what a row or a cell may have, in OpenDocument 1.3
    *_VALUES, *_COUNTS, "office:currency", "office:value-type", "table:content-validation-name",
    "table:default-cell-style-name", "table:formula", "table:number-matrix-columns-spanned",
    "table:number-matrix-rows-spanned", "table:protect", "table:protected", "table:style-name", "table:visibility",
}  # fmt: skip
Range = tuple[tuple[int, int], tuple[int, int]]  # row and column of a first and of a last cell, from 0


def kind_of(names: list[str]) -> str:
    """Which workbook an archive with files of these names is, empty for none."""
    return next((kind for name, kind in BOOKS.items() if name in names), "")


def read_table(raw: bytes, *, sheet: str = "", known: Known | None = None) -> tuple[Table, list[Fault]]:
    """The table of a sheet (its name, or its number from 1) and the faults of its lines; raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            kind = kind_of(archive.namelist())
            contents = (_OpenDocument if kind == "ods" else _Xlsx)(archive)
            name = _chosen(book, sheet, known, contents)
            wrong, chosen = contents.errors(name), _sheet(book, name, contents)
            table, faults = read_records(_records(chosen), kind, known)
            wrong += _merged(contents.merged(chosen), table)
    except (CalamineError, zipfile.BadZipFile, SyntaxError, expat.ExpatError, KeyError, OSError, ValueError) as error:
        raise UnreadableFile(_DAMAGED) from error
    notes = (f"feuille lue : « {name} »",) if len(book.sheet_names) > 1 else ()
    return replace(table, notes=notes), [*faults, *wrong]


class _Xlsx:
    """What the XML of an .xlsx tells of each sheet before it is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        from lxml import etree

        self.archive = archive
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        targets = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
        paths = {target.get("Id"): posixpath.join("/xl", target.get("Target", "")) for target in targets}
        sheets = etree.fromstring(archive.read("xl/workbook.xml"), parser).iter("{*}sheet")
        self.paths = {sheet.get("name"): posixpath.normpath(paths[sheet.get(_ID)])[1:] for sheet in sheets}

    def too_far(self, name: str) -> bool:
        """Whether the rectangle of filled cells is larger than LARGEST."""
        xml = self.archive.read(self.paths[name])
        last = xml.rfind(b"<row ", 0, max(xml.rfind(b"</v>"), xml.rfind(b"</t>"), 0))
        row = re.match(rb'<row\b[^>]*?\br="([0-9]+)"', xml[last : last + 1000]) if last >= 0 else None
        fit = LARGEST // max(int(row[1]) if row else 1, 1)  # columns that fit, for so many rows
        suspect = b"[A-Z]{3}" if fit > 702 else b"[A-Z]{3}|[%c-Z][A-Z]" % (64 + max(fit // 26, 1))
        columns = set(re.findall(rb'<c\b[^>]*?\br="(%s)[0-9]+"[^>]*(?<!/)>' % suspect, xml))
        return any(reduce(lambda number, sign: 26 * number + sign - 64, column, 0) > fit for column in columns)

    def errors(self, name: str) -> list[Fault]:
        """The cells in error; raises ExpatError for XML that is broken: calamine would read two cells as one."""
        texts = "xl/sharedStrings.xml"
        for part in [self.paths[name], *([texts] if texts in self.archive.namelist() else [])]:
            with self.archive.open(part) as xml:
                expat.ParserCreate().ParseFile(xml)
        xml = self.archive.read(self.paths[name])
        found = islice(_ERROR.finditer(xml), MOST) if b't="e"' in xml else ()
        places = (one.groups() for one in found)
        return [Fault(int(row), column.decode(), text.decode(errors="replace"), _WRONG) for column, row, text in places]

    def merged(self, sheet: CalamineSheet) -> Sequence[Range]:
        """First and last cell of each range of cells merged into one."""
        return sheet.merged_cell_ranges or ()


class _OpenDocument:
    """The same of an .ods, at once. ValueError for what would be read as an empty cell, or elsewhere."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.far: set[str] = set()
        self.wrong: dict[str, list[Fault]] = defaultdict(list)
        self.ranges: dict[str, list[Range]] = defaultdict(list)
        self.path: list[str] = []  # elements that are open
        self.typed = True  # but within a cell of no type
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        with archive.open(_CONTENT) as xml:
            parser.ParseFile(xml)

    def too_far(self, name: str) -> bool:
        return name in self.far

    def errors(self, name: str) -> list[Fault]:
        return self.wrong[name]

    def merged(self, sheet: CalamineSheet) -> Sequence[Range]:
        return self.ranges[sheet.name]

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        above = self.path[-1] if self.path else ""
        self.path.append(tag)
        if not above:
            self.prefixes = {"xml", *(name.removeprefix("xmlns:") for name in given)}
        elif tag == "table:table":
            self.sheet, self.row, self.height, self.gap = given["table:name"], 0, 0, False
        elif tag in _TAGS or above == "table:table-row":
            others = {name.partition(":")[0] for name in given.keys() - _NAMES}
            if tag not in _TAGS or not others <= self.prefixes - {"table", "office"}:
                raise ValueError(tag)
            (self._row if tag == "table:table-row" else self._cell)(given)

    def _row(self, given: Mapping[str, str]) -> None:
        self.row, self.column = self.row + self.height, 0
        self.height = int(given.get("table:number-rows-repeated", 1))
        self.gap |= self.height >= 10_000

    def _cell(self, given: Mapping[str, str]) -> None:
        width = int(given.get("table:number-columns-repeated", 1))
        down, right = (int(given.get(f"table:number-{way}-spanned", 1)) - 1 for way in ("rows", "columns"))
        if down or right:
            self.ranges[self.sheet].append(((self.row, self.column), (self.row + down, self.column + right)))
        if given.get("calcext:value-type") == "error":
            from openpyxl.utils import get_column_letter

            self.wrong[self.sheet].append(Fault(self.row + 1, get_column_letter(self.column + 1), "", _WRONG))
        self.typed = given.get("office:value-type") == "string" or not _VALUES.isdisjoint(given)
        self.column, self.depth = self.column + width, len(self.path)
        if self.typed and (self.gap or width >= 1000 or (self.row + self.height) * self.column > LARGEST):
            self.far.add(self.sheet)

    def _text(self, text: str) -> None:
        if not self.typed and text.strip() and self.path[self.depth : self.depth + 1] == ["text:p"]:
            raise ValueError(text)

    def _end(self, tag: str) -> None:
        self.path.pop()
        self.typed |= tag in _TAGS


def _sheet(book: CalamineWorkbook, name: str, contents: _Xlsx | _OpenDocument) -> CalamineSheet:
    if contents.too_far(name):
        raise UnreadableFile(Fault(0, "", name, f": {_TOO_FAR}"))
    return book.get_sheet_by_name(name)


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    return ((list(map(cell_text, row)), line) for line, row in enumerate(sheet.iter_rows(), start=1))


def _merged(ranges: Sequence[Range], table: Table) -> Iterator[Fault]:
    """Cells of answers merged into one, of which only the first holds what a person sees in all."""
    for (top, left), (bottom, _) in ranges:
        if left < len(table.headers) and ((table.lines > top) & (table.lines <= bottom + 1)).any():
            yield Fault(top + 1, table.headers[left], "", "cellules fusionnées ; les défusionner, et remplir chacune")


def _chosen(book: CalamineWorkbook, sheet: str, known: Known | None, contents: _Xlsx | _OpenDocument) -> str:
    """The name of the sheet to read."""
    names = book.sheet_names
    if sheet in names:
        return sheet
    if sheet.isdecimal() and 0 < int(sheet) <= len(names):
        return names[int(sheet) - 1]
    if sheet:
        raise UnreadableFile(Fault(0, "", sheet, "n'est pas une feuille de ce classeur", tuple(names)))
    seen = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible] or names
    if len(seen) == 1:
        return seen[0]
    titles = {name: _titles(_sheet(book, name, contents), known) for name in seen}
    best, second = sorted(seen, key=lambda name: titles[name], reverse=True)[:2]
    if known and 0 < titles[best] < 2 * titles[second]:
        raise UnreadableFile(
            Fault(0, "", "", "des questions dans plusieurs feuilles ; en choisir une par --sheet", (best, second))
        )
    return best


def _titles(sheet: CalamineSheet, known: Known | None) -> float:
    """How many titles of the questionnaire a sheet holds; half a title for a sheet that holds anything else."""
    lines = [cells for cells, _ in islice(_records(sheet), FIRST)]
    place = header_line(lines, known)
    return 0 if place is None else max(known(lines[place]) if known else 0, 0.5)
