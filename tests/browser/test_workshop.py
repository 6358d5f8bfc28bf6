"""The workshop, in JupyterLab and as the page that Voilà serves: sliders by the keyboard, and what they say."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from relecture.core.study import ROOT
from relecture.teaching import workshop

SAID = "document.querySelectorAll('.relecture-status')"
FAILED = "[data-mime-type*='error'], [data-mime-type*='stderr']"


def test_the_workshop_runs_whole_in_jupyterlab(jupyterlab):
    with jupyterlab("atelier.ipynb") as page:
        page.wait_for_function(f"{SAID}.length === 6 && document.querySelectorAll('polyline').length === 24")
        assert "24\xa0séries" in page.locator(".relecture-status").first.text_content()
        assert page.locator(FAILED).count() == 0
        assert page.errors == [] and page.outside() == []


@pytest.fixture(scope="module")
def voila(tmp_path_factory):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    notebook, folder = str(ROOT / "notebooks" / "atelier.ipynb"), tmp_path_factory.mktemp("voila")
    command = [sys.executable, "-m", "voila", notebook, "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    environment = os.environ | {"JUPYTER_PATH": str(Path(workshop.__file__).parent)}
    server = subprocess.Popen(
        [*command, "--template=relecture"], cwd=folder, env=environment, stderr=subprocess.DEVNULL
    )
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait()


def test_a_slider_moved_by_the_keyboard_changes_what_is_said(browser, voila):
    from .conftest import _reached

    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(60_000)
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    _reached(page, voila)
    page.wait_for_function(f"{SAID}.length === 6 && {SAID}[1].textContent.includes('Odds ratio 3,00')")
    slider = page.locator("[role=slider]").nth(6)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"!{SAID}[1].textContent.includes('Odds ratio 3,00')")
    assert "Odds ratio" in page.locator(".relecture-status").nth(1).text_content()
    assert page.locator(f"pre, .CodeMirror, {FAILED}").count() == 0
    assert wrong == [] and [url for url in asked if not url.startswith((voila, "data:", "blob:"))] == []
    page.close()
