"""The ledger of a study: every printed number at its address, and the relations that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter, itemgetter

from relecture.core.errors import InputError
from relecture.core.files import lines
from relecture.core.numbers import misprint
from relecture.core.study import IN_WORDS, PrintedValue, Study
from relecture.printed.relations import Fault, Relation, parse

VALUE_KINDS = (
    "count percent mean sd se median quartile difference odds_ratio ratio bound p coefficient correlation statistic df "
    "rank months month date bits word duration"
).split()
_REASONS = ("uncheckable: ", "cited: ")


@dataclass(frozen=True)
class Ledger:
    """Rows by address, the relations between them, and the string at each address that they are checked on."""

    rows: dict[str, PrintedValue]
    relations: tuple[Relation, ...]
    values: dict[str, str]

    @cached_property
    def covered(self) -> frozenset[str]:
        """Addresses that at least one relation uses."""
        return frozenset(address for relation in self.relations for address in relation.addresses)

    @property
    def unexplained(self) -> tuple[str, ...]:
        """Addresses with neither a relation nor a reason."""
        return tuple(address for address, row in self.rows.items() if address not in self.covered and not row.note)


def load(study: Study) -> Ledger:
    """The ledger of a study; InputError names every fault of its two files."""
    rows, conventions = {row.address: row for row in study.rows}, dict(study.about.get("conventions", {}))
    conventions.pop("decimal", None)  # read by the study
    relations, faults = parse(study.relations, tuple(rows), conventions)
    faults += chain.from_iterable(_unfit(relation, rows) for relation in relations)
    if told := [*_row_faults(study), *located(study, faults)]:
        raise InputError(told)
    return Ledger(rows, tuple(_counted(relation, rows) for relation in relations), study.values)


def _counted(relation: Relation, rows: Mapping[str, PrintedValue]) -> Relation:
    """The relation; a difference of counts only is told that they are whole, as nobody rounds persons."""
    kinds = {rows[address].kind for address in relation.addresses}
    if relation.kind != "difference" or "whole" in relation.arguments or kinds != {"count"}:
        return relation
    return replace(relation, arguments={**relation.arguments, "whole": True})


def located(study: Study, faults: Sequence[Fault]) -> Iterator[str]:
    """Each fault with its file and its line, in their order."""
    for name, group in groupby(faults, key=attrgetter("file")):
        several, file = list(group), study.folder / name
        numbers = lines(file, [fault.place for fault in several]) if file.exists() else [0] * len(several)
        for number, fault in sorted(zip(numbers, several, strict=True), key=itemgetter(0)):
            yield f"{name}, {f'ligne {number}, ' if number else ''}{fault.text}"


def _unfit(relation: Relation, rows: Mapping[str, PrintedValue]) -> Iterator[Fault]:
    """Addresses whose print is of a kind that cannot serve there."""
    for name, role, address in relation.roles:
        due = role.kinds.split()
        if due and address in rows and rows[address].kind in set(VALUE_KINDS) - set(due):
            kind = rows[address].kind
            text = f"« {name} » : « {address} » est de genre {kind} ; attendu : {role.words} ({', '.join(due)})"
            yield Fault(f"relation « {relation.id} » : {text}", (relation.rank, name))


def _row_faults(study: Study) -> Iterator[str]:
    uses = Counter(row.address for row in study.rows)
    for row in study.rows:
        place = f"printed.csv, ligne {row.line}"
        if not row.address:
            yield f"{place}, colonne « address » : l'adresse manque"
        elif uses[row.address] > 1:
            yield f"{place}, colonne « address » : « {row.address} » est utilisée {uses[row.address]} fois"
        if row.kind not in VALUE_KINDS:
            yield f"{place}, colonne « kind » : « {row.kind} » n'est pas prévu ({', '.join(VALUE_KINDS)})"
        if row.note and not row.note.startswith(_REASONS):
            yield f"{place}, colonne « note » : « {row.note} » doit commencer par « uncheckable: » ou « cited: »"
        if row.kind not in IN_WORDS and (fault := misprint(row.value, study.notation)):
            yield f"{place}, colonne « value » : {fault}"
