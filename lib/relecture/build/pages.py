"""Which pages have to be made again, and how is each one made without losing the previous one?

A job (`jobs`) whose page is up to date costs a few hashes; the notebooks of the others run side by side
(`driver`), and the page of each is exported as it ends, written beside and renamed (`outputs`). A job
that fails leaves the previous page where it was, writes `<study>.failed.html` when a cell is at fault,
and does not stop the others. A page whose notebook is gone goes too. `index.html` lists the pages, and
`manifest.json` their bytes. Heavy libraries are imported only when something is to be made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from relecture.build.progress import Lines
from relecture.build.state import jobs, output_folder, stale_reasons
from relecture.build.state import records as freshness
from relecture.build.state.jobs import Job
from relecture.build.state.records import Record
from relecture.core import files, fingerprints
from relecture.core.errors import InputError
from relecture.core.files import write as _write
from relecture.core.study import ROOT

if TYPE_CHECKING:
    from concurrent.futures import Future

    from relecture.build.notebooks.execute import Run

INDEX = "index"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Report:
    """What became of one job; `faults` says in French why a failed one failed."""

    name: str
    page: Path
    state: Literal["fresh", "built", "failed", "gone"]
    faults: tuple[str, ...] = ()


def build(
    names: Iterable[str] = (),
    *,
    root: Path = ROOT,
    out: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    force: bool = False,
    at_once: int | None = None,
    cold: bool = False,
    show: Lines | None = None,
) -> tuple[Report, ...]:
    """Bring the pages of these notebooks (all when none is named) up to date, then the index and the manifest.

    `at_once` is how many kernels run in parallel (one a core otherwise); `cold` starts each of them anew.
    Raises InputError, before anything is executed, for a name without notebook, a parameter that a
    notebook does not have, a folder that cannot be written and one that another build is writing.
    """
    root, show = root.resolve(), show or Lines()
    out = (out or root / "outputs").resolve()
    found = jobs.find(names, root, out, parameters or {})
    with output_folder.held(out):
        records = freshness.read(out)
        gone = list(_forgotten(root, out, records))
        stale, reports = _sorted(found, fingerprints.library(root), records, force)
        reports |= {one.name: one for one in _made(stale, out, records, at_once, cold, show)}
        told = [*gone, *(reports[job.name] for job in found), *_update_index(root, out, records)]
        return (*told, *_update_manifest(root, out, records, told))


def explained(
    names: Iterable[str] = (),
    *,
    root: Path = ROOT,
    out: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    force: bool = False,
) -> Iterator[str]:
    """What a build would do with each page, and why, in French; nothing is built or written."""
    root = root.resolve()
    out = (out or root / "outputs").resolve()
    records, library = freshness.read(out), fingerprints.library(root)
    for job in jobs.find(names, root, out, parameters or {}):
        try:
            parts = job.parts(library)
            reasons = [*["demandé (--force)"] * force, *stale_reasons.why(records.get(job.name), parts, job.page)]
            yield f"{job.name} : {'à refaire — ' + ' ; '.join(reasons) if reasons else 'à jour'}"
        except InputError as error:
            yield f"{job.name} : à refaire — {' ; '.join(error.faults)}"
    for name in _orphans(root, out, records):
        yield f"{name} : à retirer — carnet supprimé"


def _sorted(
    found: Iterable[Job], library: Mapping[str, str], records: Mapping[str, Record], force: bool
) -> tuple[dict[Job, dict[str, str]], dict[str, Report]]:
    """The jobs to run, with what their pages are made of, and the reports of the others."""
    stale, reports = {}, {}
    for job in found:
        try:
            parts = job.parts(library)
        except InputError as error:
            reports[job.name] = Report(job.name, job.page, "failed", error.faults)
            continue
        if force or stale_reasons.why(records.get(job.name), parts, job.page):
            stale[job] = parts
        else:
            files.remove(job.failed_page)
            reports[job.name] = Report(job.name, job.page, "fresh")
    return stale, reports


def _made(
    stale: Mapping[Job, dict[str, str]],
    out: Path,
    records: dict[str, Record],
    at_once: int | None,
    cold: bool,
    show: Lines,
) -> Iterator[Report]:
    if not stale:
        return
    from relecture.build import parallel

    with parallel.running(list(stale), out, at_once=at_once or parallel.cores(), cold=cold, show=show) as runs:
        from relecture.report.page import render  # noqa: F401 - while the kernels import what they need

        for job, run in runs:
            yield _page(job, stale[job], run, records)


def _page(job: Job, parts: dict[str, str], run: Future[Run], records: dict[str, Record]) -> Report:
    """Write the page of a run that has ended, or say why there is none."""
    try:
        ended = run.result()
        faults = _failed(job, ended) if ended.failure else _written(job, parts, ended, records)
    except InputError as error:
        faults = error.faults
    return Report(job.name, job.page, "failed" if faults else "built", faults)


def _written(job: Job, parts: dict[str, str], run: Run, records: dict[str, Record]) -> tuple[str, ...]:
    from relecture.build.notebooks import execute
    from relecture.report.page import render

    _write(job.page, render.export(run.notebook, title_fallback=job.name))
    files.remove(job.failed_page)
    title, tally = execute.title(run.notebook, job.name), execute.tally(run.notebook)
    inputs, output = fingerprints.of_parts(parts), fingerprints.of(job.page)
    records[job.name] = Record(inputs, output, title, tally, freshness.short(parts))
    _write(job.out / freshness.RECORDS, freshness.text(records))
    return ()


def _failed(job: Job, run: Run) -> tuple[str, ...]:
    """Why the run failed, and where the partial page is; the fault comes first even if the page cannot be written."""
    from relecture.report.page import render

    try:
        _write(job.failed_page, render.export(run.notebook, title_fallback=job.name, failure=run.failure))
    except InputError as error:
        return (run.failure, *error.faults)
    kept = " ; la page précédente est conservée" if job.page.exists() else ""
    return (run.failure, f"détail : {job.failed_page}{kept}")


def _forgotten(root: Path, out: Path, records: dict[str, Record]) -> Iterator[Report]:
    """Remove the pages, and the folders of files, whose notebook is gone."""
    for name in _orphans(root, out, records):
        for left in (f"{name}.html", f"{name}.failed.html", name):
            files.remove(out / left)
        records.pop(name, None)
        yield Report(name, out / f"{name}.html", "gone")


def _orphans(root: Path, out: Path, records: Mapping[str, Record]) -> list[str]:
    """Names that a build once wrote a page or a failed page for, and that have no notebook any more."""
    failed = {path.name.removesuffix(".failed.html") for path in out.glob("*.failed.html")}
    recorded = {name for name in records if name == Path(name).name}
    return sorted((failed | recorded) - set(jobs.notebooks(root)) - {INDEX})


def _update_index(root: Path, out: Path, records: dict[str, Record]) -> Sequence[Report]:
    """Write the list of the pages again when it is stale; the report of a failure, if any."""
    target = out / f"{INDEX}.html"
    listed = {name: records[name] for name in sorted(records) if (out / f"{name}.html").is_file() and name != INDEX}
    parts = {"listed": [(name, one.title, one.tally) for name, one in listed.items()]}
    inputs = fingerprints.of_parts(parts | {"files": fingerprints.library(root)})
    if not listed:
        files.remove(target)
        records.pop(INDEX, None)
    elif not freshness.is_fresh(records.get(INDEX), inputs, target):
        try:
            _write(target, _index(listed))
            records[INDEX] = Record(inputs, fingerprints.of(target), "", {})
            _write(out / freshness.RECORDS, freshness.text(records))
        except InputError as error:
            return [Report(INDEX, target, "failed", error.faults)]
    return []


def _index(listed: Mapping[str, Record]) -> str:
    from relecture.report.page import render

    return render.index([render.IndexEntry(name, one.title, f"{name}.html", one.tally) for name, one in listed.items()])


def _update_manifest(root: Path, out: Path, records: Mapping[str, Record], told: Sequence[Report]) -> Sequence[Report]:
    """Write the manifest again when a page has changed or when it is missing; the report of a failure, if any."""
    target = out / MANIFEST
    if not {"built", "gone"} & {one.state for one in told} and target.is_file():
        return []
    from relecture.build.state import manifest

    try:
        _write(out / freshness.RECORDS, freshness.text(records))
        manifest.update(out, root, records)
    except InputError as error:
        return [Report(MANIFEST, target, "failed", error.faults)]
    return []
