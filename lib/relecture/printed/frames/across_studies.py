"""Proportions that several studies print about one matter, side by side as one frame.

A *row* puts one printed proportion beside others: the study, what was counted in our words, among whom, and where it
stands. It holds addresses, never a number: counts and their denominator; or a printed percentage, whose count is found
when only one count of that many respondents prints so; or a rate without any denominator; or nothing, where the number
is lost. Rows are put side by side and never pooled: nothing is computed across studies here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pandas import DataFrame

from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.numbers import Printed, size, whole
from relecture.core.study import Study
from relecture.printed.finding import Verdict
from relecture.printed.places import gathered
from relecture.printed.statistics.granularity import grim

if TYPE_CHECKING:
    from relecture.printed.audit import Checked

SCHEMA = Path(__file__).with_name("rows.schema.json")
_UNDATED = "date non précisée"


def values_by_study(studies: Mapping[str, Study]) -> dict[str, str]:
    """Every printed string, at the name of its study and its address: `guefif.principal.difference`."""
    return {f"{name}.{address}": value for name, study in studies.items() for address, value in study.values.items()}


def load(path: Path) -> dict[str, Any]:
    """What `rows.yaml` says, subject by subject; InputError, with their lines, for what does not follow its schema."""
    return schemas.read(path, SCHEMA)


def proportion_rows(studies: Mapping[str, Study], sections: Mapping[str, Sequence[Mapping[str, Any]]]) -> DataFrame:
    """One row a record, in order: variable (the section), study, source, label, asked, population, when, count, n,
    stated, printed, place, addresses.

    `count` and `n` are NaN for a rate without denominator, whose share of 1 is `stated`; all three for a lost number.
    `count` and `n` of a record are an address or several, added up; `percent` is the address of a percentage, or two
    addresses, « 9 » in « 10 »; `when` lists those of a date, none for an undated number; `item` is a question of the
    study's instrument, told in `asked` in the instrument's words. Raises InputError, all faults at once.

    >>> from relecture import load_study
    >>> record = {"study": "ajoodha", "label": "", "population": "", "percent": "discussion.obligations.connues"}
    >>> named = {"ajoodha": load_study("ajoodha")}
    >>> proportion_rows(named, {"RGPD": [record | {"n": "resultats.entretiens"}]})[["count", "n", "printed"]]
       count   n printed
    0     31  50   31/50
    """
    if faults := schemas.faults({"rows": sections}, SCHEMA, "rows.yaml"):
        raise InputError(faults)
    records = [(section, record) for section, several in sections.items() for record in several]
    named = {record["study"] for _, record in records if "item" in record}
    asked = {name: _asked(studies[name]) for name in sorted(named & studies.keys())}
    if faults := [f"{section}, ligne {rank} : {fault}" for rank, (section, record) in enumerate(records, start=1)
                  for fault in _faults(studies, asked, record)]:  # fmt: skip
        raise InputError(faults)
    return DataFrame([{"variable": section} | _row(studies[one["study"]], asked, one) for section, one in records])


def with_relations(frame: DataFrame, checked: Mapping[str, Sequence[Checked]]) -> DataFrame:
    """The frame with, of each row, `checks`, how many relations use its numbers, and `gaps`, how many of them fail.

    Denominators are left out: half of a study hangs on them. `checked` are the findings of each study's audit; what
    it could not check does not count.
    """
    pairs = zip(frame["study"], frame["addresses"], strict=True)
    verdicts = [_verdicts(checked[study], set(used)) for study, used in pairs]
    gaps = [several.count(Verdict.INCONSISTENT) for several in verdicts]
    return frame.assign(checks=list(map(len, verdicts)), gaps=gaps)


def _verdicts(checked: Sequence[Checked], addresses: set[str]) -> list[Verdict]:
    verdicts = [one.finding.verdict for one in checked if addresses & set(one.addresses)]
    return [verdict for verdict in verdicts if verdict != Verdict.UNCHECKABLE]


def _row(study: Study, asked: Mapping[str, Mapping[str, str]], record: Mapping[str, Any]) -> dict[str, Any]:
    used = tuple(address for key in ("count", "percent") for address in _several(record.get(key)))
    place = gathered(row.place for row in study.rows if row.address in used)
    return {
        "study": study.name, "source": study.about["short"], "label": record["label"],
        "asked": asked[study.name][record["item"]] if "item" in record else "",
        "population": record["population"], "when": _when(study, record), **_numbers(study, record),
        "place": place or record["lost"], "addresses": used,
    }  # fmt: skip


def _asked(study: Study) -> dict[str, str]:
    """The questions of a study's instrument: their number in the source, and what they ask."""
    items = [item for section in study.document("instrument.yaml")["sections"] for item in section["items"]]
    numbers = {item["id"]: item.get("source", {}).get("item", "") for item in items}
    return {item["id"]: f"question {numbers[item['id']]} : {item['label']}" for item in items if "label" in item}


def _when(study: Study, record: Mapping[str, Any]) -> str:
    if "when" not in record:
        return str(study.about["period"])
    return " ".join(study[address] for address in record["when"]) or _UNDATED


def _numbers(study: Study, record: Mapping[str, Any]) -> dict[str, Any]:
    """What is printed: a count and its denominator, a rate alone, or nothing."""
    given = {key: [study[address] for address in _several(record.get(key))] for key in ("count", "n", "percent")}
    none = float("nan")
    if given["n"]:
        n = size(given["n"])
        count = size(given["count"]) if given["count"] else _count(given["percent"][0], n)
        return {"count": count, "n": n, "stated": none, "printed": f"{count}/{n}"}
    if len(given["percent"]) == 2:
        part, whole_ = map(whole, given["percent"])
        return {"count": none, "n": none, "stated": part / whole_, "printed": f"{part} sur {whole_}"}
    if given["percent"]:
        (text,) = given["percent"]
        return {"count": none, "n": none, "stated": float(Printed.read(text).centre) / 100, "printed": f"{text} %"}
    return {"count": none, "n": none, "stated": none, "printed": "perdu"}


def _count(percent: str, n: int) -> int:
    """The one count of n that prints as this percentage; InputError when there are several, or none."""
    counts = grim(percent, n=n, percent=True).evidence
    if len(counts) != 1:
        raise InputError([f"{percent} % de {n} : {len(counts)} effectifs possibles, un seul attendu"])
    return int(counts[0])


def _faults(
    studies: Mapping[str, Study], asked: Mapping[str, Mapping[str, str]], record: Mapping[str, Any]
) -> Iterator[str]:
    study = studies.get(record["study"])
    if study is None:
        yield f"étude « {record['study']} » inconnue ({', '.join(studies)})"
        return
    used = [address for key in ("count", "n", "percent", "when") for address in _several(record.get(key))]
    yield from (f"adresse « {address} » inconnue de {study.name}" for address in used if address not in study)
    if "item" in record and record["item"] not in asked[study.name]:
        yield f"question « {record['item']} » inconnue de {study.name}"


def _several(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())
