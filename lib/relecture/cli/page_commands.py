"""Commands on pages: list, open, build, verify, manifest, crate."""

from __future__ import annotations

import gc
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from relecture.cli.french_click import at_least_one, examples, root, show, shown, width
from relecture.cli.study_commands import reading_options
from relecture.core import errors
from relecture.core.french import typeset

ANSWERS = "Réponses à soi, sur lesquelles le carnet s'exécute ; à répéter pour plusieurs fichiers."


@click.command("list", short_help="Dit quelles études sont dans ce recueil.", epilog=examples("list"))
def list_studies() -> None:
    """Dit ce que chaque étude du recueil a imprimé et demandé, ses verdicts, et si sa page est construite.

    Les verdicts sont dits quand la vérification a déjà été faite ; relecture audit ÉTUDE la fait.
    """
    from relecture import api
    from relecture.build.state import jobs
    from relecture.core import study

    names = study.studies(root())
    lines = [line for name in names for line in [*_described(api.load_study(name, root())), ""]]
    others = [name for name in jobs.notebooks(root()) if name not in names]
    lines += [f"Autres carnets : {', '.join(others)}"] * bool(others)
    lines += ["Ensuite : relecture open ÉTUDE (sa page), relecture lab ÉTUDE (son carnet), relecture audit ÉTUDE"]
    show(typeset("\n".join(lines)))


def _described(study: Any) -> list[str]:
    """A study in four paragraphs: its title, what it holds, its verdicts, its page."""
    from relecture.explore import catalogue
    from relecture.explore.printed.findings import Findings
    from relecture.report.verdicts import marked

    findings, label = study.findings_at_hand(), catalogue.label_of(study)
    title = f"{study.name} : {study.about['title']}" + f" ({label.lower()})" * bool(label)
    verdicts = marked((findings or Findings()).tally().elements())
    facts = [
        catalogue.told(catalogue.entry(study)),
        verdicts or f"pas encore vérifiée : relecture audit {study.name}",
        _page_in_words(study.name),
    ]
    filled = [textwrap.wrap(title, width(), subsequent_indent="    ")]
    filled += [textwrap.wrap(fact, width(), initial_indent="  ", subsequent_indent="    ") for fact in facts]
    return [line for lines in filled for line in lines]


def _page_in_words(name: str) -> str:
    if not (root() / "notebooks" / f"{name}.ipynb").is_file():
        return "pas de carnet, donc pas de page"
    there = _page(name).is_file()
    return f"page : {shown(_page(name))}" if there else f"page pas encore construite : relecture build {name}"


def _page(name: str) -> Path:
    return root() / "outputs" / f"{name}.html"


@click.command("open", short_help="Ouvre une page, ou la liste des pages.", epilog=examples("open", "open guefif"))
@click.argument("name", default="index", metavar="[ÉTUDE]")
def open_page(name: str) -> None:
    """Ouvre la page d'une étude dans le navigateur ; la liste des pages si aucune n'est nommée.

    Une page qui n'est pas construite ne l'est pas ici : relecture build la construit.
    """
    import webbrowser

    from relecture.build.state import jobs

    page = _page(name)
    if not page.is_file():
        asked = [] if name == "index" else [name]
        jobs.find(asked, root(), page.parent, {})  # refuses a name without a notebook
        command = " ".join(["relecture build", *asked])
        raise errors.InputError([f"« {shown(page)} » n'est pas encore construite ; pour la construire : {command}"])
    click.echo(typeset(f"Page : {page}"))
    if not webbrowser.open(page.resolve().as_uri()):
        click.echo(typeset("Aucun navigateur ici : ouvrez ce fichier dans le vôtre."))


@click.command(
    short_help="Construit les pages qui ne sont plus à jour.",
    epilog=examples("build", "build guefif", "build guefif --answers mes-reponses.csv", "build --explain"),
)
@click.argument("studies", nargs=-1, metavar="[ÉTUDE]...")
@click.option("--answers", type=click.Path(path_type=Path), multiple=True, metavar="FICHIER", help=ANSWERS)
@reading_options
@click.option("--out", type=click.Path(path_type=Path), metavar="DOSSIER", help="Où écrire (outputs/ sinon).")
@click.option("--force", is_flag=True, help="Reconstruit aussi ce qui est à jour.")
@click.option("--jobs", type=int, callback=at_least_one, metavar="N", help="Carnets à la fois (un par cœur sinon).")
@click.option("--cold", is_flag=True, help="Lance chaque noyau à neuf : plus lent, mêmes pages.")
@click.option("--explain", is_flag=True, help="Dit ce qui est à refaire et pourquoi, sans rien construire.")
def build(
    studies: tuple[str, ...],
    answers: tuple[Path, ...],
    out: Path | None,
    force: bool,
    jobs: int | None,
    cold: bool,
    explain: bool,
    **choices: Any,
) -> None:
    """Exécute les carnets et écrit leurs pages ; toutes les études si aucune n'est nommée.

    Une page est refaite quand son carnet, ses données, la bibliothèque ou les dépendances ont
    changé. Une étude qui échoue garde sa page précédente et n'empêche pas les autres.

    Avec --answers, le carnet d'une étude s'exécute sur un fichier de réponses à soi (un corpus
    d'entretiens pour une étude qualitative) ; la page va dans outputs/reponses/, à côté des autres.
    Les réponses sont d'abord vérifiées, comme par validate, dont les choix valent aussi ici.
    """
    from relecture.build import pages as room
    from relecture.build import parallel, progress

    gc.set_threshold(20_000, 20, 20)  # what a build imports is many objects, and few to collect
    if answers and len(studies) != 1:
        raise click.UsageError("Avec --answers, nommez une étude et une seule.")
    if missing := [f"« {file} » : fichier introuvable" for file in answers if not file.is_file()]:
        raise errors.InputError(missing)
    out = out or root() / "outputs" / ("reponses" if answers else "")
    with parallel.started_server(cold=cold or not answers) as server:
        asked = {"answers": _accepted(studies[0], answers, choices, server)} if answers else {}
        if explain:
            for line in room.explain(studies, root=root(), out=out, parameters=asked, force=force):
                click.echo(line)
            return
        show = progress.on(sys.stderr, click.echo)
        options = {"force": force, "at_once": jobs, "cold": cold, "show": show, "server": server}
        reports = room.build(studies, root=root(), out=out, parameters=asked, **options)
    for report in reports:
        _tell_faults(report.name, report.faults)
    click.echo(_summary([report.state for report in reports], out))
    if any(report.state == "failed" for report in reports):
        raise errors.FailedBuild


