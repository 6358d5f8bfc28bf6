"""Every page can be read by eye, by ear and by keyboard, on a telephone as on a large screen.

Oracle: axe-core in the browser, all its default rules with the best practices, none set aside; and
WCAG 2.2 for what a machine does not see: reflow and larger text (1.4.4, 1.4.10), keyboard (2.1.1),
skip link (2.4.1), headings (1.3.1).
"""

import re
from itertools import pairwise

import pandas as pd
import pytest

from relecture.build.state import jobs
from relecture.core.study import ROOT

WIDTHS = (320, 375, 768, 1024, 1440)
MADE = ("kitchen", "failed", "stopped", "five", "one")
NOTEBOOKS = [path.stem for path in jobs.notebooks(ROOT).values()]
FOUND = """(options) => axe.run(options).then(found => found.violations.map(one =>
    `${one.id} (${one.impact}) ${one.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`))"""
OVERFLOW = """() => { const edge = document.documentElement.clientWidth; return {
    page: document.documentElement.scrollWidth - edge,
    astray: [...document.querySelectorAll('main *')].filter(tag => tag.offsetParent && !tag.closest('.table-scroll')
      && tag.getBoundingClientRect().right > edge + 1).map(tag => tag.outerHTML.slice(0, 99))}}"""
TOLD = """() => { const all = (what) => [...document.querySelectorAll(what)]; return {
    alts: all('img, svg').map(one => (one.alt || one.getAttribute('aria-label')).trim()),
    captions: all('table').map(one => (one.caption ? one.caption.textContent : '').trim()),
    regions: all('.table-scroll').map(one => one.getAttribute('aria-label')),
    levels: all('h1, h2, h3, h4, h5, h6').map(one => Number(one.localName[1])),
    bare: all('table').filter(one => !one.querySelector('th')).length,
    heads: all('th').filter(one => !['row', 'col', 'rowgroup', 'colgroup'].includes(one.scope)).length,
    lost: all('a[href^="#"]').filter(one => !document.getElementById(decodeURIComponent(one.hash.slice(1)))).length,
    open: all('details[open]').length}}"""
CROPPED = """() => [...document.querySelectorAll('.table-scroll')].filter(one => one.checkVisibility()
    && one.scrollWidth > one.clientWidth).map(one => one.getAttribute('aria-label'))"""
CARD = """() => { const cell = document.querySelector('td.verdict'), box = cell.getBoundingClientRect(); return [
    getComputedStyle(cell, '::before').content.split(' / ')[0], box.left >= 0 && box.right <= innerWidth]}"""
LINES = """() => [...document.querySelectorAll('.number')].filter(one => one.textContent.includes('[')).map(one => {
    const words = one.firstChild, range = document.createRange()
    range.setStart(words, words.data.indexOf('['))
    range.setEnd(words, words.data.length)
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size})"""
ROOM = """() => Math.max(0, ...[...document.querySelectorAll('.cell')].filter(one =>
    [...one.children].every(part => part.className === 'code')).map(one => one.offsetHeight))"""
PAPER = round((210 - 2 * 18) / 25.4 * 96)  # pixels between the margins of an A4 sheet
CUT = """(paper) => [...document.querySelectorAll('table, img, svg, pre')].filter(one => {
    const box = one.getBoundingClientRect()
    return box.width && (box.right > paper + 1 || box.left < -1)}).map(one => one.outerHTML.slice(0, 99))"""


def axe(page):
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(FOUND, {"resultTypes": ["violations"], "preload": False})


def widths(page, chosen=WIDTHS):
    """The page at each width in turn."""
    for width in chosen:
        page.set_viewport_size({"width": width, "height": 900})
        yield width


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def test_axe_finds_nothing_on_light_paper(opened, pages, name):
    """Pages of notebooks are long, and seen narrow: the kitchen holds at every width all they are made of."""
    with opened(pages[name]) as page:
        chosen = (320,) if name in NOTEBOOKS else WIDTHS
        assert {width: axe(page) for width in widths(page, chosen)} == {width: [] for width in chosen}


@pytest.mark.parametrize(("name", "chosen"), [("guefif", (1440,)), *((name, WIDTHS) for name in MADE)])
def test_axe_finds_nothing_on_dark_paper(opened, pages, name, chosen):
    with opened(pages[name], color_scheme="dark") as page:
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert {width: axe(page) for width in widths(page, chosen)} == {width: [] for width in chosen}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_once_everything_is_unfolded(opened, pages, scheme):
    with opened(pages["kitchen"], width=768, color_scheme=scheme) as page:
        unfold(page)
        assert axe(page) == []


def test_axe_would_find_something(opened, pages):
    with opened(pages["one"]) as page:
        added = "<img src=x.png><p style=color:#ccc>des mots trop pâles"
        page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", added)
        assert {line.split()[0] for line in axe(page)} >= {"image-alt", "color-contrast"}


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_the_page_never_scrolls_sideways(opened, pages, name, size):
    with opened(pages[name]) as page:
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        found = [page.evaluate(OVERFLOW) for _ in widths(page)]
        unfold(page)
        found += [page.evaluate(OVERFLOW) for _ in widths(page, (320, 1440))]
    assert found == [{"page": 0, "astray": []}] * 7


def test_figures_tables_and_headings_are_told_apart(opened, pages, name):
    with opened(pages[name]) as page:
        found = page.evaluate(TOLD)
    assert all(found["alts"]) and all(found["captions"]) and len(set(found["regions"])) == len(found["captions"])
    assert (found["heads"], found["bare"], found["lost"], found["open"]) == (0, 0, 0, 0)
    assert found["levels"][0] == 1 and found["levels"].count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found["levels"]))


