"""Coding trees: codes, their labels and places, the codes below each.

A *code* has an identifier (what codings refer to), a label (what readers see), perhaps a description,
the place where the source tells it, and codes below it. The codes at the top are the large groups.
`groups` is a second classification of the same codes. A tree comes from a YAML document (`parse_tree`) or
from another program (`formats`), and passes the same checks: every fault is told at once, in French.

Nothing is coded or drawn here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pandas import DataFrame

from relecture.core.errors import InputError
from relecture.text.codes.tree_checks import tree_faults


@dataclass(frozen=True)
class Code:
    """One code; `codable` is False for a heading that nobody codes with."""

    id: str
    label: str
    description: str = ""
    place: str = ""
    group: str = ""
    codable: bool = True
    children: tuple[Code, ...] = ()


@dataclass(frozen=True)
class CodingTree:
    """A checked coding tree; `roots` are the large groups, in the order of the document."""

    title: str
    roots: tuple[Code, ...]
    description: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[tuple[Code, ...]]:
        """Every code in document order, as the path that leads to it (the code itself is last)."""
        return _walk(self.roots, ())

    @cached_property
    def paths(self) -> dict[str, tuple[Code, ...]]:
        """The path to each code, by identifier."""
        return {path[-1].id: path for path in self.walk()}

    def __getitem__(self, identifier: str) -> Code:
        return self.paths[identifier][-1]

    def frame(self, identifier: str = "") -> DataFrame:
        """One row a code: id, label, depth (1 at the top), path, group, place, description, codable, leaf.

        With an identifier, that code and those below it, as if it were the top.
        """
        paths = _walk((self[identifier],), ()) if identifier else self.walk()
        return DataFrame([_row(path, self.groups) for path in paths])


def parse_tree(document: Any, source: str = "coding.yaml") -> CodingTree:
    """The tree that a YAML document holds; raises InputError with every fault and its place.

    >>> tree = parse_tree({"title": "Arbre", "nodes": [{"id": "acces", "label": "Accès"}]})
    >>> tree["acces"].label
    'Accès'
    """
    if found := [f"{source}, {fault}" for fault in tree_faults(document)]:
        raise InputError(found)
    groups = {key: _line(label) for key, label in (document.get("groups") or {}).items()}
    nodes = tuple(_code(record) for record in document["nodes"])
    return CodingTree(_line(document["title"]), nodes, _paragraphs(document.get("description")), groups)


def _walk(nodes: tuple[Code, ...], above: tuple[Code, ...]) -> Iterator[tuple[Code, ...]]:
    for node in nodes:
        yield (*above, node)
        yield from _walk(node.children, (*above, node))


def _row(path: tuple[Code, ...], groups: Mapping[str, str]) -> dict[str, Any]:
    node = path[-1]
    return {
        "id": node.id, "label": node.label, "depth": len(path), "path": " › ".join(step.label for step in path),
        "group": groups.get(node.group, ""), "place": node.place, "description": node.description,
        "codable": node.codable, "leaf": not node.children,
    }  # fmt: skip


def _code(record: Mapping[str, Any]) -> Code:
    children = tuple(_code(child) for child in record.get("children") or [])
    place, codable = _line(record.get("place")), record.get("codable", True)
    texts = (_line(record["label"]), _paragraphs(record.get("description")), place, record.get("group") or "")
    return Code(record["id"], *texts, codable, children)


def _line(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "").strip()


def _paragraphs(text: str | None) -> str:
    """The text with its lines, without space at either end of them; no-break spaces inside stay."""
    return "\n".join(_line(line) for line in (text or "").strip().split("\n"))
