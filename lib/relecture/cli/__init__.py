"""The `relecture` command."""

from relecture.cli.commands import main

__all__ = ["main"]
