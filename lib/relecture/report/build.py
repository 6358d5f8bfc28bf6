"""Which pages have to be made again, and how is each one made without losing the previous one?

A *job* is one notebook and its page. A job whose page is fresh costs a few hashes; a stale one has
its ledger checked, its notebook executed and its page exported, written beside and renamed. A job
that fails leaves the previous page where it was, writes `<study>.failed.html` when a cell is at
fault, and does not stop the others. `index.html` lists every page whose notebook still exists.
Heavy libraries are imported by the rooms called here, and only when something is stale.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from relecture.report import freshness
from relecture.report.freshness import Record
from relecture.study import ROOT, InputError, load_study, studies

INDEX = "index"
REASONS = {
    errno.EACCES: "accès refusé",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "un dossier porte déjà ce nom",
    errno.ENOSPC: "disque plein",
    errno.ENOTDIR: "une partie de ce chemin est un fichier",
    errno.EPERM: "accès refusé",
    errno.EROFS: "support en lecture seule",
}


@dataclass(frozen=True)
class Job:
    """One notebook, the parameters it runs with, and the folder its page goes to."""

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


@dataclass(frozen=True)
class Report:
    """What became of one job; `faults` says in French why a failed one failed."""

    name: str
    page: Path
    state: Literal["fresh", "built", "failed"]
    faults: tuple[str, ...] = ()


def build(
    names: Iterable[str] = (),
    *,
    root: Path = ROOT,
    out: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    force: bool = False,
    tell: Callable[[str], None] = print,
) -> tuple[Report, ...]:
    """Bring the pages of these notebooks (all when none is named) up to date, and the index.

    Raises InputError, before anything is executed, for a name without notebook, a parameter that a
    notebook does not have and a folder that cannot be written.
    """
    out = (out or root / "outputs").resolve()
    jobs = [Job(notebook, out, parameters or {}) for notebook in _notebooks(names, root.resolve())]
    _refuse_unknown_parameters(jobs)
    _prepare(out)
    records = freshness.read(out)
    reports = [_update(job, records, force, tell) for job in jobs]
    return (*reports, *_update_index(root, out, records))


def _notebooks(names: Iterable[str], root: Path) -> list[Path]:
    """The notebooks of these names, each once; every notebook when no name is given."""
    known = {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    wanted = list(dict.fromkeys(names)) or list(known)
    if faults := [_unknown(name, known, root) for name in wanted if name not in known]:
        raise InputError(faults)
    return [known[name] for name in wanted]


def _unknown(name: str, known: Iterable[str], root: Path) -> str:
    if name in studies(root):
        return f"« {name} » n'a pas encore de carnet (attendu : notebooks/{name}.ipynb)"
    return f"« {name} » n'est pas un carnet de ce recueil (carnets connus : {', '.join(known) or 'aucun'})"


def _refuse_unknown_parameters(jobs: Iterable[Job]) -> None:
    from relecture.report import execute

    checked = [execute.faults(job.notebook, job.parameters) for job in jobs if job.parameters]
    if any(checked):
        raise InputError(fault for faults in checked for fault in faults)


def _update(job: Job, records: dict[str, Record], force: bool, tell: Callable[[str], None]) -> Report:
    try:
        inputs = freshness.of_report(job.notebook, job.root, job.parameters)
        if not force and freshness.is_fresh(records.get(job.name), inputs, job.page):
            _remove(job.failed_page)
            return Report(job.name, job.page, "fresh")
        tell(f"{job.name} : exécution du carnet…")
        return _make(job, inputs, records)
    except InputError as error:
        return Report(job.name, job.page, "failed", error.faults)


def _make(job: Job, inputs: str, records: dict[str, Record]) -> Report:
    from relecture.report import execute, page

    _check_ledger(job)
    run = execute.run(job.notebook, job.parameters)
    html = page.export(run.notebook, title_fallback=job.name)
    if run.failure:
        _write(job.failed_page, html)
        kept = " ; la page précédente est conservée" if job.page.exists() else ""
        return Report(job.name, job.page, "failed", (run.failure, f"détail : {job.failed_page}{kept}"))
    _write(job.page, html)
    _remove(job.failed_page)
    title, tally = execute.title(run.notebook, job.name), execute.tally(run.notebook)
    records[job.name] = Record(inputs, freshness.of(job.page), title, tally)
    _write(job.out / freshness.RECORDS, freshness.text(records))
    return Report(job.name, job.page, "built")


def _check_ledger(job: Job) -> None:
    """Refuse a study whose printed values cannot be read, before its notebook is executed."""
    from relecture.printed import ledger

    if job.name in studies(job.root):
        ledger.load(load_study(job.name, job.root))


def _update_index(root: Path, out: Path, records: dict[str, Record]) -> tuple[Report, ...]:
    """Write the list of the pages again when it is stale; the report of a failure, if any."""
    target = out / f"{INDEX}.html"
    listed = [name for name in sorted(records) if _is_present(name, root, out)]
    parts = {"listed": [(name, records[name].title, records[name].tally) for name in listed]}
    inputs = freshness.of_parts(parts | {"files": freshness.library(root)})
    if not listed or freshness.is_fresh(records.get(INDEX), inputs, target):
        return ()
    try:
        _write(target, _index({name: records[name] for name in listed}))
        records[INDEX] = Record(inputs, freshness.of(target), "", {})
        _write(out / freshness.RECORDS, freshness.text(records))
    except InputError as error:
        return (Report(INDEX, target, "failed", error.faults),)
    return ()


def _index(records: Mapping[str, Record]) -> str:
    from relecture.report import page

    return page.index([page.Entry(name, r.title, f"{name}.html", r.tally) for name, r in records.items()])


def _is_present(name: str, root: Path, out: Path) -> bool:
    return (root / "notebooks" / f"{name}.ipynb").is_file() and (out / f"{name}.html").is_file()


def _prepare(out: Path) -> None:
    """Make the folder of the pages, and refuse one that cannot be written before any work."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not os.access(out, os.W_OK):
            raise PermissionError(errno.EACCES, "")
    except OSError as error:
        raise _refusal(out, error) from error


def _write(target: Path, text: str) -> None:
    """Write beside, then rename: a reader sees the old page or the new one, never half of one."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, target)
    except OSError as error:
        _remove(beside)
        raise _refusal(target, error) from error


def _refusal(target: Path, error: OSError) -> InputError:
    return InputError([f"« {target} » : écriture impossible ({REASONS.get(error.errno, error.strerror)})"])


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
