"""The authors' manifest was made from the tree it is committed with: `make manifest` refreshes it.

Nothing is built here, and the bytes of pages are never compared with the committed ones: that belongs to
`make verify`, which explains a difference instead of failing a stranger's tests.
"""

import re
import tomllib

import pytest
import yaml

from relecture.build.state import jobs, manifest, records
from relecture.core import fingerprints
from relecture.core.study import ROOT

NOTEBOOKS = {path.stem: path for path in sorted(jobs.notebooks(ROOT).values())}
REFRESH = "these changed since data/manifest.json was written: run `make manifest`"


@pytest.fixture(scope="module")
def committed():
    return manifest.read(ROOT / manifest.AUTHORS)


def _changed(told, now):
    return sorted(path for path in told | now if told.get(path) != now.get(path))


def test_every_notebook_has_a_page_and_there_is_an_index(committed):
    second = {f"{name}-methode" for name, path in NOTEBOOKS.items() if "page:methode" in path.read_text("utf-8")}
    assert set(committed["pages"]) == {*NOTEBOOKS, *second}
    assert {f"{name}.html" for name in NOTEBOOKS} | {"index.html"} <= set(committed["files"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_inputs_of_each_page_are_the_files_of_the_tree(committed, name):
    told = committed["pages"][name]["inputs"]
    assert _changed(told, records.own_sources(NOTEBOOKS[name], ROOT)) == [], REFRESH


def test_the_library_and_the_lock_are_those_of_the_tree(committed):
    assert _changed(committed["library"], fingerprints.of_library(ROOT)) == [], REFRESH


def test_the_outputs_saved_with_each_notebook_make_its_page(committed):
    """So that a page on own answers runs only what they reach, in a fresh clone too."""
    told = {name: page.get("saved") for name, page in committed["pages"].items() if name in NOTEBOOKS}
    now = {name: fingerprints.of_file(path) for name, path in NOTEBOOKS.items()}
    assert told == now, "run `make notebooks`, then `make manifest`"


def test_the_versions_are_those_of_the_lock(committed):
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = set(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", lock, re.MULTILINE))
    versions = dict(committed["versions"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert versions.pop("Relecture") == project["version"]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert f"python={versions.pop('Python')}" in conda
    assert len(versions) == len(project["dependencies"])
    assert set(versions.items()) - pins == set()


def test_every_file_has_a_fingerprint_and_a_size(committed):
    assert all(re.fullmatch(r"[0-9a-f]{64}", file["sha256"]) for file in committed["files"].values())
    assert all(file["size"] > 0 for file in committed["files"].values())


def test_it_is_stored_as_a_build_stores_it_and_names_no_machine(committed):
    text = (ROOT / manifest.AUTHORS).read_text(encoding="utf-8")
    assert text == manifest.text(committed)
    assert str(ROOT) not in text
