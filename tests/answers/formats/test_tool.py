"""Conditions in the words of a language, what every export tells of an item, and answers in the words of each tool."""

import dataclasses

import pandas as pd
import pytest

from relecture.answers.formats import tool
from relecture.answers.formats.registry import FORMATS
from relecture.answers.questionnaire.conditions import parse

A, B = {"equals": {"a": "x"}}, {"not": {"equals": {"b": "y"}}}


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (A, "a"),
        ({"all": [A]}, "a"),  # one part needs no parentheses
        ({"all": [A, B]}, "(a ET not(b))"),
        ({"any": [A, {"all": [A, B]}]}, "(a OU (a ET not(b)))"),
        ({"in": {"a": ["x", "y"]}}, "(a OU a)"),  # several comparisons are one part
        ({"selected": {"a": "x"}}, "a a x"),
    ],
)
def test_conditions_have_parentheses_wherever_two_parts_meet(tree, text):
    texts = (lambda target, code: target, lambda target, code: f"{target} a {code}")
    assert tool.condition_text(parse(tree), *texts, all_of=" ET ", any_of=" OU ") == text


def test_no_condition_is_no_text():
    assert tool.condition_text(None, str.format, str.format) == ""


def test_below_a_question_stand_its_hint_its_probes_and_that_it_is_observed(toy):
    reason = dataclasses.replace(toy["raison"], hint="En deux mots", mode="observed")
    assert tool.hint_text(reason) == "En deux mots Un exemple ? Et au cabinet ? À observer, sans poser la question."
    assert tool.hint_text(toy["mss"]) == ""


def test_what_is_ticked_alone_and_what_no_tool_keeps(toy):
    assert tool.exclusive_codes(toy["lesquelles"]) == ["aucune"]
    boxes = dataclasses.replace(toy["mss"], kind="multiple")
    assert (tool.exclusive_codes(boxes), tool.exclusive_codes(toy["mss"])) == (["ne_sait_pas"], [])
    assert tool.left_out(toy, "identifying") == [
        "ville : donnée identifiante", "age : unité", "duree : unité",
        "score « Score d'avis », calculé à l'import", "variable « Groupe », déduite à l'import",
    ]  # fmt: skip


def test_a_row_of_a_file_may_lack_columns():
    rows = [{"a": 1, "b": 'dit "non"'}, {"b": "x\ty"}]
    assert tool.csv_text(["a", "b"], rows) == 'a,b\r\n1,"dit ""non"""\r\n,x\ty\r\n'
    assert tool.csv_text(["a", "b"], rows, delimiter="\t").endswith('\r\n\t"x\ty"\r\n')


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("xlsform", ["KEY", "mss", "lesquelles", "lesquelles_autre", "avis__simple"]),
        ("redcap", ["record_id", "mss", "lesquelles___mailiz", "lesquelles___apicrypt", "lesquelles___lifen"]),
        ("limesurvey", ["id", "Q1mss", "Q2lesquelles[SQ1]", "Q2lesquelles[SQ2]", "Q2lesquelles[SQ3]"]),
        ("surveyjs", ["id", "mss", "lesquelles", "lesquelles_autre", "avis.simple"]),
        ("tableschema", ["repondant", "mss", "lesquelles.mailiz", "lesquelles.apicrypt", "lesquelles.lifen"]),
    ],
)
def test_answers_are_written_under_the_headers_of_each_tool(toy, random_answers, as_exported, name, headers):
    assert list(as_exported(FORMATS[name], toy, random_answers(toy, 3, seed=1)))[:5] == headers


def coded(toy, **cells):
    answers = dict.fromkeys(toy.columns, "sans_reponse") | {name.replace("__", "."): c for name, c in cells.items()}
    return pd.DataFrame([answers], index=["r1"], dtype="str")


TICKED = {"lesquelles__mailiz": "1", "lesquelles__apicrypt": "0", "lesquelles__lifen": "1", "lesquelles__autre": "0",
          "lesquelles__aucune": "0"}  # fmt: skip


def test_ticks_are_a_list_or_boxes_as_the_tool_writes_them(toy, as_exported):
    written = {name: as_exported(FORMATS[name], toy, coded(toy, **TICKED)).iloc[0] for name in FORMATS}
    assert written["xlsform"]["lesquelles"] == "mailiz lifen"
    assert written["surveyjs"]["lesquelles"] == "mailiz, lifen"
    boxes = written["limesurvey"][[f"Q2lesquelles[SQ{rank}]" for rank in range(1, 6)]]
    assert boxes.tolist() == ["Y", "", "Y", "", ""]
    assert written["redcap"][["lesquelles___mailiz", "lesquelles___apicrypt"]].tolist() == ["1", "0"]


def test_a_missing_answer_is_an_empty_cell_unless_the_form_offers_it(toy, as_exported):
    row = as_exported(FORMATS["limesurvey"], toy, coded(toy, mss="ne_sait_pas", avis__simple="sans_objet")).iloc[0]
    assert row[["Q1mss", "Q4avis[SQ1]", "Q4avis[SQ2]", "Q7age"]].tolist() == ["A3", "A4", "", ""]
    assert (row.filter(like="Q2lesquelles") == "").all()
