"""Every figure can be read on a telephone as on a page, by light and by night, and no word of it meets another.

Oracle: the browser, which measures letters and boxes where they really are, in the font that it found.
"""

import io

import numpy as np
import pytest
from PIL import Image

from relecture.build.state import jobs
from relecture.core.study import ROOT

NAMES = ["kitchen", *(path.stem for path in jobs.notebooks(ROOT).values())]
LEAST = 11  # pixels of a letter
MEASURED = """() => [...document.querySelectorAll('svg.drawing')].filter(one => one.getBoundingClientRect().width)
  .filter(svg => svg.closest('figure').querySelector('svg.narrow'))
  .map(svg => {
    const sheet = svg.getBoundingClientRect(), scale = sheet.width / svg.viewBox.baseVal.width
    const texts = [...svg.querySelectorAll('text')].map(one => ({words: one.textContent,
      box: one.getBoundingClientRect(), size: parseFloat(getComputedStyle(one).fontSize) * scale}))
    const meets = (a, b) => { // boxes are as tall as the font: a fifth of them holds no letter
      const air = Math.min(a.height, b.height) / 5
      return a.left + 1 < b.right && b.left + 1 < a.right && a.top + air < b.bottom && b.top + air < a.bottom }
    return {narrow: svg.classList.contains('narrow'), words: texts.length,
      least: Math.min(...texts.map(one => one.size)),
      clashes: texts.flatMap((one, rank) => texts.slice(rank + 1).filter(other => meets(one.box, other.box))
        .map(other => `${one.words} | ${other.words}`)),
      cut: texts.filter(one => one.box.left < sheet.left - 1 || one.box.right > sheet.right + 1
        || one.box.top < sheet.top - 1 || one.box.bottom > sheet.bottom + 1).map(one => one.words)}})"""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [390, 1280])
def test_letters_are_tall_enough_and_no_word_meets_another_or_is_cut(opened, pages, name, width):
    with opened(pages[name], width=width) as page:
        drawings, figures = page.evaluate(MEASURED), page.locator("main figure").locator("visible=true").count()
    assert name == "kitchen" or len(drawings) in (0, figures), "all are drawn in the page, or all were saved before"
    assert [one["narrow"] for one in drawings] == [width < 600] * len(drawings)
    assert all(one["words"] > 3 for one in drawings)
    assert [round(one["least"], 1) for one in drawings if one["least"] < LEAST] == []
    assert [one["clashes"] + one["cut"] for one in drawings if one["clashes"] or one["cut"]] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_one_drawing_of_each_figure_is_there_for_the_ears(opened, pages, width):
    with opened(pages["kitchen"], width=width) as page:
        assert page.get_by_role("img", name="Barres : huit oui.").count() == 2
        assert page.locator("figure:has(svg.narrow) svg").count() == 4


def test_words_of_a_figure_are_words_of_the_page(opened, pages):
    with opened(pages["kitchen"]) as page:
        assert page.evaluate("window.find('8/20')"), "found by the search of the browser"
        page.emulate_media(media="print")
        assert page.locator("svg.drawing.narrow").locator("visible=true").count() == 0


def _pixels(page, picture):
    return np.asarray(Image.open(io.BytesIO(picture.screenshot())).convert("L"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_figure_has_no_paper_of_its_own(opened, pages, width):
    """By night, what is light in a figure is its letters and its lines."""
    with opened(pages["kitchen"], width=width, color_scheme="dark") as page:
        drawings = [one for one in page.locator("figure:has(svg.narrow) svg").all() if one.is_visible()]
        shares = [(_pixels(page, one) > 150).mean() for one in drawings]
    assert len(shares) == 2 and max(shares) < 0.08


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_verdicts_have_one_palette(opened, pages, scheme):
    """The words of a page and the bars of its figures read the same properties."""
    from relecture.report.verdicts import VERDICTS

    with opened(pages["five"], color_scheme=scheme) as page:
        for code, verdict in VERDICTS.items():
            words = page.locator(f".verdict-{code}").first.evaluate("one => getComputedStyle(one).color")
            bar = page.evaluate(
                """([code, colour]) => { document.body.insertAdjacentHTML('beforeend',
                `<svg><path id="bar" style="fill:var(--${code},${colour})"/></svg>`)
                const fill = getComputedStyle(document.querySelector('#bar')).fill
                document.querySelector('#bar').parentNode.remove(); return fill }""",
                [code, verdict.colour],
            )
            assert words == bar
            if scheme == "light":
                assert bar == "rgb({}, {}, {})".format(*bytes.fromhex(verdict.colour[1:]))
