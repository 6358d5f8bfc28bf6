"""Ticks have exactly the counts printed, within the bounds of the question; grids that cannot be are said so."""

import dataclasses
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.synthetic import reading, ticks
from relecture.answers.synthetic.two_by_two import Tables

CHOICES = ("mailiz", "apicrypt", "lifen", "autre", "aucune")


def rng(seed=1):
    return np.random.default_rng(seed)


def even(size, ticks):
    return np.full(size, ticks)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=7), st.integers(0, 2), st.integers(1, 4), st.integers(0, 99))
def test_a_grid_has_its_counts_and_keeps_to_its_bounds(counts, least, most, seed):
    """Oracle: Gale and Ryser; without choices that are alone, a grid exists as soon as the totals fit."""
    ticked = sum(count > 0 for count in counts)
    found = ticks.grid(dict(enumerate(counts)), even(12, least), even(12, most), rng(seed))
    if 12 * least <= sum(counts) <= 12 * min(most, ticked) and least <= min(most, ticked):
        assert found is not None
    if found is not None:
        assert found.sum(axis=0).tolist() == counts
        assert least <= found.sum(axis=1).min() and found.sum(axis=1).max() <= most


def test_choices_alone_and_respondents_who_tick_more():
    heavy = np.arange(10) < 3
    counts = {"a": 5, "b": 5, "c": 4, "rien": 2}
    found = ticks.grid(counts, np.where(heavy, 3, 1), np.where(heavy, 3, 2), rng(), {"rien"})
    assert found.sum(axis=0).tolist() == [5, 5, 4, 2]
    assert (found.sum(axis=1) > 2).tolist() == heavy.tolist()
    assert found[found[:, 3] == 1].sum(axis=1).tolist() == [1, 1]


def test_a_grid_that_cannot_be_is_none():
    assert ticks.grid({"a": 3}, even(4, 1), even(4, 1), rng()) is None  # four respondents, three ticks
    assert ticks.grid({"a": 5}, even(4, 0), even(4, 2), rng()) is None  # more ticks than respondents
    assert ticks.grid({"a": 2, "b": 2}, even(4, 2), even(4, 2), rng()) is None


def test_patterns_are_not_always_the_same():
    """Each of two respondents ticks one of two choices: oracle, the two ways, as often one as the other."""
    first = [int(ticks.grid({"a": 1, "b": 1}, even(2, 1), even(2, 1), rng(seed))[0, 0]) for seed in range(200)]
    assert 70 < sum(first) < 130


def ticked(form, plan, printed, seed=1, due=None):
    found = reading.read(form, plan, printed)
    people = {"groupe": ["equipes"] * 8 + ["autres"] * 12}
    tables = Tables(found, pd.DataFrame(people), {}, {})
    due = np.ones(20, dtype=bool) if due is None else due
    return ticks.answers(form["lesquelles"], due, found.wanted(20), tables, rng(seed))


@pytest.mark.parametrize("seed", range(10))
def test_free_ticks_keep_to_the_bounds_and_to_exclusive_choices(toy, seed):
    plan = {"respondents": "n", "counts": {}, "only": {"lesquelles": ["mailiz", "lifen", "aucune"]}}
    cells = ticked(toy, plan, {"n": "20"}, seed)
    for row in range(20):
        chosen = [choice for choice in CHOICES if cells[f"lesquelles.{choice}"][row] == "1"]
        assert 1 <= len(chosen) <= 2 and {*chosen} <= {"mailiz", "lifen", "aucune"}
        assert "aucune" not in chosen or len(chosen) == 1


@pytest.mark.parametrize("seed", range(10))
def test_a_free_tick_weighs_what_the_plan_says(toy, seed):
    """Oracle: the first of one or two ticks is « mailiz » 30 times in 32, so that more than 15 of 20 tick it."""
    plan = {"respondents": "n", "counts": {}, "only": {"lesquelles": {"mailiz": 30, "lifen": 1, "apicrypt": 1}}}
    cells = ticked(toy, plan, {"n": "20"}, seed)
    counts = {choice: (cells[f"lesquelles.{choice}"] == "1").sum() for choice in CHOICES}
    assert counts["mailiz"] > 15 > max(counts["lifen"], counts["apicrypt"])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("printed", [{}, {"tic.mailiz": "12", "tic.payante": "9", "tic.autre": "7", "tic.aucune": "3"}])
