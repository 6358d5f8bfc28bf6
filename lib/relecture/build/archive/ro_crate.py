"""The whole compendium as an RO-Crate, for an archive of data.

An RO-Crate (https://w3id.org/ro/crate/1.2) is a folder with its files and `ro-crate-metadata.json`, which describes
them. Here it holds the sources, the built pages and their manifest (`inventory` lists them); each has its size,
fingerprint, media type and licence. Authors, title and date come from CITATION.cff, the works cited from the
`study.yaml` of those that have an author and are not fictional. The same content gives the same bytes: no clock, no
random identifier, no path of the machine.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relecture.build.archive import inventory
from relecture.build.archive.inventory import CC_BY, MIT, Item
from relecture.build.state import records
from relecture.core import files, fingerprints
from relecture.core.errors import InputError
from relecture.core.files import read_yaml
from relecture.core.french import slug
from relecture.core.study import load_study, studies
from relecture.report.page import notebook_parts

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

NAME = "ro-crate-metadata.json"
VERSION = "1.2"  # of the specification
LIBRARY, LOCK = "lib/relecture/", "requirements.lock"
LICENCES = {
    MIT: {"name": "MIT License", "description": "Licence of the code, see LICENSE."},
    CC_BY: {
        "name": "Creative Commons Attribution 4.0 International",
        "description": "Licence of the data, the prose and the pages, see LICENSE-DATA.md.",
    },
}


def write(out: Path, root: Path, folder: Path) -> Path:
    """Copy the compendium and its pages into a new or empty folder, described; the metadata file.

    Raises InputError for a folder that holds something or cannot be written: nothing is ever replaced.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputError([f"« {folder} » : un dossier nouveau ou vide est attendu"])
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        describe(out, root).write(partial)
        os.replace(partial, folder)
    except OSError as error:
        raise files.refusal(folder, error) from error
    finally:
        files.remove(partial)
    return folder / NAME


def describe(out: Path, root: Path) -> ROCrate:
    """The crate of a compendium and of the pages built in `out`, not written yet."""
    from rocrate.rocrate import ROCrate

    root, crate = root.resolve(), ROCrate(version=VERSION)
    for address, words in LICENCES.items():
        _add(crate, address, "CreativeWork", **words)
    about = {name: load_study(name, root).about for name in studies(root)}
    cited = read_yaml(root / "CITATION.cff")
    listed = {_name(author): work for work in cited.get("references", ()) for author in work["authors"]}
    real = {name: study for name, study in about.items() if "author" in study and not study.get("fictional")}
    works = {name: _work(crate, name, study, listed) for name, study in real.items()}
    _whole(crate, cited, works.values())
    entities = _fill(crate, [*inventory.sources(root), *inventory.pages(out, root, records.read(out))])
    for name, study in about.items():
        _set(entities[f"data/{name}/"], description=study["title"], **({"about": works[name]} if name in works else {}))
    _link(crate, root, entities)
    return crate


def _whole(crate: ROCrate, cited: Mapping[str, Any], works: Iterable[Any]) -> None:
    """Title, authors, date, licences and works of the whole; a `citation` needs an address on the web."""
    works, authors = list(works), [_author(crate, author) for author in cited["authors"]]
    named = {"name": cited["title"], "description": " ".join(cited["abstract"].split()), "version": cited["version"]}
    dated = {"datePublished": str(cited["date-released"]), "keywords": ", ".join(cited["keywords"])}
    owned = {"license": _licences(crate, LICENCES), "author": authors, "publisher": authors[0]}
    based = {"isBasedOn": works, "citation": [work for work in works if not work.id.startswith("#")]}
    _set(crate.root_dataset, **named, **dated, **owned, **based, inLanguage=["fr", "en"])


def _author(crate: ROCrate, author: Mapping[str, Any]) -> Any:
    """An author as CITATION.cff names them: a person with family and given names, else a group with a name."""
    kind = "Organization" if "name" in author else "Person"
    return _add(crate, author.get("orcid") or f"#{slug(_name(author))}", kind, name=_name(author))