def _accepted(name: str, files: Iterable[Path], choices: dict[str, Any], server: Any) -> Any:
    """What the notebook is given to read; InputError, as `validate` tells it, for answers that its form refuses."""
    paths, said = [str(file.resolve()) for file in files], {key: value for key, value in choices.items() if value}
    faults, text = _checked(server, [name, str(root()), paths, said])
    if faults:
        raise errors.InputError(faults)
    if text:
        click.echo(text)
    if said:
        return {"files": paths, **said}
    return paths if len(paths) > 1 else paths[0]


def _checked(server: Any, arguments: list[Any]) -> tuple[list[str], str]:
    """The faults of the files, or what is said of them: the server, where there is one, keeps what it imports."""
    try:
        return server.ask("call", "relecture.cli.show_faults", "checked", *arguments)
    except (AttributeError, OSError, ValueError):  # no server, or none any more
        from relecture.cli import show_faults

        return show_faults.checked(*arguments)


@click.command(short_help="Reconstruit ailleurs et compare à l'octet près.", epilog=examples("verify"))
def verify() -> None:
    """Construit une seconde fois dans d'autres conditions, et compare fichier par fichier.

    La seconde construction change de dossier, de fuseau horaire, de langue et de graine de hachage :
    un seul octet différent est un échec (code 1). Les pages sont ensuite comparées au manifeste des
    auteurs (data/manifest.json) : un écart y est expliqué (premier tableau ou première figure
    touchés, entrées et versions qui diffèrent) et n'est pas un échec (code 0).
    """
    from relecture.build.archive import rebuild_check as room

    out = _up_to_date()
    same = room.compare_with_rebuild(root(), out, click.echo)
    room.compare_with_authors(root(), out, click.echo)
    if not same:
        raise errors.FailedBuild


@click.command(short_help="Met à jour le manifeste des auteurs.", epilog=examples("manifest"))
def manifest() -> None:
    """Construit ce qui n'est plus à jour, puis écrit data/manifest.json, à enregistrer avec le code."""
    from relecture.build.state import manifest as room

    click.echo(room.publish(_up_to_date(), root()))


@click.command(
    short_help="Réunit le recueil dans un dossier à déposer (RO-Crate).", epilog=examples("crate outputs/depot")
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DOSSIER")
def crate(folder: Path) -> None:
    """Copie sources et pages dans un dossier nouveau ou vide, avec ro-crate-metadata.json.

    C'est ce qu'une archive de données attend : chaque fichier y a sa description, sa licence et son
    empreinte, et les thèses relues y sont citées.
    """
    from relecture.build import progress
    from relecture.build.archive import ro_crate as room

    pages = _up_to_date()
    with progress.waiting("Dossier à déposer"):
        written = room.write(pages, root(), folder)
    click.echo(written)


def _up_to_date() -> Path:
    """The folder of the published pages, built first where they are stale; ends the command when that fails."""
    ctx = click.get_current_context()
    ctx.invoke(build)
    return root() / "outputs"


def _tell_faults(name: str, faults: Iterable[str]) -> None:
    lines = [line for fault in faults for line in fault.splitlines()]
    if lines:
        click.echo("\n  ".join([f"{name} : ÉCHEC", *lines]), err=True)


def _summary(states: list[str], out: Path) -> str:
    """One French line: how many pages were made, kept or failed, and where they are."""
    index = out / "index.html"
    place = f" ; les pages sont dans {index}" if index.is_file() else ""
    if set(states) == {"fresh"}:
        return f"Rien à refaire, tout est à jour{place}"
    words = {"built": "Construites", "fresh": "Déjà à jour", "failed": "En échec", "gone": "Retirées (carnet supprimé)"}
    counts = [f"{word} : {states.count(state)}" for state, word in words.items() if state in states]
    return f"{' · '.join(counts) or 'Aucun carnet à exécuter'}{place}"
