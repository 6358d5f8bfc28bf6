"""Commands for a class and for those who explore: exercises, and JupyterLab in French, without outside requests."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from relecture.cli.french_click import examples, root, show
from relecture.core import errors

FIRST = "decouvrir"
SETTINGS = Path(__file__).with_name("lab_settings")


def command(notebook: str) -> list[str]:
    """What starts JupyterLab on that notebook; InputError where the notebook or JupyterLab is missing."""
    known = {path.stem: path.relative_to(root()) for path in sorted(root().glob("notebooks/*.ipynb"))}
    if notebook not in known:
        raise errors.unknown(notebook, known, "un carnet de ce recueil", more=f"Carnets : {', '.join(known)}.")
    if not find_spec("jupyterlab"):
        raise errors.InputError(['JupyterLab manque : pip install "relecture[lab]", ou make, qui installe tout'])
    options = {
        "ServerApp.root_dir": root(),
        "ServerApp.allow_root": True,
        "LabApp.app_settings_dir": SETTINGS,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        str(known[notebook]),
        *(f"--{name}={value}" for name, value in options.items()),
    ]


@click.command(short_help="Ouvre un carnet dans JupyterLab.", epilog=examples("lab", "lab guefif"))
@click.argument("notebook", default=FIRST, metavar="[CARNET]")
def lab(notebook: str) -> None:
    """Ouvre JupyterLab en français sur un carnet, celui de la découverte si aucun n'est nommé.

    Rien n'est demandé à l'extérieur : ni nouvelles, ni mises à jour. Ctrl+C, ici, l'arrête.
    """
    sys.exit(subprocess.call(command(notebook), cwd=root()))


@click.command(
    short_help="Écrit les exercices de lecture critique, leurs fiches et leurs diapositives.",
    epilog=examples("exercises", "exercises --out cle"),
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DOSSIER", help="Où écrire (outputs/ sinon).")
def exercises(out: Path | None) -> None:
    """Écrit les exercices, d'après data/exercices.yaml : la page, les deux fiches et les diapositives.

    Chaque fichier s'ouvre d'un double-clic, sans réseau. Les nombres sont ceux des études : si l'un change,
    l'exercice change, ou la faute est dite avec sa ligne.
    """
    from relecture.core import files
    from relecture.teaching import course, pages

    folder = out or root() / "outputs"
    taught = course.load(root() / "data" / course.FILE)
    folder.mkdir(parents=True, exist_ok=True)
    files.write_together({folder / name: html for name, html in pages.pages(taught).items()})
    show(f"{len(taught.exercises)} exercices, {len(taught.sessions)} séances : {folder / 'exercices.html'}")
