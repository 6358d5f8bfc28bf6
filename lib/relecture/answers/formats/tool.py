"""What a format gives: the questionnaire for its tool, and the dialect in which the tool writes answers.

A *dialect* tells, for one instrument, the header of each column, the cell of each choice, and what a tick looks like:
what the reader of answer files looks for. A multiple item has two forms: one column a choice, or one column that
holds the list of the codes chosen. An empty cell is an answer that was not given, or not asked: which of the two
follows from the skip logic. A missing code that the form offers as a choice is written as that choice.
`condition_text` compiles a condition with the words of the tool's language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relecture.answers.questionnaire.conditions import Condition, fold
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column, Item
from relecture.core.files import steady_zip
from relecture.core.french import plural

PARTS = {  # of an item, as a message calls them
    "decimals": "nombre de décimales",
    "identifying": "donnée identifiante",
    "relevant": "condition d'affichage",
    "unit": "unité",
}


@dataclass(frozen=True)
class Export:
    """The bytes of the file, and one line in French for each thing that the format leaves out."""

    content: bytes
    lost: Sequence[str]


@dataclass(frozen=True)
class Dialect:
    """What one tool writes for one instrument.

    `respondent`: header of the column that tells respondents apart. `header`: of a column. `tick_header`: header
    of one choice of a multiple item, missing ones included. `code`: cell of a choice of an item. `list_header`:
    header of a multiple item whose codes stand in one cell between `separator`, or None where the tool
    only writes the split form. `tick_cells`: cells of a tick and of an empty box. `own`: the files are ours, which
    have no box for a missing code. `words`: this file has labels rather than codes, and so have messages about it.
    """

    instrument: Instrument
    respondent: str
    header: Callable[[Column], str] = lambda column: column.name
    tick_header: Callable[[Item, str], str] = lambda item, code: f"{item.id}.{code}"
    code: Callable[[Item, str], str] = lambda item, code: code
    list_header: Callable[[Item], str] | None = None
    separator: str = " "
    tick_cells: tuple[str, str] = ("1", "0")
    own: bool = False
    words: bool = False


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, Any]], delimiter: str = ",") -> str:
    """A header line and the rows; a column that a row lacks is empty."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def workbook(sheets: Mapping[str, Iterable[Iterable[Any]]]) -> bytes:
    """An .xlsx of sheets by name, row by row, as it is told; it carries no date, and no text becomes a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            cells = list(row)
            for place, cell in enumerate(cells):
                if isinstance(cell, str) and cell.startswith(("=", "#")):
                    cells[place] = WriteOnlyCell(sheet, cell)
                    cells[place].data_type = "s"
            sheet.append(cells)
    book.save(file := io.BytesIO())
    return steady_zip(file.getvalue())


def condition_text(
    condition: Condition | None, equals: Callable[[str, str], str], selected: Callable[[str, str], str],
    *, all_of: str = " and ", any_of: str = " or ", negate: str = "not({})",
) -> str:  # fmt: skip
    """The condition in a tool's language, in parentheses wherever two parts meet; nothing for no condition.

    `equals` and `selected` write a comparison of a target with a code, `all_of`, `any_of` and `negate` the rest.
    """
    if condition is None:
        return ""
    joined = lambda word: lambda parts: parts[0] if len(parts) == 1 else f"({word.join(parts)})"  # noqa: E731
    ways = {"selected": selected}
    compare = lambda one: joined(any_of)([ways.get(one.op, equals)(one.target, code) for code in one.codes])  # noqa: E731
    return fold(condition, compare=compare, all_of=joined(all_of), any_of=joined(any_of), negate=negate.format)


def left_out(instrument: Instrument, *parts: str) -> list[str]:
    """What no tool keeps here (units, scores, derived variables), and these parts of items, which this one does not."""
    told = ((item, part) for part in (*parts, "unit") for item in instrument.items if getattr(item, part))
    lost = [f"{item.id} : {PARTS[part]}" for item, part in told]
    lost += [f"score « {score.label} », calculé à l'import" for score in instrument.scores]
    return lost + [f"variable « {variable.label} », déduite à l'import" for variable in instrument.derived]


def hint_text(item: Item) -> str:
    """What stands below a question: its hint, its probes, and that it is observed."""
    observed = ["À observer, sans poser la question."] if item.mode == "observed" else []
    return " ".join([*([item.hint] if item.hint else []), *item.probes, *observed])


def bounds_text(item: Item) -> str:
    """The bounds of a number as a respondent reads them, or nothing."""
    return " et ".join(item.bounds).replace(".", ",")


def least_text(item: Item) -> str:
    """What a respondent reads who ticks too few boxes of a question that wants some; nothing where none is wanted."""
    return f"Cochez au moins {plural(item.least, 'réponse')}." if item.least else ""


def exclusive_codes(item: Item) -> list[str]:
    """Codes of the boxes that are ticked alone, those that mean a missing answer included."""
    return [choice.id for choice in item.choices if choice.alone and item.kind == "multiple"]
