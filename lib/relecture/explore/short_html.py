"""Short forms of what is asked at the keyboard: fifteen lines at most, and the rest folded.

Cells are text and are made harmless here; `folded` takes HTML that already is. A label, such as that of synthetic
answers, stands first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from relecture.core.french import MISSING
from relecture.report.html import escaped, html_text

MOST = 15  # lines
_ROWS = MOST - 3  # a caption, a head, and the line that unfolds the rest


def folded(head: str, rest: str, words: str = "Voir la suite") -> str:
    """HTML with its head shown, and the rest, if any, waiting under these words; both already harmless."""
    return head + (f"<details><summary>{html_text(words)}</summary>{rest}</details>" if rest else "")


def paragraph(text: str, *, label: str = "") -> str:
    """A text as a paragraph, its lines kept, behind a label in bold."""
    lines = "<br>".join(map(html_text, text.splitlines()))
    return f"<p>{f'<strong>{html_text(label)}</strong> ' if label else ''}{lines}</p>"


def listing(items: Iterable[str], tag: str = "ul") -> str:
    """Texts as a list."""
    return f"<{tag}>{''.join(f'<li>{html_text(item)}</li>' for item in items)}</{tag}>"


def code(lines: Iterable[str]) -> str:
    """Lines of Python to copy, kept as they are."""
    return f"<pre>{escaped(chr(10).join(lines))}</pre>"


def table(
    headers: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "", *, label: str = "", shown: int = _ROWS
) -> str:
    """Rows under their headers, those after `shown` folded; the first cell of a row is its head.

    >>> table(["Adresse"], [["a"], ["b"]], shown=1).count("<details>")
    1
    """
    rows = [[str(cell) for cell in row] for row in rows]
    above = "".join((f"<strong>{html_text(label)}</strong> " if label else "", html_text(caption)))
    first, rest = rows[:shown], rows[shown:]
    return folded(_table(headers, first, above), _table(headers, rest, "") if rest else "", others(len(rest)))


def others(count: int) -> str:
    """What unfolds the rest, when there is one.

    >>> others(12)
    'Voir les 12 autres'
    """
    return f"Voir les {count} autres" if count > 1 else "Voir l'autre"


def cut(lines: Sequence[str], more: str = "", most: int = MOST) -> str:
    """A text of `most` lines: the last then tells how many are left out, and `more` says how to get them.

    >>> print(cut(["un", "deux", "trois"], ".frame()", most=2))
    un
    … et 2 autres lignes : .frame()
    """
    if len(lines) <= most:
        return "\n".join(lines)
    left = len(lines) - most + 1
    return "\n".join([*lines[: most - 1], f"… et {left} autres lignes{f' : {more}' if more else ''}"])


def arguments(*values: Any, **named: Any) -> str:
    """Arguments as Python writes them.

    >>> arguments("aisance", by="groupe", confidence=0.9)
    '"aisance", by="groupe", confidence=0.9'
    """
    literals = [_literal(value) for value in values]
    return ", ".join([*literals, *(f"{name}={_literal(value)}" for name, value in named.items())])


def _literal(value: Any) -> str:
    return json.dumps(str(value), ensure_ascii=False) if isinstance(value, str | Path) else repr(value)


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    sides = [_side(column) for column in zip(*rows, strict=True)] or ["" for _ in headers]
    head = "".join(f'<th scope="col"{side}>{html_text(one)}</th>' for side, one in zip(sides, headers, strict=True))
    lines = []
    for row in rows:
        first, *others = [f"{side}>{html_text(cell)}" for side, cell in zip(sides, row, strict=True)]
        lines.append(f'<tr><th scope="row"{first}</th>{"".join(f"<td{cell}</td>" for cell in others)}</tr>')
    above = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{above}<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _side(column: Sequence[str]) -> str:
    """Words on the left; JupyterLab puts all on the right, where columns of numbers stay."""
    numeric = all(cell.lstrip("<> −-–")[:1].isdigit() or cell == MISSING for cell in column)
    return "" if numeric else ' style="text-align: left"'
