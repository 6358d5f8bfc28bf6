"""Plans that are wrong: every fault at once, in French, with what was expected; and what a right one resolves to."""

import pytest

from relecture import InputError
from relecture.answers.questionnaire import instrument
from relecture.answers.synthetic import reading
from relecture.answers.synthetic.plan import Moments, Target


def faults(form, plan, printed):
    with pytest.raises(InputError) as error:
        reading.read(form, plan, printed)
    return error.value.faults


BAD = [
    ({"respondents": "rien"}, "« rien » à l'adresse « rien » n'est pas un effectif"),
    ({"same": ["perdu.*"]}, "aucune valeur imprimée à l'adresse « perdu.* »"),
    ({"counts": {"mss": "perdu.{}"}}, "aucune valeur imprimée à l'adresse « perdu.{} »"),
    ({"counts": {"mss": {"oui": "perdu"}}}, "aucune valeur imprimée à l'adresse « perdu »"),
    ({"counts": {"mss": {"ouais": "n"}}}, "counts, « mss » : « ouais » inconnu ; attendus : oui, non"),
    ({"counts": {"inconnue": "mss.{}"}}, "« inconnue » n'est ni une question, ni une variable déduite"),
    ({"counts": {"groupe": {"equipes": "n", "autres": "mss.oui"}}}, "« groupe » totalisent 32 répondants"),
    ({"only": {"inconnue": ["oui"]}}, "« inconnue » n'est pas une colonne du questionnaire"),
    ({"only": {"mss": ["ouii"]}}, "une réponse à « mss » : « ouii » inconnu ; attendus : oui, non"),
    ({"given": [{"when": {"equals": {"mss": "oui"}}, "cells": {"zut": "oui"}}]}, "« zut » n'est pas une colonne"),
    ({"given": [{"when": {"equals": {"zut": "oui"}}, "cells": {"alarme": "oui"}}]}, "« zut » n'est pas une colonne"),
    ({"unheld": [{"addresses": ["perdu"], "reason": "?"}]}, "aucune valeur imprimée à l'adresse « perdu »"),
    ({"totals": {"perdu": "lesquelles.*"}}, "aucune valeur imprimée à l'adresse « perdu »"),
    ({"numbers": [{"of": "mss", "mean": "n", "sd": "n"}]}, "« mss » inconnu ; attendus : age, duree, note_avis"),
    ({"numbers": [{"of": "age", "mean": "n", "sd": "perdu"}]}, "aucune valeur imprimée à l'adresse « perdu »"),
    ({"numbers": [{"of": "age", "mean": "n", "sd": "mot"}]}, "l'adresse « mot », « beaucoup » n'est pas un nombre"),
    ({"percents": {"alarme": {"oui": "mot"}}}, "« beaucoup » n'est pas un nombre imprimé"),
    ({"checks": [{"of": "age", "where": {"groupe": "x"}, "mean": "n", "sd": "n"}]}, "« groupe » : « x » inconnu"),
    ({"covariates": {"c": {"column": "age", "below": 40}}}, "il faut au moins un résultat (outcomes)"),
    ({"covariates": {"c": {"column": "age", "ticked": True}}}, "« age » inconnu ; attendus : lesquelles."),
    ({"outcomes": {"o": {"column": "groupe", "within": "zut", "among": ["equipes"]}}}, "« zut » inconnu"),
    ({"outcomes": {"o": {"column": "groupe", "within": "groupe", "among": ["pigeon"]}}}, "« pigeon » inconnu"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), BAD)
def test_a_bad_plan_says_what_is_wrong(toy, toy_plan, toy_printed, change, message):
    found = faults(toy, toy_plan | change, toy_printed | {"mot": "beaucoup"})
    assert any(message in fault for fault in found), found
    assert all(fault.startswith("synthetic.yaml, ") for fault in found)


SHAPES = [
    ({}, "il manque « counts », « respondents »"),
    ({"respondents": "n", "counts": {}, "zut": 1}, "« zut » inconnu"),
    ({"respondents": "n", "counts": {"mss": 3}}, "attendu : un modèle d'adresse, ou des adresses par réponse"),
    ({"respondents": "n", "counts": {}, "covariates": {"c": {"column": "age"}}}, "1 clé ; attendu : au moins 2"),
    ({"respondents": "n", "counts": {}, "numbers": [{"of": "age"}]}, "il manque « mean », « sd »"),
]


@pytest.mark.parametrize(("plan", "message"), SHAPES)
def test_a_plan_of_another_shape_says_where(toy, plan, message):
    assert message in "; ".join(faults(toy, plan, {"n": "20"}))


def test_faults_come_all_at_once(toy, toy_plan, toy_printed):
    bad = {"respondents": "rien", "same": ["perdu.*"], "only": {"inconnue": ["oui"]}}
    assert len(faults(toy, toy_plan | bad, toy_printed)) == 3


def test_every_study_with_a_plan_has_a_right_one(study):
    plan = reading.read(instrument.load(study), study.document(reading.FILE, reading.SCHEMA), study.values)
    assert plan.n == sum(plan.sizes.values()) > 0
    assert {target.address for target in plan.counts} <= {"", *study.values}


def test_groups_are_named_in_addresses(grouped_toy, grouped_plan, grouped_printed):
    plan = reading.read(grouped_toy, grouped_plan, grouped_printed)
    assert (plan.by, plan.sizes) == ("groupe", {"equipes": 8, "autres": 12})
    alarms = [target for target in plan.counts if target.column == "alarme"]
    assert Target("", "alarme", "non", "autres") in alarms  # blank for this group only: 0
    assert len(alarms) == 4
    first, second = plan.totals
    assert (first, second.address) == (Target("tic.equipes", "lesquelles.*", "1", "equipes"), "")
    assert plan.numbers[0] == Moments("age", {"groupe": "equipes"}, {"mean": "age.m.equipes", "sd": "age.s.equipes"})
    assert plan.numbers[2].where == {"groupe": "equipes"}
    assert plan.checks[0].where == {}


def test_no_answer_is_counted_where_it_is_printed(toy, toy_plan, toy_printed):
    plan = toy_plan | {"counts": {"lesquelles": {"sans_reponse": "tic.rien", "{}": "tic.{}"}}}
    counts = reading.read(toy, plan, toy_printed | {"tic.rien": "1"}).counts
    assert counts[0] == Target("tic.rien", "lesquelles.mailiz", "sans_reponse")
    assert [target.column for target in counts[1:]] == ["lesquelles.mailiz", "lesquelles.payante"]
