"""A draft from an XLSForm, the workbook of ODK and KoboToolbox.

Source: the XLSForm specification. Groups are sections, notes that open one its introduction; a group `item__matrix` is
a matrix, as Relecture exports it: in other groups the questions stay apart, since files of answers name each. What the
device notes by itself is set aside; repeats are told, with what they hold.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from relecture.answers.intake.draft import DECIMALS, Draft, Pair, number

DEVICE = "start end today deviceid phonenumber username email audit simserial subscriberid start-geopoint".split()
SELECT = re.compile(r"select(?:[_ ]one|1|([_ ]multiple| all that apply))(?: from)? (\S+)( or[_ ]other)?", re.IGNORECASE)
KINDS = {"integer": "number", "decimal": "number", "range": "number", "text": "text", "date": "date", "time": "time"}
RULES = {  # parts of a constraint, and the keys that they give
    "low": r"\. *>= *(-?[\d.]+)",
    "high": r"\. *<= *(-?[\d.]+)",
    "decimals": r"round\(\., *(\d+)\) *= *\.",
    "least": r"\(?count-selected\(\.\) *>= *(\d+)(?: or selected\(\., *'[^']*'\))*\)?",
    "most": r"count-selected\(\.\) *<= *(\d+)",
    "alone": r"\(?not\(selected\(\., *'([^']*)'\)\) or count-selected\(\.\) *= *1\)?",
}
Row = Mapping[str, str]


def read(raw: bytes, file: str) -> Draft:
    """The draft of a workbook; KeyError for one without the sheets `survey` and `choices`."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), data_only=True, read_only=True)
    sheets = {sheet.title.strip().lower(): list(_rows(sheet)) for sheet in book}
    settings = next(iter([row for row, _ in sheets.get("settings", [])]), {})
    name = settings.get("form_id", "")
    draft = Draft(file, settings.get("form_title") or name, name, row="{}__{}")
    language = settings.get("default_language", "")
    lists: dict[str, list[Pair]] = {}
    for row, _ in sheets.get("choices", []):
        choice = row.get("name") or row.get("value", ""), _words(row, "label", language)
        lists.setdefault(row.get("list_name") or row.get("list name", ""), []).append(choice)
    _Survey(draft, lists, language).read(sheets["survey"])
    return draft


def _rows(sheet: Any) -> Iterator[tuple[Row, int]]:
    """The rows of a sheet by their headers, with their numbers; whole numbers without a point."""
    lines = sheet.iter_rows(values_only=True)
    headers = [str(cell or "").strip().lower() for cell in next(lines, ())]
    for line, cells in enumerate(lines, start=2):
        texts = (
            "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell).strip() for cell in cells
        )
        if any((row := dict(zip(headers, texts, strict=False))).values()):
            yield row, line


def _words(row: Row, column: str, language: str) -> str:
    """What a column says, in French where there are several languages, else in that of the form."""
    cells = {name.partition("::")[2]: text for name, text in row.items() if name.split("::")[0] == column and text}
    french = [text for name, text in cells.items() if re.search(r"\(fr\)|^fr", name)]
    return next(iter([*french, *filter(None, [cells.get(language.lower()), cells.get("")]), *cells.values()]), "")


class _Survey:
    """The rows of the sheet `survey`, one after another, and the groups that are open."""

    def __init__(self, draft: Draft, lists: Mapping[str, list[Pair]], language: str) -> None:
        self.draft, self.lists, self.language = draft, lists, language
        self.groups: list[tuple[tuple[str, str], str]] = []  # heading and condition of each
        self.matrix: tuple[Row, int, list[Row]] | None = None  # its group, where it stands, its rows so far
        self.repeats = 0

    def read(self, rows: list[tuple[Row, int]]) -> None:
        for row, line in rows:
            kind = re.sub(r"^(begin|end)[ _]", r"\1_", row.get("type", "").lower())
            if kind in ("begin_repeat", "end_repeat"):
                self.repeats += 1 if kind == "begin_repeat" else -1
            elif kind == "begin_group" and row.get("name", "").endswith("__matrix"):
                self.matrix = (row, line, [])
            elif kind == "begin_group":
                self.draft.heading = (self._words(row), "")
                self.groups.append((self.draft.heading, row.get("relevant", "")))
            elif kind == "end_group" and self.matrix:
                self._matrix(*self.matrix)
                self.matrix = None
            elif kind == "end_group":
                self.groups = self.groups[:-1]
                self.draft.heading = self.groups[-1][0] if self.groups else ("", "")
            elif self.repeats:
                self.draft.uncounted["question d'un groupe répété"] += 1
            elif self.matrix:
                self.matrix[2].extend([row] if row.get("appearance") != "label" else [])
            elif kind not in ("", *DEVICE):
                self._question(row, line, kind)

    def _matrix(self, group: Row, line: int, rows: list[Row]) -> None:
        stem = group["name"].removesuffix("__matrix")
        match = SELECT.fullmatch(rows[0]["type"]) if rows else None
        if match is None:
            self.draft.left_out.append(f"{stem} : groupe sans question à choix")
            return
        pairs = [(row["name"].removeprefix(f"{stem}__"), self._words(row)) for row in rows]
        self._add(group, line, "matrix", stem, self._choices(match), rows=pairs)

    def _words(self, row: Row, column: str = "label") -> str:
        return _words(row, column, self.language)

    def _choices(self, match: re.Match[str]) -> list[Pair]:
        return [*self.lists.get(match[2], []), *([("other", "Autre")] if match[3] else [])]

    def _question(self, row: Row, line: int, kind: str) -> None:
        if kind == "note" and self.groups and not self._begun():
            self.draft.heading = (self.draft.heading[0], f"{self.draft.heading[1]} {self._words(row)}".strip())
            self.groups[-1] = (self.draft.heading, self.groups[-1][1])
        elif (match := SELECT.fullmatch(row["type"])) and (choices := self._choices(match)):
            self._add(row, line, "multiple" if match[1] else "single", row["name"], choices)
        elif kind in KINDS:
            self._add(row, line, KINDS[kind], row["name"], decimals=DECIMALS * (kind == "decimal"))
        else:
            self.draft.left_out.append(f"{row.get('name') or f'ligne {line}'} : question de type « {row['type']} »")

    def _begun(self) -> bool:
        """Whether a question stands under this heading already."""
        return bool(self.draft.sections) and self.draft.sections[-1]["title"] == self.draft.heading[0]

    def _add(self, row: Row, line: int, kind: str, name: str, choices: list[Pair] = (), **parts: Any) -> None:
        required = row.get("required", "").lower() in ("yes", "true", "true()", "oui", "1")
        conditions = [f"({text})" for text in (*(text for _, text in self.groups), row.get("relevant", "")) if text]
        parts |= {"hint": self._words(row, "hint"), "logic": " and ".join(conditions), "required": required}
        self.draft.add(name, kind, self._words(row), line, choices=choices, **(parts | self._constraint(row)))

    def _constraint(self, row: Row) -> dict[str, Any]:
        """The keys that a constraint gives; what it says besides is told."""
        rules: dict[str, Any] = {"alone": []}
        for part in filter(None, re.split(r" and (?!count-selected\(\.\) *= *1\))", row.get("constraint", ""))):
            matches = {key: re.fullmatch(rule, part.strip()) for key, rule in RULES.items()}
            if match := matches.pop("alone"):
                rules["alone"].append(match[1])
            elif found := {key: number(match[1]) for key, match in matches.items() if match}:
                rules |= found
            else:
                self.draft.left_out.append(f"{row.get('name')} : contrainte « {part.strip()} »")
        return rules
