"""Every file of the compendium is in the inventory with its licence and what it is; nobody's answers are."""

import shutil
import subprocess

import pytest

from relecture.build.archive import inventory
from relecture.build.archive.inventory import CC_BY, MIT
from relecture.build.state.records import Record
from relecture.core import fingerprints
from relecture.core.study import ROOT

CODEBOOK = """# Codebook: Jouet

### `printed.csv`

One row a number,
in `order`.

More.

- `relations.yaml`: the relations
  of the toy;
- `entretiens/`: one file a talk.
"""


def told(root):
    return {item.path: item.description for item in inventory.sources(root)}


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("data/jouet/printed.csv", "", "One row a number, in order."),  # a section of the codebook
        ("data/jouet/relations.yaml", "# Not this\n", "The relations of the toy"),  # an item of the codebook
        ("data/jouet/entretiens/un.txt", "Bonjour", "One file a talk."),  # its folder in the codebook
        ("data/jouet/study.yaml", "# What it asked.\ntitle: T\n", "What it asked."),  # a first comment
        ("data/jouet/muet.csv", "a,b\n", ""),  # nothing is said of it anywhere
        ("lib/relecture/un.py", '"""What is one?\n\nMore."""\n', "What is one?"),  # a docstring
        ("lib/relecture/deux.py", "LEVEL = 2\n", ""),
        ("lib/relecture/a.html.j2", "{#- A page. -#}\n<p>", "A page."),
        ("lib/relecture/a.css", "/* How pages look. */\n", "How pages look."),
        ("docs/guide.md", "# A guide\n\nText.\n", "A guide"),
        ("notebooks/jouet.ipynb", '{"cells": [{"source": ["# Un jouet\\n", "x"]}]}', "Notebook: Un jouet"),
        ("LICENSE", "MIT", "Licence of the code."),
    ],
)
def test_a_file_is_told_in_the_words_of_the_compendium(toy, path, text, words):
    toy.write({path: text, "data/jouet/README.md": CODEBOOK})
    assert told(toy.root)[path] == words


@pytest.mark.parametrize(
    ("path", "licences"),
    [
        ("data/jouet/printed.csv", [CC_BY]),
        ("notebooks/jouet.ipynb", [CC_BY, MIT]),  # prose and code
        ("outputs/jouet.html", [CC_BY]),
        ("README.md", [CC_BY]),
        ("lib/relecture/core/study.py", [MIT]),
        ("Makefile", [MIT]),
    ],
)
def test_licences_are_those_that_license_data_tells(path, licences):
    assert inventory.licences(path) == licences


def test_loose_files_hidden_ones_and_caches_are_no_part_of_the_compendium(toy):
    before = told(toy.root)
    left_out = ["mes-reponses.csv", "data/mes-reponses.csv", "data/jouet/.brouillon", "lib/relecture/__pycache__/a.pyc"]
    toy.write(dict.fromkeys([*left_out, "outputs/bench/audit.html", "vieux/a.py"], ""))
    assert told(toy.root) == before != {}


def test_built_files_come_from_the_manifest_with_the_title_of_their_page(toy):
    second = {"outputs/jouet-methode.html": "<p>"}
    toy.write({"outputs/jouet.html": "<p>", "outputs/jouet/ages.csv": "a\n", "outputs/brouillon.html": "<p>"} | second)
    records = {"jouet": Record("", "", "Un jouet", {}, beside={"jouet-methode": ""})}
    pages = list(inventory.pages(toy.root / "outputs", toy.root, records))
    assert {page.path: page.description for page in pages} == {
        "outputs/jouet.html": "Page: Un jouet",
        "outputs/jouet-methode.html": "Page: Un jouet",
        "outputs/jouet/ages.csv": "Data of the page: Un jouet",
    }
    assert [page.media for page in pages] == ["text/html", "text/html", "text/csv"]


def test_every_file_under_version_control_is_in_the_inventory():
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a clone, or no git")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    kept = {path for path in listed.split("\0") if path and (ROOT / path).exists()}
    assert sorted(kept - set(told(ROOT))) == []


def test_every_data_file_of_the_compendium_is_told():
    assert fingerprints.of_files(ROOT / "data/guefif", ROOT).keys() <= told(ROOT).keys()
    assert [path for path, words in told(ROOT).items() if path.startswith("data/") and not words] == []
