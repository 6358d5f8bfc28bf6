"""The built pages, made once for all the tests of this folder, twice over, and read back as a browser would.

A copy of the repository is built in a folder of another name, under another time zone, locale and hash seed. The
pages that it is held against are those of the outputs that are committed: one run of each notebook tells whether the
same bytes come again, and whether what is committed is what the notebooks show; nbval compares the outputs that a
page does not show. Both worlds hold one study more, just written by `relecture new`: its page owes what every page
owes. A test module names the page that its fixtures read: NAME.
"""

import base64
import io
import os
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from relecture.build.state import jobs
from relecture.core.study import ROOT

WORLDS = {
    "ici": {"TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "un autre dossier": {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
}
FURTHER = "nouvelle"
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")


def _relecture(root, world, *words):
    """Run the command in a copy of the repository."""
    environment = os.environ | world | {"PYTHONPATH": str(root / "lib")}
    command = [sys.executable, "-m", "relecture", *words]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _built(folder):
    """Both worlds below a folder: copies of the repository, which nobody edits meanwhile, and their pages."""
    import nbformat

    from relecture.report.page import render

    here, there = (folder / name for name in WORLDS)
    for part in PARTS:
        for root in (here, there):
            (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, root / part)
    _relecture(there, WORLDS["un autre dossier"], "build")  # before: one page tells the fingerprint of all of data/
    for root, world in zip((here, there), WORLDS.values(), strict=True):
        _relecture(root, world, "new", "study", FURTHER)
        _relecture(root, world, "build", FURTHER)
    for path in jobs.notebooks(ROOT).values():
        for name, html in render.pages(nbformat.read(path, 4), path.stem).items():
            (here / f"outputs/{name}.html").write_text(html, encoding="utf-8")


@pytest.fixture(scope="session")
def worlds(shared):
    """The folders of pages of the two worlds: the one that was built, then the one of committed outputs."""
    folder = shared("worlds", _built)
    return [folder / name / "outputs" for name in reversed(WORLDS)]


@pytest.fixture(scope="session")
def pages(worlds):
    """Every page by name, parsed; the tests only read them."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(worlds[0].glob("*.html"))}
    return {name: BeautifulSoup(text, "html.parser") for name, text in texts.items()}


@pytest.fixture(scope="session")
def kernels(tmp_path_factory):
    """The kernels of notebooks that tests run by themselves: libraries are imported once a worker."""
    from relecture.build.notebooks.kernels import Kernels

    kernels = Kernels(tmp_path_factory.mktemp("kernels"), preload=True)
    yield kernels
    kernels.stop()


@pytest.fixture(scope="module")
def page(request, pages):
    return pages[request.module.NAME]


@pytest.fixture(scope="module")
def prose(page, read):
    return read(page)


@pytest.fixture(scope="session")
def read():
    """What is read of a page: no code, no files to download; spaces of any kind as one."""

    def read(page):
        shown = BeautifulSoup(str(page.main), "html.parser")
        for hidden in shown.select(".code, .colophon"):
            hidden.decompose()
        return " ".join(shown.get_text(" ").replace("\u2060", "").split())

    return read


FIRST = """limit => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
  const texts = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    const seen = node.parentElement.checkVisibility({visibilityProperty: true})
    if (seen && box.height && box.bottom + scrollY <= limit) texts.push(node.data)
  }
  return texts.join(" ")
}"""


@pytest.fixture(scope="module")
def first_screens(request, worlds):
    """What is read of a page without opening a fold in three screens of a laptop, 1280 x 900; no browser, no test."""
    from playwright.sync_api import sync_playwright

    if not (chromium := shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")):
        pytest.skip("Chromium is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((worlds[0] / f"{request.module.NAME}.html").as_uri())
        text = page.evaluate(FIRST, 3 * 900)
        browser.close()
    return " ".join(text.replace("\u2060", "").replace("’", "'").split())


@pytest.fixture(scope="session")
def word_files():
    """Of a page: name of each Word file -> (rows of the table of the page, rows of the file)."""
    return lambda page: {link["download"]: _both(link) for link in page.select("a[download$='.docx']")}


def _both(link):
    import docx

    table = link.find_parent(class_="table").table
    shown = [[_said(cell) for cell in row.select("th, td")] for row in table.select("tr")]
    content = base64.b64decode(link["href"].partition("base64,")[2])
    kept = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(content)).tables[0].rows]
    return [row * len(kept[0]) if len(row) == 1 else row for row in shown], kept


def _said(cell):
    """Words of a cell; a heading spans the table, and is one merged cell of the file."""
    return cell.get_text().replace("\u2060", "")
