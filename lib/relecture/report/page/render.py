"""An executed notebook as HTML pages, and the page that lists the others.

nbconvert lays the cells out with the template of this folder; `structure` then gives the page what
an article has, `downloads` lets its figures and tables leave it, and a banner says when a run
failed. The page is one file without script or outside host; prose is typeset in French; whatever
came from data is made harmless first. Same notebook, same bytes.

`index` lists the reports. Nothing here reads or writes a file of the compendium.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from relecture.core.french import typeset
from relecture.report.figures.svg import NARROW, dark_tones
from relecture.report.html import OUTPUT, escaped, html_text, sanitized, shortened, visible_text
from relecture.report.page import downloads, elements, notebook_parts, structure

_FOLDER = Path(__file__).parent
_SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
_WIDGET = "application/vnd.jupyter.widget-view+json"
_SIGNS = {"image/png": "iVBOR", "image/jpeg": "/9j/", "image/svg+xml": ("PHN2Zy", "PD94bW", "PCFET0")}  # in base64
INJECTED = "injected-parameters"
_MOST = 2_900_000  # characters of a page; a letter with an accent takes two bytes
_MAIN, _SWITCH = "contenu", "voir-le-code"  # ids that the page uses outside of its body


@dataclass(frozen=True)
class IndexEntry:
    """One report in the index: `story` is what its elements carried, `beside` the file and words of a second page."""

    name: str
    title: str
    tally: Mapping[str, int]
    story: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    study: bool = True


@dataclass(frozen=True)
class Failure:
    """Why a page is not finished: the cell that shows an error, or the sentence of whoever ran it."""

    sentence: str
    anchor: str = ""
    number: int = 0
    section: str = ""


def pages(notebook: Any, name: str, *, own: bool = False) -> dict[str, str]:
    """The pages of a notebook (`notebook_parts.pages`) as HTML, by the name of their file."""
    parts = notebook_parts.pages(notebook, name, own=own)
    return {file: export(page.notebook, title_fallback=file, beside=page.beside) for file, page in parts.items()}


def export(notebook: Any, *, title_fallback: str, failure: str = "", beside: tuple[str, str] = ("", "")) -> str:
    """The notebook as one HTML page, titled by its first first-level heading, else by the fallback.

    The fallback also begins the names of the files to download. `failure` is a French sentence that
    says where a run stopped and why; it is shown on top when no cell shows an error. `beside` is the page
    that goes with this one: its file, and words for the link.
    """
    from markupsafe import Markup

    body = structure.parse(_exporter().from_notebook_node(notebook)[0])
    title, sections = structure.complete(body, title_fallback, taken={_MAIN, _SWITCH})
    stopped = _failure(notebook, body) or (Failure(failure) if failure else None)
    downloads.add_links(body, title_fallback, _MOST)
    content = Markup(structure.serialise(body))
    return page("report.html.j2", title=title, sections=sections, failure=stopped, content=content, beside=beside)


def index(entries: Sequence[IndexEntry]) -> str:
    """The page that lists the reports: what they found together, then a card a study, then the others.

    A page of no study that has three sentences to keep is the synthesis, and opens the list.
    """
    from markupsafe import Markup

    key = Markup(elements.verdict_key())
    above = [entry for entry in entries if not entry.study and "key-points" in entry.story]
    cards = [entry for entry in entries if entry.study]
    others = [entry for entry in entries if entry not in above and entry not in cards]
    own = any("files" in entry.story for entry in entries)
    return page("index.html.j2", above=above, cards=cards, others=others, own=own, key=key)


@cache
def _exporter() -> Any:
    """nbconvert's HTML exporter, which reads the page again only to give words to pictures: here all have them."""
    from nbconvert.exporters import HTMLExporter, TemplateExporter
    from traitlets.config import Config

    exporter = HTMLExporter(
        config=Config({"NbConvertBase": {"display_data_priority": _SHOWN}}),
        default_preprocessors=[],  # each would check the whole notebook
        extra_template_basedirs=[str(_FOLDER)],
        template_name="template",
        template_file="cells.html.j2",
        filters=_FILTERS,
    )
    exporter.from_notebook_node = partial(TemplateExporter.from_notebook_node, exporter)
    return exporter


def _code(source: str) -> str:
    from nbconvert.filters import Highlight2HTML

    return Highlight2HTML(pygments_lexer="ipython3")(source)


def _plain(text: str) -> str:
    from nbconvert.filters import strip_ansi

    return escaped(shortened(strip_ansi(text), OUTPUT))


def _shown(data: Mapping[str, str]) -> str:
    """HTML of an output, and after a figure the same in pixels, then narrow, which `downloads` takes up."""
    html, pixels = sanitized(data["text/html"]), data.get("image/png", "").replace("\n", "")
    if "<figure" not in html:
        return html
    narrow = b64encode(data.get(NARROW, "").encode()).decode()
    beside = {"pixels": pixels and downloads.PIXELS + pixels, "narrow": narrow and downloads.DRAWING + narrow}
    return html + "".join(downloads.BESIDE.format(name, escaped(one)) for name, one in beside.items() if one)


def _markdown(source: str, *, escape: bool) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=escape, allow_harmful_protocols=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(typeset(source))


def _is_picture(data: str, kind: str) -> bool:
    """Whether an output that says it is a picture begins like one, and is nothing but its bytes."""
    return data.startswith(_SIGNS[kind]) and bool(re.fullmatch(r"[\w+/]+=*", data, re.ASCII))


_FILTERS = {"code": _code, "plain": _plain, "visible_text": visible_text}
_FILTERS["told"] = lambda source: sanitized(_markdown(source, escape=False))  # the author's prose, where HTML may stand
_FILTERS["quoted"] = lambda source: sanitized(_markdown(shortened(source, OUTPUT), escape=True))  # prose around data
_FILTERS |= {"shown": _shown, "is_widget": lambda data: _WIDGET in data, "is_picture": _is_picture}


def _failure(notebook: Any, body: HtmlElement) -> Failure | None:
    """The first cell that shows an error, numbered among the code cells the author wrote."""
    number = 0
    for rank, cell in enumerate(notebook.cells, start=1):
        number += cell.cell_type == "code" and INJECTED not in cell.metadata.get("tags", ())
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                anchor = f"cellule-{rank}"
                return Failure(output.ename, anchor, number, _heading_above(body, anchor))
    return None


def _heading_above(body: HtmlElement, anchor: str) -> str:
    above = body.xpath("//*[@id = $anchor]/preceding::*[self::h2 or self::h3][1]", anchor=anchor)
    return structure.text_of(above[0]) if above else ""


def page(template: str, folder: Path = _FOLDER / "template", **values: Any) -> str:
    """A template of a folder filled in, with the tones of its figures; what is not Markup is escaped.

    It may extend `page.html.j2`, which lets run the `script` of that fingerprint alone (SHA-256, in base64), if any.
    """
    told = {"main": _MAIN, "switch": _SWITCH, "tones": dark_tones(values.get("content", "")), "script": ""}
    return _templates(folder).get_template(template).render(**told | values) + "\n"


@cache
def _templates(folder: Path) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    loader = FileSystemLoader([folder, _FOLDER / "template"])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["typeset"] = typeset
    environment.filters["html_text"] = lambda text: Markup(html_text(text))
    shown = {
        "marks": elements.marks,
        "reference": elements.reference,
        "facts": lambda data: elements.facts(dict(data["pairs"])).html,
    }
    environment.filters |= {name: lambda data, show=show: Markup(show(data)) for name, show in shown.items()}
    return environment
