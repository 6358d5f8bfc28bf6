"""A manifest holds what identifies a build, and nothing that tells one machine from another.

The oracles are sha256 of the bytes written here, and pages whose parts are known because they are put together here.
"""

import json
import shutil
import sys
from hashlib import sha256

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.build.state import manifest, records
from relecture.core import fingerprints
from relecture.core.errors import InputError
from relecture.core.study import ROOT
from relecture.report.page import render
from relecture.report.tables.html_table import table

TABLE = '<div class="table"><div class="table-scroll"><table><caption>Âges &amp; sexes</caption><tr></tr></table></div>'
BELOW = '<p class="note">Une note.</p><p class="download"><a href="data:text/csv;base64,YTti">CSV</a></p></div>'
FIGURE = '<figure class="figure"><img alt="x"><figcaption><strong>Deux sur trois</strong> n = 3</figcaption></figure>'
PAGE = f"<html><main><h1>Titre</h1><h2 id='a'>Qui <em>a</em> répondu</h2><p>oui</p>{TABLE}{BELOW}<p>non</p>{FIGURE}fin"


def described(root):
    return manifest.describe(root / "outputs", root, records.read(root / "outputs"))


@pytest.fixture
def built(toy, record):
    """A toy whose page, index and file of data were built, without a kernel."""
    toy.write({"outputs/jouet.html": PAGE, "outputs/index.html": "<p>liste", "outputs/jouet/ages.csv": "a;b\n"})
    record(toy.root, "jouet", "index")
    return toy


def test_every_built_file_has_its_size_and_fingerprint(built):
    data = b"a;b\n"
    assert described(built.root)["files"]["jouet/ages.csv"] == {"sha256": sha256(data).hexdigest(), "size": 4}
    assert list(described(built.root)["files"]) == ["index.html", "jouet.html", "jouet/ages.csv"]


def test_what_no_build_of_pages_wrote_is_left_out(built):
    left_out = ["README.md", "jouet.failed.html", "bench/audit.html", "vieux.html", ".cache", "jouet/.brouillon"]
    before = described(built.root)
    built.write({f"outputs/{name}": "x" for name in left_out})
    assert described(built.root) == before


def test_a_page_tells_its_own_inputs_and_the_library_is_told_once(built):
    told = described(built.root)
    assert sorted(told["pages"]["jouet"]["inputs"]) == [
        "data/jouet/printed.csv",
        "data/jouet/relations.yaml",
        "data/jouet/study.yaml",
        "notebooks/jouet.ipynb",
    ]
    assert sorted(told["library"]) == ["lib/relecture/jouet.py", "requirements.lock"]
    lock = sha256(b"jouet==1\n").hexdigest()
    assert told["library"]["requirements.lock"] == lock


@pytest.mark.parametrize(
    "files",
    [
        {"data/jouet/printed.csv": "address,value,kind,place,note\n"},
        {"lib/relecture/jouet.py": "LEVEL = 2\n"},
        {"outputs/jouet.html": "retouché à la main"},
        {"notebooks/jouet.ipynb": "pas du JSON"},
    ],
    ids=["data", "library", "edited page", "unreadable notebook"],
)
def test_a_page_of_other_inputs_is_a_file_but_no_page(built, files):
    built.write(files)
    told = described(built.root)
    assert told["pages"] == {}
    assert "jouet.html" in told["files"]


def test_a_page_without_notebook_is_not_told(built):
    (built.root / "notebooks/jouet.ipynb").unlink()
    assert list(described(built.root)["files"]) == ["index.html"]


