"""Committed notebooks are executed, from top to bottom, in one go.

nbval compares outputs only where a cell has an execution count: a notebook that was never run would
pass it vacuously. A reader on the web, too, sees nothing of it.
"""

import json

import pytest

from relecture.build.state import jobs
from relecture.core.study import ROOT

NOTEBOOKS = sorted(jobs.notebooks(ROOT).values())


def _code(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]


def test_there_are_notebooks():
    assert NOTEBOOKS, "every test below is empty without a notebook"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_was_run_in_order_in_a_fresh_kernel(path):
    counts = [cell["execution_count"] for cell in _code(path)]
    assert counts == list(range(1, len(counts) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_failed_nor_warned(path):
    outputs = [output for cell in _code(path) for output in cell["outputs"]]
    assert [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"] == []
