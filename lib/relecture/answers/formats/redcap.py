"""A REDCap data dictionary, as CSV of eighteen columns.

Source: the column rules of REDCap's data dictionary. A variable has lower-case letters, digits and single
underscores: a matrix row is `item_row`, in a matrix group whose question is the section header; a name that REDCap
keeps to itself, or that is taken, gets a number. REDCap has no negation: conditions are written with `<>`, the
negation pushed down to the leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relecture.answers.formats import tool
from relecture.answers.questionnaire.conditions import Comparison, Condition, fold
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item

_COLUMNS = (
    "Variable / Field Name|Form Name|Section Header|Field Type|Field Label|"
    "Choices, Calculations, OR Slider Labels|Field Note|Text Validation Type OR Show Slider Number|"
    "Text Validation Min|Text Validation Max|Identifier?|Branching Logic (Show field only if...)|"
    "Required Field?|Custom Alignment|Question Number (surveys only)|Matrix Group Name|Matrix Ranking?|"
    "Field Annotation"
)
COLUMNS = tuple(_COLUMNS.split("|"))
RECORD = "record_id"
KINDS = {"single": "radio", "multiple": "checkbox", "matrix": "radio", "text": "notes"}  # others: a validated text
DATES = {"date": "date_ymd", "time": "time"}
RESERVED = (
    "record_id hidden_edit_flag submit new return continue case class enum catch throw document super"
).split()  # and any name that begins with redcap_, which is led by q_
SHORT = 26  # characters of a variable name that REDCap advises


def export(instrument: Instrument) -> tool.Export:
    """The dictionary as CSV in UTF-8."""
    first = {COLUMNS[0]: RECORD, COLUMNS[1]: instrument.id, COLUMNS[3]: "text", COLUMNS[4]: "Numéro du répondant"}
    names = _names(instrument)
    rows = [first, *(row for section in instrument.sections for row in _section(section, instrument.id, names))]
    return tool.Export(tool.csv_text(COLUMNS, rows).encode(), [*_lost(instrument)])


def dialect(instrument: Instrument) -> tool.Dialect:
    """CSV of raw data: one column a choice, `item___choice`."""
    names = _names(instrument)
    return tool.Dialect(
        instrument,
        respondent=RECORD,
        header=lambda column: names[column.name],
        tick_header=lambda item, code: f"{names[item.id]}___{code}",
        service_headers=("redcap_*", "*_complete", "*_timestamp"),
    )


def _names(instrument: Instrument) -> dict[str, str]:
    """Variable of each item or matrix row, by the name of its column; no two are the same, none is reserved."""
    rows = [column.name for column in instrument.columns.values() if column.item.kind == "matrix"]
    names: dict[str, str] = {}
    for name in [*(item.id for item in instrument.items if item.kind != "matrix"), *rows]:
        wanted = re.sub("^redcap_", "q_redcap_", name.replace(".", "_"))
        others = {*names.values(), *RESERVED, f"{instrument.id}_complete"}
        numbered = (f"{wanted}_{rank}" for rank in range(2, len(others) + 3))
        names[name] = next(one for one in (wanted, *numbered) if one not in others)
    return names


def _section(section: Section, form: str, names: dict[str, str]) -> Iterator[dict[str, str]]:
    """The fields of a section, its title above the first; the question of a matrix stands above its rows."""
    header = [section.title, section.intro]
    for item in section.items:
        if item.kind == "matrix":
            header.append(item.label)
        for row in _fields(item, form, names):
            yield row | {COLUMNS[2]: " — ".join(filter(None, header))}
            header = []


def _fields(item: Item, form: str, names: dict[str, str]) -> Iterator[dict[str, str]]:
    """One field, or one a row for a matrix."""
    matrix = item.kind == "matrix"
    for column in item.columns if matrix else item.columns[:1]:
        values = {
            COLUMNS[0]: names[column.name if matrix else item.id],
            COLUMNS[1]: form,
            COLUMNS[3]: KINDS.get(item.kind, "text"),
            COLUMNS[4]: column.label if matrix else item.label,
            COLUMNS[5]: " | ".join(f"{choice.id}, {choice.label.replace('|', '/')}" for choice in item.choices),
            COLUMNS[6]: tool.hint_text(item),
            COLUMNS[10]: "y" if item.identifying else "",
            COLUMNS[11]: _branching(item.relevant, names),
            COLUMNS[12]: "y" if item.least else "",
            COLUMNS[14]: item.source.item,
            COLUMNS[15]: item.id if matrix else "",
            COLUMNS[17]: " ".join(_annotations(item)),
        }
        yield values | _validation(item)


def _branching(condition: Condition | None, names: dict[str, str]) -> str:
    """The condition and its negation are built together, so that no `not` is needed."""
    if condition is None:
        return ""
    joined = lambda parts, way, word: f"({word.join(part[way] for part in parts)})"  # noqa: E731
    return fold(
        condition,
        compare=lambda leaf: _comparison(leaf, names[leaf.target]),
        all_of=lambda parts: (joined(parts, 0, " and "), joined(parts, 1, " or ")),
        any_of=lambda parts: (joined(parts, 0, " or "), joined(parts, 1, " and ")),
        negate=lambda part: (part[1], part[0]),
    )[0]


def _comparison(leaf: Comparison, name: str) -> tuple[str, str]:
    if leaf.op == "selected":
        box = f"[{name}({leaf.codes[0]})]"
        return f"{box} = '1'", f"{box} <> '1'"
    same = " or ".join(f"[{name}] = '{code}'" for code in leaf.codes)
    other = " and ".join(f"[{name}] <> '{code}'" for code in leaf.codes)
    return f"({same})", f"({other})"


def _annotations(item: Item) -> Iterator[str]:
    if item.kind == "multiple" and (alone := tool.exclusive_codes(item)):
        yield f"@NONEOFTHEABOVE='{','.join(alone)}'"
    if item.most:
        yield f"@MAXCHECKED={item.most}"


def _validation(item: Item) -> dict[str, str]:
    """Validation of a text: a number of any decimals, since REDCap's `number_1dp` refuses a whole one."""
    if item.kind != "number":
        return {COLUMNS[7]: DATES[item.kind]} if item.kind in DATES else {}
    bounds = ("" if bound is None else f"{bound:g}" for bound in (item.low, item.high))
    return dict(zip(COLUMNS[7:10], ("number" if item.decimals else "integer", *bounds), strict=True))


def _lost(instrument: Instrument) -> Iterator[str]:
    for item in instrument.items:
        if item.least and item.least > 1:
            yield f"{item.id} : au moins {item.least} choix"
        if any("|" in choice.label for choice in item.choices):
            yield f"{item.id} : barre verticale d'un libellé, remplacée par une barre oblique"
    for name, variable in _names(instrument).items():
        if variable != name.replace(".", "_"):
            yield f"{name} : nom déjà pris ou réservé par REDCap, remplacé par {variable}"
        if len(variable) > SHORT:
            yield f"{variable} : nom de {SHORT} signes au plus, conseillé"
    yield from tool.left_out(instrument, "decimals")
