"""How does a table leave the page for a word processor, ready for an article?

A Word document (.docx) on A4: the caption above, a head row that comes again on each page, rows never cut in two,
no vertical line, the note below. Cells are written as in the page (`cells`), as text and never as code. The same
table gives the same bytes: no clock, no machine in the file. Nothing is computed here.
"""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from relecture.report.cells import Column, column
from relecture.report.markup import bounded, escaped, seen
from relecture.report.tables import Table
from relecture.report.wording import SPACE, typeset

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell as Cell
    from docx.table import _Row as Row
    from pandas import DataFrame

TYPE = "application/octet-stream"  # saved, never shown
_NEVER = datetime(2000, 1, 1)
_WIDE = 6  # columns from which the page is turned
_RULES = ("top", "bottom", "insideH")


def word(
    frame: DataFrame,
    caption: str,
    *,
    columns: Mapping[str, str],
    decimals: Mapping[str, int | str] | None = None,
    group: str = "",
    note: str = "",
    synthetic: str = "",
) -> bytes:
    """The frame as a Word document; the arguments are those of `tables.table`.

    Raises KeyError for a column that the frame does not have.
    """
    import docx

    shown = [column(frame, key, header, (decimals or {}).get(key)) for key, header in columns.items() if key != group]
    document = docx.Document()
    _page(document, turned=len(shown) >= _WIDE)
    title = _text(f"{synthetic}{SPACE}: {caption}" if synthetic else caption)
    document.add_paragraph(title, style="Caption")
    _fill(document, frame, shown, group)
    if note:
        document.add_paragraph(_text(note), style="Caption")
    _sign(document, title)
    return _packed(document)


def attached(made: Table, content: bytes) -> Table:
    """The table, with a second link below it that downloads the document."""
    name = made.file_name.removesuffix(".csv") + ".docx"
    address = f"data:{TYPE};base64,{b64encode(content).decode('ascii')}"
    link = f'<a download="{escaped(name)}" href="{address}">Télécharger ce tableau (Word)</a>'
    above, _, below = made.html.rpartition("</a></p>")
    return replace(made, html=f"{above}</a> · {link}</p>{below}")


def _page(document: Document, *, turned: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section, sides = document.sections[0], (Mm(210), Mm(297))
    section.page_width, section.page_height = reversed(sides) if turned else sides
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (("Normal", 9), ("Caption", 9)):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = "Arial", Pt(size), RGBColor(0x1A, 0x1A, 0x1A)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _fill(document: Document, frame: DataFrame, shown: list[Column], group: str) -> None:
    grid = document.add_table(rows=1, cols=len(shown))
    _ruled(grid)
    for cell, one in zip(grid.rows[0].cells, shown, strict=True):
        _write(cell, _text(one.header), bold=True, right=one.kind in ("number", "measure"))
    _flag(grid.rows[0], "tblHeader")
    heading = None
    for record in frame.to_dict("records"):
        if group and record[group] != heading:
            heading = record[group]
            merged = grid.add_row().cells
            _write(merged[0].merge(merged[-1]), _text(str(heading)), bold=True)
        cells = grid.add_row().cells
        for rank, (cell, one) in enumerate(zip(cells, shown, strict=True)):
            _write(cell, _plain(one, record[one.key]), right=bool(rank) and one.kind in ("number", "measure"))
    for row in grid.rows:
        _flag(row, "cantSplit")


def _ruled(grid: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in _RULES:
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "2" if side == "insideH" else "8"), ("color", "808080")):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    grid._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _flag(row: Row, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _write(cell: Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.add_run(text).bold = bold
    paragraph.paragraph_format.space_after = 0
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _text(text: str) -> str:
    return seen(typeset(bounded(text)))


def _plain(one: Column, value: Any) -> str:
    """The cell as the page shows it, without its tags."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(one.shown(value), "html.parser").get_text()


def _sign(document: Document, title: str) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = "Relecture"
    about.title, about.language, about.comments, about.revision = title[:255], "fr-FR", "", 1
    about.created = about.modified = _NEVER


def _packed(document: Document) -> bytes:
    """The file, its parts in order and dated from the same day."""
    raw, file = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as loose, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in _parts(loose):
            packed.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), loose.read(part), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _parts(loose: zipfile.ZipFile) -> Iterable[str]:
    """The list of contents first, as readers expect, then the parts by name."""
    return sorted(loose.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
