"""Ticks have exactly the counts printed, within the bounds of the question; grids that cannot be are said so."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.synthetic import reading, ticks
from relecture.answers.synthetic.ticks import Grid
from relecture.answers.synthetic.two_by_two import Tables

CHOICES = ("mailiz", "apicrypt", "lifen", "autre", "aucune")


def rng(seed=1):
    return np.random.default_rng(seed)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=7), st.integers(0, 2), st.integers(1, 4), st.integers(0, 99))
def test_a_grid_has_its_counts_and_keeps_to_its_bounds(counts, least, most, seed):
    """Oracle: Gale and Ryser; without choices that are alone, a grid exists as soon as the totals fit."""
    size, total = 12, sum(counts)
    grid = Grid({str(place): count for place, count in enumerate(counts)}, size, least, most).draw(rng(seed))
    reachable = [min(size, count) for count in counts]
    fits = size * least <= total <= size * most and least <= min(most, len(counts)) and reachable == counts
    if fits and total <= size * min(most, sum(count > 0 for count in counts)) and least <= sum(c > 0 for c in counts):
        assert grid is not None
    if grid is not None:
        assert grid.sum(axis=0).tolist() == counts
        assert least <= grid.sum(axis=1).min() and grid.sum(axis=1).max() <= most


def test_choices_alone_fixed_rows_and_heavy_rows():
    heavy, fixed = np.arange(10) < 3, np.arange(10) < 5
    counts = {"a": 5, "b": 5, "c": 4, "rien": 2}
    grid = Grid(counts, 10, 1, 3, frozenset({"rien"}), {"a": fixed}, 2, heavy).draw(rng())
    assert grid.sum(axis=0).tolist() == [5, 5, 4, 2]
    assert grid[:, 0].astype(bool).tolist() == fixed.tolist()
    assert (grid.sum(axis=1) > 2).tolist() == heavy.tolist()
    assert grid[grid[:, 3] == 1].sum(axis=1).tolist() == [1, 1]


def test_a_grid_that_cannot_be_is_none():
    assert Grid({"a": 3}, 4, 1, 1).draw(rng()) is None  # four respondents, three ticks
    assert Grid({"a": 2, "b": 2}, 4, 1, 2, heavy=np.arange(4) < 4, threshold=1).draw(rng()) is None


def test_patterns_are_not_always_the_same():
    """Each of two respondents ticks one of two choices: oracle, the two ways, as often one as the other."""
    first = [int(Grid({"a": 1, "b": 1}, 2, 1, 1).draw(rng(seed))[0, 0]) for seed in range(200)]
    assert 70 < sum(first) < 130


def ticked(form, plan, printed, seed=1, due=None):
    found = reading.read(form, plan, printed)
    people = {"groupe": ["equipes"] * 8 + ["autres"] * 12}
    tables = Tables(found, pd.DataFrame(people), {}, {})
    due = np.ones(20, dtype=bool) if due is None else due
    return ticks.ticked(form["lesquelles"], due, found.wanted(20), tables, rng(seed))


@pytest.mark.parametrize("seed", range(10))
def test_free_ticks_keep_to_the_bounds_and_to_exclusive_choices(toy, seed):
    plan = {"respondents": "n", "counts": {}, "only": {"lesquelles": ["mailiz", "lifen", "aucune"]}}
    cells = ticked(toy, plan, {"n": "20"}, seed)
    for row in range(20):
        chosen = [choice for choice in CHOICES if cells[f"lesquelles.{choice}"][row] == "1"]
        assert 1 <= len(chosen) <= 2 and {*chosen} <= {"mailiz", "lifen", "aucune"}
        assert "aucune" not in chosen or len(chosen) == 1


def test_a_printed_tick_is_one_of_the_choices_behind_it(toy):
    cells = ticked(toy, {"respondents": "n", "counts": {"lesquelles": "tic.{}"}}, {"n": "20", "tic.payante": "20"})
    counts = [(cells[f"lesquelles.{choice}"] == "1").sum() for choice in ("apicrypt", "lifen")]
    assert sum(counts) == 20 and min(counts) > 0


def test_who_ticks_nothing_gives_no_answer(toy):
    cells = ticked(toy, {"respondents": "n", "counts": {"lesquelles": "tic.{}"}}, {"n": "20", "tic.mailiz": "12"})
    assert sorted(cells["lesquelles.mailiz"]) == ["1"] * 12 + ["sans_reponse"] * 8
    assert sorted(cells["lesquelles.lifen"]) == ["0"] * 12 + ["sans_reponse"] * 8


def test_no_more_ticks_than_those_who_are_asked_can_give(toy):
    due = np.arange(20) < 5
    printed = {"n": "20", "tic.mailiz": "12", "tic.payante": "9", "tic.aucune": "1"}
    cells = ticked(toy, {"respondents": "n", "counts": {"lesquelles": "tic.{}"}}, printed, due=due)
    assert [(cells[f"lesquelles.{one}"] == "1").sum() for one in ("mailiz", "aucune")] == [4, 1]
    assert set(cells["lesquelles.mailiz"][5:]) == {"sans_reponse"}


def test_ticks_of_each_group(grouped_toy, grouped_plan, grouped_printed):
    cells = ticked(grouped_toy, grouped_plan, grouped_printed)
    assert (cells["lesquelles.mailiz"][:8] == "1").sum() == 5
    assert (cells["lesquelles.mailiz"][8:] == "1").sum() == 0
