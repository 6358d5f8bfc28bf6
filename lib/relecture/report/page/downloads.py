"""Links that download the figures and tables of a page, under names that say what they are.

Every file travels inside the page as a data address. A figure is offered in pixels, for a document,
and as the drawing itself; a drawing that holds more than shapes is not offered. A page has a weight:
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

from lxml.html import HtmlElement

from relecture.core.french import SPACE, slug
from relecture.report.figures.svg import is_inert
from relecture.report.page.structure import element, serialise, text_of, unused_name

PIXELS, DRAWING = "data:image/png;base64,", "data:image/svg+xml;base64,"
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
    """Add links below the figures of a body, and the name of the page to all files; `most` in characters."""
    used: set[str] = set()
    figures = body.xpath(".//figure[img]")
    files = [File(rank, address) for rank, figure in enumerate(figures) for address in _addresses(figure)]
    light = _light(files, most - len(serialise(body)))
    for rank, figure in enumerate(figures):
        if own := [file for file in light if file.figure == rank]:
            figure.addnext(_links(own, _named(page, _stem(figure), used)))
    for table in body.xpath(f".//*[{_of('table')}][.//a[@download]]"):
        links = table.xpath(".//a[@download]")
        name = _named(page, links[0].get("download").rpartition(".")[0], used)
        for link in links:
            link.set("download", f"{name}.{link.get('download').rpartition('.')[2]}")


def _of(style: str) -> str:
    """The XPath condition for an element of that class."""
    return f"contains(concat(' ', @class, ' '), ' {style} ')"


def _addresses(figure: HtmlElement) -> list[str]:
    """Pixels that came beside the figure, then what the figure itself shows."""
    beside = figure.xpath(f"following-sibling::img[{_of('pixels')}][1]")
    addresses = [tag.get("src") for tag in (*beside, figure.find("img"))]
    for pixels in beside:
        pixels.drop_tree()
    return [address for address in addresses if address.startswith(PIXELS) or _is_drawing(address)]


def _named(page: str, stem: str, used: set[str]) -> str:
    name = unused_name(f"{slug(page)}-{stem}", used)
    used.add(name)
    return name


def _is_drawing(address: str) -> bool:
    try:
        return address.startswith(DRAWING) and is_inert(b64decode(address.removeprefix(DRAWING), validate=True))
    except Error:
        return False


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
    words = slug(figure.find("img").get("alt") if title is None else text_of(title))
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
