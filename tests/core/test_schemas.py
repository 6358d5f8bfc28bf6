"""Every departure from a schema is told in French, with the file, its line, the value and what was allowed."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.core import schemas
from relecture.core.errors import InputError

SCHEMAS = sorted(Path(schemas.__file__).parents[1].rglob("*.schema.json"))
TITLE = {"type": "string", "minLength": 1}
DATE = {"type": "string", "pattern": "^[0-9]{4}$", "description": "une année"}
BOOK = {
    "type": "object",
    "required": ["title", "rules"],
    "additionalProperties": False,
    "properties": {
        "title": TITLE,
        "since": DATE,
        "sure": {"const": True, "description": "yes"},
        "share": {"exclusiveMinimum": 0, "maximum": 1},
        "place": {"anyOf": [{"type": "string"}, {"type": "array"}], "description": "un lieu ou plusieurs"},
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
        "notes": {"type": "object", "propertyNames": DATE, "additionalProperties": TITLE},
    },
    "$defs": {
        "rule": {
            "type": "object",
            "required": ["id", "asks"],
            "properties": {"id": TITLE, "asks": TITLE, "parts": {"items": {"$ref": "#/$defs/rule"}}},
        }
    },
}
GOOD = """\
# Un livre de règles
title: Règles
since: "2018"
rules:
  - id: cle
    asks: Fermer à clé
    parts:
      - {id: bureau, asks: Fermer le bureau}
  - id: mot
    asks: >-
      Un mot de passe
notes:
  "2018": une note
