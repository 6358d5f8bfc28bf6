"""Notebooks tell, the library computes: cells are short, define nothing, and their prose holds no number.

Oracle: the law of CONTRIBUTING on notebooks, in lines.
"""

import json
import re
from statistics import median

import pytest

from relecture.core.study import ROOT

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
LONGEST, USUAL = 12, 3  # lines


def _sources(name, kind):
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_are_short(name):
    lines = [len(source.splitlines()) for source in _sources(name, "code")]
    assert max(lines) <= LONGEST and median(lines) <= USUAL


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_three_lines_import_everything(name):
    """Oracle: the design of the one import, whose lines are whole (no bracket left open)."""
    lines = [line for source in _sources(name, "code") for line in source.splitlines()]
    imports = [line for line in lines if re.match(r"\s*(import|from)\s+\w", line)]
    assert "import relecture as rl" in imports and len(imports) <= 3 and "(" not in "".join(imports)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_define_nothing(name):
    assert [source for source in _sources(name, "code") if re.search(r"^\s*(def|class) ", source, re.MULTILINE)] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_number_is_typed_in_markdown(name):
    assert [source for source in _sources(name, "markdown") if re.search(r"\d", source)] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_number_is_typed_in_rendered_prose(name):
    prose = [source.partition('prose(f"""')[2] for source in _sources(name, "code")]
    assert [text for text in prose if re.search(r"\d", re.sub(r"\{[^{}]*\}", "", text))] == []
