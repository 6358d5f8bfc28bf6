"""Headers of an answer file matched with the columns of the instrument, format by format.

Each format has a dialect (`formats.tool`), which says how it names columns. A file is in the format that leaves
fewest headers unexplained. A tool may put groups before a name (`section__vous/age`, `section__vous-age`): they are
taken off when they are groups of the instrument. A multiple item may come as one column of lists, as one
column a choice, or as both. Nothing is guessed from what a header looks like: a header is expected, or added
by the tool (and told), or a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from relecture.answers.formats.registry import FORMATS, Format
from relecture.answers.formats.tool import Dialect
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import CODES
from relecture.answers.tables.faults import Fault

HeaderTarget = tuple[str, ...]  # ("respondent",) ("column", name) ("tick", item, code) ("list", item)


@dataclass(frozen=True)
class Layout:
    """A format, where each target stands among the columns of the file, the headers left aside, the faults."""

    format: Format
    dialect: Dialect
    places: Mapping[HeaderTarget, int]
    ignored: tuple[str, ...]
    faults: tuple[Fault, ...]

    def ticks(self, item: Item) -> dict[str, int]:
        """The column of each choice of a multiple item, where there is one."""
        places = {choice.id: self.places.get(("tick", item.id, choice.id)) for choice in item.choices}
        return {code: place for code, place in places.items() if place is not None}


def best_layouts(instrument: Instrument, headers: tuple[str, ...]) -> list[Layout]:
    """The best layouts: several when formats explain the headers equally well, our own first."""
    tried = [layout(form, instrument, headers) for form in FORMATS.values()]
    least = min(len(candidate.faults) for candidate in tried)
    return sorted((best for best in tried if len(best.faults) == least), key=lambda best: not best.dialect.own)


def layout(form: Format, instrument: Instrument, headers: tuple[str, ...]) -> Layout:
    """How one format explains these headers; an empty header belongs to a column without cells."""
    dialect = form.dialect(instrument)
    known, places, ignored, faults = _expected(dialect), {}, [], []
    for place, header in enumerate(headers):
        target = _target(header, known, instrument)
        if target is None and (not header or _added(header, dialect)):
            ignored += [header] if header else []
        elif target is None:
            faults.append(Fault(1, header, "", "colonne inconnue de l'instrument"))
        elif target in places:
            faults.append(Fault(1, header, "", f"la colonne n° {places[target] + 1} est déjà celle de cette question"))
        else:
            places[target] = place
    repeated = [name for name, times in Counter(ignored).items() if times > 1]
    faults += [Fault(1, name, "", "colonne répétée") for name in repeated]
    return Layout(form, dialect, places, tuple(ignored), (*faults, *_absent(dialect, places)))


def _expected(dialect: Dialect) -> dict[str, HeaderTarget]:
    """What each header of the format stands for."""
    known: dict[str, HeaderTarget] = {dialect.respondent: ("respondent",)}
    for item in dialect.instrument.items:
        if item.kind == "multiple" and dialect.list_header:
            known[dialect.list_header(item)] = ("list", item.id)
        known |= _item_headers(dialect, item)
    return known


def _item_headers(dialect: Dialect, item: Item) -> dict[str, HeaderTarget]:
    """What each header of an item stands for, a column of lists left out."""
    if item.kind != "multiple":
        return {dialect.header(column): ("column", column.name) for column in item.columns}
    return {dialect.tick_header(item, choice.id): ("tick", item.id, choice.id) for choice in item.choices}


def _target(header: str, known: Mapping[str, HeaderTarget], instrument: Instrument) -> HeaderTarget | None:
    """What a header stands for, once the groups before it are off."""
    rest = header
    while rest not in known:
        group, mark, rest = re.match(r"([a-z0-9_]*)([/-]?)(.*)", rest, re.DOTALL).groups()
        if not mark or group not in _groups(instrument):
            return None
    return known[rest]


def _groups(instrument: Instrument) -> set[str]:
    sections = {section.id for section in instrument.sections}
    return sections | {f"section__{name}" for name in sections} | {i.id for i in instrument.items if i.kind == "matrix"}


def _added(header: str, dialect: Dialect) -> bool:
    """Whether the tool adds this header, groups before it or not."""
    ends = [header, re.split("[/-]", header)[-1]]
    patterns = [re.escape(name).replace(r"\*", ".*") for name in dialect.service_headers]
    return any(re.fullmatch(pattern, end, re.DOTALL) for pattern in patterns for end in ends)


def _absent(dialect: Dialect, places: Mapping[HeaderTarget, int]) -> Iterator[Fault]:
    """Columns that the instrument has and the file has not; our own files have none for a missing code."""
    for item in dialect.instrument.items:
        if ("list", item.id) not in places:
            for header, target in _item_headers(dialect, item).items():
                if target not in places and not (dialect.own and target[-1] in CODES):
                    yield Fault(1, header, "", "colonne absente du fichier")
