"""The `relecture` command and its exit statuses.

Commands only read their arguments, call one room and print what it returns. They import that room when they run, so
that the help and a build with nothing to do start in a blink. Exit status: 0 on success, whatever the verdicts; 1 on a
refused input or a failed build (`core.errors`), with one line a fault; 2 on bad usage.
"""

from __future__ import annotations

import errno
import sys
from typing import Any

import click

from relecture.cli import french_click, lab, new, page_commands, study_commands
from relecture.core import errors
from relecture.core.french import typeset

french_click.speak_french()
_LISTED = (
    *(page_commands.list_studies, page_commands.open_page, lab.lab, lab.exercises, new.new),
    *(study_commands.audit, study_commands.export, study_commands.validate, study_commands.synthesise),
    *(page_commands.build, page_commands.verify, page_commands.manifest, page_commands.crate),
)


class Commands(click.Group):
    """Commands that tell a refused input fault by fault, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except errors.RelectureError as error:
            for fault in error.faults:
                click.echo(typeset(fault), err=True)
            ctx.exit(error.exit_status)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise click.UsageError(french_click.quoted(error.format_message()), error.ctx) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads our lines has had enough
                raise
            click.echo(_refusal(error), err=True)
            ctx.exit(1)


def _refusal(error: OSError) -> str:
    """What the system refused, and of which file."""
    from relecture.core import files

    return typeset(f"« {error.filename} » : {files.reason(error)}" if error.filename else files.reason(error))


@click.group(
    cls=Commands,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=french_click.examples("list", "audit guefif", "open guefif", "audit --help"),
)
@click.version_option(package_name="relecture", message="relecture %(version)s")
def main() -> None:
    """Relire ce que des thèses de médecine générale ont imprimé : chaque nombre a une adresse et un verdict."""


for command in _LISTED:
    main.add_command(command)
french_click.typeset_help(main)
