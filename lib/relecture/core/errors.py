"""Errors that end a command, each with its exit status and its faults in French.

    RelectureError
    ├── InputError    refused input: a file, a name or a value of the user's   1
    └── FailedBuild   a page that was not built, or not built alike            1

Bad usage of the command is click's to tell, with status 2. Any other exception is a defect of ours.
"""

from __future__ import annotations

from collections.abc import Iterable


class RelectureError(Exception):
    """What a command cannot go on with; `faults` names every fault at once, for a reader; none when they were told."""

    exit_status = 1

    def __init__(self, faults: Iterable[str] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class InputError(RelectureError, ValueError):
    """Refused input."""


class FailedBuild(RelectureError):
    """Pages that were not built, or that a second build did not write alike."""
