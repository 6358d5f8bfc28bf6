"""KoboToolbox: exports of a form deployed from our XLSForm.

kobotoolbox/formpack src/formpack/reporting/export.py (`to_csv`: `;`, every cell quoted; tag rows such as HXL below the
headers; `_index` last) and src/formpack/schema/fields.py (`FormChoiceFieldWithMultipleSelect`: the list, then one
column a choice, header `question` + separator + `choice`; the labels of a list joined by a space).
kobotoolbox/kpi kpi/models/import_export_task.py (`COPY_FIELDS`, filename `all versions - labels`), its test
`test_csv_export_default_options`, and jsapp/js/components/projectDownloads/exportsConstants.ts (defaults: XLS, XML
values and headers, « Single and separate columns », no groups, separator `/`). Validation status: its `uid` with XML
values, its label otherwise. n/a cells and True/False boxes: onaio/onadata#136, which older Kobo servers share.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

from relecture.answers.formats.registry import FORMATS

from .sheets import Sheet, number
from .truth import Export, kept

NAME = "KoboToolbox"


@dataclass(frozen=True)
class Field:
    """One question of the XLSForm: path of names, path of labels; what it holds: an item (list), a column, or none."""

    names: tuple
    labels: tuple
    item: object = None
    column: object = None


def fields(instrument):
    """The questions of the form that we export, read from the workbook itself."""
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(FORMATS["xlsform"].export(instrument).content))["survey"]
    header, *lines = sheet.iter_rows(values_only=True)
    columns = {name.replace(".", "__"): column for name, column in instrument.columns.items()}
    items = {item.id: item for item in instrument.items if item.kind == "multiple"}
    path, found = [], []
    for line in (dict(zip(header, cells, strict=True)) for cells in lines):
        here = (line["name"], line["label"] or line["name"])
        if line["type"] == "begin_group":
            path.append(here)
        elif line["type"] == "end_group":
            path.pop()
        else:
            names, labels = zip(*path, here, strict=True)
            found.append(Field(names, labels, items.get(here[0]), columns.get(here[0])))
    return found


def sheet(truth, people, *, labels=False, groups="", multiple="both", typed=False, yes_no=("1", "0"), status=""):
    """The table. `groups`: the separator when « groups in headers » is ticked; `typed`: numbers as numbers."""
    columns = [("start", lambda p: p.began.isoformat()), ("end", lambda p: p.ended.isoformat())]
    for field in fields(truth.instrument):
        path = field.labels if labels else field.names
        header = groups.join(path) if groups else path[-1]
        if field.item is None:
            columns.append((header, lambda p, field=field: _plain(p, field.column, labels, typed)))
            continue
        if multiple != "details":
            columns.append((header, lambda p, item=field.item: " ".join(_words(p, item, labels))))
        for choice in field.item.choices if multiple != "summary" else ():
            end = choice.label if labels else choice.id
            box = lambda p, item=field.item, choice=choice: _box(p, item, choice, yes_no, typed)  # noqa: E731
            columns.append((f"{header}{groups or '/'}{end}", box))
    return Sheet(people, [*columns, *_service(typed, status)])


def _plain(person, column, labels, typed):
    if column is None or person.blank:
        return ""
    value = person.label(column) if labels else person.value(column)
    return number(value) if typed and column.item.kind == "number" else value


def _words(person, item, labels):
    return [choice.label if labels else choice.id for choice in person.ticked(item)]


def _box(person, item, choice, yes_no, typed):
    """Empty boxes where the question holds no answer at all (`empty_result`)."""
    ticked = person.ticked(item)
    if not ticked:
        return ""
    yes, no = (1, 0) if typed else yes_no
    return yes if choice in ticked else no


def _service(typed, status):
    """Fields copied after the questions, then `_index`."""
    held = "validation_status_on_hold" if status.islower() else "On Hold"
    refused = lambda p: status and (status if p.left else held if p.rank == 1 else "")  # noqa: E731
    return [
        ("_id", lambda p: p.number if typed else str(p.number)),
        ("_uuid", lambda p: p.uuid),
        ("_submission_time", lambda p: p.ended.isoformat()),
        ("_validation_status", refused),
        ("_notes", lambda p: ""),
        ("_status", lambda p: "submitted_via_web"),
        ("_submitted_by", lambda p: "drdupont" if p.rank % 2 else ""),
        ("__version__", lambda p: "vPm4Zq8sD2fK"),
        ("_tags", lambda p: ""),
        ("_index", lambda p: p.rank if typed else str(p.rank)),
    ]


def _csv(truth, **ways):
    people = truth.people()
    ids = kept(people, lambda p: p.number)
    return Export(NAME, sheet(truth, people, **ways).csv(";", quoted=True), ids=ids, personal=("_submitted_by",))


def _xlsx(truth, **ways):
    people = truth.people()
    title = truth.instrument.title
    return Export(NAME, sheet(truth, people, typed=True, **ways).xlsx(title), ids=kept(people, lambda p: p.number))


def _rejected(truth, status, **ways):
    table = sheet(truth, truth.people(others=3), status=status, **ways)
    return Export(NAME, table.csv(";", quoted=True), left_out={"rejetee": 3})


def _hxl(truth):
    """The tags of a form with an `hxl` column: a line below the headers, empty where a question has none."""
    table = sheet(truth, truth.people(), labels=True)
    tags = ["#date" if place < 2 else "#indicator" if place % 3 == 0 else "" for place in range(len(table.headers))]
    table.rows.insert(0, tags)
    return Export(NAME, table.csv(";", quoted=True))


def _not_available(truth):
    """Boxes True/False, and n/a in every cell without an answer."""
    table = sheet(truth, truth.people(), groups="/", yes_no=("True", "False"))
    last = table.headers.index("_id")
    table.rows = [[cell or "n/a" for cell in row[:last]] + row[last:] for row in table.rows]
    return Export(NAME, table.csv())


def _json(truth):
    """The API's `/api/v2/assets/…/data/?format=json`: only what was answered, under the path of names."""
    people, asked = truth.people(), fields(truth.instrument)
    results = []
    for person in people:
        record = {"_id": person.number, "formhub/uuid": "b5c7", "start": person.began.isoformat()}
        for field in asked:
            value = " ".join(_words(person, field.item, False)) if field.item else _plain(person, field.column, 0, 0)
            record |= {"/".join(field.names): value} if value else {}
        closing = {
            "_attachments": [],
            "_geolocation": [None, None],
            "_validation_status": {},
            "_tags": [],
            "_notes": [],
        }
        service = {"_uuid": person.uuid, "_submission_time": person.ended.isoformat(), "_status": "submitted_via_web"}
        results.append(record | service | closing | {"meta/instanceID": f"uuid:{person.uuid}", "_submitted_by": None})
    answer = {"count": len(people), "next": None, "previous": None, "results": results}
    return Export(NAME, json.dumps(answer, ensure_ascii=False).encode(), ids=kept(people, lambda p: p.number))


FILES = {
    "xlsx, by default": _xlsx,
    "xlsx, labels": lambda t: _xlsx(t, labels=True),
    "xlsx, labels, separate columns": lambda t: _xlsx(t, labels=True, multiple="details"),
    "csv, XML values": _csv,
    "csv, labels": lambda t: _csv(t, labels=True),
    "csv, labels, single column": lambda t: _csv(t, labels=True, multiple="summary"),
    "csv, XML values, groups /": lambda t: _csv(t, groups="/"),
    "csv, XML values, groups .": lambda t: _csv(t, groups="."),
    "csv, XML values, groups _": lambda t: _csv(t, groups="_", multiple="details"),
    "csv, labels, groups /": lambda t: _csv(t, labels=True, groups="/"),
    "csv, XML values, rejected rows": lambda t: _rejected(t, "validation_status_not_approved"),
    "csv, labels, rejected rows": lambda t: _rejected(t, "Not Approved", labels=True),
    "csv, labels, HXL line": _hxl,
    "csv, cells n/a": _not_available,
    "json, API": _json,
}
