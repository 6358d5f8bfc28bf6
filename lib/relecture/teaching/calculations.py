"""Calculations on printed numbers, as an exercise writes them: `100 * {part} / {whole}`.

A name in braces stands for a number; the rest is arithmetic (`+ - * / **`, parentheses) and the functions of
FUNCTIONS. Results are exact fractions as long as no function is called.

>>> value("100 * {part} / {whole}", {"part": Fraction(26), "whole": Fraction(44)})
Fraction(650, 11)
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "exp": math.exp,
    "floor": math.floor,
    "ln": math.log,
    "log2": math.log2,
    "round": lambda number: math.floor(number + Fraction(1, 2)),
    "sqrt": math.sqrt,
}
_NAME = re.compile(r"\{([^{}]+)\}")
_OPERATORS: Mapping[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


def names(calculation: str) -> list[str]:
    """The names in braces, in their order."""
    return _NAME.findall(calculation)


def value(calculation: str, numbers: Mapping[str, Fraction]) -> Fraction:
    """What a calculation gives; KeyError for an unknown name, ValueError for what is not arithmetic or has no value."""
    known = {f"_{rank}": numbers[name] for rank, name in enumerate(dict.fromkeys(names(calculation)))}
    ranks = {name: f"_{rank}" for rank, name in enumerate(dict.fromkeys(names(calculation)))}
    plain = _NAME.sub(lambda found: ranks[found[1]], calculation)
    try:
        result = _result(ast.parse(plain.strip(), mode="eval").body, known)
        return Fraction(str(result)) if isinstance(result, float) else Fraction(result)
    except (SyntaxError, TypeError, ArithmeticError, ValueError) as error:
        raise ValueError(f"« {calculation} » n'est pas un calcul qui a une valeur") from error


def _result(node: ast.expr, known: Mapping[str, Fraction]) -> Any:
    """The value of one node; TypeError for one that is no arithmetic."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_result(left, known), _result(right, known))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_result(operand, known)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_result(argument, known) for argument in arguments))
    raise TypeError(ast.dump(node))
