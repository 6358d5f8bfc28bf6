"""What to do about a refused file: the setting of its tool's export that would help, or what to mend or leave out.

A column that is no question, a word that stands for no answer, an identifier that two surveys give: an option of the
command each, and no setting where these are all that is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from relecture.answers.formats.registry import OWN
from relecture.answers.tables.faults import FEW, MOST, NAMED_ALREADY, UNKNOWN_COLUMN, Fault, printable
from relecture.answers.tables.table import Table
from relecture.answers.tools import recognition
from relecture.answers.tools.registry import Tool, tools

GUIDE = "docs/importer-des-reponses.md"


def advice(faults: Sequence[Fault], table: Table | None) -> tuple[str, ...]:
    """The options of the command that would help; then the tool that signs the table, and what would help there.

    Nothing for faults of the whole file. A setting spoils whole columns: none is named for a few cells or titles.
    """
    strange = list(dict.fromkeys(printable(fault.column) for fault in faults if fault.what == UNKNOWN_COLUMN))
    aside = (*_options(faults, strange),)
    lines = [fault.line for fault in faults if fault.line]  # no setting mends what a person said of the file
    tool = _signing(table) if table and lines else None
    if tool is None or not tool.advice or len(aside) > bool(strange):
        return aside
    if 2 * len(strange) <= len(table.headers) and all(one.what == UNKNOWN_COLUMN for one in faults if one.line):
        return aside  # every question is there: no title is to be mended
    remedy = _remedy(tool, lines, len(strange), table)
    return (*aside, f"Le fichier ressemble à un export ({tool.label}). {remedy} (voir {GUIDE}).")


def _options(faults: Sequence[Fault], strange: Sequence[str]) -> Iterator[str]:
    """What `--ignore` or `--missing` would mend: strange columns, a word of no answer, identifiers of two surveys."""
    if strange:
        named = " ".join(f'--ignore "{name}"' for name in strange[: FEW if len(strange) <= FEW else 1])
        yield f"Pour laisser de côté ce qui n'est pas une question : {named} (voir {GUIDE})."
    wrong = [fault for fault in faults if fault.line > 1 and fault.value]
    for value, times in Counter(fault.value for fault in wrong).most_common(1):
        if 2 * times > len(wrong) and len({fault.column for fault in wrong if fault.value == value}) > FEW:
            word = printable(value)
            yield f'Si « {word} » veut dire « sans réponse » : --missing "{word}" (voir {GUIDE}).'
    for column in {fault.column: None for fault in wrong if fault.what.startswith(NAMED_ALREADY)}:
        how = f'--ignore "{printable(column)}" (voir {GUIDE})'
        yield f"Si ce sont des enquêtes différentes, qui numérotent chacune leurs réponses : {how}."


def _remedy(tool: Tool, lines: Sequence[int], strange: int, table: Table) -> str:
    """The setting that goes with most faults, after a doubt where most titles are strange; or to mend the file."""
    titles, own = lines.count(1), tool.format == OWN.name  # own: the questionnaire was typed again there, by hand
    if 2 * titles >= len(lines):
        if 0 < strange <= FEW and titles <= 2 * FEW and not own:
            return "Peu de titres sont en cause : corrigez dans une copie du fichier ceux qui sont mal écrits"
        doubt = "Est-ce bien le questionnaire de cette étude ? " if 2 * strange > len(table.headers) else ""
        return f"{doubt}À essayer : {tool.advice['titles']}"
    if len(lines) - titles < min(len(table.lines), MOST) and not own:
        return "Peu de cases sont en cause : corrigez-les dans une copie du fichier"
    return f"À essayer : {tool.advice['answers']}"


def _signing(table: Table) -> Tool | None:
    """The first tool whose marks are all among the headers."""
    headers = [header for header in table.headers if header]
    return next((tool for tool in tools().values() if recognition.signed(tool, headers, ())), None)
