"""What kind of cells a column holds, and how each is written for the page and for the CSV file."""

import pandas as pd
import pytest

from relecture.report.tables.columns import P_VALUE, is_missing, read_column

KINDS = [
    ([1, 2.5, None], None, "number"),
    (["1.36", "0,59", "masqué"], None, "number"),  # a hidden number leaves its column one of numbers
    (["12 (57 %)", "[0,5 – ∞[", "47,3 ± 12"], None, "measure"),
    ([0.04, 0.0001], P_VALUE, "measure"),
    (["reproduced", "inconsistent"], None, "verdict"),
    (["oui", "1"], None, "text"),
    ([True, False], None, "text"),
    ([None, ""], None, "text"),
]


def column(values, decimals=None):
    return read_column(pd.DataFrame({"x": pd.Series(values, dtype=object)}), "x", "X", decimals)


@pytest.mark.parametrize(("values", "decimals", "kind"), KINDS)
def test_a_column_is_known_by_its_cells(values, decimals, kind):
    found = column(values, decimals)
    assert found.kind == kind and found.on_right is (kind in ("number", "measure"))


def test_a_cell_is_written_for_the_page_and_plain_for_a_file():
    numbers, verdicts = column([1234.5, -2]), column(["reproduced"])
    assert (numbers.shown(1234.5), numbers.exported(1234.5)) == ("1\u202f234,5", "1234,5")
    assert (numbers.shown(-2), numbers.exported(-2)) == ("−2", "-2")
    assert "retrouvé" in verdicts.shown("reproduced") and verdicts.exported("reproduced") == "retrouvé"
    assert column(["<b>"]).shown("<b>") == "&lt;b&gt;"


def test_decimals_that_a_cell_lacks_leave_room():
    found = column([1.25, 3])
    assert (found.style(1.25), found.style(3)) == (' class="number"', ' class="number whole lacks-2"')
    assert found.style("masqué") == ' class="number"'


@pytest.mark.parametrize(
    ("value", "missing"), [(None, True), (float("nan"), True), ("", True), (0, False), ([], False)]
)
def test_what_is_missing(value, missing):
    assert is_missing(value) is missing
