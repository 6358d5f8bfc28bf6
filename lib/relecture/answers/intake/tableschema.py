"""A draft from a Table Schema, which describes the columns of a file of answers.

Source: Table Schema, versions 1 and 2 of the Data Package standard. Columns `item.choice` that hold 0 or 1 are the
boxes of one question, other columns `item.row` the rows of a matrix, as Relecture writes them; labels of choices are
those of `categories` (version 2), else the codes. The column that tells respondents apart is set aside.
"""

from __future__ import annotations

import json
from typing import Any

from relecture.answers.intake.draft import DECIMALS, Draft
from relecture.answers.questionnaire.missing import RESPONDENT

KINDS = {"integer": "number", "year": "number", "number": "number", "string": "text", "date": "date", "time": "time"}
BOXES = ([0, 1], ["0", "1"])
Field = dict[str, Any]


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
        (_several if "." in fields[0][1]["name"] and fields[0][1].get("constraints") else _one)(draft, name, fields)
    return draft


def _group(field: Field) -> str:
    """The item that a column belongs to; the column itself where it has no choices."""
    return field["name"].partition(".")[0] if "enum" in field.get("constraints", {}) else field["name"]


def _several(draft: Draft, name: str, fields: list[tuple[int, Field]]) -> None:
    """The boxes of a question, or the rows of a matrix."""
    line, first = fields[0]
    parts = [(field["name"].partition(".")[2], field.get("title", "")) for _, field in fields]
    label = first.get("description") or name
    if first["constraints"]["enum"] in BOXES:
        draft.add(name, "multiple", label, line, choices=parts)
    else:
        draft.add(name, "matrix", label, line, choices=_choices(first), rows=parts)


def _choices(field: Field) -> list[tuple[str, str]]:
    """Codes and labels: the codes themselves, for want of categories."""
    pairs = [one if isinstance(one, dict) else {"value": one} for one in field.get("categories", [])]
    labels = {str(one["value"]): one.get("label", "") for one in pairs}
    return [(code, labels.get(code) or code) for code in labels or map(str, field["constraints"]["enum"])]


def _one(draft: Draft, name: str, fields: list[tuple[int, Field]]) -> None:
    ((line, field),) = fields
    label = field.get("title") or field.get("description") or name
    constraints, given = field.get("constraints", {}), field.get("type", "string")
    if constraints.get("enum") or field.get("categories"):
        draft.add(name, "single", label, line, choices=_choices(field))
    elif given == "boolean":
        draft.add(name, "single", label, line, choices=[("true", "Oui"), ("false", "Non")])
    elif given in KINDS:
        bounds = {"low": constraints.get("minimum"), "high": constraints.get("maximum")}
        draft.add(name, KINDS[given], label, line, decimals=DECIMALS * (given == "number"), **bounds)
    else:
        draft.left_out.append(f"{name} : colonne de type « {given} »")
