"""How does an executed notebook become a page to read?

nbconvert lays the cells out with the template of this folder; this module then gives the page what
an article has: a title, headings with stable addresses, contents, tables that scroll by themselves,
and a banner when a cell failed. The page is one file without script or outside host; prose is
typeset in French; whatever came from data is made harmless first. Same notebook, same bytes.

`index` lists the reports. Nothing here reads or writes a file of the compendium.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relecture.report import elements
from relecture.report.markup import escaped, harmless, slug
from relecture.report.wording import MEANINGS, VERDICTS, typeset

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_FOLDER = Path(__file__).parent
_SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
_INJECTED = "injected-parameters"


@dataclass(frozen=True)
class Entry:
    """One report in the index."""

    name: str
    title: str
    html_file: str
    tally: dict[str, int]


@dataclass(frozen=True)
class Section:
    """A heading of the contents, with the headings below it."""

    anchor: str
    text: str
    parts: list[Section] = field(default_factory=list)


@dataclass(frozen=True)
class Failure:
    """The cell that stopped a notebook, as the banner names it."""

    anchor: str
    number: int
    section: str
    error: str


def export(notebook: Any, *, title_fallback: str) -> str:
    """The notebook as one HTML page, titled by its first first-level heading, else by the fallback."""
    from bs4 import BeautifulSoup
    from markupsafe import Markup

    body = BeautifulSoup(_cells(notebook), "html.parser")
    title = _title(body, title_fallback)
    _address_headings(body)
    for rank, table in enumerate(body.find_all("table"), start=1):
        _complete(body, table, f"Tableau {rank}")
    values = {"title": title, "sections": _contents(body), "failure": _failure(notebook, body)}
    return _page("report.html.j2", content=Markup(str(body)), **values)


def index(entries: Sequence[Entry]) -> str:
    """The page that lists the reports, in the order given, with their tallies and the verdicts explained."""
    from markupsafe import Markup

    listed = [(entry, Markup(elements.tally(entry.tally).html)) for entry in entries]
    return _page("index.html.j2", entries=listed, verdicts=VERDICTS, meanings=MEANINGS)


def _cells(notebook: Any) -> str:
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    exporter = HTMLExporter(
        config=Config({"NbConvertBase": {"display_data_priority": _SHOWN}}),
        extra_template_basedirs=[str(_FOLDER)],
        template_name="template",
        template_file="cells.html.j2",
        filters={"told": _told, "quoted": _quoted, "plain": _plain, "harmless": harmless},
    )
    return exporter.from_notebook_node(notebook)[0]


def _told(source: str) -> str:
    """Prose of the author: Markdown, in which HTML may stand."""
    return harmless(_markdown(source, escape=False))


def _quoted(source: str) -> str:
    """Prose written around data: Markdown, in which HTML is only text."""
    return harmless(_markdown(source, escape=True))


def _plain(text: str) -> str:
    from nbconvert.filters import strip_ansi

    return escaped(strip_ansi(text))


def _markdown(source: str, *, escape: bool) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=escape, allow_harmful_protocols=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(typeset(source))


def _title(body: BeautifulSoup, fallback: str) -> str:
    """Text of the only first-level heading: the first one found, or one made of the fallback."""
    first, *others = body.find_all("h1") or [body.new_tag("h1", string=typeset(fallback))]
    if first.parent is None:
        body.insert(0, first)
    for heading in others:
        heading.name = "h2"
    return first.get_text().strip()


def _address_headings(body: BeautifulSoup) -> None:
    """Give each heading an address made of its words, numbered when they were already used."""
    used = {tag["id"] for tag in body.find_all(id=True)}
    for heading in body.find_all(["h1", "h2", "h3", "h4"], id=False):
        wanted = anchor = slug(heading.get_text())
        rank = 1
        while anchor in used:
            rank += 1
            anchor = f"{wanted}-{rank}"
        used.add(anchor)
        heading["id"] = anchor


def _complete(body: BeautifulSoup, table: Tag, name: str) -> None:
    """Give a table that another library wrote the headers and the scrolling of those of the house."""
    for header in table.select("th:empty"):
        header.name = "td"
    for header in table.select("thead th:not([scope])"):
        header["scope"] = "col"
    for header in table.select("tbody th:not([scope])"):
        header["scope"] = "row"
    if not table.find_parent(class_="table-scroll"):
        label = table.caption.get_text() if table.caption else name
        region = {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": label}
        table.wrap(body.new_tag("div", attrs=region))


def _contents(body: BeautifulSoup) -> list[Section]:
    """Second-level headings, each with the third-level headings that follow it."""
    sections: list[Section] = []
    for heading in body.find_all(["h2", "h3"]):
        section = Section(heading["id"], heading.get_text().strip())
        (sections[-1].parts if heading.name == "h3" and sections else sections).append(section)
    return sections


def _failure(notebook: Any, body: BeautifulSoup) -> Failure | None:
    """The first cell that shows an error, numbered among the code cells the author wrote."""
    number = 0
    for rank, cell in enumerate(notebook.cells, start=1):
        number += cell.cell_type == "code" and _INJECTED not in cell.metadata.get("tags", ())
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                anchor = f"cellule-{rank}"
                return Failure(anchor, number, _heading_above(body, anchor), output.ename)
    return None


def _heading_above(body: BeautifulSoup, anchor: str) -> str:
    cell = body.find(id=anchor)
    heading = cell.find_previous(["h2", "h3"]) if cell else None
    return heading.get_text().strip() if heading else ""


def _page(template: str, **values: Any) -> str:
    """The template filled in; values are escaped unless they are already Markup."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "template"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["typeset"] = typeset
    return environment.get_template(template).render(**values) + "\n"
