"""Vector pictures made light, and the check that they hold shapes only.

matplotlib writes coordinates to the millionth of a point, a name on every group and one long line a
letter. `slim` keeps what is seen: hundredths of a point, the names that something refers to, letters
placed to the hundredth of their size; and writes the title and the description of the picture in it,
for whoever opens the file alone. `is_inert` says whether a picture holds shapes only: inside `<img>`
no picture runs anything, but a downloaded file is opened by itself. An allow-list, never a deny-list.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

_NAMESPACE = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_REFERENCE = re.compile(r"(?<=url\(#)[^)]+")
_ADVANCE = re.compile(r"translate\((\S+) 0\)")
_IDLE = re.compile(r"\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+")  # spaces beside the letter of a command
_MOVE = re.compile(r"(?<=translate\()[^)]+")
_MEASURES = frozenset("x y width height viewBox points cx cy r".split())
_GEOMETRY = _MEASURES | {"d", "transform"}  # numbers, whatever stands there
_SHAPES = frozenset(
    "circle clipPath defs desc ellipse g image line path pattern polygon polyline rect style svg title use".split()
)
_INNER = re.compile(r"#[\w-]+|data:image/png;base64,[\w+/=\s]*")


def slim(svg: bytes, *, title: str, description: str) -> bytes:
    """The same picture, rounded and renamed, about half as heavy; without comments, metadata or document type."""
    root = ElementTree.fromstring(svg)
    names = _names(root)
    for metadata in root.findall(f"{{{_NAMESPACE}}}metadata"):
        root.remove(metadata)
    for element in root.iter():
        _trim(element, names)
    root.attrib = {"xmlns": _NAMESPACE} | root.attrib
    for rank, (tag, text) in enumerate((("title", title), ("desc", description))):
        words = ElementTree.Element(tag)
        words.text = text
        root.insert(rank, words)
    return ElementTree.tostring(root, "unicode").replace(" />", "/>").encode()


def is_inert(svg: bytes) -> bool:
    """Whether the picture holds shapes only: nothing that runs, nothing fetched, no entity.

    >>> is_inert(b'<svg><path d="M0 0"/></svg>'), is_inert(b'<svg onload="x()"/>')
    (True, False)
    """
    try:
        parts = list(ElementTree.fromstring(svg).iter())
    except ElementTree.ParseError:
        return False
    written = {pair for part in parts for pair in part.attrib.items() if pair[0] not in _GEOMETRY}
    written |= {("style", part.text or "") for part in parts if part.tag.endswith("style")}
    return (
        b"<!" not in svg
        and {part.tag.rpartition("}")[2] for part in parts} <= _SHAPES
        and not any(name.lower().startswith("on") for name, _ in written)
        and all(_INNER.fullmatch(value) for name, value in written if name.endswith("href"))
        and not any(re.search(r"url\((?!#)|@import|\\", value) for _, value in written)
    )


def _names(root: ElementTree.Element) -> dict[str, str]:
    """A short name for each thing that another part refers to, in order of appearance."""
    pairs = [pair for element in root.iter() for pair in element.attrib.items()]
    used = dict.fromkeys(name for key, value in pairs for name in _referred(key, value))
    return {name: f"a{rank:x}" for rank, name in enumerate(used)}


def _referred(key: str, value: str) -> list[str]:
    return [value[1:]] if key == _LINK and value.startswith("#") else _REFERENCE.findall(value)


def _trim(element: ElementTree.Element, names: dict[str, str]) -> None:
    element.tag = element.tag.rpartition("}")[2]
    element.tail, element.text = None, (element.text or "").strip() or None
    advance = _ADVANCE.fullmatch(element.get("transform", "")) if element.tag == "use" else None
    if advance:  # a letter of a line
        del element.attrib["transform"]
    attributes = {
        key: _short(key, value, names) for key, value in element.attrib.items() if key != "id" or value in names
    }
    if advance:
        attributes["x"] = f"{float(advance[1]):.0f}"
    element.attrib = {"href" if key == _LINK else key: value for key, value in attributes.items()}


def _short(key: str, value: str, names: dict[str, str]) -> str:
    if key == "id":
        return names[value]
    if key == _LINK and value.startswith("#"):
        return f"#{names[value[1:]]}"
    if key == "d":
        return _IDLE.sub("", _rounded(value)).strip()
    if key == "transform":  # scales are left alone
        return _MOVE.sub(lambda move: _rounded(move[0]), value)
    if key in _MEASURES:
        return _rounded(value)
    return _REFERENCE.sub(lambda name: names[name[0]], value.replace(": ", ":").replace("; ", ";"))


def _rounded(value: str) -> str:
    return _NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value)
