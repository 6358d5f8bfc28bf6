"""The command that opens JupyterLab: what it starts, and what it says when it cannot."""

import json

import pytest

from relecture.cli import lab
from relecture.core.errors import InputError
from relecture.core.study import ROOT


def test_it_opens_the_notebook_at_the_repository_and_asks_nothing_outside():
    _, module, name, notebook, *options = lab.command("guefif")
    assert (module, name, notebook) == ("-m", "jupyterlab", "notebooks/guefif.ipynb")
    assert f"--ServerApp.root_dir={ROOT}" in options and "--ServerApp.allow_root=True" in options
    assert "--LabApp.news_url=None" in options


def test_its_settings_are_french_and_without_news():
    overrides, page = (json.loads((lab.SETTINGS / f"{name}.json").read_text()) for name in ("overrides", "page_config"))
    assert overrides["@jupyterlab/translation-extension:plugin"] == {"locale": "fr_FR"}
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"]


def test_the_notebook_of_discovery_is_there():
    assert lab.command(lab.FIRST)[3] == f"notebooks/{lab.FIRST}.ipynb"


def test_an_unknown_notebook_and_a_missing_jupyterlab_are_told(monkeypatch):
    with pytest.raises(InputError, match=r"n'est pas un carnet de ce recueil. Vouliez-vous dire « guefif » \?"):
        lab.command("guefi")
    monkeypatch.setattr(lab, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="JupyterLab manque"):
        lab.command("guefif")


def test_exercises_are_written_where_one_says(relecture, tmp_path):
    done = relecture("exercises", "--out", str(tmp_path / "clé"))
    assert done.exit_code == 0 and "exercices.html" in done.stdout
    names = ["diapositives.html", "exercices.html", "fiche-enseignant.html", "fiche-interne.html"]
    assert sorted(path.name for path in (tmp_path / "clé").iterdir()) == names
