"""What does a page need so that it can be listened to, walked by keyboard and quoted by address?

One title, headings that follow one another and have stable addresses, contents made of them, tables
with a caption, scoped headers and a region that scrolls by itself, and no two regions of one name.
Tables of the house have most of it already; those of other libraries, and what came from data, get
here what they lack. Everything is done in place on the parsed body of a page.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relecture.report.markup import slug
from relecture.report.wording import SPACE, typeset

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_VAST = 9  # columns from which a sheet of paper is too narrow


@dataclass(frozen=True)
class Section:
    """A heading of the contents, with the headings below it."""

    anchor: str
    text: str
    parts: list[Section] = field(default_factory=list)


def complete(body: BeautifulSoup, fallback: str, taken: Iterable[str] = ()) -> tuple[str, list[Section]]:
    """Title and contents of the page, once its body has all it needs.

    The title is the text of the first first-level heading, or the fallback; `taken` are ids that the
    page uses outside of its body.
    """
    title = _title(body, fallback)
    _level_headings(body)
    _part_ids(body, taken)
    for rank, table in enumerate(body.find_all("table"), start=1):
        _complete(body, table, f"Tableau{SPACE}{rank}")
    _part_names(body)
    return title, _contents(body)


def unused(wanted: str, used: Container[str]) -> str:
    """The name, numbered when it was already used.

    >>> unused("resultats", {"resultats", "resultats-2"})
    'resultats-3'
    """
    name, rank = wanted, 1
    while name in used:
        rank += 1
        name = f"{wanted}-{rank}"
    return name


def _title(body: BeautifulSoup, fallback: str) -> str:
    first, *others = body.find_all("h1") or [body.new_tag("h1", string=typeset(fallback))]
    if first.parent is None:
        body.insert(0, first)
    for heading in others:
        heading.name = "h2"
    return first.get_text().strip()


def _level_headings(body: BeautifulSoup) -> None:
    """A heading stands one level below the one that it belongs to."""
    above = [1]
    for heading in body.find_all(_HEADINGS):
        level = int(heading.name[1])
        above = [*(one for one in above if one < level), level]
        heading.name = f"h{len(above)}"


def _part_ids(body: BeautifulSoup, taken: Iterable[str]) -> None:
    """Cells keep their id; elsewhere the first to use one keeps it; headings get one made of their words."""
    cells = body.find_all("div", class_="cell", recursive=False)
    used = {*taken, *(cell["id"] for cell in cells)}
    for tag in body.find_all(id=True):
        if any(tag is cell for cell in cells):
            continue
        if tag["id"] in used:
            del tag["id"]
        else:
            used.add(tag["id"])
    for heading in body.find_all(_HEADINGS, id=False):
        heading["id"] = unused(slug(heading.get_text()), used)
        used.add(heading["id"])


def _complete(body: BeautifulSoup, table: Tag, name: str) -> None:
    for header in table.find_all("th"):
        if not header.get_text(strip=True):
            header.name = "td"
    for header in table.select("thead th:not([scope])"):
        header["scope"] = "col"
    for header in table.select("th:not([scope])"):
        header["scope"] = "row"
    if table.caption is None:
        table.insert(0, body.new_tag("caption", string=name))
    if not table.find_parent(class_="table-scroll"):
        region = {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": table.caption.get_text()}
        table.wrap(body.new_tag("div", attrs=region))
    if max((len(row.find_all(["td", "th"])) for row in table.find_all("tr")), default=0) > _VAST:
        table["class"] = [*table.get("class", ()), "vast"]


def _part_names(body: BeautifulSoup) -> None:
    """Two tables may have the same caption, two regions not the same name."""
    used: set[str] = set()
    for region in body.select("[role=region][aria-label], section[aria-label]"):
        name, rank = region["aria-label"], 1
        while region["aria-label"] in used:
            rank += 1
            region["aria-label"] = f"{name} ({rank})"
        used.add(region["aria-label"])


def _contents(body: BeautifulSoup) -> list[Section]:
    """Second-level headings, each with the third-level headings that follow it."""
    sections: list[Section] = []
    for heading in body.find_all(["h2", "h3"]):
        section = Section(heading["id"], heading.get_text().strip())
        (sections[-1].parts if heading.name == "h3" and sections else sections).append(section)
    return sections
