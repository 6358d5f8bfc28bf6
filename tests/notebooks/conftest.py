"""The built pages, made once for all the tests of this folder, twice over, and read back as a browser would.

Two copies of the repository stand in folders of different names and are built side by side under different time
zones, locales and hash seeds. Both hold one study more, just written by `relecture new`: its page owes what every page
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

from relecture.core.study import ROOT

WORLDS = {
    "ici": {"TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "un autre dossier": {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
}
FURTHER = "nouvelle"
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")


def _copied(root):
    """A copy of the repository, which nobody edits meanwhile."""
    for part in PARTS:
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, root / part)


def _started(root, world, *words):
    environment = os.environ | world | {"PYTHONPATH": str(root / "lib")}
    command = [sys.executable, "-m", "relecture", *words]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=root, env=environment, **streams)


def _told(processes):
    told = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(told), told


@pytest.fixture(scope="session")
def worlds(tmp_path_factory):
    """The folders of pages of the two worlds."""
    roots = [tmp_path_factory.mktemp(name) for name in WORLDS]
    for root in roots:
        _copied(root)
    here = next(iter(WORLDS.values()))
    _told([_started(roots[0], here, "new", "study", FURTHER)])
    for path in (f"data/{FURTHER}", f"notebooks/{FURTHER}.ipynb"):
        (shutil.copytree if (roots[0] / path).is_dir() else shutil.copy)(roots[0] / path, roots[1] / path)
    _told([_started(root, world, "build") for root, world in zip(roots, WORLDS.values(), strict=True)])
    return [root / "outputs" for root in roots]


@pytest.fixture(scope="session")
def pages(worlds):
    """Every page by name, parsed; the tests only read them."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(worlds[0].glob("*.html"))}
    return {name: BeautifulSoup(text, "html.parser") for name, text in texts.items()}


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
        for hidden in shown.select("details.code, .colophon"):
            hidden.decompose()
        return " ".join(shown.get_text(" ").replace("\u2060", "").split())

    return read


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
