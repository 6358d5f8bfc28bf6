"""Commands on studies: audit, export, validate, synthesise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from relecture.answers.formats import registry
from relecture.cli.french_click import FORCE, Word, at_least_one, examples, free, one_of, root, show, target
from relecture.core import errors
from relecture.core.french import typeset
from relecture.report.verdicts import VERDICTS, code_of

FORMATS = ("texte", "csv", "json")
_SYNONYMS = {"text": "texte"}
_READING = (
    click.option("--tool", default="", metavar="OUTIL", help="L'outil, quand deux expliquent le fichier aussi bien."),
    click.option("--sheet", default="", metavar="FEUILLE", help="Nom d'une feuille du classeur, ou son numéro."),
    click.option("--ignore", multiple=True, metavar="TITRE", help="Colonne à laisser de côté : son titre, ou N°*."),
    click.option("--missing", multiple=True, metavar="VALEUR", help="Ce qui vaut une case vide : -99, n/a."),
    click.option("--keep", multiple=True, metavar="SORTE", help="Lignes sans réponse à garder : jamais_envoyee, tout."),
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how files of answers are read, one a field of `validation.Choices`."""
    for option in reversed(_READING):
        command = option(command)
    return command


@click.command(
    short_help="Dit si les nombres imprimés d'une étude, ou d'un tableau collé, tiennent ensemble.",
    epilog=examples(
        "audit guefif",
        "audit guefif --only incohérent",
        'audit guefif --address "principal.*"',
        "audit guefif --all",
        "audit tableau.csv --n 84",
    ),
)
@click.argument("name", metavar="ÉTUDE|DOSSIER|TABLEAU")
@click.option(
    "--only", type=Word(code_of), metavar="VERDICT", help=f"Un verdict : {', '.join(map(str, VERDICTS.values()))}."
)
@click.option("--address", metavar="MOTIF", help="Les vérifications dont une adresse suit ce motif : age.*.")
@click.option("--all", "every", is_flag=True, help="Toutes les vérifications, dans l'ordre de l'étude.")
@click.option("--n", type=int, callback=at_least_one, metavar="N", help="Effectif d'un tableau qui ne le dit pas.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DOSSIER", help="Écrit le tableau en dossier à compléter."
)
@FORCE
@click.option(
    "--format", "form", type=one_of(FORMATS, "une présentation", _SYNONYMS), default="texte", metavar="PRÉSENTATION",
    help="texte (si rien n'est dit), csv ou json.",
)  # fmt: skip
def audit(name: str, only: str, address: str, every: bool, n: int, out: Path, force: bool, form: str) -> None:
    """Vérifie chaque relation entre les nombres imprimés d'une étude et donne un verdict.

    L'étude est l'une de celles du recueil, ou un dossier à soi qui contient printed.csv et relations.yaml
    (study.yaml y est facultatif), ou un tableau tel qu'imprimé (.csv, .xlsx, .docx, .html), dont adresses et
    relations sont alors déduites. Ce qui ne tient pas vient d'abord.
    """
    from relecture.build import progress
    from relecture.cli import show_findings, show_table
    from relecture.printed import audit as room
    from relecture.printed import kept_findings
    from relecture.printed.pasted import tables

    about = tables.load(name, root(), n=n)
    if out:
        tables.write(about, out, force=force)
        click.echo(f"Dossier écrit : {out}", err=form != "texte")
    with progress.waiting(f"{about.name} : vérification de {len(about.relations)} relations"):
        findings = (
            room.audit(about) if about.tables else kept_findings.kept(about, room.audit, repairs=True, draws=True)
        )
    chosen = room.chosen(findings, only, address) if only or address else findings
    if form != "texte":
        click.echo({"csv": show_findings.csv, "json": show_findings.json}[form](chosen).encode(), nl=False)
    elif chosen is not findings or every:
        show(show_findings.text(chosen))
    else:
        show(show_table.text(about, findings) if about.tables else show_findings.summary(findings, name))


