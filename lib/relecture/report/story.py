"""The story that a page tells of a study's findings: its answer, three key points, and the causes that findings share.

They are data of the study (`findings.yaml`), French prose in which no number is typed: `{principal.difference}` stands
for what was printed at that address, `{bivariee.aisance:expected}` for what a finding expected there ("OR 7,74"),
`{bivariee.aisance:number}` for the same without its name ("7,74"), `{bivariee.aisance:repair}` for the first edit that
would mend it, `{confidence}` for the level of the intervals, and any other name for a result that the notebook hands
over.

The answer and each key point name the findings that they rest on, with the verdict of each. A *cause* is what several
findings share: its title and text, what it changes, the question to put to the author, and the findings by id or by
pattern (`tableau.*`). Every finding that is inconsistent or conditional is told by exactly one cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.files import lines
from relecture.core.french import numbers, percent
from relecture.report.legends import filled, names_in
from relecture.report.verdicts import VERDICTS

if TYPE_CHECKING:
    from relecture.printed.audit import Checked

FILE, SCHEMA = "findings.yaml", Path(__file__).with_name("findings.schema.json")
TOLD = ("inconsistent", "conditional")
_NAME = re.compile(r"^[^\d−<>]+(?=[\d−<>])")
_Fault = tuple[tuple[Any, ...], str]  # keys and ranks that lead to it from the top of the file, and what is wrong


@dataclass(frozen=True)
class Cause:
    """What some findings share, in plain French, with the question to put to the author; a minor one changes little."""

    id: str
    title: str
    text: str
    changes: str
    question: str
    findings: tuple[Checked, ...]
    minor: bool = False


@dataclass(frozen=True)
class Story:
    """The answer of a study in one sentence, its three key points, and the causes of what does not hold."""

    answer: str
    key_points: tuple[str, ...]
    causes: tuple[Cause, ...]


def read(folder: Path, checked: Sequence[Checked], printed: Mapping[str, str]) -> dict[str, Any]:
    """What `findings.yaml` says, its prose not yet filled in.

    Raises InputError, with the line of each fault, where it leaves its schema, where a verdict is not that of the
    finding, where an id, a pattern or an address is of nothing, and where a finding of TOLD has no cause, or two.
    """
    path, document = folder / FILE, schemas.read(folder / FILE, SCHEMA)
    faults = [*_claims(document, checked), *_causes(document["causes"], checked), *_names(document, checked, printed)]
    if faults:
        places = lines(path, [place for place, _ in faults])
        told = sorted(zip(places, (reason for _, reason in faults), strict=True))
        raise InputError(dict.fromkeys(f"{FILE}, ligne {line} : {reason}" for line, reason in told))
    return document


def tell(
    folder: Path, checked: Sequence[Checked], printed: Mapping[str, str], *, confidence: float = 0.95, **results: Any
) -> Story:
    """The story of a folder; InputError as `read`, KeyError for a name that is neither printed nor a result."""
    document = read(folder, checked, printed)
    values = {address: numbers(text) for address, text in printed.items()} | of_findings(checked)
    values |= {"confidence": percent(confidence, 0)} | results
    told = filled(document, values)
    causes = (Cause(**one | {"findings": told_by(one["findings"], checked)}) for one in told["causes"])
    return Story(told["answer"]["text"], tuple(point["text"] for point in told["key_points"]), tuple(causes))


def told_by(patterns: Iterable[str], checked: Iterable[Checked]) -> tuple[Checked, ...]:
    """The findings that an id names, and those of TOLD that a pattern fits, in the order of the study."""
    return tuple(
        one
        for one in checked
        if any(one.id == name or (one.finding.verdict in TOLD and fnmatch(one.id, name)) for name in patterns)
    )


def _parts(document: Mapping[str, Any]) -> Iterator[tuple[tuple[Any, ...], Mapping[str, Any]]]:
    """The answer, each key point and each cause, with where it stands."""
    yield ("answer",), document["answer"]
    for name in ("key_points", "causes"):
        yield from (((name, rank), part) for rank, part in enumerate(document[name]))


def _claims(document: Mapping[str, Any], checked: Iterable[Checked]) -> Iterator[_Fault]:
    verdicts = {one.id: one.finding.verdict for one in checked}
    claims = ((place, part["findings"]) for place, part in _parts(document) if place[0] != "causes")
    for place, name, verdict in ((place, *pair) for place, claim in claims for pair in claim.items()):
        if name not in verdicts:
            yield (*place, "findings", name), f"aucun constat ne s'appelle « {name} »"
        elif verdicts[name] != verdict:
            said, true = VERDICTS[verdict].word, VERDICTS[verdicts[name]].word
            yield (*place, "findings", name), f"« {name} » est dit {said} ; le constat est {true}"


def _causes(causes: Sequence[Mapping[str, Any]], checked: Sequence[Checked]) -> Iterator[_Fault]:
    owners: dict[str, list[int]] = {one.id: [] for one in checked if one.finding.verdict in TOLD}
    owed = {*owners, *(one.id for one in checked if one.finding.verdict == "uncheckable")}
    for rank, cause in enumerate(causes):
        for which, pattern in enumerate(cause["findings"]):
            if not told_by([pattern], checked):
                yield ("causes", rank, "findings", which), f"aucun constat à dire sous « {pattern} »"
        for one in told_by(cause["findings"], checked):
            owners.setdefault(one.id, []).append(rank)
    for name, ranks in owners.items():
        if name not in owed:
            yield ("causes", ranks[0]), f"« {name} » tient : aucune cause ne peut le dire"
        elif not ranks:
            yield ("causes",), f"aucune cause ne dit « {name} »"
        elif len(ranks) > 1:
            yield ("causes", ranks[1]), f"« {name} » est dit par plusieurs causes"


def _names(document: Mapping[str, Any], checked: Sequence[Checked], printed: Mapping[str, str]) -> Iterator[_Fault]:
    """A name with a dot or a colon is no result of the notebook: it stands in the study."""
    known = {*printed, *of_findings(checked)}
    parts = ((place, *pair) for place, part in _parts(document) for pair in part.items())
    for place, text in (((*place, key), text) for place, key, text in parts if isinstance(text, str)):
        try:
            unknown = [name for name in names_in(text) if {".", ":"} & {*name} and name not in known]
        except ValueError:
            yield place, "accolade ouverte ou fermée seule"
        else:
            yield from ((place, f"« {name} » : ni adresse imprimée, ni résultat d'un constat") for name in unknown)


def of_findings(checked: Iterable[Checked]) -> dict[str, str]:
    """What can be said of a finding: what it expected, the number in it, and the first edit that would mend it."""
    said = {f"{one.id}:expected": one.finding.expected for one in checked if one.finding.expected}
    said |= {f"{one.id}:number": _NAME.sub("", one.finding.expected) for one in checked if one.finding.expected}
    return said | {f"{one.id}:repair": numbers(one.repairs[0].proposed) for one in checked if one.repairs}
