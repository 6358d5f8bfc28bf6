"""Thirty-two items, each once, with a status and a place."""

import pytest
import yaml

from relecture.core.errors import InputError
from relecture.core.study import Study
from relecture.text.codes import coreq

ITEMS = [{"number": number, "label": f"Question {number}", "status": "absent"} for number in range(32, 0, -1)]


@pytest.fixture
def read(tmp_path):
    """The checklist of a study whose `coreq.yaml` holds these items."""

    def checklist(items):
        (tmp_path / "coreq.yaml").write_text(yaml.safe_dump({"items": items}, allow_unicode=True), encoding="utf-8")
        return coreq.coreq_checklist(Study("essai", tmp_path, {}, (), ()))

    return checklist


def _with(*changes):
    """The items, where each (rank, change) is applied."""
    items = list(ITEMS)
    for rank, change in changes:
        items[rank] = items[rank] | change
    return items


def test_the_checklist_is_that_of_its_authors():
    """Tong, Sainsbury & Craig 2007: 32 items, 8 on the team, 15 on the design, 9 on analysis and findings."""
    assert [len(numbers) for numbers in coreq.DOMAINS.values()] == [8, 15, 9]
    assert [number for numbers in coreq.DOMAINS.values() for number in numbers] == list(range(1, 33))


def test_items_come_in_order_with_their_domain(read):
    frame = read(_with((0, {"status": "partial", "place": "p. 12", "note": "Une phrase."})))
    assert frame["number"].tolist() == list(range(1, 33))
    assert frame.iloc[-1].tolist() == [
        32, "Analyse et résultats", "Question 32", "partial", "décrit en partie", "p. 12", "Une phrase.",
    ]  # fmt: skip
    assert frame.iloc[0]["domain"] == "Équipe de recherche et réflexivité"


def test_statuses_are_counted_by_domain_then_in_all(read):
    reported = {"status": "reported", "place": "p. 1"}
    counts = coreq.coreq_counts(read(_with((0, reported), (1, reported), (31, {"status": "not_applicable"}))))
    assert counts["domain"].tolist() == [*coreq.DOMAINS, "Ensemble"]
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
        ([*ITEMS, ITEMS[0]], ["item 32 : présent deux fois"]),
        ([*ITEMS, ITEMS[0] | {"number": 33}], ["ligne 99, items.33.number : 33 ; attendu : au plus 32"]),
        ([*ITEMS, 4], ["ligne 98, items.33 : « 4 » ; attendu : des paires « clé: valeur »"]),
        (_with((0, {"status": "oui"}), (1, {"label": ""})), [
            "ligne 4, items.1.status : « oui » ; attendu : reported, partial, absent, not_applicable",
            "ligne 5, items.2.label : un texte vide",
        ]),
        (_with((0, {"status": "reported"})), ["ligne 2, items.1 : il manque « place »"]),
        (_with((0, {"place": "p. 1"})), ["ligne 4, items.1.place : ne situe qu'un item décrit (« p. 1 »)"]),
        (_with((0, {"x": 1})), ["ligne 5, items.1 : « x » inconnu ; attendus : label, note, number, place, status"]),
    ],
)  # fmt: skip
def test_a_checklist_is_refused_with_every_fault(read, items, faults):
    with pytest.raises(InputError) as refused:
        read(items)
    assert list(refused.value.faults) == [f"coreq.yaml, {fault}" for fault in faults]
