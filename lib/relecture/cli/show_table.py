"""Pasted tables on the terminal: each cell with its mark, how it was read, then the findings to read."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from relecture.cli import show_findings
from relecture.core.french import plural, typeset
from relecture.printed.audit import Checked
from relecture.printed.finding import Verdict
from relecture.printed.pasted.derived import Derived
from relecture.printed.pasted.tables import TableStudy, marks
from relecture.report.verdicts import VERDICTS

WIDTH = 100
_LABEL, _CELL = 28, 34  # signs of the widest label, of the widest other cell
_LEAST = 8
_TO_READ = (Verdict.INCONSISTENT, Verdict.CONDITIONAL)


def text(study: TableStudy, findings: Sequence[Checked]) -> str:
    """Each table with its marks, why numbers are unchecked, the findings that do not hold or hold if, the tally."""
    lines = [line for table in study.tables for line in ["", *_table(table, findings)]]
    legend = " · ".join(f"{verdict.mark} {verdict.word}" for verdict in VERDICTS.values())
    lines += ["", *textwrap.wrap(typeset(legend), WIDTH)]
    lines += [typeset(f"laissé de côté : {fault}") for fault in study.left_aside]
    reasons = Counter(each.finding.explanation for each in findings if each.kind == "row")
    lines += [""] * bool(reasons)
    for reason, count in reasons.most_common():
        lines += textwrap.wrap(typeset(f"? {plural(count, 'nombre')} : {reason}"), WIDTH, subsequent_indent="    ")
    to_read = [each for each in findings if each.finding.verdict in _TO_READ]
    return "\n".join(lines) + "\n" + show_findings.text(findings, to_read)


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
    body = table.rows.table.body.start
    for panel in _panels(_widths(rows, labels, body), labels):
        yield "─" * (sum(panel.values()) + 2 * len(panel) - 2)
        for cells in rows:
            wrapped = [textwrap.wrap(cells[rank], width) or [""] for rank, width in panel.items()]
            for line in zip_longest(*wrapped, fillvalue=""):
                yield "  ".join(text.ljust(width) for text, width in zip(line, panel.values(), strict=True)).rstrip()


def _widths(rows: Sequence[Sequence[str]], labels: Sequence[int], body: int) -> list[int]:
    """Signs of each column: as many as it has, or, where they would not fit, as its numbers have."""
    columns = list(zip(*rows, strict=True))
    natural = [min(max(map(len, column)), _LABEL if rank in labels else _CELL) for rank, column in enumerate(columns)]
    if sum(natural) + 2 * len(natural) <= WIDTH:
        return natural
    numbers = [max(*map(len, column[body:]), _LEAST) for column in columns]
    return [min(natural[rank], _LABEL if rank in labels else width) for rank, width in enumerate(numbers)]


def _panels(widths: Sequence[int], labels: Sequence[int]) -> Iterator[dict[int, int]]:
    """Columns that fit side by side with their widths, those of labels in every panel."""
    panel = start = {rank: widths[rank] for rank in labels}
    for rank in range(len(labels), len(widths)):
        if len(panel) > len(labels) and sum(panel.values()) + 2 * len(panel) + widths[rank] > WIDTH:
            yield panel
            panel = start
        panel = panel | {rank: widths[rank]}
    yield panel