def test_two_ticks_at_least_unless_one_is_alone_or_none_is_given(toy, seed, printed):
    """Oracle: 28 ticks in pairs or more are those of 14 respondents at most; 3 more tick « aucune », 3 nothing."""
    one = dataclasses.replace(toy["lesquelles"], least=2, most=3)
    form = dataclasses.replace(toy, sections=(dataclasses.replace(toy.sections[0], items=(toy["mss"], one)),))
    cells = ticked(form, {"respondents": "n", "counts": {"lesquelles": "tic.{}"} if printed else {}},
                   {"n": "20"} | printed, seed)  # fmt: skip
    columns = np.array([cells[f"lesquelles.{choice}"] == "1" for choice in CHOICES])
    several = columns.sum(axis=0)[~columns[-1]]
    assert set(columns.sum(axis=0)[columns[-1]]) <= {1} and set(several) <= ({0, 2, 3} if printed else {2, 3})
    if printed:
        assert (columns.sum(axis=1)[[0, 3, 4]].tolist(), (several == 0).sum()) == ([12, 7, 3], 3)


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


def test_tables_on_ticks_are_held_together_with_those_on_their_number(grouped_toy):
    """Ten respondents with the outcome: three of them tick two, and four tick mailiz; oracle, these tables."""
    plan = {
        "respondents": "n",
        "counts": {"lesquelles": "tic.{}", "groupe": {"equipes": "ten"}},
        "outcomes": {"o": {"column": "groupe", "among": ["equipes"], "within": "equipement"}},
        "covariates": {
            "deux": {"column": "lesquelles", "more_than": 1},
            "mailiz": {"column": "lesquelles.mailiz", "ticked": True},
        },
    }
    held = {"deux": (3, 5, 7, 5), "mailiz": (4, 4, 6, 6)}
    printed = {"n": "20", "ten": "10", "tic.mailiz": "8", "tic.payante": "10", "tic.autre": "10"}
    found = reading.read(grouped_toy, plan, printed)
    people = pd.DataFrame({"o": ["1"] * 10 + ["0"] * 10})
    tables = Tables.of(found, people, held)
    cells = ticks.answers(grouped_toy["lesquelles"], np.ones(20, dtype=bool), found.wanted(20), tables, rng())
    columns = np.array([cells[f"lesquelles.{choice}"] == "1" for choice in CHOICES])
    two = columns.sum(axis=0) > 1
    assert (two[:10].sum(), two[10:].sum()) == (3, 5)
    mailiz = columns[0]
    assert (mailiz[:10].sum(), mailiz[10:].sum()) == (4, 4)


def test_a_set_of_rows_is_drawn_from_as_numpy_draws_from_its_rows():
    """Oracle: Generator.choice on the positions, read one by one, of the same generator."""
    matrix = rng().integers(0, 2, (150, 4))
    rows = ticks._Rows(matrix, np.arange(150) % 3 > 0, even(150, 1), even(150, 2))
    for row in range(0, 150, 7):
        matrix[row] = 1
        rows.update(row)
    number = matrix.sum(axis=1)
    others = (np.arange(150) % 3 > 0) & (matrix[:, 2] == 0)
    expected = {
        rows.wrong: (number > 2) | (number < 1), rows.to_pass(1, 2)[0]: others & (number < 2),
        rows.to_pass(1, 2)[1]: others,
    }  # fmt: skip
    for which, inside in expected.items():
        assert [rows.drawn(which, rng(seed)) for seed in range(50)] == [
            rng(seed).choice(np.flatnonzero(inside)) for seed in range(50)
        ]
    none = ticks._Rows(np.ones((9, 1), dtype=int), even(9, 1) == 1, even(9, 1), even(9, 1))
    assert none.drawn(none.wrong, rng()) is None


def test_many_respondents_take_about_as_many_times_longer():
    """A ratio measured in one run: eight times the rows, far from the sixty-four of a search of every row a tick."""

    def seconds(size):
        counts = dict.fromkeys("abcde", size // 5)
        start = time.process_time()
        assert ticks.grid(counts, even(size, 1), even(size, 1), rng()) is not None
        return time.process_time() - start

    few, many = seconds(2_000), seconds(16_000)
    assert many < 20 * few
