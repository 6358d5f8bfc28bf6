"""What each tool, or its published rules, says of our files.

Oracles: pyxform and ODK Validate; the column rules of REDCap's data dictionary and of LimeSurvey's
tab-separated structure, written below; frictionless; the schema and the engine of SurveyJS.
"""

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from relecture.answers.formats import limesurvey, redcap, surveyjs, tableschema, xlsform
from relecture.answers.formats.dialect import as_exported
from relecture.answers.questionnaire.conditions import holds
from relecture.core.study import ROOT

CORE = ROOT / ".node" / "node_modules" / "survey-core"
NEEDS = "il faut Node et la bibliothèque : npm install --prefix .node survey-core@3.1.1"
SETS = 2000 if "CI" in os.environ else 200  # two thousand take minutes


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate demande java : apt-get install default-jre")
def test_the_form_converts_and_passes_odk_validate(one):
    from pyxform.xls2xform import convert

    warnings = []
    result = convert(io.BytesIO(xlsform.export(one).content), validate=True, file_type=".xlsx", warnings=warnings)
    assert "<h:html" in result.xform
    assert warnings == []


def test_redcap_columns_keep_their_rules(one):
    rows = list(csv.DictReader(io.StringIO(redcap.export(one).content.decode())))
    names = [row[redcap.COLUMNS[0]] for row in rows]
    assert tuple(rows[0]) == redcap.COLUMNS and names[0] == "record_id" and len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z](?:_?[a-z0-9])*", name) or len(name) > 100] == []
    assert {row["Field Type"] for row in rows} <= {"text", "notes", "radio", "checkbox"}
    for row in rows:
        _hold_redcap_row(row, set(names))


def _hold_redcap_row(row, names):
    choices = row["Choices, Calculations, OR Slider Labels"]
    pairs = [pair.split(", ", 1) for pair in choices.split(" | ")] if choices else []
    codes = [pair[0] for pair in pairs]
    assert bool(codes) == (row["Field Type"] in ("radio", "checkbox"))
    assert all(re.fullmatch(r"\w+", code) for code in codes) and len(set(codes)) == len(codes)
    assert row["Text Validation Type OR Show Slider Number"] in ("", *redcap.NUMBERS)
    assert row["Matrix Group Name"] == "" or row["Field Type"] == "radio"
    assert set(re.findall(r"\[(\w+)", row["Branching Logic (Show field only if...)"])) <= names


def test_limesurvey_lines_keep_their_rules(one):
    text = limesurvey.export(one).content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter="\t"))
    assert text.startswith(b"\xef\xbb\xbf") and {row["class"] for row in rows} <= {"S", "SL", "G", "Q", "SQ", "A"}
    questions = [row["name"] for row in rows if row["class"] == "Q"]
    assert len(questions) == len(set(questions)) == len(one.items)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", name) for name in questions)
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,5}", row["name"]) for row in rows if row["class"] in ("A", "SQ"))
    assert all(row["type/scale"] in "LMFNT" for row in rows if row["class"] == "Q")
    read = re.findall(r"(Q\w+?)(?:_SQ\d+)?\.NAOK", " ".join(row["relevance"] for row in rows))
    assert set(read) <= set(questions)


def test_frictionless_accepts_the_schema_and_answers_under_it(one, answers_of):
    from frictionless import Resource, Schema

    schema = json.loads(tableschema.export(one).content)
    assert list(Schema.metadata_validate(schema)) == []
    table = answers_of(one, 40).rename_axis("repondant").reset_index()
    report = Resource(data=table.to_dict("records"), schema=Schema.from_descriptor(schema)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_frictionless_refuses_an_answer_that_was_not_offered(toy, answers_of):
    from frictionless import Resource, Schema

    table = answers_of(toy, 5).rename_axis("repondant").reset_index().assign(mss="ouii")
    schema = Schema.from_descriptor(json.loads(tableschema.export(toy).content))
    report = Resource(data=table.to_dict("records"), schema=schema).validate()
    assert {fault[0] for fault in report.flatten(["fieldName"])} == {"mss"}


@pytest.mark.skipif(not CORE.is_dir(), reason=NEEDS)
def test_the_definition_fits_the_schema_of_the_package(one):
    from jsonschema import Draft7Validator

    schema = json.loads((CORE / "surveyjs_definition.json").read_text(encoding="utf-8"))
    faults = list(Draft7Validator(_resolvable(schema)).iter_errors(json.loads(surveyjs.export(one).content)))
    assert faults == []


def _resolvable(schema):
    """The shipped schema names its parts by bare identifiers; as pointers, any validator finds them."""
    text = json.dumps(schema)
    text = re.sub(r'"\$ref": "(?!#)([^"]+)"', r'"$ref": "#/definitions/\1"', text)
    return json.loads(re.sub(r'"\$id": "[^"]+", ', "", text))


@pytest.mark.skipif(not CORE.is_dir(), reason=NEEDS)
def test_its_engine_shows_the_items_that_our_logic_asks(one):
    draws = random.Random(2023)
    told = [[_draw(item, draws) for item in one.items] for _ in range(SETS)]
    again = [draws.randrange(len(one.items)) for _ in range(SETS)]
    survey, half = json.loads(surveyjs.export(one).content), SETS // 2
    works = [{"survey": survey, "sets": told[part], "again": again[part]} for part in (slice(half), slice(half, None))]
    with ThreadPoolExecutor() as side_by_side:
        states = [state for found in side_by_side.map(_states, works) for state in found]
    assert len(states) == 2 * SETS
    wrong = [state for state in states if state["visible"] != _asked(one, state["data"])]
    assert wrong == []


def _states(work):
    """What the engine of SurveyJS shows and keeps, before and after one change of each set."""
    script = Path(__file__).with_name("visibility.js")
    environment = {"SURVEY_CORE": str(CORE / "survey.core.min.js"), "PATH": str(Path(shutil.which("node")).parent)}
    command = ["node", str(script)]
    done = subprocess.run(command, input=json.dumps(work), env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _draw(item, draws):
    """A raw answer, or none; boxes are ticked at random."""
    codes = [choice.id for choice in item.choices]
    if draws.random() < 0.2:
        return None
    if item.kind == "matrix":
        return {row.id: draws.choice(codes) for row in item.rows if draws.random() < 0.9}
    if item.kind == "multiple":
        return [code for code in codes if draws.random() < 0.4] or None
    return draws.choice(codes) if codes else 30


def _asked(one, data):
    """Items that our logic asks, given the answers that the engine kept, in the order of the form."""
    cells, shown = {}, []
    for item in one.items:
        if not holds(item.relevant, cells):
            continue
        shown.append(item.id)
        cells |= _cells(item, data.get(item.id))
    return shown


def _cells(item, answer):
    if item.kind == "matrix":
        return {f"{item.id}.{row}": code for row, code in (answer or {}).items()}
    if item.kind == "multiple":
        return {f"{item.id}.{code}": "1" for code in answer or ()}
    return {item.id: answer}


def test_answers_are_written_under_the_headers_of_each_tool(toy, answers_of):
    frame = answers_of(toy, 3)
    assert list(as_exported(xlsform.dialect(toy), frame))[:4] == ["KEY", "mss", "lesquelles", "lesquelles_autre"]
    assert list(as_exported(redcap.dialect(toy), frame))[:3] == ["record_id", "mss", "lesquelles___mailiz"]
    assert list(as_exported(limesurvey.dialect(toy), frame))[:3] == ["id", "Q1mss", "Q2lesquelles[SQ1]"]
    assert list(as_exported(surveyjs.dialect(toy), frame))[4:6] == ["avis.simple", "avis.sure"]
