"""A process that imports the heavy libraries once, and forks a kernel for each notebook that asks.

`kernels` starts it and asks. The child runs what a plain kernel runs, in the same folder, with the same environment and
arguments, so that pages are the same bytes; it shares nothing with its sisters. The server answers one line of JSON for
each line of JSON it reads; it ends, and its kernels with it, when it is asked to, or when there is nothing more to
read: the builder has died.

A library that prints something while it is imported would print it in a plain kernel's page and not in a forked one's:
the server then refuses to serve, as it does when a library cannot be imported.
"""

from __future__ import annotations

import builtins
import gc
import importlib
import io
import json
import os
import runpy
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from shutil import rmtree
from types import SimpleNamespace
from typing import Any, NoReturn

END = "end"
# What two notebooks need; all kernels would wait for what a single one does.
LIBRARIES = """
    ipykernel.kernelapp ipykernel.debugger matplotlib.pyplot matplotlib.backends.backend_svg statsmodels.stats.power
    statsmodels.stats.proportion pingouin docx fastjsonschema relecture.api relecture.answers.respondents
    relecture.disclosure.disclosure_control relecture.printed.audit relecture.printed.frames.regulations
    relecture.printed.frames.tables relecture.report.figures.counts relecture.report.figures.estimates
    relecture.report.figures.likert_bars relecture.report.legends relecture.report.page.elements
    relecture.report.page.provenance relecture.report.tables.answer_blocks relecture.report.tables.regulations
    relecture.report.tables.table_one relecture.stats.estimates.power relecture.stats.survey.printed_vs_answers
    relecture.stats.survey.recoded
""".split()


def serve() -> None:
    """Obey until asked to end; until the builder is gone, if it says nothing."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries and kernels print is no answer
    os.register_at_fork(after_in_child=answers.close)
    kernels: dict[int, int | None] = {}  # exit status of each kernel, None while it runs
    verbs = {"call": _call, "preload": _preload, "start": _start, "poll": _poll, "signal": _signal}
    gc.set_threshold(20_000, 20, 20)  # libraries are many objects, and few to collect
    verb = ""
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        if verb == END:
            break
        print(json.dumps(verbs[verb](kernels, *arguments)), file=answers, flush=True)
    for pid in kernels:
        _signal(kernels, pid, signal.SIGKILL)
    if verb != END:  # the builder cannot sweep its own folder any more
        rmtree(os.getcwd(), ignore_errors=True)
    os._exit(0)  # without taking the libraries apart, for which the builder would wait


def preload(libraries: Sequence[str]) -> str:
    """Import the libraries; what went wrong, or nothing.

    >>> preload(["json", "rien_de_tel"])
    "ModuleNotFoundError : No module named 'rien_de_tel'"
    """
    printed = io.StringIO()
    try:
        with _as_in_a_kernel(), redirect_stdout(printed), redirect_stderr(printed):
            for name in libraries:
                importlib.import_module(name)
    except Exception as error:
        return f"{type(error).__name__} : {error}"
    return printed.getvalue().strip()


def _preload(_: Any) -> str:
    """Import what kernels need; nobody needs to look again and again for what to collect there."""
    gc.disable()
    fault = preload(LIBRARIES)
    gc.freeze()
    gc.enable()
    return fault


def _call(_: Any, module: str, name: str, *arguments: Any) -> Any:
    """What a function says; kernels keep what it imports."""
    with _as_in_a_kernel():
        return getattr(importlib.import_module(module), name)(*arguments)


def load_ipython_extension(shell: Any) -> None:
    """Called in a forked kernel once its shell exists: what libraries do for each kernel that imports them."""
    import numpy
    from matplotlib import pyplot

    pyplot.install_repl_displayhook()
    numpy.random.seed()  # else kernels would share what they draw without a seed


@contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Libraries that look for a kernel while they are imported (pandas, to size its tables) find one."""
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)
    try:
        yield
    finally:
        del builtins.get_ipython


def _start(kernels: dict[int, int | None], arguments: list[str], folder: str, environment: Mapping[str, str]) -> int:
    pid = os.fork()
    if not pid:
        _become_kernel(arguments, folder, environment)
    kernels[pid] = None
    return pid


def _become_kernel(arguments: list[str], folder: str, environment: Mapping[str, str]) -> NoReturn:
    """What a plain kernel does from its first line on, in this child of the server."""
    try:
        os.setsid()  # as a plain kernel: Ctrl-C is for the builder
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(folder)
        os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
        parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # ends with the server, whatever ends it
        sys.argv = ["ipykernel_launcher", *arguments, f"--ext={__name__}", parent]
        runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
    finally:
        os._exit(1)


def _poll(kernels: dict[int, int | None], pid: int) -> int | None:
    """Exit status of a kernel, or None while it runs."""
    if kernels[pid] is None:
        ended, status = os.waitpid(pid, os.WNOHANG)
        kernels[pid] = os.waitstatus_to_exitcode(status) if ended else None
    return kernels[pid]


def _signal(kernels: dict[int, int | None], pid: int, number: int) -> None:
    """Send a signal to a kernel and to what it started, wait for its end if it must end; nothing once it has ended."""
    with suppress(ProcessLookupError):
        if _poll(kernels, pid) is None:
            (os.killpg if os.getpgid(pid) == pid else os.kill)(pid, number)
            if number == signal.SIGKILL:  # it takes no time; who asks would look again a tenth of a second later
                kernels[pid] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
