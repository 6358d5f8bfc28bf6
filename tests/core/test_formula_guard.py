"""No text is run by a spreadsheet, and each comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.formula_guard import guarded, unguarded


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+33 1",
        "-5 ; ou pas",
        "@SUM(A1)",
        " =1",
        "\u200b=1",
        "\xad\u2060+1",
        "＝1",
        "\t=1",
        "\rx",
        "'=1",
        "''\n",
    ],
)
def test_what_a_spreadsheet_may_run_is_led_by_an_apostrophe(cell):
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "Pau", "'Pau", "l'été", "1-2", "a=b", "  blancs"])
def test_what_it_would_not_run_is_left_alone(cell):
    assert guarded(cell) == unguarded(cell) == cell


@given(st.text("'=+-@＝ \t\n\u200ba1", max_size=6))
def test_what_is_guarded_comes_back(cell):
    assert unguarded(guarded(cell)) == cell
