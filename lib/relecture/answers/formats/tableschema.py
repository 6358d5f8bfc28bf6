"""The answer file itself, described as a Frictionless Table Schema, written and read.

Source: Table Schema, versions 1 and 2 of the Data Package standard. Every cell is text or a missing code, so the
four codes and the empty cell are its missing values; an item's codes are an enumeration, with their labels as
`categories` (version 2); bounds are constraints. The file it describes is our own: one column a coded column,
`repondant` first. Of any schema, columns `item.choice` that hold 0 or 1 are the boxes of one question, other columns
`item.row` the rows of a matrix; the column that tells respondents apart is set aside.
"""

from __future__ import annotations

import json
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.formats.draft import DECIMALS, Draft, Pair
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column
from relecture.answers.questionnaire.missing import CODES, RESPONDENT

KINDS = {"integer": "number", "year": "number", "number": "number", "string": "text", "date": "date", "time": "time"}
BOXES = ([0, 1], ["0", "1"])
Field = dict[str, Any]


def export(instrument: Instrument) -> tool.Export:
    """The schema as JSON in UTF-8."""
    respondent = {"name": RESPONDENT, "type": "string", "constraints": {"required": True, "unique": True}}
    schema = {
        "fields": [respondent, *(_field(column) for column in instrument.columns.values())],
        "missingValues": ["", *sorted(CODES)],
        "primaryKey": [RESPONDENT],
    }
    counted = [item.id for item in instrument.items if item.least or item.most or tool.exclusive_codes(item)]
    lost = [f"{name} : nombre ou exclusivité des choix" for name in counted]
    lost += tool.left_out(instrument, "relevant", "decimals", "identifying")
    return tool.Export((json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode(), lost)


def dialect(instrument: Instrument) -> tool.Dialect:
    """Our own answer file: coded columns under their own names."""
    return tool.Dialect(instrument, respondent=RESPONDENT, list_header=lambda item: item.id, own=True)


def read(raw: bytes, file: str) -> Draft:
    """The draft of a schema; KeyError for JSON without `fields`, ValueError for what is no JSON."""
    schema = json.loads(raw)
    schema = schema.get("schema", schema)
    draft = Draft(file, schema.get("title", "") or file.partition(".")[0])
    key = schema.get("primaryKey", [])
    aside = {RESPONDENT, *([key] if isinstance(key, str) else key)}
    groups: dict[str, list[tuple[int, Field]]] = {}
    for line, field in enumerate(schema["fields"], start=1):
        if field["name"] not in aside:
            groups.setdefault(_group(field), []).append((line, field))
    for name, fields in groups.items():
        _add(draft, name, fields)
    return draft


def _group(field: Field) -> str:
    """The item that a column belongs to; the column itself where it has no choices."""
    return field["name"].partition(".")[0] if "enum" in field.get("constraints", {}) else field["name"]


def _add(draft: Draft, name: str, fields: list[tuple[int, Field]]) -> None:
    """One question: the boxes or the rows of several columns, or one column."""
    line, field = fields[0]
    limits, given, choices = field.get("constraints", {}), field.get("type", "string"), _choices(field)
    kind, label = "single" if choices else KINDS.get(given, ""), field.get("title") or field.get("description")
    parts = [(one["name"].partition(".")[2], one.get("title", "")) for _, one in fields]
    if name != field["name"]:
        kind, label = "matrix", field.get("description")
        if limits["enum"] in BOXES:
            kind, choices = "multiple", parts
    if not kind:
        draft.left_out.append(f"{name} : colonne de type « {given} »")
        return
    bounds = {"low": limits.get("minimum"), "high": limits.get("maximum"), "decimals": DECIMALS * (given == "number")}
    draft.add(name, kind, label or name, line, choices=choices, rows=parts, **bounds)


def _choices(field: Field) -> list[Pair]:
    """Codes and labels: the codes themselves, for want of categories; none where any answer will do."""
    if field.get("type") == "boolean":
        return [("true", "Oui"), ("false", "Non")]
    pairs = [one if isinstance(one, dict) else {"value": one} for one in field.get("categories", [])]
    labels = {str(one["value"]): one.get("label", "") for one in pairs}
    codes = labels or map(str, field.get("constraints", {}).get("enum", ()))
    return [(code, labels.get(code) or code) for code in codes]


def _field(column: Column) -> dict[str, Any]:
    kind = column.item.kind
    types = {"number": "number" if column.item.decimals else "integer", "multiple": "integer"}
    types |= {"date": "date", "time": "time"}
    bounds = {"minimum": column.item.low, "maximum": column.item.high, "enum": _codes(column)}
    constraints = {name: bound for name, bound in bounds.items() if bound is not None}
    labels = [{"value": choice.id, "label": choice.label} for choice in column.item.choices if kind != "multiple"]
    parts = {"constraints": constraints, "categories": labels, "format": "%H:%M" if kind == "time" else ""}
    field = {"name": column.name, "type": types.get(kind, "string"), "title": column.label}
    return {**field, "description": column.item.label, **{name: part for name, part in parts.items() if part}}


def _codes(column: Column) -> list[str] | list[int] | None:
    """The cells allowed; ticks are numbers, missing codes are declared once for the whole file."""
    known = [code for code in column.codes if code not in CODES]
    return [int(code) for code in known] if column.item.kind == "multiple" else known or None
