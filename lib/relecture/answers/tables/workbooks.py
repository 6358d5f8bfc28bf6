"""A sheet of a workbook (.xlsx, .ods) read as a table of texts.

Without a choice, the sheet is the one in sight that holds most titles of the questionnaire, else the first in sight
that holds anything; where two hold about as many, the person chooses. Refused: a cell of an answer in error or merged
with others, which would pass for an empty one, and cells so far apart that the rectangle between them does not fit in
memory. A formula is read as the value that was saved with it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
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
_FAR_ROW = re.compile(rb'<table:table-row\b[^>]*\brows-repeated="[0-9]{5,}"')
_FAR_COLUMN = re.compile(rb'<table:table-cell\b(?=[^>]*-type=)[^>]*columns-repeated="[0-9]{4,}"')


def kind_of(names: list[str]) -> str:
    """Which workbook an archive with files of these names is, empty for none."""
    return next((kind for name, kind in BOOKS.items() if name in names), "")


def read_table(raw: bytes, *, sheet: str = "", known: Known | None = None) -> tuple[Table, list[Fault]]:
    """The table of a sheet (its name, or its number from 1) and the faults of its lines; raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            kind, contents = kind_of(archive.namelist()), _Contents(archive)
            name = _chosen(book, sheet, known, contents)
            contents.parse(name)
            wrong = contents.errors(name)
            chosen = _sheet(book, name, contents)
            table, faults = read_records(_records(chosen), kind, known)
            wrong += _merged(chosen, table)
    except (CalamineError, zipfile.BadZipFile, SyntaxError, expat.ExpatError, KeyError, OSError, ValueError) as error:
        raise UnreadableFile(_DAMAGED) from error
    notes = (f"feuille lue : « {name} »",) if len(book.sheet_names) > 1 else ()
    return replace(table, notes=notes), [*faults, *wrong]


class _Contents:
    """What the XML of each sheet tells before it is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        from lxml import etree

        self.archive, self.kind = archive, kind_of(archive.namelist())
        self.paths: dict[str, str] = {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        if self.kind == "xlsx":
            targets = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
            paths = {target.get("Id"): posixpath.join("/xl", target.get("Target", "")) for target in targets}
            sheets = etree.fromstring(archive.read("xl/workbook.xml"), parser).iter("{*}sheet")
            self.paths = {sheet.get("name"): posixpath.normpath(paths[sheet.get(_ID)])[1:] for sheet in sheets}

    def _xml(self, name: str) -> bytes:
        return self.archive.read(self.paths[name] if self.kind == "xlsx" else _CONTENT)

    def parse(self, name: str) -> None:
        """Raise ExpatError where the XML of a sheet is broken: calamine would read two cells as one."""
        texts = "xl/sharedStrings.xml"
        parts = [self.paths[name], *([texts] if texts in self.archive.namelist() else [])] if self.paths else [_CONTENT]
        for part in parts:
            with self.archive.open(part) as xml:
                expat.ParserCreate().ParseFile(xml)

    def too_far(self, name: str) -> bool:
        """Whether the rectangle of filled cells is larger than LARGEST."""
        xml = self._xml(name)
        if self.kind == "ods":
            far = _FAR_ROW.search(xml)
            return bool(_FAR_COLUMN.search(xml)) or (far is not None and far.start() < xml.rfind(b"value-type="))
        last = xml.rfind(b"<row ", 0, max(xml.rfind(b"</v>"), xml.rfind(b"</t>"), 0))
        row = re.match(rb'<row\b[^>]*?\br="([0-9]+)"', xml[last : last + 1000]) if last >= 0 else None
        fit = LARGEST // max(int(row[1]) if row else 1, 1)  # columns that fit, for so many rows
        suspect = b"[A-Z]{3}" if fit > 702 else b"[A-Z]{3}|[%c-Z][A-Z]" % (64 + max(fit // 26, 1))
        columns = set(re.findall(rb'<c\b[^>]*?\br="(%s)[0-9]+"[^>]*(?<!/)>' % suspect, xml))
        return any(reduce(lambda number, sign: 26 * number + sign - 64, column, 0) > fit for column in columns)

    def errors(self, name: str) -> list[Fault]:
        """The cells in error."""
        xml = self._xml(name) if self.kind == "xlsx" else b""
        found = islice(_ERROR.finditer(xml), MOST) if b't="e"' in xml else ()
        what = ": la cellule est en erreur ; la corriger, ou la vider"
        return [
            Fault(int(row), column.decode(), text.decode(errors="replace"), what)
            for column, row, text in (one.groups() for one in found)
        ]


def _sheet(book: CalamineWorkbook, name: str, contents: _Contents) -> CalamineSheet:
    if contents.too_far(name):
        raise UnreadableFile(Fault(0, "", name, f": {_TOO_FAR}"))
    return book.get_sheet_by_name(name)


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    return ((list(map(cell_text, row)), line) for line, row in enumerate(sheet.iter_rows(), start=1))


def _merged(sheet: CalamineSheet, table: Table) -> Iterator[Fault]:
    """Cells of answers merged into one, of which only the first holds what a person sees in all."""
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if left < len(table.headers) and ((table.lines > top) & (table.lines <= bottom + 1)).any():
            yield Fault(top + 1, table.headers[left], "", "cellules fusionnées ; les défusionner, et remplir chacune")


def _chosen(book: CalamineWorkbook, sheet: str, known: Known | None, contents: _Contents) -> str:
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
