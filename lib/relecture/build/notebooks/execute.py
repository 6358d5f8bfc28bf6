"""Notebooks executed from their first cell to their last.

A run starts one fresh kernel in the folder of the notebook (`kernels` says which), and gives it the cells one by one,
as papermill does and with its parameters. What comes back carries no timing, no path and no random identifier, so that
two runs of the same notebook give the same bytes. A failing cell does not raise: the run says where it stopped, and
brings the partial notebook. Nothing here knows of pages or folders of output.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relecture.build.notebooks import reached_cells
from relecture.build.notebooks.kernels import Kernels
from relecture.build.notebooks.neutral_paths import remove_machine_paths, without_folders
from relecture.core.errors import InputError
from relecture.core.study import ROOT
from relecture.report.page.render import INJECTED

STOPPED = "arrêt demandé par la cellule"
DEAD = "le noyau Python s'est arrêté"
SILENT = "le noyau Python ne répond plus"
_GRAMMAR = "rfc3987_syntax"


@dataclass(frozen=True)
class ExecutedNotebook:
    """An executed notebook; `failure` says in French where and why it stopped, empty if it did not."""

    notebook: Any
    failure: str = ""


def run(
    path: Path,
    parameters: Mapping[str, Any],
    kernels: Kernels,
    on_cell: Callable[[int], None] = lambda number: None,
    turn: AbstractContextManager[None] | None = None,
    *,
    saved: bool = False,
) -> ExecutedNotebook:
    """Execute every cell of a notebook, or as many as a failing cell lets run.

    `on_cell` is given the number of each code cell that starts; cells run inside of `turn`, for which a kernel that is
    ready may wait. With `saved`, what the parameters do not reach keeps the outputs that the notebook was saved with.
    Raises OSError when a kernel's files cannot be written.
    """
    notebook = _prepare(path, parameters)
    parts = reached_cells.parts(notebook.cells, _read(path).cells) if saved else {}
    stop, cause = _execute(notebook, parts, path, kernels, on_cell, turn or nullcontext())
    if parameters:
        notebook, cause = without_folders([notebook, cause], parameters)
    remove_machine_paths(notebook, kernels.folder / path.stem, path.parents[1].resolve(), ROOT)
    return _checked(notebook, stop, cause)


def unknown_parameters(path: Path, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """One line for each parameter that the notebook does not have, naming those it has."""
    notebook = _read(path)
    from papermill.inspection import inspect_notebook

    known = inspect_notebook(notebook)
    allowed = f"paramètres connus : {', '.join(known)}" if known else "ce carnet n'en a aucun"
    unknown = [name for name in parameters if name not in known]
    return tuple(f"{path.name} : paramètre inconnu « {name} » ({allowed})" for name in unknown)


def saved(path: Path) -> Any:
    """The notebook with the outputs that it was saved with, as a run would give it."""
    notebook = _strip(_read(path))
    remove_machine_paths(notebook, path.parents[1].resolve(), ROOT)
    return notebook


def import_client() -> None:
    """Import what running a notebook needs, so that the first kernel starts without delay."""
    _light_nbformat()
    import nbclient  # noqa: F401


def _execute(
    notebook: Any,
    parts: Mapping[int, tuple[Any, Any]],
    path: Path,
    kernels: Kernels,
    on_cell: Callable[[int], None],
    turn: AbstractContextManager[None],
) -> tuple[int, str]:
    """Fill in the outputs; the cell where the run stopped and why, the last one and nothing if it did not."""
    from nbclient.exceptions import CellExecutionError

    index = 0
    try:
        with _kernel(notebook, path, kernels) as client, turn:
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type == "code":
                    on_cell(_code_cell_number(notebook.cells[: index + 1]))
                part, kept = parts.get(index, (cell, cell))
                client.execute_cell(part, index, execution_count=client.code_cells_executed + 1)
                notebook.cells[index] = kept
    except CellExecutionError as error:
        stopped = error.ename == "SystemExit"
        return index, " : ".join(filter(None, [STOPPED if stopped else error.ename, error.evalue.strip()]))
    except TimeoutError:
        return index, SILENT
    except RuntimeError:
        return index, DEAD
    return index, ""


@contextmanager
def _kernel(notebook: Any, path: Path, kernels: Kernels) -> Iterator[Any]:
    """A client of a kernel that runs; started twice if need be, for another program may take one of its ports."""
    from nbclient import NotebookClient

    client = NotebookClient(
        notebook,
        kernel_manager_class=kernels.manager(path.stem),
        resources={"metadata": {"path": str(path.parent.resolve())}},
        shutdown_kernel="immediate",
        record_timing=False,
        coalesce_streams=True,
        iopub_timeout=60,  # a busy machine is slow, not silent
        raise_on_iopub_timeout=True,
    )
    running = client.setup_kernel()
    try:
        running.__enter__()
    except RuntimeError:
        running = client.setup_kernel()
        running.__enter__()
    try:
        reply = client.wait_for_reply(client.kc.kernel_info())
        notebook.metadata["language_info"] = reply["content"]["language_info"]
        yield client
    finally:
        running.__exit__(None, None, None)


def _prepare(path: Path, parameters: Mapping[str, Any]) -> Any:
    """The notebook as it will run: parameters injected, no output of an earlier run."""
    notebook = _read(path)
    if parameters:
        from papermill.execute import execute_notebook

        notebook = execute_notebook(notebook, None, dict(parameters), prepare_only=True)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    return _strip(notebook)


def _read(path: Path) -> Any:
    """The notebook, upgraded and tied to the running interpreter."""
    nbformat = _light_nbformat()
    try:
        notebook = nbformat.v4.upgrade(nbformat.reads(path.read_text(encoding="utf-8"), as_version=4))
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise InputError([f"{path.name} : carnet illisible ({error})"]) from error
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


def _light_nbformat() -> Any:
    """nbformat, imported without the grammar of web addresses that jsonschema would compile for it: one second."""
    absent = _GRAMMAR not in sys.modules
    if absent:
        sys.modules[_GRAMMAR] = None
    try:
        import nbformat
    finally:
        if absent:
            del sys.modules[_GRAMMAR]
    return nbformat


def _strip(notebook: Any) -> Any:
    """Without what papermill noted, cells named after their place."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.pop("papermill", None)
        cell["id"] = f"cell-{number}"
    return notebook


