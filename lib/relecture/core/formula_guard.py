"""Cells that a spreadsheet would run as a formula, made harmless and read back."""

from __future__ import annotations

import re

_RUN = re.compile(r"[\s'\u00ad\u200b-\u200d\u2060]*[=+\-@＝＋－＠]|'*[\t\r\n]")  # what a spreadsheet may run


def guarded(cell: str) -> str:
    """A text that no spreadsheet runs as a formula: led by an apostrophe when it begins like one.

    >>> guarded("=1+1"), guarded("'=1"), guarded("Pau")
    ("'=1+1", "''=1", 'Pau')
    """
    return f"'{cell}" if _RUN.match(cell) else cell


def unguarded(cell: str) -> str:
    """The text that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("'Pau")
    ('=1+1', "'=1", "'Pau")
    """
    return cell[1:] if cell.startswith("'") and _RUN.match(cell[1:]) else cell
