"""Columns of a table: what kind of cells they hold, and how each is written for the page and for the CSV file.

A column is read once: its numbers share decimals and align on the comma, measures (an interval, a
mean and its spread) align on the right, verdicts become a mark and a word, anything else is text.
The same cell is written twice: for the page, escaped and typeset, and for the CSV file, plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Number
from typing import Any

from pandas import DataFrame, api, isna

from relecture.core.french import MISSING, NARROW, SPACE, WITHHELD, is_number, number, p_value, typeset
from relecture.report.html import escaped
from relecture.report.verdicts import VERDICTS

_MEASURE = re.compile(r"(?:\w²?\s=\s)?[<>]?\s?[\[\]]?[−-]?[\d∞][\d∞\s,.;:%±()\[\]–−/<>-]{0,24}")
P_VALUE = "p"
_LONG = 40  # characters from which a text wants a wide column


@dataclass(frozen=True)
class Column:
    """A column with everything its cells need to be written."""

    key: str
    header: str
    kind: str  # text, number, measure or verdict
    decimals: int | str | None  # P_VALUE for a p-value
    widest: int  # decimals of its most precise number, or characters of its longest text

    @property
    def long(self) -> bool:
        """Whether it holds sentences."""
        return self.kind == "text" and self.widest > _LONG

    @property
    def on_right(self) -> bool:
        """Whether its header stands above its numbers, on the right."""
        return self.kind in ("number", "measure")

    def shown(self, value: Any) -> str:
        """HTML of a cell."""
        if is_missing(value):
            return "" if isinstance(value, str) else MISSING
        if self.kind == "verdict":
            verdict = VERDICTS[value]
            return f'<span class="mark" aria-hidden="true">{verdict.mark}{SPACE}</span>{verdict.word}'
        return escaped(typeset(_written(value, self.decimals)))

    def style(self, value: Any) -> str:
        """Class attribute of a cell; `lacks-2` leaves room for the two decimals it does not have."""
        if self.kind == "text":
            return ' class="long"' if not is_missing(value) and len(_written(value, self.decimals)) > _LONG else ""
        if is_missing(value) or _is_withheld(value):
            return ' class="number"'
        if self.kind == "verdict":
            return f' class="verdict verdict-{value}"'
        lacks = self.widest - _decimals(_written(value, self.decimals)) if self.kind == "number" else 0
        whole = "whole " if lacks and lacks == self.widest else ""
        return f' class="number {whole}lacks-{lacks}"' if lacks else ' class="number"'

    def exported(self, value: Any) -> str:
        """Text of a cell in the CSV file."""
        if is_missing(value):
            return ""
        if self.kind == "verdict":
            return VERDICTS[value].word
        text = _written(value, self.decimals)
        return text.replace(NARROW, "").replace("−", "-") if is_number(text.replace(NARROW, "")) else text


def read_column(frame: DataFrame, key: str, header: str, decimals: int | str | None) -> Column:
    """The column of that name, read once to know how its cells are to be written."""
    values = [value for value in frame[key] if not is_missing(value) and not _is_withheld(value)]
    kind = "measure" if decimals == P_VALUE else _kind(values)
    measured = len if kind == "text" else _decimals
    widest = max((measured(_written(value, decimals)) for value in values), default=0)
    return Column(key, header, kind, decimals, widest)


def _kind(values: list[Any]) -> str:
    kinds: dict[str, Callable[[Any], bool]] = {
        "verdict": lambda value: isinstance(value, str) and value in VERDICTS,
        "number": lambda value: is_number(value) if isinstance(value, str) else isinstance(value, Number),
        "measure": lambda value: isinstance(value, str) and bool(_MEASURE.fullmatch(value)),
    }
    if not values or any(isinstance(value, bool) for value in values):  # True is a Number for Python
        return "text"
    return next((kind for kind, fits in kinds.items() if all(map(fits, values))), "text")


def _written(value: Any, decimals: int | str | None) -> str:
    """The value as a reader sees it; a string that is one number only changes its point."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if decimals == P_VALUE:
        return p_value(value)
    try:
        return number(value, decimals)
    except (TypeError, ValueError):
        return str(value)


def is_missing(value: Any) -> bool:
    """Nothing to write: no value, or an empty text."""
    if isinstance(value, str):
        return not value
    return api.types.is_scalar(value) and bool(isna(value))


def _is_withheld(value: Any) -> bool:
    """A number that is not shown leaves its column one of numbers."""
    return isinstance(value, str) and value == WITHHELD


def _decimals(text: str) -> int:
    return len(text.partition(",")[2])
