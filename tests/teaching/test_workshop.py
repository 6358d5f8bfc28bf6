"""The widgets of the workshop: something is said from the start, at each change, and when a value is refused."""

from datetime import UTC, datetime

import pytest
from ipywidgets import HTML, IntRangeSlider, IntSlider

from relecture.core.study import ROOT
from relecture.teaching import pages, workshop
from relecture.teaching.course import FILE, load

ALL = ("possible_mean", "two_by_two", "interval_width", "two_coders", "own_score", "class_answers_of")


def parts(box):
    children = [box, *(leaf for child in getattr(box, "children", ()) for leaf in parts(child))]
    return [one for one in children if one is not None]


def said(box):
    return [one for one in parts(box) if isinstance(one, HTML)][-1].value


@pytest.mark.parametrize("name", ALL)
def test_each_says_something_from_the_start(name):
    assert said(getattr(workshop, name)()).startswith(("<p>", "<table>"))


def test_what_is_said_follows_the_sliders():
    box = workshop.two_by_two()
    first = next(one for one in parts(box) if isinstance(one, IntSlider))
    before = said(box)
    first.value = 0
    assert said(box) != before and "case vide" in said(box)


def test_a_refused_value_is_said_and_does_not_fail():
    box = workshop.possible_mean()
    scale = next(one for one in parts(box) if isinstance(one, IntRangeSlider))
    scale.value = (9, 10)  # the mean is under it
    assert said(box).startswith("<p>")


def test_the_texts_of_a_class_are_pooled():
    box, course = workshop.class_answers_of(), load(ROOT / "data" / FILE)
    upload = next(one for one in parts(box) if type(one).__name__ == "FileUpload")
    first = f"Relecture, exercices (contenu {pages.judged(course)['fingerprint']})"
    text = f"{first}\n[somme_genre] 44 | à revoir | essais : 2\n"
    file = {"name": "a.txt", "type": "text/plain", "size": 1, "last_modified": datetime(2026, 1, 1, tzinfo=UTC)}
    upload.value = [file | {"content": text.encode()}] * 3
    assert "44 (3)" in said(box) and "Vous avez lu le total imprimé" in said(box)
    upload.value = [file | {"content": b"rien"}]
    assert "ce n’est pas un export" in said(box)
