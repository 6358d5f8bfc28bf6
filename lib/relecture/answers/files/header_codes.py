"""Headers that are the codes of questions, as a format names them or with other separators.

Groups that a tool puts before a name (`section__vous/age`, `section__vous-age`, `vous_age`) are those of the
instrument; between an item and its choice or row any separator may stand: `/ . - _ : [ ]`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from relecture.answers.files.wording import NOTE, HeaderTarget
from relecture.answers.formats.tool import Dialect
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.labels import code_before

_NAME = re.compile(r"[][A-Za-z0-9/.:_ -]+")


@dataclass(frozen=True)
class Codes:
    """Headers as the format writes them, each one's target; and loosely, each one's targets."""

    exact: Mapping[str, HeaderTarget]
    loose: Mapping[str, tuple[HeaderTarget, ...]]
    groups: re.Pattern[str]

    def targets(self, header: str) -> tuple[HeaderTarget, ...]:
        """What a header may stand for, « code. question » included."""
        rest = header
        while rest not in self.exact and (group := self.groups.match(rest)):
            rest = rest[group.end() :]
        if rest in self.exact:
            return (self.exact[rest],)
        spellings = map(_loose, (header, code_before(header)))
        return next((self.loose[one] for one in spellings if one in self.loose), ())


def known_codes(dialect: Dialect) -> Codes:
    """The codes that a dialect gives to the questions of its instrument."""
    loose: dict[str, dict[HeaderTarget, None]] = defaultdict(dict)
    for section in dialect.instrument.sections:
        for before in ("", *_paths(section)):
            loose[f"{before}intro_{section.id}"][NOTE] = None
        for item in section.items:
            names = [(_loose(name), target) for name, target in _names(dialect, item)]
            for before in ("", *_paths(section, item)):
                for name, target in names:
                    loose[before + name][target] = None
    items = dialect.instrument.items
    exact = {header: target for item in items for header, target in headers_of(dialect, item).items()}
    return Codes(exact, {name: tuple(found) for name, found in loose.items()}, _group_pattern(dialect.instrument))


def _names(dialect: Dialect, item: Item) -> Iterator[tuple[str, HeaderTarget]]:
    """The headers of an item as the format writes them, then plainly, then the text that a form puts above a matrix."""
    for header, target in headers_of(dialect, item).items():
        yield header, target
        yield {"column": target[-1], "list": item.id, "tick": " ".join(target[1:])}[target[0]], target
    yield f"labels {item.id}", NOTE


def _paths(section: Section, item: Item | None = None) -> list[str]:
    """Groups that may stand before a name, loosely written; a matrix has one of its own."""
    outer = [f"{section.id}_", f"section_{section.id}_"]
    inner = [f"{item.id}_", f"{item.id}_matrix_"] if item and item.rows else []
    return outer + inner + [one + other for one in outer for other in inner]


def _group_pattern(instrument: Instrument) -> re.Pattern[str]:
    """A group and the sign after it."""
    sections = [section.id for section in instrument.sections]
    matrices = [item.id for item in instrument.items if item.rows]
    groups = [*sections, *(f"section__{one}" for one in sections), *matrices, *(f"{one}__matrix" for one in matrices)]
    return re.compile(f"(?:{'|'.join(sorted(groups, key=len, reverse=True))})[/.:-]")


def headers_of(dialect: Dialect, item: Item, *, lists: bool = True) -> dict[str, HeaderTarget]:
    """What each header of an item stands for."""
    if item.kind != "multiple":
        return {dialect.header(column): ("column", column.name) for column in item.columns}
    listed = {dialect.list_header(item): ("list", item.id)} if lists and dialect.list_header else {}
    return listed | {dialect.tick_header(item, choice.id): ("tick", item.id, choice.id) for choice in item.choices}


def missing_boxes(dialect: Dialect, missing: Iterable[str]) -> set[str]:
    """Boxes that stand for a missing code (`item____99` for -99), loosely written."""
    items = [item for item in dialect.instrument.items if item.kind == "multiple"]
    names = {header.rpartition("___")[0] for item in items for header in headers_of(dialect, item, lists=False)}
    return {_loose(f"{name} {code}") for name in names if name for code in missing}


def is_box_of(header: str, boxes: set[str]) -> bool:
    """Whether a header is one of these, loosely written."""
    return _loose(header) in boxes - {""}


def _loose(header: str) -> str:
    """A name with one separator for all; nothing when it has other signs."""
    return re.sub(r"[][/.:_ -]+", "_", header.casefold()).strip("_") if _NAME.fullmatch(header) else ""
