"""What ticks and scores tell: bounds that hold for whatever may be answered, and that are reached."""

import numpy as np
import pandas as pd
import pytest

from relecture import load_study
from relecture.answers.coded import scores
from relecture.answers.coded.recoding import as_printed, derive
from relecture.answers.questionnaire import instrument
from relecture.disclosure import published_bounds, table_cells
from relecture.disclosure.suppression import Bound
from relecture.stats.survey import characteristics, recoded
from relecture.stats.survey.questions import Question, of_instrument

FORM = instrument.load(load_study("guefif"))
ITEMS = [column.name for column in FORM["ess"].columns]
LEVELS = [choice.id for choice in FORM["ess"].choices]
SEVERAL = recoded.counted_together(FORM, of_instrument(FORM, ["exercice", "interlocuteurs", "patientele"]))


def printed(frame):
    return as_printed(FORM, derive(FORM, frame))


def answered(rng, n):
    """Answers that the form allows, some left out: ticks, and the rows of the score."""
    frame = pd.DataFrame("sans_reponse", index=range(n), columns=list(FORM.columns), dtype="str")
    for item in (item for item in FORM.items if item.kind == "multiple"):
        names = [column.name for column in item.columns]
        for row in range(n):
            size = rng.integers(1, (item.most or len(names)) + 1)
            if rng.random() < 0.9:
                frame.loc[row, names] = np.isin(names, rng.choice(names, size, replace=False)).astype(int).astype(str)
    shares = rng.dirichlet(np.full(len(LEVELS), 0.6))
    rated = rng.choice(LEVELS, (n, len(ITEMS)), p=shares)
    frame[ITEMS] = np.where(rng.random((n, 1)) < 0.1, "sans_reponse", rated)
    return frame


def overall(frame, questions):
    return table_cells.of_table(characteristics.table(frame, questions)).counts


def value(bound, counts):
    return sum(weight * counts[cell] for cell, weight in bound.weights)


@pytest.mark.parametrize("seed", range(20))
def test_every_bound_of_ticks_and_of_scores_holds(seed):
    frame = answered(np.random.default_rng(seed), 40)
    counts = overall(printed(frame), SEVERAL) | overall(frame, of_instrument(FORM, ["ess"]))
    bounds = list(published_bounds.tick_bounds(counts, published_bounds.tick_rules(FORM, SEVERAL, printed)))
    assert len(bounds) == 2 * len(SEVERAL)
    (rule,) = published_bounds.score_sums(FORM, of_instrument(FORM, ["ess"]), frame)
    bounds += published_bounds.score_bounds(counts, rule)
    for bound in bounds:
        assert bound.low - 1e-6 <= value(bound, counts) <= bound.high + 1e-6


def test_the_sum_of_a_score_is_told_whole_when_everybody_has_one():
    frame = answered(np.random.default_rng(1), 30)
    frame[ITEMS] = np.random.default_rng(1).choice(LEVELS, (30, len(ITEMS)))
    (rule,) = published_bounds.score_sums(FORM, of_instrument(FORM, ["ess"]), frame)
    mean, *others = published_bounds.score_bounds(overall(frame, of_instrument(FORM, ["ess"])), rule)
    assert mean.low == mean.high == scores.score(FORM, frame, "score")["score"].sum()
    assert all(bound.low < bound.high for bound in others)


@pytest.mark.parametrize(("ends", "most"), [([3, 3], 3), ([1, 2], 3)])
def test_what_everybody_ticked_reaches_a_bound(ends, most):
    """Everybody ticks three, and three is the most; arithmetic: 3 x 10 ticks among 10 respondents."""
    rng, names = np.random.default_rng(2), [column.name for column in FORM["patientele"].columns]
    frame = pd.DataFrame("sans_reponse", index=range(10), columns=list(FORM.columns), dtype="str")
    for row in range(10):
        ticked = rng.choice(names, rng.integers(ends[0], ends[1] + 1), replace=False)
        frame.loc[row, names] = np.isin(names, ticked).astype(int).astype(str)
    counts, (*_, question) = overall(printed(frame), SEVERAL), SEVERAL
    _, above = published_bounds.tick_bounds(counts, published_bounds.tick_rules(FORM, [question], printed))
    assert (value(above, counts) == above.high) == (ends[0] == most)


def test_an_exclusive_answer_is_ticked_alone_and_a_recoded_one_may_count_ticks():
    """The first form of zerhoui with an exclusive answer; three ticks are more than two (arithmetic)."""
    form = instrument.load(load_study("zerhoui"))
    question = next(one for one in of_instrument(form) if one.id == "verrouillage_raisons")
    flag = Question("x_raisons", "plus de deux raisons", "single", {"1": "1", "0": "0"})
    ticks = list(question.columns)

    def flagged(coded):
        return coded.assign(x_raisons=coded[ticks].eq("1").sum(axis="columns").gt(2).map({True: "1", False: "0"}))

    whole, alone, several = published_bounds.tick_rules(form, [question, flag], flagged)
    assert (whole.within, whole.without, whole.condition) == ((1, 3), (1, 3), None)
    assert (alone.condition, alone.within, alone.without, alone.alone) == (
        (question.id, "Je ne connais pas"), (1, 1), (1, 3), True,
    )  # fmt: skip
    assert (several.condition, several.within, several.without) == (("x_raisons", "1"), (3, 3), (1, 2))
    cells = {frozenset({one}): 2 for one in whole.choices} | {frozenset(): 9}
    assert len(list(published_bounds.tick_bounds(cells, [alone]))) == 2 + len(ticks) - 1
    assert not list(published_bounds.tick_bounds(cells, [several])), "nobody shows the recoded answer"


def test_answers_that_break_a_rule_widen_it():
    assert list(published_bounds.true_to({"a": 7}, [Bound((("a", 1.0),), 0.0, 5.0)])) == [
        Bound((("a", 1.0),), 0.0, 7.0)
    ]


@pytest.mark.parametrize(("mean", "near"), [(50.0, False), (78.0, True), (22.9, True)])
def test_a_score_near_its_ends_excludes_answers(mean, near):
    frame = answered(np.random.default_rng(3), 12)
    (rule,) = published_bounds.score_sums(FORM, of_instrument(FORM, ["ess"]), frame)
    table = characteristics.table(pd.DataFrame({"score": [mean, mean]}), [Question("score", "Score", "number")])
    assert published_bounds.is_near_an_end(table, rule) is near
