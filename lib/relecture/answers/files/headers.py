"""Headers of an answer file matched with the columns of the instrument, tool by tool.

A header is known by its code, as a format of the tool names columns (`formats.tool`), its separators loose and the
groups of the instrument before it taken off; else by the words of its question (`wording`). A file is read as the
export that leaves fewest headers unexplained. A multiple item may come as one column of lists, as one column a choice,
or as both. Where several columns share their words they take the questions in the order of the form, when there are as
many and their neighbours agree. Nothing else is guessed: a header is expected, or the tool's own, or a fault.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from relecture.answers.files import header_codes, wording
from relecture.answers.files.header_codes import Codes
from relecture.answers.files.wording import NOTE, Claim, HeaderTarget
from relecture.answers.formats.registry import FORMATS
from relecture.answers.formats.tool import Dialect
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import CODES
from relecture.answers.tables.faults import UNKNOWN_COLUMN, Fault
from relecture.answers.tools import recognition
from relecture.answers.tools.registry import Tool, tools

_SPARSE = ("json", "jsonl")  # kinds of files where what nobody answered is not written


@dataclass(frozen=True)
class Layout:
    """A tool, where each target stands among the columns, the headers set aside, the faults, and facts that sign it."""

    tool: Tool
    dialect: Dialect
    places: Mapping[HeaderTarget, int]
    service: tuple[str, ...]
    personal: tuple[str, ...]
    faults: tuple[Fault, ...]
    facts: frozenset[str] = frozenset()
    signed: bool = False

    def ticks(self, item: Item) -> dict[str, int]:
        """The column of each choice of a multiple item, where there is one."""
        places = {choice.id: self.places.get(("tick", item.id, choice.id)) for choice in item.choices}
        return {code: place for code, place in places.items() if place is not None}


@dataclass(frozen=True)
class Hints:
    """What is known of a file beside its headers: what a person said of it, its kind, its columns without a cell."""

    tool: str = ""
    ignore: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    kind: str = ""
    blank: Collection[int] = ()


@dataclass(frozen=True)
class Vocabulary:
    """What headers of a questionnaire are called in one format: by code, and by words."""

    dialect: Dialect
    codes: Codes
    words: wording.Words


def vocabularies(instrument: Instrument) -> dict[str, Vocabulary]:
    """A vocabulary a format."""
    words, dialects = (
        wording.known_words(instrument),
        {name: form.dialect(instrument) for name, form in FORMATS.items()},
    )
    return {name: Vocabulary(one, header_codes.known_codes(one), words) for name, one in dialects.items()}


def best_layouts(instrument: Instrument, headers: tuple[str, ...], hints: Hints = Hints()) -> list[Layout]:
    """The layouts that leave fewest faults, signed ones alone when there are any, those believed first before."""
    names = [tool for tool in tools().values() if hints.tool.casefold() in ("", tool.name, tool.label.casefold())]
    known = vocabularies(instrument)
    tried = [layout(tool, headers, hints, known[tool.format]) for tool in names]
    least = min(((len(one.faults), not one.signed) for one in tried), default=(0, False))
    return [one for one in tried if (len(one.faults), not one.signed) == least]


def title_counter(instrument: Instrument) -> Callable[[Sequence[str]], int]:
    """Function of some texts -> how many of them are titles of columns of this questionnaire, by code or by words."""
    several = vocabularies(instrument).values()

    @cache  # answers, among which the line of titles is looked for, are often the same
    def known(text: str) -> bool:
        return any(one.codes.targets(text) or wording.targets(text, one.words)[0] for one in several)

    return lambda texts: sum(bool(text.strip()) and known(text.strip()) for text in texts)


def layout(tool: Tool, headers: tuple[str, ...], hints: Hints, known: Vocabulary) -> Layout:
    """How one tool explains these headers; an empty header belongs to a column without cells."""
    dialect = known.dialect
    claims, roles = _claims(headers, tool, hints, known)
    order = {target: rank for rank, target in enumerate(_in_form_order(dialect.instrument))}
    places, refused = wording.placed(claims, order)
    faults = [*_refusals(headers, refused, places), *_strangers(headers, roles)]
    if hints.kind not in _SPARSE:
        faults += _absent(dialect, places, {target for claim in refused for target in claim.targets})
    ids = sorted(roles["id"], key=lambda place: recognition.rank_of_id(tool, headers[place]))
    service, personal = sorted([*ids[1:], *roles["service"]]), sorted(roles["personal"])
    facts = frozenset(_facts(headers, claims, places, hints))
    return Layout(
        tool,
        replace(dialect, words="fact:titles" in facts),
        places | dict(zip([("id",)], ids, strict=False)),
        tuple(headers[place] for place in service),
        tuple(headers[place] for place in personal),
        tuple(faults),
        facts,
        recognition.signed(tool, list(filter(None, headers)), facts),
    )


def _claims(
    headers: Sequence[str], tool: Tool, hints: Hints, known: Vocabulary
) -> tuple[list[Claim], dict[str, list[int]]]:
    """The columns that may be questions, and the others by role: id, service, personal, note, unknown, asked."""
    boxes = header_codes.missing_boxes(known.dialect, hints.missing)
    claims, roles = [], defaultdict(list)
    for place, header in enumerate(headers):
        claim = _claim(place, header, tool, known)
        targets = claim.targets if claim else ()
        if header and recognition.matches(header, hints.ignore):
            roles["asked" if claim else "service"].append(place)
        elif header == known.dialect.respondent:
            roles["id"].append(place)
        elif header_codes.is_box_of(header, boxes):
            roles["service"].append(place)
        elif claim and targets != (NOTE,):
            claims.append(claim)
        elif header and not (claim and place in hints.blank):
            roles[recognition.role(tool, header) or "unknown"].append(place)
    return claims, roles


def _claim(place: int, header: str, tool: Tool, known: Vocabulary) -> Claim | None:
    """The questions that a header may stand for; a name of the tool's own is none, unless the format writes it so."""
    if header in known.codes.exact:
        return Claim(place, (known.codes.exact[header],), code=True)
    if header == "" or recognition.role(tool, header, exact=True):
        return None
    by_code, (by_words, number) = known.codes.targets(header), wording.targets(header, known.words)
    both = dict.fromkeys([*by_code, *by_words])
    asked = tuple(target for target in both if target != NOTE)
    return Claim(place, asked or (NOTE,), number, code=bool(by_code)) if both else None


