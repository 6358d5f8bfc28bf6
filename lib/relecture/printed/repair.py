"""Smallest edits of one printed number that restore coherence.

A slip of the keyboard or of the scanner changes one digit: replaced, lost, doubled, swapped with its
neighbour; a sign or a decimal point goes missing; two rows change places. All such edits are tried.
Those that restore the failing relation are ranked by how many of the relations that use the number
then hold; when some restore them all, only these are reported.

A candidate is a hypothesis to put to the author, never a correction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from relecture.core.notation import ALONE, Notation, plain
from relecture.printed.conventions import assumed_only

Check = Callable[[Mapping[str, str]], bool]

_PLAUSIBLE = re.compile(r"-?(0|[1-9]\d*)([.,]\d+)?")


@dataclass(frozen=True)
class Repair:
    """One edit: where, what was printed, what is proposed, and how many relations hold with it."""

    address: str
    printed: str
    proposed: str
    satisfied: int
    relations: int

    @property
    def complete(self) -> bool:
        """Whether every relation that uses the number holds."""
        return self.satisfied == self.relations

    def __str__(self) -> str:
        plural = "s" if self.satisfied > 1 else ""
        partly = "" if self.complete else f" ({self.satisfied} relation{plural} sur {self.relations})"
        return f"{self.printed} → {self.proposed}{partly}"


def edits(text: str) -> tuple[str, ...]:
    """Every number one slip away from a printed one, the likeliest slips first; no duplicates.

    >>> "0,99" in edits("2,99"), "0,79" in edits("0,7"), "-1,1" in edits("1,1"), "0,95" in edits("0,59")
    (True, True, True, True)
    """
    text = re.sub(r"[\s+]", "", plain(text)).replace("\u2212", "-")
    slips = (_signed, _swapped, _replaced, _undoubled, _inserted, _shifted)
    slipped = dict.fromkeys(edited for slip in slips for edited in slip(text))
    return tuple(edited for edited in slipped if edited != text and _PLAUSIBLE.fullmatch(edited))


def search(
    failing: Check,
    addresses: Sequence[str],
    values: Mapping[str, str],
    checks: Callable[[Sequence[str]], Sequence[Check]],
    *,
    most: int = 3,
) -> tuple[Repair, ...]:
    """Best edits, at these addresses, that make the failing relation hold.

    An edit changes one number, or exchanges it with the same column of another row. `checks` gives
    all relations that use some addresses. Edits under which every relation holds hide the others;
    an edit under which fewer relations hold than with the print is not reported. No relation asks an edit for
    another convention than those stated or assumed: with enough of them, any number holds.
    """
    with assumed_only():
        repairs = [repair for address in addresses for repair in _repairs(failing, address, values, checks)]
    best = [repair for repair in repairs if repair.complete] or repairs
    return tuple(sorted(best, key=lambda repair: -repair.satisfied)[:most])


def _repairs(failing: Check, address: str, values: Mapping[str, str], checks: Callable) -> Iterator[Repair]:
    before: dict[tuple[str, ...], int] = {}  # relations that hold as printed, by the addresses changed
    for proposed, changed in _changes(address, values):
        edited = {**values, **changed}
        if not failing(edited):
            continue
        addresses = tuple(changed)
        relations = checks(addresses)
        if addresses not in before:
            before[addresses] = sum(relation(values) for relation in relations)
        satisfied = sum(relation(edited) for relation in relations)
        if satisfied >= before[addresses]:
            yield Repair(address, values[address], proposed, satisfied, len(relations))


def _changes(address: str, values: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each edit: how it is shown, and the values it changes; no more decimals than the column has."""
    printed, siblings = values[address], _siblings(address, values)
    finest = max(_decimals(text) for text in (printed, *(values[other] for other in siblings)))
    own = Notation(",", "") if "," in printed else ALONE  # an edit keeps the decimal mark of the print
    tried = [proposed for proposed in edits(printed) if _decimals(proposed) <= finest]
    yield from ((proposed, {address: plain(proposed, own)}) for proposed in tried)
    for other in siblings:
        yield f"{values[other]} (échangé avec {other})", {address: values[other], other: printed}


def _siblings(address: str, values: Mapping[str, str]) -> list[str]:
    """Addresses in the same column of the same table, with another print."""
    head, _, tail = address.rpartition(".")
    table = head.rpartition(".")[0]
    if not table:
        return []
    column = re.compile(rf"{re.escape(table)}\.[^.]+\.{re.escape(tail)}")
    return [other for other in values if column.fullmatch(other) and values[other] != values[address]]


def _decimals(text: str) -> int:
    return len(text.replace(",", ".").partition(".")[2])


def _signed(text: str) -> Iterator[str]:
    yield text[1:] if text.startswith("-") else f"-{text}"


def _swapped(text: str) -> Iterator[str]:
    digits = pairwise(at for at, char in enumerate(text) if char.isdigit())
    yield from (f"{text[:a]}{text[b]}{text[a + 1 : b]}{text[a]}{text[b + 1 :]}" for a, b in digits)


def _replaced(text: str) -> Iterator[str]:
    digits = [(at, char) for at, char in enumerate(text) if char.isdigit()]
    yield from (f"{text[:at]}{new}{text[at + 1 :]}" for at, old in digits for new in "0123456789" if new != old)


def _undoubled(text: str) -> Iterator[str]:
    pairs = pairwise(text)
    yield from (f"{text[:at]}{text[at + 1 :]}" for at, (one, next_) in enumerate(pairs) if one == next_)


def _inserted(text: str) -> Iterator[str]:
    places = range(len(text) - len(text.lstrip("-")), len(text) + 1)
    yield from (f"{text[:at]}{digit}{text[at:]}" for at in places for digit in "0123456789")


def _shifted(text: str) -> Iterator[str]:
    mark = next((char for char in text if char in ",."), ",")
    digits = text.replace(mark, "")
    start = len(digits) - len(digits.lstrip("-"))
    yield digits
    yield from (f"{digits[:at]}{mark}{digits[at:]}" for at in range(start + 1, len(digits)))
