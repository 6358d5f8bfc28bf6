"""The table that a file holds, whatever its kind, told by its first bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from relecture.answers.tables import delimited
from relecture.answers.tables.faults import Fault
from relecture.answers.tables.table import Table, UnreadableFile


def read_table(
    source: str | Path | bytes | Sequence[str | Path | bytes], *, sheet: str = ""
) -> tuple[Table, list[Fault]]:
    """The table of a file (its path, or its bytes) and the faults of its lines; UnreadableFile when there is none."""
    if not isinstance(source, str | Path | bytes):
        (source,) = source  # several files of one questionnaire: to come
    return delimited.read_table(_bytes(source))


def _bytes(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(Fault(0, "", Path(source).name, ": fichier absent")) from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(Fault(0, "", Path(source).name, "ne peut pas être lu comme un fichier")) from error
