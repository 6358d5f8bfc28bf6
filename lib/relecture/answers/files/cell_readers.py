"""What does each text of a column mean?

One reader a kind of item, applied to the different texts of a column, never to each cell. A choice is told
by its code in the format, its id, or its label (compared without case, accents nor doubled spaces); where a
label could be taken for the code of another choice, the code wins. An empty cell is `sans_reponse` until the
skip logic says more. `sans_reponse` and `non_pose` may be written out; other missing codes only where the
form offers them. A number has no sign but minus, no leading zero, no exponent, 15 digits at most; a decimal
comma is a point. A text is kept as typed; in our own files the apostrophe that keeps a spreadsheet from running
a text is taken off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal

from relecture.answers.files.headers import OWN
from relecture.answers.formats.dialect import Dialect
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import CODES, Missing
from relecture.core.formula_guard import unguarded

SAID = {"": Missing.NO_ANSWER.value, Missing.NO_ANSWER: Missing.NO_ANSWER.value, Missing.NOT_ASKED: "non_pose"}
YES, NO = "1 oui y yes true vrai checked".split(), "0 non n no false faux unchecked".split()
SEPARATORS = (", ", ",", ";", "|", " ")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,15})?")
LARGEST = 100_000  # characters of a text
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Wrong(ValueError):
    """A text that is no answer to the item: what is wrong with it, and what was allowed."""

    def __init__(self, what: str, *allowed: str) -> None:
        self.what, self.allowed = what, allowed
        super().__init__(what)


Reader = Callable[[str], str]


def folded(text: str) -> str:
    """A label without case, accents, nor any but single spaces.

    >>> folded("  Médecin\\u00a0généraliste ") == folded("MEDECIN  GENERALISTE")
    True
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def choices(item: Item, dialect: Dialect) -> dict[str, str]:
    """The id that each text stands for: codes of the format, ids, folded labels that name one choice only."""
    codes = {dialect.code(item, choice.id): choice.id for choice in item.choices}
    ids = {choice.id: choice.id for choice in item.choices}
    labels: dict[str, str] = {}
    for choice in item.choices:
        name = folded(choice.label)
        labels[name] = "" if name in labels else choice.id
    return {name: code for name, code in labels.items() if code} | ids | codes


def chosen(item: Item, dialect: Dialect) -> Reader:
    """Reads a choice of a single item or of a matrix row."""
    known = choices(item, dialect)

    def read(text: str) -> str:
        cell = text.strip()
        found = known.get(cell) or SAID.get(cell) or known.get(folded(cell))
        if found is None:
            raise Wrong("n'est pas une réponse prévue", *_told(item, dialect))
        return found

    return read


def listed(item: Item, dialect: Dialect) -> Reader:
    """Reads a list of choices: ids between spaces in the order of the form, or a missing code."""
    known, order = choices(item, dialect), [choice.id for choice in item.choices]

    def read(text: str) -> str:
        cell = text.strip()
        if cell in SAID:
            return SAID[cell]
        for separator in (dialect.separator, *SEPARATORS, None):
            parts = [cell] if separator is None else cell.split(separator)
            found = [known.get(part.strip()) or known.get(folded(part)) for part in parts]
            if all(found) and len(set(found)) == len(found):
                return " ".join(sorted(found, key=order.index))
        raise Wrong("n'est pas une liste de réponses prévues", *_told(item, dialect))

    return read


def tick(item: Item, dialect: Dialect) -> Reader:
    """Reads one box of a multiple item: 1, 0, nothing at all, or a missing code."""
    yes, no = dialect.ticked
    known = dict.fromkeys(YES, "1") | dict.fromkeys(NO, "0") | {folded(yes): "1", folded(no): "0", "": ""}
    said = SAID | {choice.id: choice.id for choice in item.choices if choice.missing} | {"": ""}

    def read(text: str) -> str:
        cell = text.strip()
        found = said.get(cell, known.get(folded(cell)))
        if found is None:
            raise Wrong("n'est ni une coche ni une case vide", *filter(None, dict.fromkeys((yes, no, "1", "0"))))
        return found

    return read


def number(item: Item, _: Dialect) -> Reader:
    """Reads a number within its bounds, written as the coded frame wants it."""
    low, high = (None if bound is None else Decimal(str(bound)) for bound in (item.low, item.high))
    bounds = [f"au moins {_plain(low)}"] if low is not None else []
    bounds += [f"au plus {_plain(high)}"] if high is not None else []

    def read(text: str) -> str:
        cell = text.strip()
        if cell in SAID:
            return SAID[cell]
        if not NUMBER.fullmatch(cell):
            raise Wrong("n'est pas un nombre", *bounds)
        value = Decimal(cell.replace(",", "."))
        written = _plain(value)
        if len(written.partition(".")[2]) > item.decimals:
            raise Wrong("a trop de décimales", f"{item.decimals} au plus")
        if (low is not None and value < low) or (high is not None and value > high):
            raise Wrong("est hors des bornes", *bounds)
        return written

    return read


def text(_: Item, dialect: Dialect) -> Reader:
    """Reads a text; a blank one is no answer. Refuses control characters, but a tab or an end of line."""
    own = dialect.name == OWN

    def read(cell: str) -> str:
        if cell.strip() in SAID:
            return SAID[cell.strip()]
        if cell.strip() in CODES:
            raise Wrong("est un code réservé, que le formulaire ne propose pas")
        if CONTROL.search(cell):
            raise Wrong("contient un caractère de contrôle")
        if len(cell) > LARGEST:
            raise Wrong(f"a {len(cell)} signes", f"{LARGEST} au plus")
        return unguarded(cell) if own else cell

    return read


READERS: dict[str, Callable[[Item, Dialect], Reader]] = {
    "single": chosen,
    "matrix": chosen,
    "number": number,
    "text": text,
}


def _plain(value: Decimal) -> str:
    """No exponent, no trailing zero, no minus zero."""
    written = f"{value:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written


def _told(item: Item, dialect: Dialect) -> Iterable[str]:
    return [dialect.code(item, choice.id) for choice in item.choices]
