"""The command that opens a notebook in JupyterLab: in French, without news or outside requests, at the repository."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from relecture.core import errors, study

FIRST = "decouvrir"
SETTINGS = Path(__file__).with_name("lab_settings")


def command(notebook: str, root: Path = study.ROOT) -> list[str]:
    """What starts JupyterLab on that notebook; InputError where the notebook or JupyterLab is missing."""
    path = Path("notebooks") / f"{notebook}.ipynb"
    if not (root / path).is_file():
        known = ", ".join(sorted(one.stem for one in (root / "notebooks").glob("*.ipynb")))
        raise errors.InputError([f"« {notebook} » : aucun carnet de ce nom ; carnets : {known}"])
    if not find_spec("jupyterlab"):
        raise errors.InputError(['JupyterLab manque : pip install "relecture[lab]", ou make, qui installe tout'])
    options = {
        "ServerApp.root_dir": root,
        "ServerApp.allow_root": True,
        "LabApp.app_settings_dir": SETTINGS,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    return [sys.executable, "-m", "jupyterlab", str(path), *(f"--{name}={value}" for name, value in options.items())]


@click.command(short_help="Ouvre un carnet dans JupyterLab.")
@click.argument("notebook", default=FIRST, metavar="[CARNET]")
def lab(notebook: str) -> None:
    """Ouvre JupyterLab en français sur un carnet, celui de la découverte si aucun n'est nommé.

    Rien n'est demandé à l'extérieur : ni nouvelles, ni mises à jour. Ctrl+C, ici, l'arrête.
    """
    sys.exit(subprocess.call(command(notebook), cwd=study.ROOT))
