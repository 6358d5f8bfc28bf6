"""What must the answers to one questionnaire reproduce, when nobody is compared with anybody?

A plan (`synthetic.yaml`) gives, by column of the coded frame put in the terms of the printed tables
(`recoding.as_printed` after `derive`), the addresses of the printed counts: a mapping from the printed
choice to one or several addresses, or a pattern whose `{}` stands for the choice. Beside them: `percents`
(printed shares of all respondents, aimed at), `shares` (printed shares of those who answered, compared
afterwards), `same` (printed numbers that are the number of respondents), `unheld` (what no answer to this
form can reproduce, and why). `given` and `only` restrict what is drawn. All faults of a plan come at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import reduce
from typing import Any

from relecture.answers.questionnaire.conditions import Condition, comparisons, parse
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.core.errors import InputError
from relecture.core.numbers import apportioned

Wanted = Mapping[tuple[str, str], int]  # (column, printed choice) -> respondents


@dataclass(frozen=True)
class Target:
    """One printed number: its address, and the column and the printed choice that it counts."""

    address: str
    column: str
    code: str


@dataclass(frozen=True)
class Rules:
    """`given`: cells that follow when a condition holds; `only`: what an item or a column may hold."""

    given: tuple[tuple[Condition, Mapping[str, Any]], ...]
    only: Mapping[str, tuple[Any, ...]]

    @classmethod
    def of(cls, plan: Mapping[str, Any]) -> Rules:
        """The rules that a plan writes."""
        given = tuple((parse(one["when"]), one["cells"]) for one in plan.get("given", ()))
        return cls(given, {name: tuple(codes) for name, codes in plan.get("only", {}).items()})


@dataclass(frozen=True)
class Survey:
    """Every target of the plan, with the printed strings at hand; `n` respondents are printed."""

    n: int
    same: tuple[str, ...]
    counts: tuple[Target, ...]
    percents: tuple[Target, ...]
    shares: tuple[Target, ...]
    unheld: Mapping[str, str]
    rules: Rules
    printed: Mapping[str, str] = field(repr=False)

    def wanted(self, n: int) -> dict[tuple[str, str], int]:
        """Respondents aimed at, by column and printed choice: the printed counts, or their shares of `n`."""
        found = {(one.column, one.code): int(self.printed[one.address]) for one in self.counts}
        for one in self.percents:
            found[one.column, one.code] = round(percent(self.printed[one.address]) * self.n / 100)
        return found if n == self.n else _rescaled(found, self.n, n)


def percent(text: str) -> Fraction:
    """A printed number of per cent, exact."""
    return Fraction(text.replace(",", "."))


def counted(item: Item) -> dict[str, tuple[str, ...]]:
    """The choices behind each printed name; the name is that of a whole column for a multiple item."""
    found: dict[str, tuple[str, ...]] = {}
    for choice in item.offered:
        dotted = item.kind == "multiple" and "." not in choice.counted_as
        name = f"{item.id}.{choice.counted_as}" if dotted else choice.counted_as
        found[name] = (*found.get(name, ()), choice.id)
    return found


def sources(instrument: Instrument, variable: str) -> set[str]:
    """The items that a derived variable reads, through other derived variables if need be."""
    derived = {one.id: one for one in instrument.derived}
    if variable not in derived:
        return {instrument.columns[variable].item.id}
    read = (leaf.column for case in derived[variable].cases for leaf in comparisons(case.when))
    return reduce(set.union, (sources(instrument, column) for column in set(read)), set())


def held(instrument: Instrument, survey: Survey) -> set[str]:
    """The columns, items for multiple ones, whose answers some printed number counts."""
    columns = {target.column for target in (*survey.counts, *survey.percents)}
    derived = {one.id for one in instrument.derived}
    return {name for column in columns for name in (sources(instrument, column) if column in derived else [column])} | {
        column.split(".")[0] for column in columns if column not in instrument.columns
    }


def read(instrument: Instrument, plan: Mapping[str, Any], printed: Mapping[str, str]) -> Survey:
    """The plan with its printed values; raises InputError with every fault, in French."""
    reader = _Reader(instrument, printed)
    n = reader.count(plan["respondents"])
    counts, percents, shares = (
        tuple(reader.targets(part, plan.get(part, {}))) for part in ("counts", "percents", "shares")
    )
    for target in counts:
        reader.count(target.address)
    same = tuple(address for pattern in plan.get("same", ()) for address in reader.matching(pattern))
    unheld = {
        address: one["reason"]
        for one in plan.get("unheld", ())
        for pattern in one["addresses"]
        for address in reader.matching(pattern)
    }
    reader.known({*plan.get("only", {}), *(name for one in plan.get("given", ()) for name in one["cells"])})
    if reader.faults:
        raise InputError(reader.faults)
    return Survey(n, (plan["respondents"], *same), counts, percents, shares, unheld, Rules.of(plan), printed)


@dataclass
class _Reader:
    """Looks addresses and columns up, and remembers what it could not find."""

    instrument: Instrument
    printed: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def count(self, address: str) -> int:
        text = self.printed.get(address, "")
        if text.isdecimal():
            return int(text)
        self.faults.append(f"plan : « {text or 'rien'} » à l'adresse « {address} » n'est pas un effectif")
        return 0

    def matching(self, pattern: str) -> list[str]:
        found = [address for address in self.printed if fnmatchcase(address, pattern)]
        if not found:
            self.faults.append(f"plan : aucune valeur imprimée à l'adresse « {pattern} »")
        return found

    def known(self, names: set[str]) -> None:
        known = {item.id for item in self.instrument.items} | set(self.instrument.columns)
        self.faults += [f"plan : « {name} » n'est pas une colonne du questionnaire" for name in sorted(names - known)]

    def targets(self, part: str, about: Mapping[str, Any]) -> Iterator[Target]:
        for name, entry in about.items():
            columns = dict(self._codes(name))
            if not columns:
                self.faults.append(f"plan : {part}, « {name} » n'est ni une question, ni une variable déduite")
            yield from self._pattern(entry, columns) if isinstance(entry, str) else self._listed(name, entry, columns)

    def _codes(self, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """Printed choice -> (column, cell), for a column, a multiple item or a derived variable."""
        items = {item.id: item for item in self.instrument.items}
        if name in items and items[name].kind == "multiple":
            for column in counted(items[name]):
                yield column.rpartition(".")[2], (column, "1")
        elif name in self.instrument.columns:
            for code in counted(self.instrument.columns[name].item):
                yield code, (name, code)
        for variable in self.instrument.derived:
            if variable.id == name:
                yield from ((case.id, (name, case.id)) for case in variable.cases)

    def _pattern(self, pattern: str, columns: Mapping[str, tuple[str, str]]) -> Iterator[Target]:
        found = [Target(pattern.format(code), *column) for code, column in columns.items()]
        found = [target for target in found if target.address in self.printed]
        if columns and not found:
            self.faults.append(f"plan : aucune valeur imprimée à l'adresse « {pattern} »")
        yield from found

    def _listed(self, name: str, entry: Mapping[str, Any], columns: Mapping[str, tuple[str, str]]) -> Iterator[Target]:
        for code, addresses in entry.items():
            if code not in columns:
                self.faults.append(f"plan : « {name} » n'a pas de réponse « {code} » ({', '.join(columns)})")
                continue
            for address in [addresses] if isinstance(addresses, str) else addresses:
                if address in self.printed:
                    yield Target(address, *columns[code])
                else:
                    self.faults.append(f"plan : aucune valeur imprimée à l'adresse « {address} »")


def _rescaled(found: Wanted, before: int, n: int) -> dict[tuple[str, str], int]:
    """Shares of another number of respondents, column by column: largest remainders."""
    after = {}
    for column in dict.fromkeys(name for name, _ in found):
        own = {key: count for key, count in found.items() if key[0] == column}
        rest = {None: before - sum(own.values())}
        after |= apportioned({**own, **rest}, n)
    return {key: count for key, count in after.items() if key}
