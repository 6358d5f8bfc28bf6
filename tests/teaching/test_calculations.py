"""Arithmetic on printed numbers. Oracles: fractions by hand, and the functions of `math`."""

import math
from fractions import Fraction

import pytest

from relecture.teaching import calculations

NUMBERS = {"a": Fraction(26), "b.c": Fraction(44), "d": Fraction("41.35"), "zero": Fraction(0)}


@pytest.mark.parametrize(
    ("calculation", "expected"),
    [
        ("{a} + {b.c}", Fraction(70)),
        ("100 * {a} / {b.c}", Fraction(650, 11)),
        ("-({a} - {b.c}) ** 2", Fraction(-324)),
        ("2.5 * {d}", Fraction("103.375")),
        ("round({d}) - floor({d})", Fraction(0)),
        ("round({a} / 4)", Fraction(7)),  # 6,5: a half goes up
        ("abs({a} - {b.c})", Fraction(18)),
    ],
)
def test_arithmetic_is_exact(calculation, expected):
    assert calculations.value(calculation, NUMBERS) == expected


@pytest.mark.parametrize("name", ["exp", "ln", "log2", "sqrt"])
def test_a_function_is_that_of_mathematics(name):
    theirs = getattr(math, {"ln": "log"}.get(name, name))(26)
    assert float(calculations.value(f"{name}({{a}})", NUMBERS)) == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize(
    "calculation",
    [
        "{a} +",
        "{a} / {zero}",
        "sqrt(-{a})",
        "open('{a}')",
        "{a}.real",
        "[{a}]",
        "{a} if {a} else {a}",
        "{a} ** 0.5j",
        "ln({zero})",
    ],
)
def test_what_is_no_calculation_is_refused(calculation):
    with pytest.raises(ValueError, match="n'est pas un calcul"):
        calculations.value(calculation, NUMBERS)


def test_an_unknown_name_is_told():
    with pytest.raises(KeyError, match=r"b\.d"):
        calculations.value("{a} + {b.d}", NUMBERS)
    assert calculations.names("{a} + 2 * {b.c} - {a}") == ["a", "b.c", "a"]
