"""Coding trees as FreeMind maps, OPML outlines (both read back) and Markdown.

FreeMind (`.mm`: FreeMind, Freeplane, Mindomo, XMind) keeps everything: identifier, note, and the
place, the group and the codability as attributes. OPML 2.0 keeps everything too, the extra fields in
a namespace of their own, as that format asks. Markdown is for reading, and is not read back.

The root of a map is the title of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from relecture.text.codes.formats import xml
from relecture.text.codes.tree import Code, CodingTree

RELECTURE_NAMESPACE = "urn:relecture:coding:1.0"
_PREFIX = f"{{{RELECTURE_NAMESPACE}}}"
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~#$])")


def write_freemind(tree: CodingTree) -> bytes:
    """A FreeMind map, in ASCII without XML declaration, as that program expects its own files."""
    root = Element("map", {"version": "1.0.1"})
    title = SubElement(root, "node", {"TEXT": tree.title})
    _write_note(title, tree.description)
    for key, label in tree.groups.items():
        SubElement(title, "attribute", {"NAME": f"group.{key}", "VALUE": label})
    for code in tree.roots:
        _write_node(title, code)
    return tostring(root, encoding="us-ascii", xml_declaration=False) + b"\n"


def read_freemind(data: bytes, name: str) -> dict[str, Any]:
    """The document of a map, for `tree.parse_tree`."""
    root = next(xml.children(xml.parse_xml(data, name, "map"), "node"), Element("node"))
    extras = _attributes(root)
    groups = {key.removeprefix("group."): text for key, text in extras.items() if key.startswith("group.")}
    words = {"title": _text(root), "description": _html_words(root, "NOTE")}
    return words | {"groups": groups, "nodes": [_read_node(node) for node in xml.children(root, "node")]}


def write_opml(tree: CodingTree) -> bytes:
    """An OPML 2.0 outline; `_note` is the note of a line in outliners."""
    root = Element("opml", {"version": "2.0", "xmlns:relecture": RELECTURE_NAMESPACE})
    head = SubElement(root, "head")
    SubElement(head, "title").text = tree.title
    if tree.description:
        SubElement(head, "relecture:description").text = tree.description
    for key, label in tree.groups.items():
        SubElement(head, "relecture:group", {"id": key}).text = label
    body = SubElement(root, "body")
    for code in tree.roots:
        _write_outline(body, code)
    return xml.xml_bytes(root)


def read_opml(data: bytes, name: str) -> dict[str, Any]:
    """The document of an outline, for `tree.parse_tree`."""
    root = xml.parse_xml(data, name, "opml")
    heads, bodies = (list(xml.children(root, part)) or [Element(part)] for part in ("head", "body"))
    words = {key: xml.child_text(heads[0], key) for key in ("title", "description")}
    groups = {group.get("id"): group.text for group in xml.children(heads[0], "group")}
    return words | {"groups": groups, "nodes": [_read_outline(node) for node in xml.children(bodies[0], "outline")]}


def write_markdown(tree: CodingTree) -> bytes:
    """A nested list: label, identifier, description, place; what Markdown would read as signs is escaped."""
    head = [
        f"# {_escape(tree.title)}\n",
        *[f"{_escape(tree.description)}\n"] * bool(tree.description),
    ]
    return "\n".join([*head, *(_markdown_item(path) for path in tree.walk()), ""]).encode()


def _write_node(above: Element, code: Code) -> None:
    node = SubElement(above, "node", {"ID": code.id, "TEXT": code.label})
    _write_note(node, code.description)
    for key, text in _extra_fields(code).items():
        SubElement(node, "attribute", {"NAME": key, "VALUE": text})
    for child in code.children:
        _write_node(node, child)


def _write_note(node: Element, words: str) -> None:
    """FreeMind's notes are pages of HTML: one paragraph a line."""
    if words:
        page = SubElement(SubElement(node, "richcontent", {"TYPE": "NOTE"}), "html")
        SubElement(page, "head")
        body = SubElement(page, "body")
        for line in words.split("\n"):
            SubElement(body, "p").text = line


def _read_node(node: Element) -> dict[str, Any]:
    record = {"id": node.get("ID"), "label": _text(node), "description": _html_words(node, "NOTE")}
    children = [_read_node(child) for child in xml.children(node, "node")]
    return record | _known_fields(_attributes(node)) | {"children": children}


def _text(node: Element) -> str:
    return node.get("TEXT") or _html_words(node, "NODE").replace("\n", " ")


def _html_words(node: Element, kind: str) -> str:
    """The words of a page of HTML, a line a paragraph; without paragraphs, all of them."""
    for content in xml.children(node, "richcontent"):
        if content.get("TYPE") == kind:
            paragraphs = [part for part in content.iter() if xml.local_name(part) == "p"] or [content]
            return "\n".join("".join(part.itertext()) for part in paragraphs)
    return ""


def _attributes(node: Element) -> dict[str, str]:
    return {item.get("NAME", ""): item.get("VALUE", "") for item in xml.children(node, "attribute")}


def _write_outline(above: Element, code: Code) -> None:
    extras = {f"relecture:{key}": text for key, text in ({"id": code.id} | _extra_fields(code)).items()}
    note = {"_note": code.description} if code.description else {}
    line = SubElement(above, "outline", {"text": code.label} | extras | note)
    for child in code.children:
        _write_outline(line, child)


def _read_outline(node: Element) -> dict[str, Any]:
    words = {"label": node.get("text") or node.get("title") or "", "description": node.get("_note")}
    extras = {key.removeprefix(_PREFIX): text for key, text in node.attrib.items() if key.startswith(_PREFIX)}
    children = [_read_outline(child) for child in xml.children(node, "outline")]
    return {"id": extras.get("id")} | words | _known_fields(extras) | {"children": children}


def _extra_fields(code: Code) -> dict[str, str]:
    extras = {"place": code.place, "group": code.group, "codable": "" if code.codable else "false"}
    return {key: text for key, text in extras.items() if text}


def _known_fields(extras: Mapping[str, str]) -> dict[str, Any]:
    return {"place": extras.get("place"), "group": extras.get("group"), "codable": extras.get("codable") != "false"}


def _markdown_item(path: tuple[Code, ...]) -> str:
    code = path[-1]
    description = f" — {_escape(code.description)}" if code.description else ""
    place = f" — *{_escape(code.place)}*" if code.place else ""
    return f"{'  ' * (len(path) - 1)}- **{_escape(code.label)}** (`{code.id}`){description}{place}"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
