"""A document of the right shape may still ask nonsense: each kind of nonsense is told with what was allowed."""

import pytest

from relecture.answers.questionnaire import consistency
from relecture.answers.questionnaire.instrument import build
from relecture.core.errors import InputError


def item(document, name):
    return next(one for section in document["sections"] for one in section["items"] if one["id"] == name)


MSS, TICKS = "« mss » (oui, non, ne_sait_pas)", "« lesquelles » (mailiz, apicrypt, lifen, autre, aucune)"
ROWS = "avis.simple, avis.sure, avis.lente"
CONDITIONS = [  # a condition of `raison`, and the fault after its place; the form asks `raison` fifth
    ({"equals": {"absent": "oui"}}, "l'item « absent » n'existe pas"),
    ({"equals": {"mss": "bof"}}, f"« bof » : ce n'est pas une réponse de {MSS}"),
    ({"in": {"mss": ["oui", "bof", "nul"]}}, f"« bof », « nul » : ce n'est pas une réponse de {MSS}"),
    ({"selected": {"mss": "oui"}}, "« selected » ne lit pas « mss » ; attendu : equals ou in"),
    ({"equals": {"lesquelles": "mailiz"}}, "« equals » ne lit pas « lesquelles » ; attendu : selected"),
    ({"selected": {"lesquelles": "doctolib"}}, f"« doctolib » : ce n'est pas une réponse de {TICKS}"),
    (
        {"equals": {"lesquelles_autre": "x"}},
        "« lesquelles_autre » est un item sans choix ; une condition ne peut pas le lire",
    ),
    ({"equals": {"avis": "oui"}}, f"« avis » n'est pas une colonne ; attendu : {ROWS}"),
    ({"equals": {"avis.belle": "oui"}}, f"« avis.belle » n'est pas une colonne ; attendu : {ROWS}"),
    ({"equals": {"mss.simple": "oui"}}, "« mss.simple » n'est pas une colonne ; attendu : mss"),
    ({"equals": {"alarme": "oui"}}, "« alarme » n'est posé qu'après « raison »"),
    (
        {"not": {"any": [{"equals": {"mss": "oui"}}, {"equals": {"alarme": "oui"}}]}},
        "« alarme » n'est posé qu'après « raison »",
    ),
]


@pytest.mark.parametrize(("condition", "fault"), CONDITIONS)
def test_condition(document, condition, fault):
    item(document, "raison")["relevant"] = condition
    assert list(consistency.faults(document)) == [f"item « raison », relevant : {fault}"]


def test_a_condition_on_a_missing_answer_that_the_form_offers_is_allowed(document):
    item(document, "raison")["relevant"] = {"equals": {"mss": "ne_sait_pas"}}
    assert list(consistency.faults(document)) == []


def test_an_item_cannot_depend_on_its_own_answer(document):
    item(document, "mss")["relevant"] = {"equals": {"mss": "oui"}}
    assert list(consistency.faults(document)) == [
        "item « mss », relevant : boucle : « mss » dépend de sa propre réponse"
    ]


def test_a_loop_through_others_is_told_as_a_loop(document):
    # mss <- alarme <- lesquelles <- mss: only mss and lesquelles look ahead or around, alarme looks back
    item(document, "mss")["relevant"] = {"equals": {"alarme": "oui"}}
    item(document, "alarme")["relevant"] = {"selected": {"lesquelles": "mailiz"}}
    assert list(consistency.faults(document)) == [
        "item « mss », relevant : boucle : « mss » dépend de « alarme », qui dépend de « mss »"
    ]


def test_an_id_serves_once_among_items_derived_variables_and_scores(document):
    item(document, "age")["id"] = "mss"
    document["derived"][0]["id"] = "note_avis"
    document["sections"][1]["id"] = "usage"
    assert list(consistency.faults(document)) == [
        "section « usage » : cet identifiant sert 2 fois",
        "item « mss » : cet identifiant sert 2 fois",
        "item « note_avis » : cet identifiant sert 2 fois",
    ]


ITEMS = [  # an item, what it says, the fault
    ("age", {"id": "repondant"}, "item « repondant » : ce nom est celui de la colonne qui désigne les répondants"),
    ("age", {"low": 80}, "item « age » : low (80) dépasse high (75)"),
    ("lesquelles", {"least": 3}, "item « lesquelles » : least (3) dépasse most (2)"),
    ("lesquelles", {"most": 6}, "item « lesquelles » : 6 coches attendues, mais le formulaire n'a que 5 réponses"),
    (
        "alarme",
        {"choices": {"sans_objet": "Sans objet"}},
        "item « alarme » : aucun choix qui soit une réponse (sans_objet)",
    ),
    (
        "alarme",
        {"choices": {"oui": "Oui", "non_pose": "Non posée"}},
        "item « alarme » : « non_pose » découle de la logique de saut ; il ne peut pas être un choix",
    ),
    (
        "alarme",
        {"choices": {"oui": "Oui", "non": {"label": "Non", "exclusive": True}}},
        "item « alarme » : choix « non » exclusif ; seul un item à plusieurs réponses peut en avoir",
    ),
]


@pytest.mark.parametrize(("name", "change", "fault"), ITEMS)
def test_item(document, name, change, fault):
    item(document, name).update(change)
    assert list(consistency.faults(document)) == [fault]


SCORES = [
    ({"matrix": "mss"}, "« mss » n'est pas une matrice"),
    ({"matrix": "absente"}, "« absente » n'est pas une matrice"),
    ({"points": {"oui": 2, "non": 1}}, "points de oui, non ; attendu : oui, bof, non"),
    (
        {"points": {"oui": 3, "bof": 2, "non": 1, "sans_objet": 0}},
        "points de oui, bof, non, sans_objet ; attendu : oui, bof, non",
    ),
    ({"reversed": ["laide"]}, "« laide » n'est pas une ligne de « avis »"),
    ({"median_for": ["ne_sait_pas"]}, "médiane pour « ne_sait_pas », que « avis » ne propose pas"),
]


@pytest.mark.parametrize(("change", "fault"), SCORES)
def test_score(document, change, fault):
    document["scores"][0].update(change)
    assert list(consistency.faults(document)) == [f"score « note_avis » : {fault}"]


def test_a_derived_variable_reads_any_item_and_the_derived_before_it(document):
    document["derived"].append(
        {"id": "age_connu", "label": "x", "values": {"oui": {"label": "x", "when": {"equals": {"groupe": "equipes"}}}}}
    )
    document["derived"].insert(
        0, {"id": "tot", "label": "x", "values": {"oui": {"label": "x", "when": {"equals": {"groupe": "equipes"}}}}}
    )
    assert list(consistency.faults(document)) == ["variable « tot », oui : l'item « groupe » n'existe pas"]


def test_faults_of_every_sort_come_at_once(document):
    item(document, "age")["low"] = 80
    item(document, "raison")["relevant"] = {"equals": {"absent": "oui"}}
    document["scores"][0]["reversed"] = ["laide"]
    with pytest.raises(InputError) as error:
        build(document)
    assert error.value.faults == (
        "instrument.yaml, item « age » : low (80) dépasse high (75)",
        "instrument.yaml, item « raison », relevant : l'item « absent » n'existe pas",
        "instrument.yaml, score « note_avis » : « laide » n'est pas une ligne de « avis »",
    )
