"""A draft from a REDCap data dictionary, a CSV of eighteen columns.

Source: the column rules of REDCap's data dictionary. Section headers are sections, and the question of a matrix group
whose variables begin with the name of the group; the fields of another matrix stay apart, since files of answers name
each. The first field numbers the records: it is set aside.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from relecture.answers.formats.redcap import COLUMNS
from relecture.answers.intake.draft import DECIMALS, Draft, number
from relecture.core import encodings

KINDS = {"radio": "single", "dropdown": "single", "yesno": "single", "truefalse": "single", "checkbox": "multiple"}
KINDS |= {"notes": "text", "text": "text", "slider": "number"}
GIVEN = {"yesno": [("1", "Oui"), ("0", "Non")], "truefalse": [("1", "Vrai"), ("0", "Faux")]}
NAME, FORM, HEADER, TYPE, LABEL, CHOICES, NOTE, CHECK, LOW, HIGH, IDENTIFIER, LOGIC, REQUIRED = COLUMNS[:13]
MATRIX, ANNOTATION = COLUMNS[15], COLUMNS[17]


def read(raw: bytes, file: str) -> Draft:
    """The draft of a dictionary; KeyError for a CSV that has not its columns, UnicodeDecodeError for no text."""
    reader = csv.reader(io.StringIO((encodings.decode(raw) or (raw.decode(), ""))[0], newline=""))
    if next(reader)[0].lower() not in ("variable / field name", "field_name"):
        raise KeyError(NAME)
    empty = dict.fromkeys(COLUMNS, "")
    fields = [(empty | dict(zip(COLUMNS, cells, strict=False)), reader.line_num) for cells in reader if any(cells)]
    draft = Draft(file, fields[0][0][FORM])
    groups = {row[MATRIX]: [one for one, _ in fields if one[MATRIX] == row[MATRIX]] for row, _ in fields}
    form = ""
    for row, line in fields[1:]:
        if row[HEADER] or row[FORM] != form:
            title, _, intro = (row[HEADER] or row[FORM]).partition(" — ")
            draft.heading, form = (title, intro), row[FORM]
        group = row[MATRIX]
        rows = groups[group] if group else []
        if rows and all(one[NAME].startswith(f"{group}_") for one in rows):
            if row is rows[0]:
                _matrix(draft, group, rows, line)
        else:
            _field(draft, row, line)
    return draft


def _matrix(draft: Draft, group: str, rows: list[dict[str, str]], line: int) -> None:
    """The question of a matrix is the end of its header; what stands before, if anything, opens a section."""
    *before, label = filter(None, rows[0][HEADER].split(" — ")) if rows[0][HEADER] else [group]
    kept = (draft.sections[-1]["title"], draft.sections[-1].get("intro", "")) if draft.sections else ("", "")
    draft.heading = (before[0], " — ".join(before[1:])) if before else kept if rows[0][HEADER] else draft.heading
    pairs = [(one[NAME].removeprefix(f"{group}_"), one[LABEL]) for one in rows]
    draft.add(group, "matrix", label, line, choices=_choices(rows[0]), rows=pairs, **_shared(rows[0]))


def _choices(row: dict[str, str]) -> list[tuple[str, str]]:
    pairs = (pair.partition(",") for pair in re.split(r"\||\n", row[CHOICES]) if pair.strip())
    return GIVEN.get(row[TYPE]) or [(code.strip(), label.strip()) for code, _, label in pairs]


def _field(draft: Draft, row: dict[str, str], line: int) -> None:
    kind, check = KINDS.get(row[TYPE], ""), row[CHECK]
    if kind == "text" and (found := re.match("integer|number|date_|time$|datetime", check)):
        kind = {"integer": "number", "date_": "date", "datetime": ""}.get(found[0], found[0])
    if not kind:
        told = f"champ de type « {row[TYPE]}{f', {check}' if check else ''} »"
        draft.left_out.append(f"{row[NAME]} : {told}")
        return
    bounds = {"low": number(row[LOW]), "high": number(row[HIGH])} if kind == "number" else {}
    if row[TYPE] == "slider":
        bounds = {"low": bounds["low"] or 0, "high": bounds["high"] or 100}
    parts: dict[str, Any] = {**bounds, "decimals": DECIMALS * check.startswith("number"), **_shared(row)}
    if most := re.search(r"@MAXCHECKED=['\"]?(\d+)", row[ANNOTATION]):
        parts["most"] = number(most[1])
    alone = re.findall(r"@NONEOFTHEABOVE=['\"]?([\w,-]+)", row[ANNOTATION])
    choices = _choices(row) if kind in ("single", "multiple") else []
    draft.add(row[NAME], kind, row[LABEL], line, choices=choices, alone=",".join(alone).split(","), **parts)
    for tag in re.findall(r"@(?!NONEOFTHEABOVE|MAXCHECKED)[A-Z-]+", row[ANNOTATION]):
        draft.uncounted[f"annotation {tag}"] += 1


def _shared(row: dict[str, str]) -> dict[str, Any]:
    """What any field may have."""
    flags = {"identifying": row[IDENTIFIER] == "y", "required": row[REQUIRED] == "y"}
    return {"hint": row[NOTE], "logic": row[LOGIC], **flags}
