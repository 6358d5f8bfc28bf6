"""The plan of a study's synthetic answers, with the printed values at its addresses.

A plan (`synthetic.yaml`; its shape is `synthetic.schema.json`) names addresses, never a result. Every study is written
in the same terms: respondents, in one group or in those that a variable makes; printed counts, by column of the coded
frame put in the terms of the printed tables (`recoding.as_printed` after `derive`), aimed at like `percents` of all
respondents; `numbers`: means, deviations and medians; outcomes and covariates, on which 2 x 2 tables are held; what is
only compared afterwards (`same`, `shares`, `totals`, `checks`); what no answer to the form can reproduce (`unheld`);
and what restricts the answers drawn (`given`, `only`).

In an address, `{}` stands for each choice and `{variable}` for each group. A pattern alone tells all the answers to a
question; addresses by choice tell some, and the key `{}` the others. A cell that the table leaves blank for one group
only is 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import floor
from typing import TYPE_CHECKING, Any, TypeVar

from relecture.answers.coded import exposures
from relecture.answers.questionnaire.conditions import Condition, comparisons
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column, Item
from relecture.answers.questionnaire.missing import CODES, Missing
from relecture.core.numbers import Printed

if TYPE_CHECKING:
    from pandas import DataFrame

EVERYBODY = ""  # the group of all respondents
SILENT = str(Missing.NO_ANSWER)
Wanted = Mapping[str, Mapping[str, Mapping[str, int]]]  # printed column -> group -> cell -> respondents
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Target:
    """One printed number: its address ("" for a blank cell), and the cells that it counts, perhaps in one group."""

    address: str
    column: str
    cell: str
    group: str = EVERYBODY


@dataclass(frozen=True)
class Moments:
    """Addresses of the `mean`, `sd` and perhaps `median` of an item or a score; `where`: values of variables."""

    of: str
    where: Mapping[str, str]
    addresses: Mapping[str, str]


@dataclass(frozen=True)
class Rules:
    """`given`: cells that follow when a condition holds; `only`: what an item or a column may hold, some often."""

    given: tuple[tuple[Condition, Mapping[str, tuple[Any, ...]]], ...] = ()
    only: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def given_to(self, column: Column) -> list[tuple[Condition, tuple[Any, ...]]]:
        """The conditions that give this column its cells, and these cells; the first that holds speaks."""
        names = (column.name, column.item.id)
        return [(when, next(cells[name] for name in names if name in cells)) for when, cells in self.given
                if any(name in cells for name in names)]  # fmt: skip

    def allowed(self, column: Column) -> tuple[Any, ...]:
        """The answers that may be drawn: those of `only`, as often as they stand in it, or every answer of the form."""
        every = tuple(code for code in column.codes if code not in CODES)
        return self.only.get(column.name, self.only.get(column.item.id, every))


@dataclass(frozen=True)
class Plan:
    """Every target of a plan. `by`: the variable that makes the groups, if any; `sizes`: respondents, by group.

    `instrument` has the outcomes and the covariates of the plan among its derived variables; `source` is the document.
    """

    instrument: Instrument
    source: Mapping[str, Any] = field(repr=False)
    printed: Mapping[str, str] = field(repr=False)
    by: str
    sizes: Mapping[str, int]
    same: tuple[str, ...]
    counts: tuple[Target, ...]
    percents: tuple[Target, ...]
    shares: tuple[Target, ...]
    totals: tuple[Target, ...]
    numbers: tuple[Moments, ...]
    checks: tuple[Moments, ...]
    unheld: Mapping[str, str]
    rules: Rules

    @property
    def n(self) -> int:
        """How many respondents are printed."""
        return sum(self.sizes.values())

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """Name -> `column`, `among`, `within`."""
        return self.source.get("outcomes", {})

    @property
    def covariates(self) -> Mapping[str, Any]:
        """Name -> `column` and one criterion."""
        return self.source.get("covariates", {})

    def is_complete(self, column: str) -> bool:
        """Whether the printed counts of a column tell all of its answers."""
        return isinstance(self.source["counts"].get(column), str)

    def terms(self, coded: DataFrame) -> DataFrame:
        """Coded answers in the terms of the printed tables, with derived variables, outcomes and covariates."""
        return exposures.exposure_frame(self.instrument, self.source, coded)

    def with_and_without(self, outcome: str) -> tuple[int, int]:
        """Respondents with an outcome and without, as printed."""
        about = self.outcomes[outcome]
        counts = self.wanted(self.n)[about["column"]].values()
        without = sum(cells.get(value, 0) for cells in counts for value in exposures.unexposed(self.instrument, about))
        return self.n - without, without

    def wanted(self, n: int) -> Wanted:
        """Respondents aimed at: the printed counts, or the same shares of another number of respondents."""
        found: dict[str, dict[str, dict[str, int]]] = {}
        for target in (*self.counts, *self.percents):
            number = Printed.read(self.printed.get(target.address, "0")).centre
            cells = found.setdefault(target.column, {}).setdefault(target.group, {})
            cells[target.cell] = round(number * self.n / 100) if target in self.percents else int(number)
        return found if n == self.n else self._scaled(found, n)

    def _scaled(self, found: Wanted, n: int) -> Wanted:
        """Each column shared out in each group by largest remainders, the ticks of an item together."""
        before, after = {**self.sizes, EVERYBODY: self.n}, {**largest_remainders(self.sizes, n), EVERYBODY: n}
        scaled: dict[str, dict[str, dict[str, int]]] = {}
        for column, groups in found.items():
            scaled[column] = {}
            for group, cells in groups.items():
                shares = largest_remainders({**cells, None: max(0, before[group] - sum(cells.values()))}, after[group])
                scaled[column][group] = {cell: shares[cell] for cell in cells}
        for item in (item for item in self.instrument.items if item.kind == "multiple"):
            names = [name for name in printed_choices(item) if name in found]
            for group in found[names[0]] if names else ():
                ticks = {(name, cell): k for name in names for cell, k in found[name].get(group, {}).items()}
                total = round(Fraction(sum(ticks.values()) * after[group], before[group] or 1))
                for (name, cell), k in largest_remainders(ticks, total, cap=after[group]).items():
                    scaled[name][group][cell] = k
        return scaled


def printed_choices(item: Item) -> dict[str, tuple[str, ...]]:
    """The choices behind each printed name; the name is that of a whole column for a multiple item."""
    found: dict[str, tuple[str, ...]] = {}
    for choice in item.offered:
        dotted = item.kind == "multiple" and "." not in choice.counted_as
        name = f"{item.id}.{choice.counted_as}" if dotted else choice.counted_as
        found[name] = (*found.get(name, ()), choice.id)
    return found


def sources(instrument: Instrument, variable: str) -> set[str]:
    """The columns that a variable reads, through other derived variables if need be."""
    derived = {one.id: one for one in instrument.derived}
    if variable not in derived:
        return {variable}
    read = {leaf.column for case in derived[variable].cases for leaf in comparisons(case.when)}
    return reduce(set.union, (sources(instrument, column) for column in read), set())


def at_most(counts: Mapping[str, int], total: int) -> dict[str, int]:
    """The same counts; a surplus over a total is taken, one at a time, from the most frequent.

    >>> at_most({"suivi": 6, "aigu": 5, "les_deux": 12}, 21)
    {'suivi': 6, 'aigu': 5, 'les_deux': 10}
    """
    kept = dict(counts)
    while sum(kept.values()) > total:
        kept[max(kept, key=kept.__getitem__)] -= 1
    return kept


def largest_remainders(counts: Mapping[K, int], total: int, *, cap: int | None = None) -> dict[K, int]:
    """Shares of `total` proportional to `counts`, none above `cap`; ties go to the first.

    >>> largest_remainders({"oui": 2, "non": 1}, 10)
    {'oui': 7, 'non': 3}
    >>> largest_remainders({"a": 9, "b": 1}, 6, cap=4)
    {'a': 4, 'b': 2}
    """
    whole = sum(counts.values())
    exact = {key: Fraction(count * total, whole) if whole else Fraction(0) for key, count in counts.items()}
    shares = {key: min(floor(value), total if cap is None else cap) for key, value in exact.items()}
    while left := (total - sum(shares.values())) * bool(whole):
        open_ = [key for key in counts if counts[key] and (cap is None or shares[key] < cap)]
        if not open_:
            break
        for key in sorted(open_, key=lambda key: shares[key] - exact[key])[:left]:
            shares[key] += 1
    return shares
