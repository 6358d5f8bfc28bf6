"""The `relecture` command and its exit statuses.

Commands only read their arguments, call one room and print what it returns. They import that room when they run, so
that the help and a build with nothing to do start in a blink. Exit status: 0 on success, whatever the verdicts; 1 on a
refused input or a failed build (`core.errors`), with one line a fault; 2 on bad usage.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from relecture.cli import french_click, lab, new, page_commands, study_commands
from relecture.core import errors

french_click.speak_french()
_PAGES = (page_commands.build, page_commands.verify, page_commands.manifest, page_commands.crate)
_STUDIES = (study_commands.audit, study_commands.export, study_commands.validate, study_commands.synthesise)


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


for command in (lab.lab, new.new, *_PAGES, *_STUDIES):
    main.add_command(command)
