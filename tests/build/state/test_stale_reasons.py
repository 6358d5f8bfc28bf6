"""What is explained is what is built: every kind of change is named with its file, and nothing is written.

Expected lines are worked out by hand from the change made.
"""

import json

import nbformat
import pytest

from relecture.build import pages
from relecture.build.notebooks import execute
from relecture.build.progress import Lines
from relecture.build.state import records

QUIET = Lines(lambda line: None)
pytestmark = pytest.mark.usefixtures("plain_pages")


@pytest.fixture
def built(toy, monkeypatch):
    monkeypatch.setattr(execute, "run", lambda *_: execute.ExecutedNotebook(nbformat.v4.new_notebook()))
    pages.build(root=toy.root, show=QUIET)
    return toy


def told(toy, **options):
    return list(pages.explain(root=toy.root, **options))


def test_a_page_that_is_up_to_date_or_was_never_built_is_told(toy, monkeypatch):
    assert told(toy) == ["jouet\u00a0: à refaire — jamais construite"]
    assert not (toy.root / "outputs").exists()
    monkeypatch.setattr(execute, "run", lambda *_: execute.ExecutedNotebook(nbformat.v4.new_notebook()))
    pages.build(root=toy.root, show=QUIET)
    assert told(toy) == ["jouet\u00a0: à jour"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"lib/relecture/jouet.py": "LEVEL = 2\n"}, "bibliothèque modifiée (lib/relecture/jouet.py)"),
        ({"lib/relecture/neuf.py": ""}, "bibliothèque modifiée (lib/relecture/neuf.py ajouté)"),
        ({"data/jouet/relations.yaml": "[] \n"}, "données modifiées (data/jouet/relations.yaml)"),
        ({"requirements.lock": "jouet==2\n"}, "dépendances modifiées (requirements.lock)"),
        ({"outputs/jouet.html": "retouchée"}, "page modifiée depuis sa construction"),
        (
            {f"data/jouet/{name}": "" for name in "abcde"},
            "données modifiées (data/jouet/a ajouté, data/jouet/b ajouté, data/jouet/c ajouté et 2 autres)",
        ),
        (
            {"requirements.lock": "", "data/jouet/study.yaml": "title: Autre\n"},
            "données modifiées (data/jouet/study.yaml)\u00a0; dépendances modifiées (requirements.lock)",
        ),
    ],
)
def test_what_changed_is_named(built, files, reason):
    built.write(files)
    before = {path: path.read_bytes() for path in (built.root / "outputs").iterdir()}
    assert told(built) == [f"jouet\u00a0: à refaire — {reason}"]
    assert {path: path.read_bytes() for path in (built.root / "outputs").iterdir()} == before
    assert pages.build(root=built.root, show=QUIET)[0].state == "built"
    assert told(built) == ["jouet\u00a0: à jour"]


def test_notebooks_parameters_force_and_deleted_files_are_named(built):
    assert told(built, parameters={"dose": 4}) == ["jouet\u00a0: à refaire — paramètres modifiés"]
    assert told(built, force=True) == ["jouet\u00a0: à refaire — demandé (--force)"]
    (built.root / "outputs/jouet.html").unlink()
    (built.root / "data/jouet/relations.yaml").unlink()
    missing = "données modifiées (data/jouet/relations.yaml supprimé)"
    assert told(built) == [f"jouet\u00a0: à refaire — page absente\u00a0; {missing}"]
    built.write({"notebooks/jouet.ipynb": "pas du JSON"})
    assert told(built)[0].startswith("jouet\u00a0: à refaire — jouet.ipynb\u00a0: carnet illisible")
    built.write({"notebooks/autre.ipynb": built.notebook()})
    (built.root / "notebooks/jouet.ipynb").unlink()
    assert told(built)[1:] == ["jouet\u00a0: à retirer — carnet supprimé"]


def test_a_cell_makes_the_notebook_changed_and_a_record_of_before_says_so(built):
    built.write({"notebooks/jouet.ipynb": built.notebook(built.cells[:-1])})
    assert told(built) == ["jouet\u00a0: à refaire — carnet modifié (notebooks/jouet.ipynb)"]
    path = built.root / "outputs" / records.RECORDS
    stored = json.loads(path.read_text(encoding="utf-8"))
    del stored["jouet"]["parts"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert told(built) == ["jouet\u00a0: à refaire — construite par une autre version de Relecture"]
