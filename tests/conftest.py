"""A toy repository: one study, one notebook, a library of one line."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

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
    monkeypatch.setattr(render, "IndexEntry", lambda *parts: parts)


def _export(node, *, title_fallback, failure=""):
    return "\n".join([title_fallback, *(json.dumps(cell, ensure_ascii=False, sort_keys=True) for cell in node.cells)])
