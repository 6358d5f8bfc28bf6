"""ODK Central: exports of a form published from our XLSForm.

getodk/central-backend lib/data/briefcase.js: `SubmissionDate` first, group paths joined by `-` unless `groupPaths` is
false, `question/choice` after the list when select-multiples are split (0 by default, 1 when ticked; only the choices
met in submissions have a column), then KEY SubmitterID SubmitterName AttachmentsPresent AttachmentsExpected Status
ReviewState DeviceID Edits FormVersion. A row that cannot be decrypted has the metadata alone and `not decrypted`, or
`missing encrypted form data`. The archive holds one CSV named after the form. OData: lib/data/json.js and the page
« OData Endpoints » of docs.getodk.org (`__id`, `__system`, groups as objects, null where there is no answer).
"""

from __future__ import annotations

import json

from .kobo import fields
from .sheets import Sheet, archive
from .truth import Export, kept

NAME = "ODK Central"


def sheet(truth, people, *, groups=True, split=False, status=None, review=None):
    """The root table; `status` and `review`: cells of the rows that are no answer."""
    columns = [("SubmissionDate", lambda p: f"{p.ended.isoformat()}.214Z")]
    columns += [("start", lambda p: "" if p.blank else p.began.isoformat())]
    columns += [("end", lambda p: "" if p.blank else p.ended.isoformat())]
    for field in fields(truth.instrument):
        header = "-".join(field.names) if groups else field.names[-1]
        if field.item is None:
            columns.append((header, lambda p, column=field.column: p.value(column) if column else ""))
            continue
        columns.append((header, lambda p, item=field.item: " ".join(choice.id for choice in p.ticked(item))))
        met = {choice.id for person in people for choice in person.ticked(field.item)} if split else set()
        for choice in (one for one in field.item.choices if one.id in met):
            box = lambda p, item=field.item, choice=choice: "" if p.blank else int(choice in p.ticked(item))  # noqa: E731
            columns.append((f"{header}/{choice.id}", box))
    return Sheet(people, [*columns, *_metadata(groups, status, review)])


def _metadata(groups, status, review):
    return [
        ("meta-instanceID" if groups else "instanceID", lambda p: "" if p.blank else f"uuid:{p.uuid}"),
        ("KEY", lambda p: f"uuid:{p.uuid}"),
        ("SubmitterID", lambda p: "17"),
        ("SubmitterName", lambda p: "Enquêteur de la thèse"),
        *((name, lambda p: "0") for name in ("AttachmentsPresent", "AttachmentsExpected")),
        ("Status", lambda p: status if p.left and status else ""),
        ("ReviewState", lambda p: (review if p.left else "hasIssues" if p.rank == 1 else "approved") if review else ""),
        ("DeviceID", lambda p: f"collect:9Xk{p.rank}"),
        ("Edits", lambda p: str(p.rank % 2)),
        ("FormVersion", lambda p: "2"),
    ]


def _csv(truth, **ways):
    people = truth.people()
    ids = kept(people, lambda p: f"uuid:{p.uuid}")
    return Export(NAME, sheet(truth, people, **ways).csv(end="\n"), ids=ids, personal=("SubmitterName",))


def _zip(truth, **ways):
    one = _csv(truth, **ways)
    return Export(NAME, archive({f"{truth.instrument.id}.csv": one.source}), ids=one.ids, personal=one.personal)


def _left_out(truth, kind, **ways):
    blank = 3 if "status" in ways else 0
    table = sheet(truth, truth.people(others=3 - blank, blank=blank), **ways)
    return Export(NAME, table.csv(end="\n"), left_out={kind: 3})


def _overlapping(truth):
    """Two exports of one form, a week apart: the second holds again the last rows of the first."""
    first, second = (sheet(truth, truth.people()) for _ in range(2))
    first.rows, second.rows = first.rows[:12], second.rows[8:]
    return Export(NAME, [first.csv(end="\n"), second.csv(end="\n")], left_out={"double": 4})


def _odata(truth):
    people, asked = truth.people(), fields(truth.instrument)
    system = {"submitterId": "17", "submitterName": "Enquêteur", "status": None, "reviewState": None, "edits": 0}
    values = []
    for person in people:
        record = {"__id": f"uuid:{person.uuid}", "__system": system | {"submissionDate": person.ended.isoformat()}}
        for field in asked:
            group = record
            for name in field.names[:-1]:
                group = group.setdefault(name, {})
            words = " ".join(one.id for one in person.ticked(field.item)) if field.item else ""
            group[field.names[-1]] = words or (person.value(field.column) if field.column else "") or None
        values.append(record | {"meta": {"instanceID": f"uuid:{person.uuid}"}})
    answer = {"value": values, "@odata.context": "https://central.example.org/v1/projects/1/forms/f.svc/$metadata"}
    return Export(NAME, json.dumps(answer, ensure_ascii=False).encode(), ids=kept(people, lambda p: f"uuid:{p.uuid}"))


FILES = {
    "zip, by default": _zip,
    "csv, by default": _csv,
    "csv, without group names": lambda t: _csv(t, groups=False),
    "csv, choices split": lambda t: _csv(t, split=True),
    "zip, without group names, choices split": lambda t: _zip(t, groups=False, split=True),
    "csv, rows not decrypted": lambda t: _left_out(t, "non_dechiffree", status="not decrypted"),
    "csv, rows without their data": lambda t: _left_out(t, "non_dechiffree", status="missing encrypted form data"),
    "csv, rejected rows": lambda t: _left_out(t, "rejetee", review="rejected", groups=False),
    "two csv that overlap": _overlapping,
    "json, OData": _odata,
}
