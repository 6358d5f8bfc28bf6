"""Jobs are those of the names asked for, each once; a name without notebook is refused before anything runs."""

import nbformat
import pytest

from relecture.build import pages as build
from relecture.build.state import jobs
from relecture.core.errors import InputError


def test_each_name_is_one_job_and_no_name_is_every_notebook(toy):
    toy.write({"notebooks/autre.ipynb": toy.notebook(), "notebooks/note.txt": ""})
    out = toy.root / "pages"
    assert [job.name for job in jobs.find(["jouet", "jouet"], toy.root, out, {})] == ["jouet"]
    toy.write({"notebooks/ma-these.ipynb": toy.notebook()})
    asked = ["jouet-methode", "ma-these"]  # a second page, and a notebook that is called like one
    assert [job.name for job in jobs.find(asked, toy.root, out, {})] == ["jouet", "ma-these"]
    (toy.root / "notebooks/ma-these.ipynb").unlink()
    every = jobs.find([], toy.root, out, {})
    assert [(job.root, job.page.name, job.failed_page.name) for job in every] == [
        (toy.root, "autre.html", "autre.failed.html"),
        (toy.root, "jouet.html", "jouet.failed.html"),
    ]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("rien", "« rien » n'est pas un carnet de ce recueil (carnets connus : jouet)"),
        ("muet", "« muet » n'a pas encore de carnet (attendu : notebooks/muet.ipynb)"),
    ],
)
def test_a_name_without_notebook_is_refused(toy, name, fault):
    toy.write({"data/muet/study.yaml": "title: Muet\n"})
    with pytest.raises(InputError) as refusal:
        build.build([name], root=toy.root)
    assert refusal.value.faults == (fault,)


def test_a_notebook_of_widgets_has_no_page(toy):
    notebook = toy.root / "notebooks" / "curseurs.ipynb"
    node = nbformat.v4.new_notebook(metadata={"relecture": {"page": False}})
    nbformat.write(node, notebook)
    assert "curseurs" not in jobs.notebooks(toy.root)
    nbformat.write(nbformat.v4.new_notebook(), notebook)
    assert "curseurs" in jobs.notebooks(toy.root)
