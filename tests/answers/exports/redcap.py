"""REDCap: exports of a project built from our data dictionary.

REDCap's API help, « Export Records » (`rawOrLabel`, `rawOrLabelHeaders`, `exportCheckboxLabel`, `csvDelimiter`,
`exportSurveyFields`, `exportDataAccessGroups`), and files that it gave: OuhscBbmc/REDCapR
inst/test-data/specific-redcapr/read-oneshot/label-header.R (`Question (choice=Label)`, `Complete?` at the end of each
form) and label-and-dag.R (Checked, Unchecked, Complete, Unverified, Incomplete); redcap-tools/PyCap#48 (a ticked box
holds the label of its choice). A missing data code is a value of each field, and one more box of each checkbox, named
`field____99` for -99 (a minus is written as an underscore).
"""

from __future__ import annotations

import csv
import io
import json

from relecture.answers.formats.registry import FORMATS

from .sheets import Sheet
from .truth import Export, kept

NAME = "REDCap"
STATES = {"raw": ("2", "1", "0"), "label": ("Complete", "Unverified", "Incomplete")}
SURVEY = {
    "redcap_event_name": ("Event Name", "visite_1_arm_1"),
    "redcap_repeat_instrument": ("Repeat Instrument", ""),
    "redcap_repeat_instance": ("Repeat Instance", ""),
    "redcap_data_access_group": ("Data Access Group", "bearn"),
    "redcap_survey_identifier": ("Survey Identifier", "c.durand@example.org"),
}


def sheet(truth, people, *, headers="raw", cells="raw", boxes=None, survey=False, absent=None):
    """The table. `boxes`: cells of a tick and of an empty box; `absent`: a missing data code, or None."""
    form, dialect = truth.instrument.id, FORMATS["redcap"].dialect(truth.instrument)
    labels, raw = _labels(truth.instrument), headers == "raw"
    yes, no = boxes or (("Checked", "Unchecked") if cells == "label" else ("1", "0"))
    columns = [(dialect.respondent if raw else labels[dialect.respondent], lambda p: str(p.number))]
    columns += [(name if raw else words, lambda p, c=cell: c) for name, (words, cell) in SURVEY.items() if survey]
    columns += [(f"{form}_timestamp" if raw else "Survey Timestamp", lambda p: str(p.ended)) for _ in range(survey)]
    for item in truth.instrument.items:
        if item.kind == "multiple":
            for choice in item.choices:
                name = dialect.tick_header(item, choice.id)
                header = name if raw else f"{labels[item.id]} (choice={choice.label})"
                columns.append((header, _box(item, choice, yes or choice.label, no)))
            if absent:
                columns.append((f"{item.id}____{absent.strip('-')}", _box(item, None, yes, no)))
        else:
            columns += [
                (dialect.header(one) if raw else labels[dialect.header(one)], _plain(one, cells, absent))
                for one in item.columns
            ]
    complete, unverified, incomplete = STATES[cells]
    untouched = lambda p: incomplete if p.rank % 2 else ""  # noqa: E731
    state = lambda p: untouched(p) if p.left else unverified if p.rank == 1 else complete  # noqa: E731
    return Sheet(people, [*columns, (f"{form}_complete" if raw else "Complete?", state)])


def _labels(instrument):
    """Field labels of the dictionary that we export, on one line as REDCap writes them in a header."""
    rows = csv.DictReader(io.StringIO(FORMATS["redcap"].export(instrument).content.decode()))
    return {row["Variable / Field Name"]: " ".join(row["Field Label"].split("\n")) for row in rows}


def _box(item, choice, yes, no):
    """`choice` None: the box of the missing data code, ticked when the question was left without an answer."""
    if choice is None:
        return lambda p: yes if p.asked(item) and not p.ticked(item) else no
    return lambda p: yes if choice in p.ticked(item) else no


def _plain(column, cells, absent):
    def cell(person):
        value = person.label(column) if cells == "label" else person.value(column)
        return value or (absent if absent and person.asked(column.item) else "")

    return cell


def _csv(truth, delimiter=",", **ways):
    people = truth.people()
    return Export(NAME, sheet(truth, people, **ways).csv(delimiter, end="\n"), ids=kept(people, lambda p: p.number))


def _survey(truth, **ways):
    people = truth.people()
    raw = sheet(truth, people, survey=True, **ways).csv(encoding="utf-8-sig")
    personal = ("redcap_survey_identifier",) if not ways else ("Survey Identifier",)
    return Export(NAME, raw, ids=kept(people, lambda p: p.number), personal=personal)


def _never_saved(truth, **ways):
    """Records created and never filled in: the identifier, boxes at 0, the form incomplete."""
    table = sheet(truth, truth.people(blank=4), **ways)
    return Export(NAME, table.csv(end="\n"), left_out={"jamais_saisie": 4})


def _missing_codes(truth):
    people = truth.people()
    raw = sheet(truth, people, absent="-99").csv(end="\n")
    return Export(NAME, raw, choices={"missing": ("-99",)}, ids=kept(people, lambda p: p.number))


def _json(truth):
    people = truth.people()
    table = sheet(truth, people)
    records = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    return Export(NAME, json.dumps(records, ensure_ascii=False).encode(), ids=kept(people, lambda p: p.number))


FILES = {
    "csv, raw, by default": _csv,
    "csv, labels": lambda t: _csv(t, headers="label", cells="label"),
    "csv, labels under raw headers": lambda t: _csv(t, cells="label"),
    "csv, raw under labels": lambda t: _csv(t, headers="label"),
    "csv, boxes hold labels": lambda t: _csv(t, cells="label", boxes=(None, "")),
    "csv, semicolons": lambda t: _csv(t, delimiter=";"),
    "csv, survey fields": _survey,
    "csv, survey fields, labels": lambda t: _survey(t, headers="label", cells="label"),
    "csv, forms never saved": _never_saved,
    "csv, forms never saved, labels": lambda t: _never_saved(t, headers="label", cells="label"),
    "csv, missing data codes": _missing_codes,
    "json, API": _json,
}
