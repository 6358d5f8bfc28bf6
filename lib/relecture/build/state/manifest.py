"""The identity of a build: its files, what they were made from, and the versions at work.

The *manifest* stands beside the pages: the fingerprint and size of every built file; for each page the fingerprints of
its own sources and of its *parts*, in order (tables, figures, and the text between them); the library; the versions. It
names no path, date or machine. The authors commit theirs as `data/manifest.json`: whoever holds it can be told which
table differs first without the authors' pages (`archive.manifest_diff`). A page made of other sources than the files as
they are now, or with other parameters than those of its notebook, counts as a file but not among the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from html import unescape
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any, NamedTuple

from relecture.build.state import jobs, records
from relecture.build.state.records import Record
from relecture.core import files, fingerprints
from relecture.core.errors import InputError

NAME = "manifest.json"
AUTHORS = Path(*fingerprints.MANIFEST)
_OPENING = re.compile(r"<(?:figure|table|h[23])\b")
_FILES = r'(?:<p class="download">.*?</p>)?'
_WHOLE = re.compile(  # a figure or a table, with the files below it
    rf'<figure\b.*?</figure>{_FILES}|<table\b.*?</table>(?:</div>(?:<p class="note">.*?</p>)?{_FILES})?', re.DOTALL
)
_PART_KINDS = {"<table": "tableau", "<figur": "figure"}
_TITLES = {
    "tableau": re.compile(r"<table\b.*?<caption>(.*?)</caption>", re.DOTALL),
    "figure": re.compile(r"<figure\b.*?<figcaption>.*?<strong>(.*?)</strong>", re.DOTALL),
    "texte": re.compile(r"<h[23]\b[^>]*>(.*?)</h[23]>", re.DOTALL),
}
_SHORT = 16


class Part(NamedTuple):
    """A table, a figure, or the text of a section up to the next of them; stored as one line."""

    fingerprint: str
    kind: str
    title: str


def update(out: Path, root: Path, built: Mapping[str, Record]) -> None:
    """Write the manifest of the pages of a folder, from the records of their builds."""
    files.write(out / NAME, text(describe(out, root.resolve(), built)))


def describe(out: Path, root: Path, built: Mapping[str, Record]) -> dict[str, Any]:
    """Files, pages, library and versions of a build, ready for JSON."""
    notebooks, library = jobs.notebooks(root), fingerprints.of_library(root)
    pages = {name: out / f"{name}.html" for name in sorted(built) if (out / f"{name}.html").is_file()}
    now = {name: _inputs(notebook, root, library) for name, notebook in notebooks.items() if name in pages}
    published = [name for name in now if records.is_fresh(built[name], now[name], pages[name])]
    listed = [name for name in pages if name in notebooks or name in ("index", "exercices")]
    return {
        "files": dict(_files(out, [file for name in listed for file in (name, *built[name].beside)])),
        "library": library,
        "pages": {
            page.stem: _page(page, notebooks[name], root)
            for name in published
            for page in built[name].written(pages[name])
        },
        "versions": versions(),
    }


def text(manifest: Mapping[str, Any]) -> str:
    """The manifest as it is stored: sorted, so that two builds store the same bytes."""
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(path: Path) -> dict[str, Any]:
    """A stored manifest; raises InputError for a file that is missing or is not one."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        faulty = [key for key in ("files", "library", "pages", "versions") if not isinstance(stored[key], dict)]
    except FileNotFoundError as error:
        raise InputError([f"{path.name} : fichier absent"]) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError([f"{path.name} : manifeste illisible ({error})"]) from error
    if faulty:
        raise InputError(f"{path.name} : la partie « {key} » n'est pas une suite de paires" for key in faulty)
    return stored


def publish(out: Path, root: Path) -> Path:
    """Make what is built in the folder the authors' manifest; InputError for a notebook without an up-to-date page."""
    manifest = describe(out, root.resolve(), records.read(out))
    if absent := [name for name in jobs.notebooks(root) if name not in manifest["pages"]]:
        raise InputError(f"{name} : pas de page à jour ; le manifeste des auteurs n'a pas changé" for name in absent)
    for name, notebook in jobs.notebooks(root).items():
        saved = {out / f"{file}.html": html for file, html in _saved_pages(notebook).items()}
        if all(page.is_file() and page.read_text(encoding="utf-8") == html for page, html in saved.items()):
            manifest["pages"][name]["saved"] = fingerprints.of_file(notebook)
    files.write(root / AUTHORS, text(manifest))
    return root / AUTHORS


