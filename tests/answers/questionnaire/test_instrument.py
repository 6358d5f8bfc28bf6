"""An instrument is read whole into frozen objects, or refused with every fault of the file at once."""

import dataclasses
import json

import jsonschema
import pytest
import yaml

from relecture.answers.questionnaire import instrument, items, schema
from relecture.answers.questionnaire.conditions import Leaf, Negation
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


def test_every_feature_of_an_item_is_read(toy):
    mss, ticks, reason = toy["mss"], toy["lesquelles"], toy["raison"]
    assert [(one.id, one.missing) for one in mss.choices] == [("oui", False), ("non", False), ("ne_sait_pas", True)]
    assert [one.id for one in mss.offered] == ["oui", "non"]
    assert ticks.source == items.Source("2", (14, 18), "La condition n'est pas écrite sur le formulaire.")
    assert ticks.relevant == Leaf("equals", "mss", ("oui",))
    assert (ticks.least, ticks.most) == (1, 2)
    assert [(one.id, one.exclusive, one.added, one.counted_as) for one in ticks.choices] == [
        ("mailiz", False, False, "mailiz"),
        ("apicrypt", False, False, "payante"),
        ("lifen", False, False, "payante"),
        ("autre", False, True, "autre"),
        ("aucune", True, False, "aucune"),
    ]
    assert toy["avis"].relevant == Negation(Leaf("equals", "mss", ("non",)))
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


COLUMNS = {  # one a kind: name -> cells allowed when asked
    "mss": ("oui", "non", "ne_sait_pas"),
    "lesquelles.aucune": ("0", "1"),
    "lesquelles_autre": (),
    "avis.lente": ("oui", "bof", "non", "sans_objet"),
    "age": (),
}


def test_columns_follow_the_form(toy):
    assert list(toy.columns) == [
        "mss", "lesquelles.mailiz", "lesquelles.apicrypt", "lesquelles.lifen", "lesquelles.autre", "lesquelles.aucune",
        "lesquelles_autre", "avis.simple", "avis.sure", "avis.lente", "raison", "alarme", "age", "duree", "ville",
    ]  # fmt: skip
    assert {name: toy.columns[name].codes for name in COLUMNS} == COLUMNS
    assert toy.columns["avis.lente"].item is toy["avis"]
    assert toy.columns["avis.lente"].label == "Elle est lente."


def test_a_missing_choice_of_a_multiple_item_has_no_column_but_is_a_cell(document):
    document["sections"][0]["items"][1]["choices"]["ne_sait_pas"] = "Je ne sais pas"
    columns = instrument.build(document)["lesquelles"].columns
    assert len(columns) == 5
    assert {column.codes for column in columns} == {("0", "1", "ne_sait_pas")}


def test_an_instrument_is_frozen(toy):
    with pytest.raises(dataclasses.FrozenInstanceError):
        toy.title = "autre"


def test_it_is_read_from_a_file_or_a_study(tmp_path, document):
    path = tmp_path / "essai.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert instrument.load(path) == instrument.load(str(path)) == instrument.build(document)
    assert instrument.load(load_study("guefif")).id == "guefif"


def test_all_faults_come_at_once_with_the_name_of_the_file(tmp_path, document):
    path = tmp_path / "essai.yaml"
    document["sections"][0]["items"][0]["kind"] = "unique"
    del document["sections"][1]["title"]
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    with pytest.raises(InputError) as error:
        instrument.load(path)
    assert error.value.faults == (
        "essai.yaml, sections.usage.items.mss.kind : « unique » ; attendu : single, multiple, matrix, number, text",
        "essai.yaml, sections.vous : il manque « title »",
    )


def test_an_answer_written_twice_is_refused_not_lost(tmp_path):
    path = tmp_path / "essai.yaml"
    path.write_text("id: jouet\nchoices: {oui: Oui, non: Non, oui: Si}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        instrument.load(path)
    assert error.value.faults == ("essai.yaml, ligne 2 : clé « oui » répétée",)


def test_the_schema_is_itself_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.SCHEMA.read_text(encoding="utf-8")))
