"""Cells of printed tables: their shape, and every number as it stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.notation import is_print
from relecture.printed.cells import Cell, parts

CELLS = [  # each form read in a published table, by hand
    ("12 (34,5 %)", "count_percent", "12", "34,5"),
    ("34 (49%)", "count_percent", "34", "49"),
    ("34,5 % (12)", "percent_count", "34,5", "12"),  # the other way round
    ("8 (38,1)", "number_bracketed", "8", "38,1"),  # a count and its share, or a mean and its SD
    ("41.1 (8.4)", "number_bracketed", "41.1", "8.4"),
    ("1,050 (34.5)", "number_bracketed", "1,050", "34.5"),  # the notation is told by the table
    ("12(34.5)†", "number_bracketed", "12", "34.5"),  # no space, a call for a note
    ("41,1 ± 8,4", "mean_and_sd", "41,1", "8,4"),
    ("41,1 +/- 8,4", "mean_and_sd", "41,1", "8,4"),
    ("−0,3±1,2", "mean_and_sd", "−0,3", "1,2"),
    ("41.1 (SD 8.4)", "mean_and_sd", "41.1", "8.4"),
    ("41,1 (ET = 8,4)", "mean_and_sd", "41,1", "8,4"),
    ("41,1 ± 8,4 [25–67]", "mean_and_sd_interval", "41,1", "8,4", "25", "67"),
    ("1.96 [1.18–3.24]", "estimate_interval", "1.96", "1.18", "3.24"),  # an en dash between bounds is no minus
    ("1.96 (95 % CI 1.18 to 3.24)", "estimate_interval", "1.96", "1.18", "3.24"),
    ("1.96, 95% CI: 1.18-3.24", "estimate_interval", "1.96", "1.18", "3.24"),  # without brackets
    ("1,96 (IC à 95 % : 1,18 à 3,24)", "estimate_interval", "1,96", "1,18", "3,24"),
    ("1,36 [0,53 ; 3,48]", "estimate_interval", "1,36", "0,53", "3,48"),
    ("0.71 (0.5–1.0)", "estimate_interval", "0.71", "0.5", "1.0"),
    ("6 (3-10)", "estimate_interval", "6", "3", "10"),  # or a median and its quartiles
    ("6 [3;10]", "estimate_interval", "6", "3", "10"),
    ("6 (IQR 3–10)", "estimate_interval", "6", "3", "10"),
    ("1·40 (1·10–1·70)", "estimate_interval", "1·40", "1·10", "1·70"),  # Lancet
    ("35% (28%–42%)", "estimate_interval", "35", "28", "42"),
    ("1.2 (−1.2, −0.3)", "estimate_interval", "1.2", "−1.2", "−0.3"),
    ("−0.5 (-0.9--0.1)", "estimate_interval", "−0.5", "-0.9", "-0.1"),  # dash, then minus
    ("0,5 (0,1, 0,9)", "estimate_interval", "0,5", "0,1", "0,9"),  # decimal commas, a comma and a space between
    ("0.5 (0.1,0.9)", "estimate_interval", "0.5", "0.1", "0.9"),
    ("1 050 (950–1 150)", "estimate_interval", "1 050", "950", "1 150"),
    ("-0.5 to -0.1", "interval", "-0.5", "-0.1"),
    ("(−1.2, −0.3)", "interval", "−1.2", "−0.3"),
    ("]0,53 ; 3,48[", "interval", "0,53", "3,48"),  # French open interval
    ("21/60 (35%)", "fraction_percent", "21", "60", "35"),
    ("21/60 (35)", "fraction_percent", "21", "60", "35"),
    ("21 sur 60", "fraction", "21", "60"),
    ("n = 21", "size", "21"),
    ("N=520", "size", "520"),
    ("(n = 1 021)", "size", "1 021"),
    ("0,52", "number", "0,52"),
    ("< 0.001", "number", "< 0.001"),
    ("p = .03", "number", "p = .03"),
    ("n.s.", "number", "n.s."),
    ("1.2e-3", "number", "1.2e-3"),
    ("0.03*", "number", "0.03"),
    ("-0.5", "number", "-0.5"),
    ("12 (–)", "number", "12"),  # no share is printed
    ("(12)", "number", "12"),
    ("34,5 %", "percent", "34,5"),
    ("1 (réf)", "reference", "1"),
    ("1.00 [Reference]", "reference", "1.00"),
    ("réf.", "reference"),
    ("ref", "reference"),
    ("", "empty"),
    (" — ", "empty"),
    ("-", "empty"),
    ("NA", "empty"),
    ("***", "empty"),  # nothing but stars
    ("Oui", "text"),
    ("mean (SD)", "text"),
    ("12 (n = 21)", "text"),  # not an SD
    ("12/05/2020", "text"),  # a date
    ("2020-05-12", "text"),
    ("12 34", "text"),  # a space that no thousands explain
    ("12 (" + " " * 10_000 + "3)", "text"),  # at once
    ("1,18,3,24", "text"),  # which comma parts the bounds is not told
]


@pytest.mark.parametrize(("cell", "shape", "numbers"), [(cell, shape, tuple(rest)) for cell, shape, *rest in CELLS])
def test_parts(cell, shape, numbers):
    found = parts(cell)
    assert (found.shape, found.numbers) == (shape, numbers)


@pytest.mark.parametrize(
    ("cell", "words", "level", "stars"),
    [
        ("1.96 (95 % CI 1.18 to 3.24)**", "95 % CI", "95", "**"),
        ("1,96 [IC 97,5 % : 1,18 ; 3,24]", "IC 97,5 %", "97,5", ""),
        ("1.96 (CI95 1.18–3.24)", "CI95", "95", ""),
        ("6 (IQR 3–10)", "IQR", "", ""),
        ("0.03 *", "", "", "*"),
        ("***", "", "", "***"),
    ],
)
def test_the_words_and_the_stars_of_a_cell(cell, words, level, stars):
    found = parts(cell)
    assert (found.words, found.level, found.stars) == (words, level, stars)


@given(st.text("0123456789,.· \u2009−-–%<>≤=()[];±e/nCI*", max_size=16))
def test_every_number_of_a_cell_is_a_print_that_stands_there(cell):
    found = parts(cell)
    assert all(is_print(number) and number in cell for number in found.numbers)
    assert isinstance(found, Cell) and parts(f" {cell} ") == found
