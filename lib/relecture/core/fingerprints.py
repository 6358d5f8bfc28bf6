"""SHA-256 fingerprints of files, of folders and of anything JSON can write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST = ("data", "manifest.json")  # the authors' fingerprints of the pages: made from them, never read by one
LOCK = "requirements.lock"


def of_file(path: Path) -> str:
    """Fingerprint of a file."""
    return sha256(path.read_bytes()).hexdigest()


def of_json(values: Mapping[str, Any]) -> str:
    """Fingerprint of anything JSON can write; parameters of other types count by their repr."""
    return sha256(json.dumps(values, sort_keys=True, default=repr).encode()).hexdigest()


def of_library(root: Path) -> dict[str, str]:
    """Fingerprints of the files that every page depends on, by their path from `root`."""
    shared = (root / "lib" / "relecture", root / LOCK, root / "data" / "departements")
    return {name: fingerprint for place in shared for name, fingerprint in of_files(place, root).items()}


def of_files(place: Path, root: Path) -> dict[str, str]:
    """Fingerprint of a file, or of each file below a folder, by its path from `root`."""
    return {path.relative_to(root).as_posix(): of_file(path) for path in _files(place)}


def _files(place: Path) -> Iterator[Path]:
    """The file itself, or the files below; caches, hidden files and the authors' manifest left out."""
    for path in [place, *place.rglob("*")]:
        below = path.relative_to(place).parts
        unread = path.parts[-2:] == MANIFEST or any(part.startswith((".", "__pycache__")) for part in below)
        if path.is_file() and not unread:
            yield path
