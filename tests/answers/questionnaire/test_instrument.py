"""An instrument is read whole into frozen objects, or refused with every fault of the file at once."""

import dataclasses

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.questionnaire import instrument, items
from relecture.answers.questionnaire.conditions import Comparison, Not
from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.study import load_study


def test_the_toy_is_read_whole(toy):
    assert (toy.id, toy.title, toy.collection) == ("jouet", "Un jouet", "entretien")
    assert toy.source == {"thesis": "Jouet 2024", "annex": "annexe 1", "lines": [10, 60]}
    assert [section.id for section in toy.sections] == ["usage", "vous"]
    assert toy.sections[0].intro == "Merci de répondre pour votre cabinet."
    assert [item.id for item in toy.items] == [
        "mss", "lesquelles", "lesquelles_autre", "avis", "raison", "alarme", "age", "duree", "ville",
    ]  # fmt: skip
    with pytest.raises(KeyError):
        toy["absent"]


def test_it_shows_itself_as_its_sections(toy):
    """Oracle: fifteen lines at most, the bound of the design, where its fields take thousands of characters."""
    first, *sections = repr(toy).replace("\u00a0", " ").splitlines()
    assert first == "jouet : Un jouet" and len(sections) == len(toy.sections)
    assert sections[0] == f"{toy.sections[0].title} : {len(toy.sections[0].items)} questions"


def test_every_feature_of_an_item_is_read(toy):
    mss, ticks, reason = toy["mss"], toy["lesquelles"], toy["raison"]
    assert [(one.id, one.missing) for one in mss.choices] == [("oui", False), ("non", False), ("ne_sait_pas", True)]
    assert [one.id for one in mss.offered] == ["oui", "non"]
    assert ticks.source == items.Source("2", (14, 18), "La condition n'est pas écrite sur le formulaire.")
    assert ticks.relevant == Comparison("equals", "mss", ("oui",))
    assert (ticks.least, ticks.most) == (1, 2)
    assert [(one.id, one.exclusive, one.added, one.counted_as) for one in ticks.choices] == [
        ("mailiz", False, False, "mailiz"),
        ("apicrypt", False, False, "payante"),
        ("lifen", False, False, "payante"),
        ("autre", False, True, "autre"),
        ("aucune", True, False, "aucune"),
    ]
    assert toy["avis"].relevant == Not(Comparison("equals", "mss", ("non",)))
    assert (reason.probes, reason.never_asked) == (("Un exemple ?", "Et au cabinet ?"), True)
    assert (toy["alarme"].mode, mss.mode) == ("observed", "asked")
    assert (toy["age"].low, toy["age"].high, toy["age"].decimals, toy["age"].hint) == (24, 75, 0, "En années révolues")
    assert (toy["duree"].low, toy["duree"].high, toy["duree"].decimals, toy["duree"].unit) == (0, None, 1, "ans")
    assert [item.id for item in toy.items if item.identifying] == ["ville"]


def test_scores_and_derived_variables_are_read(toy):
    (score,), (group,) = toy.scores, toy.derived
    assert (score.matrix, score.points) == ("avis", {"oui": 3, "bof": 2, "non": 1})
    assert (score.reversed, score.median_for) == (("lente",), ("sans_objet",))
    assert [(case.id, case.label) for case in group.cases] == [("equipes", "équipés"), ("autres", "non équipés")]


def test_an_instrument_is_frozen(toy):
    with pytest.raises(dataclasses.FrozenInstanceError):
        toy.title = "autre"


def test_it_is_read_from_a_file_or_a_study(tmp_path, document):
    path = tmp_path / "essai.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert instrument.load(path) == instrument.load(str(path)) == instrument.build(document)
    assert instrument.load(load_study("guefif")).id == "guefif"


def test_a_study_its_folder_and_its_file_give_the_same_instrument():
    study = load_study("guefif")
    assert instrument.load(study) == instrument.load(study.folder) == instrument.load(study.folder / "instrument.yaml")


def test_a_folder_without_an_instrument_says_so(tmp_path):
    with pytest.raises(InputError, match=r"instrument\.yaml : fichier absent"):
        instrument.load(tmp_path)


def test_all_faults_come_at_once_with_the_name_of_the_file(tmp_path, document):
    path = tmp_path / "essai.yaml"
    document["sections"][0]["items"][0]["kind"] = "unique"
    del document["sections"][1]["title"]
    text = yaml.safe_dump(document, sort_keys=False)
    kind, you = (text.splitlines().index(line) + 1 for line in ("    kind: unique", "- id: vous"))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        instrument.load(path)
    allowed = "single, multiple, matrix, number, text, date, time"
    assert error.value.faults == (
        f"essai.yaml, ligne {kind}, sections.usage.items.mss.kind : « unique » ; attendu : {allowed}",
        f"essai.yaml, ligne {you}, sections.vous : il manque « title »",
    )


def test_an_answer_written_twice_is_refused_not_lost(tmp_path):
    path = tmp_path / "essai.yaml"
    path.write_text("id: jouet\nchoices: {oui: Oui, non: Non, oui: Si}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        instrument.load(path)
    assert error.value.faults == ("essai.yaml, ligne 2 : clé « oui » répétée",)


def at(document, path):
    for step in path:
        document = document[step]
    return document


ITEMS = ("sections", 0, "items")
ASKED = "sections.usage.items"
QUOTED = "clé « {} » à mettre entre guillemets (un texte qui contient une virgule aussi)"
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
    ((), {"id": "a" * 49}, f"id : « {'a' * 49} » a plus de 48 signes"),
    ((), {"sections": []}, "sections : 0 élément ; attendu : au moins 1"),
    (("source",), {"lines": [3]}, "source.lines : 1 élément ; attendu : au moins 2"),
    (("source",), {"lines": [3, 4, 5]}, "source.lines : 3 éléments ; attendu : au plus 2"),
    (("source",), {"lines": [0, 4]}, "source.lines.1 : 0 ; attendu : au moins 1"),
    ((*ITEMS, 0), {"choices": {}}, f"{ASKED}.mss.choices : 0 clé ; attendu : au moins 1"),
    ((*ITEMS, 0, "choices"), {"Si": "Si"}, f"{ASKED}.mss.choices : « Si » ; {ID}"),
    ((*ITEMS, 0, "choices"), {1: "Un"}, f"{ASKED}.mss.choices : {QUOTED.format(1)}"),
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


def faults(document):
    told = schemas.faults(document, instrument.SCHEMA, "jouet")
    return [fault.removeprefix("jouet, ") for fault in told]


@pytest.mark.parametrize(("path", "change", "expected"), SPOILED)
def test_fault(document, path, change, expected):
    at(document, path).update(change)
    assert faults(document) == [expected]


@pytest.mark.parametrize("document", [None, [], "texte", 3])
def test_what_is_not_a_document_at_all_is_refused(document):
    assert faults(document) == [f"document : « {document} » ; attendu : des paires « clé: valeur »"]


def test_a_matrix_needs_rows_and_a_choice_item_choices(document):
    items = document["sections"][0]["items"]
    del items[0]["choices"]
    del items[3]["rows"]
    assert faults(document) == [
        "sections.usage.items.mss : il manque « choices »",
        "sections.usage.items.avis : il manque « rows »",
    ]


def test_the_toy_has_no_fault(document):
    assert faults(document) == []


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
