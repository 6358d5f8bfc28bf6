"""Files of the compendium: where each one is, where it goes, under which licence, and what it is.

What an *item* is comes in the words that the compendium already has for it: the paragraph of a codebook, the first line
of a module or of a commented file, the title of a notebook, a document or a page, or the tables below. A file that
stands in none of these places is no item: loose files of `data/` may be someone's answers. Descriptions are in English,
as the codebooks are; they are for archives (`ro_crate`), not for the readers of the pages.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from relecture.build.state import manifest
from relecture.build.state.records import Record
from relecture.core import fingerprints

MIT, CC_BY = "https://spdx.org/licenses/MIT", "https://spdx.org/licenses/CC-BY-4.0"
PAGES = "outputs/"
ROOT_FILES = {
    ".ci/run": "What the automatic check runs.",
    ".gitignore": "What git leaves out.",
    ".importlinter": "Which room of the library may import which.",
    "CHANGELOG.md": "What changed, version by version.",
    "CITATION.cff": "How to cite the compendium and the works it reads again.",
    "CONTRIBUTING.md": "How to work on the compendium.",
    "LICENSE": "Licence of the code.",
    "LICENSE-DATA.md": "Licence of the data, the prose and the pages.",
    "LISEZMOI.md": "What the compendium is and how to use it, in French.",
    "Makefile": "The commands: make builds the pages, make test checks everything, make verify builds twice.",
    "README.md": "What the compendium is and how to use it.",
    "data/exercices.yaml": "Exercises of critical reading, in sessions: numbers by address, answers as calculations.",
    "data/manifest.json": "Fingerprints of the pages as the authors built them, with those of their inputs.",
    "environment.yml": "The same versions as requirements.lock, for conda.",
    "outputs/README.md": "What a build writes in this folder.",
    "pyproject.toml": "The Python package: what it needs, how it is checked.",
    "requirements.lock": "Every package, with its version and its hash.",
}
FOLDERS = {  # copied whole, and so are the folders of data/
    "benchmarks/": "Verdicts and speed of the checks beside those of other packages.",
    "docs/": "Guides for readers.",
    "lib/relecture/": "The Python library that reads, checks and shows what was printed.",
    "notebooks/": "The story of each study, executed.",
    "tests/": "The tests: they mirror the library.",
}
_TITLE = re.compile(r"\A(?:#+|/\*|\{#-?) *(.+?) *(?:\*/|-?#\})?$", re.MULTILINE)  # of a document, or a first comment
_BUILT_FILES = {"index.html": "List of the pages.", manifest.NAME: "Fingerprints of these pages and of their inputs."}
_TYPES = {
    "cff": "application/yaml",
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "ipynb": "application/x-ipynb+json",
    "js": "text/javascript",
    "json": "application/json",
    "md": "text/markdown",
    "py": "text/x-python",
    "toml": "application/toml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
}


@dataclass(frozen=True)
class Item:
    """A file: `source` is where it is, `path` where it goes below the folder of the whole."""

    path: str
    source: Path
    description: str
    folder: str = ""

    @property
    def media(self) -> str:
        """Media type, by the end of the name; plain text for the others."""
        return _TYPES.get(self.path.rpartition(".")[2], "text/plain")

    @property
    def licences(self) -> list[str]:
        return licences(self.path)


def sources(root: Path) -> Iterator[Item]:
    """The files of the compendium but the built ones, in a fixed order."""
    yield from (Item(path, root / path, words) for path, words in ROOT_FILES.items() if (root / path).is_file())
    for folder in (*FOLDERS, *data_folders(root)):
        for path in sorted(fingerprints.of_files(root / folder, root)):
            yield Item(path, root / path, _description(root / path, root / folder), folder)


def pages(out: Path, root: Path, records: Mapping[str, Record]) -> Iterator[Item]:
    """The built files, as the manifest of the folder lists them, and the manifest itself."""
    built = manifest.describe(out, root, records)["files"]
    named = {file: record for name, record in records.items() for file in (name, *record.beside)}
    for path in (*sorted(built), *(path for path in (manifest.NAME,) if (out / path).is_file())):
        record = named.get(Path(path).parts[0].removesuffix(".html"))
        kind = "Page" if path.endswith(".html") else "Data of the page"
        words = _BUILT_FILES.get(path) or (f"{kind}: {record.title}" if record else "")
        yield Item(f"{PAGES}{path}", out / path, words, PAGES)


def data_folders(root: Path) -> list[str]:
    """The folders of data/, studies and others."""
    folders = (path for path in (root / "data").iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(f"data/{path.name}/" for path in folders)


def licences(path: str) -> list[str]:
    """Data, documents and pages under one licence, code under the other; a notebook holds both."""
    if path.startswith("notebooks/"):
        return [CC_BY, MIT]
    return [CC_BY] if path.startswith(("data/", "docs/", PAGES)) or path.endswith(".md") else [MIT]


def _description(path: Path, folder: Path) -> str:
    """What the compendium itself says of a file, or nothing: its codebook first, then the file."""
    words = _in_codebook(path.relative_to(folder), folder / "README.md") or _by_itself(path)
    return words[:1].upper() + words[1:]


def _by_itself(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".py":
        return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    if path.suffix == ".ipynb":
        titles = (_TITLE.match("".join(cell["source"])) for cell in json.loads(text)["cells"])
        return next((f"Notebook: {title[1]}" for title in titles if title), "")
    title = _TITLE.match(text)
    return title[1] if title else ""


def _in_codebook(path: Path, codebook: Path) -> str:
    """The first paragraph that a codebook gives to a file or to its folder, as a section or as an item."""
    text = codebook.read_text(encoding="utf-8") if codebook.is_file() else ""
    for name in (path.as_posix(), f"{path.parent.as_posix()}/"):
        start = rf"^(?:### `{re.escape(name)}`\n+|- `{re.escape(name)}`: )"
        if paragraph := re.search(rf"{start}(.+?)(?=\n\n|\n- |\Z)", text, re.DOTALL | re.MULTILINE):
            return " ".join(paragraph[1].replace("`", "").split()).rstrip(";")
    return ""
