"""A draft from a LimeSurvey structure, as tab-separated text.

Source: the manual's "Tab Separated Value survey structure" and its list of question types. Groups are sections, arrays
matrices; a question that holds several texts or numbers becomes as many. Of several languages, French is read, else
that of the survey. Types that an instrument has not (rankings, files, dual arrays) are told.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import takewhile
from typing import Any

from relecture.answers.intake.draft import DECIMALS, Draft, number

KINDS = dict.fromkeys("L!OYG5", "single") | dict.fromkeys("MP", "multiple") | dict.fromkeys("FHABCE", "matrix")
KINDS |= dict.fromkeys("STUQ", "text") | {"N": "number", "K": "number", "D": "date"}
FIVE = [(str(rank), str(rank)) for rank in range(1, 6)]
GIVEN = {"Y": [("Y", "Oui"), ("N", "Non")], "G": [("F", "Femme"), ("M", "Homme")], "5": FIVE, "A": FIVE}
GIVEN |= {"B": [(str(rank), str(rank)) for rank in range(1, 11)], "C": [("Y", "Oui"), ("U", "Incertain"), ("N", "Non")]}
GIVEN |= {"E": [("I", "Augmenter"), ("S", "Pareil"), ("D", "Diminuer")]}
TYPE = "type/scale"
Row = dict[str, str]


def read(raw: bytes, file: str) -> Draft:
    """The draft of a structure; KeyError for a file without its columns, UnicodeDecodeError for one not in UTF-8."""
    reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter="\t", restval="")
    rows = [(row, reader.line_num) for row in reader]
    language = _language([row for row, _ in rows])
    rows = [pair for pair in rows if pair[0]["class"] in ("S", "SL") or pair[0]["language"] in ("", language)]
    titles = [row["text"] for row, _ in rows if row["name"] == "surveyls_title" and row["language"] in ("", language)]
    draft = Draft(file, next(iter(titles), ""), box="{}_{}")
    for rank, (row, line) in enumerate(rows):
        if row["class"] == "G":
            draft.heading = (row["name"], row["text"])
        elif row["class"] == "Q":
            below = takewhile(lambda pair: pair[0]["class"] in ("SQ", "A"), rows[rank + 1 :])
            _question(draft, row, line, [one for one, _ in below])
    return draft


def _language(rows: list[Row]) -> str:
    languages = [row["language"] for row in rows if row["class"] == "Q"]
    own = [row["text"] for row in rows if row["class"] == "S" and row["name"] == "language"]
    return "fr" if "fr" in languages else next(iter([*own, *languages]), "")


def _question(draft: Draft, row: Row, line: int, below: list[Row]) -> None:
    kind, name = KINDS.get(row[TYPE], ""), row["name"]
    asked = [(one["name"], one["text"]) for one in below if one["class"] == "SQ"]
    answers = [(one["name"], one["text"]) for one in below if one["class"] == "A"]
    if row.get("date_format") and kind == "date":
        kind = _moment(row["date_format"])
    if row[TYPE] == "X":
        draft.heading = (draft.heading[0], f"{draft.heading[1]} {row['text']}".strip())
    elif not kind or any(one[TYPE] == "1" for one in below):
        draft.left_out.append(f"{name} : question de type « {row[TYPE]} »")
    elif row[TYPE] in "QK":
        for part, words in asked:
            draft.add(f"{name}_{part}", kind, f"{row['text']} {words}", line, **_shared(row))
    else:
        choices = asked if kind == "multiple" else GIVEN.get(row[TYPE], answers) if kind in ("single", "matrix") else []
        rows = asked if kind == "matrix" else []
        draft.add(name, kind, row["text"], line, choices=choices, rows=rows, **_shared(row))
        draft.uncounted["réponse « autre » en clair"] += row["other"] == "Y"
        draft.uncounted["commentaire à côté de la réponse"] += row[TYPE] in ("O", "P")


def _moment(pattern: str) -> str:
    day, hour = "d" in pattern.lower(), "H" in pattern
    return "" if day and hour else "time" if hour else "date"


def _shared(row: Row) -> dict[str, Any]:
    """What any question may have; a draft keeps what its kind has."""
    names = {"least": "min_answers", "most": "max_answers", "low": "min_num_value_n", "high": "max_num_value_n"}
    limits = {key: number(re.sub(r"if\(.*, (\d+)\)", r"\1", row.get(name, ""))) for key, name in names.items()}
    decimals = 0 if row.get("num_value_int_only", "") == "1" else DECIMALS
    logic = "" if row["relevance"].strip() == "1" else row["relevance"]
    alone = row.get("exclude_all_others", "").split(";")
    parts = {"hint": row["help"], "logic": logic, "required": row["mandatory"] in ("Y", "S"), "alone": alone}
    return limits | parts | {"decimals": decimals}
