"""A frame as a table that reads like one in a journal.

A caption above, headers that name their column or row, numbers aligned on the comma, verdicts as a
mark and a word, a note and files to download below. The first column is the header of its row. Whatever
cannot be shown on a narrow screen scrolls inside the table, never the page. Cells are text: nothing
in them is ever markup. A `synthetic` label opens the caption and stripes the border.

Nothing is computed here: numbers are only written, with the decimals asked for. The CSV file, which travels inside the
page, is that of French spreadsheets: semicolons, decimal commas, a byte-order mark; a cell that a spreadsheet would run
is led by an apostrophe, unless it is a plain number.
"""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pandas import DataFrame, Series

from relecture.answers.synthetic_label import label_of
from relecture.core.files import guarded
from relecture.core.french import MISSING, SPACE, counted, is_number, plural, slug, typeset
from relecture.report.html import escaped, html_text, shortened, visible_text
from relecture.report.tables import word_download
from relecture.report.tables.answer_cells import sized
from relecture.report.tables.columns import Column, is_missing, read_column

_WIDE = 5  # columns from which a table may use the margin beside the text
_NAMED = 80  # characters of a name or caption that a file name keeps
_JOINT = re.compile(r"(?<=\w)([._])(?=\w)")


@dataclass(frozen=True)
class HtmlTable:
    """A table to display; its links download `csv`, under `file_name`, and `docx`, if any, under the same stem."""

    caption: str
    html: str
    csv: str
    file_name: str
    rows: int
    docx: bytes = b""

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<Table « {self.caption} », {plural(self.rows, 'ligne')}>"


def table(
    frame: DataFrame,
    caption: str,
    *,
    note: str = "",
    columns: Mapping[str, str] | None = None,
    decimals: Mapping[str, int | str] | None = None,
    synthetic: str = "",
    name: str = "",
    group: str = "",
    anchors: Mapping[str, str] | None = None,
    folded: str = "",
    word: bool = False,
) -> HtmlTable:
    """The frame as a table; its index is not shown.

    `columns` chooses, orders and names the columns in French; without it all are shown under their
    own names. `decimals` are those of a column, or "p" for a column of p-values. `group` is a column
    whose values head groups of rows, `anchors` the address in the page of some groups; `folded` is
    the French invitation under which a long table waits. `name` is that of the CSV file; `word` offers
    the table for a word processor too. Raises KeyError for a column that the frame does not have. A text
    that would fill a page is cut, and says so. Remarks (`note`) that are all empty have no column.
    """
    frame = frame.map(lambda value: shortened(value) if isinstance(value, str) else value)
    synthetic = synthetic or label_of(frame)
    columns = columns or {str(key): str(key) for key in frame.columns}
    columns = {key: shortened(header) for key, header in columns.items() if key != "note" or _filled(frame[key])}
    written = {key: read_column(frame, key, header, (decimals or {}).get(key)) for key, header in columns.items()}
    shown = [written[key] for key in columns if key != group]
    title = typeset(shortened(f"{synthetic}{SPACE}: {caption}" if synthetic else caption))
    file_name = slug((name or caption)[:_NAMED]) + ("-synthetique" if synthetic else "") + ".csv"
    lines = csv_text(_lines(frame, [*_heading(frame, written, group), *shown]))
    docx = word_download.word_document(title, _groups(frame, group), shown, note) if word else b""
    inner = f"<table>{_caption(caption, synthetic)}{_head(shown)}{_body(frame, shown, group, anchors or {})}</table>"
    below = _below(note, lines, docx, file_name)
    wide = len(shown) >= _WIDE or sum(column.long for column in shown[1:]) > 1
    style = "table" + " wide" * wide + " synthetic" * bool(synthetic)
    html = f'<div class="{style}">{_fold(_scroll(inner, title) + below, folded)}</div>'
    return HtmlTable(title, html, lines, file_name, len(frame), docx)


def _filled(cells: Series) -> bool:
    return bool(cells.fillna("").astype(str).str.strip().any())


