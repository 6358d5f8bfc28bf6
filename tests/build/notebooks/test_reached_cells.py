"""What runs of a notebook whose parameters change: all that they reach, and of the rest what that needs.

The oracle of a program of statements is Python itself: run whole and run divided, reached cells show the same.
"""

from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.build.notebooks import execute, reached_cells
from relecture.core.study import ROOT

SHOWN = [{"output_type": "execute_result"}]
STUDIES = [path.parent.name for path in sorted((ROOT / "data").glob("*/synthetic.yaml"))]


def cells(*sources, shown=()):
    """Code cells; those of these ranks showed the value of their last line."""
    outputs = dict.fromkeys(shown, SHOWN)
    return [
        SimpleNamespace(cell_type="code", source=source, outputs=outputs.get(rank, []))
        for rank, source in enumerate(sources)
    ]


def run(*sources, shown=()):
    """What each cell runs after a first one that gives x."""
    return reached_cells.to_run(cells("x = 2", *sources, shown=[rank + 1 for rank in shown]), 0)[1:]


@pytest.mark.parametrize(
    ("sources", "codes"),
    [
        (["a = 1", "b = x + a"], ["a = 1", None]),
        (["a = 1\nc = 3", "b = x + a"], ["a = 1", None]),  # c is not read again
        (["a = 1", "a = 2", "b = x + a"], ["", "a = 2", None]),
        (["a = 1", "if a:\n    a = 2", "b = x + a"], ["a = 1", "if a:\n    a = 2", None]),
        (["a = 1", "(a := 2)", "b = x + a"], ["a = 1", "(a := 2)", None]),
        (["b = x", "c = b", "d = 1"], [None, None, ""]),
        (["b = x", "b = 1", "c = b"], [None, "b = 1", None]),  # prudent: b was reached
        (["b = [x for x in [1]]", "c = 1"], ["", ""]),  # another x
        (["b = [x for y in [1]]"], [None]),
        (["b = (lambda x: x)(1)", "c = (lambda y: x)(1)"], ["", None]),
        (["a = []", "a.append(1)", "b = x, a"], ["a = []", "a.append(1)", None]),
        (["a = []", "b = a", "b.append(x)", "c = a"], ["a = []", "b = a", None, None]),  # the same list
        (["a = {}", "a['k'] = 1", "b = x, a"], ["a = {}", "a['k'] = 1", None]),
        (["a = 1", "a += 1", "b = x, a"], ["a = 1", "a += 1", None]),
        (["a = 1\na", "b = x"], ["a = 1\na", None]),  # nobody knows what a line that shows nothing does
        (["import pandas as pd", "b = pd.Series([x])"], ["import pandas as pd", None]),
        (["a = zip([1], [2])", "b = list(a)", "c = x, a"], ["a = zip([1], [2])", "b = list(a)", None]),
        (["é = 'à'; b = 'ç'", "c = x, b"], ["b = 'ç'", None]),
        (["f'{x}'"], [None]),
        (["a, b = 1, 2", "c = x, b"], ["a, b = 1, 2", None]),
        (["for a in [1]:\n    b = a", "c = x, b"], ["for a in [1]:\n    b = a", None]),
    ],
)
def test_what_is_read_further_on_runs(sources, codes):
    assert run(*sources) == codes


def test_a_value_that_is_shown_need_not_be_computed_again():
    assert run("a = 1\n[a]", "b = x, a", shown=[0]) == ["a = 1", None]
    assert run("a = [1]\na.pop()", "b = x, a", shown=[0]) == ["a = [1]\na.pop()", None]


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline",
        "!ls",
        "from relecture.api import *",
        "import random",
        "import numpy as np",
        "from . import a",
        "exec('a = 1')",
        "globals()['a'] = 1",
        "b = next(iter([1]))",
        "def f():\n    return 1",
        "class A:\n    pass",
        "b = _",
        "b = _3",
        "g = (y for y in [1])",
        "z = 1\nf = lambda: z\nz = 2",
        "await b",
    ],
)
def test_a_notebook_that_cannot_be_divided_runs_whole(source):
    assert run("a = 1", source) == [None, None]


VALUES = ["[1]", "a + [x]", "b", "c + a", "[x]", "list(b)", "[y for y in c if (d := y)]"]
STATEMENTS = [f"{name} = {value}" for name, value in product("abc", VALUES)]
STATEMENTS += [
    "a.append(b[:1])",
    "b += [2]",
    "a[:1] = c",
    "if x == 2: a = [5]",
    "for c in [a, b]: b = c",
    "repr(a)",
    "c",
]


@given(st.lists(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=3), min_size=1, max_size=8))
def test_cells_show_the_same_as_in_a_whole_run(drawn):
    sources = ["x = 1", "x = 2", "a, b, c, d = [1], [2], [3], 4", *("\n".join(part) for part in drawn)]
    saved = shown(["x = 1", "", *sources[2:]])
    shows = [rank for rank, value in enumerate(saved) if value]
    codes = reached_cells.to_run(cells(*sources, shown=shows), 1)
    again = shown([source if code is None else code for source, code in zip(sources, codes, strict=True)])
    assert [new if code is None else old for new, old, code in zip(again, saved, codes, strict=True)] == shown(sources)


def shown(sources):
    """What the last line of each cell shows; nothing where it is no expression."""
    names, values = {}, []
    for source in sources:
        *lines, last = source.split("\n")
        exec("\n".join(lines), names)
        is_shown = last in ("repr(a)", "c")
        values.append(repr(eval(last, names)) if is_shown else exec(last, names) or "")
    return values


@pytest.mark.parametrize("study", STUDIES)
def test_half_of_the_figures_of_a_study_are_out_of_reach_of_answers(study):
    """The notebooks are written in what can be divided, and answers reach the section about them only."""
    saved = execute.saved(ROOT / f"notebooks/{study}.ipynb").cells
    given = next(rank for rank, cell in enumerate(saved) if "parameters" in cell.metadata.get("tags", ())) + 1
    codes = reached_cells.to_run([*saved[:given], *cells("answers = 'a.csv'"), *saved[given:]], given)
    del codes[given]
    figures = [code for code, cell in zip(codes, saved, strict=True) if "image/png" in str(cell.get("outputs", ""))]
    assert len([code for code in figures if code is not None]) >= len(figures) / 2 > 2
