"""Machine paths removed from tracebacks and printed text.

A traceback or a warning names files by their whole path, and a cell by a temporary file that bears the number of a
process. Both are rewritten from the folder of the compendium, of the installed packages or of Python, and a cell as
« cellule », so that the same fault gives the same page on any machine. Data is left alone, but for the paths of files
that a reader brings: their folders, which may tell who somebody is, go from everything.
"""

from __future__ import annotations

import html
import json
import os
import re
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

_CELL = re.compile(r"ipykernel_\d+/\d+\.py")
_HOME = os.path.expanduser("~")


def remove_machine_paths(notebook: Any, *folders: Path) -> None:
    """Rewrite, in place, the tracebacks and the printed text of a notebook; paths in `folders` start from there."""
    shorten = _Shortener(folders)
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        if output.output_type == "stream":
            output.text = shorten(output.text)
        elif output.output_type == "error":
            output.evalue = shorten(output.evalue)
            output.traceback = [shorten(line) for line in output.traceback]


def without_folders(shown: Any, parameters: Mapping[str, Any]) -> Any:
    """What is shown, a notebook or words, with the name alone of each file that these parameters name."""
    from nbformat import from_dict

    text = json.dumps(shown, ensure_ascii=False)
    for path in sorted(set(_paths(parameters.values())), key=len, reverse=True):
        for folder, name in (os.path.split(path), os.path.split(html.escape(path))):
            text = text.replace(_in_json(os.path.join(folder, name)), _in_json(name))
    return from_dict(json.loads(text))


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _paths(values: Iterable[Any]) -> Iterator[str]:
    """Absolute paths among values, inside of lists and mappings too."""
    for value in values:
        if isinstance(value, str | Path) and os.path.isabs(value):
            yield os.fspath(value)
        elif isinstance(value, Mapping | list | tuple):
            yield from _paths(value.values() if isinstance(value, Mapping) else value)


class _Shortener:
    """Replaces the longest known folder that starts a path, spelt in full or from the home folder."""

    def __init__(self, folders: Iterable[Path]) -> None:
        known = {os.fspath(folder): "" for folder in folders}
        known |= {sysconfig.get_path(name): f"{Path(sysconfig.get_path(name)).name}/" for name in ("stdlib", "purelib")}
        self._known = known | {_from_home(path): short for path, short in known.items()}
        longest = sorted(self._known, key=len, reverse=True)
        # a path starts at the start of a word, or after the end of a colour
        self._path = re.compile(rf"(?:(?<=\dm)|(?<![\w.~-]))({'|'.join(map(re.escape, longest))})/")

    def __call__(self, text: str) -> str:
        return _CELL.sub("cellule", self._path.sub(lambda match: self._known[match[1]], text))


def _from_home(path: str) -> str:
    return f"~{path.removeprefix(_HOME)}" if path.startswith(_HOME + os.sep) else path
