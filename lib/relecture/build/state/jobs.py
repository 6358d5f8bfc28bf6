"""Pages to build: a notebook, the parameters it runs with, and where its page goes.

Names are those of the notebooks; a name without notebook and a parameter that a notebook does not have are refused
before anything runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relecture.build.state import records
from relecture.core.errors import InputError, did_you_mean
from relecture.core.study import studies
from relecture.report.page.notebook_parts import study_of

_METADATA, _NO_PAGE = 2_000, re.compile(rb'"relecture":\s*\{\s*"page": false')


@dataclass(frozen=True, eq=False)
class Job:
    """One notebook, the folder its page goes to, and the parameters it runs with."""

    notebook: Path
    out: Path
    parameters: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.notebook.stem

    @property
    def root(self) -> Path:
        return self.notebook.parents[1]

    @property
    def page(self) -> Path:
        return self.out / f"{self.name}.html"

    @property
    def failed_page(self) -> Path:
        return self.out / f"{self.name}.failed.html"

    @property
    def own(self) -> bool:
        """Whether it runs on answers of one's own."""
        return bool(self.given)

    @property
    def given(self) -> list[str]:
        """Names of the files of answers that it is given, without their folders."""
        files = self.parameters.get("answers") or []
        files = files["files"] if isinstance(files, Mapping) else files
        return [Path(file).name for file in ([files] if isinstance(files, str | Path) else files)]

    def sources(self, library: Mapping[str, str]) -> dict[str, str]:
        """Fingerprint of each thing the page is made of, as `records.sources` tells."""
        return records.sources(self.notebook, self.root, self.parameters, library)


def find(names: Iterable[str], root: Path, out: Path, parameters: Mapping[str, Any]) -> list[Job]:
    """The jobs of these names, of notebooks or of their second pages, each once; of every notebook without a name."""
    known = notebooks(root)
    wanted = list(dict.fromkeys(name if name in known else study_of(name) for name in names)) or list(known)
    if faults := [_unknown(name, known, root) for name in wanted if name not in known]:
        raise InputError(faults)
    jobs = [Job(known[name], out, parameters) for name in wanted]
    if parameters:
        _refuse_unknown_parameters(jobs)
    return jobs


def notebooks(root: Path) -> dict[str, Path]:
    """Every notebook of the compendium, by its name; one made of widgets says in its metadata that it has no page."""
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    return {path.stem: path for path in paths if not _NO_PAGE.search(_end(path))}


def _end(path: Path) -> bytes:
    """The last bytes of a file, where a notebook has its metadata."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _METADATA))
        return file.read()


def _unknown(name: str, known: Iterable[str], root: Path) -> str:
    if name in studies(root):
        return f"« {name} » n'a pas encore de carnet (attendu : notebooks/{name}.ipynb)"
    told = f"« {name} » n'est pas un carnet de ce recueil (carnets connus : {', '.join(known) or 'aucun'})"
    return ". ".join(filter(None, (told, did_you_mean(name, known))))


def _refuse_unknown_parameters(jobs: Iterable[Job]) -> None:
    from relecture.build.notebooks import execute

    if faults := [fault for job in jobs for fault in execute.unknown_parameters(job.notebook, job.parameters)]:
        raise InputError(faults)
