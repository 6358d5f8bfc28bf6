"""Audit of a study: each relation recomputed, with its finding and, when it fails, its smallest repairs.

`audit` runs the ledger's relations in order, then lists the numbers that none of them uses, with the reason the ledger
gives. `frame` turns the result into a table for notebooks and exports, `tally` counts the verdicts.
"""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from relecture.core.errors import InputError, nearest
from relecture.core.study import PrintedValue, Study
from relecture.printed.finding import Finding, Verdict
from relecture.printed.ledger import Ledger, load, located
from relecture.printed.places import gathered
from relecture.printed.relations import KINDS, Fault, Relation
from relecture.printed.relations.shapes import flat
from relecture.printed.repair import Repair, search

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("id", "kind", "section", "label", "place", "printed", "expected", "verdict", "explanation", "repair")
_SHOWN, _FEW = 8, 6
_ROW = "row"  # the kind of a number that no relation uses
_NO_REASON = "aucune relation ne porte sur ce nombre"


@dataclass(frozen=True)
class Checked:
    """A relation of the study with its finding: what was printed, where, and what would mend it.

    `judged` holds the printed numbers that the finding is about, as a reader writes them; nothing where there are many.
    """

    id: str
    kind: str
    section: str
    label: str
    place: str
    addresses: tuple[str, ...]
    printed: str
    finding: Finding
    repairs: tuple[Repair, ...] = ()
    judged: str = ""

    @property
    def record(self) -> dict[str, str]:
        """Flat form, for tables and files."""
        fields = vars(self) | vars(self.finding) | {"repair": " ; ".join(map(str, self.repairs))}
        return {name: str(fields[name]) for name in COLUMNS}


def audit(study: Study, *, repairs: bool = True, draws: bool = True) -> list[Checked]:
    """Findings on every relation of the study; InputError if its ledger is malformed.

    For who asks for verdicts only, which stay the same: without `repairs` no edit is tried, without `draws` no
    sample is drawn.

    >>> from relecture import load_study
    >>> found = audit(load_study("guefif"), repairs=False)
    >>> next(checked.finding.verdict for checked in found if checked.id == "principal.difference")
    <Verdict.REPRODUCED: 'reproduced'>
    """
    ledger = load(study)
    findings = _findings(study, ledger, draws)
    people = study.about.get("people", "")
    checked = [_checked(*pair, ledger, repairs, people) for pair in zip(ledger.relations, findings, strict=True)]
    return checked + [_unused(row) for address, row in ledger.rows.items() if address not in ledger.covered]


def chosen(checked: Sequence[Checked], verdict: str | None = None, address: str | None = None) -> list[Checked]:
    """The findings that carry a verdict, and of which an address follows a pattern ("age.*"); all without either.

    InputError, with the nearest addresses, for a pattern that none follows.
    """
    known = sorted({name for each in checked for name in each.addresses})
    if address is not None and not fnmatch.filter(known, address):
        near = ", ".join(nearest(address, known))
        raise InputError([f"aucune adresse ne suit « {address} »" + (f" ; proches : {near}" if near else "")])
    return [
        each
        for each in checked
        if verdict in (None, each.finding.verdict) and (address is None or fnmatch.filter(each.addresses, address))
    ]


def told_apart(checked: Sequence[Checked]) -> tuple[list[Checked], list[Checked]]:
    """The findings on relations, and those on numbers that no relation uses."""
    return [each for each in checked if each.kind != _ROW], [each for each in checked if each.kind == _ROW]


def tally(checked: Sequence[Checked]) -> Counter[str]:
    """How many relations carry each verdict, in the order of the vocabulary; a number that none uses is no check."""
    counts = Counter({verdict.value: 0 for verdict in Verdict})
    counts.update(each.finding.verdict.value for each in told_apart(checked)[0])
    return counts


def frame(checked: Sequence[Checked]) -> pd.DataFrame:
    """One row a finding, with the columns of COLUMNS."""
    import pandas as pd

    return pd.DataFrame([each.record for each in checked], columns=COLUMNS)


