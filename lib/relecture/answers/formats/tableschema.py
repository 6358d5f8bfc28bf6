"""The answer file itself, described as a Frictionless Table Schema.

Source: Table Schema, version 1 of the Data Package standard. Every cell is text or a missing code, so the
four codes and the empty cell are its missing values; an item's codes are an enumeration, with their labels as
`categories` (version 2); bounds are constraints. The file it describes is our own: one column a coded column,
`repondant` first.
"""

from __future__ import annotations

import json
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column
from relecture.answers.questionnaire.missing import CODES, RESPONDENT


def export(instrument: Instrument) -> tool.Export:
    """The schema as JSON in UTF-8."""
    respondent = {"name": RESPONDENT, "type": "string", "constraints": {"required": True, "unique": True}}
    schema = {
        "fields": [respondent, *(_field(column) for column in instrument.columns.values())],
        "missingValues": ["", *sorted(CODES)],
        "primaryKey": [RESPONDENT],
    }
    return tool.Export((json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode(), _lost(instrument))


def dialect(instrument: Instrument) -> tool.Dialect:
    """Our own answer file: coded columns under their own names."""
    return tool.Dialect(
        instrument,
        respondent=RESPONDENT,
        list_header=lambda item: item.id,
        own=True,
    )


def _field(column: Column) -> dict[str, Any]:
    kind = column.item.kind
    types = {"number": "number" if column.item.decimals else "integer", "multiple": "integer"}
    types |= {"date": "date", "time": "time"}
    constraints = _bounds(column) if kind == "number" else _codes(column)
    labels = [{"value": choice.id, "label": choice.label} for choice in column.item.choices if kind != "multiple"]
    parts = {"constraints": constraints, "categories": labels, "format": "%H:%M" if kind == "time" else ""}
    field = {"name": column.name, "type": types.get(kind, "string"), "title": column.label}
    return {**field, "description": column.item.label, **{name: part for name, part in parts.items() if part}}


def _codes(column: Column) -> dict[str, Any]:
    """The cells allowed; ticks are numbers, missing codes are declared once for the whole file."""
    known = [code for code in column.codes if code not in CODES]
    return {"enum": [int(code) for code in known] if column.item.kind == "multiple" else known} if known else {}


def _bounds(column: Column) -> dict[str, Any]:
    bounds = {"minimum": column.item.low, "maximum": column.item.high}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _lost(instrument: Instrument) -> list[str]:
    several = [item for item in instrument.items if item.kind == "multiple"]
    counted = [item.id for item in several if item.least or item.most or tool.exclusive_codes(item)]
    lost = [f"{name} : nombre ou exclusivité des choix" for name in counted]
    return lost + tool.left_out(instrument, "relevant", "decimals", "identifying")
