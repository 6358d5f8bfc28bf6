"""French for the command line, click's own words included.

click takes its words from the machine's gettext catalogue, which has no French for them. Each of its modules holds the
translating function under the name `_`: `speak_french` puts there a look-up in WORDS. Only the words that the commands
of this house can bring up are listed; a test asks for each of them.
"""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)
WORDS = {
    "Usage:": "Usage :",
    "Options": "Options ",  # click adds the colon
    "Commands": "Commandes ",
    "Show this message and exit.": "Affiche cette aide.",
    "Show the version and exit.": "Affiche la version.",
    "Aborted!": "Interrompu.",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Pour l'aide : {command} {option}",
    "Missing argument": "Il manque l'argument",
    "Choose from:\n\t{choices}": "À choisir parmi :\n\t{choices}",
    "No such command {name!r}.": "La commande « {name} » n'existe pas.",
    "No such option {name!r}.": "L'option « {name} » n'existe pas.",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "(Vouliez-vous dire l'un de ceux-ci : {possibilities} ?)",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
    "Option {name!r} requires an argument.": "L'option « {name} » demande une valeur.",
    "Option {name!r} does not take a value.": "L'option « {name} » ne prend pas de valeur.",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "{value!r} is not a valid {number_type}.": "« {value} » n'est pas un nombre entier.",
    "{value!r} is not {choice}.": "« {value} » est refusé, {choice} est attendu.",
    "{value!r} is not one of {choices}.": "« {value} » n'est pas l'un de {choices}.",
}


def speak_french() -> None:
    """Make every word of click's go through WORDS; words that are not listed stay as they are."""
    for module in MODULES:
        module._ = _translated
        module.ngettext = _translated_plural


def _translated(text: str) -> str:
    return WORDS.get(text, text)


def _translated_plural(singular: str, plural: str, count: int) -> str:
    return _translated(singular if count == 1 else plural)


def at_least_one(ctx: click.Context, option: click.Parameter, value: int | None) -> int | None:
    """The number given, refused in French below 1."""
    if value is not None and value < 1:
        raise click.BadParameter(f"{value} est refusé, il en faut au moins 1.")
    return value
