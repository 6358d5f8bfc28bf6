"""Conditions of three languages give the trees that were written by hand beside them."""

import pytest

from relecture.answers.formats import expressions

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
COMPARES, WRITTEN = "elle ne compare pas que des questions et des codes", "écriture qui n'est pas comprise"
REFUSED = [
    ("${a} > 18", COMPARES),
    ("count-selected(${a}) = 2", COMPARES),
    ("${a}", COMPARES),
    ("'a' = ${a}", COMPARES),
    ("[a] = [b]", WRITTEN),
    ("${a} = '1' ${b}", WRITTEN),
    ("(${a} = '1'", WRITTEN),
    ("__import__('os')", COMPARES),
    ("${a} = f'{b}'", WRITTEN),
    ("", WRITTEN),
    ("#", WRITTEN),
    ("(" * 5000 + "${a} = '1'", WRITTEN),
    ("!" * 50_000 + "${a} = '1'", WRITTEN),
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
    assert str(refused.value) == reason
