"""How does a figure or a table leave the page, by a click, under a name that says what it is?

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
from typing import TYPE_CHECKING

from relecture.report.markup import slug
from relecture.report.structure import unused
from relecture.report.vector import is_inert
from relecture.report.wording import SPACE

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

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


def offer(body: BeautifulSoup, page: str, most: int) -> None:
    """Add links below the figures of a body, and the name of the page to all files; `most` in characters."""
    used: set[str] = set()
    figures = body.select("figure:has(> img)")
    files = [File(rank, address) for rank, figure in enumerate(figures) for address in _addresses(figure)]
    light = _light(files, most - len(str(body)))
    for rank, figure in enumerate(figures):
        if own := [file for file in light if file.figure == rank]:
            figure.insert_after(_links(body, own, _named(page, _stem(figure), used)))
    for table in body.select(".table:has(a[download])"):
        links = table.select("a[download]")
        name = _named(page, links[0]["download"].rpartition(".")[0], used)
        for link in links:
            link["download"] = f"{name}.{link['download'].rpartition('.')[2]}"


def _addresses(figure: Tag) -> list[str]:
    """Pixels that came beside the figure, then what the figure itself shows."""
    beside = figure.find_next_sibling("img", class_="pixels")
    addresses = [tag["src"] for tag in (beside, figure.img) if tag]
    if beside:
        beside.decompose()
    return [address for address in addresses if address.startswith(PIXELS) or _is_drawing(address)]


def _named(page: str, stem: str, used: set[str]) -> str:
    name = unused(f"{slug(page)}-{stem}", used)
    used.add(name)
    return name


def _is_drawing(address: str) -> bool:
    try:
        return address.startswith(DRAWING) and is_inert(b64decode(address.removeprefix(DRAWING), validate=True))
    except Error:
        return False


def _light(files: Sequence[File], room: int) -> list[File]:
    """The files that fit, in their order."""
    kept = set()
    for file in sorted(files, key=lambda one: (one.kind == DRAWING, len(one.address))):
        room -= len(file.address)
        if room >= 0:
            kept.add(file)
    return [file for file in files if file in kept]


def _stem(figure: Tag) -> str:
    """Name of the files: the words of the title, else of the description."""
    title = figure.select_one("figcaption strong") or figure.figcaption
    words = slug(title.get_text() if title else figure.img["alt"])
    short = re.sub(r"-[^-]*$", "", words[: _LONGEST + 1]) if len(words) > _LONGEST else words
    return short + "-synthetique" * ("synthetic" in figure.get("class", ()))


def _links(body: BeautifulSoup, files: Iterable[File], stem: str) -> Tag:
    line = body.new_tag("p", attrs={"class": "download"})
    line.append(f"Télécharger cette figure{SPACE}: ")
    for rank, file in enumerate(files):
        word, extension = _WORDS[file.kind]
        attributes = {"href": file.address, "download": f"{stem}.{extension}"}
        line.append(" ou " * bool(rank))
        line.append(body.new_tag("a", attrs=attributes, string=f"{word} ({extension.upper()})"))
    return line
