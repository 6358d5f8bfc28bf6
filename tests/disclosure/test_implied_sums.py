"""What answers imply for one another, read from the questionnaire and not from answers."""

import pandas as pd

from relecture import load_study
from relecture.answers.questionnaire import instrument
from relecture.disclosure.disclosure_control import control
from relecture.disclosure.implied_sums import implied_sums, implied_ways, impossible_cells
from relecture.stats.survey import characteristics, recoded
from relecture.stats.survey.questions import of_instrument

OUI, NO, UNKNOWN, SILENT = ("mss", "Oui"), ("mss", "Non"), ("mss", "ne sait pas"), ("mss", "sans réponse")
SKIPPED, OTHERS = ("avis", "non posée"), ("groupe", "non équipés")


def cells(*conditions, here=()):
    return {frozenset({one, *here}): 5 for one in conditions}


def made_of(counts, found):
    """The parts that a sum has in common with those of others, which tell what makes up each cell."""
    parts = {total: set(its) for total, its in implied_sums(counts, found)}
    return {
        (whole, part)
        for whole in parts
        for part in parts
        if whole != part and parts[part] and parts[part] <= parts[whole]
    }


def test_a_recoded_answer_and_a_skipped_question_are_made_of_other_answers(form, asked, answered):
    found = implied_ways(form, [asked.mss, asked.avis, asked.groupe], answered({("oui", "oui"): 1}))
    counts = cells(OUI, NO, UNKNOWN, SILENT, SKIPPED, OTHERS, ("groupe", "équipés"), ("groupe", "sans réponse"))
    made = {(min(whole), min(part)) for whole, part in made_of(counts, found)}
    assert {part for whole, part in made if whole == OTHERS} == {NO, UNKNOWN}
    assert {part for whole, part in made if whole == SKIPPED} == {
        NO,
        UNKNOWN,
        SILENT,
        OTHERS,
        ("groupe", "sans réponse"),
    }


def test_questions_that_do_not_meet_imply_nothing(form, asked, answered):
    assert implied_ways(form, [asked.avis], answered({("oui", "oui"): 1})) == ()


def test_sums_hold_under_the_same_other_conditions(form, asked, answered):
    found = implied_ways(form, [asked.mss, asked.avis, asked.groupe], answered({("oui", "oui"): 1}))
    rural = ("zone", "rurale")
    made = made_of(cells(NO, UNKNOWN, OTHERS, here=[rural]), found)
    assert made == {(frozenset({rural, OTHERS}), frozenset({rural, part})) for part in (NO, UNKNOWN)}


def test_where_rows_share_everybody_out_what_has_no_row_counts_nobody(form, asked, answered):
    """Who is not equipped said no or did not know; no row for the latter, so they are those who said no."""
    found = implied_ways(form, [asked.mss, asked.avis, asked.groupe], answered({("oui", "oui"): 1}))
    for everybody, alike in ((10, True), (12, False)):
        sums = dict(implied_sums(cells(OUI, NO, OTHERS) | {frozenset(): everybody}, found))
        assert (sums[frozenset({OTHERS})] == sums[frozenset({NO})]) is alike


def test_a_whole_with_what_is_no_part_of_it_is_impossible(form, asked, answered):
    found = implied_ways(form, [asked.mss, asked.avis, asked.groupe], answered({("oui", "oui"): 1}))
    clash = frozenset({OTHERS, OUI})
    counts = {clash: 0, frozenset({OTHERS, NO}): 4, frozenset({OTHERS}): 4}
    assert set(impossible_cells(counts, implied_sums(counts, found))) == {clash}


def test_who_was_not_asked_leaves_no_answer_impossible(form, asked, answered):
    """Nobody said yes, so that nobody was asked; whoever reads that all were not asked knows it from them alone."""
    found = implied_ways(form, [asked.mss, asked.avis, asked.groupe], answered({("non", ""): 1}))
    counts = cells(NO, UNKNOWN) | {frozenset({OUI}): 0, frozenset({SKIPPED}): 10, frozenset(): 10}
    assert not list(impossible_cells(counts, implied_sums(counts, found)))


def test_answers_that_contradict_the_questionnaire_are_a_way_too(form, asked):
    """Somebody who said no is in the group of those who said yes."""
    frame = pd.DataFrame({"mss": ["non"], "avis": ["oui"], "groupe": ["equipes"]})
    found = implied_ways(form, [asked.mss, asked.avis, asked.groupe], frame)
    counts = {frozenset({NO, ("groupe", "équipés")}): 0}
    assert not list(impossible_cells(counts, implied_sums(counts, found)))


def test_what_two_recoded_questions_leave_out_tells_a_third():
    """All have Windows or MacOS, each up to date or not: nobody has another system, which no one sum says."""
    form = instrument.load(load_study("zerhoui"))
    coded = pd.DataFrame("sans_reponse", index=range(50), columns=list(form.columns), dtype="str")
    coded["systeme"] = ["windows10"] * 23 + ["windows_obsolete"] * 10 + ["macos"] * 17
    coded["systeme_a_jour"] = ["oui"] * 23 + ["non"] * 10 + ["oui"] * 10 + ["non"] * 7
    frame = recoded.printed_terms(form, coded)
    names = ["systeme", "systeme_a_jour", *(one.id for one in form.derived)]
    asked = recoded.counted_together(form, of_instrument(form, names))
    guard = control(5, frame, asked, form, lambda answers: recoded.printed_terms(form, answers))
    shown = guard.characteristics(characteristics.table(frame, asked)).cells
    others = shown[shown["question"].isin(["windows", "macos"]) & shown["label"].eq("sans réponse")]
    other = shown[shown["question"].eq("systeme") & shown["level"].eq("autre")]
    assert other["count"].isna().all() and others["count"].isna().any()
