"""The command `relecture new`: the files of a further study, which build and pass the tests from the first minute."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import Any

import click

from relecture.core import errors, files, study
from relecture.core.french import slug

TEMPLATES = Path(__file__).with_name("templates")
NOTEBOOK = "notebook.md"
LONGEST = 26  # signs; the name is the id of the questionnaire too, which survey tools keep short
_CELL = re.compile(r"^```python ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@click.command(short_help="Prépare les fichiers d'une nouvelle étude.")
@click.argument("kind", type=click.Choice(["study"]), metavar="GENRE")
@click.argument("name", metavar="NOM")
def new(kind: str, name: str) -> None:
    """Écrit data/NOM/ et notebooks/NOM.ipynb, une étude d'exemple à remplacer par la vôtre (GENRE : study).

    Les nombres écrits sont fictifs, et le disent. NOM est fait de lettres minuscules sans accent, de chiffres et
    de _, comme l'identifiant d'un questionnaire. Rien de ce qui existe n'est jamais remplacé.
    """
    _check(name, study.ROOT)
    folder, notebook = study.ROOT / "data" / name, study.ROOT / "notebooks" / f"{name}.ipynb"
    _write(TEMPLATES / kind, folder, notebook)
    _execute(notebook)
    click.echo(f"Étude d'exemple écrite : data/{name}/ et notebooks/{name}.ipynb ; tous ses nombres sont fictifs.")
    click.echo(f"Remplacez-les fichier par fichier ; à chaque pas : relecture audit {name}, relecture build {name}")
    click.echo("Avant d'enregistrer dans git : make notebooks, make manifest, make test")


def _check(name: str, root: Path) -> None:
    """Refuse, in one line, a name that cannot be that of a study here."""
    fit = re.sub("^[^a-z]+", "", slug(name).replace("-", "_"))[:LONGEST].strip("_") or "etude"
    if name != fit:
        rule = f"lettres minuscules sans accent, chiffres et _, une lettre d'abord, au plus {LONGEST} signes"
        raise errors.InputError([f"« {name} » ne peut pas nommer une étude ({rule}) ; par exemple : {fit}"])
    if not (root / "notebooks").is_dir():
        raise errors.InputError([f"« {root} » n'est pas un recueil : il n'y a pas de dossier notebooks"])
    makefile = root / "Makefile"
    targets = re.findall(r"^([a-z]+):", files.read_text(makefile), re.MULTILINE) if makefile.exists() else []
    taken = [root / "data" / name, root / "notebooks" / f"{name}.ipynb"]
    if name in ("index", *targets) or any(path.exists() for path in taken):
        raise errors.InputError([f"« {name} » est déjà pris : choisissez un autre nom ; rien n'a été écrit"])


def _write(templates: Path, folder: Path, notebook: Path) -> None:
    import nbformat

    texts = {path.name: _filled(path, folder.name) for path in sorted(templates.iterdir())}
    cells = texts.pop(NOTEBOOK)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        files.write(folder / name, text)
    files.write(notebook, nbformat.writes(_notebook(cells)) + "\n")


def _filled(template: Path, name: str) -> str:
    return Template(files.read_text(template)).substitute(name=name)


def _notebook(text: str) -> Any:
    """A notebook whose code cells are the blocks of Python of a text, the word after « python » being their tag."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    prose, *rest = _CELL.split(text)
    cells = [new_markdown_cell(prose.strip())]
    for tag, code, prose in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        cells.append(new_code_cell(code.strip(), metadata={"tags": [tag]} if tag else {}))
        cells += [new_markdown_cell(prose.strip())] if prose.strip() else []
    return new_notebook(cells=cells)


def _execute(notebook: Path) -> None:
    """Run the notebook in place, so that whoever opens it, and the tests, see what it shows."""
    import nbformat

    from relecture.build.notebooks import execute, kernels

    with TemporaryDirectory() as folder:
        started = kernels.Kernels(Path(folder), warm=False)
        try:
            run = execute.run(notebook, {}, started)
        finally:
            started.stop()
    if run.failure:
        raise errors.InputError([f"{notebook.name} : {run.failure}"])
    files.write(notebook, nbformat.writes(run.notebook) + "\n")
