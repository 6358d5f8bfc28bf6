"""The explorer in a real JupyterLab, by the keyboard alone.

Oracle: what a person sees and what the browser notes: the element that has the focus, the number of cells, requests,
errors of the console, the time from an event to the last change of the page.
"""

import pytest

FOCUS = "document.activeElement.closest('.widget-inline-hbox, .lm-TabBar-tab')?.innerText.split('\\n')[0]"
CELLS = "document.querySelectorAll('.jp-Notebook .jp-Cell').length"
WATCH = """() => {
  const box = document.querySelector('.relecture-keys')
  window.taken = {}
  box.addEventListener('change', () => { window.taken = {start: performance.now()} }, true)
  new MutationObserver(() => { window.taken.end = performance.now() })
    .observe(box, {subtree: true, childList: true, characterData: true})
}"""
WIDER = """() => [...document.querySelectorAll('.relecture-keys, .relecture-keys *')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
  .map(one => one.className).filter(name => !name.includes('table-scroll'))"""


@pytest.fixture(scope="module")
def page(jupyterlab):
    source = 'import relecture as rl\nrl.load_study("guefif").explore()'
    with jupyterlab(source, "1 + 1", width=1024) as page:
        page.locator(".relecture-keys .drawing").wait_for()
        yield page


def press(page, *keys, wait=0):
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(wait)


def status(page):
    return page.locator("[role=status]:visible").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_answers_by_the_keyboard_alone(page):
    page.locator(".relecture-keys .lm-TabBar-tab").first.focus()
    before = page.evaluate(CELLS)
    seen = []
    for _ in range(4):
        press(page, "Tab")
        seen.append(page.evaluate(FOCUS))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"
    assert seen == ["Question", "Selon", "Seulement", "Confiance"]
    press(page, "Shift+Tab", "Shift+Tab", "Shift+Tab")
    page.evaluate(WATCH)
    taken = []
    for _ in range(3):
        press(page, "ArrowDown", wait=900)
        taken.append(page.evaluate("taken.end - taken.start"))
    assert "De ces deux canaux" in status(page)
    press(page, "Tab", "ArrowDown", wait=900)
    assert "selon «" in status(page) and "n = 81" in status(page)
    press(page, "Tab", "Tab", "ArrowDown", wait=900)
    code = page.locator(".relecture-keys textarea").input_value()
    assert "confidence=0.9" in code and page.evaluate(CELLS) == before
    print(f"from the event to the page, in ms: {[round(one) for one in taken]}")
    assert sorted(taken)[1] < 500


def test_the_findings_by_the_keyboard_alone(page):
    before = page.evaluate(CELLS)
    page.locator(".relecture-keys .lm-TabBar-tab").first.focus()
    press(page, "ArrowRight", "Enter")
    page.locator(".relecture-keys select[multiple], .relecture-keys select[size]").last.wait_for()
    press(page, "Tab")
    assert page.evaluate(FOCUS) == "Verdict"
    press(page, "ArrowDown", wait=800)
    assert "constats sur" in status(page) and "incohérent" in status(page)
    press(page, "Tab")
    page.keyboard.type("aisance")
    page.wait_for_timeout(800)
    few = status(page)
    assert 0 < int(few.partition(" ")[0]) < 10
    press(page, "Tab", "ArrowDown", wait=800)
    assert "constat 2 ouvert" in status(page)
    press(page, "Tab")
    assert page.evaluate(FOCUS) == "Nombres liés"
    press(page, "Tab", "Space", wait=800)
    assert "constat 1 ouvert" in status(page)
    assert page.evaluate(CELLS) == before


def test_letters_and_arrows_add_no_cell(page):
    before = page.evaluate(CELLS)
    page.locator(".relecture-keys select:visible").first.focus()
    press(page, "b", "a", "ArrowDown", "ArrowUp", "j", "k", wait=500)
    assert page.evaluate(CELLS) == before
    assert page.evaluate("document.activeElement.tagName") == "SELECT"


def test_nothing_is_asked_outside_and_no_error_is_told(page, lab):
    assert page.outside() == [] and lab.asked.read_text() == ""
    assert page.errors == []


def test_a_narrow_cell_has_no_scrollbar(page):
    page.locator(".relecture-keys .lm-TabBar-tab").first.click()
    assert page.evaluate(WIDER) == []


def test_every_control_has_a_name_read_aloud(page):
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('.relecture-keys :is(select, input, textarea, button)')]
        .filter(one => !(one.labels?.length && one.labels[0].innerText) && !one.innerText && !one.title)
        .map(one => one.outerHTML.slice(0, 200))"""
    )
    assert unnamed == []