def is_saved(notebook: Path, sources: Mapping[str, str]) -> bool:
    """Whether the authors saved a notebook, outputs included, as these sources and these versions make it."""
    try:
        known = read(notebook.parents[1] / AUTHORS)
        page = known["pages"][notebook.stem]
        same = known["library"] | page["inputs"] | {records.PARAMETERS: sources[records.PARAMETERS]} == sources
        return same and page["saved"] == fingerprints.of_file(notebook) and known["versions"] == versions()
    except (InputError, KeyError, TypeError):
        return False


def _saved_pages(notebook: Path) -> dict[str, str]:
    """The pages that the outputs saved with a notebook make, by the name of their file."""
    from relecture.build.notebooks import execute
    from relecture.report.page import render

    return render.pages(execute.saved(notebook), notebook.stem)


def parts(html: str) -> list[Part]:
    """The page cut into its parts, from the first byte to the last: pages are equal when their parts are.

    >>> [part.title for part in parts("<p>Un</p><h2>Deux</h2><p>oui</p><table><caption>Trois</caption></table>")]
    ['', 'Deux', 'Trois']
    """
    return [part for _, part in parts_with_bytes(html)]


def parts_with_bytes(html: str) -> Iterator[tuple[str, Part]]:
    """Each part with its bytes; one without a title bears that of its section, the top of the page none."""
    section = ""
    for piece in filter(None, _cut(html)):
        kind = _PART_KINDS.get(piece[:6], "texte")
        heading = _TITLES[kind].match(piece)
        plain = re.sub("<[^>]+>", " ", heading[1]) if heading else ""
        title = " ".join(unescape(plain).split()) if heading else section
        section = title if kind == "texte" else section
        yield piece, Part(sha256(piece.encode()).hexdigest()[:_SHORT], kind, title)


def _cut(html: str) -> Iterator[str]:
    """The page cut around each figure and table, and before each heading that opens a section of text."""
    start = at = 0
    while opening := _OPENING.search(html, at):
        begin, at = opening.span()
        if whole := _WHOLE.match(html, begin):
            yield from (html[start:begin], whole[0])
            start = at = whole.end()
        elif html[begin + 1] == "h":
            yield html[start:begin]
            start = begin
    yield html[start:]


def stored_parts(page: Mapping[str, Any]) -> list[Part]:
    """The parts of a page of a stored manifest."""
    return [Part(*line.split("  ", 2)) for line in page["parts"]]


@cache
def versions() -> dict[str, str]:
    """Versions of Relecture, of Python (without its last number) and of the packages that Relecture asks for."""
    from sys import version_info

    required = (line for line in requires("relecture") or () if "extra ==" not in line)
    names = sorted(re.match(r"[\w.-]+", line)[0] for line in required)
    python = f"{version_info.major}.{version_info.minor}"
    return {"Relecture": version("relecture"), "Python": python} | {name: version(name) for name in names}


def _inputs(notebook: Path, root: Path, library: Mapping[str, str]) -> str:
    """Fingerprint of what the published page would be made of now; none when the notebook cannot be read."""
    try:
        return fingerprints.of_json(records.sources(notebook, root, {}, library))
    except InputError:
        return ""


def _files(out: Path, names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each page, and each file of the folder of its name."""
    for name in names:
        written = fingerprints.of_files(out / f"{name}.html", out) | fingerprints.of_files(out / name, out)
        for path, fingerprint in written.items():
            yield path, {"sha256": fingerprint, "size": (out / path).stat().st_size}


def _page(page: Path, notebook: Path, root: Path) -> dict[str, Any]:
    lines = ["  ".join(part) for part in parts(page.read_text(encoding="utf-8"))]
    return {"inputs": records.own_sources(notebook, root), "parts": lines}
