"""A REDCap data dictionary, as CSV of eighteen columns, written and read.

Source: the column rules of REDCap's data dictionary. A variable has lower-case letters, digits and single
underscores: a matrix row is `item_row`, in a matrix group whose question ends the section header; a name that REDCap
keeps to itself, or that is taken, gets a number. REDCap has no negation: conditions are written with `<>`, the
negation pushed down to the leaves. Of a dictionary made there, the fields of a matrix group whose variables do not
begin with its name stay apart, since files of answers name each; the first field, which numbers records, is set aside.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.formats.draft import DECIMALS, Draft, Pair, number
from relecture.answers.questionnaire.conditions import Comparison, Condition, fold
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item
from relecture.core import encodings

_COLUMNS = (
    "Variable / Field Name|Form Name|Section Header|Field Type|Field Label|"
    "Choices, Calculations, OR Slider Labels|Field Note|Text Validation Type OR Show Slider Number|"
    "Text Validation Min|Text Validation Max|Identifier?|Branching Logic (Show field only if...)|"
    "Required Field?|Custom Alignment|Question Number (surveys only)|Matrix Group Name|Matrix Ranking?|"
    "Field Annotation"
)
COLUMNS = tuple(_COLUMNS.split("|"))
NAME, FORM, HEADER, TYPE, LABEL, CHOICES, NOTE, CHECK, LOW, HIGH, IDENTIFIER, LOGIC, REQUIRED = COLUMNS[:13]
RANK, MATRIX, ANNOTATION = COLUMNS[14], COLUMNS[15], COLUMNS[17]
RECORD = "record_id"
TYPES = {"single": "radio", "multiple": "checkbox", "matrix": "radio", "text": "notes"}  # others: a validated text
KINDS = dict.fromkeys(("radio", "dropdown", "yesno", "truefalse"), "single")
KINDS |= {"checkbox": "multiple", "notes": "text", "text": "text", "slider": "number"}
DATES = {"date": "date_ymd", "time": "time"}
GIVEN = {"yesno": [("1", "Oui"), ("0", "Non")], "truefalse": [("1", "Vrai"), ("0", "Faux")]}
RESERVED = (
    "record_id hidden_edit_flag submit new return continue case class enum catch throw document super"
).split()  # and any name that begins with redcap_, which is led by q_
SHORT = 26  # characters of a variable name that REDCap advises
Row = dict[str, Any]


def export(instrument: Instrument) -> tool.Export:
    """The dictionary as CSV in UTF-8."""
    first = {NAME: RECORD, FORM: instrument.id, TYPE: "text", LABEL: "Numéro du répondant"}
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
    )


def read(raw: bytes, file: str) -> Draft:
    """The draft of a dictionary; KeyError for a CSV that has not its columns, UnicodeDecodeError for no text."""
    text = (encodings.decode(raw) or (raw.decode(), ""))[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), COLUMNS, restval="")
    header, record, *fields = [row | {"line": reader.line_num} for row in reader if row[NAME]]
    if header[NAME].lower() not in (NAME.lower(), "field_name"):
        raise KeyError(NAME)
    draft = Draft(file, record[FORM])
    groups = {row[MATRIX]: [one for one in fields if one[MATRIX] == row[MATRIX]] for row in fields if row[MATRIX]}
    groups = {name: rows for name, rows in groups.items() if all(row[NAME].startswith(f"{name}_") for row in rows)}
    form = ""
    for row in fields:
        rows, header = groups.get(row[MATRIX], []), [part for part in row[HEADER].split(" — ") if part]
        if rows and row is not rows[0]:
            continue
        label = (header.pop() if header else row[MATRIX]) if rows else row[LABEL]
        if header or row[FORM] != form:
            (title, *intro), form = header or [row[FORM]], row[FORM]
            draft.heading = (title, " — ".join(intro))
        _add(draft, row, label, rows)
    return draft


def _add(draft: Draft, row: Row, label: str, rows: list[Row]) -> None:
    """A field, or the matrix of these rows."""
    kind, check, notes = "matrix" if rows else KINDS.get(row[TYPE], ""), row[CHECK], row[ANNOTATION]
    if kind == "text" and (found := re.match("integer|number|date_|time$|datetime", check)):
        kind = {"integer": "number", "date_": "date", "datetime": ""}.get(found[0], found[0])
    if not kind:
        draft.left_out.append(f"{row[NAME]} : champ de type « {row[TYPE]}{f', {check}' if check else ''} »")
        return
    low, high = number(row[LOW]), number(row[HIGH])
    low, high = (low or 0, high or 100) if row[TYPE] == "slider" else (low, high)
    most = re.search(r"@MAXCHECKED=['\"]?(\d+)", notes)
    draft.add(
        row[MATRIX] if rows else row[NAME], kind, label, row["line"],
        choices=_choices(row),
        rows=[(one[NAME].removeprefix(f"{row[MATRIX]}_"), one[LABEL]) for one in rows],
        alone=",".join(re.findall(r"@NONEOFTHEABOVE=['\"]?([\w,-]+)", notes)).split(","),
        most=number(most[1]) if most else None, low=low, high=high, decimals=DECIMALS * check.startswith("number"),
        hint=row[NOTE], logic=row[LOGIC], identifying=row[IDENTIFIER] == "y", required=row[REQUIRED] == "y",
    )  # fmt: skip
    for tag in re.findall(r"@(?!NONEOFTHEABOVE|MAXCHECKED)[A-Z-]+", notes):
        draft.uncounted[f"annotation {tag}"] += 1


def _choices(row: Row) -> list[Pair]:
    pairs = (pair.partition(",") for pair in re.split(r"\||\n", row[CHOICES]) if pair.strip())
    return GIVEN.get(row[TYPE]) or [(code.strip(), label.strip()) for code, _, label in pairs]


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


def _section(section: Section, form: str, names: dict[str, str]) -> Iterator[Row]:
    """The fields of a section, its title above the first; the question of a matrix stands above its rows."""
    header = [section.title, section.intro]
    for item in section.items:
        if item.kind == "matrix":
            header.append(item.label)
        for row in _fields(item, form, names):
            yield row | {HEADER: " — ".join(filter(None, header))}
            header = []


def _fields(item: Item, form: str, names: dict[str, str]) -> Iterator[Row]:
    """One field, or one a row for a matrix."""
    matrix = item.kind == "matrix"
    for column in item.columns if matrix else item.columns[:1]:
        values = {
            NAME: names[column.name if matrix else item.id],
            FORM: form,
            TYPE: TYPES.get(item.kind, "text"),
            LABEL: column.label if matrix else item.label,
            CHOICES: " | ".join(f"{choice.id}, {choice.label.replace('|', '/')}" for choice in item.choices),
            NOTE: tool.hint_text(item),
            IDENTIFIER: "y" if item.identifying else "",
            LOGIC: _branching(item.relevant, names),
            REQUIRED: "y" if item.least else "",
            RANK: item.source.item,
            MATRIX: item.id if matrix else "",
            ANNOTATION: " ".join(_annotations(item)),
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
    if alone := tool.exclusive_codes(item):
        yield f"@NONEOFTHEABOVE='{','.join(alone)}'"
    if item.most:
        yield f"@MAXCHECKED={item.most}"


def _validation(item: Item) -> Row:
    """Validation of a text: a number of any decimals, since REDCap's `number_1dp` refuses a whole one."""
    if item.kind != "number":
        return {CHECK: DATES[item.kind]} if item.kind in DATES else {}
    return {CHECK: "number" if item.decimals else "integer", LOW: item.low, HIGH: item.high}


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
