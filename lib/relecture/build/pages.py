"""Pages built from notebooks, each brought up to date without losing the previous one.

A page that is up to date costs a few hashes; the notebooks of the others run side by side (`parallel`), and the page of
each is laid out as its run ends. A notebook that fails leaves the previous page where it was, writes
`<study>.failed.html` when a cell is at fault, and does not stop the others. A page whose notebook is gone goes too.
`index.html` lists the pages, and `manifest.json` their bytes. Heavy libraries are imported only when something is to be
made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from relecture.build import exercises, index
from relecture.build.progress import Lines
from relecture.build.state import jobs, output_folder, records, stale_reasons
from relecture.build.state.jobs import Job
from relecture.build.state.records import Record
from relecture.core import files, fingerprints
from relecture.core.errors import InputError
from relecture.core.study import ROOT

if TYPE_CHECKING:
    from concurrent.futures import Future

    from relecture.build.notebooks.execute import ExecutedNotebook
    from relecture.build.notebooks.kernels import ForkServer

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class PageReport:
    """What became of one page; `faults` says in French why a failed one failed."""

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
    server: ForkServer | None = None,
) -> tuple[PageReport, ...]:
    """Bring the pages of these notebooks (all when none is named) up to date, then the index and the manifest.

    `at_once` is how many kernels run in parallel (one a core otherwise); `cold` starts each of them anew, and `server`
    forks them.
    Raises InputError, before anything is executed, for a name without notebook, a parameter that a
    notebook does not have, a folder that cannot be written and one that another build is writing.
    """
    root, out, show, names = root.resolve(), _folder(root, out), show or Lines(), tuple(names)
    wanted = jobs.find(names, root, out, parameters or {})
    with output_folder.locked(out):
        known = records.read(out)
        gone = list(_remove_orphans(root, out, known))
        stale, reports = _stale(wanted, fingerprints.of_library(root), known, force)
        reports |= {report.name: report for report in _build_stale(stale, out, known, at_once, cold, show, server)}
        taught = [] if names or parameters else _update_exercises(root, out, known)
        ended = [*gone, *(reports[job.name] for job in wanted), *taught, *_update_index(root, out, known)]
        return (*ended, *_update_manifest(root, out, known, ended))


def explain(
    names: Iterable[str] = (),
    *,
    root: Path = ROOT,
    out: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    force: bool = False,
) -> Iterator[str]:
    """What a build would do with each page, and why, in French; nothing is built or written."""
    root, out = root.resolve(), _folder(root, out)
    known, library = records.read(out), fingerprints.of_library(root)
    for job in jobs.find(names, root, out, parameters or {}):
        try:
            reasons = stale_reasons.reasons(known.get(job.name), job.sources(library), job.page)
            reasons = [*["demandé (--force)"] * force, *reasons]
            yield f"{job.name} : {'à refaire — ' + ' ; '.join(reasons) if reasons else 'à jour'}"
        except InputError as error:
            yield f"{job.name} : à refaire — {' ; '.join(error.faults)}"
    for name in _orphans(root, out, known):
        yield f"{name} : à retirer — carnet supprimé"


def _folder(root: Path, out: Path | None) -> Path:
    return (out or root / "outputs").resolve()


def _stale(
    wanted: Iterable[Job], library: Mapping[str, str], known: Mapping[str, Record], force: bool
) -> tuple[dict[Job, dict[str, str]], dict[str, PageReport]]:
    """The jobs to run, with what their pages are made of, and the reports of the others."""
    stale, reports = {}, {}
    for job in wanted:
        try:
            sources = job.sources(library)
        except InputError as error:
            reports[job.name] = PageReport(job.name, job.page, "failed", error.faults)
            continue
        if force or stale_reasons.reasons(known.get(job.name), sources, job.page):
            stale[job] = sources
        else:
            files.remove(job.failed_page)
            reports[job.name] = PageReport(job.name, job.page, "fresh")
    return stale, reports


def _build_stale(
    stale: Mapping[Job, dict[str, str]],
    out: Path,
    known: dict[str, Record],
    at_once: int | None,
    cold: bool,
    show: Lines,
    server: ForkServer | None,
) -> Iterator[PageReport]:
    if not stale:
        return
    from relecture.build import parallel
    from relecture.build.state import manifest

    saved = {job for job, sources in stale.items() if job.parameters and manifest.is_saved(job.notebook, sources)}
    options = {"at_once": at_once or parallel.cores(), "cold": cold, "show": show, "saved": saved, "server": server}
    with parallel.running(list(stale), out, **options) as runs:
        import nbconvert  # noqa: F401 - pages will need it; meanwhile the kernels import what they need

        for job, run in runs:
            faults = _finish(job, stale[job], run, known)
            yield PageReport(job.name, job.page, "failed" if faults else "built", faults)


def _finish(
    job: Job, sources: dict[str, str], run: Future[ExecutedNotebook], known: dict[str, Record]
) -> tuple[str, ...]:
    """Write the pages of a run that has ended, or say why there is none."""
    try:
        executed = run.result()
        if executed.failure:
            return _write_failed_page(job, executed)
        _write_page(job, sources, executed, known)
    except InputError as error:
        return error.faults
    return ()


def _write_page(job: Job, sources: dict[str, str], executed: ExecutedNotebook, known: dict[str, Record]) -> None:
    from relecture.report.page import render

    pages = render.pages(executed.notebook, job.name, own=job.own)
    if taken := pages.keys() & (jobs.notebooks(job.root).keys() - {job.name}):
        raise InputError(f"« {name} » : nom d'un autre carnet, que sa page perdrait" for name in taken)
    files.write_together({job.out / f"{name}.html": html for name, html in pages.items()})
    left = known[job.name].beside.keys() - pages.keys() if job.name in known else ()
    for path in (job.failed_page, *(job.out / f"{name}.html" for name in left)):
        files.remove(path)
    known[job.name] = _record(job, sources, executed.notebook, pages)
    records.write(job.out, known)


def _record(job: Job, sources: dict[str, str], notebook: Any, pages: Iterable[str]) -> Record:
    from relecture.report.page import elements, notebook_parts

    output, *beside = (fingerprints.of_file(job.out / f"{name}.html") for name in pages)
    page = notebook_parts.pages(notebook, job.name, own=job.own)[job.name].notebook
    title, tally = notebook_parts.title(page.cells, job.name), notebook_parts.carried(page, elements.TALLY)
    made_from = (fingerprints.of_json(sources), output, title, dict(tally), records.short_fingerprints(sources))
    story = notebook_parts.story(page) | ({"files": job.given} if job.given else {})
    return Record(*made_from, dict(zip(list(pages)[1:], beside, strict=True)), story)


def _write_failed_page(job: Job, executed: ExecutedNotebook) -> tuple[str, ...]:
    """Why the run failed, and where the partial page is; the fault comes first even if the page cannot be written."""
    from relecture.report.page import render

    fault = executed.failure
    try:
        files.write(job.failed_page, render.export(executed.notebook, title_fallback=job.name, failure=fault))
    except InputError as error:
        return (fault, *error.faults)
    previous = " ; la page précédente est conservée" if job.page.exists() else ""
    return (fault, f"détail : {job.failed_page}{previous}")


def _remove_orphans(root: Path, out: Path, known: dict[str, Record]) -> Iterator[PageReport]:
    """Remove the pages, and the folders of files, whose notebook is gone."""
    for name in _orphans(root, out, known):
        record = known.pop(name, Record("", "", "", {}))
        for left in (f"{name}.html", f"{name}.failed.html", name, *(f"{page}.html" for page in record.beside)):
            files.remove(out / left)
        yield PageReport(name, out / f"{name}.html", "gone")


def _orphans(root: Path, out: Path, known: Mapping[str, Record]) -> list[str]:
    """Names that a build once wrote a page or a failed page for, and that have no notebook any more."""
    failed = {path.name.removesuffix(".failed.html") for path in out.glob("*.failed.html")}
    recorded = {name for name in known if name == Path(name).name}
    return sorted((failed | recorded) - set(jobs.notebooks(root)) - {index.NAME, exercises.NAME})


def _update_exercises(root: Path, out: Path, known: dict[str, Record]) -> list[PageReport]:
    target = out / f"{exercises.NAME}.html"
    try:
        return [PageReport(exercises.NAME, target, "built")] if exercises.update(root, out, known) else []
    except InputError as error:
        return [PageReport(exercises.NAME, target, "failed", error.faults)]


def _update_index(root: Path, out: Path, known: dict[str, Record]) -> Sequence[PageReport]:
    try:
        index.update(root, out, known)
    except InputError as error:
        return [PageReport(index.NAME, out / f"{index.NAME}.html", "failed", error.faults)]
    return []


def _update_manifest(root: Path, out: Path, known: dict[str, Record], ended: Sequence[PageReport]) -> list[PageReport]:
    """Write the manifest again when a page has changed or when it is missing; the report of a failure, if any."""
    target = out / MANIFEST
    if not {"built", "gone"} & {report.state for report in ended} and target.is_file():
        return []
    from relecture.build.state import manifest

    try:
        records.write(out, known)
        manifest.update(out, root, known)
    except InputError as error:
        return [PageReport(MANIFEST, target, "failed", error.faults)]
    return []
