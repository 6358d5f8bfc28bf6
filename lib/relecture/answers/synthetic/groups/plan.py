"""What must synthetic answers reproduce, once the addresses of a plan are looked up?

A plan (`synthetic.yaml`) names addresses; the printed strings come as a mapping. Reading the plan
resolves every count and refuses it as a whole, with all its faults at once, when an address is missing
or when two parts contradict each other. A blank cell of a printed table is 0, but a choice printed for
no group at all is a fault: it is most likely a misspelt name. No number is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from relecture.core.errors import InputError

KINDS = ("among", "below", "ticked", "more_than", "within")
REQUIRED = ("prefix", "groups", "strata", "outcomes", "score")
ENTRIES = {
    "strata": ("group", "channels", "mean", "sd"),
    "multiple": ("choices",),
    "numeric": ("low", "high"),
    "covariates": ("column",),
    "checks": ("column", "value", "mean", "sd"),
}
Counts = Mapping[str, Mapping[str, int]]  # group -> choice -> printed count


@dataclass(frozen=True)
class Stratum:
    """Respondents of one group whose score has its own printed mean and standard deviation."""

    name: str
    group: str
    channels: Mapping[str, int]
    mean: str
    sd: str

    @property
    def size(self) -> int:
        return sum(self.channels.values())


@dataclass(frozen=True)
class Multiple:
    """A question with several answers: counts by column, bounds on the number of answers."""

    counts: Counts
    least: int
    most: int
    alone: frozenset[str]
    totals: Mapping[str, tuple[str, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(next(iter(self.counts.values())))


@dataclass(frozen=True)
class Numeric:
    """A number asked: printed (mean, sd, median) of each group, and the whole numbers allowed."""

    printed: Mapping[str, tuple[str, str, str]]
    low: int
    high: int


@dataclass(frozen=True)
class Covariate:
    """Who is exposed: `kind` is one of KINDS, `value` what it compares `column` with."""

    column: str
    kind: str
    value: Any


@dataclass(frozen=True)
class Plan:
    """Every target of the synthetic answers, with its printed strings at hand."""

    prefix: str
    printed: Mapping[str, str]
    groups: Mapping[str, int]
    strata: tuple[Stratum, ...]
    outcomes: Mapping[str, frozenset[str]]
    single: Mapping[str, Counts]
    multiple: Mapping[str, Multiple]
    numeric: Mapping[str, Numeric]
    covariates: Mapping[str, Covariate]
    score: Mapping[str, int]
    checks: tuple[Mapping[str, str], ...]
    source: Mapping[str, Any] = field(repr=False)


def read(plan: Mapping[str, Any], printed: Mapping[str, str]) -> Plan:
    """The plan with its printed values; raises InputError with every fault of the plan, in French."""
    if missing := list(_missing(plan)):
        raise InputError(missing)
    reader = _Reader(plan, printed)
    resolved = reader.plan()
    faults = [*reader.faults, *_contradictions(resolved)]
    if faults:
        raise InputError(faults)
    return resolved


def _missing(plan: Mapping[str, Any]) -> Iterator[str]:
    """Parts of the plan, and entries of its parts, that must be there before anything is looked up."""
    yield from (f"plan : la partie « {name} » manque" for name in REQUIRED if name not in plan)
    for part, keys in ENTRIES.items():
        named = plan.get(part) or {}
        for name, about in named.items() if isinstance(named, Mapping) else enumerate(named, start=1):
            yield from (f"plan : {part}, « {name} » : « {key} » manque" for key in keys if key not in about)
    if "score" in plan:
        yield from (f"plan : score : « {key} » manque" for key in ("items", "low", "high") if key not in plan["score"])


@dataclass
class _Reader:
    """Looks addresses up and remembers what it could not find."""

    source: Mapping[str, Any]
    printed: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def plan(self) -> Plan:
        groups = {name: self.count(address) for name, address in self._part("groups").items()}
        return Plan(
            prefix=self.source["prefix"],
            printed=self.printed,
            groups=groups,
            strata=tuple(self.stratum(*item) for item in self._part("strata").items()),
            outcomes={name: frozenset(channels) for name, channels in self._part("outcomes").items()},
            single={name: self.counts([(name, choices)], groups) for name, choices in self._part("single").items()},
            multiple={name: self.multiple(about, groups) for name, about in self._part("multiple").items()},
            numeric={name: self.numeric(name, about, groups) for name, about in self._part("numeric").items()},
            covariates={name: self.covariate(name, about) for name, about in self._part("covariates").items()},
            score=self._part("score"),
            checks=tuple(self.check(about) for about in self.source.get("checks", ())),
            source=self.source,
        )

    def _part(self, name: str) -> Mapping[str, Any]:
        return self.source.get(name) or {}

    def text(self, address: str) -> str:
        if address not in self.printed:
            self.faults.append(f"plan : aucune valeur imprimée à l'adresse « {address} »")
        return self.printed.get(address, "0")

    def count(self, address: str) -> int:
        text = self.text(address)
        if not text.isdecimal():
            self.faults.append(f"plan : « {text} » à l'adresse « {address} » n'est pas un effectif")
            return 0
        return int(text)

    def counts(
        self, blocks: Iterable[tuple[str, Iterable[str]]], groups: Iterable[str], *, dotted: bool = False
    ) -> Counts:
        """group -> choice -> count; `dotted` keeps the name of the block before the choice."""
        found: dict[str, dict[str, int]] = {group: {} for group in groups}
        for block, choice in ((block, choice) for block, choices in blocks for choice in choices):
            stem = f"{self.source['prefix']}.{block}.{choice}"
            if not any(f"{stem}.{group}" in self.printed for group in found):
                self.faults.append(f"plan : aucun effectif imprimé pour « {stem} », dans aucun groupe")
            for group, counts in found.items():
                address = f"{stem}.{group}"
                counts[f"{block}.{choice}" if dotted else choice] = (
                    self.count(address) if address in self.printed else 0
                )
        return found

    def stratum(self, name: str, about: Mapping[str, Any]) -> Stratum:
        channels = {channel: self.count(address) for channel, address in about["channels"].items()}
        return Stratum(name, about["group"], channels, self.text(about["mean"]), self.text(about["sd"]))

    def check(self, about: Mapping[str, str]) -> Mapping[str, str]:
        self.text(about["mean"]), self.text(about["sd"])
        return about

    def multiple(self, about: Mapping[str, Any], groups: Iterable[str]) -> Multiple:
        choices = about["choices"]
        counts = self.counts(choices.items(), groups, dotted=True)
        columns = {block: tuple(f"{block}.{name}" for name in names) for block, names in choices.items()}
        every = [column for block in columns.values() for column in block]
        alone = frozenset(column for column in every if column.rpartition(".")[2] in about.get("alone", ()))
        totals = {target: columns[block] for target, block in about.get("totals", {}).items()}
        return Multiple(counts, about.get("least", 0), about.get("most", len(every)), alone, totals)

    def numeric(self, name: str, about: Mapping[str, Any], groups: Iterable[str]) -> Numeric:
        stem = f"{self.source['prefix']}.{name}"
        parts = ("moyenne", "ecart_type", "mediane")
        printed = {group: tuple(self.text(f"{stem}.{part}.{group}") for part in parts) for group in groups}
        return Numeric(printed, about["low"], about["high"])

    def covariate(self, name: str, about: Mapping[str, Any]) -> Covariate:
        kinds = [kind for kind in KINDS if kind in about]
        if len(kinds) != 1:
            self.faults.append(f"plan : la covariable « {name} » demande un seul critère parmi {', '.join(KINDS)}")
            return Covariate(about["column"], "among", ())
        return Covariate(about["column"], kinds[0], about[kinds[0]])


def _contradictions(plan: Plan) -> Iterator[str]:
    for stratum in plan.strata:
        if stratum.group not in plan.groups:
            yield f"plan : la strate « {stratum.name} » est dans un groupe inconnu, « {stratum.group} »"
    for group, n in plan.groups.items():
        total = sum(stratum.size for stratum in plan.strata if stratum.group == group)
        if total != n:
            yield f"plan : les strates du groupe « {group} » totalisent {total} répondants ; effectif imprimé : {n}"
    known = {channel for stratum in plan.strata for channel in stratum.channels}
    for name, channels in plan.outcomes.items():
        for channel in sorted(channels - known):
            yield f"plan : le résultat « {name} » cite le moyen « {channel} », qui n'est dans aucune strate"
    for name, covariate in plan.covariates.items():
        if covariate.column not in _columns(plan, covariate.kind):
            yield f"plan : la covariable « {name} » lit « {covariate.column} », qui n'est pas une colonne du plan"


def _columns(plan: Plan, kind: str) -> set[str]:
    """What a criterion of that kind can read: a question, a number, or one choice of a question."""
    if kind == "ticked":
        return {column for question in plan.multiple.values() for column in question.columns}
    return set({"more_than": plan.multiple, "below": plan.numeric}.get(kind, plan.single))
