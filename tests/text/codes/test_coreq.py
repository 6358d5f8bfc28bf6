"""Thirty-two items, each once, with a status and a place."""

import pytest

from relecture.core.errors import InputError
from relecture.text.codes import coreq

ITEMS = [{"number": number, "label": f"Question {number}", "status": "absent"} for number in range(32, 0, -1)]


def _with(*changes):
    """The items, where each (rank, change) is applied."""
    items = list(ITEMS)
    for rank, change in changes:
        items[rank] = items[rank] | change
    return {"items": items}


def _faults(document):
    with pytest.raises(InputError) as refused:
        coreq.checklist(document)
    return refused.value.faults


def test_the_checklist_is_that_of_its_authors():
    """Tong, Sainsbury & Craig 2007: 32 items, 8 on the team, 15 on the design, 9 on analysis and findings."""
    assert [len(numbers) for numbers in coreq.DOMAINS.values()] == [8, 15, 9]
    assert [number for numbers in coreq.DOMAINS.values() for number in numbers] == list(range(1, 33))


def test_items_come_in_order_with_their_domain():
    frame = coreq.checklist(_with((0, {"status": "partial", "place": "p. 12", "note": "Une phrase."})))
    assert frame["number"].tolist() == list(range(1, 33))
    assert frame.iloc[-1].tolist() == [
        32, "Analyse et résultats", "Question 32", "partial", "décrit en partie", "p. 12", "Une phrase.",
    ]  # fmt: skip
    assert frame.iloc[0]["domain"] == "Équipe de recherche et réflexivité"


def test_the_summary_counts_by_domain_then_in_all():
    told = {"status": "reported", "place": "p. 1"}
    counts = coreq.status_counts(coreq.checklist(_with((0, told), (1, told), (31, {"status": "not_applicable"}))))
    assert counts["domain"].tolist() == [*coreq.DOMAINS, "Ensemble"]
    assert counts[["reported", "partial", "absent", "not_applicable", "items"]].to_numpy().tolist() == [
        [0, 0, 7, 1, 8],
        [0, 0, 15, 0, 15],
        [2, 0, 7, 0, 9],
        [2, 0, 29, 1, 32],
    ]


@pytest.mark.parametrize(
    ("document", "faults"),
    [
        (None, ["coreq.yaml : une liste « items » est attendue"]),
        ({"items": ITEMS[2:]}, ["coreq.yaml, items absents : 31, 32"]),
        ({"items": [*ITEMS, ITEMS[0]]}, ["coreq.yaml, item 32 : présent deux fois"]),
        ({"items": [*ITEMS, {"number": 33}, 4]}, [
            "coreq.yaml, entrée 33 : un « number » de 1 à 32 est attendu",
            "coreq.yaml, entrée 34 : un « number » de 1 à 32 est attendu",
        ]),
        (_with((0, {"status": "oui"}), (31, {"label": ""})), [
            "coreq.yaml, item 32 : « status » : « oui » ; attendu : reported, partial, absent, not_applicable",
            "coreq.yaml, item 1 : « label » : un texte est attendu",
        ]),
        (_with((0, {"status": "reported"})), ["coreq.yaml, item 32 : « place » : attendue pour un item décrit"]),
        (_with((0, {"place": "p. 1"})), ["coreq.yaml, item 32 : « place » : « p. 1 » situe un item non décrit"]),
        (_with((0, {"x": 1})), [
            "coreq.yaml, item 32 : clé inconnue « x » (prévues : number, label, status, place, note)",
        ]),
    ],
)  # fmt: skip
def test_a_checklist_is_refused_with_every_fault(document, faults):
    assert list(_faults(document)) == faults
