"""Conditions of other tools read as trees of ours: XPath of XLSForm, logic of REDCap, expressions of LimeSurvey.

The three differ from Python in a few signs: they are written as Python's, and its own parser reads them. A comparison
goes to a function that knows the questions (`leaf`), which gives a tree or refuses; functions but `selected` and
`is_empty`, and orders (`<`, `>=`), are refused: an instrument only compares with codes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(
    r"'(?P<text>[^']*)'|\"(?P<quoted>[^\"]*)\"|\$\{\s*(?P<xpath>[\w.-]+)\s*\}|\[(?P<redcap>\w+(?:\(-?\w+\))?)\]"
    r"|(?P<word>[A-Za-z][\w-]*)(?:\.(?:NAOK|value))?|(?P<sign>&&|\|\||<>|[!<>=]=|[=!])|(?P<other>.)",
    re.DOTALL,
)
SIGNS = {"&&": " and ", "||": " or ", "!": " not ", "=": "==", "<>": "!="}
KEPT = ("and", "or", "not", "selected", "is_empty")
Leaf = Callable[[str, str], dict[str, Any]]


class UnreadableCondition(ValueError):
    """A condition that an instrument cannot carry; the message says why, in French."""


def parse(text: str, leaf: Leaf) -> dict[str, Any]:
    """The tree of a condition; `leaf(name, code)` gives that of a comparison. Raises UnreadableCondition.

    >>> parse("${a} = 'x' or ${a} = 'y' and not(selected(${b}, 'z'))", lambda name, code: {"equals": {name: code}})
    {'any': [{'equals': {'a': 'x'}}, {'all': [{'equals': {'a': 'y'}}, {'not': {'equals': {'b': 'z'}}}]}]}
    """
    try:
        return _tree(ast.parse(TOKEN.sub(_python, text).strip(), mode="eval").body, leaf)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        told = isinstance(error, UnreadableCondition)
        raise error if told else UnreadableCondition("écriture qui n'est pas comprise") from error


def _python(match: re.Match[str]) -> str:
    """A token as Python writes it: a name of the tool is looked up in `asked`."""
    kind, token = match.lastgroup, match[match.lastgroup]
    if kind == "sign":
        return SIGNS.get(token, token)
    if kind == "other":
        return " " if token.isspace() else token
    if kind == "word" and token.lower() in KEPT:
        return f" {token.lower()} "
    return repr(token) if kind in ("text", "quoted") else f"asked[{token!r}]"


def _tree(node: ast.AST, leaf: Leaf) -> dict[str, Any]:
    match node:
        case ast.BoolOp(ast.And(), parts):
            return {"all": [_tree(part, leaf) for part in parts]}
        case ast.BoolOp(ast.Or(), parts):
            return _any_of([_tree(part, leaf) for part in parts])
        case ast.UnaryOp(ast.Not(), part):
            tree = _tree(part, leaf)
        case ast.Compare(ast.Subscript(_, ast.Constant(name)), [ast.Eq() | ast.NotEq() as sign], [code]):
            tree = leaf(name, str(ast.literal_eval(code)))
            if isinstance(sign, ast.Eq):
                return tree
        case ast.Call(ast.Name("selected"), [ast.Subscript(_, ast.Constant(name)), ast.Constant(code)]):
            return leaf(name, str(code))
        case ast.Call(ast.Name("is_empty"), [ast.Subscript(_, ast.Constant(name))]):
            return leaf(name, "")
        case _:
            raise UnreadableCondition("elle ne compare pas que des questions et des codes")
    return tree.get("not", {"not": tree})


def _any_of(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """One part or another; several codes of one question are one part."""
    pairs = [pair for part in parts for pair in part.get("equals", {}).items()]
    if len(pairs) < len(parts) or len({target for target, _ in pairs}) > 1:
        return {"any": parts}
    return {"in": {pairs[0][0]: list(dict.fromkeys(code for _, code in pairs))}}