@click.command(
    short_help="Écrit le questionnaire d'une étude pour un outil d'enquête.",
    help=f"""Écrit le questionnaire dans un FORMAT : {registry.names_in_words()}.

    Ce que le format ne sait pas exprimer est dit, une ligne par point ; rien d'autre n'est perdu.
    Sans FICHIER, le questionnaire est écrit dans outputs/.
    """,
    epilog=examples("export guefif xlsform", "export guefif redcap dictionnaire.csv"),
)
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.argument("form", type=one_of(registry.FORMATS, "un format"), metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[FICHIER]")
@FORCE
def export(name: str, form: str, file: Path | None, force: bool) -> None:
    from relecture.answers.questionnaire import instrument
    from relecture.core import files, study

    folder, tool = study.folder_of(name, root()), registry.FORMATS[form]
    made = tool.export(instrument.load(folder))
    file = target(file, f"{folder.resolve().name}-{form}{(*tool.suffixes, '.json')[0]}", force=force)
    files.write(file, made.content)
    for line in made.lost:
        click.echo(typeset(f"non exprimé : {line}"))
    click.echo(f"Questionnaire écrit : {file}")


@click.command(
    short_help="Dit si un fichier de réponses convient au questionnaire d'une étude.",
    help=f"""Vérifie des réponses exportées par {registry.tools_in_words()}, ou par Relecture.

    L'outil, la sorte de fichier, les codes ou les libellés sont reconnus ; plusieurs fichiers d'un même
    questionnaire sont lus ensemble. Toutes les fautes sont dites, celles d'une même cause une seule fois ;
    un fichier n'est jamais modifié. Avec --out, les réponses sans faute sont écrites codées, avec à côté
    leur description (Table Schema). docs/importer-des-reponses.md dit quel export choisir.
    """,
    epilog=examples(
        "validate guefif reponses.csv", "validate guefif reponses.csv --missing -99 --out outputs/codees.xlsx"
    ),
)
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.argument("files", nargs=-1, required=True, metavar="FICHIER...")
@reading_options
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FICHIER", help="Réponses codées : .csv, .xlsx ou .sav."
)
@FORCE
@click.option(
    "--format", "form", type=one_of(FORMATS[::2], "une présentation", _SYNONYMS),
    default="texte", metavar="PRÉSENTATION", help="texte (si rien n'est dit) ou json.",
)  # fmt: skip
def validate(name: str, files: tuple[str, ...], out: Path | None, force: bool, form: str, **choices: Any) -> None:
    from relecture.answers import coded_file
    from relecture.answers.files import validation
    from relecture.answers.questionnaire import instrument
    from relecture.build import progress
    from relecture.cli import show_faults
    from relecture.core import study

    if out and out.resolve() in [Path(file).resolve() for file in files]:
        raise errors.InputError([f"{out.name} : le fichier de réponses n'est jamais modifié ; choisissez un autre nom"])
    if out:
        free(out, out.with_suffix(".schema.json"), force=force)
    questionnaire = instrument.load(study.folder_of(name, root()))
    with progress.waiting("Lecture des réponses"):
        answers, faults = validation.check(questionnaire, files, **choices)
    if form == "json":
        click.echo(show_faults.json(answers, faults))
    else:
        told = show_faults.text(answers) if answers else show_faults.refusal(faults)
        click.echo(typeset(told), err=bool(faults))
    if faults:
        raise errors.InputError(())
    if out:
        schema = coded_file.write(answers, questionnaire, out)
        click.echo(f"Réponses codées : {out}, décrites par {schema.name}", err=form == "json")


def _a_seed(ctx: click.Context, option: click.Parameter, value: int) -> int:
    if value < 0:
        raise click.BadParameter(f"{value} est refusé, une graine est un nombre entier positif ou nul.")
    return value


@click.command(
    short_help="Invente des réponses qui ont les effectifs imprimés d'une étude.",
    epilog=examples("synthesise guefif", "synthesise guefif essai.csv --n 200 --seed 1"),
)
@click.argument("name", metavar="ÉTUDE|DOSSIER")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[FICHIER]")
@click.option("--n", type=int, callback=at_least_one, metavar="N", help="Combien de répondants (comme imprimé sinon).")
@click.option("--seed", type=int, default=2023, callback=_a_seed, metavar="GRAINE", help="Graine (2023 sinon).")
@FORCE
def synthesise(name: str, file: Path | None, n: int | None, seed: int, force: bool) -> None:
    """Écrit un fichier CSV de réponses synthétiques, et à côté un JSON qui dit ce qu'elles reproduisent.

    Personne n'a donné ces réponses. Elles retrouvent les effectifs, moyennes et écarts types imprimés,
    sauf ceux qui ne peuvent tenir ensemble ; avec --n, elles n'en gardent que les parts. Une même graine
    donne le même fichier, dont le nom contient toujours « synthetic ». Sans FICHIER, il est écrit dans outputs/.
    """
    from relecture import api
    from relecture.answers.synthetic import generate
    from relecture.build import progress
    from relecture.core import files

    about = api.load_study(name, root())
    labelled = generate.labelled(file or target(None, f"{about.name}.synthetic.csv", force=True))
    beside = labelled.with_suffix(".json")
    free(labelled, beside, force=force)
    with progress.waiting(f"{about.name} : réponses synthétiques"):
        answers = about.synthetic(n=n, seed=seed)
    files.write(labelled, answers.frame.to_csv(lineterminator="\n"))
    files.write(beside, generate.metadata(answers, about.name))
    click.echo(generate.summary(answers, labelled, file or labelled))
