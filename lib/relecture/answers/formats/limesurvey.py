"""A LimeSurvey structure, as tab-separated text, written and read.

Source: the manual's "Tab Separated Value survey structure" and its list of question types. Codes of questions have
letters and digits only, twenty at most; codes of answers five. Ours become `Q` and the rank of the question, then as
many letters of its id as fit; answers `A1`, `A2`…, rows and ticks `SQ1`, `SQ2`…, in the order of the instrument.
Conditions are expressions; UTF-8 with a byte-order mark. Of a structure made there, groups are sections, arrays
matrices; a question that holds several texts or numbers becomes as many; of several languages French is read, else that
of the survey.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.formats.draft import DECIMALS, Draft, number
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column, Item

LANGUAGE = "fr"
COLUMNS = (
    "id related_id class type/scale name relevance text help language validation mandatory encrypted other default "
    "same_default exclude_all_others max_answers min_answers max_num_value_n min_num_value_n num_value_int_only "
    "date_format"
).split()
TYPES = {"single": "L", "multiple": "M", "matrix": "F", "number": "N", "text": "T", "date": "D", "time": "D"}
KINDS = dict.fromkeys("L!OYG5", "single") | dict.fromkeys("MP", "multiple") | dict.fromkeys("FHABCE", "matrix")
KINDS |= dict.fromkeys("STUQ", "text") | {"N": "number", "K": "number", "D": "date"}
FIVE = [(str(rank), str(rank)) for rank in range(1, 6)]
GIVEN = {"Y": [("Y", "Oui"), ("N", "Non")], "G": [("F", "Femme"), ("M", "Homme")], "5": FIVE, "A": FIVE}
GIVEN |= {"B": [(str(rank), str(rank)) for rank in range(1, 11)], "C": [("Y", "Oui"), ("U", "Incertain"), ("N", "Non")]}
GIVEN |= {"E": [("I", "Augmenter"), ("S", "Pareil"), ("D", "Diminuer")]}
TYPE = "type/scale"
DATES = {"date": "yyyy-mm-dd", "time": "HH:MM"}
LIMITS = {"least": "min_answers", "most": "max_answers", "low": "min_num_value_n", "high": "max_num_value_n"}
CODE = 20  # characters of the code of a question
Row = dict[str, Any]


def export(instrument: Instrument) -> tool.Export:
    """The structure as tab-separated text."""
    text = tool.csv_text(COLUMNS, _rows(instrument), delimiter="\t")
    return tool.Export(text.encode("utf-8-sig"), tool.left_out(instrument, "decimals", "identifying"))


def dialect(instrument: Instrument) -> tool.Dialect:
    """CSV of responses with the codes of questions as headers and the codes of answers as cells."""
    names = _names(instrument)
    return tool.Dialect(
        instrument,
        respondent="id",
        header=lambda column: _header(names, column),
        tick_header=lambda item, code: f"{names[item.id]}[{_code(item, code)}]",
        code=_code,
        tick_cells=("Y", ""),
    )


def read(raw: bytes, file: str) -> Draft:
    """The draft of a structure; KeyError for a file without its columns, UnicodeDecodeError for one not in UTF-8."""
    reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter="\t", restval="")
    rows = [row | {"line": reader.line_num} for row in reader]
    languages = [row["language"] for row in rows if row["class"] == "Q"]
    languages += [row["text"] for row in rows if row["class"] == "S" and row["name"] == "language"]
    spoken = ("", LANGUAGE if LANGUAGE in languages else languages[-1])
    rows = [row for row in rows if row["language"] in spoken]
    draft = Draft(file, *[row["text"] for row in rows if row["name"] == "surveyls_title"][:1], box="{}_{}")
    for rank, row in enumerate(rows):
        if row["class"] == "G":
            draft.heading = (row["name"], row["text"])
        elif row["class"] == "Q" and row[TYPE] == "X":
            draft.heading = (draft.heading[0], f"{draft.heading[1]} {row['text']}".strip())
        elif row["class"] == "Q":
            _add(draft, row, [*takewhile(lambda one: one["class"] in ("SQ", "A"), rows[rank + 1 :])])
    return draft


def _add(draft: Draft, row: Row, below: list[Row]) -> None:
    """A question with the lines below it; as many as it holds texts or numbers."""
    kind, name, moment = KINDS.get(row[TYPE], ""), row["name"], row.get("date_format", "")
    asked, answers = ([(one["name"], one["text"]) for one in below if one["class"] == part] for part in ("SQ", "A"))
    if kind == "date" and "H" in moment:
        kind = "" if "d" in moment.lower() else "time"
    if not kind or any(one[TYPE] == "1" for one in below):
        draft.left_out.append(f"{name} : question de type « {row[TYPE]} »")
    elif row[TYPE] in "QK":
        for part, words in asked:
            draft.add(f"{name}_{part}", kind, f"{row['text']} {words}", **_shared(row))
    else:
        choices = asked if kind == "multiple" else GIVEN.get(row[TYPE], answers)
        draft.add(name, kind, row["text"], choices=choices, rows=asked, **_shared(row))
        draft.uncounted["réponse « autre » en clair"] += row["other"] == "Y"
        draft.uncounted["commentaire à côté de la réponse"] += row[TYPE] in ("O", "P")


def _shared(row: Row) -> dict[str, Any]:
    """What any question may have; a draft keeps what its kind has."""
    limits = {key: number(re.sub(r"if\(.*, (\d+)\)", r"\1", row.get(name, ""))) for key, name in LIMITS.items()}
    return limits | {
        "decimals": 0 if row.get("num_value_int_only") == "1" else DECIMALS,
        "logic": "" if row["relevance"].strip() == "1" else row["relevance"],
        "alone": row.get("exclude_all_others", "").split(";"),
        "required": row["mandatory"] in ("Y", "S"),
        "hint": row["help"],
        "line": row["line"],
    }


def _names(instrument: Instrument) -> dict[str, str]:
    """Code of the question of each item."""
    return {item.id: f"Q{rank}{item.id.replace('_', '')}"[:CODE] for rank, item in enumerate(instrument.items, start=1)}


def _header(names: dict[str, str], column: Column) -> str:
    row = column.name.partition(".")[2] if column.item.kind == "matrix" else ""
    return names[column.item.id] + (f"[{_row(column.item, row)}]" if row else "")


def _code(item: Item, code: str) -> str:
    """Code of an answer, or of a box."""
    return f"{'SQ' if item.kind == 'multiple' else 'A'}{[choice.id for choice in item.choices].index(code) + 1}"


def _row(item: Item, name: str) -> str:
    return f"SQ{[row.id for row in item.rows].index(name) + 1}"


def _rows(instrument: Instrument) -> Iterator[Row]:
    names, shared = _names(instrument), {"language": LANGUAGE}
    yield {"class": "S", "name": "language", "text": LANGUAGE}
    yield shared | {"class": "SL", "name": "surveyls_title", "text": instrument.title}
    for rank, section in enumerate(instrument.sections, start=1):
        group = {"class": "G", TYPE: f"G{rank}", "name": section.title, "relevance": "1", "text": section.intro}
        yield shared | group
        for item in section.items:
            question = {"class": "Q", TYPE: TYPES[item.kind], "name": names[item.id], "text": item.label}
            asked = {"relevance": _relevance(item, instrument, names), "mandatory": "Y" if item.least else "N"}
            yield (
                shared | question | asked | {"help": tool.hint_text(item), "other": "N"} | _limits(item, names[item.id])
            )
            yield from _answers(item)


def _relevance(item: Item, instrument: Instrument, names: dict[str, str]) -> str:
    """The condition as an expression, which joins the name of a row or a tick to that of its question."""
    columns = instrument.columns
    text = tool.condition_text(
        item.relevant,
        lambda target, code: f'{_header(names, columns[target])}.NAOK == "{_code(columns[target].item, code)}"',
        lambda target, code: f'{names[target]}[{_code(instrument[target], code)}].NAOK == "Y"',
        all_of=" && ", any_of=" || ", negate="!({})",
    )  # fmt: skip
    return text.replace("[", "_").replace("]", "") or "1"


def _answers(item: Item) -> Iterator[Row]:
    """Lines below a question: its rows or its ticks, then the answers to choose from."""
    line = {"language": LANGUAGE, "relevance": "1", TYPE: "0"}
    kind = "SQ" if item.kind == "multiple" else "A"
    for row in item.rows:
        yield line | {"class": "SQ", "name": _row(item, row.id), "text": row.label}
    for choice in item.choices:
        yield line | {"class": kind, "name": _code(item, choice.id), "text": choice.label}


def _limits(item: Item, name: str) -> Row:
    """Attributes of a question: what an answer must satisfy; a choice that is ticked alone is enough."""
    alone = [_code(item, code) for code in tool.exclusive_codes(item)]
    lonely = " or ".join(f'{name}_{tick}.NAOK == "Y"' for tick in alone)
    least = f"if({lonely}, 1, {item.least})" if alone and (item.least or 0) > 1 else item.least
    limits = {column: getattr(item, key) for key, column in LIMITS.items()} | {LIMITS["least"]: least}
    whole = 1 if item.kind == "number" and not item.decimals else None
    others = {"exclude_all_others": ";".join(alone), "num_value_int_only": whole, "date_format": DATES.get(item.kind)}
    return limits | others
