"""Relations as data: addresses, stars, repetitions; every fault of the list named at once, in French."""

import pytest

from relecture.printed import relations
from relecture.printed.finding import Verdict

VALUES = {
    "t.hommes.a": "8",
    "t.femmes.a": "13",
    "t.hommes.b": "35",
    "t.femmes.b": "25",
    "n.a": "21",
    "n.b": "60",
    "n.total.exact": "81",
}
SHOWN = {"label": "Somme", "section": "Essai"}
UNKNOWN = "tous sont dans docs/relations.md)"


def parsed(*records):
    return relations.parse(records, tuple(VALUES))


def one(**arguments) -> relations.Relation:
    found, faults = parsed({"id": "r", **SHOWN, **arguments})
    assert faults == []
    return found[0]


def test_addresses_stand_for_what_is_printed_there():
    relation = one(kind="partition", parts=["t.hommes.a", "t.femmes.a"], total="n.a")
    assert relation.addresses == ("n.a", "t.hommes.a", "t.femmes.a")  # the total is judged: it comes first
    assert relation.check(VALUES).verdict is Verdict.REPRODUCED
    assert relation.check(VALUES | {"n.a": "20"}).verdict is Verdict.INCONSISTENT


STARS = [
    ("t.*.a", ["t.hommes.a", "t.femmes.a"]),
    ("t.hommes.*", ["t.hommes.a", "t.hommes.b"]),
    ("*.*.b", ["t.hommes.b", "t.femmes.b"]),
    ("n.*", ["n.a", "n.b"]),  # a star is one step: n.total.exact has two
    ("n.*.*", ["n.total.exact"]),
]


@pytest.mark.parametrize(("pattern", "addresses"), STARS)
def test_a_star_is_one_step_of_the_path(pattern, addresses):
    assert list(one(kind="multiple_answers", parts=[pattern], n=81).addresses) == addresses
    assert list(one(kind="multiple_answers", parts=pattern, n=81).addresses) == addresses  # alone where a list is meant


def test_numbers_and_literals_stand_for_themselves():
    relation = one(kind="multiple_answers", parts=["t.*.a"], n="n.a", most=1)
    assert relation.check(VALUES).verdict is Verdict.CONSISTENT
    relation = one(kind="significance", claimed=True, p="t.hommes.a", level="0,05")
    assert relation.addresses == ("t.hommes.a",)  # the level is not an address


def test_lists_may_be_nested():
    relation = one(kind="same", values=["n.a", "n.a"])
    assert relation.addresses == ("n.a",)
    relation = one(kind="partition", parts=[["t.*.a"], "n.b"], total="n.total.exact")
    assert relation.check(VALUES).expected == "81"


def test_each_repeats_a_relation():
    found, faults = parsed(
        {
            "id": "{q}.{g}",
            "kind": "partition",
            "label": "{q_label}, {g_label}",
            "section": "Essai",
            "each": {"q": {"t": "Genre"}, "g": {"a": "chez les uns", "b": "chez les autres"}},
            "parts": ["{q}.*.{g}"],
            "total": "n.{g}",
        }
    )
    assert faults == []
    assert [(relation.id, relation.label) for relation in found] == [
        ("t.a", "Genre, chez les uns"),
        ("t.b", "Genre, chez les autres"),
    ]
    assert [relation.check(VALUES).expected for relation in found] == ["21", "60"]


def test_each_may_be_every_step_that_a_star_stands_for():
    record = {"id": "x.{g}", **SHOWN, "kind": "partition", "each": {"g": "n.*"}, "parts": ["t.*.{g}"], "total": "n.{g}"}
    found, faults = parsed(record)
    assert ([relation.id for relation in found], faults) == (["x.a", "x.b"], [])
    assert parsed(record | {"each": {"g": "z.*"}})[0] == []


def test_a_literal_list_keeps_its_stars():
    assert one(kind="represented", values=["n.*"], among=["*", "n.*"]).arguments["among"] == ["*", "n.*"]


