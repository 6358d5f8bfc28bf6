"""A SurveyJS definition, as JSON.

Source: the SurveyJS form library's documentation and the schema shipped with its package. A section is a
page. Conditions are `visibleIf` expressions; hidden answers are erased at once, so that a later condition
never reads one. What a respondent reads when an answer is refused is in French, whatever the page has loaded.
"""

from __future__ import annotations

import json
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item
from relecture.core.french import plural

KINDS = {"single": "radiogroup", "multiple": "checkbox", "matrix": "matrix", "text": "comment"}  # others: a text


def export(instrument: Instrument) -> tool.Export:
    """The definition as JSON in UTF-8."""
    survey = {
        "title": instrument.title,
        "locale": "fr",
        "clearInvisibleValues": "onHidden",
        "pages": [_page(section) for section in instrument.sections],
    }
    text = json.dumps(survey, ensure_ascii=False, indent=2) + "\n"
    return tool.Export(text.encode(), tool.left_out(instrument, "identifying"))


def dialect(instrument: Instrument) -> tool.Dialect:
    """CSV of the results: a matrix row under `item.row`, a multiple item as one column of lists."""
    return tool.Dialect(instrument, respondent="id", list_header=lambda item: item.id, separator=", ")


def _page(section: Section) -> dict[str, Any]:
    intro = {"description": section.intro} if section.intro else {}
    return {"name": section.id, "title": section.title, **intro, "elements": [_element(item) for item in section.items]}


def _element(item: Item) -> dict[str, Any]:
    element = {"type": KINDS.get(item.kind, "text"), "name": item.id, "title": item.label}
    if words := tool.hint_text(item):
        element["description"] = words
    if item.relevant:
        texts = "{{{}}} = '{}'".format, "{{{}}} contains '{}'".format
        element["visibleIf"] = tool.condition_text(item.relevant, *texts, negate="!({})")
    return element | _body(item)


def _body(item: Item) -> dict[str, Any]:
    alone = {code: {"isExclusive": True} for code in tool.exclusive_codes(item)}
    values = [{"value": choice.id, "text": choice.label} | alone.get(choice.id, {}) for choice in item.choices]
    if item.kind == "matrix":
        return {"columns": values, "rows": [{"value": row.id, "text": row.label} for row in item.rows]}
    if item.kind == "number":
        return {"inputType": "number", "validators": _bounds(item)}
    if item.kind == "multiple":
        return {"choices": values} | _ticks(item)
    return {"choices": values} if values else {"inputType": item.kind} if item.kind in ("date", "time") else {}


def _bounds(item: Item) -> list[dict[str, Any]]:
    """Bounds and decimals; an empty answer passes both."""
    bounds = {"minValue": item.low, "maxValue": item.high}
    known = {name: bound for name, bound in bounds.items() if bound is not None}
    words = ", ".join(filter(None, ["Un nombre est attendu", tool.bounds_text(item)]))
    rule = f"{{{item.id}}} empty or round({{{item.id}}}, {item.decimals}) = {{{item.id}}}"
    text = f"{plural(item.decimals, 'décimale')} au plus." if item.decimals else "Un nombre entier est attendu."
    return [
        {"type": "numeric", **known, "text": f"{words}."},
        {"type": "expression", "expression": rule, "text": text},
    ]


def _ticks(item: Item) -> dict[str, Any]:
    """How many boxes may be ticked, one at least making the question mandatory, and which are ticked alone."""
    required = {"isRequired": True, "requiredErrorText": tool.least_text(item)} if item.least else {}
    most = {"maxSelectedChoices": item.most} if item.most else {}
    length = f"{{{item.id}.length}}"
    alone = {f"{{{item.id}}} contains '{choice.id}'": choice.label for choice in item.choices if choice.alone}
    rules = {f"!({has}) or {length} = 1": f"« {words} » ne va avec aucun autre choix." for has, words in alone.items()}
    if (item.least or 0) > 1:
        rules[" or ".join([f"{length} >= {item.least}", *alone])] = tool.least_text(item)
    validators = [{"type": "expression", "expression": rule, "text": text} for rule, text in rules.items()]
    return required | most | ({"validators": validators} if validators else {})
