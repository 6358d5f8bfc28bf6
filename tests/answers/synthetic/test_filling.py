"""Cells have the printed counts, follow the rules, and never contradict the form; oracles are counts made by hand."""

import numpy as np
import pytest

from relecture.answers.synthetic import filling, reading


def filled(form, plan, printed, n=20, seed=1):
    found = reading.read(form, {"respondents": "n", "counts": {}, **plan}, {"n": "20", **printed})
    return filling.fill(found, n, {}, np.random.default_rng(seed))[0]


def test_given_cells_come_before_counts_and_count_in_them(toy):
    given = [{"when": {"equals": {"mss": "oui"}}, "cells": {"alarme": "oui"}}]
    printed = {"mss.oui": "3", "mss.non": "17", "alarme.oui": "4", "alarme.non": "16"}
    frame = filled(toy, {"counts": {"mss": "mss.{}", "alarme": "alarme.{}"}, "given": given}, printed)
    assert frame.loc[frame["mss"] == "oui", "alarme"].tolist() == ["oui"] * 3
    assert frame["alarme"].eq("oui").sum() == 4


def test_the_first_rule_that_holds_speaks(toy):
    given = [
        {"when": {"equals": {"mss": "oui"}}, "cells": {"age": [30, 31]}},
        {"when": {"in": {"mss": ["oui", "non"]}}, "cells": {"age": [40, 41], "alarme": ["oui", "non"]}},
    ]
    frame = filled(toy, {"given": given}, {})
    assert set(frame.loc[frame["mss"] == "oui", "age"]) == {"30", "31"}
    assert set(frame.loc[frame["mss"] == "non", "age"]) == {"40", "41"}
    assert set(frame["alarme"]) == {"oui", "non"}


def test_what_only_allows_is_drawn(toy):
    frame = filled(toy, {"only": {"mss": ["oui"], "avis": ["oui", "bof"], "avis.sure": ["non"], "duree": [3, 4]}}, {})
    assert set(frame["mss"]) == {"oui"} and set(frame["avis.simple"]) == {"oui", "bof"}
    assert set(frame["avis.sure"]) == {"non"} and set(frame["duree"]) == {"3", "4"}
    assert frame["age"].astype(int).between(24, 75).all()  # the bounds of the form


def test_items_left_out_are_not_asked_and_texts_say_that_they_are_synthetic(toy):
    frame = filled(toy, {"counts": {"mss": "mss.{}"}}, {"mss.oui": "12", "mss.non": "8"})
    assert set(frame.loc[frame["mss"] == "non", "lesquelles.mailiz"]) == {"non_pose"}
    asked = frame["lesquelles.autre"] == "1"
    assert set(frame.loc[asked, "lesquelles_autre"]) <= {"(réponse synthétique)"}
    assert set(frame.loc[~asked, "lesquelles_autre"]) == {"non_pose"}


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"oui": "9", "non": "8"}, {"oui": 9, "non": 8, "sans_reponse": 3}),  # fewer answers than respondents
        ({"oui": "16", "non": "8"}, {"oui": 12, "non": 8}),  # more: the most frequent loses them
        ({"oui": "20"}, {"oui": 20}),
    ],
)
def test_a_pattern_tells_all_the_answers(toy, counts, found):
    printed = {f"alarme.{code}": count for code, count in counts.items()}
    frame = filled(toy, {"counts": {"alarme": "alarme.{}"}}, printed)
    assert frame["alarme"].value_counts().to_dict() == found


def test_addresses_by_choice_tell_some_and_the_rest_is_drawn(toy):
    frame = filled(toy, {"counts": {"alarme": {"oui": "alarme.oui"}}}, {"alarme.oui": "13"})
    assert frame["alarme"].value_counts().to_dict() == {"oui": 13, "non": 7}


def test_a_score_that_is_printed_is_made_by_its_ratings(toy):
    """`lente` counts the other way round. Oracle: the mean and the deviation of the score, added up here."""
    printed = {"mss.oui": "20", "m": "6,05", "s": "1,28"}
    plan = {"counts": {"mss": {"oui": "mss.oui"}}, "numbers": [{"of": "note_avis", "mean": "m", "sd": "s"}]}
    points = filled(toy, plan, printed).filter(like="avis.").replace({"oui": 3, "bof": 2, "non": 1}).astype(int)
    total = points["avis.simple"] + points["avis.sure"] + 4 - points["avis.lente"]
    assert (f"{total.mean():.2f}", f"{total.std():.2f}") == ("6.05", "1.28")


@pytest.mark.parametrize("where", [{"groupe": "equipes"}, {"mss": "oui"}])
def test_numbers_are_printed_for_some_and_drawn_for_the_others(toy, where):
    printed = {"mss.oui": "8", "mss.non": "12", "m": "41", "s": "6"}
    numbers = [{"of": "age", "where": where, "mean": "m", "sd": "s"}]
    frame = filled(toy, {"counts": {"mss": "mss.{}"}, "numbers": numbers, "only": {"age": [30, 60]}}, printed)
    ages = frame["age"].astype(int)
    equipped = ages[frame["mss"] == "oui"]
    assert (f"{equipped.mean():.0f}", f"{equipped.std():.0f}") == ("41", "6")
    assert ages.between(30, 60).all()


def test_days_are_of_2024_and_times_have_minutes(hard):
    frame = filled(hard, {}, {}, n=200)
    assert frame["jour"].str.fullmatch(r"2024-[01]\d-[0-3]\d").all() and frame["jour"].nunique() > 100
    assert frame["heure"].str.fullmatch(r"[0-2]\d:[0-5]\d").all() and frame["heure"].nunique() > 100
