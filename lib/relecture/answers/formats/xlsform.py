"""An XLSForm, for ODK and KoboToolbox, written and read.

Source: the XLSForm specification (sheets `survey`, `choices`, `settings`). A section is a group; a matrix is
a group of its own whose rows are `select_one` under a shared list of labels, named `item__row`. Conditions
become XPath; exclusive choices and numbers of ticks become constraints. The workbook carries no date, so
that the same instrument gives the same bytes. Of a form made there, groups are sections, notes that open one its
introduction; a group of rows stays apart unless it is named as ours, since files of answers name each question. What
the device notes by itself is set aside; repeats are told, with what they hold.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.formats.draft import DECIMALS, Draft, Pair, number
from relecture.answers.questionnaire.conditions import Condition
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Item

SURVEY = ("type name label hint required required_message relevant constraint constraint_message appearance").split()
SECTION, MATRIX = "section__", "__matrix"  # begins the name of a group that is a section, ends that of a matrix
DEVICE = "start end today deviceid phonenumber username email audit simserial subscriberid start-geopoint".split()
SELECT = re.compile(r"select(?:[_ ]one|1|([_ ]multiple| all that apply))(?: from)? (\S+)( or[_ ]other)?", re.IGNORECASE)
KINDS = {"integer": "number", "decimal": "number", "range": "number", "text": "text", "date": "date", "time": "time"}
RULES = {  # by key: a part of a constraint, and its words
    "alone": ("not(selected(., '{}')) or count-selected(.) = 1", "ce choix ne va avec aucun autre"),
    "least": ("count-selected(.) >= {}", "au moins {}"),
    "most": ("count-selected(.) <= {}", "au plus {}"),
    "low": (". >= {}", "au moins {}"),
    "high": (". <= {}", "au plus {}"),
    "decimals": ("round(., {}) = .", "décimales : {} au plus"),
}
Row = Mapping[str, Any]


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
    )


def _section(section: Section) -> Iterator[dict[str, str]]:
    yield {"type": "begin_group", "name": f"{SECTION}{section.id}", "label": section.title}
    if section.intro:
        yield {"type": "note", "name": f"intro__{section.id}", "label": section.intro}
    for item in section.items:
        yield from _matrix(item) if item.kind == "matrix" else [_question(item)]
    yield {"type": "end_group"}


def _question(item: Item) -> dict[str, str]:
    figure = "decimal" if item.decimals else "integer"
    kinds = {"single": f"select_one {item.id}", "multiple": f"select_multiple {item.id}", "number": figure}
    words = {"name": item.id, "label": item.label, "hint": tool.hint_text(item), "relevant": _relevant(item.relevant)}
    required = {"required": "yes", "required_message": tool.least_text(item)} if item.least else {}
    return {"type": kinds.get(item.kind, item.kind)} | words | required | _constraint(item)


def _matrix(item: Item) -> Iterator[dict[str, str]]:
    """A group shown as a table: its labels once, then a line a row."""
    shared = {"type": f"select_one {item.id}"}
    words = {"label": item.label, "hint": tool.hint_text(item), "relevant": _relevant(item.relevant)}
    yield {"type": "begin_group", "name": f"{item.id}{MATRIX}", "appearance": "field-list"} | words
    yield shared | {"name": f"labels__{item.id}", "label": item.label, "appearance": "label"}
    for row in item.rows:
        yield shared | {"name": f"{item.id}__{row.id}", "label": row.label, "appearance": "list-nolabel"}
    yield {"type": "end_group"}


def _relevant(condition: Condition | None) -> str:
    """The condition as XPath, a row of a matrix under its own name."""
    text = tool.condition_text(condition, "${{{}}} = '{}'".format, "selected(${{{}}}, '{}')".format)
    return text.replace(".", "__")


def _constraint(item: Item) -> dict[str, str]:
    """What an answer must satisfy, with the same in words; an empty answer always passes."""
    alone = tool.exclusive_codes(item)
    limits = [*(("alone", code) for code in alone), *((key, getattr(item, key, None)) for key in RULES)]
    rules = {}
    for key, value in limits:
        if value or (value == 0 and key != "decimals"):
            enough = [f"selected(., '{code}')" for code in alone if key == "least" and value > 1]
            rule = " or ".join([RULES[key][0].format(value), *enough])
            rules[f"({rule})" if " or " in rule else rule] = RULES[key][1].format(value).replace(".", ",")
    return {"constraint": " and ".join(rules), "constraint_message": " ; ".join(rules.values())}


def read(raw: bytes, file: str) -> Draft:
    """The draft of a workbook; KeyError for one without a sheet `survey`."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), data_only=True, read_only=True)
    sheets = {sheet.title.strip().lower(): list(_rows(sheet)) for sheet in book}
    settings = next(iter(sheets.get("settings", [])), {})
    name, language = settings.get("form_id", ""), settings.get("default_language", "")
    draft = Draft(file, settings.get("form_title") or name, name, row="{}__{}")
    _Survey(draft, language, sheets.get("choices", [])).read(sheets["survey"])
    return draft


