"""Rows gathered in chunks keep each text of a column once."""

import numpy as np
import pytest

from relecture.answers.tables import table


def test_texts_are_kept_once_across_chunks():
    count = 3 * table._CHUNK + 7
    rows = table.Rows(("a", "b"))
    rows.add(([str(rank % 3), f"x{rank}"], rank + 2) for rank in range(count))
    found = rows.table("csv", "UTF-8", ",")
    first, second = found.columns
    assert first.texts == ("0", "1", "2")
    assert second.at(np.arange(count)) == [f"x{rank}" for rank in range(count)]
    assert found.lines.tolist() == list(range(2, count + 2))


def test_ragged_lines_are_told_and_empty_ones_listed():
    rows = table.Rows(("a", "b"))
    rows.add([(["1", "2"], 2), (["3"], 3), ([" ", ""], 4)])
    found = rows.table("xlsx")
    assert [str(fault) for fault in rows.faults] == ["ligne 3 : 1 cellule au lieu de 2"]
    assert (found.lines.tolist(), found.empty, found.delimiter) == ([2], (4,), "")


@pytest.mark.parametrize(
    ("title", "numbers", "left"),
    [("", "123", 1), ("", "012", 1), ("Unnamed: 0", "012", 1), ("", "124", 2), ("", "abc", 2), ("n", "123", 2)],
)
def test_the_numbers_of_rows_that_r_and_pandas_add_are_no_column(title, numbers, left):
    rows = table.Rows((title, "b"))
    rows.add(([number, "x"], rank) for rank, number in enumerate(numbers, start=2))
    assert len(rows.table("csv").unnumbered().headers) == len(rows.table("csv").unnumbered().columns) == left
