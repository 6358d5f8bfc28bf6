"""A SurveyJS definition, as JSON.

Source: the SurveyJS form library's documentation and the schema shipped with its package. A section is a
page. Conditions are `visibleIf` expressions; hidden answers are erased at once, so that a later condition
never reads one.
"""

from __future__ import annotations

import json
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.questionnaire.conditions import Comparison
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item

KINDS = {"single": "radiogroup", "multiple": "checkbox", "matrix": "matrix", "number": "text", "text": "comment"}


def export(instrument: Instrument) -> tool.Export:
    """The definition as JSON in UTF-8."""
    survey = {
        "title": instrument.title,
        "locale": "fr",
        "clearInvisibleValues": "onHidden",
        "pages": [_page(section) for section in instrument.sections],
    }
    identifying = [f"{item.id} : donnée identifiante" for item in instrument.items if item.identifying]
    text = json.dumps(survey, ensure_ascii=False, indent=2) + "\n"
    return tool.Export(text.encode(), (*identifying, *tool.not_computed(instrument)))


def dialect(instrument: Instrument) -> tool.Dialect:
    """CSV of the results: a matrix row under `item.row`, a multiple item as one column of lists."""
    return tool.Dialect(
        instrument,
        respondent="id",
        list_header=lambda item: item.id,
        separator=", ",
        service_headers=("HappendAt", "HappenedAt", "createdAt", "pageNo", "ip"),
    )


def _page(section: Section) -> dict[str, Any]:
    intro = {"description": section.intro} if section.intro else {}
    return {"name": section.id, "title": section.title, **intro, "elements": [_element(item) for item in section.items]}


def _element(item: Item) -> dict[str, Any]:
    element = {"type": KINDS[item.kind], "name": item.id, "title": item.label}
    if words := tool.hint_text(item):
        element["description"] = words
    if item.relevant:
        element["visibleIf"] = tool.condition_text(
            item.relevant, _comparison, all_of=" and ", any_of=" or ", negate="!({})"
        )
    return element | _body(item)


def _comparison(leaf: Comparison) -> str:
    operator = "contains" if leaf.op == "selected" else "="
    return tool.any_equal((f"{{{leaf.target}}} {operator} '{code}'" for code in leaf.codes), " or ")


def _body(item: Item) -> dict[str, Any]:
    values = [{"value": choice.id, "text": choice.label} for choice in item.choices]
    if item.kind == "matrix":
        return {"columns": values, "rows": [{"value": row.id, "text": row.label} for row in item.rows]}
    if item.kind == "number":
        return {"inputType": "number", "validators": _bounds(item)}
    return {"choices": values} | (_ticks(item) if item.kind == "multiple" else {}) if values else {}


def _bounds(item: Item) -> list[dict[str, Any]]:
    bounds = {"minValue": item.low, "maxValue": item.high}
    known = {name: bound for name, bound in bounds.items() if bound is not None}
    decimals = f"round({{{item.id}}}, {item.decimals}) = {{{item.id}}}"
    return [{"type": "numeric", **known}, {"type": "expression", "expression": decimals}]


def _ticks(item: Item) -> dict[str, Any]:
    bounds = {"minSelectedChoices": item.least, "maxSelectedChoices": item.most}
    alone = [
        {"type": "expression", "expression": f"!({{{item.id}}} contains '{code}') or {{{item.id}}}.length = 1"}
        for code in tool.exclusive_codes(item)
    ]
    return {name: bound for name, bound in bounds.items() if bound} | ({"validators": alone} if alone else {})
