"""Conditions of three languages give the trees that were written by hand beside them."""

import pytest

from relecture.answers.intake import expressions

A, B, C = ({"equals": {name: "1"}} for name in "abc")
CASES = [
    ("${a} = '1'", A),
    ('[a] = "1"', A),
    ("[a]='1'", A),
    ("[a] = 1", A),
    ('a.NAOK == "1"', A),
    ('((a.NAOK == "1"))', A),
    ("${a} = '1' and ${b} = '1' or ${c} = '1'", {"any": [{"all": [A, B]}, C]}),
    ("${a} = '1' and (${b} = '1' or ${c} = '1')", {"all": [A, {"any": [B, C]}]}),
    ("[a] = '1' or [a] = '2'", {"in": {"a": ["1", "2"]}}),
    ("not(${a} = '1')", {"not": A}),
    ('!(a.NAOK == "1")', {"not": A}),
    ('a.NAOK == "1" && b.NAOK != "1"', {"all": [A, {"not": B}]}),
    ("[a] <> '1'", {"not": A}),
    ("selected(${a}, '1')", A),
    ("[a(1)] = '1'", {"equals": {"a(1)": "1"}}),
    ("${a} != ''", {"not": {"equals": {"a": ""}}}),
    ("!is_empty(a.NAOK)", {"not": {"equals": {"a": ""}}}),
    ("[a] = '1' AND [b] = '1'", {"all": [A, B]}),
]
REFUSED = [
    ("${a} > 18", "« > 18 » n'est pas une comparaison avec un code"),
    ("count-selected(${a}) = 2", "« count-selected »"),
    ("[a] = [b]", "« = b »"),
    ("${a} = '1' ${b}", "« b »"),
    ("(${a} = '1'", "«  » n'y est pas compris"),
    ("${a}", "n'est pas une comparaison"),
    ("", "«  »"),
    ("#", "« # »"),
    ("(" * 5000 + "${a} = '1'", "trop de niveaux"),
]


def leaf(name, code):
    return {"equals": {name: code}}


@pytest.mark.parametrize(("text", "tree"), CASES)
def test_a_condition_is_read(text, tree):
    assert expressions.parse(text, leaf) == tree


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_an_instrument_cannot_say_is_refused_with_its_reason(text, reason):
    with pytest.raises(expressions.UnreadableCondition) as refused:
        expressions.parse(text, leaf)
    assert reason in str(refused.value)