def test_each_may_be_a_plain_list():
    found, _ = parsed({"id": "x.{g}", **SHOWN, "kind": "same", "each": {"g": ["a", "b"]}, "values": ["n.{g}", "n.{g}"]})
    assert [relation.id for relation in found] == ["x.a", "x.b"]


GOOD = {"id": "bon", "kind": "same", "values": ["n.a", "n.a"], **SHOWN}
FAULTS = [
    ({"id": "r", "kind": "moyenne", **SHOWN}, [f"relation « r » : genre inconnu « moyenne » ({UNKNOWN}"]),
    (
        {"id": "r", "kind": "persentage", **SHOWN},
        [f"relation « r » : genre inconnu « persentage » (vouliez-vous dire « percentage » ? {UNKNOWN}"],
    ),
    ({"id": "r", **SHOWN}, [f"relation « r » : genre inconnu « None » ({UNKNOWN}"]),
    ({"id": "r", "kind": "partition", "parts": ["n.a"], **SHOWN}, ["relation « r » : il manque « total »"]),
    (
        {"kind": "partition", "parts": ["n.a"], "section": "Essai"},
        [
            "relation « ? » : il manque « id »",
            "relation « ? » : il manque « label »",
            "relation « ? » : il manque « total »",
        ],
    ),
    (
        {"id": "r", "kind": "partition", "parts": ["n.a"], "total": "n.a", "n": 3, **SHOWN},
        ["relation « r » : « n » n'est pas prévu (prévus : parts, total)"],
    ),
    (
        {"id": "r", "kind": "same", "values": ["n.a", "n.z", "t.*.z"], **SHOWN},
        ["relation « r » : adresse inconnue « n.z »", "relation « r » : adresse inconnue « t.*.z »"],
    ),
    (
        {"id": "r", "kind": "percentage", "percent": "37,5", "count": "n.aa", "n": 32, **SHOWN},
        [
            "relation « r » : adresse inconnue « 37,5 » (un nombre s'écrit ici avec un point : 37.5)",
            "relation « r » : adresse inconnue « n.aa » (vouliez-vous dire « n.a » ?)",
        ],
    ),
    (
        {"id": "r.{g}", "kind": "same", "values": ["n.a", "n.{g}"], **SHOWN},
        ["relation « r.{g} » : {g} n'est pas défini par « each »"],
    ),
    (
        {"id": "r", "kind": "same", "each": {"g": ["a", "b"]}, "values": ["n.a", "n.{g}"], **SHOWN},
        ["relation « r » : déclarée deux fois"],
    ),
]