def _name(author: Mapping[str, Any]) -> str:
    return author.get("name") or f"{author['given-names']} {author['family-names']}"


def _work(crate: ROCrate, name: str, about: Mapping[str, Any], listed: Mapping[str, Any]) -> Any:
    """The thesis or article that a study reads again; its title and address are those of CITATION.cff, by author."""
    reference = listed.get(about["author"], {})
    title = " ".join((reference.get("title") or about.get("subject") or about["title"]).split())
    properties = {"name": title, "description": about.get("degree", ""), "datePublished": str(about.get("year", ""))}
    author = _add(crate, f"#{slug(about['author'])}", "Person", name=about["author"])
    properties |= {"inLanguage": "fr", "author": author}
    if "university" in about:
        place = _add(crate, f"#{slug(about['university'])}", "Organization", name=about["university"])
        properties["sourceOrganization"] = place
    return _add(crate, reference.get("url", f"#{name}"), "Thesis" if "university" in about else "Article", **properties)


def _fill(crate: ROCrate, items: list[Item]) -> dict[str, Any]:
    """Every file, then every folder with its files; the entities by path."""
    entities = {}
    for item in items:
        entities[item.path] = crate.add_file(item.source, item.path)
        _set(entities[item.path], **_properties(crate, item))
    for folder in dict.fromkeys(item.folder for item in items if item.folder):
        parts = [entities[item.path] for item in items if item.folder == folder]
        entities[folder] = crate.add_dataset(dest_path=folder)
        _set(entities[folder], name=folder, license=_licences(crate, inventory.licences(folder)), hasPart=parts)
    for folder, words in (inventory.FOLDERS | {inventory.PAGES: "The pages, as built."}).items():
        if folder in entities:
            _set(entities[folder], description=words)
    return entities


def _properties(crate: ROCrate, item: Item) -> dict[str, Any]:
    properties = {"name": item.path, "encodingFormat": item.media, "contentSize": str(item.source.stat().st_size)}
    owned = {"sha256": fingerprints.of_file(item.source), "license": _licences(crate, item.licences)}
    return properties | owned | {"description": item.description}


def _link(crate: ROCrate, root: Path, entities: Mapping[str, Any]) -> None:
    """What the library needs (the Python that pyproject.toml asks for, the lock), and what pages were made from."""
    needed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    address = "https://www.python.org/"
    python = _add(crate, address, "ComputerLanguage", name="Python", version=needed, url=address)
    _set(entities[LIBRARY], programmingLanguage=python, softwareRequirements=[python, entities[LOCK]])
    for path in entities:
        name = path.removeprefix(inventory.PAGES).partition("/")[0].removesuffix(".html")
        name = name if f"notebooks/{name}.ipynb" in entities else notebook_parts.study_of(name)
        if path.startswith(inventory.PAGES) and f"notebooks/{name}.ipynb" in entities:
            data = [f"data/{name}/"] if f"data/{name}/" in entities else inventory.data_folders(root)
            made_from = (f"notebooks/{name}.ipynb", *data, LIBRARY, LOCK)
            _set(entities[path], isBasedOn=[entities[source] for source in made_from if source in entities])


def _licences(crate: ROCrate, addresses: Iterable[str]) -> list[Any]:
    return [crate.get(address) for address in addresses]


def _add(crate: ROCrate, identifier: str, kind: str, **properties: Any) -> Any:
    """Describe something that is no file of the crate."""
    from rocrate.model.contextentity import ContextEntity

    entity = crate.add(ContextEntity(crate, identifier, properties={"@type": kind}))
    _set(entity, **properties)
    return entity


def _set(entity: Any, **properties: Any) -> None:
    """Set properties; a list of one is that one, what is empty is left out, as JSON-LD has it."""
    for name, value in properties.items():
        if value not in ("", []):
            entity[name] = value[0] if isinstance(value, list) and len(value) == 1 else value
