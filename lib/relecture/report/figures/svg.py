"""Vector pictures made light, the check that they hold shapes only, and their copy inside a page.

matplotlib writes coordinates to the millionth of a point, a name on every group and a font on every
text. `slim` keeps what is seen: hundredths of a point, the names that something refers to, words as
words; and writes the title and the description of the picture in it, for whoever opens the file alone.
`is_inert` says whether a picture holds shapes only: inside `<img>` no picture runs anything, but a
downloaded file is opened by itself. `inlined` gives the same picture for the inside of a page, in the
colours and the font of the page, if it is one of `slim`. Both check against an allow-list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from relecture.report.verdicts import VERDICTS

NARROW = "application/vnd.relecture.narrow-figure+xml"  # a media type that notebooks carry and do not show
INK, GREY, RULE, PALE = "#22252a", "#595d63", "#ddd8cc", "#f6f3ec"
ROLES = {verdict.colour: code for code, verdict in VERDICTS.items()}  # properties of a page, by colour
ROLES |= {INK: "ink", GREY: "muted", RULE: "rule", PALE: "panel", "#ffffff": "paper"}
_NAMESPACE = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_REFERENCE = re.compile(r"(?<=url\(#)[^)]+")
_IDLE = re.compile(r"\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+")  # spaces beside the letter of a command
_MOVE = re.compile(r"(?<=translate\()[^)]+")
_UPRIGHT = re.compile(r"rotate\(-?0 .*\)|translate\((\S+) (\S+)\)")  # where a text that is not turned stands
_FACE = re.compile(r"font-family: ?[^;]+;? ?")
_MEASURES = frozenset("x y width height viewBox points cx cy r".split())
_GEOMETRY = _MEASURES | {"d", "transform"}  # numbers, whatever stands there
_SHAPES = frozenset(
    "circle clipPath defs desc ellipse g image line path pattern polygon polyline rect style svg text title use".split()
)
_INNER = re.compile(r"#[\w-]+|data:image/png;base64,[\w+/=\s]*")
_OWN = "drawing"  # class of the root of a picture of `slim`
_FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"  # the first is the one that was measured
_SHEET = {"width": "100%", "height": "100%", "fill": "#ffffff"}  # the paper of a picture that is alone
_OWN_SHAPES = _SHAPES - {"image", "style"}
_PLAIN = re.compile(r"[\w\s.,()-]*")  # numbers, words, and functions of them
_OWN_VALUES = {
    **dict.fromkeys((*_GEOMETRY, "patternUnits", "class", "id", "stroke-linejoin", "version"), _PLAIN),
    "font-family": re.compile(re.escape(_FONTS)),
    "clip-path": re.compile(r"url\(#[\w-]+\)"),
    "href": re.compile(r"#[\w-]+"),
    "style": re.compile(
        r"(?:(?:fill|stroke|opacity|font-(?:size|weight|style)|text-anchor|(?:stroke|fill)-[a-z]+):"
        r"(?:#[0-9a-f]{6}|url\(#[\w-]+\)|[\w., -]+)(?:;|$))*"
    ),
}
_WEIGHTS, _DARK = (0.2126, 0.7152, 0.0722), 0.0097  # of red, green and blue in luminance; that of the dark paper
_HEX = re.compile(r"#[0-9a-f]{6}\b")
_TONE = re.compile(r"var\(--t([0-9a-f]{6}),")


def slim(svg: bytes, *, title: str, description: str) -> bytes:
    """The same picture, rounded and renamed, about half as heavy; without comments, metadata or document type."""
    root = ElementTree.fromstring(svg)
    names = _names(root)
    for metadata in root.findall(f"{{{_NAMESPACE}}}metadata"):
        root.remove(metadata)
    for element in list(root.iter()):
        for styles in element.findall(f"{{{_NAMESPACE}}}style"):
            element.remove(styles)
        _trim(element, names)
    root.attrib = {"xmlns": _NAMESPACE, "class": _OWN, "font-family": _FONTS, "stroke-linejoin": "round"} | root.attrib
    root[:0] = [_words("title", title), _words("desc", description), ElementTree.Element("rect", _SHEET)]
    return _written(root).encode()


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


def inlined(svg: bytes, name: str, alt: str, roles: Mapping[str, str]) -> str:
    """The picture as a part of a page, its names made of `name`; nothing if it is not one of `slim`, or holds more.

    `roles` are the properties of the page that stand for some colours; any other is a property of its own, which
    `dark_tones` sets. Either falls back on the colour itself.
    """
    if not is_inert(svg):
        return ""
    root = ElementTree.fromstring(svg)
    for part in [part for part in root if part.tag.endswith(("title", "desc")) or part.get("width") == "100%"]:
        root.remove(part)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
    if not all(map(_is_own, root.iter())) or root.get("class") != _OWN:
        return ""
    for element in root.iter():
        element.attrib = {key: _placed(key, value, name, roles) for key, value in element.attrib.items()}
    root.attrib = {"viewBox": root.get("viewBox", ""), "class": _OWN, "stroke-linejoin": "round"}
    root.attrib |= {"role": "img", "aria-label": alt}
    return _written(root)


def dark_tones(html: str) -> str:
    """The colours of the figures of a page on dark paper, as CSS: each as far from the paper as on white."""
    return "".join(f"--t{tone}:{_darkened(tone)};" for tone in sorted(set(_TONE.findall(html))))


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
    if place := _UPRIGHT.fullmatch(element.get("transform", "")) if element.tag == "text" else None:
        del element.attrib["transform"]
        element.attrib |= {key: value for key, value in zip("xy", place.groups(), strict=True) if value}
    if fill := element.attrib.pop("fill", ""):
        element.set("style", f"fill:{fill}")
    element.attrib = {
        "href" if key == _LINK else key: _short(key, value, names)
        for key, value in element.attrib.items()
        if key != "id" or value in names
    }


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
    value = _FACE.sub("", value).replace(": ", ":").replace("; ", ";")
    return _REFERENCE.sub(lambda name: names[name[0]], value)


def _rounded(value: str) -> str:
    return _NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value)


def _words(tag: str, text: str) -> ElementTree.Element:
    element = ElementTree.Element(tag)
    element.text = text
    return element


def _written(root: ElementTree.Element) -> str:
    return ElementTree.tostring(root, "unicode").replace(" />", "/>")


def _is_own(element: ElementTree.Element) -> bool:
    known = all(key in _OWN_VALUES and _OWN_VALUES[key].fullmatch(value) for key, value in element.attrib.items())
    return known and element.tag in _OWN_SHAPES


def _placed(key: str, value: str, name: str, roles: Mapping[str, str]) -> str:
    if key in ("id", "href"):
        return f"#{name}-{value[1:]}" if key == "href" else f"{name}-{value}"
    if key == "style":
        value = _HEX.sub(lambda tone: f"var(--{roles.get(tone[0], 't' + tone[0][1:])},{tone[0]})", value)
    return _REFERENCE.sub(lambda one: f"{name}-{one[0]}", value)


def _darkened(tone: str) -> str:
    """The colour whose contrast with dark paper is that of the tone with white (WCAG 2.2, relative luminance)."""
    light = [((int(tone[start : start + 2], 16) / 255 + 0.055) / 1.055) ** 2.4 for start in (0, 2, 4)]
    wanted = min(1.05 / (_luminance(light) + 0.05) * (_DARK + 0.05) - 0.05, 0.9)
    depth = 0.8 if wanted > 0.15 else 1.8  # dark tints would look grey, bright ones glare
    scaled = [wanted * (1 + depth * (part / _luminance(light) - 1)) for part in light]
    scaled = [min(max(part, 0), 1) for part in scaled]
    white = max(wanted - _luminance(scaled), 0) / (1 - _luminance(scaled))
    mixed = [1.055 * (part + white * (1 - part)) ** (1 / 2.4) - 0.055 for part in scaled]
    return "#" + "".join(f"{round(255 * max(part, 0)):02x}" for part in mixed)


def _luminance(light: list[float]) -> float:
    return sum(weight * part for weight, part in zip(_WEIGHTS, light, strict=True))
