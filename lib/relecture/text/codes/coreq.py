"""The 32 reporting items of COREQ, and what a study says of each.

COREQ (Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19: 349-357) asks 32 things, in three
domains. Each item of a study has a status and, when it is told, its place in the source; the wording
of the items is the study's own data (`coreq.yaml`), their numbers and domains are the checklist's.

A status says what the text reports, never how well the study was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pandas import DataFrame, crosstab

from relecture.core.errors import InputError
from relecture.core.french import agreed
from relecture.core.study import Study

COREQ_FILE, COREQ_SCHEMA = "coreq.yaml", Path(__file__).with_name("coreq.schema.json")
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
ITEM_COLUMNS = ("number", "domain", "label", "status", "told", "place", "note")


def coreq_checklist(study: Study) -> DataFrame:
    """One row an item, in order: columns ITEM_COLUMNS, where `told` is the status in French.

    Raises InputError with every fault: what leaves the schema, an item missing or twice.
    """
    items = sorted(study.document(COREQ_FILE, COREQ_SCHEMA)["items"], key=lambda item: item["number"])
    uses = Counter(item["number"] for item in items)
    absent = [number for numbers in DOMAINS.values() for number in numbers if not uses[number]]
    faults = [f"{agreed('item absent', len(absent))} : {', '.join(map(str, absent))}"] * bool(absent)
    faults += [f"item {number} : présent deux fois" for number in uses if uses[number] > 1]
    if faults:
        raise InputError(f"{COREQ_FILE}, {fault}" for fault in faults)
    return DataFrame([_row(item) for item in items], columns=list(ITEM_COLUMNS))


def coreq_counts(items: DataFrame) -> DataFrame:
    """How many items have each status, by domain, then in all: columns domain, one a status, items.

    >>> from relecture import load_study
    >>> coreq_counts(coreq_checklist(load_study("planchenault")))["items"].tolist()
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
