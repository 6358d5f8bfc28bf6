"""Is a built page still what its sources say? Judged by content, never by the age of a file.

The *parts* of a report are all that can change it: the cells of its notebook (not their outputs), its
study's data, the library with its templates, the lock of dependencies and the parameters, each with
its fingerprint; the fingerprint of the report is that of its parts. A page is fresh when its fingerprint
is the recorded one and its bytes are those that were written: an edited or missing page is stale.
Records stand beside the pages, in one JSON file. This room imports nothing heavy: a second `make`
only reads and hashes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from relecture.core.errors import InputError
from relecture.core.fingerprints import contents, library, of, of_parts
from relecture.core.study import studies

RECORDS = ".fingerprints.json"
PARAMETERS = "parameters"
CELL = ("cell_type", "source", "attachments")


@dataclass(frozen=True)
class Record:
    """What went into a page, what came out, and what the index says of it."""

    inputs: str
    output: str
    title: str
    tally: dict[str, int]
    parts: dict[str, str] = field(default_factory=dict)


def read(out: Path) -> dict[str, Record]:
    """Records of the pages in a folder; none when they cannot be read, so that all is built again."""
    try:
        stored = json.loads((out / RECORDS).read_text(encoding="utf-8"))
        return {name: Record(**record) for name, record in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def text(records: Mapping[str, Record]) -> str:
    """Records as they are stored: sorted, so that two builds store the same bytes."""
    stored = {name: asdict(record) for name, record in records.items()}
    return json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def is_fresh(record: Record | None, inputs: str, page: Path) -> bool:
    """True when nothing that made the page has changed, nor the page itself."""
    return record is not None and record.inputs == inputs and page.is_file() and record.output == of(page)


def of_report(
    notebook: Path, root: Path, parameters: Mapping[str, Any], common: Mapping[str, str] | None = None
) -> str:
    """Fingerprint of all that a report is made of, the same in any folder; `common` as in `parts`."""
    return of_parts(parts(notebook, root, parameters, common))


def parts(
    notebook: Path, root: Path, parameters: Mapping[str, Any], common: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Fingerprint of each file a report is made of, by its path from `root`, and of its parameters.

    `common` is `library(root)`, for who needs it for several reports.
    """
    given = {name: _given(value, notebook.parent) for name, value in parameters.items()}
    common = library(root) if common is None else common
    return {**own_files(notebook, root), **common, PARAMETERS: of_parts(given)}


def _given(value: Any, folder: Path) -> Any:
    """The value of a parameter; for the path of a file, as the notebook would open it, its name and content."""
    try:
        path = folder / value if isinstance(value, str | Path) and str(value) else None
        return {"file": path.name, "content": of(path)} if path and path.is_file() else value
    except (OSError, ValueError):  # no path after all: too long, a character that no path has
        return value


def short(parts: Mapping[str, str]) -> dict[str, str]:
    """Fingerprints as a record keeps them: long enough to tell what changed."""
    return {name: fingerprint[:16] for name, fingerprint in parts.items()}


def own_files(notebook: Path, root: Path) -> dict[str, str]:
    """Fingerprints of what one report reads besides the library: its notebook (by its cells) and its data."""
    told = {notebook.relative_to(root).as_posix(): of_parts({"cells": _told(notebook)})}
    return told | contents(_data(notebook.stem, root), root)


def _data(name: str, root: Path) -> Path:
    """The folder of the study, or of all studies for a notebook that belongs to none."""
    return root / "data" / name if name in studies(root) else root / "data"


def _told(notebook: Path) -> list[dict[str, Any]]:
    """What the author wrote: cells and tags, without outputs, counts or identifiers."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError([f"{notebook.name} : carnet illisible ({error})"]) from error
    return [{key: cell.get(key) for key in CELL} | {"tags": _tags(cell)} for cell in cells]


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return cell.get("metadata", {}).get("tags", [])
