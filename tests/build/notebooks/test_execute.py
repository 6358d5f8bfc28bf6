"""A run that cannot go on says where and why; parameters reach the notebook, and only those that it has."""

import pytest

from relecture.build import pages
from relecture.build.notebooks import execute, kernels
from relecture.build.progress import Lines
from relecture.core.errors import InputError

QUIET = Lines(lambda line: None)
pytestmark = pytest.mark.usefixtures("plain_pages")


def made(toy, **options):
    """Build the toy; its only report."""
    (report,) = pages.build(root=toy.root, show=QUIET, **options)
    return report


def test_a_kernel_that_finds_its_port_taken_is_started_again(toy, plain_pages, monkeypatch):
    asked = []
    manager = kernels.Kernels.manager

    def unlucky(self, name):
        class Unlucky(manager(self, name)):
            async def _async_launch_kernel(self, command, **options):
                asked.append(command)
                if len(asked) == 1:
                    command = [*command[:1], "-c", "raise SystemExit(1)"]
                await super()._async_launch_kernel(command, **options)

        return Unlucky

    monkeypatch.setattr(kernels.Kernels, "manager", unlucky)
    assert pages.build(root=toy.root, show=QUIET)[0].state == "built"
    assert len(asked) == 2


def test_a_kernel_that_does_not_answer_is_a_failure(toy, plain_pages, monkeypatch):
    from nbclient import NotebookClient

    def silent(*_, **__):
        raise TimeoutError

    monkeypatch.setattr(NotebookClient, "execute_cell", silent)
    assert pages.build(root=toy.root, show=QUIET)[0].faults[0] == f"cellule de code n° 1\u00a0: {execute.SILENT}"


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("import os; os._exit(1)", "cellule de code n° 4 : le noyau Python s'est arrêté"),
        ("raise SystemExit", "cellule de code n° 4 : arrêt demandé par la cellule"),
    ],
)
def test_a_kernel_that_stops_is_a_failure(toy, source, fault):
    toy.write({"notebooks/jouet.ipynb": toy.notebook([*toy.cells, ("code", source, [])])})
    report = made(toy)
    assert (report.state, report.faults[0]) == ("failed", fault)
    assert not report.page.exists()
    assert fault.split(" : ")[1] in _shown(report) or "SystemExit" in _shown(report)


def _shown(report):
    return report.page.with_suffix(".failed.html").read_text(encoding="utf-8")


def test_parameters_reach_the_notebook_and_unknown_ones_are_refused(toy):
    assert "dose 5" in made(toy, parameters={"dose": 5}).page.read_text(encoding="utf-8")
    with pytest.raises(InputError, match=r"paramètre inconnu « doze » \(paramètres connus : dose\)"):
        made(toy, parameters={"doze": 5})


def test_an_unreadable_notebook_is_a_failure(toy):
    toy.write({"notebooks/jouet.ipynb": "pas du JSON"})
    assert made(toy).faults[0].startswith("jouet.ipynb : carnet illisible")
