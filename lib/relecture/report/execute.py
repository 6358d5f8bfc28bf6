"""What does a notebook show when it is run again, from its first cell to its last?

A run starts one fresh kernel in the interpreter that is running now, whatever kernelspecs the
machine offers, in the folder of the notebook, and away from the reader's own IPython and
matplotlib settings. What comes back carries no timing, no path and no random identifier, so that
two runs of the same notebook give the same bytes. A failing cell does not raise: the run says
where it stopped, and brings the partial notebook. Nothing here knows of pages or folders of output.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from relecture.study import InputError

TALLY = "application/vnd.relecture.tally+json"
INJECTED = "injected-parameters"


@dataclass(frozen=True)
class Run:
    """An executed notebook; `failure` says in French where and why it stopped, empty if it did not."""

    notebook: Any
    failure: str = ""


def run(path: Path, parameters: Mapping[str, Any]) -> Run:
    """Execute every cell of a notebook, or as many as a failing cell lets run."""
    from papermill.exceptions import PapermillExecutionError

    with tempfile.TemporaryDirectory() as folder:
        output, reason = Path(folder, "executed.ipynb"), ""
        try:
            _execute(path, output, parameters, folder)
        except PapermillExecutionError as error:
            reason = f"{error.ename} : {error.evalue}".strip("  :\n")
        except RuntimeError:  # the kernel died, or never answered
            reason = "le noyau Python s'est arrêté"
        return _told(_read(output), reason)


def faults(path: Path, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """One line for each parameter that the notebook does not have, naming those it has."""
    from papermill.inspection import inspect_notebook

    known = inspect_notebook(_read(path))
    allowed = f"paramètres connus : {', '.join(known)}" if known else "ce carnet n'en a aucun"
    unknown = [name for name in parameters if name not in known]
    return tuple(f"{path.name} : paramètre inconnu « {name} » ({allowed})" for name in unknown)


def title(notebook: Any, fallback: str) -> str:
    """The first first-level heading of the prose, or the fallback."""
    prose = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    headings = (re.search(r"^# +(.+?) *$", text, re.MULTILINE) for text in prose)
    return next((heading[1] for heading in headings if heading), fallback)


def tally(notebook: Any) -> dict[str, int]:
    """How many findings of each verdict the notebook displayed; empty when it displayed no tally."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    return next((dict(output.data[TALLY]) for output in outputs if TALLY in output.get("data", ())), {})


def _execute(path: Path, output: Path, parameters: Mapping[str, Any], settings: str) -> None:
    from papermill.execute import execute_notebook

    execute_notebook(
        _read(path),
        output,
        dict(parameters),
        progress_bar=False,
        cwd=path.parent.resolve(),
        record_timing=False,
        coalesce_streams=True,
        iopub_timeout=60,  # a busy machine is slow, not silent
        kernel_manager_class=_manager(settings),
    )


def _read(path: Path) -> Any:
    """The notebook, upgraded, tied to the running interpreter, its cells numbered in order."""
    import nbformat

    try:
        notebook = nbformat.v4.upgrade(nbformat.reads(path.read_text(encoding="utf-8"), as_version=4))
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise InputError([f"{path.name} : carnet illisible ({error})"]) from error
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return _numbered(notebook)


def _numbered(notebook: Any) -> Any:
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number}"
    return notebook


def _manager(settings: str) -> type:
    """A kernel manager that only knows the running interpreter; `settings` is an empty folder."""
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpec

    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=CRITICAL"]
    spec = KernelSpec(argv=argv, display_name="Python 3", language="python", env=_environment(settings))

    class RunningInterpreter(AsyncKernelManager):
        kernel_spec = property(lambda self: spec)

    return RunningInterpreter


def _environment(settings: str) -> dict[str, str]:
    """What the kernel must not take from the reader's session: hash seed, locale, own settings."""
    rules = Path(find_spec("matplotlib").origin).parent / "mpl-data" / "matplotlibrc"
    return {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "IPYTHONDIR": settings,
        "JUPYTER_CONFIG_DIR": settings,
        "MATPLOTLIBRC": os.fspath(rules),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def _told(notebook: Any, reason: str) -> Run:
    """The run without what papermill wrote of itself, and in French where and why it stopped."""
    from papermill.execute import remove_error_markers

    notebook = remove_error_markers(notebook)
    stop, failure = _stop(notebook.cells, reason), ""
    if stop is not None:
        cause = reason or "arrêt demandé par la cellule"
        failure = f"cellule de code n° {_place(notebook.cells[: stop + 1])} : {cause}"
        _show(notebook.cells[stop], cause)
    for part in (notebook, *notebook.cells):
        part.metadata.pop("papermill", None)
    return Run(_numbered(notebook), failure)


def _stop(cells: list[Any], reason: str) -> int | None:
    """Index of the cell that stopped the run: the first error, else the last cell that started."""
    for index, cell in enumerate(cells):
        if _errors(cell):
            return index
    started = [cell.metadata.papermill.start_time is not None for cell in cells]
    return None if all(started) and not reason else max(0, sum(started) - 1)


def _place(cells: list[Any]) -> int:
    """Number of the last of these cells among the code cells the author wrote."""
    own = [c for c in cells if c.cell_type == "code" and INJECTED not in c.metadata.get("tags", ())]
    return max(1, len(own))


def _show(cell: Any, cause: str) -> None:
    """Let a cell that stopped without a word carry the cause as its error, for the page to show."""
    from nbformat.v4 import new_output

    if not _errors(cell):
        cell.setdefault("outputs", []).append(new_output("error", ename="Arrêt", evalue=cause, traceback=[]))


def _errors(cell: Any) -> list[Any]:
    return [output for output in cell.get("outputs", ()) if output.output_type == "error"]
