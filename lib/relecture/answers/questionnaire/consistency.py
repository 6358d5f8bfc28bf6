"""Checks of an instrument that its schema cannot make: what refers to what, and in which order.

Ids used once; conditions that read an item, a row or a choice that exists and was asked before; choices,
bounds and points that fit. A condition can only look back: an item that depends on a later one, or on
itself through others, could never be asked in order. `document` is plain data, as the YAML gives it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from relecture.answers.questionnaire.conditions import Comparison, comparisons, parse
from relecture.answers.questionnaire.missing import CODES, RESPONDENT, Missing

OPERATORS = {"single": ("equals", "in"), "matrix": ("equals", "in"), "multiple": ("selected",)}


def faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Every fault of a document, place first."""
    items = [item for section in document["sections"] for item in section["items"]]
    derived = document.get("derived", [])
    yield from _repeated("section", document["sections"])
    yield from _repeated("item", [*items, *derived, *document.get("scores", [])])
    for item in items:
        yield from (f"item « {item['id']} » : {fault}" for fault in _item(item))
    yield from _conditions(items, derived)
    for score in document.get("scores", []):
        matrix = next((item for item in items if item["id"] == score["matrix"]), {})
        yield from (f"score « {score['id']} » : {fault}" for fault in _score(score, matrix))


def _repeated(what: str, records: list[Mapping[str, Any]]) -> Iterator[str]:
    for name, times in Counter(record["id"] for record in records).items():
        if times > 1:
            yield f"{what} « {name} » : cet identifiant sert {times} fois"


def _item(item: Mapping[str, Any]) -> Iterator[str]:
    if item["id"] == RESPONDENT:
        yield "ce nom est celui de la colonne qui désigne les répondants"
    choices = item.get("choices", {})
    offered = [code for code in choices if code not in CODES]
    if "choices" in item and not offered:
        yield f"aucun choix qui soit une réponse ({', '.join(choices)})"
    if Missing.NOT_ASKED in choices:
        yield f"« {Missing.NOT_ASKED} » découle de la logique de saut ; il ne peut pas être un choix"
    if item["kind"] != "multiple":
        for code, choice in choices.items():
            if isinstance(choice, Mapping) and choice.get("exclusive"):
                yield f"choix « {code} » exclusif ; seul un item à plusieurs réponses peut en avoir"
    for low, high in (("least", "most"), ("low", "high")):
        if low in item and high in item and item[low] > item[high]:
            yield f"{low} ({item[low]}) dépasse {high} ({item[high]})"
    if (ticks := max(item.get("least", 0), item.get("most", 0))) > len(offered):
        yield f"{ticks} coches attendues, mais le formulaire n'a que {len(offered)} réponses"


def _score(score: Mapping[str, Any], matrix: Mapping[str, Any]) -> Iterator[str]:
    if matrix.get("kind") != "matrix":
        yield f"« {score['matrix']} » n'est pas une matrice"
        return
    offered = [code for code in matrix["choices"] if code not in CODES]
    if set(score["points"]) != set(offered):
        yield f"points de {', '.join(score['points'])} ; attendu : {', '.join(offered)}"
    for row in score.get("reversed", []):
        if row not in matrix["rows"]:
            yield f"« {row} » n'est pas une ligne de « {score['matrix']} »"
    for code in score.get("median_for", []):
        if code != Missing.NO_ANSWER and code not in matrix["choices"]:
            yield f"médiane pour « {code} », que « {score['matrix']} » ne propose pas"


def _conditions(items: list[Mapping[str, Any]], derived: list[Mapping[str, Any]]) -> Iterator[str]:
    """Faults of every condition; items are asked in order, derived variables come after them all."""
    asked = {item["id"]: item for item in reversed(items)}  # of two with one id, a fault already, the first
    reads = {name: [leaf.target.partition(".")[0] for leaf in _comparisons(item)] for name, item in asked.items()}
    before: dict[str, Mapping[str, Any]] = {}
    for item in items:
        for leaf in _comparisons(item):
            if fault := _comparison(leaf, asked) or _order(item["id"], leaf.target.partition(".")[0], before, reads):
                yield f"item « {item['id']} », relevant : {fault}"
        before[item["id"]] = item
    for one in derived:
        for code, case in one["values"].items():
            for leaf in comparisons(parse(case["when"])):
                if fault := _comparison(leaf, asked):
                    yield f"variable « {one['id']} », {code} : {fault}"
        asked[one["id"]] = {"kind": "single", "choices": one["values"]}


def _comparisons(item: Mapping[str, Any]) -> list[Comparison]:
    return comparisons(parse(item["relevant"])) if "relevant" in item else []


def _comparison(leaf: Comparison, asked: Mapping[str, Mapping[str, Any]]) -> str:
    """What is wrong with what a leaf reads, or nothing."""
    name = leaf.target.partition(".")[0]
    item = asked.get(name)
    if item is None:
        return f"l'item « {name} » n'existe pas"
    allowed = OPERATORS.get(item["kind"])
    if allowed is None:
        return f"« {name} » est un item sans choix ; une condition ne peut pas le lire"
    if leaf.op not in allowed:
        return f"« {leaf.op} » ne lit pas « {name} » ; attendu : {' ou '.join(allowed)}"
    columns = [f"{name}.{row}" for row in item.get("rows", [])] or [name]
    if leaf.target not in columns:
        return f"« {leaf.target} » n'est pas une colonne ; attendu : {', '.join(columns)}"
    codes = [code for code in item["choices"] if leaf.op != "selected" or code not in CODES]
    if unknown := [code for code in leaf.codes if code not in codes]:
        words = ", ".join(f"« {code} »" for code in unknown)
        return f"{words} : ce n'est pas une réponse de « {name} » ({', '.join(codes)})"
    return ""


def _order(name: str, read: str, before: Mapping[str, Any], reads: Mapping[str, list[str]]) -> str:
    """A condition looks back; what is wrong when it does not."""
    if read in before:
        return ""
    if read == name:
        return f"boucle : « {name} » dépend de sa propre réponse"
    if name in _reached(read, reads):
        return f"boucle : « {name} » dépend de « {read} », qui dépend de « {name} »"
    return f"« {read} » n'est posé qu'après « {name} »"


def _reached(name: str, reads: Mapping[str, list[str]]) -> set[str]:
    """Every item that an item depends on, through any number of others."""
    reached, edge = set(), {name}
    while edge := {other for one in edge for other in reads.get(one, ())} - reached:
        reached |= edge
    return reached
