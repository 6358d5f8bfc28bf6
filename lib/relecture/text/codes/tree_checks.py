"""Checks of a document that should be a coding tree.

`faults` reads a YAML document (nested mappings and lists) and says, in French, everything that is
wrong with it: unknown keys, missing or repeated identifiers, empty labels, unknown groups, control
characters, too many codes or levels (a YAML file of ten lines can stand for billions). A code is
named by its place in the document: 2.1.3 is the third below the first below the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from reprlib import Repr
from typing import Any

MOST_CODES, MOST_LEVELS = 5000, 12  # codes and levels beyond which a document is no coding tree
_TOP = ("title", "description", "groups", "nodes")
_KEYS = ("id", "label", "description", "place", "group", "codable", "children")
_TEXTS = ("label", "description", "place", "group")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9._-]*")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def tree_faults(document: Any) -> Iterator[str]:
    """Every fault of the document, with its place in it; nothing when it is a coding tree."""
    if not isinstance(document, Mapping):
        yield "des paires « clé: valeur » sont attendues (title, nodes)"
        return
    yield from (f"« {key} » : clé inconnue (prévues : {', '.join(_TOP)})" for key in _unknown(document, _TOP))
    yield from (f"« {key} » : {fault}" for key in ("title", "description") if (fault := _text_fault(document, key)))
    groups = document.get("groups") or {}
    yield from _group_faults(groups)
    nodes = document.get("nodes")
    if not isinstance(nodes, list) or not nodes:
        yield "« nodes » : une liste d'au moins un code est attendue"
        return
    yield from _tree_faults(nodes, groups if isinstance(groups, Mapping) else {})


def is_identifier(text: Any) -> bool:
    """Whether a text can name a code.

    >>> is_identifier("acces.dossier-1"), is_identifier("Accès")
    (True, False)
    """
    return isinstance(text, str) and bool(_IDENTIFIER.fullmatch(text))


def _unknown(record: Mapping[str, Any], known: tuple[str, ...]) -> list[str]:
    return [str(key) for key in record if key not in known]


def _group_faults(groups: Any) -> Iterator[str]:
    if not isinstance(groups, Mapping):
        yield "« groups » : des paires « identifiant: libellé » sont attendues"
        return
    for key in groups:
        if not is_identifier(key):
            yield f"« groups » : « {key} » n'est pas un identifiant"
        if fault := _text_fault(groups, key, needed=True):
            yield f"« groups », « {key} » : {fault}"


def _tree_faults(nodes: list[Any], groups: Mapping[str, str]) -> Iterator[str]:
    records = list(islice(_records(nodes), MOST_CODES + 1))
    if len(records) > MOST_CODES:
        yield f"plus de {MOST_CODES} codes : ce n'est pas un arbre de codage"
        return
    seen: dict[str, str] = {}
    for number, record in records:
        if not isinstance(record, Mapping):
            yield f"code n° {number} : « {_shown(record)} » n'est pas une suite de paires « clé: valeur »"
            continue
        name = f"code n° {number} (« {record['id']} »)" if is_identifier(record.get("id")) else f"code n° {number}"
        yield from (f"{name} : {fault}" for fault in _node_faults(record, number, groups, seen))


def _records(nodes: list[Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every record with its number, such as 2.1.3; what lies too deep is left to `_node_faults`."""
    for rank, record in enumerate(nodes, 1):
        number = f"{above}{rank}"
        yield number, record
        children = record.get("children") if isinstance(record, Mapping) else None
        if isinstance(children, list) and number.count(".") + 1 < MOST_LEVELS:
            yield from _records(children, f"{number}.")


def _node_faults(record: Mapping[str, Any], number: str, groups: Mapping[str, str], seen: dict[str, str]) -> Iterator:
    yield from (f"clé inconnue « {key} » (prévues : {', '.join(_KEYS)})" for key in _unknown(record, _KEYS))
    identifier, children = record.get("id"), record.get("children")
    if not is_identifier(identifier):
        yield "un identifiant « id » est attendu (minuscules sans accent, chiffres, - _ ., une lettre d'abord)"
    elif seen.setdefault(identifier, number) != number:
        yield f"identifiant déjà employé par le code n° {seen[identifier]}"
    for key in _TEXTS:
        if fault := _text_fault(record, key, needed=key == "label"):
            yield f"« {key} » : {fault}"
    if isinstance(group := record.get("group"), str) and group not in groups:
        yield f"groupe « {group} » inconnu (connus : {', '.join(groups) or 'aucun'})"
    if not isinstance(record.get("codable", True), bool):
        yield f"« codable » : « {_shown(record['codable'])} » ; attendu : true ou false"
    if not isinstance(children, list | None):
        yield "« children » : une liste de codes est attendue"
    elif children and number.count(".") + 1 >= MOST_LEVELS:
        yield f"plus de {MOST_LEVELS} niveaux"


def _text_fault(record: Mapping[str, Any], key: str, *, needed: bool | None = None) -> str:
    text = record.get(key)
    if not isinstance(text, str | None):
        return f"« {_shown(text)} » n'est pas un texte (le mettre entre guillemets)"
    if found := _ILLEGAL.search(text or ""):
        return f"caractère de commande U+{ord(found.group()):04X} interdit"
    needed = key == "title" if needed is None else needed
    return "un texte est attendu" if needed and not (text or "").strip() else ""


def _shown(value: Any) -> str:
    """A value short enough for a message, whatever its size."""
    short = Repr()
    short.maxlevel = 1
    return short.repr(value)
