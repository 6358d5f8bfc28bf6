"""A page is read in ten minutes: its first screen, its length on screen and on paper, and its look in the dark.

Oracle: the Look section of the design, measured in the browser. Real pages are measured once the outputs that are
committed hold an answer; a page whose texts are as long as they may be stands for all of them meanwhile.
"""

import io
import re

import numpy as np
import pytest

from relecture.build.state import jobs
from relecture.core.study import ROOT
from relecture.report.page import elements

TOLD = [path.stem for path in sorted(jobs.notebooks(ROOT).values()) if elements.ANSWER in path.read_text("utf-8")]
SCREENS, SHEETS = 12, 20
LIGHT, SWATCH = 200, 24  # of 255, in every channel; pixels
FIRST = (
    """(style) => { const box = document.querySelector(style).getBoundingClientRect(); return box.bottom + scrollY }"""
)


@pytest.fixture(scope="module")
def longest(make, tmp_path_factory):
    """A first screen whose texts are as long as they may be."""
    from relecture.report.page import render

    words = "Les médecins qui emploient la messagerie régionale jugent leur canal plus sûr que les autres ".split() * 9
    sentence = lambda most: " ".join(words)[:most].rpartition(" ")[0]  # noqa: E731
    facts = {
        "Autrice": "Prénom Nom",
        "Année": 2023,
        "Répondants": 1240,
        "Lieu": "Hauts-de-France",
        "Méthode": "enquête",
    }
    node = make.notebook(
        f"# {sentence(100)} ?",
        make.shown(elements.answer(f"{sentence(170)}.")),
        make.shown(elements.key_points([f"{sentence(120)}."] * 3)),
        make.shown(elements.facts(facts)),
        make.shown(elements.tally(dict.fromkeys(elements.VERDICTS, 120))),
        *("## Une partie\n\nDe la prose." for _ in range(3)),
    )
    path = tmp_path_factory.mktemp("longest") / "longest.html"
    path.write_text(render.export(node, title_fallback="longest"), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_first_screen_holds_all_that_is_to_be_kept(opened, longest, width, height):
    with opened(longest, width=width, height=height) as page:
        ends = {style: page.evaluate(FIRST, style) for style in (".answer", ".key-points", ".facts", ".tally")}
    assert list(ends.values()) == sorted(ends.values()) and max(ends.values()) <= height, ends


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("name", TOLD or ["kitchen"])
def test_the_first_screen_of_a_page_holds_its_answer_and_what_to_keep(opened, pages, name, width, height):
    with opened(pages[name], width=width, height=height) as page:
        ends = {style: page.evaluate(FIRST, style) for style in (".answer", ".key-points")}
    assert ends[".answer"] < height and (name == "kitchen" or ends[".key-points"] <= height), ends


@pytest.mark.parametrize("name", TOLD or ["kitchen"])
def test_a_study_is_read_in_twelve_screens(opened, pages, name):
    with opened(pages[name]) as page:
        screens = page.evaluate("document.documentElement.scrollHeight") / 900
    assert screens <= SCREENS


@pytest.mark.parametrize("name", TOLD or ["kitchen"])
def test_a_study_prints_on_twenty_sheets(opened, pages, name):
    with opened(pages[name]) as page:
        sheets = page.pdf(prefer_css_page_size=True).count(b"/MediaBox")
    assert sheets <= SHEETS


def test_a_wide_table_is_turned_and_folds_stay_closed_on_paper(opened, pages):
    with opened(pages["kitchen"]) as page:
        sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
        page.emulate_media(media="print")
        assert page.get_by_text("une phrase qui dure").first.is_hidden()
    assert {float(wide) > float(high) for wide, high in sheets} == {True, False}


@pytest.mark.parametrize("name", TOLD or ["one"])
def test_dark_pages_hold_nothing_light_that_is_larger_than_a_swatch(opened, pages, name):
    with opened(pages[name], color_scheme="dark") as page:
        assert _largest_light_square(page.screenshot(full_page=True)) <= SWATCH


def test_a_light_slab_would_be_seen(opened, pages):
    with opened(pages["one"], color_scheme="dark") as page:
        slab = "<svg width=60 height=40><rect width=60 height=40 fill=#fff></rect></svg>"
        page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", slab)
        assert _largest_light_square(page.screenshot(full_page=True)) >= 40


def _largest_light_square(png):
    """Side of the largest square of light pixels, by erosion."""
    from PIL import Image

    light = (np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) >= LIGHT).all(axis=2)
    side = 0
    while light.any():
        side += 1
        light = light[1:, 1:] & light[:-1, 1:] & light[1:, :-1] & light[:-1, :-1]
    return side
