"""The notebook of discovery in a real JupyterLab, as `relecture lab` opens it.

Oracle: the Explore section of the design: in French, nothing in the way, nothing asked outside, no error in the
console, run whole in less than twenty seconds, by the keyboard alone.
"""

import time

import pytest

CELLS = """() => jupyterapp.shell.currentWidget.content.widgets.filter(one => one.model.type === 'code').map(one => ({
    count: one.model.executionCount, lines: one.model.sharedModel.source.split('\\n').length,
    kinds: one.model.outputs.toJSON().map(output => output.output_type)}))"""
TOP = "() => { const book = jupyterapp.shell.currentWidget.content; book.activeCellIndex = 0; book.mode = 'command' }"


@pytest.fixture(scope="module")
def page(jupyterlab):
    with jupyterlab("decouvrir.ipynb") as page:
        yield page


def test_its_six_cells_run_whole_and_are_short(page):
    cells = page.evaluate(CELLS)
    assert [cell["count"] for cell in cells] == [1, 2, 3, 4, 5, 6]
    assert max(cell["lines"] for cell in cells) <= 4
    assert [cell for cell in cells if not cell["kinds"] or {"error", "stream"} & {*cell["kinds"]}] == []


def test_it_speaks_french_and_nothing_stands_in_the_way(page):
    menus = page.locator(".lm-MenuBar-itemLabel").all_text_contents()
    assert {"Fichier", "Édition", "Affichage", "Noyau", "Aide"} <= {*menus}
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0


def test_nothing_is_asked_outside_and_the_console_is_silent(page, lab):
    assert (page.outside(), lab.asked.read_text(), page.errors) == ([], "", [])


def test_the_keyboard_alone_runs_every_cell(page):
    page.evaluate(TOP)
    for _ in range(page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length")):
        page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"({CELLS})().slice(0, 6).every(cell => cell.count > 6)")
    assert page.errors == []


@pytest.mark.timed
def test_it_runs_whole_in_twenty_seconds(jupyterlab):
    with jupyterlab("1 + 1"):  # the server has started; its kernel is another
        start = time.perf_counter()
        with jupyterlab("decouvrir.ipynb"):
            assert time.perf_counter() - start <= 20
