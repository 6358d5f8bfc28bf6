"""An executed notebook read as pages: which cells stand on which page, their titles, and the data their elements carry.

A cell tagged `page:methode` opens the second page, which holds all that follows; cells tagged `every-page` stand at
the foot of both. Without such a cell there is one page. On answers of one's own the roles turn: the second part is the
page of the study, and what the thesis printed stands beside it. Each page ends with a link to the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from relecture.report.html import html_text
from relecture.report.page import elements

OPENS, EVERYWHERE = "page:methode", "every-page"
ENDS = {"methode": "La méthode, refaite", "these": "La thèse, relue"}  # of the name of a second page, and its link
_FIRST = {"methode": "L'étude, relue", "these": "Vos réponses"}  # the link back
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)


class Page(NamedTuple):
    """The cells of one page as a notebook, and the link to the other page (file, words), empty when there is none."""

    notebook: Any
    beside: tuple[str, str] = ("", "")


def pages(notebook: Any, name: str, *, own: bool = False) -> dict[str, Page]:
    """The pages of a notebook by the name of their file, that of the study first; `own` for answers of one's own."""
    start = next((rank for rank, cell in enumerate(notebook.cells) if OPENS in _tags(cell)), 0)
    if not start:
        return {name: Page(notebook)}
    foot = [cell for cell in notebook.cells if EVERYWHERE in _tags(cell)]
    parts = [_without(cells, foot) for cells in (notebook.cells[:start], notebook.cells[start:])]
    end, (page, beside) = ("these", parts[::-1]) if own else ("methode", parts)
    other = f"{name}-{end}"
    there, back = (f"{other}.html", ENDS[end]), (f"{name}.html", _FIRST[end])
    return {
        name: Page(_notebook(notebook, [*page, _onward(there, beside), *foot]), there),
        other: Page(_notebook(notebook, [*beside, _onward(back, page), *foot]), back),
    }


def study_of(file: str) -> str:
    """The name of the notebook that a page comes from.

    >>> study_of("guefif-methode")
    'guefif'
    """
    return re.sub(f"-(?:{'|'.join(ENDS)})$", "", file)


def title(cells: Iterable[Any], fallback: str) -> str:
    """The first first-level heading of the prose, written or displayed, or the fallback."""
    headings = (_TITLE.search(text) for cell in cells for text in _prose(cell))
    return next((heading[1] for heading in headings if heading), fallback)


def carried(notebook: Any, kind: str) -> Any:
    """The data of that media type that an element displayed first; an empty mapping when there is none."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    return next((output.data[kind] for output in outputs if kind in output.get("data", ())), {})


def story(notebook: Any) -> dict[str, Any]:
    """What the elements of a page carry for the list of pages, by the last word of its media type."""
    shown = {kind.partition(".relecture.")[2].removesuffix("+json"): carried(notebook, kind) for kind in elements.STORY}
    return json.loads(json.dumps({name: data for name, data in shown.items() if data}))


def words(file: str) -> str:
    """Words for the link to the second page of a notebook, by the end of its name."""
    return ENDS[file.rpartition("-")[2]]


def _tags(cell: Any) -> Iterable[str]:
    return cell.metadata.get("tags", ())


def _without(cells: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    left_out = {id(cell) for cell in others}
    return [cell for cell in cells if id(cell) not in left_out]


def _notebook(notebook: Any, cells: list[Any]) -> Any:
    return type(notebook)({**notebook, "cells": cells})


def _prose(cell: Any) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield cell.source
    yield from (output.data.get("text/markdown", "") for output in cell.get("outputs", ()) if "data" in output)


def _onward(link: tuple[str, str], cells: list[Any]) -> Any:
    """A cell of prose that leads to the other page, by its title."""
    file, words = link
    named = f'{html_text(f"{words} :")} <a href="{file}">{html_text(title(cells, words))}</a>'
    return type(cells[0])(
        {"cell_type": "markdown", "metadata": {}, "id": "onward", "source": f'<p class="onward">{named}</p>'}
    )
