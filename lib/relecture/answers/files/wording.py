"""Headers that are the words of questions, in the shapes that tools give them.

A header is known by its words (`label_key`): the question; the question then the row or the choice, whatever stands
between; the row alone; the title of the section, or the question of the matrix, before them. A number before it, the
number of a repeat after it, a star, HTML tags and typography are set aside; a title cut by dots is known when one
question alone begins so. Words that several columns share give several targets: `headers` tells them apart, or refuses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.labels import label_key, plain_label

HeaderTarget = tuple[str, ...]  # ("id",) ("note",) ("column", name) ("tick", item, code) ("list", item)
NOTE: HeaderTarget = ("note",)  # a text of the form, which holds no answer
Words = Mapping[str, Mapping[HeaderTarget, str]]  # key -> targets, and the label that each ends by

_NUMBERED = re.compile(
    r"^\s*(?:(?:q(?:uestion)?\s*)?\d{1,3}[a-z]?\s*[.):°/–—-]+\s*|[a-z]+\d\w*(?:\[\w+\])?(?:\.|\s?:)\s+)", re.IGNORECASE
)  # « 12) », « Q3 - », « G01Q02[SQ001]. »
_REPEATED = re.compile(r"[\s._]*\(?(\d{1,2})\)?\s*$")
_CHOICE = re.compile(r"\(choice=", re.IGNORECASE)
_CUT = re.compile(r"(?:\.{2,}|…)\s*$")


def known_words(instrument: Instrument) -> Words:
    """Every wording of the questionnaire, and what it may stand for, in the order of the form."""
    words: dict[str, dict[HeaderTarget, str]] = defaultdict(dict)
    for section in instrument.sections:
        for parts, target in _wordings(section):
            for before in ([], [section.title]):
                words[label_key(" ".join([*before, *parts]))].setdefault(target, plain_label(parts[-1]))
    words.pop("", None)
    return words


def _wordings(section: Section) -> Iterator[tuple[list[str], HeaderTarget]]:
    if section.intro:
        yield [section.intro], NOTE
    for item in section.items:
        yield from _of_item(item)


def _of_item(item: Item) -> Iterator[tuple[list[str], HeaderTarget]]:
    if item.kind == "multiple":
        yield [item.label], ("list", item.id)
        for rank, choice in enumerate(item.choices, start=1):
            yield [item.label, choice.label], ("tick", item.id, choice.id)
            yield [item.label, str(rank)], ("tick", item.id, choice.id)
    elif item.rows:
        yield [item.label], NOTE
        yield [item.label, item.label], NOTE
        for column in item.columns:
            yield [column.label], ("column", column.name)
            yield [item.label, column.label], ("column", column.name)
    else:
        yield [item.label], ("column", item.id)


def targets(header: str, words: Words) -> tuple[tuple[HeaderTarget, ...], int]:
    """What a header may stand for by its words, and the number of its repeat (0 without one).

    >>> words = {"lequel": {("column", "a"): "lequel ?", ("column", "b"): "lequel ?"}}
    >>> targets("12) Lequel ?2", words)
    ((('column', 'a'), ('column', 'b')), 2)
    """
    text = _CHOICE.sub("(", header)
    for spelling, number in _spellings(text):
        if spelled := words.get(label_key(spelling)):
            return _ending(spelled, spelling), number
    if _CUT.search(text):
        start = label_key(_CUT.sub("", text))
        begun = {target for key, spelled in words.items() if start and key.startswith(start) for target in spelled}
        return (tuple(begun), 0) if len(begun) == 1 else ((), 0)
    return (), 0


def _spellings(text: str) -> Iterator[tuple[str, int]]:
    """The header as it stands, then without its number before, then without that of its repeat."""
    bare = _NUMBERED.sub("", text)
    yield from ((one, 0) for one in dict.fromkeys((text, bare)))
    if match := _REPEATED.search(text):
        yield from ((one[: -len(match[0])], int(match[1])) for one in dict.fromkeys((text, bare)))


def _ending(spelled: Mapping[HeaderTarget, str], header: str) -> tuple[HeaderTarget, ...]:
    """The targets whose label stands in the header to the sign, where signs tell labels apart."""
    if len(set(spelled.values())) == 1:
        return tuple(spelled)
    plain = plain_label(header).replace("_", " ")
    exact = tuple(target for target, label in spelled.items() if label in plain)
    return exact or tuple(spelled)


@dataclass(frozen=True)
class Claim:
    """A column, what it may stand for, the number of its repeat, and whether its code says so."""

    place: int
    targets: tuple[HeaderTarget, ...]
    number: int = 0
    code: bool = False


def placed(claims: Sequence[Claim], order: Mapping[HeaderTarget, int]) -> tuple[dict[HeaderTarget, int], list[Claim]]:
    """Where each target stands, and the claims that cannot be told apart, or that claim what is taken.

    A column that may stand for one target has it. Columns that share several take them in the order of the form, when
    there are as many columns as targets left, or when their neighbours leave one only; always between their neighbours.
    """
    places: dict[HeaderTarget, int] = {}
    refused = [claim for claim in claims if len(claim.targets) == 1 and _taken(claim, places)]
    groups: dict[frozenset[HeaderTarget], list[Claim]] = defaultdict(list)
    for claim in claims:
        if len(claim.targets) > 1:
            groups[frozenset(claim.targets).difference(places)].append(claim)
    ranks = {place: order[target] for target, place in places.items()}
    for shared, group in groups.items():
        chosen = _in_order(sorted(group, key=lambda one: (one.number, one.place)), sorted(shared, key=order.get))
        for claim, left in chosen:
            between = [one for one in left if _between(claim.place, order[one], ranks)]
            if len(between) != 1 or between[0] in places:
                refused.append(claim)
            else:
                places[between[0]] = claim.place
    return places, refused


def _taken(claim: Claim, places: dict[HeaderTarget, int]) -> bool:
    """Give a claim its only target, unless another column has it."""
    return places.setdefault(claim.targets[0], claim.place) != claim.place


def _in_order(group: list[Claim], left: list[HeaderTarget]) -> list[tuple[Claim, list[HeaderTarget]]]:
    """Each column with the target of its rank, or with all of them when their numbers differ."""
    if len(group) == len(left):
        return [(claim, [target]) for claim, target in zip(group, left, strict=True)]
    return [(claim, left) for claim in group]


def _between(place: int, rank: int, ranks: Mapping[int, int]) -> bool:
    """Whether the nearest columns that are sure stand on the right sides of a target, as in the form."""
    before = max((one for one in ranks if one < place), default=None)
    after = min((one for one in ranks if one > place), default=None)
    return (before is None or ranks[before] < rank) and (after is None or rank < ranks[after])
