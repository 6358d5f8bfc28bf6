"""The `relecture` command: which question does a word on the command line ask of the library?

Commands only read their arguments, call one room and print what it returns. They import that room
when they run, so that the help and a build with nothing to do start in a blink. Exit status: 0 on
success, whatever the verdicts; 1 on a refused input or a failed build, with one line a fault; 2 on
bad usage.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from relecture.answers.formats import registry
from relecture.cli import french_click, new
from relecture.core import errors, study

french_click.speak_french()
FORMATS = ("text", "csv", "json")
ANSWERS = "Réponses à soi, sur lesquelles le carnet s'exécute."


class Commands(click.Group):
    """Commands that tell a refused input fault by fault, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except errors.RelectureError as error:
            for fault in error.faults:
                click.echo(fault, err=True)
            ctx.exit(error.exit_status)


@click.group(
    cls=Commands,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="relecture", message="relecture %(version)s")
def main() -> None:
    """Relire ce que des thèses de médecine générale ont imprimé : chaque nombre a une adresse et un verdict."""


main.add_command(new.new)


def _at_least_one(ctx: click.Context, option: click.Parameter, value: int | None) -> int | None:
    if value is not None and value < 1:
        raise click.BadParameter(f"{value} est refusé, il en faut au moins 1.")
    return value


@main.command(short_help="Construit les pages qui ne sont plus à jour.")
@click.argument("studies", nargs=-1, metavar="[ÉTUDE]...")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FICHIER", help=ANSWERS)
@click.option("--out", type=click.Path(path_type=Path), metavar="DOSSIER", help="Où écrire (outputs/ sinon).")
@click.option("--force", is_flag=True, help="Reconstruit aussi ce qui est à jour.")
@click.option("--jobs", type=int, callback=_at_least_one, metavar="N", help="Carnets à la fois (un par cœur sinon).")
@click.option("--cold", is_flag=True, help="Lance chaque noyau à neuf : plus lent, mêmes pages.")
@click.option("--explain", is_flag=True, help="Dit ce qui est à refaire et pourquoi, sans rien construire.")
def build(
    studies: tuple[str, ...],
    answers: Path | None,
    out: Path | None,
    force: bool,
    jobs: int | None,
    cold: bool,
    explain: bool,
) -> None:
    """Exécute les carnets et écrit leurs pages ; toutes les études si aucune n'est nommée.

    Une page est refaite quand son carnet, ses données, la bibliothèque ou les dépendances ont
    changé. Une étude qui échoue garde sa page précédente et n'empêche pas les autres.

    Avec --answers, le carnet d'une étude s'exécute sur un fichier de réponses à soi (un corpus
    d'entretiens pour une étude qualitative) ; la page va dans outputs/reponses/, à côté des autres.
    """
    from relecture.build import pages as room
    from relecture.build import progress

    if answers and len(studies) != 1:
        raise click.UsageError("Avec --answers, nommez une étude et une seule.")
    if answers and not answers.is_file():
        raise errors.InputError([f"« {answers} » : fichier introuvable"])
    out = out or study.ROOT / "outputs" / ("reponses" if answers else "")
    asked = {"answers": str(answers.resolve())} if answers else {}
    if explain:
        for line in room.explain(studies, root=study.ROOT, out=out, parameters=asked, force=force):
            click.echo(line)
        return
    show = progress.on(sys.stderr, click.echo)
    options = {"force": force, "at_once": jobs, "cold": cold, "show": show}
    reports = room.build(studies, root=study.ROOT, out=out, parameters=asked, **options)
    for report in reports:
        _tell_faults(report.name, report.faults)
    click.echo(_summary([report.state for report in reports], out))
    if any(report.state == "failed" for report in reports):
        raise errors.FailedBuild


@main.command(short_help="Dit si les nombres imprimés d'une étude tiennent ensemble.")
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="Présentation (text sinon).")
def audit(name: str, form: str) -> None:
    """Vérifie chaque relation entre les nombres imprimés d'une étude et donne un verdict.

    L'étude est l'une de celles du recueil, ou un dossier à soi qui contient printed.csv et
    relations.yaml (study.yaml y est facultatif).
    """
    from relecture.cli import show_findings
    from relecture.printed import audit as room

    findings = room.audit(study.load_study(name, study.ROOT))
    text = {"text": show_findings.text, "csv": show_findings.csv, "json": show_findings.json}[form](findings)
    click.echo(text.encode(), nl=not text.endswith("\n"))


@main.command(
    short_help="Écrit le questionnaire d'une étude pour un outil d'enquête.",
    help=f"""Écrit le questionnaire dans un FORMAT : {registry.names_in_words()}.

    Ce que le format ne sait pas exprimer est dit, une ligne par point ; rien d'autre n'est perdu.
    """,
)
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.argument("form", type=click.Choice(registry.FORMATS), metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path), metavar="FICHIER")
def export(name: str, form: str, file: Path) -> None:
    from relecture.answers.questionnaire import instrument
    from relecture.core import files

    made = registry.FORMATS[form].export(instrument.load(study.load_study(name, study.ROOT)))
    files.write(file, made.content)
    for line in made.lost:
        click.echo(f"non exprimé : {line}")
    click.echo(f"Questionnaire écrit : {file}")


