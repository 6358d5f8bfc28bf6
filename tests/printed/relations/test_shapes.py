"""Shapes: what fits an annotation, and the French words for what does not."""

from collections.abc import Sequence
from typing import Literal

import pytest

from relecture.printed.arguments import Bounds, Count, CountTable, Ends, Group, Positive, PValue, Several, Size, Word
from relecture.printed.relations import shapes

FITS = [
    (PValue, "p1", True),
    (PValue, 0.05, True),
    (PValue, ["p1"], False),
    (PValue, True, False),
    (PValue, float("nan"), False),
    (PValue | None, "p1", True),
    (Size, ["a", ["b", 3]], True),
    (Size, [], False),
    (Bounds, ["a", "b"], True),
    (Bounds, ["a"], False),
    (Bounds, [["a", "b"], "c"], False),
    (Sequence[Group], [[["a", "b"], "m", "s"]], True),
    (Sequence[Group], ["a", "m", "s"], False),
    (CountTable, [["a", "b"], ["c", "d"]], True),
    (CountTable, ["a", "b"], False),
    (Several, ["a"], False),
    (Word, 3, False),
    (Group | Bounds, ["a", "b"], True),
]
LITERALS = [
    (bool, True, True),
    (bool, 1, False),
    (int, True, False),
    (Positive, 0, False),
    (int, -3, True),
    (Ends, [-3, 3], True),
    (Positive | None, 2, True),
    (float, 1, True),
    (str, 0.05, True),
    (str, False, False),
    (Ends, [1, 5], True),
    (Ends, [5, 1], False),
    (Ends, [-3, 3], True),
    (Literal["better", "worse"], "best", False),
    (bool | Literal["ns", "*"], "*", True),
    (Literal[1], True, False),
    (Sequence[str], ["a", 1], True),
]


@pytest.mark.parametrize(("hint", "value", "fitting"), FITS)
def test_what_addresses_fit(hint, value, fitting):
    assert shapes.fits(hint, value) is fitting


@pytest.mark.parametrize(("hint", "value", "fitting"), LITERALS)
def test_what_literals_fit(hint, value, fitting):
    assert shapes.fits(hint, value) is fitting


WORDS = [
    (Several, "[un nombre, un nombre, …]"),
    (CountTable, "[[un effectif, …], …]"),
    (Ends | None, "[un nombre entier, un nombre entier], du plus petit au plus grand"),
    (bool | Literal["ns"], "true ou false ou ns"),
    (Positive, "un nombre entier d'au moins 1"),
]


@pytest.mark.parametrize(("hint", "words"), WORDS)
def test_what_is_expected_is_said_as_yaml_writes_it(hint, words):
    assert shapes.words(hint) == words


def test_a_long_value_is_cut():
    assert len(shapes.shown(["address"] * 99)) == shapes.LONGEST + 1


def test_each_leaf_has_its_role():
    played = [(role.words, leaf) for role, leaf in shapes.played(Sequence[Group], [[["a", 2], "m", "s"]])]
    assert played == [("un effectif", "a"), ("un effectif", 2), ("une moyenne", "m"), ("un écart type", "s")]
    assert next(iter(shapes.played(Sequence[Count] | None, ["a"])))[1] == "a"
