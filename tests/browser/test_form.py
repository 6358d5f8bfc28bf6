"""The form in a real JupyterLab, by the keyboard alone, and the height of its pages.

Oracle: what a person sees and what the browser notes: the element that has the focus, the number of cells, the height
of the form, errors of the console, and the file of answers.
"""

import pytest

from relecture import ROOT, load_study, studies
from relecture.answers.files import validation
from relecture.answers.questionnaire import instrument

NAMES = [name for name in studies() if (ROOT / "data" / name / instrument.FILE).exists()]
HIGHEST = 1_200  # pixels of a page of the form, at the width of a cell
FOCUS = """() => {
  const one = document.activeElement
  if (one.closest('.relecture-focus')) return 'heading'
  return one.tagName === 'BUTTON' ? one.innerText : one.type || one.tagName
}"""
CELLS = "document.querySelectorAll('.jp-Notebook .jp-Cell').length"
BOX = "document.querySelector('.relecture-form').getBoundingClientRect().height"
WIDER = "(() => { const box = document.querySelector('.relecture-form'); return box.scrollWidth - box.clientWidth })()"
UNNAMED = """() => [...document.querySelectorAll('.relecture-form :is(select, input, textarea)')]
  .filter(one => !(one.labels?.length && one.labels[0].innerText)).map(one => one.outerHTML.slice(0, 200))"""
UNGROUPED = """() => [...document.querySelectorAll('.relecture-question')]
  .filter(one => one.querySelector('[type=radio], [type=checkbox]'))
  .filter(one => !(one.role === 'group' && one.ariaLabel)).length"""
EVERY = """import relecture as rl
from relecture.answers.form import paged_form
paged_form.holds = lambda *_: True  # every question at once is the worst case
form = rl.load_study("{name}").form("{name}.csv")
form"""


def title(page):
    return page.locator(".relecture-form h4").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def press(page, *keys, wait=0):
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(wait)


def answer_here(page):
    """Tab through a page: the second choice of buttons, the first of lists and boxes, a number or a text."""
    tags = []
    for _ in range(60):
        press(page, "Tab")
        tags.append(kind := page.evaluate(FOCUS))
        if kind == "radio":
            press(page, "ArrowDown", wait=60)
        elif kind == "select-one":
            press(page, "ArrowDown", wait=30)
        elif kind == "checkbox" and tags[-2:-1] != ["checkbox"]:
            press(page, "Space", wait=60)
        elif kind == "text":
            page.keyboard.type("41")
        elif kind == "textarea":
            page.keyboard.type("Pau")
        elif kind == "Suivant":
            return tags
    raise AssertionError(tags)


def test_guefif_is_filled_in_and_saved_by_the_keyboard_alone(jupyterlab, lab):
    source = 'import relecture as rl\nrl.load_study("guefif").form("clavier.csv")'
    with jupyterlab(source, "1 + 1", width=1024) as page:
        page.locator(".relecture-form progress").wait_for()
        before, seen = page.evaluate(CELLS), set()
        page.locator(".relecture-form input").first.focus()
        press(page, "Shift+Tab")
        heights = []
        for _ in range(20):
            if not title(page).startswith("Section"):
                break
            here = title(page)
            seen |= set(answer_here(page))
            heights.append(page.evaluate(BOX))
            press(page, "Enter", wait=700)
            assert title(page) != here, page.locator("[role=status]").inner_text()
            assert page.evaluate(FOCUS) == "heading"
        assert title(page) == "Avant d’enregistrer" and {"radio", "checkbox", "select-one", "text"} <= seen
        assert page.evaluate(UNNAMED) == [] and page.evaluate(UNGROUPED) == 0
        for _ in range(9):
            press(page, "Tab")
            if page.evaluate(FOCUS) == "Enregistrer":
                break
        press(page, "Enter")
        page.locator("[role=status]:has-text('Répondant')").wait_for()
        assert page.evaluate(CELLS) == before and max(heights) <= HIGHEST
        assert page.outside() == [] and page.errors == []
    frame = validation.read(instrument.load(load_study("guefif")), lab.folder / "notebooks/clavier.csv").frame
    assert len(frame) == 1 and frame.at["1", "age"] == "41"


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_higher_than_a_screen_and_a_half(jupyterlab, name):
    with jupyterlab(EVERY.format(name=name), width=1024) as page:
        page.locator(".relecture-form progress").wait_for()
        heights = {}
        for _ in range(60):
            heights[title(page)] = max(heights.get(title(page), 0), page.evaluate(BOX))
            assert page.evaluate(WIDER) <= 0
            if page.locator(".relecture-form button:visible:text-is('Enregistrer')").count():
                break
            page.locator(".relecture-form button:visible:text-is('Suivant')").click()
            page.wait_for_timeout(400)
        print(name, {place: round(height) for place, height in heights.items()})
        assert len(heights) > 3 and max(heights.values()) <= HIGHEST
