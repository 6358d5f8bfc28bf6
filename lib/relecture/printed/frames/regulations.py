"""Rules that bound the practices of a study when it was made, and since.

`rules.yaml` holds documents (who issued them, under which reference, since when, until when), practices that the
study counted, and rules: what a document asks of a practice, in our words, and which printed counts meet it.
A rule is written only when its reference and date are certain (`sure`); `left_out` says what was not, and why.
Dates are « 2018 », « 2018-06 » or « 2018-06-28 »; `until` is absent for a document that still holds at `as_of`,
and « inconnu » where nobody here knows.

Counts that meet a rule are added up (`met`), or taken from everybody (`unmet`). Several `unmet` may be about the
same respondents: what remains is then bounded, never guessed. A rule that no longer asks has neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pandas import DataFrame

from relecture.core.errors import InputError
from relecture.core.numbers import whole
from relecture.core.study import Study

UNKNOWN = "inconnu"
SCHEMA = Path(__file__).with_name("rules.schema.json")


@dataclass(frozen=True)
class Document:
    """Who asks, under which reference, and when; `until` is None for one that still holds."""

    id: str
    issuer: str
    reference: str
    since: str
    until: str | None = None

    def in_force(self, first: str, last: str) -> bool:
        """Whether it bound from one date to the other, as far as its own dates tell."""
        return self.since <= first and (self.until in (None, UNKNOWN) or self.until > last)


@dataclass(frozen=True)
class Practice:
    """What the study counted: `printed` are exclusive counts, added up; `goal` names those who follow the rules."""

    id: str
    section: str
    label: str
    goal: str
    printed: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """What a document asks of a practice; `at_most`, when the study does not count all that would break it."""

    id: str
    document: Document
    practice: Practice
    says: str
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    at_most: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        return self.met + self.unmet

    def bounds(self, study: Study, n: int) -> tuple[int, int] | None:
        """Fewest and most respondents who may meet it, among n; None when it asks nothing.

        Respondents behind several `unmet` counts may be the same or not (Fréchet's bounds).
        """
        if not self.addresses:
            return None
        counts = [whole(study[address]) for address in self.addresses]
        if self.met:
            return (0 if self.at_most else sum(counts), sum(counts))
        return (0 if self.at_most else max(0, n - sum(counts)), n - max(counts))


@dataclass(frozen=True)
class Regulations:
    """The rules of a study; `window` are the first and last months of its survey."""

    window: tuple[str, str]
    as_of: str
    practices: tuple[Practice, ...]
    rules: tuple[Rule, ...]
    left_out: Mapping[str, str]

    def then(self, practice: Practice) -> list[Rule]:
        """Rules that held on a practice during all of the survey."""
        return [rule for rule in self.rules if rule.practice == practice and rule.document.in_force(*self.window)]

    def now(self, practice: Practice) -> list[Rule]:
        """Rules on a practice that still hold at `as_of`."""
        return [rule for rule in self.rules if rule.practice == practice and rule.document.until is None]


def load(study: Study) -> Regulations:
    """The rules of `rules.yaml`; InputError, all faults at once, for one that is unsure, undated or about nothing.

    >>> from relecture import load_study
    >>> load(load_study("zerhoui")).window
    ('2019-08', '2020-02')
    """
    book = study.document("rules.yaml", SCHEMA)
    if faults := [f"rules.yaml, {fault}" for fault in _faults(book, study)]:
        raise InputError(faults)
    documents = {name: Document(name, **about) for name, about in book["documents"].items()}
    practices = {
        name: Practice(name, **about | {"printed": tuple(about["printed"])})
        for name, about in book["practices"].items()
    }
    rules = tuple(_rule(record, documents, practices) for record in book["rules"])
    return Regulations(tuple(book["window"]), book["as_of"], tuple(practices.values()), rules, book["left_out"])


def practice_frame(regulations: Regulations, study: Study, n: int) -> DataFrame:
    """One row a practice: section, label, goal, count, n; the rules then and now, and the bounds of who meets them.

    Columns then, now (rules), then_least, then_most, now_least, now_most: NaN where nothing is asked or known.
    Where several rules bind, all must be met.
    """
    return DataFrame([_practice_row(regulations, practice, study, n) for practice in regulations.practices])


def rule_frame(regulations: Regulations) -> DataFrame:
    """One row a rule: section, practice, says, id, issuer, reference, since, until."""
    columns = "section practice says id issuer reference since until".split()
    rows = [
        (rule.practice.section, rule.practice.label, rule.says, rule.id,
         source.issuer, source.reference, source.since, source.until or "")
        for rule in regulations.rules for source in [rule.document]
    ]  # fmt: skip
    return DataFrame(rows, columns=columns)


def _rule(record: Mapping[str, Any], documents: Mapping[str, Document], practices: Mapping[str, Practice]) -> Rule:
    counts = [tuple(record.get(name, ())) for name in ("met", "unmet")]
    about = (documents[record["document"]], practices[record["practice"]], record["says"])
    return Rule(record["id"], *about, *counts, record.get("at_most", False))


def _practice_row(regulations: Regulations, practice: Practice, study: Study, n: int) -> dict[str, Any]:
    row: dict[str, Any] = {"section": practice.section, "label": practice.label, "goal": practice.goal}
    row |= {"count": sum(whole(study[address]) for address in practice.printed), "n": n}
    for when, rules in (("then", regulations.then(practice)), ("now", regulations.now(practice))):
        bounds = [rule.bounds(study, n) for rule in rules if rule.addresses]
        least, most = map(min, zip(*bounds, strict=True)) if bounds else (None, None)
        row |= {when: tuple(rules), f"{when}_least": least, f"{when}_most": most}
    return row


def _faults(book: Mapping[str, Any], study: Study) -> Iterator[str]:
    """What the schema cannot tell: names and addresses that lead nowhere, rules of the same name."""
    for name, about in book["practices"].items():
        yield from (f"{name} : adresse « {at} » inconnue" for at in about["printed"] if at not in study)
    names = [record["id"] for record in book["rules"]]
    yield from (f"règle « {name} » écrite deux fois" for name in dict.fromkeys(names) if names.count(name) > 1)
    for record in book["rules"]:
        rule = f"règle « {record['id']} »"
        for kind in ("document", "practice"):
            if record[kind] not in book[f"{kind}s"]:
                yield f"{rule} : {kind} « {record[kind]} » inconnu"
        used = chain(record.get("met", ()), record.get("unmet", ()))
        yield from (f"{rule} : adresse « {address} » inconnue" for address in used if address not in study)
