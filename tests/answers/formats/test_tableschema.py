"""The schema of our own file, and answers under it, as frictionless judges them."""

import json

import pytest

from relecture.answers.formats import tableschema
from relecture.answers.questionnaire import instrument


def test_frictionless_accepts_the_schema_and_answers_under_it(one, random_answers):
    from frictionless import Resource, Schema

    schema = json.loads(tableschema.export(one).content)
    assert list(Schema.metadata_validate(schema)) == []
    table = random_answers(one, 40, seed=2023).rename_axis("repondant").reset_index()
    report = Resource(data=table.to_dict("records"), schema=Schema.from_descriptor(schema)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_frictionless_refuses_an_answer_that_was_not_offered(toy, random_answers):
    from frictionless import Resource, Schema

    table = random_answers(toy, 5, seed=2023).rename_axis("repondant").reset_index().assign(mss="ouii")
    schema = Schema.from_descriptor(json.loads(tableschema.export(toy).content))
    report = Resource(data=table.to_dict("records"), schema=schema).validate()
    assert {fault[0] for fault in report.flatten(["fieldName"])} == {"mss"}


FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "age", "type": "integer", "title": "Votre âge", "constraints": {"minimum": 0, "maximum": 99}},
    {"name": "poids", "type": "number"},
    {"name": "mss", "type": "string", "title": "Une MSS ?", "constraints": {"enum": ["oui", "non"]}},
    {"name": "genre", "categories": [{"value": 1, "label": "Femme"}, {"value": 2, "label": "Homme"}]},
    {"name": "fumeur", "type": "boolean"},
    {"name": "outils.tel", "type": "integer", "title": "Téléphone", "description": "Vos outils",
     "constraints": {"enum": [0, 1]}},
    {"name": "outils.mail", "type": "integer", "title": "Courriel", "constraints": {"enum": [0, 1]}},
    {"name": "avis.prix", "title": "Le prix", "description": "D'accord ?", "constraints": {"enum": ["oui", "non"]}},
    {"name": "mesure.poids", "type": "number"},
    {"name": "jour", "type": "date"},
    {"name": "heure", "type": "time"},
    {"name": "lieu", "type": "geopoint"},
    {"name": "texte"},
]  # fmt: skip


@pytest.mark.parametrize("whole", [True, False], ids=["a resource", "a schema"])
def test_the_schema_becomes_an_instrument(whole):
    schema = {"fields": FIELDS, "primaryKey": ["id"]}
    draft = tableschema.read(json.dumps({"schema": schema} if whole else schema).encode(), "reponses.json")
    form = instrument.build(draft.document())
    assert {item.id: item.kind for item in form.items} == {
        "age": "number", "poids": "number", "mss": "single", "genre": "single", "fumeur": "single",
        "outils": "multiple", "avis": "matrix", "mesure_poids": "number", "jour": "date", "heure": "time",
        "texte": "text",
    }  # fmt: skip
    assert (form["age"].low, form["age"].high, form["poids"].decimals) == (0, 99, 15)
    assert [choice.label for choice in form["genre"].choices] == ["Femme", "Homme"]
    assert [column.name for column in form["outils"].columns] == ["outils.tel", "outils.mail"]
    renamed = "mesure.poids : noms ou codes réécrits (« mesure.poids » : mesure_poids)"
    assert draft.left_out == [renamed, "lieu : colonne de type « geopoint »"]
