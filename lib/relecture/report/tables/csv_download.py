"""How does a table leave the page for a spreadsheet, in French and without becoming a formula?

CSV as French spreadsheets open it: semicolons, decimal commas, a byte-order mark, one header line.
A cell that a spreadsheet would run (it begins with = + - @ or a control character, after blanks seen
or unseen) is led by an apostrophe, unless it is a plain number. The file travels inside the page, as a data address.
"""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Iterable

from relecture.core.formula_guard import guarded
from relecture.core.french import is_number
from relecture.report.html import visible_text


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """The file as text, without its byte-order mark."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([neutral(cell) for cell in row] for row in rows)
    return file.getvalue()


def neutral(cell: str) -> str:
    """The cell, led by an apostrophe when a spreadsheet would run it.

    >>> neutral("=1+1"), neutral("-1,14"), neutral("- non")
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
