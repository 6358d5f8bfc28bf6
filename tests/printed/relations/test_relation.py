"""A relation run on values: what it judges comes first, and what is outside the limits of its role never holds."""

import pytest

from relecture.printed.finding import Verdict
from relecture.printed.relations import Relation


def relation(kind, **arguments):
    return Relation("r", kind, "L", "S", arguments)


def test_the_addresses_judged_come_first():
    one = relation("rank", value="v", among=["v", "w"], claim="c")
    assert (one.judged, one.addresses) == (("c",), ("c", "v", "w"))


OUTSIDE = [  # cases 11 and 12 of the issue, and their kin
    ("significance", {"claimed": True, "p": "x"}, "-0.22", "-0.22 : un p est entre 0 et 1"),
    ("significance", {"claimed": False, "p": "x"}, "5.2", "5.2 : un p est entre 0 et 1"),
    ("remainder", {"percent": "x", "others": 4, "n": 8}, "150", "150 : un pourcentage d'un tout est entre 0 et 100"),
    ("count", {"claim": "x", "values": [1, 2]}, "-2", "-2 : un effectif est d'au moins 0"),
    ("alpha", {"alpha": "x", "item_sds": [1, 1], "total_sd": 1.8}, "1,5", "1,5 : un alpha est d'au plus 1"),
    ("saturation", {"first": "x", "last": 3, "total": 4}, "0", "0 : un rang est d'au moins 1"),
]


@pytest.mark.parametrize(("kind", "arguments", "printed", "sentence"), OUTSIDE)
def test_a_value_outside_its_limits_is_inconsistent_and_says_so(kind, arguments, printed, sentence):
    finding = relation(kind, **arguments).check({"x": printed})
    assert (finding.verdict, finding.explanation) == (Verdict.INCONSISTENT, sentence)


def test_the_end_of_a_limit_is_inside():
    assert relation("significance", claimed=False, p="x").check({"x": "1"}).holds
    assert relation("significance", claimed=True, p="x").check({"x": "0,000"}).holds


LIMITS = [  # what a registry masks, or a paper tells only one side of
    ("part", {"count": "x", "n": 20}, "< 5"),
    ("difference", {"minuend": "x", "subtrahend": 2, "result": 3}, "< 5"),
    ("mean", {"mean": "x", "n": 20}, "> 3,5"),
    ("mean", {"mean": "x", "n": 223, "percent": True}, "> 1,6"),
    ("test_statistic", {"law": "Q", "value": 16.43, "df": "x", "p": 0.0585}, "< 10"),
    ("group_test", {"first": [20, 3, "x"], "second": [20, 3, 1], "p": 0.5}, "> 0,8"),
    ("rank", {"claim": 1, "value": "x", "among": ["x", 2]}, "≥ 3"),
    ("entropy", {"bits": "x", "length": 8, "alphabet": 26}, "> 50"),
]


@pytest.mark.parametrize(("kind", "arguments", "printed"), LIMITS)
def test_a_limit_where_the_number_is_needed_is_uncheckable(kind, arguments, printed):
    finding = relation(kind, **arguments).check({"x": printed})
    assert (finding.verdict, "le calcul demande le nombre" in finding.explanation) == (Verdict.UNCHECKABLE, True)


@pytest.mark.parametrize("p", ["ns", "> 0,05", "n.s."])
def test_a_p_of_which_one_side_is_told_is_checked(p):
    assert relation("significance", claimed=False, p="x").check({"x": p}).holds
    assert relation("significance", claimed=True, p="x").check({"x": p}).verdict is Verdict.INCONSISTENT
