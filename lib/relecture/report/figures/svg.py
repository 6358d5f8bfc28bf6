"""Vector pictures made light, the check that one is of the house, and its copy inside a page.

matplotlib writes coordinates to the millionth of a point, a name on every group and a font on every
text. `slim` keeps what is seen: hundredths of a point, the names that something refers to, words as
words; and writes the title and the description of the picture in it, for whoever opens the file alone.
`is_own` says whether a picture is one of `slim` and holds shapes and words only: inside `<img>` no
picture runs anything, but a downloaded file is opened by itself, and `inlined` gives one the inside of
a page, in its colours and its font. An allow-list of elements, attributes and values, never a deny-list.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from relecture.core.french import typeset
from relecture.report.verdicts import VERDICTS

NARROW = "application/vnd.relecture.narrow-figure+xml"  # a media type that notebooks carry and do not show
INK, GREY, RULE, PALE = "#22252a", "#595d63", "#ddd8cc", "#f6f3ec"
ROLES = {verdict.colour: code for code, verdict in VERDICTS.items()}  # properties of a page, by colour
ROLES |= {INK: "ink", GREY: "muted", RULE: "rule", PALE: "panel", "#ffffff": "paper"}
LABEL, BAND = "label", 23.04  # name of the words that say what is synthetic, on top, and the height of their line
_NAMESPACE = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_REFERENCE = re.compile(r"(?<=url\(#)[^)]+")
_IDLE = re.compile(r"\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+")  # spaces beside the letter of a command
_MOVE = re.compile(r"(?<=translate\()[^)]+")
_UPRIGHT = re.compile(r"rotate\(-?0 .*\)|translate\((\S+) (\S+)\)")  # where a text that is not turned stands
_FACE = re.compile(r"font-family: ?[^;]+;? ?")
_MEASURES = frozenset("x y width height viewBox points cx cy r".split())
_OWN = "drawing"  # class of the root of a picture of `slim`
_FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"  # the first is the one that was measured
_SHEET = {"width": "100%", "height": "100%", "fill": "#ffffff"}  # the paper of a picture that is alone
_SHAPES = frozenset("clipPath defs desc g path pattern rect svg text title use".split())
_PLAIN = re.compile(r"[\w\s.,()%-]*")  # numbers, words, and functions of them
_VALUES = {
    **dict.fromkeys(
        (*_MEASURES, "d", "transform", "patternUnits", "class", "id", "stroke-linejoin", "version"), _PLAIN
    ),
    "font-family": re.compile(re.escape(_FONTS)),
    "clip-path": re.compile(r"url\(#[\w-]+\)"),
    "fill": re.compile("#ffffff"),
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
    for label in root.iterfind(f".//*[@id='{LABEL}']"):
        label.set("class", LABEL)
    for element in list(root.iter()):
        for styles in element.findall(f"{{{_NAMESPACE}}}style"):
            element.remove(styles)
        _trim(element, names)
    root.attrib = {"xmlns": _NAMESPACE, "class": _OWN, "font-family": _FONTS, "stroke-linejoin": "round"} | root.attrib
    root[:0] = [_words("title", title), _words("desc", description), ElementTree.Element("rect", _SHEET)]
    return _written(root).encode()


def is_own(svg: bytes) -> bool:
    """Whether the picture is one of `slim`: nothing that runs, nothing fetched, no entity.

    >>> is_own(b'<svg class="drawing"><path d="M0 0"/></svg>'), is_own(b'<svg class="drawing" onload="x()"/>')
    (True, False)
    """
    return _read(svg) is not None


def inlined(svg: bytes, name: str, alt: str) -> str:
    """The picture as a part of a page, its names made of `name`; nothing if it is not one of `slim`, or holds more.

    A colour is the property of the page that stands for it in ROLES, or else a property of its own, which `dark_tones`
    sets; either falls back on the colour itself.
    """
    if (root := _read(svg)) is None:
        return ""
    for part in [part for part in root if part.tag in ("title", "desc") or part.get("width") == _SHEET["width"]]:
        root.remove(part)
    for element in root.iter():
        element.attrib = {key: _placed(key, value, name) for key, value in element.attrib.items()}
    box = root.get("viewBox", "")
    for label in root.iterfind(f".//g[@class='{LABEL}']"):  # the page says it above the picture
        label.clear()
        box = re.sub(r"^0 0 (\S+) (\S+)$", lambda size: f"0 {BAND} {size[1]} {float(size[2]) - BAND:g}", box)
    root.attrib = {"viewBox": box, "class": _OWN, "stroke-linejoin": "round", "role": "img", "aria-label": typeset(alt)}
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


def _read(svg: bytes) -> ElementTree.Element | None:
    """The picture, if it is one of `slim`."""
    try:
        root = ElementTree.fromstring(b"" if b"<!" in svg else svg)
    except ElementTree.ParseError:
        return None
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
    own = all(
        element.tag in _SHAPES
        and all(key in _VALUES and _VALUES[key].fullmatch(value) for key, value in element.attrib.items())
        for element in root.iter()
    )
    return root if own and root.get("class") == _OWN else None


def _placed(key: str, value: str, name: str) -> str:
    if key in ("id", "href"):
        return f"#{name}-{value[1:]}" if key == "href" else f"{name}-{value}"
    if key == "style":
        value = _HEX.sub(lambda tone: f"var(--{ROLES.get(tone[0], 't' + tone[0][1:])},{tone[0]})", value)
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
