"""What to change in the tool that a refused file comes from: the setting of its export, by its name there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from relecture.answers.tables import opening
from relecture.answers.tables.faults import UNKNOWN_COLUMN, Fault, printable
from relecture.answers.tables.table import UnreadableFile
from relecture.answers.tools import recognition
from relecture.answers.tools.registry import Tool, tools

GUIDE = "docs/importer-des-reponses.md"


def advice(
    source: str | Path | bytes | Sequence[str | Path | bytes], faults: Sequence[Fault], *, sheet: str = ""
) -> tuple[str, ...]:
    """The tool that signs these files, and its setting that would help against these faults; nothing without a sign.

    Before it, how to set aside a column that is no question.
    """
    strange = next((printable(fault.column) for fault in faults if fault.what == UNKNOWN_COLUMN), "")
    aside = (f'Si « {strange} » n\'est pas une question : --ignore "{strange}" (voir {GUIDE}).',) if strange else ()
    lines = [fault.line for fault in faults if fault.line]  # no setting mends what a person said of the file
    tool = _signing(source, sheet) if lines else None
    if tool is None or not tool.advice:
        return aside
    setting = tool.advice["titles" if 2 * lines.count(1) >= len(lines) else "answers"]
    return (*aside, f"Le fichier ressemble à un export ({tool.label}). À essayer : {setting} (voir {GUIDE}).")


def _signing(source: str | Path | bytes | Sequence[str | Path | bytes], sheet: str) -> Tool | None:
    """The first tool whose marks are all among the headers."""
    try:
        headers = [header for header in opening.read_table(source, sheet=sheet)[0].headers if header]
    except UnreadableFile:
        return None
    return next((tool for tool in tools().values() if recognition.signed(tool, headers, ())), None)