def by_group(shares: DataFrame, caption: str, **choices: Any) -> HtmlTable:
    """Answers by group, counts with their percentage: rows are the labels, under their variable.

    `shares` has columns variable, label, group, count, n, share (`stats.describe.proportions`); the
    other arguments are those of `table`.
    """
    pairs = zip(shares["count"], shares["share"], strict=True)
    written = [counted(count, proportion=share) for count, share in pairs]
    sizes = shares.drop_duplicates("group").set_index("group")["n"]
    wide = shares.assign(written=written).pivot_table(
        index=["variable", "label"], columns="group", values="written", aggfunc="first", sort=False
    )
    headers = {"variable": "Question", "label": "Réponse"} | {name: sized(name, n) for name, n in sizes.items()}
    return table(wide.reset_index(), caption, columns=headers, group="variable", **choices)


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """The file as text, without its byte-order mark."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(map(without_formula, row) for row in rows)
    return file.getvalue()


def without_formula(cell: str) -> str:
    """The cell, led by an apostrophe when a spreadsheet would run it.

    >>> without_formula("=1+1"), without_formula("-1,14"), without_formula("- non")
    ("'=1+1", '-1,14', "'- non")
    """
    shown = visible_text(cell)
    return shown if is_number(shown) else guarded(shown)


def csv_address(content: str) -> str:
    """The file as a data address that a link can hold.

    >>> csv_address("a;b")
    'data:text/csv;charset=utf-8;base64,77u/YTti'
    """
    return "data:text/csv;charset=utf-8;base64," + b64encode(content.encode("utf-8-sig")).decode("ascii")


def _caption(caption: str, synthetic: str) -> str:
    label = f'<span class="label">{html_text(synthetic)}</span> ' if synthetic else ""
    return f'<caption><span class="caption">{label}{html_text(caption)}</span></caption>'


def _head(columns: list[Column]) -> str:
    sides = (' class="number"' * bool(rank and column.on_right) for rank, column in enumerate(columns))
    heads = (f'<th scope="col"{side}>{html_text(c.header)}</th>' for side, c in zip(sides, columns, strict=True))
    return f"<thead><tr>{''.join(heads)}</tr></thead>"


def _body(frame: DataFrame, columns: list[Column], group: str, anchors: Mapping[str, str]) -> str:
    bodies = []
    for heading, rows in _groups(frame, group):
        head = f'<tr><th scope="rowgroup" colspan="{len(columns)}">{html_text(heading)}</th></tr>'
        lines = "".join(_row(row, columns) for row in rows)
        anchor = f' id="{anchors[heading]}"' if heading in anchors else ""
        bodies.append(f"<tbody{anchor}>{head if group else ''}{lines}</tbody>")
    return "".join(bodies)


def _groups(frame: DataFrame, group: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows under their heading, groups in order of first appearance."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in frame.to_dict("records"):
        heading = MISSING if group and is_missing(row[group]) else str(row[group]) if group else ""
        groups.setdefault(heading, []).append(row)
    return list(groups.items())


def _row(row: Mapping[str, Any], columns: list[Column]) -> str:
    first, *others = columns
    label = _JOINT.sub(r"\1<wbr>", first.shown(row[first.key]))  # a dotted address may break at its dots
    head = f'<th scope="row">{label}</th>'
    cells = (f"<td{column.style(row[column.key])}>{column.shown(row[column.key])}</td>" for column in others)
    return f"<tr>{head}{''.join(cells)}</tr>"


def _heading(frame: DataFrame, columns: Mapping[str, Column], group: str) -> list[Column]:
    """The grouping column, which the CSV file has beside the others."""
    return [columns.get(group) or read_column(frame, group, group, None)] if group else []


def _lines(frame: DataFrame, columns: list[Column]) -> Iterable[list[str]]:
    yield [column.header for column in columns]
    for row in frame.to_dict("records"):
        yield [column.exported(row[column.key]) for column in columns]


def _below(note: str, lines: str, docx: bytes, file_name: str) -> str:
    words = f'<p class="note">{html_text(note)}</p>' if note else ""
    links = [_link(file_name, csv_address(lines), "CSV")]
    links += [_link(file_name.removesuffix(".csv") + ".docx", word_download.word_address(docx), "Word")] if docx else []
    return f'{words}<p class="download">{" · ".join(links)}</p>'


def _link(file_name: str, address: str, kind: str) -> str:
    return f'<a download="{file_name}" href="{address}">Télécharger ce tableau ({kind})</a>'


def _scroll(table: str, label: str) -> str:
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escaped(label)}">{table}</div>'


def _fold(html: str, folded: str) -> str:
    return f"<details><summary>{html_text(folded)}</summary>{html}</details>" if folded else html
