"""The file formats of coding trees: which programs open each, how it is written and read.

A further format is a line of TREE_FORMATS: downloads, `import_tree` and tests read that list. What comes from
another program has no identifiers of ours: they are made of the labels. Then it passes the same checks as a tree
of the house.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.french import slug
from relecture.text.codes.formats import mindmaps, refi_qda
from relecture.text.codes.tree import TREE_SCHEMA, CodingTree, parse_tree, read_tree


@dataclass(frozen=True)
class TreeFormat:
    """A file format: its suffix, the programs that open it, how it is written and (maybe) read."""

    suffix: str
    programs: str
    write: Callable[[CodingTree], bytes]
    read: Callable[[bytes, str], dict[str, Any]] | None = None


TREE_FORMATS = {
    form.suffix: form
    for form in (
        TreeFormat(".qdc", "NVivo, MAXQDA, ATLAS.ti, QualCoder", refi_qda.write_codebook, refi_qda.read_codebook),
        TreeFormat(".mm", "FreeMind, Freeplane, Mindomo, XMind", mindmaps.write_freemind, mindmaps.read_freemind),
        TreeFormat(".opml", "éditeurs de plans", mindmaps.write_opml, mindmaps.read_opml),
        TreeFormat(".md", "éditeurs de texte", mindmaps.write_markdown),
    )
}


def import_tree(path: str | Path) -> CodingTree:
    """The tree of a file, by its suffix: .yaml, .qdc, .mm or .opml; raises InputError with every fault."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".yaml":
        return read_tree(path)
    readers = {form.suffix: form.read for form in TREE_FORMATS.values() if form.read}
    if suffix not in readers:
        raise InputError([f"{path.name} : format inconnu (acceptés : .yaml, {', '.join(readers)})"])
    try:
        return parse_tree(_read_foreign(path, readers[suffix]), path.name)
    except OSError as error:
        raise InputError([f"{path.name} : fichier absent ou illisible"]) from error
    except RecursionError as error:
        raise InputError([f"{path.name} : beaucoup trop de niveaux"]) from error


def _read_foreign(path: Path, read: Callable[[bytes, str], dict[str, Any]]) -> dict[str, Any]:
    document = read(path.read_bytes(), path.name)
    _identify(document["nodes"])
    return document | {"title": document.get("title") or path.stem}


def _identify(nodes: list[dict[str, Any]]) -> None:
    """Gives an identifier to each record without one of ours: its label, and a number when it is taken."""
    ours = re.compile(schemas.load(TREE_SCHEMA)["$defs"]["id"]["pattern"])
    taken = {record["id"] for record in _walk_records(nodes) if ours.match(record.get("id") or "")}
    for record in _walk_records(nodes):
        if not ours.match(record.get("id") or ""):
            base = slug(record["label"], "code")
            base = base if base[0].isalpha() else f"code-{base}"
            fresh = (f"{base}-{rank}" if rank > 1 else base for rank in range(1, len(taken) + 2))
            record["id"] = next(name for name in fresh if name not in taken)
            taken.add(record["id"])


def _walk_records(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for record in nodes:
        yield record
        yield from _walk_records(record["children"])
