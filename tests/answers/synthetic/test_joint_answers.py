"""Answers drawn together give the counts of the variables that follow from them, or come as near as can be."""

import numpy as np
import pytest

from relecture import InputError
from relecture.answers.questionnaire import instrument
from relecture.answers.synthetic import joint_answers, reading


def drawn(form, counts, n, seed=1, **more):
    """The answers to a plan whose printed counts are these, and the columns that were answered together."""
    printed = {f"{name}.{code}": str(k) for name, cells in counts.items() for code, k in cells.items()}
    printed["n"] = str(n)
    patterns = {name: f"{name}.{{}}" for name in counts}
    plan = reading.read(form, {"respondents": "n", "counts": patterns, **more}, printed)
    return joint_answers.draw(plan, plan.wanted(n), n, np.random.default_rng(seed))


@pytest.mark.parametrize("seed", range(5))
def test_a_derived_variable_is_met_by_the_answers_that_it_reads(toy, seed):
    frame, answered = drawn(toy, {"groupe": {"equipes": 7, "autres": 3}}, 10, seed)
    assert answered == {"mss"}
    assert frame["mss"].eq("oui").sum() == 7
    assert set(frame["mss"]) <= {"oui", "non"}  # « ne sait pas » is not drawn
    assert set(frame["alarme"]) == {"sans_reponse"}


def test_counts_of_a_question_and_of_what_follows_from_it_are_met_together(document):
    """Three paths: a key of one's own, the same as the practice's, none; counts by hand, one way only to meet them."""
    items = document["sections"][1]["items"]
    items[0]["choices"] = {"forte": "Forte", "simple": "Simple"}
    items.insert(1, items[0] | {"id": "bureau", "choices": {"meme": "La même", "aucune": "Aucune"}})
    same = [{"equals": {"bureau": "meme"}}, {"equals": {"alarme": "forte"}}]
    values = {"fort": {"label": "fort", "when": {"all": same}}}
    document["derived"].append({"id": "double", "label": "Double", "values": values})
    counts = {"alarme": {"forte": 6, "simple": 4}, "bureau": {"meme": 5, "aucune": 5}, "double": {"fort": 1}}
    frame, answered = drawn(instrument.build(document), counts, 10)
    assert answered == {"alarme", "bureau"}
    assert frame.groupby(["alarme", "bureau"]).size().to_dict() == {
        ("forte", "meme"): 1, ("forte", "aucune"): 5, ("simple", "meme"): 4,
    }  # fmt: skip


def test_what_cannot_be_met_is_missed_by_the_fewest(toy):
    frame, _ = drawn(toy, {"groupe": {"equipes": 7, "autres": 3}, "mss": {"oui": 2, "non": 8}}, 10)
    assert 2 <= frame["mss"].eq("oui").sum() <= 7


def test_rules_and_skip_logic_speak_first(document):
    """The key is only asked of those who have an alarm, and a rule says what they answer."""
    items = document["sections"][1]["items"]
    items.insert(1, items[0] | {"id": "code", "relevant": {"equals": {"alarme": "oui"}}})
    values = {"connu": {"label": "connu", "when": {"equals": {"code": "oui"}}}}
    document["derived"].append({"id": "secret", "label": "Secret", "values": values})
    given = [{"when": {"equals": {"alarme": "oui"}}, "cells": {"code": "oui"}}]
    frame, answered = drawn(instrument.build(document), {"secret": {"connu": 4}}, 9, given=given)
    assert answered == {"alarme", "code"}
    assert frame.groupby(["alarme", "code"]).size().to_dict() == {("oui", "oui"): 4, ("non", "non_pose"): 5}


def test_variables_that_read_ticks_are_refused(document):
    values = {"x": {"label": "x", "when": {"selected": {"lesquelles": "mailiz"}}}}
    document["derived"].append({"id": "mailiz", "label": "Mailiz", "values": values})
    with pytest.raises(InputError, match=r"« lesquelles.mailiz » n'est pas une question à une réponse"):
        drawn(instrument.build(document), {"mailiz": {"x": 4}}, 9)


def test_many_respondents_take_no_longer_than_few(toy):
    """They move many at a time: oracle, the counts."""
    frame, _ = drawn(toy, {"groupe": {"equipes": 70_000, "autres": 30_000}}, 100_000)
    assert frame["mss"].eq("oui").sum() == 70_000
