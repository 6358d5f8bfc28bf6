"""Why is a page to be made again?

`why` compares what a page was made of, as its record says, with what it would be made of now, and names in
French what changed, file by file; no reason means that the page is up to date. The build itself asks
nothing else, so that what is explained is what is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from relecture.build.state import records
from relecture.build.state.records import PARAMETERS, Record
from relecture.core import fingerprints

_NAMED = 3  # files named; those beyond are counted
_KINDS = {  # by the start of the path
    "notebooks/": "carnet modifié",
    "data/": "données modifiées",
    "lib/": "bibliothèque modifiée",
    fingerprints.LOCK: "dépendances modifiées",
    PARAMETERS: "paramètres modifiés",
}


def why(record: Record | None, parts: Mapping[str, str], page: Path) -> list[str]:
    """The reasons to make a page again, in French; none when it is up to date.

    >>> before = Record("", "", "Un titre", {}, {"lib/a.py": "1", "lib/b.py": "1"})
    >>> why(before, {"lib/a.py": "2", "lib/c.py": "1"}, Path("absente.html"))
    ['page absente', 'bibliothèque modifiée (lib/a.py, lib/b.py supprimé, lib/c.py ajouté)']
    """
    if record is None:
        return ["jamais construite"]
    return [*_of_page(record, page), *_of_inputs(record, parts)]


def _of_page(record: Record, page: Path) -> list[str]:
    if not page.is_file():
        return ["page absente"]
    return [] if record.output == fingerprints.of(page) else ["page modifiée depuis sa construction"]


def _of_inputs(record: Record, parts: Mapping[str, str]) -> list[str]:
    if record.inputs == fingerprints.of_parts(parts):
        return []
    now = records.short(parts)
    changed = sorted(path for path in now | record.parts if now.get(path) != record.parts.get(path))
    found = [_told(kind, [p for p in changed if p.startswith(start)], record, now) for start, kind in _KINDS.items()]
    return list(filter(None, found)) if record.parts else ["construite par une autre version de Relecture"]


def _told(kind: str, paths: list[str], record: Record, now: Mapping[str, str]) -> str:
    if not paths or paths == [PARAMETERS]:
        return kind if paths else ""
    named = [f"{path}{_change(path, record, now)}" for path in paths[:_NAMED]]
    more = len(paths) - _NAMED
    others = f" et {more} autre{'s' * (more > 1)}" if more > 0 else ""
    return f"{kind} ({', '.join(named)}{others})"


def _change(path: str, record: Record, now: Mapping[str, str]) -> str:
    return " supprimé" if path not in now else "" if path in record.parts else " ajouté"
