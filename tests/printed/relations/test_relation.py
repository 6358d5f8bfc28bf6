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
    ("count", {"claim": "x", "values": [1, 2]}, "-2", "-2 : un effectif n'est jamais négatif"),
    ("saturation", {"first": "x", "last": 3, "total": 4}, "0", "0 : un rang est d'au moins 1"),
]


@pytest.mark.parametrize(("kind", "arguments", "printed", "sentence"), OUTSIDE)
def test_a_value_outside_its_limits_is_inconsistent_and_says_so(kind, arguments, printed, sentence):
    finding = relation(kind, **arguments).check({"x": printed})
    assert (finding.verdict, finding.explanation) == (Verdict.INCONSISTENT, sentence)


def test_the_end_of_a_limit_is_inside():
    assert relation("significance", claimed=False, p="x").check({"x": "1"}).holds
    assert relation("significance", claimed=True, p="x").check({"x": "0,000"}).holds
