"""The command `relecture new`: the files of a further study, which build and pass the tests from the first minute."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import click

from relecture.core import errors, files, study
from relecture.core.french import slug

TEMPLATES = Path(__file__).with_name("templates")
LONGEST = 26  # signs; the name is the id of the questionnaire too, which survey tools keep short


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
    try:
        _write(TEMPLATES / kind, folder, notebook)
        _execute(notebook)
    except BaseException:
        files.remove(notebook)
        files.remove(folder)
        raise
    click.echo(f"Étude d'exemple écrite : data/{name}/ et notebooks/{name}.ipynb ; tous ses nombres sont fictifs.")
    click.echo(f"Remplacez-les fichier par fichier ; à chaque pas : relecture audit {name}, relecture build {name}")
    click.echo("Avant d'enregistrer dans git : make notebooks, make manifest, make test")


def _check(name: str, root: Path) -> None:
    """Refuse, in one line, a name that cannot be that of a study here."""
    fit = re.sub("^[^a-z]+", "", slug(name).replace("-", "_"))[:LONGEST].strip("_") or "etude"
    if name != fit:
        rule = f"lettres minuscules sans accent, chiffres et _, une lettre d'abord, au plus {LONGEST} signes"
        raise errors.InputError([f"« {name} » ne peut pas nommer une étude ({rule}) ; par exemple : {fit}"])
    if not all((root / part).is_dir() for part in ("data", "notebooks")):
        raise errors.InputError([f"« {root} » n'est pas un recueil : il n'a pas de dossiers data et notebooks"])
    targets = [word for path in root.glob("Makefile") for word in re.findall("^([a-z]+):", files.read_text(path), re.M)]
    if name in ("index", *targets) or any(root.glob(f"data/{name}")) or any(root.glob(f"notebooks/{name}.ipynb")):
        raise errors.InputError([f"« {name} » est déjà pris : choisissez un autre nom ; rien n'a été écrit"])


def _write(templates: Path, folder: Path, notebook: Path) -> None:
    """Fill in the templates: the folder of the study, and its notebook."""
    texts = {path.name: Template(files.read_text(path)).substitute(name=folder.name) for path in templates.iterdir()}
    cells = texts.pop("notebook.md")
    files.write_folder(folder, texts)
    files.write(notebook, _notebook(cells))


def _notebook(text: str) -> str:
    """A notebook whose code cells are the blocks of Python of a text, the word after « python » being their tag."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

    prose, *rest = re.split(r"^```python ?(\w*)\n(.*?)^```$", text, flags=re.M | re.S)
    cells = [new_markdown_cell(prose.strip())]
    for tag, code, prose in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        cells.append(new_code_cell(code.strip(), metadata={"tags": [tag]} if tag else {}))
        cells += [new_markdown_cell(prose.strip())] if prose.strip() else []
    return writes(new_notebook(cells=cells)) + "\n"


def _execute(notebook: Path) -> None:
    """Run the notebook in place, so that whoever opens it, and the tests, see what it shows."""
    import nbformat

    from relecture.build.notebooks import execute, kernels

    with TemporaryDirectory() as folder:
        started = kernels.Kernels(Path(folder), preload=False)
        try:
            run = execute.run(notebook, {}, started)
        finally:
            started.stop()
    if run.failure:
        raise errors.InputError([f"{notebook.name} : {run.failure}"])
    files.write(notebook, nbformat.writes(run.notebook) + "\n")
