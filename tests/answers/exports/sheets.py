"""Sheets of cells, written as CSV, workbook, OpenDocument or archive, the way a tool or a spreadsheet writes them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from datetime import datetime
from xml.sax.saxutils import escape

ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="{}">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{0}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


class Sheet:
    """Headers and rows; a cell is a text, a number, a boolean, a date, or None."""

    def __init__(self, people, columns):
        """`columns`: pairs (header, function of a person -> cell)."""
        self.headers = [header for header, _ in columns]
        self.rows = [[cell(person) for _, cell in columns] for person in people]

    def lines(self, *above):
        return [*above, self.headers, *self.rows]

    def csv(self, delimiter=",", encoding="utf-8", *, quoted=False, end="\r\n", above=(), before="", after=""):
        """`above`: rows before the headers; `before` and `after`: text around all."""
        file = io.StringIO()
        quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end)
        writer.writerows([["" if cell is None else cell for cell in line] for line in self.lines(*above)])
        return (before + file.getvalue() + after).encode(encoding)

    def xlsx(self, title="Sheet1", *, above=(), first=None):
        """A workbook; `first`: rows of another sheet that stands before."""
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for name, lines in [*([first] if first else []), (title, self.lines(*above))]:
            sheet = book.create_sheet(name[:31])
            for place, line in enumerate(lines, start=1):
                sheet.append(line)
                for cell in sheet[place]:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.data_type = "s"  # typed by a person: a text, no formula
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def ods(self, title="Feuille1"):
        rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in self.lines())
        return archive(
            {"mimetype": ODS_TYPE, "content.xml": ODS.format(title, rows)}
            | {"META-INF/manifest.xml": MANIFEST.format(ODS_TYPE)}
        )


def _ods_cell(cell):
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        value = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
    elif isinstance(cell, datetime):
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f"<table:table-cell {value}>{text}</table:table-cell>"


def archive(files):
    """A zip of these files."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return raw.getvalue()


def number(text):
    """A number typed as such in a workbook, or in JSON."""
    return text if text == "" else float(text) if "." in text else int(text)


def numbered(headers):
    """Headers made different by a number, as an Excel table has them: Quoi ?, Quoi ?2, Quoi ?3."""
    seen = Counter()
    for header in headers:
        seen[header] += 1
        yield header if seen[header] == 1 else f"{header}{seen[header]}"
