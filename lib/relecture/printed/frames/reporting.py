"""Reporting guidelines (STROBE, CHERRIES, COREQ), and what a study says of each of their items.

The items of each guideline, in our own words, its domains and its source stand in `reporting.yaml`. A study that was
read against one has a file of its name (`strobe.yaml`): each item there has a status and, when it is told, its place.

A status says what the text reports, never how well the study was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pandas import DataFrame, crosstab

from relecture.core.errors import InputError, unknown
from relecture.core.files import lines, read_yaml
from relecture.core.french import agreed
from relecture.core.study import Study

GUIDELINES, SCHEMA = (Path(__file__).with_name(f"reporting.{suffix}") for suffix in ("yaml", "schema.json"))
STATUSES = {
    "reported": "décrit",
    "partial": "décrit en partie",
    "absent": "non décrit",
    "not_applicable": "sans objet",
}
ITEM_COLUMNS = ("number", "domain", "label", "status", "told", "place", "note")


def reporting_checklist(study: Study, guideline: str) -> DataFrame:
    """One row an item of the guideline, in its order: columns ITEM_COLUMNS, where `told` is the status in French.

    `number` is a string (« 12a »); `attrs` hold the `guideline`, its `source`, and how many `items` it has. Raises
    UnknownName for another guideline, InputError with every fault: what leaves the schema, an item missing, twice, or
    that is none of the guideline.

    >>> from relecture import load_study
    >>> reporting_checklist(load_study("guefif"), "strobe").loc[0, ["number", "domain"]].tolist()
    ['1a', 'Titre et résumé']
    """
    known = read_yaml(GUIDELINES)
    if guideline not in known:
        raise unknown(guideline, known, "une grille de lecture connue")
    about, path = known[guideline], study.folder / f"{guideline}.yaml"
    domains = about["domains"].items()
    asked = [(str(number), domain, label) for domain, items in domains for number, label in items.items()]
    told = [(str(item["number"]), item) for item in study.document(path.name, SCHEMA)["items"]]
    if faults := list(_faults([number for number, _ in told], [number for number, *_ in asked], path)):
        raise InputError(f"{path.name}, {fault}" for fault in faults)
    rows = [(*words, *_answer(dict(told)[words[0]])) for words in asked]
    items = DataFrame(rows, columns=list(ITEM_COLUMNS))
    items.attrs = {"guideline": about["name"], "source": about["source"], "items": len(items)}
    return items


def reporting_counts(items: DataFrame) -> DataFrame:
    """How many items have each status, by domain, then in all: columns domain, one a status, items.

    >>> from relecture import load_study
    >>> reporting_counts(reporting_checklist(load_study("planchenault"), "coreq"))["items"].tolist()
    [8, 15, 9, 32]
    """
    counts = crosstab(items["domain"], items["status"])
    counts = counts.reindex(items["domain"].unique()).reindex(columns=list(STATUSES), fill_value=0)
    counts.loc["Ensemble"] = counts.sum()
    return counts.assign(items=counts.sum(axis="columns")).rename_axis(index="domain", columns=None).reset_index()


def _faults(told: list[str], asked: list[str], path: Path) -> Iterator[str]:
    """The items that the guideline does not have, or that come again, each with its line, then those that lack."""
    written = zip(told, lines(path, [("items", rank, "number") for rank in range(len(told))]), strict=True)
    seen: Counter[str] = Counter()
    for number, line in written:
        seen[number] += 1
        if number not in asked:
            yield f"ligne {line}, item {number} : n'est pas dans cette grille"
        elif seen[number] > 1:
            yield f"ligne {line}, item {number} : présent deux fois"
    if absent := [number for number in asked if not seen[number]]:
        yield f"{agreed('item absent', len(absent))} : {', '.join(absent)}"


def _answer(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Status, status in French, place and note of an item."""
    return (item["status"], STATUSES[item["status"]], item.get("place", ""), item["note"])
