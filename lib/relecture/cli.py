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

from relecture import study, usage

usage.speak_french()
FORMATS = ("text", "csv", "json")


class Commands(click.Group):
    """Commands that tell a refused input fault by fault, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except study.InputError as error:
            for fault in error.faults:
                click.echo(fault, err=True)
            ctx.exit(1)


@click.group(
    cls=Commands,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="relecture", message="relecture %(version)s")
def main() -> None:
    """Relire ce que des thèses de médecine générale ont imprimé : chaque nombre a une adresse et un verdict."""


@main.command(short_help="Construit les pages qui ne sont plus à jour.")
@click.argument("studies", nargs=-1, metavar="[ÉTUDE]...")
@click.option("--out", type=click.Path(path_type=Path), metavar="DOSSIER", help="Où écrire (outputs/ sinon).")
@click.option("--force", is_flag=True, help="Reconstruit aussi ce qui est à jour.")
def build(studies: tuple[str, ...], out: Path | None, force: bool) -> None:
    """Exécute les carnets et écrit leurs pages ; toutes les études si aucune n'est nommée.

    Une page est refaite quand son carnet, ses données, la bibliothèque ou les dépendances ont
    changé. Une étude qui échoue garde sa page précédente et n'empêche pas les autres.
    """
    from relecture.report import build as room

    out = out or study.ROOT / "outputs"
    reports = room.build(studies, root=study.ROOT, out=out, force=force, tell=click.echo)
    for report in reports:
        _tell_faults(report.name, report.faults)
    click.echo(_summary([report.state for report in reports], out))
    if any(report.state == "failed" for report in reports):
        sys.exit(1)


@main.command(short_help="Dit si les nombres imprimés d'une étude tiennent ensemble.")
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="Présentation (text sinon).")
def audit(name: str, form: str) -> None:
    """Vérifie chaque relation entre les nombres imprimés d'une étude et donne un verdict.

    L'étude est l'une de celles du recueil, ou un dossier à soi qui contient printed.csv et
    relations.yaml (study.yaml y est facultatif).
    """
    from relecture.printed import audit as room
    from relecture.report import listing

    findings = room.audit(study.load_study(name, study.ROOT))
    text = {"text": listing.text, "csv": listing.csv, "json": listing.json}[form](findings)
    click.echo(text.encode(), nl=not text.endswith("\n"))


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
    words = {"built": "Construites", "fresh": "Déjà à jour", "failed": "En échec"}
    counts = [f"{word} : {states.count(state)}" for state, word in words.items() if state in states]
    return f"{' · '.join(counts) or 'Aucun carnet à exécuter'}{place}"