def _in_form_order(instrument: Instrument) -> Iterator[HeaderTarget]:
    for item in instrument.items:
        yield ("list", item.id)
        yield from (("tick", item.id, choice.id) for choice in item.choices)
        yield from (("column", column.name) for column in item.columns)


def _refusals(headers: Sequence[str], refused: list[Claim], places: Mapping[HeaderTarget, int]) -> Iterator[Fault]:
    """Columns whose question has a column already, or whose words are those of several questions."""
    for claim in sorted(refused, key=lambda one: one.place):
        if len(claim.targets) == 1:
            what = f"la colonne n° {places[claim.targets[0]] + 1} est déjà celle de cette question"
        else:
            what = "plusieurs questions ont ce titre, et l'ordre des colonnes ne dit pas laquelle : exporter les codes"
        yield Fault(1, headers[claim.place], "", what)


def _strangers(headers: Sequence[str], roles: Mapping[str, list[int]]) -> Iterator[Fault]:
    """Columns of nobody, questions that were to be set aside, and the tool's own columns that are there twice."""
    for place in roles["unknown"]:
        yield Fault(1, headers[place], "", UNKNOWN_COLUMN)
    for place in roles["asked"]:
        yield Fault(1, headers[place], "", "c'est une question : elle ne peut pas être laissée de côté")
    aside = Counter(headers[place] for role in ("id", "service", "personal") for place in roles[role])
    yield from (Fault(1, name, "", "colonne répétée") for name, times in aside.items() if times > 1)


def _absent(
    dialect: Dialect, places: Mapping[HeaderTarget, int], doubtful: Collection[HeaderTarget]
) -> Iterator[Fault]:
    """Columns that the instrument has and the file has not; our own files have none for a missing code."""
    for item in dialect.instrument.items:
        if ("list", item.id) not in places and ("list", item.id) not in doubtful:
            for header, target in header_codes.headers_of(dialect, item, lists=False).items():
                if target not in places and target not in doubtful and not (dialect.own and target[-1] in CODES):
                    yield Fault(1, header, "", "colonne absente du fichier")


def _facts(
    headers: Sequence[str], claims: list[Claim], places: Mapping[HeaderTarget, int], hints: Hints
) -> Iterator[str]:
    """What the columns tell of the tool: codes or words, lists without boxes, `question - row`, JSON."""
    codes = sum(claim.code for claim in claims)
    yield "fact:codes" if 2 * codes > len(claims) else "fact:titles"
    kinds = Counter(target[0] for target in places)
    if kinds["list"] and not kinds["tick"]:
        yield "fact:lists"
    parts = [place for target, place in places.items() if target[0] == "tick" or "." in target[-1]]
    if parts and all(" - " in headers[place] for place in parts):
        yield "fact:dash"
    if hints.kind in _SPARSE:
        yield "fact:json"
