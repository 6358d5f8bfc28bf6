"""Two builds compared by their manifests: which files differ, where first, and why.

Only manifests are read, so that a reader needs the authors' manifest, never their pages. A table or a figure that
differs is named before any text: that is what a reader checks. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

from relecture.build.state import manifest
from relecture.build.state.manifest import Part
from relecture.core.french import plural, typeset

_TO = {"tableau": "au tableau", "figure": "à la figure"}
_LIBRARY = "lib"
_NAMED = 3  # files of the library named one by one; beyond, they are counted
_MACHINE = "mêmes entrées et mêmes versions : reste la machine (processeur, système)"


def differences(here: Mapping[str, Any], there: Mapping[str, Any], *, elsewhere: str) -> dict[str, str]:
    """For every file of two builds, in order, the first gap in French; nothing when the bytes are the same."""
    names = sorted(here["files"] | there["files"])
    return {name: _gap(name, here, there, elsewhere) for name in names}


def first_gap(here: Iterable[Part], there: Iterable[Part]) -> str:
    """Where two pages first differ: a table or a figure if one does, else a part of the text.

    >>> first_gap([Part("1", "tableau", "Âges")], [Part("2", "tableau", "Âges")]).replace("\\xa0", " ")
    'premier écart au tableau « Âges »'
    """
    here, there = list(here), list(there)
    for shown in (lambda part: part.kind in _TO, lambda part: part.kind not in _TO):
        pairs = zip_longest(filter(shown, here), filter(shown, there))
        if pair := next((pair for pair in pairs if pair[0] != pair[1]), None):
            return typeset(_place(*pair))
    return ""


def causes(here: Mapping[str, Any], there: Mapping[str, Any], *, elsewhere: str) -> list[str]:
    """What two builds were not both made of, in French: inputs, then versions; the machine when nothing else."""
    differences = [*_sources(here, there, elsewhere), *_versions(here["versions"], there["versions"], elsewhere)]
    return [typeset(line) for line in differences or [_MACHINE]]


def _gap(name: str, here: Mapping[str, Any], there: Mapping[str, Any], elsewhere: str) -> str:
    if here["files"].get(name) == there["files"].get(name):
        return ""
    for build, place in ((here, "ici"), (there, elsewhere)):
        if name not in build["files"]:
            return f"absent {place}"
    page = PurePosixPath(name).stem
    if page in here["pages"] and page in there["pages"]:
        return first_gap(*(manifest.stored_parts(build["pages"][page]) for build in (here, there)))
    return "contenu différent"


def _place(here: Part | None, there: Part | None) -> str:
    """A part that differs, or that only one of the pages has at that rank."""
    part = here or there
    if part.kind in _TO:
        return f"premier écart {_TO[part.kind]} « {part.title} »"
    where = f"dans la partie « {part.title} »" if part.title else "avant la première partie"
    return f"mêmes tableaux, mêmes figures ; premier écart dans le texte, {where}"


def _sources(here: Mapping[str, Any], there: Mapping[str, Any], elsewhere: str) -> Iterator[str]:
    both = sorted(here["pages"].keys() & there["pages"])
    changed = _changed(_all_sources(here, both), _all_sources(there, both), elsewhere)
    library = [path for path in changed if path.startswith(f"{_LIBRARY}/")]
    counted = library if len(library) > _NAMED else []
    yield from (f"{path} {word}" for path, word in changed.items() if path not in counted)
    if counted:
        yield f"{_LIBRARY}/ : {plural(len(counted), 'fichier')} de la bibliothèque diffèrent"


def _all_sources(build: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Everything that these pages of a build were made of, by path."""
    own = [build["pages"][name]["inputs"] for name in names]
    return {path: fingerprint for inputs in (build["library"], *own) for path, fingerprint in inputs.items()}


def _changed(here: Mapping[str, str], there: Mapping[str, str], elsewhere: str) -> dict[str, str]:
    """The French word for each path whose fingerprints differ."""
    words = {}
    for path in sorted(here | there):
        if here.get(path) != there.get(path):
            absent = next((place for build, place in ((here, "ici"), (there, elsewhere)) if path not in build), "")
            words[path] = f"est absent {absent}" if absent else "a changé"
    return words


def _versions(here: Mapping[str, str], there: Mapping[str, str], elsewhere: str) -> Iterator[str]:
    for name in sorted(here | there, key=str.lower):
        if here.get(name) != there.get(name):
            one, other = (build.get(name, "aucune") for build in (here, there))
            yield f"{name} : autre version ({one} ici, {other} {elsewhere})"
