"""Départements where respondents practise, worked out from the postcode that an item asks for.

The first two figures of a postcode are its département, but in Corsica (20000 to 20199 is 2A, from 20200 on 2B) and
overseas (three figures, 971 to 988). A cell may hold more than the postcode: « Lille, 59000 » is read; one with the
postcodes of two départements, or of none (00, 96, 99), says nothing. A spreadsheet drops the first 0 of 01000.

Names and outlines are data (`data/departements`, with their source and licence). The postcode itself goes no further.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pandas import DataFrame

from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import CODES, Missing
from relecture.core import schemas
from relecture.core.study import ROOT

COLUMN = "departement"
FILE = ROOT / "data" / "departements" / "departements.yaml"
SCHEMA = Path(__file__).with_name("departements.schema.json")
_POSTCODE = re.compile(r"(?<![\d,.])(\d\d)[\s]?(\d{3})(?!\d)")
_WITHOUT_ZERO = re.compile(r"(\d)(\d{3})(?:[.,]0)?")


@cache
def outline() -> Mapping[str, Any]:
    """The sheet of the outline, its width and height, and the `departements` on it, as the file holds them."""
    return schemas.read(FILE, SCHEMA)


def known() -> Mapping[str, Any]:
    """Name, and outline where the map has one, of each département, by its code."""
    return outline()["departements"]


def of_text(text: str) -> str:
    """The code of the département whose postcode a text holds; empty without one, or with those of several.

    >>> of_text("Arras (62000)"), of_text("20200"), of_text("97400 Saint-Denis"), of_text("1000"), of_text("Arras")
    ('62', '2B', '974', '01', '')
    """
    alone = _WITHOUT_ZERO.fullmatch(text.strip())
    found = {_code(*pair) for pair in ([("0" + alone[1], alone[2])] if alone else _POSTCODE.findall(text))}
    codes = found & known().keys()
    return codes.pop() if len(codes) == 1 else ""


def places(instrument: Instrument, coded: DataFrame) -> DataFrame:
    """The département of each respondent of a coded frame, in one column: a code, or why there is none.

    Raises KeyError for a questionnaire without an item that is a `postcode`.
    """
    names = [item.id for item in instrument.items if item.postcode]
    if not names:
        raise KeyError(f"{instrument.id}: no item is the postcode")
    cells = coded[names[0]].fillna(str(Missing.NO_ANSWER)).astype(str)
    codes = [cell if cell in CODES else of_text(cell) or str(Missing.NO_ANSWER) for cell in cells]
    return DataFrame({COLUMN: codes}, index=coded.index, dtype=str)


def _code(first: str, rest: str) -> str:
    if first == "20":
        return "2A" if rest < "200" else "2B"
    return first + rest[0] if first in ("97", "98") else first
