"""Coding trees: codes, their labels and places, the codes below each.

A *code* has an identifier (what codings refer to), a label (what readers see), perhaps a description,
the place where the source tells it, and codes below it. The codes at the top are the large groups.
`groups` is a second classification of the same codes. A tree comes from a YAML file (`read_tree`) or from another
program (`formats`), and passes the same checks: its schema first, then what a schema cannot say. Every fault is told
at once, in French, with its place: `nodes.acces.children.2` is the second code below « acces ».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pandas import DataFrame

from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.files import read_yaml

TREE_SCHEMA = Path(__file__).with_name("tree.schema.json")
MOST_PARTS, MOST_LEVELS = 50_000, 12  # values and levels beyond which a document is no coding tree


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


def read_tree(path: Path) -> CodingTree:
    """The tree of a YAML file; raises InputError with every fault, its line and its place."""
    _check_size(read_yaml(path), path.name)
    return _built(schemas.read(path, TREE_SCHEMA), path.name)


def parse_tree(document: Any, source: str = "arbre") -> CodingTree:
    """The tree that a document holds; raises InputError with every fault and its place.

    >>> tree = parse_tree({"title": "Arbre", "nodes": [{"id": "acces", "label": "Accès"}]})
    >>> tree["acces"].label
    'Accès'
    """
    _check_size(document, source)
    if faults := schemas.faults(document, TREE_SCHEMA, source):
        raise InputError(faults)
    return _built(document, source)


def _check_size(document: Any, source: str) -> None:
    """Refuse what stands for too much: ten lines of YAML can stand for billions of codes, or hold themselves."""
    waiting, parts = [document], 0
    while waiting and parts <= MOST_PARTS:
        part, parts = waiting.pop(), parts + 1
        waiting += part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
    if waiting:
        raise InputError([f"{source}, plus de {MOST_PARTS} valeurs : ce n'est pas un arbre de codage"])


def _built(document: Mapping[str, Any], source: str) -> CodingTree:
    """The tree of a document that follows the schema; InputError for what a schema cannot say."""
    groups = {key: _line(label) for key, label in (document.get("groups") or {}).items()}
    roots = tuple(_code(record) for record in document["nodes"])
    tree = CodingTree(_line(document["title"]), roots, _paragraphs(document.get("description")), groups)
    if faults := [f"{source}, {fault}" for fault in _faults(tree)]:
        raise InputError(faults)
    return tree


def _faults(tree: CodingTree) -> Iterator[str]:
    codes = [path[-1] for path in tree.walk()]
    for identifier, uses in Counter(code.id for code in codes).items():
        if uses > 1:
            labels = " ; ".join(code.label for code in codes if code.id == identifier)
            yield f"« {identifier} » : identifiant de {uses} codes ({labels})"
    for code in codes:
        if code.group and code.group not in tree.groups:
            yield f"« {code.id} » : groupe « {code.group} » inconnu (connus : {', '.join(tree.groups) or 'aucun'})"
    if too_deep := next((path for path in tree.walk() if len(path) > MOST_LEVELS), ()):
        yield f"« {too_deep[-1].id} » : plus de {MOST_LEVELS} niveaux"


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
