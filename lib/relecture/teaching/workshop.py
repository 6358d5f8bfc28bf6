"""Widgets of the workshop: numbers under one's fingers, and what the audit says of them at once.

Each function gives a widget that shows something from the start, so that a cell is never empty and never fails; what
they show comes from the same calculations as the audit, in words and in one small drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Dropdown, FileUpload, FloatSlider, IntRangeSlider, IntSlider, VBox, Widget

from relecture.answers.widget_keys import STATUS, keyboard
from relecture.core.errors import InputError
from relecture.core.french import percent
from relecture.core.study import ROOT
from relecture.report.html import html_text
from relecture.teaching import class_answers, course, pages
from relecture.teaching.workshop_words import class_table, kappa_words, mean_words, odds_words, score_words, width_words

_NAMED = {"layout": {"width": "32rem"}, "style": {"description_width": "11rem"}}
_WIDE = _NAMED | {"continuous_update": False}


def possible_mean() -> Widget:
    """Sliders of a mean, an SD, a number of answers, decimals and a scale: is it possible, and from which answers?"""
    return _live(
        {
            "mean": FloatSlider(3.5, min=0, max=10, step=0.01, description="Moyenne", readout_format=".2f", **_WIDE),
            "sd": FloatSlider(1.11, min=0, max=5, step=0.01, description="Écart type", readout_format=".2f", **_WIDE),
            "n": IntSlider(28, min=2, max=120, description="Réponses", **_WIDE),
            "decimals": IntSlider(2, min=0, max=2, description="Décimales imprimées", **_WIDE),
            "scale": IntRangeSlider(value=(1, 5), min=0, max=10, description="Échelle", **_WIDE),
        },
        mean_words,
    )


def two_by_two() -> Widget:
    """Sliders of the four cells of a table: odds ratio, interval and p move with them."""
    cells = {"a": "Exposés, oui", "b": "Exposés, non", "c": "Non exposés, oui", "d": "Non exposés, non"}
    start = {"a": 12, "b": 8, "c": 10, "d": 20}
    return _live(
        {name: IntSlider(start[name], min=0, max=100, description=cells[name], **_WIDE) for name in cells}, odds_words
    )


def interval_width() -> Widget:
    """Sliders of a share and a level of confidence: the interval at several sizes."""
    return _live(
        {
            "share": IntSlider(62, min=0, max=100, description="Part observée (%)", **_WIDE),
            "confidence": Dropdown(
                options=[(percent(level, 0), level) for level in (0.95, 0.9, 0.99)], description="Confiance", **_NAMED
            ),
        },
        width_words,
    )


def two_coders() -> Widget:
    """Sliders of the four cells of two coders: agreement and kappa."""
    cells = {"both": "Oui, oui", "first": "Oui, non", "second": "Non, oui", "neither": "Non, non"}
    start = {"both": 20, "first": 5, "second": 10, "neither": 15}
    return _live(
        {name: IntSlider(start[name], min=0, max=100, description=cells[name], **_WIDE) for name in cells}, kappa_words
    )


def own_score(exercise: str = "mon_score", path: Path = ROOT / "data" / course.FILE) -> Widget:
    """The statements of an exercise on a score, to be answered about one's own tool, with its feedback."""
    asked = next(one for one in course.load(path).exercises if one.id == exercise)
    options = [("", 0), *asked.points]
    style = {"layout": {"width": "48rem"}, "style": {"description_width": "30rem"}}
    controls = {
        f"s{rank}": Dropdown(options=options, description=text, **style) for rank, text in enumerate(asked.statements)
    }
    return _live(controls, lambda **points: score_words(asked, list(points.values())))


def class_answers_of(path: Path = ROOT / "data" / course.FILE) -> Widget:
    """A place to drop the texts that a class exported: how each exercise was answered, its commonest mistake."""
    upload = FileUpload(
        accept=".txt", multiple=True, description="Déposer les textes exportés", layout={"width": "20rem"}
    )
    taught = course.load(path)
    fingerprint = pages.judged(taught)["fingerprint"]

    def words(files: Any) -> str:
        if not files:
            return (
                "<p>Déposez ici les fichiers « exercices-reponses.txt » de la salle. Rien ne quitte cette machine.</p>"
            )
        texts = [bytes(file["content"]).decode("utf-8", "replace") for file in files]
        found = class_answers.pooled(texts, taught, fingerprint)
        return f"<p>{html_text(class_answers.in_words(found, len(texts)))}</p>{class_table(found)}"

    return _live({"files": upload}, words)


# ------------------------------------------------------------ widgets


def _live(controls: Mapping[str, Widget], words: Callable[..., str]) -> Widget:
    """Controls above what is said of their values, said again at each change; a refusal is said too."""
    said = HTML()
    said.add_class(STATUS)

    def say(_: Any = None) -> None:
        try:
            said.value = words(**{name: control.value for name, control in controls.items()})
        except (InputError, ValueError) as error:
            said.value = f"<p>{html_text(str(error))}</p>"

    for control in controls.values():
        control.observe(say, "value")
    say()
    return keyboard([VBox([*controls.values(), said])])
