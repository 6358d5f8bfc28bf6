"""The pages of exercises: the script that judges answers, in Node, and what each page may and may not show."""

import json
import os
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from relecture.core.french import typeset
from relecture.core.study import ROOT
from relecture.teaching import pages
from relecture.teaching.course import FILE, load

SCRIPT = Path(pages.__file__).parent / "template" / "exercices.js"


@pytest.fixture(scope="module")
def course():
    return load(ROOT / "data" / FILE)


@pytest.fixture(scope="module")
def made(course):
    return pages.pages(course)


@pytest.mark.skipif(not shutil.which("node") and not os.environ.get("CI"), reason="node is missing")
def test_the_script_accepts_what_is_right_and_answers_each_mistake(course):
    judged = json.dumps(pages.judged(course))
    command = ["node", str(Path(__file__).with_name("script.js")), str(SCRIPT)]
    run = subprocess.run(command, input=judged, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == []


def test_the_same_exercises_give_the_same_bytes(course, made):
    assert pages.pages(load(ROOT / "data" / FILE)) == made
    assert list(made) == ["exercices.html", "fiche-interne.html", "fiche-enseignant.html", "diapositives.html"]


def test_the_sheet_of_an_intern_holds_no_solution(course, made):
    sheet = unescape(made["fiche-interne.html"])
    for one in course.exercises:
        told = [one.conclusion, one.otherwise, *one.hints, *(answer.feedback for answer in one.answers)]
        assert not [text for text in told if text and typeset(text) in sheet], one.id
    assert "Réponse." not in sheet and "À retenir" not in sheet


def test_what_an_exercise_shows_is_on_paper_and_on_the_slides(course, made):
    for name in ("fiche-interne.html", "diapositives.html"):
        text = unescape(made[name])
        for one in course.exercises:
            shown = [*one.segments, *(answer.choice for answer in one.answers), *(row[0] for row in one.table)]
            assert [part for part in shown if typeset(part) not in text] == [], (name, one.id)


def test_what_a_teacher_says_is_not_projected(course, made):
    told = [step.say for session in course.sessions for step in session.steps if step.say]
    assert [say for say in told if typeset(say) in unescape(made["diapositives.html"])] == []


def test_the_sheet_of_a_teacher_holds_every_answer_and_mistake(course, made):
    sheet = unescape(made["fiche-enseignant.html"])
    for one in course.exercises:
        told = [one.conclusion, *(answer.feedback for answer in one.answers if not answer.right)]
        assert [text for text in told if typeset(text) not in sheet] == [], one.id


def test_a_page_is_small_and_lets_its_own_script_alone_run(made):
    page = made["exercices.html"]
    assert len(page.encode()) < 1_500_000
    assert page.count("<script") == 2 and "script-src 'sha256-" in page and "default-src 'none'" in page
    assert all("script-src" not in html for name, html in made.items() if name != "exercices.html")
    assert not [html for html in made.values() if "http://" in html or "src=" in html]
