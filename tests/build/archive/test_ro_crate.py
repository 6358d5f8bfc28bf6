"""The folder for archives follows what RO-Crate 1.2 says a crate must be, and holds what it describes.

Oracles: the MUST rules of the specification (https://w3id.org/ro/crate/1.2), written here one by one; the
library that reads crates; and, where `make bench` installed it, the reference validator.
"""

import json
import os
import shutil
import subprocess
from datetime import date
from hashlib import sha256
from importlib.resources import files
from urllib.parse import urlsplit

import pytest
import yaml
from click.testing import CliRunner
from rocrate.rocrate import ROCrate

from relecture.build.archive import ro_crate
from relecture.cli import commands, page_commands
from relecture.core import study
from relecture.core.errors import InputError
from relecture.core.study import ROOT

VALIDATOR = ROOT / ".bench/bin/rocrate-validator"
CITATION = """
cff-version: 1.2.0
title: Relecture
authors:
  - name: The Relecture authors
  - {family-names: Dupont, given-names: Anne, orcid: "https://orcid.org/0000-0002-1825-0097"}
version: 0.1.0
date-released: 2026-11-22
abstract: >-
  A compendium
  of toys.
keywords: [toys, numbers]
references:
  - type: article
    title: Le titre exact du dossier
    authors: [{family-names: Martin, given-names: Luc}]
    url: https://example.org/dossier
"""
THESIS = """title: Jouets ?
short: Durand 2020
author: Zoé Durand
year: 2020
university: Université de Lille
degree: thèse
subject: Des jouets
"""
ARTICLE = "title: Dossier\nauthor: Luc Martin\n"
FICTION = "title: Inventé\nauthor: personne\nyear: 2024\ndegree: d\nsubject: s\nfictional: true\n"
LEDGER = {"printed.csv": "address,value,kind,place,note\n", "relations.yaml": "[]\n"}


@pytest.fixture
def built(toy, record):
    """A toy compendium with a thesis, an article and a fiction, and the page of the thesis."""
    studies = {"jouet": THESIS, "dossier": ARTICLE, "fiction": FICTION}
    toy.write({f"data/{name}/study.yaml": text for name, text in studies.items()})
    toy.write({f"data/{name}/{file}": text for name in studies for file, text in LEDGER.items()})
    toy.write({"CITATION.cff": CITATION, "pyproject.toml": '[project]\nrequires-python = ">=3.11"\n'})
    toy.write({"notebooks/ensemble.ipynb": toy.notebook(), "outputs/ensemble.html": "<p>"})
    toy.write({"outputs/jouet.html": "<p>é", "outputs/index.html": "<p>", "outputs/jouet/à voir.csv": "a\n"})
    toy.write({"outputs/jouet-methode.html": "<p>"})
    record(toy.root, "ensemble", "jouet", "index", title="Un jouet", second="jouet")
    return toy


@pytest.fixture
def written(built, tmp_path):
    """The folder that was written."""
    return ro_crate.write(built.root / "outputs", built.root, tmp_path / "dépôt").parent


def graph(folder):
    return {entity["@id"]: entity for entity in document(folder)["@graph"]}


def document(folder):
    return json.loads((folder / ro_crate.NAME).read_text(encoding="utf-8"))


def listed(value):
    return value if isinstance(value, list) else [value]


def references(entities):
    values = [value for entity in entities.values() for name, value in entity.items() if name != "@id"]
    return [one["@id"] for value in values for one in listed(value) if isinstance(one, dict)]


def test_the_document_is_a_flat_graph_in_the_context_of_the_version(written):
    entities = document(written)["@graph"]
    assert document(written)["@context"] == "https://w3id.org/ro/crate/1.2/context"
    assert len({entity["@id"] for entity in entities}) == len(entities), "an @id is used once"
    assert all("@type" in entity for entity in entities)
    values = [value for entity in entities for one in entity.values() for value in listed(one)]
    nested = [value for value in values if isinstance(value, dict)]
    assert nested and all(set(value) == {"@id"} for value in nested), "an entity refers to others, it holds none"


