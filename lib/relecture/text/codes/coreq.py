"""The 32 reporting items of COREQ, and what a study says of each.

COREQ (Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19: 349-357) asks 32 things, in three
domains. Each item of a study has a status and, when it is told, its place in the source; the wording
of the items is the study's own data (`coreq.yaml`), their numbers and domains are the checklist's.

A status says what the text reports, never how well the study was done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pandas import DataFrame, crosstab

from relecture.core.errors import InputError

DOMAINS = {
    "Équipe de recherche et réflexivité": range(1, 9),
    "Conception de l'étude": range(9, 24),
    "Analyse et résultats": range(24, 33),
}
STATUSES = {
    "reported": "décrit",
    "partial": "décrit en partie",
    "absent": "non décrit",
    "not_applicable": "sans objet",
}
LOCATED_STATUSES = ("reported", "partial")
ITEM_COLUMNS = ("number", "domain", "label", "status", "told", "place", "note")
_KEYS = ("number", "label", "status", "place", "note")


def checklist(document: Any) -> DataFrame:
    """One row an item, in order: columns COLUMNS, where `told` is the status in French.

    Raises InputError with every fault: an item missing, twice or unknown, a status without its place.
    """
    items = document.get("items") if isinstance(document, Mapping) else None
    if not isinstance(items, list):
        raise InputError(["coreq.yaml : une liste « items » est attendue"])
    if faults := [f"coreq.yaml, {fault}" for fault in _faults(items)]:
        raise InputError(faults)
    rows = [_row(item) for item in sorted(items, key=lambda item: item["number"])]
    return DataFrame(rows, columns=list(ITEM_COLUMNS))


def status_counts(items: DataFrame) -> DataFrame:
    """How many items have each status, by domain, then in all: columns domain, one a status, items.

    >>> items = checklist({"items": [{"number": n, "label": "…", "status": "absent"} for n in range(1, 33)]})
    >>> status_counts(items)["items"].tolist()
    [8, 15, 9, 32]
    """
    counts = crosstab(items["domain"], items["status"]).reindex(index=list(DOMAINS), columns=list(STATUSES))
    counts = counts.fillna(0).astype(int)
    counts.loc["Ensemble"] = counts.sum()
    return counts.assign(items=counts.sum(axis="columns")).rename_axis(index="domain", columns=None).reset_index()


def _row(item: Mapping[str, Any]) -> tuple[Any, ...]:
    domain = next(name for name, numbers in DOMAINS.items() if item["number"] in numbers)
    words = (item.get("place") or "", item.get("note") or "")
    return (item["number"], domain, item["label"], item["status"], STATUSES[item["status"]], *words)


def _faults(items: list[Any]) -> Iterator[str]:
    known = {number for numbers in DOMAINS.values() for number in numbers}
    seen = [item.get("number") if isinstance(item, Mapping) else None for item in items]
    if missing := sorted(known - {number for number in seen if isinstance(number, int)}):
        yield f"item{'s' * (len(missing) > 1)} absent{'s' * (len(missing) > 1)} : {', '.join(map(str, missing))}"
    for rank, (item, number) in enumerate(zip(items, seen, strict=True), 1):
        if not isinstance(item, Mapping) or not isinstance(number, int) or number not in known:
            yield f"entrée {rank} : un « number » de 1 à {max(known)} est attendu"
            continue
        if number in seen[: rank - 1]:
            yield f"item {number} : présent deux fois"
        yield from (f"item {number} : {fault}" for fault in _item_faults(item))


def _item_faults(item: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"clé inconnue « {key} » (prévues : {', '.join(_KEYS)})" for key in item if key not in _KEYS)
    if not isinstance(item.get("label"), str) or not item["label"].strip():
        yield "« label » : un texte est attendu"
    status, place = item.get("status"), item.get("place")
    if status not in tuple(STATUSES):
        yield f"« status » : « {status} » ; attendu : {', '.join(STATUSES)}"
    elif status in LOCATED_STATUSES and not place:
        yield "« place » : attendue pour un item décrit"
    elif status not in LOCATED_STATUSES and place:
        yield f"« place » : « {place} » situe un item {STATUSES[status]}"
