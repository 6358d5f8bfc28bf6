"""The command `relecture new`: the files of a further study, or a questionnaire made in another tool.

A new study builds and passes the tests from the first minute.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import click

from relecture.cli.french_click import examples, root
from relecture.core import errors
from relecture.core.french import plural, slug, typeset

TEMPLATES = Path(__file__).with_name("templates")
LONGEST = 26  # signs; the name is the id of the questionnaire too, which survey tools keep short


@click.group(
    short_help="Prépare une nouvelle étude, ou un questionnaire.",
    subcommand_metavar="GENRE [ARGUMENTS]...",
    epilog=examples("new study mon_etude", "new instrument questionnaire.xlsx mon-enquete"),
)
def new() -> None:
    """Prépare les fichiers d'une étude d'exemple, ou reprend un questionnaire fait avec un autre outil."""


@new.command(
    short_help="Reprend un questionnaire fait avec un autre outil.",
    epilog=examples("new instrument questionnaire.xlsx mon-enquete"),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FICHIER")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DOSSIER")
def instrument(file: Path, folder: Path) -> None:
    """Écrit DOSSIER/instrument.yaml d'après un XLSForm (.xlsx), un dictionnaire REDCap (.csv), une structure LimeSurvey
    (.txt) ou un Table Schema (.json).

    Ce qu'un questionnaire d'ici ne sait pas porter est dit, une ligne par point. Le dossier suffit ensuite à
    relecture export DOSSIER, relecture validate DOSSIER et au formulaire. Rien de ce qui existe n'est remplacé.
    """
    from relecture.answers.formats import draft as drafts
    from relecture.answers.formats import registry

    draft = registry.read(file)
    form = drafts.write(draft, folder)
    for line in draft.left_out:
        click.echo(typeset(f"non repris : {line}"))
    click.echo(typeset(f"Questionnaire écrit : {folder / 'instrument.yaml'} ({plural(len(form.items), 'question')})"))


@new.command(short_help="Prépare les fichiers d'une nouvelle étude.", epilog=examples("new study mon_etude"))
@click.argument("name", metavar="NOM")
def study(name: str) -> None:
    """Écrit data/NOM/ et notebooks/NOM.ipynb, une étude d'exemple à remplacer par la vôtre.

    Les nombres écrits sont fictifs, et le disent. NOM est fait de lettres minuscules sans accent, de chiffres et
    de _, comme l'identifiant d'un questionnaire. Rien de ce qui existe n'est jamais remplacé.
    """
    from relecture.core import files

    _check(name, root())
    folder, notebook = root() / "data" / name, root() / "notebooks" / f"{name}.ipynb"
    try:
        _write(TEMPLATES / "study", folder, notebook)
        _execute(notebook)
    except BaseException:
        files.remove(notebook)
        files.remove(folder)
        raise
    for line in (
        f"Étude d'exemple écrite : data/{name}/ et notebooks/{name}.ipynb ; tous ses nombres sont fictifs.",
        f"Remplacez-les fichier par fichier ; à chaque pas : relecture audit {name}, relecture build {name}",
        "Avant d'enregistrer dans git : make notebooks, make manifest, make test",
    ):
        click.echo(typeset(line))


def _check(name: str, root: Path) -> None:
    """Refuse, in one line, a name that cannot be that of a study here."""
    from relecture.core import files

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
    from relecture.core import files

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
    from relecture.core import files

    with TemporaryDirectory() as folder:
        started = kernels.Kernels(Path(folder), preload=False)
        try:
            run = execute.run(notebook, {}, started)
        finally:
            started.stop()
    if run.failure:
        raise errors.InputError([f"{notebook.name} : {run.failure}"])
    files.write(notebook, nbformat.writes(run.notebook) + "\n")
