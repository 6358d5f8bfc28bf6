"""Records of built pages: what went into each one, and what came out.

The *sources* of a page are all that can change it: the cells of its notebook (not their outputs), its study's data,
the library with its templates, the lock of dependencies and the parameters, each with its fingerprint. A page is fresh
when the fingerprint of its sources is the recorded one and its bytes are those that were written: an edited or missing
page is stale, whatever the age of files. Records stand beside the pages, in one JSON file. Nothing heavy is imported
here: a second `make` only reads and hashes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from relecture.core import files
from relecture.core.errors import InputError
from relecture.core.fingerprints import of_file, of_files, of_json
from relecture.core.study import studies

RECORDS = ".fingerprints.json"
PARAMETERS = "parameters"
_CELL = ("cell_type", "source", "attachments")
_SHORT = 16  # characters of a fingerprint that a record keeps: enough to tell what changed


@dataclass(frozen=True)
class Record:
    """What went into the pages of a notebook, what came out, and what the index says of them.

    `output` is the fingerprint of the page, `beside` those of the page that goes with it, by its name; `parts` are
    the sources, cut short; `story` is what the elements of the page carry.
    """

    inputs: str
    output: str
    title: str
    tally: dict[str, int]
    parts: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    story: dict[str, Any] = field(default_factory=dict)

    def written(self, page: Path) -> dict[Path, str]:
        """The fingerprint of each file that was written, the page first."""
        return {page: self.output} | {page.with_name(f"{name}.html"): output for name, output in self.beside.items()}


def read(out: Path) -> dict[str, Record]:
    """Records of the pages in a folder; none when they cannot be read, so that all is built again."""
    try:
        stored = json.loads((out / RECORDS).read_text(encoding="utf-8"))
        return {name: Record(**record) for name, record in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write(out: Path, records: Mapping[str, Record]) -> None:
    """Store the records of a folder, sorted, so that two builds store the same bytes; InputError when it cannot be."""
    stored = {name: asdict(record) for name, record in records.items()}
    files.write(out / RECORDS, json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def is_fresh(record: Record | None, inputs: str, page: Path) -> bool:
    """True when nothing that made the page has changed, nor the page itself and the one that goes with it."""
    if record is None or record.inputs != inputs:
        return False
    return all(file.is_file() and of_file(file) == output for file, output in record.written(page).items())


def sources(notebook: Path, root: Path, parameters: Mapping[str, Any], library: Mapping[str, str]) -> dict[str, str]:
    """Fingerprint of each file a page is made of, by its path from `root`, and of its parameters.

    `library` is what all pages share (`fingerprints.of_library`). Raises InputError for a notebook that cannot be read.
    """
    given = {name: _parameter(value, notebook.parent) for name, value in parameters.items()}
    return {**own_sources(notebook, root), **library, PARAMETERS: of_json(given)}


def own_sources(notebook: Path, root: Path) -> dict[str, str]:
    """Fingerprints of what one page is made of besides the library: its notebook (by its cells) and its data."""
    cells = {notebook.relative_to(root).as_posix(): of_json({"cells": _written_cells(notebook)})}
    return cells | of_files(_data(notebook.stem, root), root)


def short_fingerprints(sources: Mapping[str, str]) -> dict[str, str]:
    """Fingerprints as a record keeps them."""
    return {name: fingerprint[:_SHORT] for name, fingerprint in sources.items()}


def _parameter(value: Any, folder: Path) -> Any:
    """The value of a parameter; for the path of a file, as the notebook would open it, its name and content.

    Paths in a list, or in a mapping, are read so too.
    """
    if isinstance(value, Mapping):
        return {name: _parameter(part, folder) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_parameter(part, folder) for part in value]
    try:
        path = folder / value if isinstance(value, str | Path) and str(value) else None
        return {"file": path.name, "content": of_file(path)} if path and path.is_file() else value
    except (OSError, ValueError):  # no path after all: too long, a character that no path has
        return value


def _data(name: str, root: Path) -> Path:
    """The folder of the study, or of all studies for a notebook that belongs to none."""
    return root / "data" / name if name in studies(root) else root / "data"


def _written_cells(notebook: Path) -> list[dict[str, Any]]:
    """What the author wrote: cells and tags, without outputs, counts or identifiers."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError([f"{notebook.name} : carnet illisible ({error})"]) from error
    parts = [({key: cell.get(key) for key in _CELL}, cell.get("metadata", {})) for cell in cells]
    return [written | {"tags": metadata.get("tags", [])} for written, metadata in parts]
