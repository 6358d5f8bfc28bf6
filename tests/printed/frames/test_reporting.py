"""Every item of a guideline, each once, with a status and a place."""

import pytest
import yaml

from relecture.core.errors import InputError, UnknownName
from relecture.core.study import Study
from relecture.printed.frames import reporting

GUIDELINES = yaml.safe_load(reporting.GUIDELINES.read_text(encoding="utf-8"))
ITEMS = [{"number": number, "status": "absent", "note": f"Rien ({number})."} for number in range(32, 0, -1)]


@pytest.fixture
def read(tmp_path):
    """The checklist of a study whose file holds these items."""

    def checklist(items, guideline="coreq"):
        text = yaml.safe_dump({"items": items}, allow_unicode=True)
        (tmp_path / f"{guideline}.yaml").write_text(text, encoding="utf-8")
        return reporting.reporting_checklist(Study("essai", tmp_path, {}, (), ()), guideline)

    return checklist


def _with(*changes):
    """The items, where each (rank, change) is applied."""
    items = list(ITEMS)
    for rank, change in changes:
        items[rank] = items[rank] | change
    return items


def _numbers(guideline):
    return [str(number) for items in GUIDELINES[guideline]["domains"].values() for number in items]


@pytest.mark.parametrize(
    ("guideline", "sizes"),
    [
        # von Elm et al. 2007: title 1, introduction 2-3, methods 4-12, results 13-17, discussion 18-21, funding 22;
        # with the letters of the checklist for cross-sectional studies
        ("strobe", [2, 2, 13, 10, 4, 1]),
        # Eysenbach 2004, table 1: design, ethics, testing, recruitment, administration, rates, doubles, analysis
        ("cherries", [1, 3, 1, 3, 11, 4, 4, 3]),
        # Tong, Sainsbury & Craig 2007: team, design, analysis and findings
        ("coreq", [8, 15, 9]),
    ],
)  # fmt: skip
def test_each_guideline_is_that_of_its_authors(guideline, sizes):
    assert [len(items) for items in GUIDELINES[guideline]["domains"].values()] == sizes
    assert len(set(_numbers(guideline))) == sum(sizes)


def test_strobe_has_twenty_two_items_and_the_letters_of_cross_sectional_studies():
    letters = {"1": "ab", "6": "a", "12": "abcde", "13": "abc", "14": "ab", "16": "abc"}
    items = map(str, range(1, 23))
    assert _numbers("strobe") == [item + letter for item in items for letter in letters.get(item, [""])]


@pytest.mark.parametrize("guideline", ["cherries", "coreq"])
def test_other_guidelines_count_from_one(guideline):
    assert _numbers(guideline) == [str(number) for number in range(1, len(_numbers(guideline)) + 1)]


def test_every_item_has_its_own_words():
    labels = [label for one in GUIDELINES.values() for items in one["domains"].values() for label in items.values()]
    assert len(set(labels)) == len(labels) == 94
    assert [label for label in labels if len(label.split()) > 12] == []


def test_items_come_in_order_with_their_domain_and_their_words(read):
    frame = read(_with((0, {"status": "partial", "place": "p. 12", "note": "Une phrase."})))
    assert frame["number"].tolist() == [str(number) for number in range(1, 33)]
    assert frame.iloc[-1].tolist() == [
        "32", "Analyse et résultats", "Clarté des thèmes mineurs", "partial", "décrit en partie", "p. 12",
        "Une phrase.",
    ]  # fmt: skip
    assert frame.iloc[0]["domain"] == "Équipe de recherche et réflexivité"
    assert frame.attrs == {"guideline": "COREQ", "source": "Tong, Sainsbury et Craig, 2007", "items": 32}


def test_a_number_has_a_letter_or_none(read):
    told = [{"number": number, "status": "absent", "note": "Rien."} for number in reversed(_numbers("strobe"))]
    frame = read(
        [item | {"number": int(item["number"])} if item["number"].isdigit() else item for item in told], "strobe"
    )
    assert frame["number"].tolist() == _numbers("strobe")


def test_statuses_are_counted_by_domain_then_in_all(read):
    reported = {"status": "reported", "place": "p. 1"}
    counts = reporting.reporting_counts(
        read(_with((0, reported), (1, reported), (31, {"status": "not_applicable"}))),
    )
    assert counts["domain"].tolist() == [*GUIDELINES["coreq"]["domains"], "Ensemble"]
    assert counts[["reported", "partial", "absent", "not_applicable", "items"]].to_numpy().tolist() == [
        [0, 0, 7, 1, 8],
        [0, 0, 15, 0, 15],
        [2, 0, 7, 0, 9],
        [2, 0, 29, 1, 32],
    ]


@pytest.mark.parametrize(
    ("items", "faults"),
    [
        (None, ["ligne 1, items : « None » ; attendu : une liste"]),
        (ITEMS[2:], ["items absents : 31, 32"]),
        ([*ITEMS, {**ITEMS[0]}], ["ligne 99, item 32 : présent deux fois"]),
        ([ITEMS[1] | {"number": 33}, *ITEMS[:-1], {**ITEMS[3]}], [
            "ligne 3, item 33 : n'est pas dans cette grille",
            "ligne 99, item 29 : présent deux fois",
            "item absent : 1",
        ]),
        ([*ITEMS, 4], ["ligne 98, items.33 : « 4 » ; attendu : des paires « clé: valeur »"]),
        (_with((0, {"status": "oui"}), (1, {"note": ""})), [
            "ligne 4, items.1.status : « oui » ; attendu : reported, partial, absent, not_applicable",
            "ligne 5, items.2.note : un texte vide",
        ]),
        (_with((0, {"number": 3.5})), ["ligne 3, items.1.number : « 3.5 » ; attendu : un nombre entier ou un texte"]),
        (_with((0, {"status": "reported"})), ["ligne 2, items.1 : il manque « place »"]),
        (_with((0, {"place": "p. 1"})), ["ligne 4, items.1.place : ne situe qu'un item décrit (« p. 1 »)"]),
        (_with((0, {"x": 1})), ["ligne 5, items.1 : « x » inconnu ; attendus : note, number, place, status"]),
        ([{"number": 1, "status": "absent"}], ["ligne 2, items.1 : il manque « note »"]),
    ],
)  # fmt: skip
def test_a_checklist_is_refused_with_every_fault(read, items, faults):
    with pytest.raises(InputError) as refused:
        read(items)
    assert list(refused.value.faults) == [f"coreq.yaml, {fault}" for fault in faults]


def test_another_guideline_is_refused_with_the_nearest(read):
    with pytest.raises(UnknownName, match=r"« srobe » n'est pas une grille de lecture connue.*« strobe »"):
        read(ITEMS, "srobe")
