"""Results as JSON give a row each, nested objects a column a path; what is no list of results is refused."""

import json

import pytest

from relecture.answers.tables import records
from relecture.answers.tables.table import UnreadableFile

SURVEYJS = {"age": 41, "tel": 0.5, "mss": "oui", "ess": {"verrou": "oui", "code": "non"}, "outils": ["fax", "a, b"]}
KOBO = {"_id": 7, "section__vous/age": "41", "_validation_status": {}, "_geolocation": [None, None], "_tags": []}


def read(value):
    raw = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return records.read_table(raw)[0]


def test_a_result_is_a_row_and_a_path_a_column(rows):
    table = read([SURVEYJS, {"age": 33, "new": True, "mss": None}])
    assert rows(table) == [
        ("age", "tel", "mss", "ess.verrou", "ess.code", "outils", "new"),
        ("41", "0.5", "oui", "oui", "non", '["fax", "a, b"]', ""),
        ("33", "", "", "", "", "", "true"),
    ]
    assert (table.kind, table.encoding, list(table.lines)) == ("json", "UTF-8", [1, 2])


def test_empty_lists_and_objects_are_empty_cells(rows):
    assert rows(read([KOBO]))[1] == ("7", "41", "", "", "")


@pytest.mark.parametrize("wrapped", [
    {"count": 1, "next": None, "previous": None, "results": [KOBO]},
    {"ResultCount": 1, "Data": [KOBO]},
    {"value": [KOBO], "@odata.context": "x"},
    [KOBO],
    KOBO,
])  # fmt: skip
def test_the_answer_of_a_service_is_unwrapped(rows, wrapped):
    assert rows(read(wrapped)) == rows(read([KOBO]))


def test_a_result_a_line(rows):
    table = read(b'{"age": 41}\n\n{"age": 33}\n')
    assert (rows(table), table.kind, list(table.lines)) == ([("age",), ("41",), ("33",)], "jsonl", [1, 3])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_json_is_known_by_how_it_begins_whatever_its_encoding(codec):
    raw = '[{"ville": "Sète"}]'.encode(codec)
    assert records.looks_like(raw)
    assert read(raw).columns[0].texts == ("Sète",)


@pytest.mark.parametrize("raw", [b"[age],ville\n", b"{age},ville\n", b"age\n", b"", b'"[{"\n'])
def test_a_csv_is_not_taken_for_json(raw):
    assert not records.looks_like(raw)


@pytest.mark.parametrize(("raw", "fault"), [
    (b'[{"age": 41}, {"age"', "ligne 1 : n'est pas du JSON lisible (colonne 21)"),
    (b'{"age": 41}\n{"age": \n', "ligne 2 : n'est pas du JSON lisible"),
    (b'[{"age": 41}, 3]', "fichier : le résultat n° 2 n'est pas un objet JSON"),
    (b'[{"age": 41, "age": 33}]', "fichier : « age » figure deux fois dans un résultat"),
    (b'[{"ess": {"a": 1}, "ess.a": 2}]', "fichier : « ess.a » figure deux fois dans un résultat"),
    (b'{"count": 9, "next": "?start=1", "results": [{"age": 41}]}',
     "fichier : n'est que la première page des résultats ; les demander tous à l'outil"),
    ('[{"ville": "Sète"},\n{"ville": "é'.encode() + b'\xe9"}]', "ligne 2 : n'est pas en UTF-8, que JSON demande"),
    (b"[]", "fichier : vide : une ligne de titres puis une ligne par réponse sont attendues"),
    (b'[{"a":' * 100_000, "fichier : des objets JSON imbriqués à l'excès"),
])  # fmt: skip
def test_what_is_no_list_of_results_is_refused(raw, fault):
    with pytest.raises(UnreadableFile) as refused:
        records.read_table(raw)
    assert list(map(str, refused.value.faults)) == [fault]
