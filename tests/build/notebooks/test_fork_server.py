"""The server of kernels imports what at least two notebooks need, and nothing else.

Oracle: the import graph of the library, below the rooms' names that each committed notebook calls.
"""

import json
import re
from functools import cache
from importlib.util import find_spec
from types import ModuleType

import grimp
import pytest

import relecture as rl
from relecture.build.notebooks.fork_server import LIBRARIES
from relecture.build.state import jobs
from relecture.core.study import ROOT
from relecture.printed.relations import KINDS

NOTEBOOKS = sorted(jobs.notebooks(ROOT).values())
ANSWERS = {  # what a study and its findings import when they are asked
    r"load_study\(": "relecture.core.study",
    r"\.findings\(": "relecture.printed.audit",
    r"\.printed\.": "relecture.printed.frames.tables",
    r"\.answers\(": "relecture.answers.respondents",
    r"\.texts\(": "relecture.report.legends",
    r"\.in_words\(": "relecture.report.verdicts",
    r"\.colophon\(": "relecture.report.page.provenance",
}
KERNEL = ("ipykernel.kernelapp", "ipykernel.debugger", "relecture.api")


def module_of(path):
    """The module where what `rl.a.b.c` names is written."""
    found, module = rl, "relecture"
    for name in path.split(".")[1:]:
        found = getattr(found, name)
        if not isinstance(found, ModuleType):
            return getattr(found, "__module__", module)
        module = found.__name__
    return module


@cache
def needed(path):
    """Every module, of the library or not, that a notebook may import; packages of others as a whole."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    starts = {module_of(name) for name in re.findall(r"\brl(?:\.\w+)+", source)} - {"relecture.api"}
    starts |= {module for pattern, module in ANSWERS.items() if re.search(pattern, source)}
    if "relecture.printed.audit" in starts:  # it looks for the kinds of relations while it runs
        starts |= {kind.check.__module__ for kind in KINDS.values()}
    return starts.union(*(graph().find_upstream_modules(start) for start in starts & graph().modules))


@cache
def graph():
    return grimp.build_graph("relecture", include_external_packages=True, exclude_type_checking_imports=True)


@pytest.mark.parametrize("name", LIBRARIES)
def test_it_is_there_and_two_notebooks_need_it(name):
    assert find_spec(name)
    module = name if name.startswith("relecture.") else name.partition(".")[0]
    assert name in KERNEL or sum(module in needed(path) for path in NOTEBOOKS) >= 2


def test_what_one_notebook_needs_is_left_to_it():
    """Oracle: Planchenault's texts, which no other study has."""
    (path,) = [path for path in NOTEBOOKS if path.stem == "planchenault"]
    texts = {name for name in needed(path) if name.startswith("relecture.text")}
    assert texts and not texts & set(LIBRARIES)
    assert sum(bool(texts & needed(path)) for path in NOTEBOOKS) == 1
