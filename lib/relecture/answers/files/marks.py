"""Readers of the cells of a multiple item: a box, or a list of choices.

A box is ticked by a mark (1, x, ✔, Oui, VRAI, Checked…) or by its own choice, and is left by 0, Non, FAUX, Unchecked or
nothing; a tool may write the rank of the tick. A list is cut into known choices with one separator, in the only way
that works, as a label may hold the separator; two ways are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping

from relecture.answers.files.cell_readers import (
    MISSING_WORDS,
    Reader,
    UnreadableCell,
    choice_ids,
    names_of,
    unless_missing,
)
from relecture.answers.formats.tool import Dialect
from relecture.answers.questionnaire.items import Choice, Item
from relecture.answers.questionnaire.labels import plain_label

YES = "1 1.0 1,0 oui y yes true vrai checked coche cochee selected x ✓ ✔ ✔️ ☑ &#10004;".split()
NO = [*"0 0.0 0,0 non n no false faux unchecked decoche decochee ☐".split(), "non coche", "non cochee"]
_SIGNS = re.compile("[ ,;|/]")
_AROUND = re.compile(r" *([,;|/]) *")
SEPARATORS = (", ", ",", "; ", ";", " ", "|", "/", "\n")


def box_reader(
    item: Item, choice: Choice, dialect: Dialect, others: Mapping[str, str], texts: Collection[str]
) -> Reader:
    """Reads one box of a multiple item: 1, 0, nothing at all, or a missing code.

    `others`: cells of the tool's own, each with what it means; `texts`: every text of the column, which tells whether
    « Non » is a box left or the choice so called.
    """
    yes, no = dialect.tick_cells
    ticks = dict.fromkeys(YES, "1") | dict.fromkeys(NO, "0") | {plain_label(yes): "1", plain_label(no): "0"} | others
    ticks.pop("", None)
    for name in map(plain_label, (choice.label, choice.id, dialect.code(item, choice.id))):
        if name not in ticks:
            ticks[name] = "1"
        elif ticks[name] != "1" and not any(ticks.get(plain_label(text)) == "1" for text in texts):
            del ticks[name]  # either the choice or its absence
    missing = MISSING_WORDS | {one.id: one.id for one in item.choices if one.missing} | {"": ""}

    def read(text: str) -> str:
        cell = text.strip()
        code = missing.get(cell, ticks.get(plain_label(cell)))
        if code is None:
            raise UnreadableCell(
                "n'est ni une coche ni une case vide", *filter(None, dict.fromkeys((yes, no, "1", "0")))
            )
        return code

    return read


def list_reader(item: Item, dialect: Dialect) -> Reader:
    """Reads a list of choices: ids between spaces in the order of the form, or a missing code."""
    known = {_canonical(name): code for name, code in choice_ids(item, dialect).items()}
    order = [choice.id for choice in item.choices]

    def read(cell: str) -> str:
        ways = {tuple(sorted(way, key=order.index)) for way in _ways(cell, known, dialect.separator)}
        if len(ways) == 1:
            return " ".join(*ways)
        if ways:
            raise UnreadableCell("se lit de plusieurs façons", *sorted(map(" ".join, ways)))
        raise UnreadableCell("n'est pas une liste de réponses prévues", *names_of(item, dialect))

    return unless_missing(read)


def _ways(cell: str, known: Mapping[str, str], usual: str) -> Iterator[list[str]]:
    """Each way of cutting a cell into different choices."""
    if cell.startswith("[") and cell.endswith("]"):
        yield from _from_json(cell, known)
    longest = 1 + max(len(_SIGNS.findall(name)) for name in known)
    for separator in dict.fromkeys((usual, *SEPARATORS)):
        if separator in cell:
            sign = separator.strip() or " "
            parts = [_canonical(part) for part in cell.removesuffix(sign).split(separator)]
            yield from _cuts(parts, 0, [], known, sign, longest)
    if code := known.get(_canonical(cell)):
        yield [code]


def _canonical(text: str) -> str:
    """A label without its typography, nor spaces around what separates."""
    return _AROUND.sub(r"\1", plain_label(text))


def _from_json(cell: str, known: Mapping[str, str]) -> Iterator[list[str]]:
    try:
        codes = [known.get(_canonical(str(part))) for part in json.loads(cell)]
    except ValueError:
        return
    if codes and all(codes) and len(set(codes)) == len(codes):
        yield codes


def _cuts(
    parts: list[str], start: int, chosen: list[str], known: Mapping[str, str], sign: str, longest: int
) -> Iterator[list[str]]:
    """Ways of reading the parts from this one on, after these choices; a choice takes `longest` parts at most."""
    if start == len(parts):
        yield chosen
    for end in range(start + 1, min(len(parts), start + longest) + 1):
        code = known.get(_AROUND.sub(r"\1", sign.join(parts[start:end])))
        if code and code not in chosen:
            yield from _cuts(parts, end, [*chosen, code], known, sign, longest)