ONE = {"id": "r", **SHOWN}
MALFORMED = [  # every one a traceback, or Python's English, at the start of issue 16
    ({"kind": "mean_sd", "mean": "n.a", "sd": "n.a", "n": "n.a", "items": "three"}, "« items » : « three » ; attendu"),
    ({"kind": "mean_sd", "mean": "n.a", "sd": "n.a", "n": "n.a", "items": 2.5}, "« items » : « 2.5 » ; attendu"),
    ({"kind": "mean_sd", "mean": "n.a", "sd": "n.a", "n": "n.a", "scale": [1, 5.5]}, "« scale » : « [1, 5.5] »"),
    ({"kind": "mean_sd", "mean": "n.a", "sd": "n.a", "n": "n.a", "scale": [1]}, "« scale » : « [1] » ; attendu"),
    ({"kind": "mean_sd", "mean": "n.a", "sd": "n.a", "n": "n.a", "scale": 5}, "« scale » : « 5 » ; attendu"),
    ({"kind": "mean_sd", "mean": "n.a", "sd": "n.a", "n": "n.a", "scale": "1-5"}, "« scale » : « 1-5 » ; attendu"),
    ({"kind": "partition", "parts": "n.a", "total": "n.b"}, "« parts » : « [n.a] » ; attendu"),  # brackets forgotten
    ({"kind": "multiple_answers", "parts": ["n.a"], "n": "n.a", "most": "two"}, "« most » : « two » ; attendu"),
    ({"kind": "majority", "parts": "n.a", "n": "n.b", "claimed": "non"}, "« claimed » : « non » ; attendu : true ou"),
    ({"kind": "odds_ratio", "estimate": "n.a", "interval": "n.a"}, "« interval » : « n.a » ; attendu : ["),
    ({"kind": "odds_ratio", "estimate": "n.a", "interval": ["n.a"]}, "« interval » : « [n.a] » ; attendu : ["),
    ({"kind": "odds_ratio", "estimate": "n.a", "interval": ["n.a"] * 3}, "« interval » : « [n.a, n.a, n.a] » ;"),
    ({"kind": "odds_ratio", "estimate": ["n.a"], "interval": ["n.a", "n.b"]}, "« estimate » : « [n.a] » ; attendu"),
    (
        {"kind": "difference", "minuend": "n.a", "subtrahend": "n.a", "result": 0, "conventions": {"test": "welch"}},
        "« difference » n'essaie pas la convention « test » (rounding)",
    ),
    ({"kind": "same", "values": []}, "« values » : « [] » ; attendu : [un nombre, un nombre, …]"),
    ({"kind": "same", "values": "n.a"}, "« values » : « [n.a] » ; attendu : [un nombre, un nombre, …]"),
    ({"kind": "same", "values": {"a": "n.a"}}, "« values » : « {'a': 'n.a'} » ; attendu"),
    ({"kind": "same", "values": ["n.a", None]}, "« values » : « [n.a, rien] » : YAML lit « null », « ~ » ou rien"),
    ({"kind": "represented", "values": ["n.a", 3], "among": ["x"]}, "« values » : « [n.a, 3] » ; attendu : [un mot"),
    ({"kind": "represented", "values": ["n.a"], "among": [True, "x"]}, "« among » : « [true, x] » : YAML lit « yes »"),
    ({"kind": "distinct", "first": ["n.a", "n.b"], "second": ["n.a"]}, "des listes de même longueur sont attendues"),
    ({"kind": "same", "values": ["n.a", "n.a"], "each": {"g": ["x", False]}}, "« each », « g » : « false » ; YAML lit"),
    ({"kind": "same", "values": ["n.a", "n.a"], "each": {"g": {"x": None}}}, "« each », « g » : « rien » ; YAML lit"),
    ({"kind": "same", "values": ["n.a", "n.a"], "each": {"g": "n.a"}}, "« each », « g » : « n.a » ; attendu : une"),
    ({"kind": "same", "values": ["n.a", "n.{g[}"], "each": {"g": ["x"]}}, "{g[} n'est pas défini par « each »"),
    (
        {"kind": "same", "values": ["n.a", "n.a"], "each": {letter: list(range(99)) for letter in "abc"}},
        "« each » la répète plus de 10000 fois",
    ),
]


@pytest.mark.parametrize(("record", "start"), MALFORMED)
def test_a_malformed_argument_is_refused_in_one_french_sentence(record, start):
    _, (fault,) = parsed(ONE | record)
    assert fault.text.startswith(f"relation « r » : {start}")


def test_what_holds_itself_is_refused():
    endless = ["n.a"]
    endless.append(endless)
    assert [fault.text for fault in parsed(ONE | {"kind": "same", "values": endless})[1]] == [
        "relation « r » : trop de valeurs, ou trop de niveaux"
    ]


@pytest.mark.parametrize(("record", "messages"), FAULTS)
def test_each_fault_is_named(record, messages):
    assert [fault.text for fault in parsed(record)[1]] == messages


def test_all_faults_are_named_at_once():
    records = [record for record, _ in FAULTS[1:7]]
    found, faults = parsed(GOOD, *[record | {"id": f"r{at}"} for at, record in enumerate(records)], GOOD)
    assert [fault.text.partition(" : ")[0] for fault in faults] == [
        "relation « r0 »",
        "relation « r1 »",
        "relation « r2 »",
        "relation « r3 »",
        "relation « r3 »",
        "relation « r4 »",
        "relation « r5 »",
        "relation « r5 »",
        "relation « bon »",
    ]
    assert [relation.id for relation in found] == ["bon", "r5", "bon"]