def test_versions_are_those_of_python_without_its_last_number_and_of_what_the_package_asks_for():
    told = manifest.versions()
    assert told["Python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert {"Relecture", "numpy", "pandas", "matplotlib"} <= set(told)
    assert not {"pytest", "ruff", "jupyterlab", "hatchling"} & set(told), "extras do not make pages"


def test_two_folders_give_the_same_bytes_without_a_path_in_them(built, tmp_path):
    there = shutil.copytree(built.root, tmp_path / "un autre dossier")
    for root in (built.root, there):
        manifest.update(root / "outputs", root, records.read(root / "outputs"))
    one, other = ((root / "outputs/manifest.json").read_bytes() for root in (built.root, there))
    assert one == other
    assert str(tmp_path).encode() not in one
    assert sorted(path.name for path in (there / "outputs").iterdir()) == [
        records.RECORDS,
        "index.html",
        "jouet",
        "jouet.html",
        "manifest.json",
    ]


def test_the_parts_of_a_page_are_its_tables_its_figures_and_the_text_between():
    assert [(part.kind, part.title) for part in manifest.parts(PAGE)] == [
        ("texte", ""),
        ("texte", "Qui a répondu"),
        ("tableau", "Âges & sexes"),
        ("texte", "Qui a répondu"),
        ("figure", "Deux sur trois"),
        ("texte", "Qui a répondu"),
    ]


def test_the_file_that_a_table_exports_belongs_to_the_table():
    pieces = [piece for piece, part in manifest.parts_with_bytes(PAGE) if part.kind == "tableau"]
    assert pieces == [TABLE.partition("<table>")[1] + TABLE.partition("<table>")[2] + BELOW.removesuffix("</div>")]


def test_the_parts_are_those_of_the_tables_that_the_house_writes():
    import pandas as pd

    one = table(pd.DataFrame({"âge": [1.5, 2.5]}), "Âges", note="Une note.", synthetic="Réponses synthétiques")
    (piece, part), *_ = [(piece, part) for piece, part in manifest.parts_with_bytes(one.html) if part.kind == "tableau"]
    assert part.title == "Réponses synthétiques Âges"
    assert piece.endswith("Télécharger ce tableau (CSV)</a></p>")


@given(st.lists(st.sampled_from([TABLE, BELOW, FIGURE, "<h2>Un</h2>", "<h3 id='x'>", "texte\n", "<table>", "</p>"])))
def test_the_parts_hold_every_byte_in_order(pieces):
    html = "".join(pieces)
    assert "".join(piece for piece, _ in manifest.parts_with_bytes(html)) == html
    assert len(manifest.parts(html)) == len(list(manifest.parts_with_bytes(html)))


def test_stored_parts_are_read_back(built):
    assert manifest.stored_parts(described(built.root)["pages"]["jouet"]) == manifest.parts(PAGE)


@pytest.mark.parametrize(
    ("stored", "fault"),
    [
        (None, "manifest.json : fichier absent"),
        ("{", "manifest.json : manifeste illisible"),
        ("[]", "manifest.json : manifeste illisible"),
        ('{"files": {}}', "manifest.json : manifeste illisible ('library')"),
        ('{"files": [], "library": {}, "pages": 3, "versions": {}}', "manifest.json : la partie « files » n'est pas"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path, stored, fault):
    if stored is not None:
        (tmp_path / "manifest.json").write_text(stored, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        manifest.read(tmp_path / "manifest.json")
    assert refusal.value.faults[0].startswith(fault)


def test_the_authors_publish_the_manifest_of_pages_that_are_all_up_to_date(built):
    manifest.update(built.root / "outputs", built.root, records.read(built.root / "outputs"))
    committed = manifest.publish(built.root / "outputs", built.root)
    assert committed == built.root / "data/manifest.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == described(built.root)

    built.write({"notebooks/autre.ipynb": built.notebook()})
    with pytest.raises(InputError, match="autre : pas de page à jour"):
        manifest.publish(built.root / "outputs", built.root)


@pytest.fixture
def published(built, monkeypatch):
    """The toy, whose notebook was saved with the outputs that its page shows, and what its page is made of."""
    monkeypatch.setattr(manifest, "_saved_pages", lambda notebook: {"jouet": PAGE})
    manifest.publish(built.root / "outputs", built.root)
    return built, records.sources(built.root / "notebooks/jouet.ipynb", built.root, {"dose": 4}, library(built.root))


def library(root):
    return fingerprints.of_library(root)


def test_a_notebook_that_the_authors_saved_with_its_page_is_known(published):
    toy, sources = published
    assert manifest.is_saved(toy.root / "notebooks/jouet.ipynb", sources)


@pytest.mark.parametrize("changed", ["lib/relecture/jouet.py", "data/jouet/study.yaml", "requirements.lock"])
def test_a_notebook_saved_with_other_sources_is_not(published, changed):
    toy, _ = published
    toy.write({changed: "autre: chose\n"})
    notebook = toy.root / "notebooks/jouet.ipynb"
    assert not manifest.is_saved(notebook, records.sources(notebook, toy.root, {}, library(toy.root)))


def test_nor_with_other_outputs_other_versions_or_without_a_manifest(published, monkeypatch):
    toy, sources = published
    notebook = toy.root / "notebooks/jouet.ipynb"
    text = notebook.read_text(encoding="utf-8")
    toy.write({"notebooks/jouet.ipynb": text.replace('"outputs": []', '"outputs": [{}]')})
    assert not manifest.is_saved(notebook, sources)
    toy.write({"notebooks/jouet.ipynb": text})
    with monkeypatch.context() as other:
        other.setattr(manifest, "versions", lambda: {"Python": "4.0"})
        assert not manifest.is_saved(notebook, sources)
    assert manifest.is_saved(notebook, sources)
    (toy.root / "data/manifest.json").unlink()
    assert not manifest.is_saved(notebook, sources)


def test_a_notebook_whose_outputs_are_not_those_of_the_page_is_published_without_them(built):
    manifest.publish(built.root / "outputs", built.root)
    notebook = built.root / "notebooks/jouet.ipynb"
    assert not manifest.is_saved(notebook, records.sources(notebook, built.root, {}, library(built.root)))


def test_the_page_of_a_study_is_cut_where_its_tables_and_figures_are():
    notebook = nbformat.read(ROOT / "notebooks/guefif.ipynb", as_version=4)
    html = render.export(notebook, title_fallback="guefif")
    kinds = [part.kind for part in manifest.parts(html)]
    assert kinds.count("tableau") == html.count("<table") > 5
    assert kinds.count("figure") == html.count("<figure") > 5
    assert all(part.title for part in manifest.parts(html)[1:])
