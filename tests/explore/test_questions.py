"""Questions are found by id, in the order and the words of the questionnaire; a wrong name is told with those near."""

import pytest

import relecture as rl
from relecture.answers.questionnaire import instrument
from relecture.core.errors import UnknownName
from relecture.explore.questions import Questions

STUDIES = ("ajoodha", "guefif", "planchenault", "zerhoui")
GUEFIF = rl.load_study("guefif").questions


@pytest.mark.parametrize("name", STUDIES)
def test_every_item_derived_variable_and_score_is_there_in_the_order_of_the_form(name):
    form = instrument.load(rl.load_study(name))
    expected = [one.id for part in (form.items, form.derived, form.scores) for one in part]
    assert [one.id for one in Questions(form)] == Questions(form)._ipython_key_completions_() == expected


def test_a_question_shows_its_words_kind_and_choices():
    aisance = GUEFIF["aisance"]
    assert (aisance.kind, list(aisance.choices)) == ("single", "mauvaise passable moyenne bonne excellente".split())
    assert repr(aisance).replace("\xa0", " ").splitlines()[:2] == [
        "aisance : Comment jugez-vous votre aisance en informatique ? (une réponse)", "  mauvaise : Mauvaise",
    ]  # fmt: skip
    assert "Excellente" in aisance._repr_html_()


@pytest.mark.parametrize(
    ("wrong", "near"), [("aisence", "aisance"), ("ESS.verou", "ess.verrou"), ("frequense", "frequence")]
)
def test_a_wrong_name_is_told_with_the_nearest(wrong, near):
    with pytest.raises(UnknownName, match=f"Vouliez-vous dire .*« {near} »"):
        GUEFIF[wrong]


def test_a_column_of_an_item_is_a_variable_with_one_answer():
    row, tick = GUEFIF["ess.verrou"], GUEFIF["exercice.rurale"]
    assert (row.kind, row.counted[0].kind, row.group_refusal) == ("single", "ordinal", "")
    assert tick.choices == {"0": "non", "1": "oui"} and tick.counted[0].columns == ("exercice.rurale",)


@pytest.mark.parametrize(
    ("name", "counted", "grouped"),
    [
        ("aisance", "", ""), ("groupe", "", ""), ("age", "", "est un nombre"), ("score", "", "est un nombre"),
        ("exercice", "", "exercice.urbaine"), ("ess", "", "ess.verrou"),
        ("lieu", "pourrait faire reconnaître quelqu'un", "pourrait faire reconnaître quelqu'un"),
        ("canal_usuel_autre", "texte libre", "texte libre"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_or_grouped_says_why(name, counted, grouped):
    variable = GUEFIF[name]
    assert counted in variable.refusal and bool(variable.refusal) == bool(counted)
    assert grouped in variable.group_refusal and bool(variable.group_refusal) == bool(grouped)


def test_forms_are_short_and_whole_in_the_frame():
    assert len(repr(GUEFIF).splitlines()) <= 15 and len(GUEFIF.frame()) == len(GUEFIF) == 30
    shown, _, waiting = GUEFIF._repr_html_().partition("<details>")
    assert shown.count("<tr>") <= 15 and shown.count("<tr>") + waiting.count("<tr>") == 30 + 2
