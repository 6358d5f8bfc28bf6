"""Cells that the parameters given reach, and what must still run of the others, read from their sources.

A cell is *reached* when one of its statements reads a name that depends on a parameter given: it runs whole. The others
show what they were saved with; of them, only statements run that bind a name read further on by what runs. Names are
those of the module, not those of a comprehension or of a lambda (`symtable`). The rules are prudent:

- what may change something in place (an item or attribute assigned, `inplace=`, a method such as `append`, an
  expression that shows nothing, an iterator read) counts as changing every name, and always runs;
- what is bound inside of `if`, `for`, `with` or `try`, or by a walrus, does not replace what was bound before;
- a notebook runs whole if it has a syntax of IPython, `def`, `class`, `global`, `import *`, a module but pandas and
  Relecture, whose functions leave their arguments as they are, a name that begins with `_`, a function such as `exec`
  or `next`, a generator that has a name, or a lambda that reads a name bound twice.
"""

from __future__ import annotations

import ast
import symtable
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from relecture.report.page.render import INJECTED

_MODULES = {"pandas", "relecture"}
_REFUSED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Global, ast.Nonlocal, ast.Await, ast.Yield)
_OPAQUE = set(
    "exec eval compile globals locals vars setattr delattr next iter open input exit quit get_ipython".split()
)
_IN_PLACE = set("append extend insert remove pop popitem clear sort reverse update setdefault add discard".split())
_ITERATORS = set("zip map filter enumerate reversed .items .itertuples .iterrows .finditer".split())
_SURE = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)  # bind their names whatever happens


@dataclass(frozen=True)
class Statement:
    """A statement, the names it reads and binds, and those read when its lambdas are called.

    `sure` if it binds whatever happens, `once` if what it binds can be read once.
    """

    code: str
    reads: frozenset[str]
    binds: frozenset[str]
    late: frozenset[str]
    sure: bool
    once: bool
    in_place: bool


def parts(cells: Sequence[Any], saved: Sequence[Any]) -> dict[int, tuple[Any, Any]]:
    """By the index of a cell that is not reached: a cell with what runs of it, and the cell to show.

    `cells` have no output, and one more of them than of the `saved` ones sets parameters.
    """
    from nbformat import from_dict, v4

    given = next(index for index, cell in enumerate(cells) if INJECTED in cell.metadata.get("tags", ()))
    before = [*saved[:given], cells[given], *saved[given:]]
    codes = {index: code for index, code in enumerate(to_run(before, given)) if before[index].cell_type == "code"}
    shown = {index: from_dict(cells[index] | {"outputs": before[index].outputs}) for index in codes}
    return {index: (v4.new_code_cell(code), shown[index]) for index, code in codes.items() if code is not None}


def to_run(cells: Sequence[Any], given: int) -> list[str | None]:
    """What each cell runs, None for all of it; `given` is the index of the one that sets parameters.

    Cells hold their source, and the outputs of a whole run.
    """
    try:
        divided = [list(_statements(cell)) if cell.cell_type == "code" else [] for cell in cells]
        every = [statement for part in divided for statement in part]
        _refuse_late_names(every)
    except (SyntaxError, ValueError):
        return [None] * len(cells)
    once = frozenset().union(*(statement.binds for statement in every if statement.once))
    divided = [[replace(one, in_place=one.in_place or bool(one.reads & once)) for one in part] for part in divided]
    return _kept(divided, _reached(divided, given))


def _reached(divided: Sequence[Sequence[Statement]], given: int) -> set[int]:
    """Indices of the cells to run whole: forwards, from the parameters."""
    every = frozenset().union(*(statement.binds for part in divided for statement in part))
    changed: frozenset[str] = frozenset()
    reached = {given}
    for index, part in enumerate(divided):
        for statement in part:
            if index == given or statement.reads & changed:
                reached.add(index)
                changed |= every if statement.in_place else statement.binds
    return reached


def _kept(divided: Sequence[Sequence[Statement]], reached: set[int]) -> list[str | None]:
    """What each cell runs, found from the last one back: what binds a name that is read further on."""
    needed: frozenset[str] = frozenset()
    kept: list[list[str]] = [[] for _ in divided]
    for index in reversed(range(len(divided))):
        for statement in reversed(divided[index]):
            if index in reached or statement.in_place or statement.binds & needed:
                needed = (needed - statement.binds if statement.sure else needed) | statement.reads
                kept[index].insert(0, statement.code)
    return [None if index in reached else "\n".join(codes) for index, codes in enumerate(kept)]


def _statements(cell: Any) -> Iterator[Statement]:
    """The statements of a cell; SyntaxError or ValueError for one that cannot be divided."""
    body = ast.parse(cell.source).body
    shows = any(output["output_type"] == "execute_result" for output in cell.outputs)
    for node in body:
        code, nodes = ast.get_source_segment(cell.source, node), list(ast.walk(node))
        reads, binds, late = _names(symtable.symtable(code, "cell", "exec"))
        if any(map(_is_opaque, nodes)) or any(name in _OPAQUE or name.startswith("_") for name in reads):
            raise ValueError(code)
        shown = shows and node is body[-1] and isinstance(node, ast.Expr)
        in_place = any(_changes(part) or (isinstance(part, ast.Expr) and not shown) for part in nodes)
        sure = isinstance(node, _SURE) and not any(isinstance(part, ast.NamedExpr) for part in nodes)
        once = _is_iterator(getattr(node, "value", None)) and not _unpacks(node)
        yield Statement(code, reads | (binds if in_place else frozenset()), binds, late, sure, once, in_place)


def _names(table: symtable.SymbolTable) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names of the module that are read and bound in a scope and in those inside, and read when a lambda is called."""
    own = [symbol for symbol in table.get_symbols() if table.get_type() == "module" or symbol.is_global()]
    reads = frozenset(symbol.get_name() for symbol in own if symbol.is_referenced())
    binds = frozenset(symbol.get_name() for symbol in own if symbol.is_assigned() or symbol.is_imported())
    late = reads if table.get_name() == "lambda" else frozenset()
    for inner in map(_names, table.get_children()):
        reads, binds, late = reads | inner[0], binds | inner[1], late | inner[2]
    return reads, binds, late


def _changes(node: ast.AST) -> bool:
    """Whether a part of a statement may change something in place."""
    if isinstance(node, ast.Call):
        named = isinstance(node.func, ast.Attribute) and node.func.attr in _IN_PLACE
        return named or any(keyword.arg == "inplace" for keyword in node.keywords)
    part = isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load)
    return part or isinstance(node, ast.AugAssign)


def _is_opaque(node: ast.AST) -> bool:
    """Whether nobody can tell what a part of a statement reads or binds, or what else it does."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [part.name for part in node.names]
        known = {module.partition(".")[0] for module in modules} <= _MODULES
        return not known or any(part.name == "*" for part in node.names)
    named = isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and not _unpacks(node)
    return isinstance(node, _REFUSED) or (named and isinstance(node.value, ast.GeneratorExp))


def _is_iterator(value: ast.AST | None) -> bool:
    function = getattr(value, "func", None)
    return getattr(function, "id", f".{getattr(function, 'attr', '')}") in _ITERATORS


def _unpacks(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and all(isinstance(target, ast.Tuple) for target in node.targets)


def _refuse_late_names(statements: Sequence[Statement]) -> None:
    """ValueError for a lambda that would read another value of a name than the one it was written with."""
    bound = Counter(name for statement in statements for name in statement.binds)
    if any(bound[name] > 1 for statement in statements for name in statement.late):
        raise ValueError("a lambda reads a name bound twice")