def test_the_descriptor_says_which_version_and_leads_to_the_root(written):
    assert graph(written)[ro_crate.NAME] == {
        "@id": ro_crate.NAME,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }


def test_the_root_has_what_a_root_must_have_from_the_citation_file(written):
    root = graph(written)["./"]
    assert root["@type"] == "Dataset"
    assert (root["name"], root["description"], root["version"]) == ("Relecture", "A compendium of toys.", "0.1.0")
    assert date.fromisoformat(root["datePublished"]) == date(2026, 11, 22)
    assert {one["@id"] for one in root["license"]} == {ro_crate.MIT, ro_crate.CC_BY}
    assert [one["@id"] for one in root["author"]] == ["#the-relecture-authors", "https://orcid.org/0000-0002-1825-0097"]
    assert graph(written)["https://orcid.org/0000-0002-1825-0097"]["name"] == "Anne Dupont"
    assert root["keywords"] == "toys, numbers"


def test_every_reference_leads_to_an_entity_of_the_graph(written):
    entities = graph(written)
    outside = {"https://w3id.org/ro/crate/1.2"}  # the version of the specification, as it asks
    assert sorted(set(references(entities)) - set(entities) - outside) == []


def test_every_part_exists_under_a_relative_address_and_every_file_is_a_part(written):
    entities = graph(written)
    parts = [one["@id"] for one in entities["./"]["hasPart"]]
    assert parts and all(not urlsplit(part).scheme and not part.startswith(("/", "#", "..")) for part in parts)
    paths = {part.replace("%20", " ").replace("%C3%A0", "à") for part in parts}
    assert all((written / path).exists() for path in paths)
    assert all((written / path).is_dir() == path.endswith("/") for path in paths)
    files = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()}
    assert files - {ro_crate.NAME} == {path for path in paths if not path.endswith("/")}


def test_what_is_no_file_has_an_absolute_or_a_local_address(written):
    others = [name for name, entity in graph(written).items() if not {"File", "Dataset"} & {*listed(entity["@type"])}]
    assert all(name.startswith(("#", "https://")) for name in others if name != ro_crate.NAME)


def test_each_file_has_its_size_its_fingerprint_and_its_licence(written):
    page = graph(written)["outputs/jouet.html"]
    assert page["sha256"] == sha256("<p>é".encode()).hexdigest()
    assert (page["contentSize"], page["encodingFormat"]) == ("5", "text/html")
    files = [entity for entity in graph(written).values() if entity["@type"] == "File"]
    assert all({"name", "contentSize", "sha256", "encodingFormat", "license"} <= set(entity) for entity in files)


def test_a_page_tells_what_it_was_made_from_and_the_library_what_it_needs(written):
    entities = graph(written)
    made_from = ["notebooks/jouet.ipynb", "data/jouet/", "lib/relecture/", "requirements.lock"]
    for page in ("outputs/jouet.html", "outputs/jouet-methode.html"):
        assert [one["@id"] for one in entities[page]["isBasedOn"]] == made_from
    assert "isBasedOn" not in entities["outputs/index.html"]
    all_data = [one["@id"] for one in entities["outputs/ensemble.html"]["isBasedOn"] if "data/" in one["@id"]]
    assert all_data == ["data/dossier/", "data/fiction/", "data/jouet/"], "a notebook of no study reads all of them"
    needed = [one["@id"] for one in entities["lib/relecture/"]["softwareRequirements"]]
    assert needed == ["https://www.python.org/", "requirements.lock"]
    assert entities["https://www.python.org/"]["version"] == ">=3.11"


def test_the_works_read_again_are_told_and_a_fiction_is_not_one(written):
    entities = graph(written)
    thesis, article = entities["#jouet"], entities["https://example.org/dossier"]
    assert (thesis["@type"], thesis["name"], thesis["datePublished"]) == ("Thesis", "Des jouets", "2020")
    assert entities[thesis["author"]["@id"]] == {"@id": "#zoe-durand", "@type": "Person", "name": "Zoé Durand"}
    assert (article["@type"], article["name"]) == ("Article", "Le titre exact du dossier")
    assert not {"datePublished", "description"} & set(article), "what study.yaml does not say is left out"
    assert [one["@id"] for one in entities["./"]["isBasedOn"]] == ["https://example.org/dossier", "#jouet"]
    assert entities["./"]["citation"] == {"@id": "https://example.org/dossier"}, "an absolute address, as it must be"
    assert entities["data/jouet/"]["about"] == {"@id": "#jouet"}
    assert "about" not in entities["data/fiction/"]