def _rows(sheet: Any) -> Iterator[Row]:
    """The rows of a sheet by their headers, with their number as `line`; whole numbers without a point."""
    lines = sheet.iter_rows(values_only=True)
    headers = [str(cell or "").strip().lower() for cell in next(lines, ())]
    for line, cells in enumerate(lines, start=2):
        texts = (
            "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell).strip() for cell in cells
        )
        if any((row := dict(zip(headers, texts, strict=False))).values()):
            yield row | {"line": line}


@dataclass
class _Group:
    """A group that is open: its row, its introduction and its questions so far."""

    row: Row
    intro: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def matrix(self) -> str:
        """The question that its rows share, or nothing."""
        name = self.row.get("name", "")
        return name.removesuffix(MATRIX) if name.endswith(MATRIX) else ""


class _Survey:
    """The rows of the sheet `survey`, one after another, and the groups that are open."""

    def __init__(self, draft: Draft, language: str, choices: list[Row]) -> None:
        self.draft, self.language, self.groups = draft, language.lower(), [_Group({})]  # the form itself first
        self.lists: dict[str, list[Pair]] = {}
        for row in choices:
            choice = row.get("name") or row.get("value", ""), self._words(row)
            self.lists.setdefault(row.get("list_name") or row.get("list name", ""), []).append(choice)

    def read(self, rows: list[Row]) -> None:
        for row in rows:
            kind = row.get("type", "").lower()
            if kind.startswith("begin"):
                self.groups.append(_Group(row))
            elif kind.startswith("end") and kind != "end":
                self._close(self.groups.pop())
            elif any("repeat" in group.row.get("type", "").lower() for group in self.groups):
                self.draft.uncounted["question d'un groupe répété"] += 1
            elif kind not in ("", *DEVICE):
                self._question(row, kind)

    def _close(self, group: _Group) -> None:
        """A group that is a matrix is one question, its first row telling the choices."""
        rows = [row for row in group.rows if row.get("appearance") != "label"]
        if group.matrix and rows and (match := SELECT.fullmatch(rows[0]["type"])):
            pairs = [(row["name"].removeprefix(f"{group.matrix}__"), self._words(row)) for row in rows]
            self._add(group.row, "matrix", group.matrix, self._choices(match), rows=pairs)
        elif group.matrix and rows:
            self.draft.left_out.append(f"{group.matrix} : groupe sans question à choix")

    def _words(self, row: Row, column: str = "label") -> str:
        """What a column says, in French where there are several languages, else in that of the form."""
        cells = {name.partition("::")[2]: text for name, text in row.items() if name.split("::")[0] == column and text}
        french = [text for name, text in cells.items() if re.search(r"\(fr\)|^fr", name)]
        return next(iter([*french, *filter(None, map(cells.get, (self.language, ""))), *cells.values()]), "")

    def _choices(self, match: re.Match[str]) -> list[Pair]:
        return [*self.lists.get(match[2], []), *([("other", "Autre")] if match[3] else [])]

    def _question(self, row: Row, kind: str) -> None:
        group = self.groups[-1]
        if kind == "note" and len(self.groups) > 1 and not group.rows:
            group.intro = f"{group.intro} {self._words(row)}".strip()
            return
        group.rows.append(row)
        if group.matrix:
            return
        if (match := SELECT.fullmatch(row["type"])) and (choices := self._choices(match)):
            self._add(row, "multiple" if match[1] else "single", row["name"], choices)
        elif kind in KINDS:
            self._add(row, KINDS[kind], row["name"], decimals=DECIMALS * (kind == "decimal"))
        else:
            self.draft.left_out.append(f"{row.get('name') or row['line']} : question de type « {row['type']} »")

    def _add(self, row: Row, kind: str, name: str, choices: list[Pair] = (), **parts: Any) -> None:
        self.draft.heading = (self._words(self.groups[-1].row), self.groups[-1].intro)
        self.draft.group = self.groups[-1].row.get("name", "").removeprefix(SECTION)
        rows = [*(group.row for group in self.groups), row]
        logic = " and ".join(f"({one['relevant']})" for one in rows if one.get("relevant"))
        required = row.get("required", "").lower() in ("yes", "true", "true()", "oui", "1")
        parts |= {"hint": self._words(row, "hint"), "logic": logic, "required": required} | self._limits(row)
        self.draft.add(name, kind, self._words(row), row["line"], choices=choices, **parts)

    def _limits(self, row: Row) -> dict[str, Any]:
        """The keys that a constraint gives; what it says besides is told."""
        limits: dict[str, Any] = {"alone": []}
        for part in filter(None, map(str.strip, row.get("constraint", "").split(" and "))):
            found = {key: match[1] for key, (rule, _) in RULES.items() if (match := _match(rule, part))}
            values = {key: value if key == "alone" else number(value) for key, value in found.items()}
            if not values or None in values.values():
                self.draft.left_out.append(f"{row.get('name')} : contrainte « {part} »")
            elif "alone" in values:
                limits["alone"].append(values["alone"])
            else:
                limits |= values
        return limits


def _match(rule: str, part: str) -> re.Match[str] | None:
    """A part of a constraint against a rule: spaces do not count, nor do parentheses, nor choices that are enough."""
    pattern = re.escape(rule.replace(" ", "")).replace(r"\{\}", "(.+?)")
    return re.fullmatch(rf"\(?{pattern}(?:orselected\(\.,'[^']*'\))*\)?", part.replace(" ", ""))
