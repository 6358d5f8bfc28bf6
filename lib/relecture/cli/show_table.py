"""Pasted tables on the terminal: each cell with its mark, how it was read, then the findings to read."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from relecture.cli import show_findings
from relecture.cli.french_click import width
from relecture.core.french import plural, typeset
from relecture.printed.audit import Checked, told_apart
from relecture.printed.finding import Verdict
from relecture.printed.pasted.derived import Derived
from relecture.printed.pasted.tables import TableStudy, marks
from relecture.report.verdicts import VERDICTS

_LABEL, _CELL = 28, 34  # signs of the widest label, of the widest other cell
_LEAST = 8
_MOST = 3  # cells, and findings of one condition, that are named


def text(study: TableStudy, findings: Sequence[Checked]) -> str:
    """The tally, each table with its marks, what is not read or not checked and why, what holds if, what does not."""
    lines = show_findings.total(findings)
    lines += [line for table in study.tables for line in ["", *_table(table, findings)]]
    legend = " · ".join(f"{verdict.mark} {verdict.word}" for verdict in VERDICTS.values())
    lines += ["", *textwrap.wrap(typeset(legend), width())]
    reasons = Counter(each.finding.explanation for each in told_apart(findings)[1])
    remarks = [f"laissé de côté : {fault}" for fault in study.left_aside]
    remarks += [f"non lu : {what}" for table in study.tables for what in _unread(table)]
    remarks += [f"? {plural(count, 'nombre')} : {reason}" for reason, count in reasons.most_common()]
    remarks += _conditional(findings)
    lines += [""] * bool(remarks)
    for remark in remarks:
        lines += textwrap.wrap(typeset(remark), width(), subsequent_indent="    ")
    wrong = [each for each in findings if each.finding.verdict is Verdict.INCONSISTENT]
    return "\n".join([*lines, *show_findings.sections(wrong), ""])


def _unread(table: Derived) -> Iterator[str]:
    """Columns that are not understood, and cells with digits that are no results."""
    read, grid = table.rows.table, table.rows.table.grid
    if columns := [f"« {column.header} »" for column in read.of("") if column.header]:
        yield f"{'colonne' if len(columns) == 1 else 'colonnes'} {', '.join(columns)}"
    places = [(row, column.rank) for row in read.body for column in read.columns if column.role not in ("", "label")]
    texts = [(row, rank) for row, rank in places if read.cells[row][rank].shape == "text"]
    if cells := [
        f"« {grid.rows[row][rank]} » (l. {grid.lines[row]})"
        for row, rank in texts
        if re.search(r"\d", grid.rows[row][rank])
    ]:
        yield f"{plural(len(cells), 'cellule')} : {_some(cells)}"


def _conditional(findings: Sequence[Checked]) -> Iterator[str]:
    """What must be supposed, and where; `--only ~` shows each in full."""
    held: dict[str, list[str]] = {}
    for each in findings:
        if each.finding.verdict is Verdict.CONDITIONAL:
            label = each.label if each.label.startswith(each.section) else f"{each.section}, {each.label}"
            held.setdefault(" et ".join(each.finding.conditions), []).append(label)
    for condition, labels in held.items():
        yield f"~ cohérent {condition} : {_some(list(dict.fromkeys(labels)))}"
    if held:
        yield "    (--only ~ en donne le détail)"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return " ; ".join(names[:_MOST]) + (f" ; et {plural(more, 'autre')}" if more > 0 else "")


def _table(table: Derived, findings: Sequence[Checked]) -> Iterator[str]:
    grid, marked = table.rows.table.grid, marks(table, findings)
    rows = [
        [
            f"{cell} {VERDICTS[marked[at]].mark}" if (at := (row, column)) in marked else cell
            for column, cell in enumerate(cells)
        ]
        for row, cells in enumerate(grid.rows)
    ]
    yield typeset(f"{grid.name} ({' ; '.join(dict.fromkeys(table.readings)) or 'sans pourcentages'})")
    labels = [column.rank for column in table.rows.table.of("label")]
    for panel in _panels(_widths(table, rows, labels), labels):
        yield "─" * (sum(panel.values()) + 2 * len(panel) - 2)
        for cells in rows:
            wrapped = [textwrap.wrap(cells[rank], width) or [""] for rank, width in panel.items()]
            for line in zip_longest(*wrapped, fillvalue=""):
                yield "  ".join(text.ljust(width) for text, width in zip(line, panel.values(), strict=True)).rstrip()


def _widths(table: Derived, rows: Sequence[Sequence[str]], labels: Sequence[int]) -> list[int]:
    """Signs of each column: as many as it has, or, where they would not fit, as its numbers have."""
    columns, read = list(zip(*rows, strict=True)), table.rows.table
    natural = [min(max(map(len, column)), _LABEL if rank in labels else _CELL) for rank, column in enumerate(columns)]
    if sum(natural) + 2 * len(natural) <= width():
        return natural
    widths = [
        max([_LEAST, *(len(rows[row][rank]) for row in read.body if read.cells[row][rank].shape != "text")])
        for rank in range(len(columns))
    ]
    widths = [_LABEL if rank in labels else width for rank, width in enumerate(widths)]
    widths = list(map(min, natural, widths))
    while sum(widths) + 2 * len(widths) < width():  # what is left goes to the columns that are cut most
        widest = max(range(len(widths)), key=lambda rank: natural[rank] - widths[rank])
        widths[widest] += 1
    return widths


def _panels(widths: Sequence[int], labels: Sequence[int]) -> Iterator[dict[int, int]]:
    """Columns that fit side by side with their widths, those of labels in every panel."""
    panel = start = {rank: widths[rank] for rank in labels}
    for rank in range(len(labels), len(widths)):
        if len(panel) > len(labels) and sum(panel.values()) + 2 * len(panel) + widths[rank] > width():
            yield panel
            panel = start
        panel = panel | {rank: widths[rank]}
    yield panel
