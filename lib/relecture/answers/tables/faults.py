"""Faults of an answer file: the place, the value, what was allowed, as one French line.

A *fault* has a place (the line of the file, the column), the value found there and what was allowed; its
text is the French line that a person reads. `line` is 0 for a fault of the whole file. A value is shown
with its invisible characters escaped, cut when it is long. Where one column holds thousands of faults, the
first `MOST` are told one by one and the others counted, so that a wrong file never fills the memory. `grouped` tells
faults of one cause once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from relecture.core.french import number, plural

MOST = 1000  # faults of one kind in one column that are told one by one
LONG = 60  # characters of a value that are shown
LISTED = 20  # codes allowed that are shown
NAMED_ALREADY = "désigne déjà le répondant de la ligne"
UNKNOWN_COLUMN = "colonne inconnue du questionnaire"
FEW, ALIKE = 3, 8  # columns with a fault of one cause: that have a line each, that are named
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)(?![^«]*»)")  # but in a value, which a person may look for
_REST = re.compile(r"et (\d+) autres fautes de la même sorte")
_PLACE = re.compile(r"« .*? »|\d+")  # what tells one fault from the next of its cause


@dataclass(frozen=True)
class Fault:
    """One fault: `what` is said of `value`, and `allowed` lists what was expected."""

    line: int
    column: str
    value: str
    what: str
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The French line.

        >>> print(Fault(12, "q5_rgpd", "Ouii", "n'est pas une réponse prévue", ("oui", "non")))
        ligne 12, colonne « q5_rgpd » : « Ouii » n'est pas une réponse prévue (oui, non)
        """
        line = [f"ligne {self.line}"] if self.line else []
        column = [f"colonne « {printable(self.column)} »"] if self.column else []
        place = ", ".join([*line, *column]) or "fichier"
        said = f"« {printable(self.value)} » {self.what}" if self.value else self.what.removeprefix(": ")
        more = [f"et {len(self.allowed) - LISTED} autres"] if len(self.allowed) > LISTED else []
        allowed = f" ({', '.join([*self.allowed[:LISTED], *more])})" if self.allowed else ""
        return f"{place} : {said}{allowed}"

    @property
    def record(self) -> dict[str, Any]:
        """The fault as data: line, column, value (cut when it is long), what, allowed."""
        plain = {"line": self.line or None, "column": self.column or None, "value": self.value[:1000] or None}
        return {**plain, "what": self.what, "allowed": list(self.allowed)}


def printable(text: str) -> str:
    """A value as it may go to a terminal: nothing invisible, nothing long.

    >>> printable("a\\x1b[31m"), len(printable("x" * 100))
    ('a\\\\x1b[31m', 61)
    """
    cut = text if len(text) <= LONG else text[:LONG] + "…"
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in cut)


def faults_at(lines: Iterable[int], column: str, wrong: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[Fault]:
    """One fault a line, from (value, what, allowed), the first MOST of them; then how many others there are."""
    lines = list(lines)
    for line, (value, what, allowed) in zip(lines[:MOST], wrong, strict=False):
        yield Fault(int(line), column, value, what, allowed)
    if len(lines) > MOST:
        yield Fault(0, column, "", f"et {len(lines) - MOST} autres fautes de la même sorte")


def sorted_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of the whole file first, then line by line, each line in the order of the checks."""
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))


def grouped(faults: Iterable[Fault]) -> list[str]:
    """French lines, one a cause: a fault alone as it is, several as their number and the first.

    >>> wrong = ("Ouii", "n'est pas une réponse prévue", ("oui", "non"))
    >>> print(*grouped(faults_at([2, 7, 9], "q5", [wrong] * 3)))  # doctest: +ELLIPSIS
    3...cases, p. ex. ligne 2, colonne « q5 » : « Ouii » n’est pas une réponse prévue (oui, non)
    """
    causes: dict[str, list[Fault]] = {}
    more: dict[str, int] = {}
    for fault in faults:
        if rest := _REST.fullmatch(fault.what):
            more[fault.column] = more.get(fault.column, 0) + int(rest[1])
        else:
            causes.setdefault(_PLACE.sub("", fault.what), []).append(fault)
    lines = []
    for alike in causes.values():
        lines += _told(alike, more)
    lines += [f"colonne « {printable(name)} » : {plural(count, 'autre faute')}" for name, count in more.items()]
    return with_apostrophes(lines)


def with_apostrophes(lines: Iterable[str]) -> list[str]:
    """Lines as a reader is told them: ’ in sentences, values as they are."""
    return [_APOSTROPHE.sub("’", line) for line in lines]


def _told(alike: Sequence[Fault], more: dict[str, int]) -> list[str]:
    """Faults of one cause: a line a column when they are few, else one for all; `more`: how many are not listed."""
    columns = list(dict.fromkeys(fault.column for fault in alike))
    if 1 < len(columns) <= FEW:
        return [line for name in columns for line in _told([one for one in alike if one.column == name], more)]
    full = [name for name in columns if sum(one.column == name for one in alike) >= MOST]
    count = len(alike) + sum(more.pop(name, 0) for name in full)
    if count == 1:
        return [str(alike[0])]
    if len(columns) == 1:
        return [f"{plural(count, 'case' if columns[0] else 'fois')}, p. ex. {alike[0]}"]
    others = ", ".join(map(printable, columns[1 : ALIKE + 1])) + ("…" if len(columns) > ALIKE + 1 else "")
    cells = f"{plural(count, 'case')} de " if count > len(columns) else ""
    return [f"{cells}{number(len(columns))} colonnes, p. ex. {alike[0]} ; de même : {others}"]
