"""The schema of our own file, and answers under it, as frictionless judges them."""

import json

from relecture.answers.formats import tableschema


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
