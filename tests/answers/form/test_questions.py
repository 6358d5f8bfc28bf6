"""One question: what its widgets show, what they hold, what is wrong with it."""

from datetime import date, time

import pytest

from relecture.answers.form.questions import ROWS, Question, required
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.items import MatrixRow


@pytest.fixture
def question(toy):
    return lambda item: Question(toy, toy[item], lambda: None)


def fill(one, **values):
    for name, value in values.items():
        one.controls[f"{one.item.id}.{name}" if name != "_" else one.item.id].value = value


def test_nothing_is_answered_at_first(toy, hard):
    for one in (toy, hard):
        for item in one.items:
            empty = Question(one, item, lambda: None)
            assert empty.given == 0 and empty.wrong == "" and list(empty.words()) == []
            assert set(empty.cells().values()) == {"sans_reponse"}


@pytest.mark.parametrize(
    ("item", "values", "cells", "words"),
    [
        ("mss", {"_": "oui"}, {"mss": "oui"}, ["Oui"]),
        ("mss", {"_": "ne_sait_pas"}, {"mss": "ne_sait_pas"}, ["Je ne sais pas"]),  # an answer that somebody gave
        ("avis", {"sure": "sans_objet"}, {"avis.sure": "sans_objet"}, ["Elle est sûre. : Sans objet"]),
        ("lesquelles", {"mailiz": True}, {"lesquelles.mailiz": "1", "lesquelles.lifen": "0"}, ["Mailiz"]),
        ("age", {"_": " 41 "}, {"age": "41"}, ["41"]),
        ("duree", {"_": "2,50"}, {"duree": "2.5"}, ["2.5"]),
    ],
)
def test_what_is_answered_is_coded_and_told(question, item, values, cells, words):
    one = question(item)
    fill(one, **values)
    assert one.given == 1 and one.wrong == ""
    assert cells.items() <= one.cells().items() and list(one.words()) == words


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_blank_text_is_no_answer(question, blank):
    one = question("ville")
    fill(one, _=blank)
    assert one.given == 0


@pytest.mark.parametrize(
    ("item", "values", "wrong"),
    [
        ("age", {"_": "230"}, "« 230 » est hors des bornes (au moins 24, au plus 75)"),
        ("age", {"_": "23,5"}, "« 23,5 » a trop de décimales (0 au plus)"),
        ("ville", {"_": "ne_sait_pas"}, "« ne_sait_pas » est un code réservé, que le formulaire ne propose pas"),
        ("lesquelles", {"mailiz": True, "lifen": True, "apicrypt": True}, "Cochez au plus 2 réponses."),
    ],
)
def test_what_is_wrong_is_told(question, item, values, wrong):
    one = question(item)
    fill(one, **values)
    assert one.wrong == wrong


def test_too_few_ticks_are_wrong_but_not_one_that_stands_alone(hard):
    one = Question(hard, hard["class"], lambda: None)
    fill(one, a=True)
    assert one.wrong.replace("\u00a0", " ").replace("\u202f", " ") == "Cochez au moins 2 réponses."
    fill(one, rien=True)
    assert one.wrong == "" and [name for name, control in one.controls.items() if control.value] == ["class.rien"]
    fill(one, b=True)
    assert [name for name, control in one.controls.items() if control.value] == ["class.b"]


def test_a_day_and_a_time_are_cells(hard):
    for item, value, cell in (("jour", date(2024, 5, 31), "2024-05-31"), ("heure", time(0, 5), "00:05")):
        one = Question(hard, hard[item], lambda: None)
        fill(one, _=value)
        assert one.cells() == {item: cell} and one.given == 1


def test_what_is_required_is_told_before(question):
    assert "Obligatoire : cochez au moins 1" in question("lesquelles").parts[0][0].children[0].value.replace(
        "\u00a0", " "
    )
    assert required(question("ville").item) == ""


def test_labels_are_text_and_never_html(document):
    for item in document["sections"][0]["items"][:3]:
        item["label"] = "<script>alert(1)</script>"
    spoiled = instrument.build(document)
    for item in spoiled.items[:3]:
        one = Question(spoiled, item, lambda: None)
        assert "<script>" not in one.parts[0][0].children[0].value
        assert all(not control.description_allow_html for control in one.controls.values())
    one.tell("<b>1</b>")
    assert "<b>" not in one.fault.value


def test_a_typed_question_is_the_label_of_its_control(question):
    assert question("ville").controls["ville"].description == "Votre commune\u202f?"
    assert question("age").controls["age"].description.endswith("(ans)")


def test_a_long_matrix_has_parts_that_hold_every_row_once(toy):
    from dataclasses import replace

    rows = tuple(MatrixRow(f"r{rank}", f"Ligne {rank}") for rank in range(2 * ROWS + 1))
    one = Question(toy, replace(toy["avis"], rows=rows), lambda: None)
    assert [len(box.children[-1].children) for box, _ in one.parts] == [ROWS, ROWS, 1]
    assert [control for box, _ in one.parts for control in box.children[-1].children] == [*one.controls.values()]
    assert one.lines == len(rows)
