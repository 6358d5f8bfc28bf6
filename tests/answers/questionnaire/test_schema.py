"""Every departure from the schema is told in French, with its place, the value and what was allowed."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.questionnaire import instrument, schema
from relecture.core.errors import InputError


def at(document, path):
    for step in path:
        document = document[step]
    return document


ITEMS = ("sections", 0, "items")
ASKED = "sections.usage.items"
ID = "attendu : des lettres minuscules sans accent, des chiffres et des _"
NO_SENSE = "n'a pas de sens pour un item de cette sorte"
SPOILED = [  # where, what is put there, the fault expected
    (
        (),
        {"titre": "x"},
        "document : « titre » inconnu ; attendus : collection, derived, id, scores, sections, source, title",
    ),
    ((), {"title": ""}, "title : un texte vide"),
    ((), {"title": 3}, "title : « 3 » ; attendu : un texte"),
    ((), {"id": "Jouet été"}, f"id : « Jouet été » ; {ID}"),
    ((), {"id": "deux__traits"}, f"id : « deux__traits » ; {ID}"),
    ((), {"id": "a" * 27}, f"id : « {'a' * 27} » a plus de 26 signes"),
    ((), {"sections": []}, "sections : 0 élément ; attendu : au moins 1"),
    (("source",), {"lines": [3]}, "source.lines : 1 élément ; attendu : au moins 2"),
    (("source",), {"lines": [3, 4, 5]}, "source.lines : 3 éléments ; attendu : au plus 2"),
    (("source",), {"lines": [0, 4]}, "source.lines.1 : 0 ; attendu : au moins 1"),
    ((*ITEMS, 0), {"choices": {}}, f"{ASKED}.mss.choices : 0 clé ; attendu : au moins 1"),
    ((*ITEMS, 0, "choices"), {"Si": "Si"}, f"{ASKED}.mss.choices : « Si » ; {ID}"),
    ((*ITEMS, 0, "choices"), {1: "Un"}, f"{ASKED}.mss.choices : « 1 » ; attendu : un texte"),
    (
        (*ITEMS, 0, "choices"),
        {"oui": {"label": "Oui", "poids": 3}},
        f"{ASKED}.mss.choices.oui : « poids » inconnu ; attendus : added, counted_as, exclusive, label",
    ),
    ((*ITEMS, 0, "choices"), {"oui": {"added": True}}, f"{ASKED}.mss.choices.oui : il manque « label »"),
    (
        (*ITEMS, 0, "choices"),
        {"oui": True},  # what YAML makes of an unquoted yes
        f"{ASKED}.mss.choices.oui : « True » ; attendu : un texte ou des paires « clé: valeur »",
    ),
    ((*ITEMS, 0), {"rows": {"a": "A"}}, f"{ASKED}.mss.rows : {NO_SENSE} (« {{'a': 'A'}} »)"),
    ((*ITEMS, 0), {"most": 3}, f"{ASKED}.mss.most : {NO_SENSE} (« 3 »)"),
    ((*ITEMS, 3), {"unit": "ans"}, f"{ASKED}.avis.unit : {NO_SENSE} (« ans »)"),
    ((*ITEMS, 2), {"choices": {"a": "A"}}, f"{ASKED}.lesquelles_autre.choices : {NO_SENSE} (« {{'a': 'A'}} »)"),
    (
        (*ITEMS, 1),
        {"relevant": {"egal": {"mss": "oui"}}},
        f"{ASKED}.lesquelles.relevant : « egal » inconnu ; attendus : all, any, equals, in, not, selected",
    ),
    (
        (*ITEMS, 1),
        {"relevant": {"equals": {"mss": "oui", "age": "x"}}},
        f"{ASKED}.lesquelles.relevant.equals : 2 clés (mss, age) ; attendu : au plus 1",
    ),
    (
        (*ITEMS, 1),
        {"relevant": {"in": {"mss": ["oui", "oui"]}}},
        f"{ASKED}.lesquelles.relevant.in.mss : « ['oui', 'oui'] » : un élément est répété",
    ),
    ((*ITEMS, 1), {"relevant": {"all": []}}, f"{ASKED}.lesquelles.relevant.all : 0 élément ; attendu : au moins 1"),
    (
        (*ITEMS, 1),
        {"relevant": ["mss"]},
        f"{ASKED}.lesquelles.relevant : « ['mss'] » ; attendu : des paires « clé: valeur »",
    ),
    (
        ("scores", 0),
        {"points": {"oui": "3", "non": 1}},
        "scores.note_avis.points.oui : « 3 » ; attendu : un nombre entier",
    ),
    (
        ("scores", 0),
        {"median_for": ["non_pose"]},
        "scores.note_avis.median_for.1 : « non_pose » ; attendu : sans_objet, ne_sait_pas, sans_reponse",
    ),
]


@pytest.mark.parametrize(("path", "change", "expected"), SPOILED)
def test_fault(document, path, change, expected):
    at(document, path).update(change)
    assert list(schema.faults(document)) == [expected]


@pytest.mark.parametrize("document", [None, [], "texte", 3])
def test_what_is_not_a_document_at_all_is_refused(document):
    assert list(schema.faults(document)) == [f"document : « {document} » ; attendu : des paires « clé: valeur »"]


def test_a_matrix_needs_rows_and_a_choice_item_choices(document):
    items = document["sections"][0]["items"]
    del items[0]["choices"]
    del items[3]["rows"]
    assert list(schema.faults(document)) == [
        "sections.usage.items.mss : il manque « choices »",
        "sections.usage.items.avis : il manque « rows »",
    ]


def test_the_toy_has_no_fault(document):
    assert list(schema.faults(document)) == []


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
PLACES = [
    (), ("source",), ("sections",), (*ITEMS,), *((*ITEMS, n) for n in range(5)), (*ITEMS, 1, "relevant"),
    (*ITEMS, 1, "choices"), (*ITEMS, 3, "rows"), ("scores",), ("scores", 0), ("derived", 0), ("derived", 0, "values"),
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), st.data(), JUNK)
def test_no_document_whatever_raises_anything_but_its_faults(toy_text, path, data, junk):
    document = yaml.safe_load(toy_text)
    place = at(document, path)
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    place[data.draw(st.sampled_from(keys))] = junk
    try:
        built = instrument.build(document)
    except InputError as error:
        assert error.faults
        assert all(fault.startswith("instrument.yaml, ") for fault in error.faults)
    else:
        assert built.items


def test_no_reference_of_the_schema_has_a_sister_key_that_draft_7_would_ignore():
    def nodes(node):
        yield node
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from nodes(child)

    references = [node for node in nodes(schema._schema()) if isinstance(node, dict) and "$ref" in node]
    assert references and all(list(node) == ["$ref"] for node in references)