def test_the_library_of_the_standard_reads_it_back(written):
    read = ROCrate(written)
    assert read.root_dataset["name"] == "Relecture"
    assert {entity.id for entity in read.get_entities()} == set(graph(written))


def test_two_folders_give_the_same_bytes_without_a_path_in_them(built, written, tmp_path):
    there = shutil.copytree(built.root, tmp_path / "ailleurs")
    for path in there.rglob("*"):
        os.utime(path, (0, 0))
    again = ro_crate.write(there / "outputs", there, tmp_path / "encore")
    assert again.read_bytes() == (written / ro_crate.NAME).read_bytes()
    assert str(tmp_path).encode() not in again.read_bytes()


@pytest.mark.parametrize("folder", ["plein", "fichier"])
def test_nothing_is_ever_replaced(built, folder):
    built.write({"plein/a.txt": "gardé", "fichier": "gardé"})
    with pytest.raises(InputError, match="un dossier nouveau ou vide est attendu"):
        ro_crate.write(built.root / "outputs", built.root, built.root / folder)
    assert (built.root / "plein/a.txt").read_text(encoding="utf-8") == "gardé"


def test_a_folder_that_cannot_be_written_is_refused_in_one_line_and_leaves_nothing(built, monkeypatch):
    def full(self, folder):
        folder.mkdir()
        raise OSError(28, "disque plein")

    monkeypatch.setattr(ROCrate, "write", full)
    with pytest.raises(InputError) as refusal:
        ro_crate.write(built.root / "outputs", built.root, built.root / "dépôt")
    (fault,) = refusal.value.faults
    assert fault.endswith("écriture impossible (disque plein)")
    assert [path.name for path in built.root.iterdir() if "dépôt" in path.name] == []


def test_an_empty_folder_is_filled(built):
    (built.root / "vide").mkdir()
    assert ro_crate.write(built.root / "outputs", built.root, built.root / "vide").is_file()


def test_the_command_says_where_the_metadata_is(built, monkeypatch):
    monkeypatch.setattr(study, "ROOT", built.root)
    monkeypatch.setattr(page_commands, "_up_to_date", lambda: built.root / "outputs")
    folder = built.root / "dépôt"
    result = CliRunner().invoke(commands.main, ["crate", str(folder)])
    assert (result.exit_code, result.stdout) == (0, f"{folder / ro_crate.NAME}\n")
    again = CliRunner().invoke(commands.main, ["crate", str(folder)])
    assert (again.exit_code, again.stderr.replace("\xa0", " ")) == (
        1,
        f"« {folder} » : un dossier nouveau ou vide est attendu\n",
    )


def test_the_real_compendium_has_its_title_its_notebooks_its_lock_and_every_work_that_it_cites():
    described = ro_crate.describe(ROOT / "outputs", ROOT)
    notebooks = {f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    ids = {entity.id for entity in described.get_entities()}
    assert notebooks | {"requirements.lock", "LICENSE", "LICENSE-DATA.md", "data/guefif/printed.csv"} <= ids
    works = {work["name"] for work in described.root_dataset["isBasedOn"] if work.type in ("Thesis", "Article")}
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["references"]
    assert {" ".join(work["title"].split()) for work in cited} <= works
    assert len(cited) >= 5, "four theses and a press dossier"


@pytest.mark.skipif(not VALIDATOR.exists(), reason="the reference validator is installed by make bench")
def test_the_reference_validator_accepts_the_folder(written):
    context = files("rocrate") / "data/ro-crate.jsonld"
    command = [VALIDATOR.with_name("python"), ROOT / "benchmarks/crate.py", written, context]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
