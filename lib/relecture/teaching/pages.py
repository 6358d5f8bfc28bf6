"""Pages and sheets of exercises: each one a file, without a network, the same bytes from the same exercises."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from relecture.core import fingerprints
from relecture.core.french import numbers, typeset
from relecture.report.page import render
from relecture.teaching.course import Course
from relecture.teaching.exercises import Answer, Exercise

_TEMPLATES = Path(__file__).parent / "template"
_SHOWN = 12
_JUDGED = (
    "id",
    "ask",
    "unit",
    "decimals",
    "fraction",
    "otherwise",
    "answers",
    "statements",
    "segments",
)  # what the script reads of an exercise


def pages(course: Course) -> dict[str, str]:
    """The page of exercises, the sheets and the slides, by the name of their file."""
    sheets = {
        "fiche-interne": "Fiche de l’interne",
        "fiche-enseignant": "Fiche de l’enseignant",
        "diapositives": "Diapositives",
    }
    made = {f"{name}.html": _sheet(name, title, course) for name, title in sheets.items()}
    return {"exercices.html": exercises_page(course), **made}


def exercises_page(course: Course) -> str:
    """Every exercise with its feedback, its script inside, for a browser that opens a file."""
    from markupsafe import Markup

    script = (_TEMPLATES / "exercices.js").read_text(encoding="utf-8")
    data = json.dumps(judged(course), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    values = {
        "title": "Exercices",
        "course": course,
        "data": Markup(data),
        "script_text": Markup(script),
        "script": _digest(script),
    }
    return render.page("exercices.html.j2", _TEMPLATES, **values)


def shown_answer(answer: Answer, exercise: Exercise) -> str:
    """An answer as a teacher reads it: a number with its unit, an interval, a choice, or words of a text."""
    if answer.accepts:
        return numbers(" ou ".join(answer.accepts)) + (f" {exercise.unit}" if exercise.unit else "")
    if answer.choice or answer.words:
        return answer.choice or " ; ".join(f"« {word} »" for word in answer.words)
    ends = (("plus de", answer.above), ("moins de", answer.below))
    return numbers(" et ".join(f"{words} {float(end):g}" for words, end in ends if end))


def _sheet(name: str, title: str, course: Course) -> str:
    return render.page(f"{name}.html.j2", _TEMPLATES, title=title, course=course, shown_answer=shown_answer)


def judged(course: Course) -> dict[str, Any]:
    """What the script of the page reads: the exercises, and the fingerprint of all they say."""
    told = fingerprints.of_json({"exercises": [asdict(one) for one in course.exercises]})
    return {"fingerprint": told[:_SHOWN], "exercises": [_judged(one) for one in course.exercises]}


def _judged(exercise: Exercise) -> Mapping[str, Any]:
    told = {name: value for name, value in asdict(exercise).items() if name in _JUDGED}
    answers = [one | {name: typeset(one[name]) for name in ("feedback", "choice")} for one in told["answers"]]
    return told | {"answers": answers, "otherwise": typeset(exercise.otherwise)}


def _digest(script: str) -> str:
    """The fingerprint by which a page lets its own script run, and no other."""
    return b64encode(sha256(script.encode()).digest()).decode()
