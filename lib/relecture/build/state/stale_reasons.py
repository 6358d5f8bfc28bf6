"""Reasons to make a page again, in French.

What a page was made of, as its record says, is compared with what it would be made of now, file by file; no reason
means that the page is up to date. The build itself asks nothing else, so that what is explained is what is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from relecture.build.state.records import PARAMETERS, Record, short_fingerprints
from relecture.core import fingerprints

_NAMED = 3  # files named; those beyond are counted
_CHANGES = {  # by the start of the path
    "notebooks/": "carnet modifié",
    "data/": "données modifiées",
    "lib/": "bibliothèque modifiée",
    fingerprints.LOCK: "dépendances modifiées",
    PARAMETERS: "paramètres modifiés",
}


def reasons(record: Record | None, sources: Mapping[str, str], page: Path) -> list[str]:
    """The reasons to make a page again, in French; none when it is up to date.

    >>> before = Record("", "", "Un titre", {}, {"lib/a.py": "1", "lib/b.py": "1"})
    >>> reasons(before, {"lib/a.py": "2", "lib/c.py": "1"}, Path("absente.html"))
    ['page absente', 'bibliothèque modifiée (lib/a.py, lib/b.py supprimé, lib/c.py ajouté)']
    """
    if record is None:
        return ["jamais construite"]
    return [*_of_page(record, page), *_of_sources(record, sources)]


def _of_page(record: Record, page: Path) -> list[str]:
    files = record.written(page)
    if not all(file.is_file() for file in files):
        return ["page absente"]
    changed = any(fingerprints.of_file(file) != output for file, output in files.items())
    return ["page modifiée depuis sa construction"] * changed


def _of_sources(record: Record, sources: Mapping[str, str]) -> list[str]:
    if record.inputs == fingerprints.of_json(sources):
        return []
    if not record.parts:
        return ["construite par une autre version de Relecture"]
    now, before = short_fingerprints(sources), record.parts
    changed = [path + _change(path, before, now) for path in sorted(now | before) if now.get(path) != before.get(path)]
    by_kind = {words: [path for path in changed if path.startswith(start)] for start, words in _CHANGES.items()}
    return [_reason(words, paths) for words, paths in by_kind.items() if paths]


def _change(path: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    return " supprimé" if path not in now else "" if path in before else " ajouté"


def _reason(words: str, paths: list[str]) -> str:
    if paths == [PARAMETERS]:
        return words
    more = len(paths) - _NAMED
    others = f" et {more} autre{'s' * (more > 1)}" if more > 0 else ""
    return f"{words} ({', '.join(paths[:_NAMED])}{others})"
