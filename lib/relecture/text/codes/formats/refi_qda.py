"""Coding trees as REFI-QDA codebooks, for NVivo, MAXQDA, ATLAS.ti and QualCoder, read back too.

A codebook (`.qdc`, standard 1.5, namespace `urn:QDA-XML:codebook:1.0`) has nested `Code`
elements with a guid, a name, whether one codes with it, and a description; our second
classification becomes its `Sets`. The standard has no room for an identifier or a place: they are
the last lines of the description. A guid follows from the title of the tree and the identifier, so
the same tree gives the same file and an update recognises its codes.

Colours are not kept, nor the second set of a code that is in several.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement

from relecture.text.codes.formats import xml
from relecture.text.codes.tree import Code, CodingTree

CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
_GUIDS = UUID("5b0f6f2e-64a5-5f0c-9d55-3b8a3c1f7d21")  # any fixed one: it separates our guids from others'
_TAIL = re.compile(r"(?:(?P<words>.*?)\n\n)??Identifiant : (?P<id>\S+)(?:\nLieu : (?P<place>[^\n]+))?", re.DOTALL)


def write_codebook(tree: CodingTree) -> bytes:
    """The codebook as a file."""
    root = Element("CodeBook", {"xmlns": CODEBOOK_NAMESPACE, "origin": "Relecture"})
    codes = SubElement(root, "Codes")
    for code in tree.roots:
        _write_code(codes, code, tree.title)
    if tree.groups:
        _write_sets(SubElement(root, "Sets"), tree)
    return xml.xml_bytes(root)


def read_codebook(data: bytes, name: str) -> dict[str, Any]:
    """The document of a codebook, for `tree.parse_tree`; codes from elsewhere have no identifier yet."""
    root = xml.parse_xml(data, name, "CodeBook")
    groups: dict[str, Any] = {}
    members: dict[str, str] = {}
    for sets in xml.children(root, "Sets"):
        for rank, group in enumerate(xml.children(sets, "Set"), 1):
            key = _read_description(group).get("id", f"ensemble-{rank}")
            groups[key] = group.get("name", "")
            for member in xml.children(group, "MemberCode"):
                members.setdefault(_bare_guid(member), key)
    codes = [code for codes in xml.children(root, "Codes") for code in xml.children(codes, "Code")]
    return {"groups": groups, "nodes": [_record(code, members) for code in codes]}


def code_guid(title: str, identifier: str) -> str:
    """The guid of a code of the tree that has this title.

    >>> code_guid("Arbre", "acces") == code_guid("Arbre", "acces") != code_guid("Autre arbre", "acces")
    True
    """
    return str(uuid5(_GUIDS, f"{title}\n{identifier}"))


def _write_code(above: Element, code: Code, title: str) -> None:
    fields = {"guid": code_guid(title, code.id), "name": code.label, "isCodable": str(code.codable).lower()}
    element = SubElement(above, "Code", fields)
    SubElement(element, "Description").text = _written_description(code.id, code.description, code.place)
    for child in code.children:
        _write_code(element, child, title)


def _write_sets(sets: Element, tree: CodingTree) -> None:
    for key, label in tree.groups.items():
        group = SubElement(sets, "Set", {"guid": code_guid(tree.title, f"groups\n{key}"), "name": label})
        SubElement(group, "Description").text = _written_description(key)
        for code in (path[-1] for path in tree.walk() if path[-1].group == key):
            SubElement(group, "MemberCode", {"guid": code_guid(tree.title, code.id)})


def _written_description(identifier: str, words: str = "", place: str = "") -> str:
    tail = f"Identifiant : {identifier}" + (f"\nLieu : {place}" if place else "")
    return f"{words}\n\n{tail}" if words else tail


def _record(code: Element, members: Mapping[str, str]) -> dict[str, Any]:
    record = {"label": code.get("name", ""), **_read_description(code), "group": members.get(_bare_guid(code))}
    children = [_record(child, members) for child in xml.children(code, "Code")]
    return record | {"codable": code.get("isCodable") not in ("false", "0"), "children": children}


def _read_description(element: Element) -> dict[str, str]:
    """The description of a code or a set, without the lines that hold its identifier and its place."""
    words = xml.child_text(element, "Description").strip()
    if not (tail := _TAIL.fullmatch(words)):
        return {"description": words}
    fields = {"id": tail["id"], "description": tail["words"], "place": tail["place"]}
    return {key: text for key, text in fields.items() if text}


def _bare_guid(element: Element) -> str:
    return element.get("guid", "").strip("{}").lower()
