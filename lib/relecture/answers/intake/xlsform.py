"""A draft from an XLSForm, the workbook of ODK and KoboToolbox.

Source: the XLSForm specification. Groups are sections, notes that open one its introduction; a group whose questions
share one list and the name before `__` is a matrix, as Relecture exports it: in other groups the questions stay apart,
since files of answers name each. What the device notes by itself is set aside; repeats are told, with what they hold.
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
    "least": r"count-selected\(\.\) *>= *(\d+)",
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
        self.matrix, self.repeats = False, 0

    def read(self, rows: list[tuple[Row, int]]) -> None:
        for rank, (row, line) in enumerate(rows):
            kind = re.sub(r"^(begin|end)[ _]", r"\1_", row.get("type", "").lower())
            if kind in ("begin_repeat", "end_repeat"):
                self.repeats += 1 if kind == "begin_repeat" else -1
            elif kind == "begin_group":
                self._begin(row, line, _until_end(rows[rank + 1 :]))
            elif kind == "end_group":
                self._end()
            elif self.repeats:
                self.draft.uncounted["question d'un groupe répété"] += 1
            else:
                self._question(row, line, kind)

    def _begin(self, row: Row, line: int, inside: list[Row]) -> None:
        stem = row.get("name", "").removesuffix("__matrix")
        rows = [one for one in inside if "label" not in one.get("appearance", "").split()]
        pairs = [(one.get("name", "").removeprefix(f"{stem}__"), self._words(one)) for one in rows]
        match = SELECT.fullmatch(rows[0]["type"]) if len({one["type"] for one in rows}) == 1 else None
        if match and not match[1] and all(one.get("name", "").startswith(f"{stem}__") for one in rows):
            self._add(row, line, "matrix", stem, self._choices(match), rows=pairs)
            self.matrix, heading, condition = True, self.draft.heading, ""
        else:
            heading, condition = (self._words(row), ""), row.get("relevant", "")
        self.groups.append((heading, condition))
        self.draft.heading = heading

    def _end(self) -> None:
        self.matrix = False
        if self.groups:
            self.groups.pop()
        self.draft.heading = self.groups[-1][0] if self.groups else ("", "")

    def _words(self, row: Row, column: str = "label") -> str:
        return _words(row, column, self.language)

    def _choices(self, match: re.Match[str]) -> list[Pair]:
        return [*self.lists.get(match[2], []), *([("other", "Autre")] if match[3] else [])]

    def _question(self, row: Row, line: int, kind: str) -> None:
        if self.matrix or kind in DEVICE or not kind:
            return
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


def _until_end(rows: list[tuple[Row, int]]) -> list[Row]:
    """The rows of a group that has no other inside; nothing for one that has."""
    kinds = [row.get("type", "").lower().replace(" ", "_") for row, _ in rows]
    end = next((rank for rank, kind in enumerate(kinds) if kind.startswith(("begin_", "end_"))), len(kinds))
    return [row for row, _ in rows[:end]] if end < len(kinds) and kinds[end] == "end_group" else []
