"""The library is laid out so that a newcomer finds their way: the laws of the house that can be counted on its source.

Oracle: `ast`. Every import counts, lazy and type-only ones included.
"""

import ast
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from statistics import median, quantiles

import pytest

from relecture.core.study import ROOT

LIBRARY, TESTS = ROOT / "lib/relecture", ROOT / "tests"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(LIBRARY.rglob("*.py"))}
MODULES = {path.relative_to(LIBRARY): tree for path, tree in TREES.items() if path.name != "__init__.py"}
FREE = {"peers", "data", "notebooks", "browser", "repo"}  # tests of what is no module
FORM = ("answers.questionnaire.instrument", "answers.form.paged_form")  # Instrument.form(), kept for the README
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def dotted(path):
    return ".".join(path.relative_to(LIBRARY).with_suffix("").parts).removesuffix(".__init__").removesuffix("__init__")


NAMES = {dotted(path): tree for path, tree in TREES.items()}


def body(function):
    """Lines of a function after its signature and its docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return function.end_lineno - first.lineno + 1


def named(tree, path):
    """Every function with its place."""
    return {f"{path}:{node.name}": node for node in ast.walk(tree) if isinstance(node, FUNCTION)}


FUNCTIONS = {name: node for path, tree in MODULES.items() for name, node in named(tree, path).items()}


def imported(tree, name):
    """The modules of the library that a module imports, wherever in it; a package for what it exports itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("relecture"):
            room = node.module.removeprefix("relecture").removeprefix(".")
            for alias in node.names:
                whole = f"{room}.{alias.name}".removeprefix(".")
                yield whole if whole in NAMES else room
        elif isinstance(node, ast.Import):
            yield from (one.name.removeprefix("relecture.") for one in node.names if one.name.startswith("relecture."))


def test_a_folder_holds_nine_modules_and_a_room_two_levels():
    folders = Counter(path.parent.as_posix() for path in MODULES)
    assert {folder: count for folder, count in folders.items() if count > 9} == {}
    assert [path.as_posix() for path in MODULES if len(path.parts) > 4] == []


def test_a_module_holds_250_lines():
    sizes = {path.as_posix(): len((LIBRARY / path).read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: lines for path, lines in sizes.items() if lines > 250} == {}


def test_functions_are_short():
    sizes = {name: body(function) for name, function in FUNCTIONS.items()}
    assert median(sizes.values()) <= 6
    assert quantiles(sizes.values(), n=10)[-1] <= 14
    assert {name: lines for name, lines in sizes.items() if lines > 30} == {}


def test_every_first_line_says_what_is_there():
    firsts = {path: (ast.get_docstring(tree) or "").partition("\n\n")[0].strip() for path, tree in TREES.items()}
    assert [dotted(path) for path, first in firsts.items() if not first or first.endswith("?")] == []


def test_what_is_public_has_a_docstring():
    """Classes and functions of modules; methods, whose names say it, are left to the eye."""
    tops = [(path, node) for path, tree in MODULES.items() for node in tree.body]
    public = [(path, node) for path, node in tops if isinstance(node, FUNCTION | ast.ClassDef) and node.name[0] != "_"]
    mute = {f"{path}:{node.name}" for path, node in public if not ast.get_docstring(node)}
    assert mute == {f"cli/study_commands.py:{name}" for name in ("export", "validate")}  # whose help lists formats


@pytest.mark.parametrize("missing", [True, False], ids=["every module has its tests", "every test has its module"])
def test_tests_mirror_the_library(missing):
    modules = {path.as_posix() for path in MODULES} - {"__main__.py"}
    files = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py") if path.parent.name != "exports"]
    tests = {path.with_name(path.name[5:]).as_posix() for path in files if path.parts[0] not in FREE}
    assert sorted(modules - tests if missing else tests - modules) == []


def test_no_two_modules_import_each_other():
    graph = {name: {other for other in imported(tree, name) if other != name} for name, tree in NAMES.items()}
    graph[FORM[0]] -= {FORM[1]}
    try:
        TopologicalSorter(graph).prepare()
        circle = []
    except CycleError as error:
        circle = error.args[1]
    assert circle == []


def test_a_circle_would_be_seen():
    tree = ast.parse("def f():\n    from relecture.core import numbers\n    import relecture.core.study")
    assert list(imported(tree, "core.files")) == ["core.numbers", "core.study"]
