"""Which pages can be ready before their notebooks have run?

While the libraries of the kernels are imported, the process that builds has nothing else to do. A notebook is most
often saved after a run, and the next run most often shows the same: its page is made from what it showed when it was
saved, and serves if the run brings the same cells, to the last letter. If it does not, the page is made from the
run; what the rehearsal imported serves all the same, and so do the cells and the outputs that have not changed.

One thing is sure to differ when the library has changed, though no result has: its own fingerprint, at the end of
each page. A rehearsal shows the present one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from relecture.build.notebooks import execute
from relecture.build.state.jobs import Job
from relecture.report.page import provenance

_PAGES = 16  # kept at most, of some megabytes each
_SHOWN = re.compile(rf"(?<={provenance.LIBRARY}</dt><dd>)\w+")


def rehearse(jobs: Sequence[Job]) -> None:
    """Make the pages of notebooks as they were saved."""
    library = {root: provenance.library(root) for root in {job.root for job in jobs}}
    for job in jobs:
        with suppress(Exception):  # whatever was saved; what is wrong with it is told when the notebook runs
            _made(_signed(_cells(execute.saved(job.notebook)), library[job.root]), job.name)


def html(notebook: Any, name: str) -> str:
    """The page of a notebook that has run, as `page.export` makes it; nothing is made twice for the same cells."""
    return _made(_cells(notebook), name)


def _cells(notebook: Any) -> str:
    return json.dumps(notebook.cells, ensure_ascii=False, sort_keys=True)


def _signed(cells: str, library: str) -> str:
    """The cells as they would be signed by that library."""
    shown = _SHOWN.search(cells)
    return cells.replace(shown[0], library) if shown else cells


@lru_cache(_PAGES)
def _made(cells: str, name: str) -> str:
    from nbformat import from_dict

    from relecture.build.state import manifest
    from relecture.report.page import render  # later than the kernels, whose libraries take longest

    notebook = from_dict({"cells": json.loads(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    made = render.export(notebook, title_fallback=name)
    manifest.lines(made)
    return made
