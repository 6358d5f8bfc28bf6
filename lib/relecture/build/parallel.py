"""Notebooks run in parallel.

As many run as asked, while the kernel of the next one gets ready; each has a thread here, which only waits for it.
Several notebooks get kernels from a fork server; a single one gets a cold kernel, which is there sooner, unless a
server already runs that has checked what it will read (`started_server`). Whatever happens, Ctrl-C and a request to end
included, no kernel and no temporary file is left.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from relecture.build.notebooks import execute
from relecture.build.notebooks.kernels import CAN_FORK, ForkServer, Kernels
from relecture.build.progress import Lines
from relecture.build.state import output_folder
from relecture.build.state.jobs import Job
from relecture.core import files
from relecture.core.study import load_study, studies


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def running(
    jobs: Sequence[Job],
    out: Path,
    *,
    at_once: int,
    cold: bool,
    show: Lines,
    saved: Collection[Job] = (),
    server: ForkServer | None = None,
) -> Iterator[Iterator[tuple[Job, Future[execute.ExecutedNotebook]]]]:
    """Start these notebooks, `at_once` at a time; what is yielded gives each one and its run as they end.

    Those of `saved` were saved with outputs that cells keep where no parameter reaches them. Kernels come from `server`
    when there is one.
    """
    with output_folder.scratch_folder(out) as folder, _signals_that_interrupt():
        kernels = Kernels(folder, preload=len(jobs) > 1 and not cold, tell=show.say, server=server)
        threads = ThreadPoolExecutor(at_once + 1)
        try:
            cells = {job.name: _code_cells(job.notebook) for job in jobs}
            show.begin(cells)
            longest_first = sorted(jobs, key=lambda job: -cells[job.name])  # none is left to run alone at the end
            turns = threading.Semaphore(at_once)
            execute.import_client()
            runs = {threads.submit(_run, job, kernels, turns, show, saved=job in saved): job for job in longest_first}
            yield ((runs[run], run) for run in as_completed(runs))
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            kernels.stop()
            threads.shutdown()
            show.end()


@contextmanager
def started_server(*, cold: bool) -> Iterator[ForkServer | None]:
    """A server that is asked something before the build, whose imports kernels will share; None for cold kernels."""
    if cold or not CAN_FORK:
        yield None
        return
    with TemporaryDirectory(prefix="relecture-", ignore_cleanup_errors=True) as folder:
        server = ForkServer(Path(folder))
        try:
            yield server
        finally:
            server.close()


def _run(
    job: Job, kernels: Kernels, turns: threading.Semaphore, show: Lines, *, saved: bool
) -> execute.ExecutedNotebook:
    """One run, in its thread; InputError for a study or a folder that cannot be used."""
    try:
        _check_printed_numbers(job)
        on_cell = partial(show.cell, job.name)
        run = partial(execute.run, job.notebook, job.parameters, kernels, on_cell)
        if saved and not (executed := run(_turn(job, turns, show), saved=True)).failure:
            return executed
        files.remove(kernels.folder / job.name)
        return run(_turn(job, turns, show))  # what stops is told as a whole run tells it
    except OSError as error:
        raise files.refusal(kernels.folder, error) from error
    finally:
        files.remove(kernels.folder / job.name)


@contextmanager
def _turn(job: Job, turns: threading.Semaphore, show: Lines) -> Iterator[None]:
    with turns:
        show.started(job.name)
        yield


def _check_printed_numbers(job: Job) -> None:
    """Refuse a study whose printed numbers cannot be read, before its notebook is executed."""
    from relecture.printed import ledger

    if job.name in studies(job.root):
        ledger.load(load_study(job.name, job.root))


def _code_cells(notebook: Path) -> int:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return sum(cell.get("cell_type") == "code" for cell in cells)


@contextmanager
def _signals_that_interrupt() -> Iterator[None]:
    """Let a request to end the process (a closed terminal, `kill`) stop the build as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt
