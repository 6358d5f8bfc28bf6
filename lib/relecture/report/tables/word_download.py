"""A table as a Word document, ready for an article.

A Word document (.docx) on A4: the caption above, a head row that comes again on each page, rows never cut in two,
no vertical line, the note below. Cells are written as in the page (`cells`), as text and never as code. The same
table gives the same bytes: no clock, no machine in the file. Nothing is computed here.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING, Any

from relecture.core.files import steady_zip
from relecture.core.french import JOINER, typeset
from relecture.report.html import shortened, visible_text
from relecture.report.tables.columns import Column

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row as Row

    Record = Mapping[str, Any]

TYPE = "application/octet-stream"  # saved, never shown
_POINT = 12_700  # units of length of a document
_WIDE = 6  # columns from which the page is turned
_RULES = ("top", "bottom", "insideH")
_PARTS = ("officeDocument", "core-properties", "extended-properties", "styles", "settings", "fontTable", "theme")
_STYLES = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "caption")


def word_document(
    title: str, groups: Iterable[tuple[str, list[Record]]], columns: Sequence[Column], note: str = ""
) -> bytes:
    """Rows under the heading of their group, if it has one, as a Word document; `title` says what is synthetic."""
    import docx

    document = docx.Document()
    _lighten(document)
    _page(document, turned=len(columns) >= _WIDE)
    document.add_paragraph(_text(title), style="Caption")
    _fill(document, groups, columns)
    if note:
        document.add_paragraph(_text(note)).paragraph_format.space_before = 6 * _POINT
    _sign(document, _text(title))
    file = io.BytesIO()
    document.save(file)
    return steady_zip(file.getvalue())


def word_address(content: bytes) -> str:
    """The document as a data address that a link can hold."""
    return f"data:{TYPE};base64,{b64encode(content).decode('ascii')}"


def _lighten(document: Document) -> None:
    """Of the template of python-docx, only what a table uses: the rest weighs as much as twenty tables."""
    for links in (document.part.rels, document.part.package.rels):
        for name in [name for name, link in links.items() if link.reltype.rpartition("/")[2] not in _PARTS]:
            del links[name]
    styles = document.styles.element
    for style in [style for style in styles.style_lst if style.name_val not in _STYLES]:
        styles.remove(style)


def _page(document: Document, *, turned: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section, sides = document.sections[0], (Mm(210), Mm(297))
    section.page_width, section.page_height = reversed(sides) if turned else sides
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    for name, space in (("Normal", 0), ("Caption", 6)):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = "Arial", Pt(9), RGBColor(0x1A, 0x1A, 0x1A)
        document.styles[name].paragraph_format.space_after = Pt(space)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _fill(document: Document, groups: Iterable[tuple[str, list[Record]]], columns: Sequence[Column]) -> None:
    grid = document.add_table(rows=3, cols=len(columns))
    _ruled(grid)
    head, heading, line = grid.rows
    heading.cells[0].merge(heading.cells[-1])
    _write(head, [_text(column.header) for column in columns], columns, bold=True)
    _write(heading, [""], columns, bold=True)
    _write(line, [""] * len(columns), columns)
    _flag(head, "tblHeader")
    for row in (head, heading, line):
        _flag(row, "cantSplit")
    _size(grid)
    models = [_taken(row) for row in (heading, line)]  # to copy: quicker than to make
    for title, records in groups:
        rows = [(models[0], [_text(title)])] * bool(title)
        rows += [(models[1], [_plain(column, record[column.key]) for column in columns]) for record in records]
        grid._tbl.extend(_copied(*row) for row in rows)


def _taken(row: Row) -> Any:
    row._tr.getparent().remove(row._tr)
    return row._tr


def _copied(model: Any, texts: Iterable[str]) -> Any:
    from docx.oxml.ns import qn

    row = deepcopy(model)
    for run, text in zip(row.iter(qn("w:r")), texts, strict=True):
        run.text = text
    return row


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


def _size(grid: Any) -> None:
    """As wide as the page, each column as wide as its words ask."""
    from docx.oxml.ns import qn

    for size in grid._tbl.iter(qn("w:tblW"), qn("w:tcW")):
        kind, value = ("pct", "5000") if size.tag == qn("w:tblW") else ("auto", "0")
        size.set(qn("w:type"), kind)
        size.set(qn("w:w"), value)


def _flag(row: Row, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _write(row: Row, texts: Sequence[str], columns: Sequence[Column], *, bold: bool = False) -> None:
    """The words of a row, numbers on the right, under their header."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for rank, (cell, text, column) in enumerate(zip(row.cells, texts, columns, strict=False)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        if bold:
            run.bold = True
        if rank and column.on_right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _text(text: str) -> str:
    return visible_text(typeset(shortened(text))).replace(JOINER, "")


def _plain(column: Column, value: Any) -> str:
    """The cell as the page shows it, without its tags nor what only a browser needs."""
    return unescape(re.sub("<[^<>]*>", "", column.shown(value))).replace(JOINER, "")


def _sign(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Relecture"
    properties.title, properties.language, properties.comments, properties.revision = title[:255], "fr-FR", "", 1
