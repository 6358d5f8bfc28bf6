"""Machine paths removed from tracebacks and printed text.

A traceback or a warning names files by their whole path, and a cell by a temporary file that bears the number of a
process. Both are rewritten from the folder of the compendium, of the installed packages or of Python, and a cell as
« cellule », so that the same fault gives the same page on any machine. Data is left alone.
"""

from __future__ import annotations

import os
import re
import sysconfig
from collections.abc import Iterable
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
