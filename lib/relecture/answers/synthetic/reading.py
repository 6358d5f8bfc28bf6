"""Reading of a plan: its shape, then its addresses and columns looked up; all faults come at once, in French."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from relecture.answers.coded import exposures
from relecture.answers.questionnaire.conditions import comparisons, parse
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import CODES
from relecture.answers.synthetic.plan import EVERYBODY, SILENT, Moments, Plan, Rules, Target, printed_choices
from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.numbers import Printed

FILE = "synthetic.yaml"
SCHEMA = Path(__file__).with_name("synthetic.schema.json")
EACH = "{}"  # each choice
STATISTICS = ("mean", "sd", "median")
Cells = Mapping[str, tuple[str, str]]  # printed choice -> column and cell of the printed table


def read(instrument: Instrument, document: Mapping[str, Any], printed: Mapping[str, str]) -> Plan:
    """The plan with its printed values; raises InputError with every fault, in French."""
    if faults := schemas.faults(document, SCHEMA, FILE):
        raise InputError(faults)
    reader = _Reader(instrument, document, printed)
    parts = reader.parts()
    if reader.faults:
        raise InputError(dict.fromkeys(f"{FILE}, {fault}" for fault in reader.faults))
    return Plan(exposures.with_exposures(instrument, document), document, printed, **parts)


@dataclass
class _Reader:
    """Looks addresses and columns up, and remembers what it could not find. `by` and `sizes` are those of a plan."""

    instrument: Instrument
    document: Mapping[str, Any]
    printed: Mapping[str, str]
    faults: list[str] = field(default_factory=list)
    by: str = EVERYBODY
    sizes: Mapping[str, int] = field(default_factory=dict)

    def parts(self) -> dict[str, Any]:
        """The fields of a plan that are looked up; the groups first, which addresses name."""
        groups, whole = self._groups(self.document["respondents"])
        counts, percents, shares = (self._targets(part) for part in ("counts", "percents", "shares"))
        for target in (one for one in (*percents, *shares) if one.address):
            self._number(target.address)
        unheld = {pattern: one["reason"] for one in self._list("unheld") for pattern in one["addresses"]}
        self._outcomes()
        self._covariates()
        self._contradictions([target for target in counts if self._count(target.address)])
        return {
            "by": self.by,
            "sizes": self.sizes,
            "same": (*whole, *(address for pattern in self._list("same") for address in self._matching(pattern))),
            "counts": (*groups, *counts),
            "percents": percents,
            "shares": shares,
            "totals": tuple(self._totals()),
            "numbers": tuple(self._moments("numbers")),
            "checks": tuple(self._moments("checks")),
            "unheld": {address: why for pattern, why in unheld.items() for address in self._matching(pattern)},
            "rules": self._rules(),
        }

    def _list(self, part: str) -> list[Any]:
        return self.document.get(part, [])

    def _named(self, part: str) -> Iterable[tuple[str, Any]]:
        return self.document.get(part, {}).items()

    def _groups(self, respondents: str | Mapping[str, Any]) -> tuple[list[Target], list[str]]:
        """The targets that count the groups, or the address that counts everybody; their sizes are kept."""
        if isinstance(respondents, str):
            self.sizes = {EVERYBODY: self._count(respondents)}
            return [], [respondents]
        ((self.by, addresses),) = respondents.items()
        targets = list(self._entry("respondents", self.by, addresses))
        self.sizes = {target.cell: self._count(target.address) for target in targets}
        return targets, []

    def _count(self, address: str) -> int:
        """The printed count at an address; 0 for a blank cell."""
        text = self.printed.get(address, "") if address else "0"
        if text.isdecimal():
            return int(text)
        self.faults.append(f"« {text or 'rien'} » à l'adresse « {address} » n'est pas un effectif")
        return 0

    def _number(self, address: str) -> None:
        """Notes an address where no number is printed."""
        try:
            Printed.read(self.printed[address])
        except KeyError:
            self._lost(address)
        except ValueError as error:
            self.faults.append(f"à l'adresse « {address} », {error}")

    def _matching(self, pattern: str) -> list[str]:
        return [address for address in self.printed if fnmatchcase(address, pattern)] or self._lost(pattern)

    def _lost(self, address: str) -> list[Any]:
        self.faults.append(f"aucune valeur imprimée à l'adresse « {address} »")
        return []

    def _expect(self, what: str, name: str, known: Iterable[str]) -> bool:
        if name not in (known := list(known)):
            self.faults.append(f"{what} : « {name} » inconnu ; attendus : {', '.join(known)}")
        return name in known

    def _targets(self, part: str) -> tuple[Target, ...]:
        return tuple(target for name, entry in self._named(part) for target in self._entry(part, name, entry))

    def _entry(self, part: str, name: str, entry: str | Mapping[str, Any]) -> Iterator[Target]:
        """The targets of a pattern, or of addresses by choice."""
        if not (cells := self._cells(name)):
            self.faults.append(f"{part}, « {name} » n'est ni une question, ni une variable déduite")
            return
        by_choice = {EACH: entry} if isinstance(entry, str) else entry
        for code, addresses in by_choice.items():
            if code == EACH:
                others = {one: cell for one, cell in cells.items() if one not in by_choice}
                found = [target for one, cell in others.items() for target in self._at(addresses, one, *cell)]
                yield from found or self._lost(addresses)
            elif self._expect(f"{part}, « {name} »", code, cells):
                for address in [addresses] if isinstance(addresses, str) else addresses:
                    yield from list(self._at(address, code, *cells[code])) or self._lost(address)

    def _at(self, pattern: str, code: str, column: str, cell: str) -> Iterator[Target]:
        """The targets of one choice, of each group where the pattern names them; none if nothing is printed."""
        addresses = self._by_group(pattern.replace(EACH, code))
        if self.printed.keys() & addresses.values():
            for group, address in addresses.items():
                yield Target(address if address in self.printed else "", column, cell, group)

    def _by_group(self, address: str) -> Mapping[str, str]:
        """Group -> address; the same of everybody where it names no group."""
        mark = f"{{{self.by}}}"
        return {group: address.replace(mark, group) for group in (self.sizes if mark in address else [EVERYBODY])}

    def _cells(self, name: str) -> Cells:
        """Printed choice -> column and cell, of a column, a multiple item or a derived variable."""
        items = {item.id: item for item in self.instrument.items if item.kind == "multiple"}
        if name in items:
            names = list(printed_choices(items[name]))
            return {one.rpartition(".")[2]: (one, "1") for one in names} | {SILENT: (names[0], SILENT)}
        if name in self.instrument.columns:
            return {code: (name, code) for code in printed_choices(self.instrument.columns[name].item)}
        return {case.id: (name, case.id) for one in self.instrument.derived if one.id == name for case in one.cases}

    def _totals(self) -> Iterator[Target]:
        """Ticks added up over the printed columns that a pattern matches."""
        for address, pattern in self._named("totals"):
            yield from list(self._at(address, "", pattern, "1")) or self._lost(address)

    def _moments(self, part: str) -> Iterator[Moments]:
        known = [*self._items("number"), *(score.id for score in self.instrument.scores)]
        for about in self._list(part):
            self._expect(part, about["of"], known)
            where = about.get("where", {})
            for variable, value in where.items():
                self._expect(f"{part}, « {variable} »", value, self._cells(variable))
            addresses = {key: self._by_group(about[key]) for key in STATISTICS if key in about}
            for group in addresses["mean"]:
                of_group = {key: by_group.get(group, about[key]) for key, by_group in addresses.items()}
                for address in of_group.values():
                    self._number(address)
                yield Moments(about["of"], where | ({self.by: group} if group else {}), of_group)

    def _items(self, kind: str) -> list[str]:
        return [item.id for item in self.instrument.items if item.kind == kind]

    def _rules(self) -> Rules:
        cells = [
            {name: tuple(cell) if isinstance(cell, list) else (cell,) for name, cell in one["cells"].items()}
            for one in self._list("given")
        ]
        given = tuple(zip((parse(one["when"]) for one in self._list("given")), cells, strict=True))
        only = {name: tuple(Counter(codes).elements()) for name, codes in self._named("only")}
        read = {leaf.column for when, _ in given for leaf in comparisons(when)}
        known = {item.id for item in self.instrument.items} | set(self.instrument.columns)
        unknown = {*only, *read, *(name for one in cells for name in one)} - known
        self.faults += [f"« {name} » n'est pas une colonne du questionnaire" for name in sorted(unknown)]
        for name, codes in [*only.items(), *(pair for one in cells for pair in one.items())]:
            if choices := [choice.id for item in self.instrument.items if item.id == name for choice in item.offered]:
                for code in codes:
                    self._expect(f"une réponse à « {name} »", code, [*choices, *CODES])
        return Rules(given, only)

    def _outcomes(self) -> None:
        """An outcome reads the values of a derived variable, of those whom another derived variable knows."""
        derived = [one.id for one in self.instrument.derived]
        for name, about in self._named("outcomes"):
            for variable in (about["column"], about["within"]):
                self._expect(f"le résultat « {name} »", variable, derived)
            for value in about["among"]:
                self._expect(f"le résultat « {name} »", value, self._cells(about["column"]))

    def _covariates(self) -> None:
        """A covariate reads what its criterion can, and has an outcome to be crossed with."""
        if self.document.get("covariates") and not self.document.get("outcomes"):
            self.faults.append("covariates : il faut au moins un résultat (outcomes)")
        ticks = [name for one in self._items("multiple") for name in printed_choices(self.instrument[one])]
        known = {"below": self._items("number"), "ticked": ticks, "more_than": self._items("multiple")}
        for name, about in self._named("covariates"):
            (criterion,) = about.keys() - {"column"}
            self._expect(f"la covariable « {name} »", about["column"], known.get(criterion, self._items("single")))

    def _contradictions(self, targets: list[Target]) -> None:
        """Derived variables that more respondents have than there are."""
        derived = {one.id for one in self.instrument.derived}
        targets = [one for one in targets if one.column in derived]
        cells = {(one.column, one.group, one.cell): self._count(one.address) for one in targets}
        totals: Counter[tuple[str, str]] = Counter()
        for (column, group, _), count in cells.items():
            totals[column, group] += count
        for (column, group), total in totals.items():
            if total > (n := self.sizes.get(group, sum(self.sizes.values()))):
                name = f"« {column} » ({group})" if group else f"« {column} »"
                self.faults.append(f"les effectifs de {name} totalisent {total} répondants ; effectif imprimé : {n}")
