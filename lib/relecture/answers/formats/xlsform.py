"""An XLSForm, for ODK and KoboToolbox.

Source: the XLSForm specification (sheets `survey`, `choices`, `settings`). A section is a group; a matrix is
a group of its own whose rows are `select_one` under a shared list of labels, named `item__row`. Conditions
become XPath; exclusive choices and numbers of ticks become constraints. The workbook carries no date, so
that the same instrument gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from relecture.answers.formats import tool
from relecture.answers.questionnaire.conditions import Comparison, Condition
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item
from relecture.core.french import plural

SURVEY = ("type name label hint required required_message relevant constraint constraint_message appearance").split()


def export(instrument: Instrument) -> tool.Export:
    """The workbook as .xlsx."""
    settings = {"form_title": instrument.title, "form_id": instrument.id, "default_language": "Français (fr)"}
    rows = [row for section in instrument.sections for row in _section(section)]
    choices = [(item.id, choice.id, choice.label) for item in instrument.items for choice in item.choices]
    sheets = {
        "survey": [SURVEY, *([row.get(name) or None for name in SURVEY] for row in rows)],
        "choices": [("list_name", "name", "label"), *choices],
        "settings": [settings.keys(), settings.values()],
    }
    return tool.Export(tool.workbook(sheets), tool.left_out(instrument, "identifying"))


def dialect(instrument: Instrument) -> tool.Dialect:
    """CSV of ODK Central or Kobo: lists between spaces, or one column a choice; group prefixes may stand before."""
    return tool.Dialect(
        instrument,
        respondent="KEY",
        header=lambda column: column.name.replace(".", "__"),
        tick_header=lambda item, code: f"{item.id}/{code}",
        list_header=lambda item: item.id,
        service_headers=(
            "SubmissionDate start end today deviceid intro__* labels__* meta-* meta/* instanceID instanceName "
            "SubmitterID SubmitterName "
            "AttachmentsPresent AttachmentsExpected Status ReviewState DeviceID Edits FormVersion _*"
        ).split(),
    )


def _section(section: Section) -> Iterator[dict[str, str]]:
    yield {"type": "begin_group", "name": f"section__{section.id}", "label": section.title}
    if section.intro:
        yield {"type": "note", "name": f"intro__{section.id}", "label": section.intro}
    for item in section.items:
        yield from _matrix(item) if item.kind == "matrix" else [_question(item)]
    yield {"type": "end_group"}


def _question(item: Item) -> dict[str, str]:
    number = "decimal" if item.decimals else "integer"
    kinds = {"single": f"select_one {item.id}", "multiple": f"select_multiple {item.id}", "number": number}
    kind = kinds.get(item.kind, item.kind)
    row = {"type": kind, "name": item.id, "label": item.label, "hint": tool.hint_text(item)}
    required = {"required": "yes", "required_message": tool.least_text(item)} if item.least else {}
    return row | required | _relevant(item.relevant) | _constraint(item)


def _matrix(item: Item) -> Iterator[dict[str, str]]:
    """A group shown as a table: its labels once, then a line a row."""
    shared = {"type": f"select_one {item.id}"}
    words = {"label": item.label, "hint": tool.hint_text(item), "appearance": "field-list"}
    yield {"type": "begin_group", "name": f"{item.id}__matrix"} | words | _relevant(item.relevant)
    yield shared | {"name": f"labels__{item.id}", "label": item.label, "appearance": "label"}
    for row in item.rows:
        yield shared | {"name": f"{item.id}__{row.id}", "label": row.label, "appearance": "list-nolabel"}
    yield {"type": "end_group"}


def _relevant(condition: Condition | None) -> dict[str, str]:
    if condition is None:
        return {}
    return {"relevant": tool.condition_text(condition, _comparison, all_of=" and ", any_of=" or ")}


def _comparison(leaf: Comparison) -> str:
    name = f"${{{leaf.target.replace('.', '__')}}}"
    if leaf.op == "selected":
        return f"selected({name}, '{leaf.codes[0]}')"
    return tool.any_equal((f"{name} = '{code}'" for code in leaf.codes), " or ")


def _constraint(item: Item) -> dict[str, str]:
    """What an answer must satisfy, with the same in words; an empty answer always passes."""
    rules = _ticks(item) if item.kind == "multiple" else _bounds(item)
    if not rules:
        return {}
    return {"constraint": " and ".join(rules), "constraint_message": " ; ".join(rules.values())}


def _bounds(item: Item) -> dict[str, str]:
    rules = {f". >= {item.low:g}": f"au moins {item.low:g}"} if item.low is not None else {}
    rules |= {f". <= {item.high:g}": f"au plus {item.high:g}"} if item.high is not None else {}
    return rules | (
        {f"round(., {item.decimals}) = .": f"{plural(item.decimals, 'décimale')} au plus"} if item.decimals else {}
    )


def _ticks(item: Item) -> dict[str, str]:
    codes = tool.exclusive_codes(item)
    alone = {
        f"(not(selected(., '{code}')) or count-selected(.) = 1)": "ce choix ne va avec aucun autre" for code in codes
    }
    lonely = [f"selected(., '{code}')" for code in codes if (item.least or 0) > 1]
    enough = tool.any_equal([f"count-selected(.) >= {item.least}", *lonely], " or ")
    least = {enough: f"au moins {item.least}"} if item.least else {}
    most = {f"count-selected(.) <= {item.most}": f"au plus {item.most}"} if item.most else {}
    return alone | least | most
