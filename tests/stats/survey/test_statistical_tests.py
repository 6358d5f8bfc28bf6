"""The rule that chooses a test, case by case; what each test computes is held against R elsewhere."""

from time import perf_counter

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import compare
from relecture.stats.survey import statistical_tests
from relecture.stats.survey.questions import Question

RNG = np.random.default_rng(5)
TWO = pd.Series(pd.Categorical(["b"] * 40 + ["a"] * 40, categories=["a", "b", "personne"]))
THREE = pd.Series(pd.Categorical((["a", "b", "c"] * 27)[:80], categories=["a", "b", "c"]))
WORDS = Question("q", "Question", "single", {"o": "oui", "n": "non", "?": "peut-être"})
NUMBER, SCALE = Question("q", "Question", "number"), Question("q", "Question", "ordinal", {"o": "oui", "n": "non"})
NORMAL, SKEWED = RNG.normal(50, 10, 80), RNG.exponential(10, 80)

CHOICES = [
    (WORDS, ["o", "n"] * 40, TWO, "khi² de Pearson", "V de Cramér"),
    (WORDS, ["o"] * 3 + ["n"] * 77, TWO, "Fisher exact", "V de Cramér"),  # 1.5 expected
    (WORDS, ["o", "?"] + ["n"] * 78, TWO, "Fisher exact", "V de Cramér"),  # 3 x 2
    (NUMBER, NORMAL, TWO, "t (Welch)", "g de Hedges"),
    (NUMBER, SKEWED, TWO, "Mann-Whitney exact", "r, corrélation bisériale des rangs"),
    (NUMBER, NORMAL, THREE, "Kruskal-Wallis", "ε²"),
    (SCALE, ["o", "n", "n", "o"] * 20, TWO, "Mann-Whitney", "r, corrélation bisériale des rangs"),
    (SCALE, ["o", "n", "n", "o"] * 20, THREE, "Kruskal-Wallis", "ε²"),
]


@pytest.mark.parametrize(("question", "answers", "groups", "test", "effect"), CHOICES)
def test_the_rule(question, answers, groups, test, effect):
    row = statistical_tests.question_tests(pd.DataFrame({"q": answers}), question, groups).loc[0]
    assert (row["test"], row["effect"]) == (test, effect)
    assert row["why"] and not row["note"]
    assert row["low"] <= row["estimate"] <= row["high"]
    assert (row["n"], row["question"], row["level"]) == (80, "q", "")


def test_differences_follow_the_order_of_the_groups_not_of_the_rows():
    frame = pd.DataFrame({"q": NORMAL})
    row = statistical_tests.question_tests(frame, NUMBER, TWO).loc[0]
    named = frame.assign(g=TWO.astype(str)).sort_values("g")
    assert row["estimate"] == pytest.approx(compare.two_groups(named, "q", "g").loc[0, "hedges_g"])


def test_each_choice_of_several_is_tested_alone():
    several = Question("q", "Question", "multiple", {"q.a": "A", "q.b": "B"})
    frame = pd.DataFrame({"q.a": ["1", "0"] * 40, "q.b": ["1"] * 80})
    rows = statistical_tests.question_tests(frame, several, TWO)
    assert rows["level"].tolist() == ["q.a", "q.b"]
    assert rows["test"].tolist() == ["khi² de Pearson", ""]
    assert "rien à comparer" in rows.loc[1, "note"]


def test_groups_are_counted_once_missing_answers_are_set_aside():
    frame = pd.DataFrame({"q": [*NORMAL[:54], *[None] * 26]})
    groups = pd.Series(pd.Categorical(["a", "b"] * 27 + ["c"] * 26))
    row = statistical_tests.question_tests(frame, NUMBER, groups).loc[0]
    assert (row["test"], row["n"]) == ("t (Welch)", 54)


def test_an_open_question_is_told_not_tested():
    row = statistical_tests.question_tests(pd.DataFrame({"q": [f"mot {n}" for n in range(80)]}), WORDS, TWO).loc[0]
    assert np.isnan(row["p"]) and row["note"] == "question ouverte : 80 réponses différentes, non comparées"


def test_a_hundred_thousand_respondents_are_compared_in_seconds():
    n = 100_000
    groups = pd.Series(pd.Categorical(np.where(np.arange(n) % 3 > 0, "a", "b")))
    start = perf_counter()
    row = statistical_tests.question_tests(pd.DataFrame({"q": RNG.normal(size=n)}), NUMBER, groups).loc[0]
    assert row["test"] == "Mann-Whitney" and perf_counter() - start < 5


THIN = [
    (WORDS, [None] * 4, "aabb"),  # nobody answered
    (WORDS, ["o"] * 4, "aabb"),  # all equal
    (WORDS, ["o", "n", "o", "n"], "aaaa"),  # one group
    (NUMBER, [None] * 4, "aabb"),
    (NUMBER, [3.0] * 4, "aabb"),
    (NUMBER, [1.0, 2.0, 3.0, 4.0], "aaaa"),
    (NUMBER, [1.0, 2.0, 3.0, 4.0], "aaab"),  # one respondent in a group
    (SCALE, ["o", "o", None, None], "aabb"),
    (NUMBER, [], ""),
]


@pytest.mark.parametrize(("question", "answers", "groups"), THIN)
def test_thin_data_say_why_and_never_raise(question, answers, groups):
    frame = pd.DataFrame({"q": pd.Series(answers, dtype=object)})
    both = pd.Series(pd.Categorical(list(groups), categories=["a", "b"]))
    row = statistical_tests.question_tests(frame, question, both).loc[0]
    assert np.isnan(row["p"]) and row["note"] and not row["effect"]


def test_rows_without_a_p_do_not_count_as_tests():
    found = statistical_tests.corrected(pd.DataFrame({"p": [0.01, np.nan, 0.02]}))
    assert found["p_holm"].tolist()[::2] == [0.02, 0.02]
    assert np.isnan(found.loc[1, "p_holm"])


def test_no_test_at_all():
    assert statistical_tests.corrected(pd.DataFrame({"p": [np.nan]}))[["p_holm", "p_bh"]].isna().all(axis=None)
    assert list(statistical_tests.corrected(pd.DataFrame({"p": []})).columns) == ["p", "p_holm", "p_bh"]
