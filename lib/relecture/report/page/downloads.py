"""Figures drawn inside a page, and links that download its figures and tables, under names that say what they are.

A drawing of the house becomes a part of the page, so that its words are found, read and coloured with the others,
and so does its narrow copy, which a telephone shows instead; any other picture stays an image.
Every file travels inside the page as a data address. A figure is offered in pixels, for a document,
and as the drawing itself, if it is one of the house. A page has a weight:
pixels come first, then the lightest drawings, as long as there is room. Names begin with that of
the page, so that the files of two studies never meet, and say what is synthetic; the files of one
table have one name.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.etree import fromstring
from lxml.html import HtmlElement

from relecture.core.french import SPACE, slug
from relecture.report.figures.svg import inlined, is_own
from relecture.report.page.structure import element, serialise, text_of, unused_name

PIXELS, DRAWING = "data:image/png;base64,", "data:image/svg+xml;base64,"
BESIDE = '<img class="{}" src="{}" alt="">'  # after a figure: the same in pixels, or narrow
_WORDS = {PIXELS: ("image", "png"), DRAWING: ("dessin", "svg")}
_LONGEST = 60  # characters of the title that a file name keeps


@dataclass(frozen=True)
class File:
    """One file of a figure, as the address that holds it; figures are numbered from the top of the page."""

    figure: int
    address: str

    @property
    def kind(self) -> str:
        return PIXELS if self.address.startswith(PIXELS) else DRAWING


def add_links(body: HtmlElement, page: str, most: int) -> None:
    """Draw the figures of a body in it, add links below them, and the name of the page to all files.

    `most` is in characters.
    """
    used: set[str] = set()
    figures = body.xpath(".//figure[img]")
    files = [File(rank, address) for rank, figure in enumerate(figures) for address in _addresses(figure)]
    for rank, figure in enumerate(figures, start=1):
        _draw(figure, f"figure-{rank}")
    light = _light(files, most - len(serialise(body)))
    for rank, figure in enumerate(figures):
        if own := [file for file in light if file.figure == rank]:
            figure.addnext(_links(own, _named(page, _stem(figure), used)))
    for table in body.xpath(f".//*[{_of('table')}][.//a[@download]]"):
        links = table.xpath(".//a[@download]")
        name = _named(page, links[0].get("download").rpartition(".")[0], used)
        for link in links:
            link.set("download", f"{name}.{link.get('download').rpartition('.')[2]}")


def _draw(figure: HtmlElement, name: str) -> None:
    """Put the drawings of a figure in the place of its image: the one it shows, then the narrow one."""
    image = figure.find("img")
    beside = _beside(figure, "narrow")
    addresses = [image.get("src"), *(tag.get("src") for tag in beside)]
    alt = image.get("alt", "")
    drawings = [inlined(_bytes(one), f"{name}-{rank}", alt) for rank, one in enumerate(addresses)]
    if drawings[0]:
        for rank, drawing in enumerate(filter(None, drawings)):
            shape = fromstring(drawing)
            shape.set("class", f"{shape.get('class')} narrow") if rank else None
            image.addprevious(shape)
        image.drop_tree()


def _of(style: str) -> str:
    """The XPath condition for an element of that class."""
    return f"contains(concat(' ', @class, ' '), ' {style} ')"


def _addresses(figure: HtmlElement) -> list[str]:
    """Pixels that came beside the figure, then what the figure itself shows."""
    addresses = [tag.get("src") for tag in (*_beside(figure, "pixels"), figure.find("img"))]
    return [address for address in addresses if address.startswith(PIXELS) or is_own(_bytes(address))]


def _beside(figure: HtmlElement, style: str) -> list[HtmlElement]:
    """The image of that class that came after the figure, taken out of the page."""
    beside = figure.xpath(f"following-sibling::*[self::figure or self::img[{_of(style)}]][1][self::img]")
    for image in beside:
        image.drop_tree()
    return beside


def _named(page: str, stem: str, used: set[str]) -> str:
    name = unused_name(f"{slug(page)}-{stem}", used)
    used.add(name)
    return name


def _bytes(address: str) -> bytes:
    """The drawing at an address; empty when there is none."""
    try:
        return b64decode(address.removeprefix(DRAWING), validate=True) if address.startswith(DRAWING) else b""
    except Error:
        return b""


def _light(files: Sequence[File], room: int) -> list[File]:
    """The files that fit, in their order."""
    light = set()
    for file in sorted(files, key=lambda one: (one.kind == DRAWING, len(one.address))):
        room -= len(file.address)
        if room >= 0:
            light.add(file)
    return [file for file in files if file in light]


def _stem(figure: HtmlElement) -> str:
    """Name of the files: the words of the title, else of the description."""
    title = next(iter([*figure.xpath("figcaption//strong"), *figure.xpath("figcaption")]), None)
    words = slug(figure.xpath("string(img/@alt | svg/@aria-label)") if title is None else text_of(title))
    short = re.sub(r"-[^-]*$", "", words[: _LONGEST + 1]) if len(words) > _LONGEST else words
    return short + "-synthetique" * ("synthetic" in figure.get("class", "").split())


def _links(files: Iterable[File], stem: str) -> HtmlElement:
    line = element("p", f"Télécharger cette figure{SPACE}: ", **{"class": "download"})
    for rank, file in enumerate(files):
        word, extension = _WORDS[file.kind]
        if rank:
            line[-1].tail = " ou "
        attributes = {"href": file.address, "download": f"{stem}.{extension}"}
        line.append(element("a", f"{word} ({extension.upper()})", **attributes))
    return line