"""


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    path = tmp_path_factory.mktemp("schemas") / "book.schema.json"
    path.write_text(json.dumps(BOOK), encoding="utf-8")
    return path


def refused(text, folder, schema):
    path = folder / "livre.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        schemas.read(path, schema)
    return list(error.value.faults)


def test_a_document_without_fault_is_read(tmp_path, schema):
    path = tmp_path / "livre.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert schemas.read(path, schema) == yaml.safe_load(GOOD)


QUOTED = "à mettre entre guillemets (un texte qui contient une virgule aussi)"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("title: Règles", "title: ''", "ligne 2, title : un texte vide"),
        ('"2018"\nrules', "2018\nrules", "ligne 3, since : « 2018 » ; attendu : un texte"),
        ('"2018"\nrules', '"18"\nrules', "ligne 3, since : « 18 » ; attendu : une année"),
        ("asks: Fermer à clé", "asks: 3", "ligne 6, rules.cle.asks : « 3 » ; attendu : un texte"),
        ("    asks: Fermer à clé\n", "", "ligne 5, rules.cle : il manque « asks »"),
        ("id: bureau, asks: F", "id: bureau, ask: F", "ligne 8, rules.cle.parts.bureau : il manque « asks »"),
        (">-\n      Un mot de passe", "[a]", "ligne 10, rules.mot.asks : « ['a'] » ; attendu : un texte"),
        ('  "2018": une', "  2018: une", f"ligne 13, notes : clé « 2018 » {QUOTED}"),
        ('  "2018": une', "  hier: une", "ligne 13, notes : « hier » ; attendu : une année"),
        (
            "  - id: mot\n",
            "  - mot\n  - id: mot\n",
            "ligne 9, rules.2 : « mot » ; attendu : des paires « clé: valeur »",
        ),
        ("since:", "sure: non\nsince:", "ligne 3, sure : « non » ; attendu : yes"),
        ("since:", "share: 0\nsince:", "ligne 3, share : 0 ; attendu : plus de 0"),
        ("since:", "share: 2\nsince:", "ligne 3, share : 2 ; attendu : au plus 1"),
        ("since:", "place: 2\nsince:", "ligne 3, place : « 2 » ; attendu : un lieu ou plusieurs"),
        (
            "since:",
            "titre: x\nsince:",
            "ligne 3, document : « titre » inconnu ; attendus : notes, place, rules, share, since, sure, title",
        ),
    ],
)
def test_a_fault_tells_the_line_the_place_the_value_and_what_was_allowed(tmp_path, schema, before, after, fault):
    assert GOOD.count(before) == 1
    assert refused(GOOD.replace(before, after), tmp_path, schema) == [f"livre.yaml, {fault}"]


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path, schema):
    assert refused("rules: {}\nsince: 3\n", tmp_path, schema) == [
        "livre.yaml, ligne 1, document : il manque « title »",
        "livre.yaml, ligne 1, rules : « {} » ; attendu : une liste",
        "livre.yaml, ligne 2, since : « 3 » ; attendu : un texte",
    ]


@pytest.mark.parametrize(("text", "value"), [("", None), ("[]\n", []), ("bonjour\n", "bonjour")])
def test_what_is_no_document_at_all_is_refused(tmp_path, schema, text, value):
    fault = f"livre.yaml, ligne 1, document : « {value} » ; attendu : des paires « clé: valeur »"
    assert refused(text, tmp_path, schema) == [fault]


def test_several_missing_keys_are_told_once(tmp_path, schema):
    assert refused("since: '2018'\n", tmp_path, schema) == [
        "livre.yaml, ligne 1, document : il manque « rules », « title »"
    ]


def test_an_element_of_a_list_has_its_rank_where_it_has_no_id(schema, tmp_path):
    path = tmp_path / "list.schema.json"
    path.write_text('{"type": "array", "items": {"type": "object"}}', encoding="utf-8")
    assert refused("- {a: 1}\n- bonjour\n", tmp_path, path) == [
        "livre.yaml, ligne 2, n° 2 : « bonjour » ; attendu : des paires « clé: valeur »"
    ]


def test_a_document_that_holds_itself_is_refused(tmp_path, schema):
    text = "title: x\nrules: &all\n  - id: a\n    asks: b\n    parts: *all\n"
    assert refused(text, tmp_path, schema) == [
        "livre.yaml, ligne 1, document : trop de niveaux, les uns dans les autres"
    ]


def test_a_merged_key_has_the_line_of_what_holds_it(tmp_path, schema):
    text = "title: x\nrules:\n  - &one {id: a, asks: 3}\n  - <<: *one\n    id: b\n"
    assert refused(text, tmp_path, schema) == [
        "livre.yaml, ligne 3, rules.a.asks : « 3 » ; attendu : un texte",
        "livre.yaml, ligne 4, rules.b.asks : « 3 » ; attendu : un texte",
    ]


def test_a_long_value_is_cut(schema):
    (fault,) = schemas.faults({"title": ["x" * 200], "rules": []}, schema, "corpus")
    assert fault == f"corpus, title : « ['{'x' * 78}… » ; attendu : un texte"


def test_a_document_without_a_file_has_the_name_it_is_given(schema):
    assert schemas.faults({"title": "x", "rules": [3]}, schema, "corpus") == [
        "corpus, rules.1 : « 3 » ; attendu : des paires « clé: valeur »"
    ]
    assert schemas.faults({"title": "x", "rules": []}, schema, "corpus") == []


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6) | st.integers() | st.none() | st.booleans(), inner, max_size=3)
    ),
    max_leaves=8,
)


def _parts(document):
    """Every list and mapping of a document, itself included."""
    if isinstance(document, dict | list):
        yield document
        for child in document.values() if isinstance(document, dict) else document:
            yield from _parts(child)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_document_whatever_raises_anything_but_its_faults(tmp_path_factory, schema, data):
    document = yaml.safe_load(GOOD)
    part = data.draw(st.sampled_from(list(_parts(document))))
    keys = st.sampled_from(list(part)) | JUNK.filter(_hashable) if isinstance(part, dict) else st.just(0)
    part[data.draw(keys)] = data.draw(JUNK)
    path = tmp_path_factory.mktemp("livre") / "livre.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    try:
        schemas.read(path, schema)
    except InputError as error:
        assert all(fault.startswith("livre.yaml, ligne ") for fault in error.faults)
        lines = [int(fault.split()[2].rstrip(",")) for fault in error.faults]
        assert lines == sorted(lines) and lines[0] >= 1 and lines[-1] <= path.read_text("utf-8").count("\n")


def _hashable(value):
    return not isinstance(value, dict | list)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_of_the_library_reads_alike_in_both_drafts(path):
    schema = schemas.load(path)
    jsonschema.Draft202012Validator.check_schema(schema)
    nodes = [node for node in _parts(schema) if isinstance(node, dict)]
    assert all(list(node) == ["$ref"] for node in nodes if "$ref" in node)
    assert not any(node.keys() & {"dependencies", "patternProperties"} for node in nodes)
