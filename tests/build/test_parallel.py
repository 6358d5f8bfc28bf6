"""Notebooks run side by side, and a build that is stopped leaves no kernel, no file and the previous page.

Builds that are stopped run apart, as a reader would run them: the command, in a copy of the toy with the
real library.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from relecture.build import pages, parallel
from relecture.build.notebooks import execute, kernels
from relecture.build.progress import Lines
from relecture.build.state import manifest
from relecture.core.study import ROOT

QUIET = Lines(lambda line: None)
MEETING = """
import time
from pathlib import Path
Path("{mine}").touch()
deadline = time.monotonic() + {patience}
while not Path("{other}").exists():
    assert time.monotonic() < deadline, "personne"
    time.sleep(0.01)
"""


@pytest.fixture
def meeting(toy):
    """Two notebooks that each wait for the other: only side by side do they end."""

    def written(patience):
        here, there = (MEETING.format(mine=a, other=b, patience=patience) for a, b in (("a", "b"), ("b", "a")))
        first, second = toy.notebook([("code", here, [])]), toy.notebook([("code", there, [])])
        toy.write({"notebooks/jouet.ipynb": first, "notebooks/second.ipynb": second})
        return toy.root

    return written


@pytest.mark.usefixtures("plain_pages")
class TestSideBySide:
    def test_notebooks_run_together_each_in_its_own_folder_and_are_told_in_order(self, meeting):
        reports = pages.build(["second", "jouet"], root=meeting(60), show=QUIET, at_once=2, cold=True)
        assert [(report.name, report.state) for report in reports] == [("second", "built"), ("jouet", "built")]

    def test_no_more_of_them_than_asked(self, meeting):
        reports = pages.build(root=meeting(0.5), show=QUIET, at_once=1, cold=True)
        assert sorted(report.state for report in reports) == ["built", "failed"]  # whichever came first waited alone

    @pytest.mark.parametrize(("names", "cold", "warm"), [(2, False, True), (2, True, False), (1, False, False)])
    def test_several_notebooks_get_warm_kernels_a_single_one_does_not(self, meeting, monkeypatch, names, cold, warm):
        asked = []

        class Unforked(kernels.Kernels):
            def __init__(self, folder, *, preload, tell, server):
                asked.append(preload)
                super().__init__(folder, preload=False, tell=tell)

        monkeypatch.setattr(parallel, "Kernels", Unforked)
        pages.build(["second", "jouet"][:names], root=meeting(0), show=QUIET, cold=cold)
        assert asked == [warm]


@pytest.mark.usefixtures("plain_pages")
@pytest.mark.skipif(not kernels.CAN_FORK, reason="no fork here")
def test_libraries_that_cannot_be_preloaded_are_told_and_pages_built_all_the_same(meeting, monkeypatch):
    server = "from relecture.build.notebooks import fork_server"
    broken = f"{server}; fork_server.LIBRARIES = ['absente']; fork_server.serve()"
    monkeypatch.setattr(kernels, "_SERVER", broken)
    said = []
    reports = pages.build(root=meeting(60), show=Lines(said.append), at_once=2)
    assert [report.state for report in reports] == ["built", "built"]
    assert [line for line in said if "exécution" not in line] == [
        "Noyaux lancés un par un, sans préchargement\u00a0: ModuleNotFoundError\u00a0: No module named 'absente'"
    ]


@pytest.mark.usefixtures("plain_pages")
@pytest.mark.parametrize(("last", "runs"), [("dose", [True]), ("1 / (dose - 4)", [True, False])])
def test_a_saved_notebook_runs_in_part_and_a_fault_is_that_of_a_whole_run(toy, monkeypatch, last, runs):
    cells = [toy.cells[1], ("code", "a = 1\n[a]", []), ("code", last, [])]
    toy.write({"notebooks/jouet.ipynb": toy.notebook(cells)})
    (whole,) = pages.build(root=toy.root, show=QUIET, parameters={"dose": 4})
    expected = (whole.page if whole.state == "built" else whole.page.with_suffix(".failed.html")).read_text("utf-8")

    asked, run = [], execute.run
    monkeypatch.setattr(execute, "run", lambda *given, saved=False: asked.append(saved) or run(*given, saved=saved))
    monkeypatch.setattr(manifest, "is_saved", lambda notebook, sources: True)
    outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "[1]"}, execution_count=2)]
    notebook = nbformat.read(toy.root / "notebooks/jouet.ipynb", 4)
    notebook.cells[1].outputs = outputs
    nbformat.write(notebook, toy.root / "notebooks/jouet.ipynb")
    (again,) = pages.build(root=toy.root, show=QUIET, parameters={"dose": 4}, force=True)
    shown = (again.page if again.state == "built" else again.page.with_suffix(".failed.html")).read_text("utf-8")
    assert (asked, again.state, again.faults) == (runs, whole.state, whole.faults)
    assert re.sub(r'"execution_count": (\d+|null)', "", shown) == re.sub(r'"execution_count": \d+', "", expected)


def test_a_builder_imports_nothing_that_only_kernels_use():
    """Two seconds otherwise, in a process that computes and draws nothing."""
    heavy = "{'pandas', 'numpy', 'scipy', 'matplotlib', 'statsmodels', 'pingouin'}"
    source = f"import sys; from relecture.cli import commands; from relecture.build import pages, parallel; " \
             f"print(sorted({heavy} & sys.modules.keys()))"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


WAITING = "import os, time\nopen('{}', 'w').write(str(os.getpid()))\ntime.sleep(60)"
COMMAND = [sys.executable, "-m", "relecture", "build"]


@pytest.fixture
def started(toy):
    """Starts the command on notebooks that wait, two at most at a time; the process and the kernels it runs."""
    shutil.copytree(ROOT / "lib", toy.root / "lib", dirs_exist_ok=True)
    builders = []

    def start(*names):
        for name in names:
            toy.write({f"notebooks/{name}.ipynb": toy.notebook([("code", WAITING.format(name), [])])})
        environment = os.environ | {"PYTHONPATH": str(toy.root / "lib")}
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        streams["preexec_fn"] = heard  # a shell that runs the tests in the background makes them deaf to Ctrl-C
        builders.append(subprocess.Popen([*COMMAND, "--jobs", "2"], env=environment, cwd=toy.root, **streams))
        awaited(lambda: len(pids(toy.root, names)) == min(len(names), 2))
        return builders[-1], pids(toy.root, names)

    yield start
    for builder in builders:
        builder.kill()
        builder.communicate()


def pids(root, names):
    """The kernels that have said who they are."""
    paths = [root / "notebooks" / name for name in names if (root / "notebooks" / name).exists()]
    return [int(text) for text in (path.read_text(encoding="utf-8") for path in paths) if text]


def heard():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def awaited(check):
    """A minute at most, for a busy machine."""
    deadline = time.monotonic() + 60
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


CASES = {  # the signal, and the notebooks; the kernel of a third waits for its turn
    "Ctrl-C": (signal.SIGINT, ["jouet"]),
    "Ctrl-C, noyaux préchargés": (signal.SIGINT, ["jouet", "second"]),
    "Ctrl-C, un noyau d'avance": (signal.SIGINT, ["jouet", "second", "tiers"]),
    "kill": (signal.SIGTERM, ["jouet"]),
    "terminal fermé": (signal.SIGHUP, ["jouet"]),
}


@pytest.mark.parametrize(("number", "names"), CASES.values(), ids=CASES)
def test_a_build_that_is_stopped_leaves_nothing_running_and_nothing_behind(toy, started, number, names):
    toy.write({"outputs/jouet.html": "la page d'avant"})
    builder, running = started(*names)
    builder.send_signal(number)
    told = builder.communicate(timeout=60)[1]
    assert (builder.returncode, told.strip()) == (1, "Interrompu.")
    awaited(lambda: not any(map(is_alive, running)))
    assert {path.name for path in (toy.root / "outputs").iterdir()} == {".lock", "jouet.html"}
    assert (toy.root / "outputs/jouet.html").read_text(encoding="utf-8") == "la page d'avant"


def test_two_builds_at_once_the_second_is_refused_in_one_line(toy, started):
    started("jouet")
    environment = os.environ | {"PYTHONPATH": str(toy.root / "lib")}
    second = subprocess.run(COMMAND, env=environment, cwd=toy.root, capture_output=True, text=True, check=False)
    place = toy.root / "outputs"
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == f"une autre construction est en cours dans «\u00a0{place}\u00a0»\n"