def _checked(notebook: Any, stop: int, cause: str) -> ExecutedNotebook:
    """The run, which says in French where it stopped and why; a cell that shows an error has stopped it."""
    errors = [(index, error) for index, cell in enumerate(notebook.cells) for error in _errors(cell)]
    if not cause and not errors:
        return ExecutedNotebook(notebook)
    if errors:
        stop = errors[0][0]
        cause = cause or f"{errors[0][1].ename} : {errors[0][1].evalue}"
    else:
        _add_error(notebook.cells[stop], cause)
    return ExecutedNotebook(notebook, f"cellule de code n° {_code_cell_number(notebook.cells[: stop + 1])} : {cause}")


def _code_cell_number(cells: list[Any]) -> int:
    """Number of the last of these cells among the code cells the author wrote."""
    own = [c for c in cells if c.cell_type == "code" and INJECTED not in c.metadata.get("tags", ())]
    return max(1, len(own))


def _add_error(cell: Any, cause: str) -> None:
    """Let a cell that stopped without a word carry the cause as its error, for the page to show."""
    from nbformat.v4 import new_output

    cell.setdefault("outputs", []).append(new_output("error", ename="Arrêt", evalue=cause, traceback=[]))


def _errors(cell: Any) -> list[Any]:
    return [output for output in cell.get("outputs", ()) if output.output_type == "error"]