def _findings(study: Study, ledger: Ledger, draws: bool) -> list[Finding]:
    """A finding a relation; InputError with every print that a check cannot read."""
    findings, faults = [], []
    for relation in ledger.relations:
        try:
            findings.append(relation.check(ledger.values, draws=draws))
        except ValueError as error:
            faults.append(Fault(f"relation « {relation.id} » : {error}", (relation.rank,)))
    if faults:
        raise InputError(located(study, faults))
    return findings


def _checked(relation: Relation, finding: Finding, ledger: Ledger, repairs: bool, people: str) -> Checked:
    failing = finding.verdict is Verdict.INCONSISTENT and KINDS[relation.kind].repairable
    edits = _repairs(relation, ledger) if repairs and failing else ()
    place = gathered(ledger.rows[address].place for address in relation.addresses)
    fields = (relation.id, relation.kind, relation.section, relation.label, place)
    shown = (_printed(relation, ledger.rows, people), finding, edits, _judged(relation, ledger.rows))
    return Checked(*fields, relation.addresses, *shown)


def _repairs(relation: Relation, ledger: Ledger) -> tuple[Repair, ...]:
    """Repairs of the relation; where it mixes group sizes with results, only the results are edited."""
    results = [address for address in relation.addresses if ledger.rows[address].kind != "count"]
    checks = partial(_checks, ledger.relations)
    return search(partial(_holds, relation), results or relation.addresses, ledger.values, checks)


def _checks(relations: Sequence[Relation], addresses: Sequence[str]) -> list[Callable[[Mapping[str, str]], bool]]:
    """Every relation that uses one of the addresses and against which an edit can be tried."""
    used = [relation for relation in relations if set(addresses) & set(relation.addresses)]
    return [partial(_holds, relation) for relation in used if KINDS[relation.kind].repairable]


def _holds(relation: Relation, values: Mapping[str, str]) -> bool:
    """Whether the relation holds on these values as usual; an edit that is no longer a count, or a date, does not."""
    try:
        return relation.check(values).holds
    except (ValueError, ZeroDivisionError):
        return False


def _printed(relation: Relation, rows: Mapping[str, PrintedValue], people: str) -> str:
    """The numbers judged, then those that they were computed from, of which a long list is cut.

    What a table prints of people one by one (addresses that follow `people`) is counted, never told.
    """
    alone = fnmatch.filter(relation.addresses, people)
    told = [address for address in relation.addresses if address not in alone]
    judged = [address for address in told if address in relation.judged]
    others = told[len(judged) :]
    kept = others if len(others) <= _SHOWN + 1 else others[:_SHOWN]
    cut = f" … (et {len(others) - len(kept)} autres)" if len(others) > len(kept) else ""
    cells = [f"{len(alone)} cases de tableau, une ligne par personne"] if alone else []
    return " ; ".join([*(rows[address].value for address in (*judged, *kept)), *cells]) + cut


def _judged(relation: Relation, rows: Mapping[str, PrintedValue]) -> str:
    """The numbers judged: bounds in brackets after their estimate, a p led by its name, a percentage by its sign."""
    if len(relation.judged) > _FEW:
        return ""
    given = ((name, relation.arguments.get(name)) for name in KINDS[relation.kind].judged)
    written = [
        (name, [_signed(rows[leaf]) for leaf in flat(value) if leaf in relation.judged]) for name, value in given
    ]
    texts = [f"[{' – '.join(texts)}]" if name == "interval" else " ; ".join(texts) for name, texts in written if texts]
    return " ; ".join(texts).replace(" ; [", " [")


def _signed(row: PrintedValue) -> str:
    if row.kind == "p":
        return f"p {row.value}" if row.value[:1] in "<≤>=" else f"p = {row.value}"
    return f"{row.value} %" if row.kind == "percent" and row.value[-1:].isdigit() else row.value


def _unused(row: PrintedValue) -> Checked:
    reason = row.note.partition(": ")[2] or _NO_REASON
    finding = Finding(Verdict.UNCHECKABLE, reason)
    return Checked(row.address, _ROW, "Sans relation", row.address, row.place, (row.address,), row.value, finding)
