"""Readers of cells: what a text of a column stands for, one reader a kind of item.

A reader is applied to the different texts of a column, never to each cell. A choice is told
by its code in the format, its id, or its label (compared without case, accents nor doubled spaces); where a
label could be taken for the code of another choice, the code wins. An empty cell is `sans_reponse` until the
skip logic says more. `sans_reponse` and `non_pose` may be written out; other missing codes only where the
form offers them. A number has no sign but minus, no leading zero, no exponent, 15 digits at most; a decimal
comma is a point. A date is `2024-05-31` or `31/05/2024`, the day first; a time has hours and minutes: what a tool
adds that says no more (a midnight, seconds that are 00, a zone) is taken off. A text is kept as typed; in our own
files the apostrophe that keeps a spreadsheet from running a text is taken off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, time
from decimal import Decimal

from relecture.answers.formats.tool import Dialect
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.labels import plain_label
from relecture.answers.questionnaire.missing import CODES, Missing

MISSING_CODES = {"": Missing.NO_ANSWER.value, Missing.NO_ANSWER: Missing.NO_ANSWER.value, Missing.NOT_ASKED: "non_pose"}
MISSING_WORDS = MISSING_CODES | {code.label: code.value for code in (Missing.NO_ANSWER, Missing.NOT_ASKED)}  # not texts
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,15})?")
DATE = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<day>\d\d?)[/.](?P<month>\d\d?)[/.](?P<year>\d{4}))"
    r"(?:[T ]0?0:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
TIME = re.compile(r"(?:\d{4}-\d\d-\d\d[T ])?(\d\d?)[:hH](\d\d)(?::00(?:\.0+)?)?(?: ?([AaPp])[Mm]|Z|[+-]\d\d:?\d\d)?")
LONGEST = 100_000  # characters of a text
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class UnreadableCell(ValueError):
    """A text that is no answer to the item: what is wrong with it, and what was allowed."""

    def __init__(self, what: str, *allowed: str) -> None:
        self.what, self.allowed = what, allowed
        super().__init__(what)


Reader = Callable[[str], str]
SAME = {"oui": ("o", "y", "yes", "true", "vrai"), "non": ("n", "no", "false", "faux")}  # cells of Oui and Non


def choice_ids(item: Item, dialect: Dialect) -> dict[str, str]:
    """The id that each text stands for: codes of the format, ids, plain labels that name one choice only."""
    codes = {dialect.code(item, choice.id): choice.id for choice in item.choices}
    ids = {choice.id: choice.id for choice in item.choices}
    labels: dict[str, str] = {}
    for choice in item.choices:
        name = plain_label(choice.label)
        labels[name] = "" if name in labels else choice.id
    return {name: code for name, code in labels.items() if code} | ids | codes


def unless_missing(read: Reader) -> Reader:
    """The reader, given no blanks around, of what is not a missing code written out."""
    return lambda text: MISSING_WORDS.get(cell := text.strip()) or read(cell)


def choice_reader(item: Item, dialect: Dialect) -> Reader:
    """Reads a choice of a single item or of a matrix row."""
    known = choice_ids(item, dialect)
    if SAME.keys() <= known.keys():
        known = {cell: known[name] for name, cells in SAME.items() for cell in cells} | known

    def read(text: str) -> str:
        cell = text.strip()
        code = known.get(cell) or MISSING_WORDS.get(cell) or known.get(plain_label(cell))
        if code is None:
            raise UnreadableCell("n'est pas une réponse prévue", *names_of(item, dialect))
        return code

    return read


def number_reader(item: Item, _: Dialect) -> Reader:
    """Reads a number within its bounds, written as the coded frame wants it."""
    low, high = (None if bound is None else Decimal(str(bound)) for bound in (item.low, item.high))

    def read(cell: str) -> str:
        if not NUMBER.fullmatch(cell):
            raise UnreadableCell("n'est pas un nombre", *item.bounds)
        value = Decimal(cell.replace(",", "."))
        written = _plain(value)
        if len(written.partition(".")[2]) > item.decimals:
            raise UnreadableCell("a trop de décimales", f"{item.decimals} au plus")
        if (low is not None and value < low) or (high is not None and value > high):
            raise UnreadableCell("est hors des bornes", *item.bounds)
        return written

    return unless_missing(read)


def date_reader(_: Item, __: Dialect) -> Reader:
    """Reads a day, written `2024-05-31`."""
    return _moment_reader(DATE, _day, "n'est pas une date", "2024-05-31 ou 31/05/2024, le jour d'abord")


def time_reader(_: Item, __: Dialect) -> Reader:
    """Reads a time of the day, written `14:30`."""
    return _moment_reader(TIME, _time, "n'est pas une heure", "14:30")


def _moment_reader(pattern: re.Pattern[str], write: Callable[[re.Match[str]], str], *fault: str) -> Reader:
    def read(cell: str) -> str:
        with suppress(ValueError):  # a 31st of April
            if match := pattern.fullmatch(cell):
                return write(match)
        raise UnreadableCell(*fault)

    return unless_missing(read)


def _day(match: re.Match[str]) -> str:
    parts = (("y", "year"), ("m", "month"), ("d", "day"))
    return date(*(int(match[iso] or match[french]) for iso, french in parts)).isoformat()


def _time(match: re.Match[str]) -> str:
    hour, half = int(match[1]), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError
    return time(hour % 12 + 12 * (half == "p") if half else hour, int(match[2])).isoformat("minutes")


def text_reader(_: Item, __: Dialect) -> Reader:
    """Reads a text, put in NFC; a blank one is no answer. Refuses control characters, but a tab or an end of line."""

    def read(cell: str) -> str:
        if cell.strip() in MISSING_CODES:
            return MISSING_CODES[cell.strip()]
        if cell.strip() in CODES:
            raise UnreadableCell("est un code réservé, que le formulaire ne propose pas")
        if CONTROL.search(cell):
            raise UnreadableCell("contient un caractère de contrôle")
        if len(cell) > LONGEST:
            raise UnreadableCell(f"a {len(cell)} signes", f"{LONGEST} au plus")
        return unicodedata.normalize("NFC", cell)

    return read


READERS: dict[str, Callable[[Item, Dialect], Reader]] = {
    "single": choice_reader,
    "matrix": choice_reader,
    "number": number_reader,
    "text": text_reader,
    "date": date_reader,
    "time": time_reader,
}


def _plain(value: Decimal) -> str:
    """No exponent, no trailing zero, no minus zero."""
    written = f"{value:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written


def names_of(item: Item, dialect: Dialect) -> Iterable[str]:
    """The choices of an item as this dialect writes them."""
    return [choice.label if dialect.words else dialect.code(item, choice.id) for choice in item.choices]
