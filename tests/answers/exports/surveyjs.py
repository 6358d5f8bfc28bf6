"""SurveyJS: results of our definition, as JSON and as the Dashboard's table writes them.

surveyjs/survey-analytics src/tables/columns.ts (`getDisplayName`: the title, or the name with `useNamesAsTitles`;
`MatrixColumn` and `FlattenedCheckboxColumn`: `question - row or choice`; `multiSelectColumnValueFormat`: a check mark
`&#10004;` or the rank), src/tables/columnbuilder.ts (a matrix is a column a row), src/tables/table.ts
(`itemsDelimiter` `, `; what is no text goes through JSON.stringify) and src/tables/tabulator.ts (CSV by default,
`escapeCellFormula`: an apostrophe before = + - @). Results: surveyjs.io, « Handle Survey Results », which shows a
matrix as an object and a checkbox as an array; questions without an answer are absent. The CSV of Tabulator
(olifolkerd/tabulator src/js/modules/Export/defaults/downloaders/csv.js) quotes every cell and ends lines by \\n.
"""

from __future__ import annotations

import json

from .sheets import Sheet, number
from .truth import Export, kept

NAME = "SurveyJS"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def sheet(truth, people, *, names=False, values=False, boxes=""):
    """The Dashboard's table. `names`: instead of titles; `values`: instead of texts; `boxes`: checkmark or rank."""
    columns = []
    for item in truth.instrument.items:
        title = item.id if names else item.label
        if item.kind == "multiple" and boxes:
            columns += [(f"{title} - {one.id if names else one.label}", _box(item, one, boxes)) for one in item.choices]
        elif item.kind == "multiple":
            columns.append((title, lambda p, item=item: ", ".join(_word(one, values) for one in p.ticked(item))))
        else:
            rows = {f"{item.id}.{row.id}": row.id if names else row.label for row in item.rows}
            columns += [(f"{title} - {rows[one.name]}" if rows else title, _plain(one, values)) for one in item.columns]
    return Sheet(people, columns)


def _word(choice, values):
    return choice.id if values else choice.label


def _plain(column, values):
    def cell(person):
        text = person.value(column) if values else person.label(column)
        return f"'{text}" if text.startswith(DANGEROUS) else text

    return cell


def _box(item, choice, boxes):
    """The rank is that of the ticks: here people tick from the bottom of the list."""

    def cell(person):
        ticked = person.ticked(item)[::-1]
        return "" if choice not in ticked else "&#10004;" if boxes == "checkmark" else str(ticked.index(choice) + 1)

    return cell


def record(truth, person):
    """The result of one person, as `survey.data` holds it."""
    result = {}
    for item in truth.instrument.items:
        if item.kind == "multiple":
            value = [choice.id for choice in person.ticked(item)]
        elif item.kind == "matrix":
            cells = {column.name.partition(".")[2]: person.value(column) for column in item.columns}
            value = {row: cell for row, cell in cells.items() if cell}
        else:
            value = person.value(item.columns[0])
        result |= {item.id: number(value) if item.kind == "number" else value} if value else {}
    return result


def _tool(truth, names=False, values=False, boxes=""):
    """Titles alone sign nothing: without a `question - row`, the sheet could be anybody's."""
    return NAME if names or boxes or any(item.rows for item in truth.instrument.items) else "Excel"


def _dashboard(truth, **ways):
    return Export(_tool(truth, **ways), sheet(truth, truth.people(), **ways).csv(quoted=True, end="\n"))


def _workbook(truth, **ways):
    return Export(_tool(truth, **ways), sheet(truth, truth.people(), **ways).xlsx("results"))


def _json(truth):
    """An array of results, with what the service adds to each."""
    people = truth.people()
    results = [record(truth, p) | {"id": f"r-{p.number}", "HappendAt": p.ended.isoformat()} for p in people]
    return Export(NAME, json.dumps(results, ensure_ascii=False).encode(), ids=kept(people, lambda p: f"r-{p.number}"))


def _lines(truth):
    """A result a line, as a back end that stores `survey.data` gives them."""
    lines = [json.dumps(record(truth, person), ensure_ascii=False) for person in truth.people()]
    return Export(NAME, "\n".join([*lines, ""]).encode())


def _wrapped(truth):
    """The answer of the service's API: how many results, then the results."""
    results = [record(truth, p) | {"HappendAt": p.ended.isoformat()} for p in truth.people()]
    return Export(NAME, json.dumps({"ResultCount": len(results), "Data": results}, ensure_ascii=False).encode())


def _empty(truth):
    """Two people sent the form without an answer: nothing but the page they were on."""
    results = [record(truth, person) | {"pageNo": 2} for person in truth.people(blank=2)]
    return Export(NAME, json.dumps(results, ensure_ascii=False).encode(), left_out={"vide": 2})


FILES = {
    "csv, Dashboard, by default": _dashboard,
    "xlsx, Dashboard, by default": _workbook,
    "csv, Dashboard, names as titles": lambda t: _dashboard(t, names=True),
    "csv, Dashboard, names and values": lambda t: _dashboard(t, names=True, values=True),
    "csv, Dashboard, values under titles": lambda t: _dashboard(t, values=True),
    "csv, Dashboard, check marks": lambda t: _dashboard(t, boxes="checkmark"),
    "xlsx, Dashboard, check marks, names": lambda t: _workbook(t, boxes="checkmark", names=True),
    "csv, Dashboard, ranks of ticks": lambda t: _dashboard(t, boxes="rank"),
    "json": _json,
    "json, API": _wrapped,
    "json, empty results": _empty,
    "jsonl": _lines,
}
