"""Which pages can be ready before their notebooks have run?

While the libraries of the kernels are imported, the process that builds has nothing else to do. A notebook is most
often saved after a run, and the next run most often shows the same: its page is made from what it showed when it was
saved, and serves if the run brings the same cells, to the last letter. If it does not, the page is made from the
run; what the rehearsal imported serves all the same, and so do the cells and the outputs that have not changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from relecture.report import execute
from relecture.report.jobs import Job

_PAGES = 16  # kept at most, of some megabytes each


def rehearse(jobs: Iterable[Job]) -> None:
    """Make the pages of notebooks as they were saved."""
    for job in jobs:
        with suppress(Exception):  # whatever was saved; what is wrong with it is told when the notebook runs
            html(execute.saved(job.notebook), job.name)


def html(notebook: Any, name: str) -> str:
    """The page of a notebook that has run, as `page.export` makes it; nothing is made twice for the same cells."""
    return _made(json.dumps(notebook.cells, sort_keys=True), name)


@lru_cache(_PAGES)
def _made(cells: str, name: str) -> str:
    from nbformat import from_dict

    from relecture.report import manifest, page  # later than the kernels, whose libraries take longest

    notebook = from_dict({"cells": json.loads(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    made = page.export(notebook, title_fallback=name)
    manifest.lines(made)
    return made
