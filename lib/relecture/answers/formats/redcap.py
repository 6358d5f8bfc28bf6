"""A REDCap data dictionary, as CSV of eighteen columns.

Source: the column rules of REDCap's data dictionary. A variable has lower-case letters, digits and single
underscores: a matrix row is `item_row`, in a matrix group. REDCap has no negation: conditions are written
with `<>`, the negation pushed down to the leaves.
"""

from __future__ import annotations

from collections.abc import Iterator

from relecture.answers.formats import tool
from relecture.answers.questionnaire.conditions import Comparison, Condition, fold
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Column, Item

_COLUMNS = (
    "Variable / Field Name|Form Name|Section Header|Field Type|Field Label|"
    "Choices, Calculations, OR Slider Labels|Field Note|Text Validation Type OR Show Slider Number|"
    "Text Validation Min|Text Validation Max|Identifier?|Branching Logic (Show field only if...)|"
    "Required Field?|Custom Alignment|Question Number (surveys only)|Matrix Group Name|Matrix Ranking?|"
    "Field Annotation"
)
COLUMNS = tuple(_COLUMNS.split("|"))
RECORD = "record_id"
KINDS = {"single": "radio", "multiple": "checkbox", "matrix": "radio", "number": "text", "text": "notes"}
NUMBERS = ("integer", "number_1dp", "number_2dp", "number_3dp", "number_4dp")
SHORT = 26  # characters of a variable name that REDCap advises


def export(instrument: Instrument) -> tool.Export:
    """The dictionary as CSV in UTF-8."""
    first = {COLUMNS[0]: RECORD, COLUMNS[1]: instrument.id, COLUMNS[3]: "text", COLUMNS[4]: "Numéro du répondant"}
    rows = [first, *(row for section in instrument.sections for row in _section(section, instrument.id))]
    return tool.Export(tool.csv_text(COLUMNS, rows).encode(), tuple(_lost(instrument)))


def dialect(instrument: Instrument) -> tool.Dialect:
    """CSV of raw data: one column a choice, `item___choice`."""
    return tool.Dialect(
        instrument,
        respondent=RECORD,
        header=_name,
        tick_header=lambda item, code: f"{item.id}___{code}",
        service_headers=("redcap_*", "*_complete", "*_timestamp"),
    )


def _name(column: Column) -> str:
    return column.name.replace(".", "_")


def _section(section: Section, form: str) -> Iterator[dict[str, str]]:
    header = f"{section.title} — {section.intro}" if section.intro else section.title
    for item in section.items:
        for row in _fields(item, form):
            yield row | {COLUMNS[2]: header}
            header = ""


def _fields(item: Item, form: str) -> Iterator[dict[str, str]]:
    """One field, or one a row for a matrix, whose question stands above its first row."""
    columns = item.columns if item.kind == "matrix" else item.columns[:1]
    for column in columns:
        values = {
            COLUMNS[0]: _name(column) if item.kind == "matrix" else item.id,
            COLUMNS[1]: form,
            COLUMNS[3]: KINDS[item.kind],
            COLUMNS[4]: _label(item, column, column is columns[0]),
            COLUMNS[5]: " | ".join(f"{choice.id}, {choice.label.replace('|', '/')}" for choice in item.choices),
            COLUMNS[6]: tool.hint_text(item),
            COLUMNS[10]: "y" if item.identifying else "",
            COLUMNS[11]: _branching(item.relevant),
            COLUMNS[14]: item.source.item,
            COLUMNS[15]: item.id if item.kind == "matrix" else "",
            COLUMNS[17]: " ".join(_annotations(item)),
        }
        yield values | _validation(item)


def _label(item: Item, column: Column, first: bool) -> str:
    if item.kind != "matrix":
        return item.label
    return f"{item.label}\n{column.label}" if first else column.label


def _branching(condition: Condition | None) -> str:
    """The condition and its negation are built together, so that no `not` is needed."""
    if condition is None:
        return ""
    joined = lambda parts, way, word: f"({word.join(part[way] for part in parts)})"  # noqa: E731
    return fold(
        condition,
        compare=_comparison,
        all_of=lambda parts: (joined(parts, 0, " and "), joined(parts, 1, " or ")),
        any_of=lambda parts: (joined(parts, 0, " or "), joined(parts, 1, " and ")),
        negate=lambda part: (part[1], part[0]),
    )[0]


def _comparison(leaf: Comparison) -> tuple[str, str]:
    if leaf.op == "selected":
        box = f"[{leaf.target}({leaf.codes[0]})]"
        return f"{box} = '1'", f"{box} <> '1'"
    name = f"[{leaf.target.replace('.', '_')}]"
    same = " or ".join(f"{name} = '{code}'" for code in leaf.codes)
    other = " and ".join(f"{name} <> '{code}'" for code in leaf.codes)
    return f"({same})", f"({other})"


def _annotations(item: Item) -> Iterator[str]:
    if item.kind == "multiple" and (alone := tool.exclusive_codes(item)):
        yield f"@NONEOFTHEABOVE='{','.join(alone)}'"
    if item.most:
        yield f"@MAXCHECKED={item.most}"


def _validation(item: Item) -> dict[str, str]:
    if item.kind != "number":
        return {}
    bounds = ("" if bound is None else f"{bound:g}" for bound in (item.low, item.high))
    return dict(zip(COLUMNS[7:10], (NUMBERS[item.decimals], *bounds), strict=True))


def _lost(instrument: Instrument) -> Iterator[str]:
    for item in instrument.items:
        if item.least and item.least > 1:
            yield f"{item.id} : au moins {item.least} choix"
        if any("|" in choice.label for choice in item.choices):
            yield f"{item.id} : barre verticale d'un libellé, remplacée par une barre oblique"
    for column in instrument.columns.values():
        if column.item.kind == "matrix" and len(_name(column)) > SHORT:
            yield f"{_name(column)} : nom de {SHORT} signes au plus, conseillé"
    yield from tool.not_computed(instrument)
