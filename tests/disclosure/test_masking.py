"""How many answers a number needs to be shown, and what else goes with a hidden count."""

import numpy as np
import pandas as pd
import pytest

from relecture.disclosure.disclosure_control import control
from relecture.disclosure.masking import WITHHELD_NOTE, blank_rows, publishable, shown_alpha, without_empty_reasons
from relecture.stats.estimates import reliability
from relecture.stats.survey import characteristics
from relecture.stats.survey.questions import Question

AGE = Question("age", "Âge", "number")
GENRE = Question("genre", "Genre", "single", {"f": "femme", "m": "homme"})
GROUP = Question("groupe", "Groupe", "single", {"u": "utilisateurs", "n": "non-utilisateurs"})

NUMBERS = [
    (5, [41, 44, 47, 50, 53], {"mean", "sd"}),  # enough for a mean
    (10, list(range(30, 40)), {"mean", "sd", "median"}),
    (20, list(range(30, 50)), {"mean", "sd", "median", "q1", "q3"}),
    (4, [41, 44, 47, 50], set()),
    (8, [41] * 8, set()),  # all the same age: it would tell on each
]


@pytest.mark.parametrize(("n", "ages", "told"), NUMBERS)
def test_how_many_answers_a_number_needs(n, ages, told):
    frame = pd.DataFrame({"age": [str(age) for age in ages]})
    row = control(5, frame, [AGE]).characteristics(characteristics.table(frame, [AGE])).cells.loc[0]
    assert {name for name in ("mean", "sd", "median", "q1", "q3") if not np.isnan(row[name])} == told


def test_a_mean_is_not_left_alone_to_be_worked_out_from_the_total():
    ages = [30] * 8 + list(range(40, 52))  # the first group all the same age
    frame = pd.DataFrame({"groupe": ["u"] * 8 + ["n"] * 12, "age": [str(age) for age in ages]})
    cells = control(5, frame, [AGE, GROUP]).characteristics(characteristics.table(frame, [AGE], GROUP)).cells
    assert cells["mean"].isna().sum() == 2


def test_a_withheld_row_keeps_its_words_and_loses_its_numbers():
    frame = pd.DataFrame({"covariate": ["x", "z"], "p": [0.1, 0.2], "note": ["", "peu"]})
    blank = blank_rows(frame, [True, False], ["p"])
    assert blank["covariate"].tolist() == ["x", "z"] and blank["withheld"].tolist() == [True, False]
    assert np.isnan(blank.loc[0, "p"]) and blank["note"].tolist() == [WITHHELD_NOTE, "peu"]


def test_a_reason_that_nobody_had_has_no_row_unless_a_group_hides_it():
    rows = [("q", "", "answer", 9), ("q", "non posée", "missing", 0), ("r", "non posée", "missing", 0),
            ("r", "non posée", "missing", np.nan)]  # fmt: skip
    cells = without_empty_reasons(pd.DataFrame(rows, columns=["question", "level", "kind", "count"]))
    assert cells["question"].tolist() == ["q", "r", "r"]


def test_only_answers_are_publishable():
    ages, genres = [*map(str, range(30, 69)), "j'ai 41 ans"], ["f"] * 38 + ["Dr X", "sans_reponse"]
    frame = pd.DataFrame({"age": ages, "genre": genres, "nom": "Dr Untel"}).set_index("nom")
    kept = publishable(frame, [GENRE, AGE])
    assert list(kept.columns) == ["genre", "age"] and list(kept.index) == list(range(40))
    assert kept["genre"].tolist()[-2:] == [np.nan, "sans_reponse"] and kept["age"].isna().sum() == 1
    assert "Dr" not in kept.to_csv() and "j'ai" not in kept.to_csv()


def test_a_hidden_item_leaves_alpha_one_decimal_and_its_interval():
    """Arithmetic: the interval's ends are 1 - (1 - alpha) q for a q that alpha does not change (Feldt 1987)."""
    rng = np.random.default_rng(1)
    points = pd.DataFrame(np.clip(rng.integers(1, 4, (60, 1)) + rng.integers(-1, 2, (60, 12)), 1, 4)).assign(alike=2)
    exact, shown = reliability.alpha(points), shown_alpha(points, 0.95, 5)
    assert shown.alpha == round(exact.alpha, 1) != exact.alpha
    assert (1 - shown.low) / (1 - shown.alpha) == pytest.approx((1 - exact.low) / (1 - exact.alpha))
    assert exact.note.startswith("1") and not shown.note, "an item left out is one that all answered alike"
    assert np.isnan(shown_alpha(points, 0.95, 50).alpha), "one decimal would tell fifty respondents"
    assert np.isnan(shown_alpha(points[["alike"]], 0.95, 5).alpha)


def test_an_alpha_that_one_decimal_would_write_1_is_a_bound():
    rng = np.random.default_rng(1)
    points = pd.DataFrame(np.clip(rng.integers(1, 5, (60, 1)) + (rng.random((60, 12)) < 0.1), 1, 4))
    exact, shown = reliability.alpha(points), shown_alpha(points, 0.95, 1)
    assert exact.alpha > 0.95 == shown.alpha and shown.note.startswith("alpha d'au moins 0,95")
    assert shown.low < 0.95 < shown.high < 1


def test_numbers_are_rounded_as_tables_show_them():
    frame = pd.DataFrame({"age": ["41", "44", "47", "50", "53", "55", "58"]})
    row = control(5, frame, [AGE]).characteristics(characteristics.table(frame, [AGE])).cells.loc[0]
    assert (row["mean"], row["sd"]) == (49.7, 6.1), "348 / 7; R 4.2: sd(c(41, 44, 47, 50, 53, 55, 58))"
