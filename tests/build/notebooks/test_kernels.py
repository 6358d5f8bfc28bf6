"""A warm kernel shows what a cold one shows, to the last byte, and no kernel outlives its build.

The oracle of the first tests is the cold kernel itself: one notebook that shows whatever could differ (what
libraries decide when they are imported, the environment, figures, warnings, an error) runs in both.
"""

import asyncio
import os
import queue
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import nbformat
import pytest

from relecture.build import parallel
from relecture.build.notebooks import execute, fork_server, kernels

SERVER = "from relecture.build.notebooks import fork_server; fork_server.LIBRARIES = {}; fork_server.serve()"
SCRIPT = """
# %% streams
import sys
print("dit"); print("crié", file=sys.stderr); print({"a", "b", "c"}, hash("x"))
# %% raw
import subprocess, time
status = subprocess.run(["sh", "-c", "echo brut; exit 3"]).returncode
time.sleep(0.5)  # what a program writes reaches the notebook by a way of its own
print(status)
# %% warned
import warnings
for kind in (UserWarning, DeprecationWarning, FutureWarning):
    warnings.warn("gare", kind)
# %% wide
import pandas as pd
frame = pd.DataFrame({f"colonne {n}": [n / 7] * 70 for n in range(25)})
frame
# %% printed
print(frame)
# %% implicit
import matplotlib.pyplot as plt
plt.plot([1, 3, 2])
plt.title("sans display")
# %% explicit
import seaborn
figure, axes = plt.subplots()
seaborn.stripplot(x=[1, 2], ax=axes, jitter=False)
display(figure)
# %% closed
plt.get_fignums(), plt.isinteractive()
# %% statistics
import pingouin, scipy.stats
pingouin.mwu([1, 2, 3, 4], [2, 3, 4, 9])
# %% model
import statsmodels.api as sm
sm.OLS([1.0, 2.0, 4.0], [[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]).fit().params
# %% options
pd.options.display.precision = 2
plt.rcParams["font.size"] = 20
frame.iloc[:1, :2]
# %% settings
import matplotlib
print(sorted(matplotlib.rcParams.items()))
# %% pandas
print([pd.get_option(f"display.{name}") for name in ("max_columns", "width", "html.border")])
pd.reset_option("display.max_columns")
print(pd.get_option("display.max_columns"))
# %% session
import locale, os, time
print(locale.getlocale(), time.tzname, os.getcwd(), sys.path, sys.flags, __name__)
# %% environment
moves = ("JPY_PARENT_PID", "TMPDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")
print(sorted(os.environ), sorted(item for item in os.environ.items() if item[0] not in moves))
# %% process
import multiprocessing, signal, logging
print(multiprocessing.get_start_method(), multiprocessing.parent_process(), logging.root.handlers)
print([signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)])
print(os.getpgid(0) == os.getpid())
# %% shell
shell = get_ipython()
print(type(shell), In[-1], shell.history_manager.hist_file, sorted(shell.magics_manager.magics))
# %% hooks
print({name: len(found) for name, found in shell.events.callbacks.items()}, matplotlib.get_backend())
# %% rich
display({"text/html": "<b>gras</b>", "text/plain": "gras"}, raw=True)
# %% library
frame["absente"]
"""
CELLS = dict(part.split("\n", 1) for part in SCRIPT.split("\n# %% ")[1:])


