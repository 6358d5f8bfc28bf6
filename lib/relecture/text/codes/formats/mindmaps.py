"""Coding trees as FreeMind maps, OPML outlines (both read back) and Markdown.

FreeMind (`.mm`: FreeMind, Freeplane, Mindomo, XMind) keeps everything: identifier, note, and the
place, the group and the codability as attributes. OPML 2.0 keeps everything too, the extra fields in
a namespace of their own, as that format asks. Markdown is for reading, and is not read back.

The root of a map is the title of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    for node in tree.roots:
        _write_node(title, node)
    return tostring(root, encoding="us-ascii", xml_declaration=False) + b"\n"


def read_freemind(data: bytes, name: str) -> dict[str, Any]:
    """The document of a map, for `tree.parse_tree`."""
    root = next(xml.children_named(xml.parse_xml(data, name, "map"), "node"), Element("node"))
    extras = _attributes(root)
    groups = {key.removeprefix("group."): text for key, text in extras.items() if key.startswith("group.")}
    words = {"title": _text(root), "description": _html_words(root, "NOTE")}
    return words | {"groups": groups, "nodes": [_read_node(node) for node in xml.children_named(root, "node")]}


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
    for node in tree.roots:
        _write_outline(body, node)
    return xml.xml_bytes(root)


def read_opml(data: bytes, name: str) -> dict[str, Any]:
    """The document of an outline, for `tree.parse_tree`."""
    root = xml.parse_xml(data, name, "opml")
    heads, bodies = (list(xml.children_named(root, part)) or [Element(part)] for part in ("head", "body"))
    words = {key: xml.child_text(heads[0], key) for key in ("title", "description")}
    groups = {group.get("id"): group.text for group in xml.children_named(heads[0], "group")}
    return words | {
        "groups": groups,
        "nodes": [_read_outline(node) for node in xml.children_named(bodies[0], "outline")],
    }


def write_markdown(tree: CodingTree) -> bytes:
    """A nested list: label, identifier, description, place; what Markdown would read as signs is escaped."""
    lines = [
        f"# {_escape_markdown(tree.title)}",
        "",
        *([_escape_markdown(tree.description), ""] if tree.description else []),
    ]
    return "\n".join([*lines, *(_markdown_item(path) for path in tree.walk()), ""]).encode()


def _write_node(above: Element, node: Code) -> None:
    branch = SubElement(above, "node", {"ID": node.id, "TEXT": node.label})
    _write_note(branch, node.description)
    for key, text in _extra_fields(node).items():
        SubElement(branch, "attribute", {"NAME": key, "VALUE": text})
    for child in node.children:
        _write_node(branch, child)


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
    children = [_read_node(child) for child in xml.children_named(node, "node")]
    return record | _known_fields(_attributes(node)) | {"children": children}


def _text(node: Element) -> str:
    return node.get("TEXT") or _html_words(node, "NODE").replace("\n", " ")


def _html_words(node: Element, kind: str) -> str:
    """The words of a page of HTML, a line a paragraph; without paragraphs, all of them."""
    for content in xml.children_named(node, "richcontent"):
        if content.get("TYPE") == kind:
            paragraphs = [part for part in content.iter() if xml.local_name(part) == "p"] or [content]
            return "\n".join("".join(part.itertext()) for part in paragraphs)
    return ""


def _attributes(node: Element) -> dict[str, str]:
    return {one.get("NAME", ""): one.get("VALUE", "") for one in xml.children_named(node, "attribute")}


def _write_outline(above: Element, node: Code) -> None:
    extras = {f"relecture:{key}": text for key, text in ({"id": node.id} | _extra_fields(node)).items()}
    line = SubElement(above, "outline", {"text": node.label, **extras})
    if node.description:
        line.set("_note", node.description)
    for child in node.children:
        _write_outline(line, child)


def _read_outline(node: Element) -> dict[str, Any]:
    words = {"label": node.get("text") or node.get("title") or "", "description": node.get("_note")}
    extras = {key.removeprefix(_PREFIX): text for key, text in node.attrib.items() if key.startswith(_PREFIX)}
    children = [_read_outline(child) for child in xml.children_named(node, "outline")]
    return {"id": extras.get("id")} | words | _known_fields(extras) | {"children": children}


def _extra_fields(node: Code) -> dict[str, str]:
    extras = {"place": node.place, "group": node.group, "codable": "" if node.codable else "false"}
    return {key: text for key, text in extras.items() if text}


def _known_fields(extras: Mapping[str, str]) -> dict[str, Any]:
    return {"place": extras.get("place"), "group": extras.get("group"), "codable": extras.get("codable") != "false"}


def _markdown_item(path: tuple[Code, ...]) -> str:
    return f"{'  ' * (len(path) - 1)}- {' '.join(_markdown_parts(path[-1]))}"


def _markdown_parts(node: Code) -> Iterator[str]:
    yield f"**{_escape_markdown(node.label)}** (`{node.id}`)"
    if node.description:
        yield f"— {_escape_markdown(node.description)}"
    if node.place:
        yield f"— *{_escape_markdown(node.place)}*"


def _escape_markdown(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
