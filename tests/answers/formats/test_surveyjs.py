"""The definition fits the schema of the SurveyJS package, and its engine shows what our logic asks."""

import json
import os
import random
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from relecture.answers.formats import surveyjs
from relecture.answers.questionnaire.conditions import holds
from relecture.answers.questionnaire.missing import CODES
from relecture.core.study import ROOT

CORE = ROOT / ".node" / "node_modules" / "survey-core"
NEEDS = "il faut Node et la bibliothèque : npm install --prefix .node survey-core@3.1.1"
PATHS = 50
SETS = 2000 if "CI" in os.environ else 200  # two thousand take minutes


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


@pytest.mark.skipif(not CORE.is_dir(), reason=NEEDS)
def test_who_answers_as_asked_reaches_the_end_in_its_engine(one, random_answers):
    """Nothing is refused or lost on the way; who answers what is mandatory and nothing else comes there too."""
    paths = [_values(one, row) for row in random_answers(one, PATHS, seed=18, mandatory=True).to_dict("records")]
    ticked = {item.id: [choice.id for choice in item.choices][: item.least] for item in one.items if item.least}
    paths.append({name: boxes for name, boxes in ticked.items() if not one[name].relevant})
    ends = _engine("completion.js", {"survey": json.loads(surveyjs.export(one).content), "paths": paths})
    assert ends == [{"state": "completed", "data": path, "refused": []} for path in paths]


def _values(one, cells):
    """A respondent's coded answers as the engine holds them; what is empty or not asked is absent."""
    answers = {}
    for item in one.items:
        given = {column.name: cells[column.name] for column in item.columns if _is_given(item, cells[column.name])}
        if not given:
            continue
        if item.kind == "matrix":
            answers[item.id] = {name.partition(".")[2]: code for name, code in given.items()}
        elif item.kind == "multiple":
            boxes = [name.partition(".")[2] for name, cell in given.items() if cell == "1"]
            answers[item.id] = boxes or [next(iter(given.values()))]
        else:
            answers[item.id] = float(given[item.id]) if item.kind == "number" else given[item.id]
    return answers


def _is_given(item, cell):
    return cell not in CODES or cell in {choice.id for choice in item.choices}


@pytest.mark.skipif(not CORE.is_dir(), reason=NEEDS)
def test_what_the_form_does_not_allow_is_refused_in_french(toy, hard):
    told = []
    for one, answers in (
        (toy, {"mss": "oui", "lesquelles": ["mailiz", "aucune"]}),
        (toy, {"mss": "oui"}),
        (toy, {"mss": "non", "age": 41.5}),
        (toy, {"mss": "non", "age": 12}),
        (toy, {"mss": "non", "duree": 1.25}),
        (hard, {"class": ["a"]}),
        (hard, {"class": ["a", "b"], "taux": 0.1}),
    ):
        work = {"survey": json.loads(surveyjs.export(one).content), "paths": [answers]}
        (end,) = _engine("completion.js", work)
        assert end["state"] == "running"
        told += [text.replace("\u00a0", " ") for text in end["refused"]]
    assert told == [
        "lesquelles : « Aucune, en fait » ne va avec aucun autre choix.",
        "lesquelles : Cochez au moins 1 réponse.",
        "age : Un nombre entier est attendu.",
        "age : Un nombre est attendu, au moins 24 et au plus 75.",
        "duree : 1 décimale au plus.",
        "class : Cochez au moins 2 réponses.",
        "taux : Un nombre est attendu, au moins 0,5.",
    ]


def _states(work):
    """What the engine of SurveyJS shows and keeps, before and after one change of each set."""
    return _engine("visibility.js", work)


def _engine(name, work):
    """What a script of this folder prints of the engine of SurveyJS."""
    script = Path(__file__).with_name(name)
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