def saved(path, *sources):
    """A notebook of these cells, in the folder where notebooks are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources))), path)
    return path


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    return saved(tmp_path_factory.mktemp("un recueil") / "notebooks/tout.ipynb", *CELLS.values())


def shown(run):
    """Outputs of each cell, by the name of the cell."""
    return dict(zip(CELLS, (cell.outputs for cell in run.notebook.cells), strict=True))


def executed(paths, folder, *, is_warm):
    """The runs of notebooks in kernels of one kind, one after the other; the kernels say nothing."""
    said = []
    started = kernels.Kernels(folder, preload=is_warm, tell=said.append)
    try:
        runs = []
        for path in paths:
            runs.append(execute.run(path, {}, started))
            (folder / path.stem).rename(folder / f"passé {len(runs)}")
    finally:
        started.stop()
    assert said == []
    return runs


@pytest.fixture(scope="module")
def runs(notebook, tmp_path_factory):
    """A cold run, two warm ones from one server (what the first set must not reach the second), and two drawings."""
    unseeded = saved(notebook.with_name("hasard.ipynb"), "import numpy\nprint(numpy.random.random())")
    folders = [tmp_path_factory.mktemp(name) for name in ("froid", "chaud")]
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST")  # ipykernel looks at it, and then does not forward raw output
        (cold,) = executed([notebook], folders[0], is_warm=False)
        *warm_ones, first, second = executed([notebook] * 2 + [unseeded] * 2, folders[1], is_warm=True)
    return SimpleNamespace(cold=cold, warm=warm_ones, drawn=(first, second))


@pytest.mark.parametrize("name", CELLS)
def test_a_warm_kernel_shows_what_a_cold_one_shows(runs, name):
    assert [shown(run)[name] for run in runs.warm] == [shown(runs.cold)[name]] * 2


def test_two_kinds_of_kernels_give_the_same_notebook(runs):
    assert [run.notebook for run in runs.warm] == [runs.cold.notebook] * 2
    assert [run.failure for run in runs.warm] == [runs.cold.failure] * 2
    assert runs.cold.failure == f"cellule de code n° {len(CELLS)}\u00a0: KeyError\u00a0: 'absente'"


def test_the_notebook_shows_what_it_is_meant_to_show(runs):
    """Otherwise two kernels that show nothing would be the same."""
    outputs = shown(runs.cold)
    assert [output.output_type for output in outputs["streams"]] == ["stream", "stream"]
    assert outputs["raw"][0].text == "brut\n3\n"
    assert outputs["warned"][0].text.count("Warning") == 3
    assert "..." in outputs["wide"][0].data["text/plain"]
    assert ["image/png" in output.data for output in outputs["implicit"]] == [False, True]
    assert "image/png" in outputs["explicit"][0].data
    assert outputs["pandas"][0].text == "[20, 80, 1]\n20\n"


def test_sisters_do_not_share_what_they_draw_without_a_seed(runs):
    first, second = (run.notebook.cells[0].outputs[0].text for run in runs.drawn)
    assert first != second


@pytest.mark.skipif(not kernels.CAN_FORK, reason="no fork here")
def test_a_library_that_cannot_be_imported_gives_cold_kernels_and_is_told_once(tmp_path, monkeypatch):
    broken = SERVER.format(["absente"])
    monkeypatch.setattr(kernels, "_SERVER", broken)
    said = []
    started = kernels.Kernels(tmp_path, preload=True, tell=said.append)
    assert [started.fork([], {}), started.fork([], {})] == [None, None]
    fault = "ModuleNotFoundError\u00a0: No module named 'absente'"
    assert said == [f"Noyaux lancés un par un, sans préchargement\u00a0: {fault}"]


@pytest.mark.parametrize(("source", "fault"), [("import sys; sys.stderr.write('gare')", "gare"), ("1 / 0", "ZeroDiv")])
def test_a_library_that_speaks_or_fails_at_import_is_a_fault(tmp_path, monkeypatch, source, fault):
    (tmp_path / "bavarde.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.delitem(sys.modules, "bavarde", raising=False)
    assert fault in fork_server.preload(["json", "bavarde"])


@pytest.mark.skipif(not kernels.CAN_FORK, reason="no fork here")
def test_a_server_that_dies_gives_cold_kernels(tmp_path, monkeypatch):
    light = SERVER.format(["json"])
    monkeypatch.setattr(kernels, "_SERVER", light)
    said = []
    started = kernels.Kernels(tmp_path, preload=True, tell=said.append)
    assert started._server.fault() == ""
    os.kill(started._server._process.pid, signal.SIGKILL)
    assert started.fork([], {"cwd": "", "env": {}}) is None
    assert said == ["Noyaux lancés un par un, sans préchargement\u00a0: le serveur de noyaux s'est arrêté"]


@pytest.mark.skipif(not kernels.CAN_FORK, reason="no fork here")
def test_a_server_answers_a_call_before_it_imports_and_kernels_keep_what_it_imported(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "_SERVER", SERVER.format(["ipykernel.kernelapp"]))
    notebook = saved(tmp_path / "notebooks/appel.ipynb", "import sys\nprint('colorsys' in sys.modules)")
    with parallel.started_server(cold=False) as server:
        assert server.ask("call", "colorsys", "rgb_to_hsv", 1, 1, 1) == [0.0, 0.0, 1]
        started = kernels.Kernels(tmp_path, preload=False, server=server)
        run = execute.run(notebook, {}, started)
        folder = os.readlink(f"/proc/{server._process.pid}/cwd") if sys.platform == "linux" else str(tmp_path / "x")
    assert run.notebook.cells[0].outputs[0].text == "True\n"
    assert server._process.poll() is not None and not os.path.exists(folder)


def test_cold_kernels_have_no_server():
    with parallel.started_server(cold=True) as server:
        assert server is None


def test_without_fork_kernels_are_cold(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "CAN_FORK", False)
    assert kernels.Kernels(tmp_path, preload=True).fork([], {}) is None


@pytest.mark.skipif(not kernels.CAN_FORK, reason="no fork here")
def test_a_kernel_that_is_killed_has_ended_when_it_is_next_looked_at(tmp_path, monkeypatch):
    light = SERVER.format(["ipykernel.kernelapp"])
    monkeypatch.setattr(kernels, "_SERVER", light)
    started = kernels.Kernels(tmp_path, preload=True)
    kernel = started.fork(["", "", "", "-f", str(tmp_path / "kernel.json")], {"cwd": tmp_path, "env": {}})
    assert kernel.poll() is None
    kernel.send_signal(signal.SIGKILL)
    assert kernel.poll() == -signal.SIGKILL
    started.stop()


class TestClient:
    """A client is ready once its kernel has answered, and what the kernel publishes is heard."""

    @staticmethod
    def ready(alive, published):
        """How many times the kernel was asked before the client was ready."""
        asked = []

        class Client(kernels._client()):
            async def is_alive(self):
                return alive

            async def kernel_info(self, reply, timeout):
                asked.append(timeout)

            async def get_iopub_msg(self, timeout):
                return published.pop(0)()

        asyncio.run(Client().wait_for_ready(timeout=5))
        return len(asked)

    def test_it_asks_again_until_it_hears(self):
        def nothing():
            raise queue.Empty

        assert self.ready(True, [nothing, nothing, dict]) == 3

    def test_it_does_not_wait_for_a_kernel_that_has_ended(self):
        with pytest.raises(RuntimeError, match="does not answer"):
            self.ready(False, [])


BUILDER = """
import sys
from pathlib import Path
from relecture.build.notebooks import execute, kernels
kernels._SERVER = sys.argv[4]
started = kernels.Kernels(Path(sys.argv[1]), preload=sys.argv[2] == "warm")
execute.run(Path(sys.argv[3]), {}, started)
"""
WAITING = "import os, time\nopen({!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"


@pytest.mark.parametrize("kind", ["warm", "cold"])
def test_a_kernel_dies_with_the_builder_whatever_kills_it(tmp_path, kind):
    if kind == "warm" and not kernels.CAN_FORK:
        pytest.skip("no fork here")
    told, folder = tmp_path / "pid", tmp_path / "travail"
    folder.mkdir()
    path = saved(tmp_path / "recueil/notebooks/long.ipynb", WAITING.format(str(told)))
    server = SERVER.format(["ipykernel.kernelapp"])
    builder = subprocess.Popen([sys.executable, "-c", BUILDER, folder, kind, path, server])
    kernel = int(_awaited(lambda: told.exists() and told.read_text(encoding="utf-8")))
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    assert _awaited(lambda: not _alive(kernel))
    if kind == "warm":
        assert _awaited(lambda: not folder.exists()), "the server sweeps behind a builder that cannot"


def _awaited(check):
    """What the check returns once it is true; 20 seconds at most, for a busy machine."""
    deadline = time.monotonic() + 20
    while not (found := check()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
