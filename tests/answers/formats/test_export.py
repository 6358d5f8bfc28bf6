"""Conditions in the words of a language, and what every export tells of an item."""

import dataclasses

import pytest

from relecture.answers.formats import export
from relecture.answers.questionnaire.conditions import parse

A, B = {"equals": {"a": "x"}}, {"not": {"equals": {"b": "y"}}}


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (A, "a"),
        ({"all": [A]}, "a"),  # one part needs no parentheses
        ({"all": [A, B]}, "(a ET not(b))"),
        ({"any": [A, {"all": [A, B]}]}, "(a OU (a ET not(b)))"),
    ],
)
def test_conditions_have_parentheses_wherever_two_parts_meet(tree, text):
    assert export.condition_text(parse(tree), lambda leaf: leaf.target, all_of=" ET ", any_of=" OU ") == text


def test_several_comparisons_are_one_leaf():
    assert (export.any_equal(["a"], " or "), export.any_equal(["a", "b"], " or ")) == ("a", "(a or b)")


def test_below_a_question_stand_its_hint_its_probes_and_that_it_is_observed(toy):
    reason = dataclasses.replace(toy["raison"], hint="En deux mots", mode="observed")
    assert export.hint_text(reason) == "En deux mots Un exemple ? Et au cabinet ? À observer, sans poser la question."
    assert export.hint_text(toy["mss"]) == ""


def test_what_is_ticked_alone_and_what_no_tool_computes(toy):
    assert export.exclusive_codes(toy["lesquelles"]) == ["aucune"]
    assert export.exclusive_codes(toy["mss"]) == ["ne_sait_pas"]
    assert export.not_computed(toy) == [
        "score « Score d'avis », calculé à l'import", "variable « Groupe », déduite à l'import"
    ]  # fmt: skip


def test_a_row_of_a_file_may_lack_columns():
    rows = [{"a": 1, "b": 'dit "non"'}, {"b": "x\ty"}]
    assert export.csv_text(["a", "b"], rows) == 'a,b\r\n1,"dit ""non"""\r\n,x\ty\r\n'
    assert export.csv_text(["a", "b"], rows, delimiter="\t").endswith('\r\n\t"x\ty"\r\n')
