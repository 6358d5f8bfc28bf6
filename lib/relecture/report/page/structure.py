"""Structure of a page for ears, keyboards and addresses: title, headings, contents, captions, scopes, regions.

One title, headings that follow one another and have stable addresses, contents made of them, tables
with a caption, scoped headers and a region that scrolls by itself, and no two regions of one name.
Tables of the house have most of it already; those of other libraries, and what came from data, get
here what they lack. Everything is done in place on the parsed body of a page.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from lxml.html import Element, HtmlElement, HTMLParser, fragment_fromstring, tostring

from relecture.core.french import SPACE, slug, typeset

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VAST = 9  # columns from which a sheet of paper is too narrow
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}


@dataclass(frozen=True)
class Section:
    """A heading of the contents, with the headings below it."""

    anchor: str
    text: str
    parts: list[Section] = field(default_factory=list)


def parse(html: str) -> HtmlElement:
    """The body of a page, as a tree to complete; `html` is well formed (`html.sanitized`)."""
    return fragment_fromstring(html, create_parent="div", parser=HTMLParser(huge_tree=True, encoding="utf-8"))


def serialise(body: HtmlElement) -> str:
    """The tree as HTML again, without the element that holds it; the same tree gives the same bytes."""
    whole = tostring(body, encoding="unicode").replace("</wbr>", "")  # lxml closes what has no end
    return whole.removeprefix("<div>").removesuffix("</div>")


def text_of(element: HtmlElement) -> str:
    """The words of an element, without spaces around."""
    return element.text_content().strip()


def element(tag: str, text: str = "", **attributes: str) -> HtmlElement:
    """A new element with these words."""
    new = Element(tag, attributes)
    new.text = text or None
    return new


def complete(body: HtmlElement, fallback: str, taken: Iterable[str] = ()) -> tuple[str, list[Section]]:
    """Title and contents of the page, once its body has all it needs.

    The title is the text of the first first-level heading, or the fallback; `taken` are ids that the
    page uses outside of its body.
    """
    title = _title(body, fallback)
    _level_headings(body)
    _part_ids(body, taken)
    for rank, table in enumerate(list(body.iter("table")), start=1):
        _complete(table, f"Tableau{SPACE}{rank}")
    _part_names(body)
    _keep_whole_words(next(body.iter("h1")))
    return title, _contents(body)


def unused_name(wanted: str, used: Container[str]) -> str:
    """The name, numbered when it was already used.

    >>> unused_name("resultats", {"resultats", "resultats-2"})
    'resultats-3'
    """
    name, rank = wanted, 1
    while name in used:
        rank += 1
        name = f"{wanted}-{rank}"
    return name


def _title(body: HtmlElement, fallback: str) -> str:
    first, *others = [*body.iter("h1")] or [element("h1", typeset(fallback))]
    if first.getparent() is None:
        first.tail, body.text = body.text, None
        body.insert(0, first)
    for heading in others:
        heading.tag = "h2"
    return text_of(first)


def _keep_whole_words(heading: HtmlElement) -> None:
    """Let no line of the title end inside a word, such as « protège-t-elle »."""
    for part in heading.iter():
        part.text = (part.text or "").replace("-", "-\u2060")
    for part in heading.iterdescendants():
        part.tail = (part.tail or "").replace("-", "-\u2060")


def _level_headings(body: HtmlElement) -> None:
    """A heading stands one level below the one that it belongs to."""
    above = [1]
    for heading in body.iter(*_HEADINGS):
        level = int(heading.tag[1])
        above = [*(one for one in above if one < level), level]
        heading.tag = f"h{len(above)}"


def _part_ids(body: HtmlElement, taken: Iterable[str]) -> None:
    """Cells keep their id; elsewhere the first to use one keeps it; headings get one made of their words."""
    cells = body.xpath("div[@class = 'cell'][@id]")
    used = {*taken, *(cell.get("id") for cell in cells)}
    for tag in body.xpath(".//*[@id]"):
        if tag.get("id") not in used:
            used.add(tag.get("id"))
        elif tag not in cells:
            del tag.attrib["id"]
    for heading in body.iter(*_HEADINGS):
        if "id" not in heading.attrib:
            heading.set("id", unused_name(slug(heading.text_content()), used))
            used.add(heading.get("id"))


def _complete(table: HtmlElement, name: str) -> None:
    for header in table.iter("th"):
        if not text_of(header):
            header.tag = "td"
        elif "scope" not in header.attrib:
            header.set("scope", "col" if header.xpath("boolean(ancestor::thead)") else "row")
    if table.find("caption") is None:
        table.insert(0, element("caption", name))
    if not table.xpath("ancestor::*[contains(concat(' ', @class, ' '), ' table-scroll ')]"):
        _scroll(table, table.find("caption").text_content())
    if max((sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")), default=0) > _VAST:
        table.set("class", f"{table.get('class', '')} vast".strip())
    if headers := _headers(table):
        _as_cards(table, headers)


def _headers(table: HtmlElement) -> list[str]:
    """The names of the columns, where each cell of the table stands in one of them; none otherwise."""
    names = [text_of(cell) for cell in table.xpath("thead[count(tr) = 1]/tr/*")]
    rows = table.xpath("tbody/tr[not(count(*) = 1 and th[@scope = 'rowgroup'])]")
    plain = all(len(row) == len(names) for row in rows) and not table.xpath(".//*[@rowspan] | .//td[@colspan]")
    return names if plain and rows else []


def _as_cards(table: HtmlElement, headers: list[str]) -> None:
    """Let a narrow screen show each row as a card: cells know their column, and all keep the role of a table."""
    table.set("class", f"{table.get('class', '')} cards".strip())
    for tag in table.iter(*_ROLES):
        tag.set("role", _ROLES[tag.tag])
    for header in table.iter("th"):
        header.set("role", "columnheader" if header.get("scope") == "col" else "rowheader")
    for row in table.iterfind("tbody/tr"):
        for cell, name in zip(row, headers, strict=False):
            if cell.tag == "td":
                cell.set("data-label", name)


def _scroll(table: HtmlElement, label: str) -> None:
    """Wrap the table in a named region that scrolls by itself."""
    region = element("div", **{"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": label})
    table.getparent().replace(table, region)
    region.tail, table.tail = table.tail, None
    region.append(table)


def _part_names(body: HtmlElement) -> None:
    """Two tables may have the same caption, two regions not the same name."""
    used: set[str] = set()
    for region in body.xpath(".//*[@aria-label][@role = 'region' or self::section]"):
        name, rank = region.get("aria-label"), 1
        while region.get("aria-label") in used:
            rank += 1
            region.set("aria-label", f"{name} ({rank})")
        used.add(region.get("aria-label"))


def _contents(body: HtmlElement) -> list[Section]:
    """Second-level headings, each with the third-level headings that follow it."""
    sections: list[Section] = []
    for heading in body.iter("h2", "h3"):
        section = Section(heading.get("id"), text_of(heading))
        (sections[-1].parts if heading.tag == "h3" and sections else sections).append(section)
    return sections
