"""French for the command line: click's own words, kinds of arguments, where to write, and long texts.

click takes its words from the machine's gettext catalogue, which has no French for them. Each of its modules holds the
translating function under the name `_`: `speak_french` puts there a look-up in WORDS. Only the words that the commands
of this house can bring up are listed; a test asks for each of them.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import MappingProxyType

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from relecture.core import errors
from relecture.core.french import typeset

MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)
WORDS = {
    "Usage:": "Usage :",
    "Options": "Options\u00a0",  # click adds the colon
    "Commands": "Commandes\u00a0",
    "Show this message and exit.": "Affiche cette aide.",
    "Show the version and exit.": "Affiche la version.",
    "Aborted!": "Interrompu.",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Pour l’aide : {command} {option}",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "No such command {name!r}.": "La commande « {name} » n’existe pas.",
    "No such option {name!r}.": "L’option « {name} » n’existe pas.",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "(Vouliez-vous dire l’un de ceux-ci : {possibilities} ?)",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
    "Option {name!r} requires an argument.": "L’option « {name} » demande une valeur.",
    "Option {name!r} does not take a value.": "L’option « {name} » ne prend pas de valeur.",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre entier.",
}
FORCE = click.option("--force", is_flag=True, help="Remplace un fichier qui existe déjà.")
_WIDEST = 100  # signs of a line


def speak_french() -> None:
    """Make every word of click's go through WORDS; words that are not listed stay as they are."""
    for module in MODULES:
        module._ = _translated
        module.ngettext = _translated_plural


def _translated(text: str) -> str:
    return typeset(WORDS[text]) if text in WORDS else text


def _translated_plural(singular: str, plural: str, count: int) -> str:
    return _translated(singular if count == 1 else plural)


def quoted(message: str) -> str:
    """A message of click's, names between French quotation marks."""
    return typeset(re.sub(r"'([^\s']+)'", r"« \1 »", message))


def typeset_help(command: click.Command) -> None:
    """Typeset what a command, and those of its group, say of themselves."""
    command.help, command.short_help = typeset(command.help or ""), typeset(command.short_help or "")
    for option in (each for each in command.params if isinstance(each, click.Option)):
        option.help = typeset(option.help or "")
    for each in getattr(command, "commands", {}).values():
        typeset_help(each)


def examples(*lines: str) -> str:
    """The end of a command's help: lines to type."""
    return "\n".join(["\b", typeset("Exemples :"), *(f"  relecture {line}" for line in lines)])


class Word(click.ParamType):
    """A word that a function reads; one that it does not know is refused with the nearest."""

    name = "mot"

    def __init__(self, read: Callable[[str], str]) -> None:
        self.read = read

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return self.read(value)
        except errors.UnknownName as error:
            return self.fail(str(error), param, ctx)


def one_of(known: Collection[str], what: str, synonyms: Mapping[str, str] = MappingProxyType({})) -> Word:
    """One of these words, or of their synonyms."""

    def read(word: str) -> str:
        if (meant := synonyms.get(word, word)) not in known:
            raise errors.unknown(word, known, what, more=f"Attendu : {', '.join(known)}.")
        return meant

    return Word(read)


def at_least_one(ctx: click.Context, option: click.Parameter, value: int | None) -> int | None:
    """The number given, refused in French below 1."""
    if value is not None and value < 1:
        raise click.BadParameter(f"{value} est refusé, il en faut au moins 1.")
    return value


def root() -> Path:
    """The folder of the compendium, asked for when a command runs: the help needs none of what reads it."""
    from relecture.core import study

    return study.ROOT


def target(file: Path | None, otherwise: str, *, force: bool = False) -> Path:
    """The file to write: the one given, else one of that name in outputs/, which git ignores.

    InputError where there is one already, unless `force`.
    """
    if file is None:
        (root() / "outputs").mkdir(exist_ok=True)
        file = shown(root() / "outputs" / otherwise)
    free(file, force=force)
    return file


def free(*files: Path, force: bool) -> None:
    """Refuse to replace what is there, unless asked; nothing is written."""
    if there := [file for file in files if file.exists() and not force]:
        raise errors.InputError(f"« {file} » existe déjà : --force le remplace ; rien n’a été écrit" for file in there)


def shown(path: Path) -> Path:
    """The path as one would type it here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def width() -> int:
    """Signs of a line: those of the terminal, 100 at most, and 100 in a file or a pipe."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _WIDEST


def show(text: str) -> None:
    """Print a text, through a pager where it is longer than the terminal; a file or a pipe gets it as it is."""
    if sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text.encode(), nl=not text.endswith("\n"))