def test_the_first_key_leads_to_the_text(opened, pages, name):
    with opened(pages[name], width=375) as page:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.inner_text() == "Aller au contenu"
        box = focused.bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 375
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == f"#{page.locator('main').get_attribute('id')}"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer') !== null")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_tables_fit_a_laptop_and_a_telephone(opened, pages, name):
    """All of a table is seen at 1280 pixels, and as cards at 320: no column waits beyond the edge."""
    with opened(pages[name]) as page:
        found = {width: page.evaluate(CROPPED) for width in widths(page, (320, 390, 1280))}
        unfold(page)
        found |= {f"{width} unfolded": page.evaluate(CROPPED) for width in widths(page, (320, 390))}
    assert [*found.values()] == [[]] * 5


def test_a_row_is_a_card_on_a_telephone_and_a_table_for_the_ear(opened, pages):
    with opened(pages["kitchen"], width=390) as page:
        region = page.get_by_role("region", name="Deux légendes pareilles", exact=True)
        assert region.get_by_role("columnheader").all_text_contents() == ["nombre", "verdict"]
        assert [row.get_by_role("cell").text_content() for row in region.get_by_role("row").all()[1:]] == [
            "✓\u00a0retrouvé", "✗\u00a0incohérent"
        ]  # fmt: skip
        label, verdict = page.evaluate(CARD)
        assert (label, verdict) == ('"verdict"', True)


def test_a_table_of_characteristics_fits_a_laptop_and_cuts_no_interval(opened, make, tmp_path):
    """Eleven columns, as two groups beside their printed counts have: a bracket and its bounds stay on one line."""
    from relecture.core.french import interval
    from relecture.report.page import render
    from relecture.report.tables.html_table import table

    groups = ["utilisateurs de Predice PRO (n\xa0=\xa021)", "non-utilisateurs, imprimé", "Ensemble (n\xa0=\xa081)"]
    row = dict.fromkeys([*groups, *(f"{group} aussi" for group in groups[:2])], f"37,0 {interval(32, 50, 1)}")
    row |= {"Test": "khi² de Pearson", "p": "0,560", "p (Holm)": "1,000", "p (BH)": "0,821"}
    row |= {"Taille d'effet": f"V\xa0=\xa00,13 {interval(-0.25, 0.35, 2)}"}
    cells = make.shown(table(pd.DataFrame([{"Réponse": "zone d'accompagnement régional"} | row]), "Les répondants"))
    page = render.export(make.notebook("# Un\n\n## Deux", cells), title_fallback="un")
    (tmp_path / "un.html").write_text(page, encoding="utf-8")
    with opened(tmp_path / "un.html") as page:
        assert [page.evaluate(CROPPED) for _ in widths(page, (320, 390, 1280))] == [[]] * 3
        assert [set(page.evaluate(LINES)) for _ in widths(page, (320, 700, 1280))] == [{1}] * 3


def test_a_wide_table_is_scrolled_with_the_keys(opened, pages):
    with opened(pages["kitchen"], width=768) as page:
        region = page.get_by_role("region", name="Quarante colonnes")
        region.focus()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        assert any(_scrolled(page) for _ in range(60))


def _scrolled(page):
    """Whether it is, now or a twentieth of a second later; wait_for_function would break the page's own policy."""
    page.wait_for_timeout(50)
    return page.evaluate("document.activeElement.scrollLeft > 0")


def test_what_is_folded_opens_with_the_keys(opened, pages):
    with opened(pages["kitchen"]) as page:
        page.locator("main details summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("main details").first.evaluate("one => one.open")


@pytest.mark.parametrize("width", [320, 1280])
def test_one_switch_shows_the_code_of_the_page_with_the_keys(opened, pages, width):
    """Until then no cell shows it, and those that show nothing take no room."""
    with opened(pages["kitchen"], width=width) as page:
        assert page.locator(".code").locator("visible=true").count() == 0
        assert page.evaluate(ROOM) == 0
        page.get_by_role("checkbox", name="Voir le code").focus()
        page.keyboard.press("Space")
        assert page.locator(".code").locator("visible=true").count() == page.locator(".code").count() > 20
        assert axe(page) == []
        assert page.evaluate(OVERFLOW) == {"page": 0, "astray": []}
        page.emulate_media(media="print")
        assert page.locator(".code").locator("visible=true").count() == 0


def test_the_code_at_fault_is_always_seen(opened, pages):
    with opened(pages["failed"]) as page:
        assert page.locator(".highlight").locator("visible=true").count() == 1


def test_nothing_is_cut_on_paper(opened, pages, name):
    with opened(pages[name], width=PAPER) as page:
        page.emulate_media(media="print")
        assert page.evaluate(CUT, PAPER) == []
        assert page.locator("nav, .skip, .code, .download").locator("visible=true").count() == 0


@pytest.mark.parametrize("name", ["guefif", "kitchen"])
def test_a_page_prints_on_a4(opened, pages, name):
    with opened(pages[name]) as page:
        sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    sizes = {(round(float(wide)), round(float(high))) for wide, high in sheets}
    assert len(sheets) > 2 and (595, 842) in sizes <= {(595, 842), (842, 595)}


def test_pages_weigh_less_than_three_megabytes(pages):
    assert {name: size for name, path in pages.items() if (size := path.stat().st_size) >= 3_000_000} == {}