@main.command(
    short_help="Dit si un fichier de réponses convient au questionnaire d'une étude.",
    help=f"""Vérifie un CSV de réponses exporté par {registry.tools_in_words()}, ou par Relecture.

    Délimiteur, encodage, codes ou libellés sont reconnus. Toutes les fautes sont dites, avec leur
    ligne, leur colonne et ce qui était attendu ; le fichier n'est jamais modifié.
    """,
)
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.argument("file", metavar="FICHIER")
@click.option("--format", "form", type=click.Choice(FORMATS[::2]), default="text", help="Présentation (text sinon).")
def validate(name: str, file: str, form: str) -> None:
    from relecture.answers.files import validation
    from relecture.answers.questionnaire import instrument
    from relecture.cli import show_faults

    answers, faults = validation.check(instrument.load(study.load_study(name, study.ROOT)), file)
    text = {"text": show_faults.text, "json": show_faults.json}[form](answers, faults)
    click.echo(text, err=form == "text" and bool(faults))
    if faults:
        raise errors.InputError(())


def _a_seed(ctx: click.Context, option: click.Parameter, value: int) -> int:
    if value < 0:
        raise click.BadParameter(f"{value} est refusé, une graine est un nombre entier positif ou nul.")
    return value


@main.command(short_help="Invente des réponses qui ont les effectifs imprimés d'une étude.")
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.argument("file", type=click.Path(path_type=Path), metavar="FICHIER")
@click.option("--n", type=int, callback=_at_least_one, metavar="N", help="Combien de répondants (comme imprimé sinon).")
@click.option("--seed", type=int, default=2023, callback=_a_seed, metavar="GRAINE", help="Graine (2023 sinon).")
def synthesise(name: str, file: Path, n: int | None, seed: int) -> None:
    """Écrit un fichier CSV de réponses synthétiques, et à côté un JSON qui dit ce qu'elles reproduisent.

    Personne n'a donné ces réponses. Elles retrouvent les effectifs, moyennes et écarts types imprimés,
    sauf ceux qui ne peuvent tenir ensemble ; avec --n, elles n'en gardent que les parts. Une même graine
    donne le même fichier, dont le nom contient toujours « synthetic ».
    """
    from relecture import api
    from relecture.answers.synthetic import generate
    from relecture.core import files

    about, target = api.load_study(name, study.ROOT), generate.labelled(file)
    answers = about.synthetic(n=n, seed=seed)
    files.write(target, answers.frame.to_csv(lineterminator="\n"))
    files.write(target.with_suffix(".json"), generate.metadata(answers, about.name))
    click.echo(generate.summary(answers, target, file))


@main.command(short_help="Reconstruit ailleurs et compare à l'octet près.")
def verify() -> None:
    """Construit une seconde fois dans d'autres conditions, et compare fichier par fichier.

    La seconde construction change de dossier, de fuseau horaire, de langue et de graine de hachage :
    un seul octet différent est un échec (code 1). Les pages sont ensuite comparées au manifeste des
    auteurs (data/manifest.json) : un écart y est expliqué (premier tableau ou première figure
    touchés, entrées et versions qui diffèrent) et n'est pas un échec (code 0).
    """
    from relecture.build.archive import rebuild_check as room

    out = _up_to_date()
    same = room.compare_with_rebuild(study.ROOT, out, click.echo)
    room.compare_with_authors(study.ROOT, out, click.echo)
    if not same:
        raise errors.FailedBuild


@main.command(short_help="Met à jour le manifeste des auteurs.")
def manifest() -> None:
    """Construit ce qui n'est plus à jour, puis écrit data/manifest.json, à enregistrer avec le code."""
    from relecture.build.state import manifest as room

    click.echo(room.publish(_up_to_date(), study.ROOT))


@main.command(short_help="Réunit le recueil dans un dossier à déposer (RO-Crate).")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DOSSIER")
def crate(folder: Path) -> None:
    """Copie sources et pages dans un dossier nouveau ou vide, avec ro-crate-metadata.json.

    C'est ce qu'une archive de données attend : chaque fichier y a sa description, sa licence et son
    empreinte, et les thèses relues y sont citées.
    """
    from relecture.build.archive import ro_crate as room

    click.echo(room.write(_up_to_date(), study.ROOT, folder))


def _up_to_date() -> Path:
    """The folder of the published pages, built first where they are stale; ends the command when that fails."""
    ctx = click.get_current_context()
    ctx.invoke(build)
    return study.ROOT / "outputs"


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
