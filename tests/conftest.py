"""What all tests share: a toy repository, things made once for every worker, and how many cases are drawn.

Where the environment variable CI is set, drawn cases are as many as each test asks for; elsewhere, a tenth of them.
"""

import json
import os
import shutil
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from filelock import FileLock

FULL = bool(os.environ.get("CI"))
TENTH = 10
SETTINGS = "_hypothesis_internal_use_settings"  # no public way to change those of a test
hypothesis.settings.register_profile("relecture", deadline=None)  # the first example pays for imports; machines differ
hypothesis.settings.load_profile("relecture")

STUDY = {
    "data/jouet/study.yaml": "title: Jouet\n",
    "data/jouet/printed.csv": "address,value,kind,place,note\nsujets.total,50,count,Résultats l. 1,\n",
    "data/jouet/relations.yaml": "[]\n",
    "lib/relecture/jouet.py": "LEVEL = 1\n",
    "requirements.lock": "jouet==1\n",
}
CELLS = (
    ("markdown", "# Un jouet\n\nDe la prose.", []),
    ("code", "dose: int = 3  # dose du jour", ["parameters"]),
    ("code", "print('dose', dose)", []),
    ("code", "display({'application/vnd.relecture.tally+json': {'reproduced': dose}}, raw=True)", []),
)


def notebook(cells=CELLS) -> str:
    """The text of a notebook that was never executed."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    written = [_cell(number, *cell) for number, cell in enumerate(cells)]
    return json.dumps({"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def _cell(number, kind, source, tags):
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": f"c{number}", "metadata": {"tags": tags}, "source": source, **code}


def write(root: Path, files) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def pytest_collection_modifyitems(items):
    """A tenth of the examples of each property test, unless CI is set."""
    functions = {getattr(item.obj, "__func__", item.obj) for item in items if hasattr(item, "obj")}
    for test in () if FULL else filter(hypothesis.is_hypothesis_test, functions):
        asked = getattr(test, SETTINGS, None) or hypothesis.settings.default
        setattr(test, SETTINGS, hypothesis.settings(asked, max_examples=max(2, asked.max_examples // TENTH)))


@pytest.fixture(scope="session")
def tenth():
    """Function (count) -> how many cases to draw: as many, or a tenth unless CI is set."""
    return lambda count: count if FULL else count // TENTH


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Function (name, make) -> the folder that `make` has filled, once for all the workers of this run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name, make):
        place = base / f"shared-{name}"
        with FileLock(f"{place}.lock"):
            if not place.exists():
                shutil.rmtree(f"{place}.part", ignore_errors=True)  # of a worker that failed
                part = Path(f"{place}.part")
                part.mkdir()
                make(part)
                part.rename(place)
        return place

    return folder


@pytest.fixture(scope="session")
def audited():
    """Function (study, **options) -> its findings, computed once by each worker."""
    from relecture import load_study
    from relecture.printed.audit import audit

    return cache(lambda name, **options: audit(load_study(name), **options))


@pytest.fixture
def toy(tmp_path):
    """`toy.root`, with `toy.write({path: text})` and `toy.notebook(cells)` to change it."""
    root = write(tmp_path / "jouets", STUDY | {"notebooks/jouet.ipynb": notebook()})
    return SimpleNamespace(root=root, write=lambda files: write(root, files), notebook=notebook, cells=CELLS)


@pytest.fixture
def plain_pages(monkeypatch):
    """Pages that show source and outputs as plain text, so that tests can read them."""
    from relecture.report.page import render

    monkeypatch.setattr(render, "export", _export)
    monkeypatch.setattr(render, "index", repr)
    monkeypatch.setattr(render, "IndexEntry", lambda **parts: parts)


def _export(node, *, title_fallback, failure="", beside=("", "")):
    return "\n".join(
        [title_fallback, *beside, *(json.dumps(cell, ensure_ascii=False, sort_keys=True) for cell in node.cells)]
    )
