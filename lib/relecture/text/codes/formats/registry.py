"""The file formats of coding trees: which programs open each, how it is written and read.

`download` writes the tree in a format of FORMATS, `load` reads one from a file: YAML, or the export
of another program. What comes from elsewhere has no identifiers of ours: they are made of the labels.
Then it passes the same checks as a tree of the house.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relecture.core.errors import InputError
from relecture.core.files import read_yaml
from relecture.core.french import slug
from relecture.text.codes.formats import mindmaps, refi_qda
from relecture.text.codes.tree import CodingTree, parse_tree
from relecture.text.codes.tree_checks import is_identifier


@dataclass(frozen=True)
class TreeFormat:
    """A file format: its suffix, the programs that open it, how it is written and (maybe) read."""

    suffix: str
    programs: str
    write: Callable[[CodingTree], bytes]
    read: Callable[[bytes, str], dict[str, Any]] | None = None


TREE_FORMATS = {
    "refi-qda": TreeFormat(
        ".qdc", "NVivo, MAXQDA, ATLAS.ti, QualCoder", refi_qda.write_codebook, refi_qda.read_codebook
    ),
    "freemind": TreeFormat(
        ".mm", "FreeMind, Freeplane, Mindomo, XMind", mindmaps.write_freemind, mindmaps.read_freemind
    ),
    "opml": TreeFormat(".opml", "éditeurs de plans", mindmaps.write_opml, mindmaps.read_opml),
    "markdown": TreeFormat(".md", "éditeurs de texte", mindmaps.write_markdown),
}


def export_tree(tree: CodingTree, form: str) -> bytes:
    """The tree as a file of that format; KeyError for a format that is not in FORMATS.

    >>> tree = parse_tree({"title": "Arbre", "nodes": [{"id": "acces", "label": "Accès"}]})
    >>> print(export_tree(tree, "markdown").decode())
    # Arbre
    <BLANKLINE>
    - **Accès** (`acces`)
    <BLANKLINE>
    """
    return TREE_FORMATS[form].write(tree)


def read_tree(path: str | Path) -> CodingTree:
    """The tree of a file, by its suffix: .yaml, .qdc, .mm or .opml; raises InputError with every fault."""
    path = Path(path)
    readers = {form.suffix: form.read for form in TREE_FORMATS.values() if form.read}
    suffix = path.suffix.lower()
    if suffix not in readers and suffix != ".yaml":
        raise InputError([f"{path.name} : format inconnu (acceptés : .yaml, {', '.join(readers)})"])
    try:
        document = read_yaml(path) if suffix == ".yaml" else _read_foreign(path, readers[suffix])
    except OSError as error:
        raise InputError([f"{path.name} : fichier absent ou illisible"]) from error
    except RecursionError as error:
        raise InputError([f"{path.name} : beaucoup trop de niveaux"]) from error
    return parse_tree(document, path.name)


def _read_foreign(path: Path, read: Callable[[bytes, str], dict[str, Any]]) -> dict[str, Any]:
    document = read(path.read_bytes(), path.name)
    _identify(document["nodes"])
    return document | {"title": document.get("title") or path.stem}


def _identify(nodes: list[dict[str, Any]]) -> None:
    """Gives an identifier to each record without one of ours: its label, and a number when it is taken."""
    taken = {record["id"] for record in _walk_records(nodes) if is_identifier(record.get("id"))}
    for record in _walk_records(nodes):
        if not is_identifier(record.get("id")):
            base = slug(record["label"], "code")
            base = base if base[0].isalpha() else f"code-{base}"
            fresh = (f"{base}-{rank}" if rank > 1 else base for rank in range(1, len(taken) + 2))
            record["id"] = next(name for name in fresh if name not in taken)
            taken.add(record["id"])


def _walk_records(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for record in nodes:
        yield record
        yield from _walk_records(record["children"])
