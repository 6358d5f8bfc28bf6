"""Records repeated by `each`, and lists in which stars give way to addresses."""

import pytest

from relecture.printed.relations import repetition

ADDRESSES = ["t.a.n", "t.a.mean", "t.b.n", "u.n"]


def test_a_star_is_replaced_wherever_it_stands_in_lists():
    assert repetition.expanded([["t.*.n", "u.n"], "t.a.*"], ADDRESSES) == [
        ["t.a.n", "t.b.n", "u.n"],
        "t.a.n",
        "t.a.mean",
    ]


def test_a_star_that_matches_nothing_stays_to_be_told():
    assert repetition.expanded(["z.*"], ADDRESSES) == ["z.*"]


def test_steps_are_those_of_the_star_without_repetition():
    assert repetition.steps("t.*.n", ADDRESSES) == ["a", "b"]
    assert repetition.steps("t.a.*", ADDRESSES) == ["n", "mean"]
    assert repetition.steps(["a"], ADDRESSES) == ["a"]


def test_copies_replace_names_in_every_text_and_give_labels():
    record = {"id": "{g}", "label": "{g_label}", "n": 3, "parts": [["t.{g}.n"]], "each": {}}
    assert list(repetition.copies(record, {"g": {"a": "the a", 2: "two"}})) == [
        {"id": "a", "label": "the a", "n": 3, "parts": [["t.a.n"]]},
        {"id": "2", "label": "two", "n": 3, "parts": [["t.2.n"]]},
    ]


@pytest.mark.parametrize("text", ["{h}", "{g.x}", "{}", "{0}"])
def test_an_unknown_name_is_a_key_error(text):
    with pytest.raises(KeyError):
        list(repetition.copies({"id": text}, {"g": ["a"]}))
