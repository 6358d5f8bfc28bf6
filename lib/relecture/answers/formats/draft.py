"""A draft of an instrument: what could be read of another tool's questionnaire, and what could not.

Formats add items in the order of the form; ids are those of the tool where they can be, so that files of answers keep
their codes. What an instrument cannot carry is told, one line in French each, and left out; so is a condition that
reads what is not there. `source` leads to the file that was read, and to the line of each question.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from relecture.answers.formats import expressions
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.missing import CODES, RESPONDENT, Missing
from relecture.core import files
from relecture.core.errors import InputError
from relecture.core.french import plural, slug

LONGEST = 48  # signs of an id
LIMITS = {"low": "number", "high": "number", "decimals": "number", "least": "multiple", "most": "multiple"}
ENDS = ("low", "high")
WITH_CHOICES = ("single", "multiple", "matrix")
Pair = tuple[str, str]
DECIMALS = 15  # of a number whose decimals nobody limits: as many as are read
TO_SAY = "à préciser"
HEAD = "# Questionnaire lu de « {} » par relecture new instrument. « source » mène aux lignes de ce fichier.\n"


@dataclass
class Draft:
    """The document so far; `left_out`: what it does not carry; `targets`: what each name of the tool stands for."""

    file: str
    title: str = ""
    name: str = ""
    row: str = "{}_{}"  # how a condition of the tool names a row of a matrix
    box: str = "{}({})"  # and one box of a question
    heading: tuple[str, str] = ("", "")
    group: str = ""  # the name that the tool gives to the heading, where it has one
    sections: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)  # -> column of a leaf, code of its box
    codes: dict[str, dict[str, str]] = field(default_factory=dict)  # item -> code of the tool -> id of the choice
    uncounted: Counter[str] = field(default_factory=Counter)  # what is told once, with its number
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(
        self, name: str, kind: str, label: str, line: int, *, choices: Iterable[Pair] = (), rows: Iterable[Pair] = (),
        alone: Iterable[str] = (), logic: str = "", required: bool = False, **parts: Any,
    ) -> None:  # fmt: skip
        """A further item under the heading as it stands; what has no value, or not with its kind, is left out.

        `choices` and `rows`: names of the tool with their words; `alone`: choices that exclude the others; `logic`:
        when it is asked, in the language of the tool; `required`: one tick at least, for several choices.
        """
        item = identifier(name, {*self.asked, RESPONDENT}, letter=True)
        labels, codes = _named(choices if kind in WITH_CHOICES else (), Missing.NOT_ASKED)
        lines, ids = _named(rows if kind == "matrix" else (), letter=True)
        if (kind in WITH_CHOICES and not labels) or (kind == "matrix" and not lines):
            self.left_out.append(f"{name} : question sans choix")
            return
        if kind == "multiple":
            lonely = {codes.get(code) for code in alone} - CODES - {None}
            labels |= {code: {"label": labels[code], "exclusive": True} for code in lonely}
            parts["least"] = parts.get("least") or int(required)
        else:
            self.uncounted["réponse obligatoire"] += required
        source = {"item": str(len(self.asked) + 1), "lines": [line, line]}
        words = {"id": item, "kind": kind, "label": plain(label) or name or item, "choices": labels, "rows": lines}
        words |= self._fitting(name, kind, parts) | {"relevant": self._condition(item, logic), "source": source}
        self.asked[item] = {key: value for key, value in words.items() if value or (value == 0 and key in ENDS)}
        self._section()["items"].append(self.asked[item])
        self._remember(name, kind, item, ids, codes)

    def _remember(self, name: str, kind: str, item: str, rows: Mapping[str, str], codes: Mapping[str, str]) -> None:
        """What conditions may read of an item, by the names of the tool; names that are not kept are told."""
        names = {name: item, **rows, **codes}
        if changed := [f"« {code} » : {mine}" for code, mine in names.items() if code.lower() != mine]:
            self.left_out.append(f"{name} : noms ou codes réécrits ({', '.join(changed)})")
        self.codes[item] = codes
        self.targets[name] = (item, "")
        self.targets |= {self.row.format(name, row): (f"{item}.{mine}", "") for row, mine in rows.items()}
        self.targets |= {self.box.format(name, code): (item, code) for code in codes if kind == "multiple"}

    def _fitting(self, name: str, kind: str, parts: Mapping[str, Any]) -> dict[str, Any]:
        """The parts that such an item may have; a limit that it may not have is told."""
        fitting = {key: value for key, value in parts.items() if LIMITS.get(key, kind) == kind}
        wrong = [key for key in parts if key not in (*fitting, "decimals") and parts[key] is not None]
        self.left_out += [f"{name} : contrainte ({key} : {parts[key]})" for key in wrong]
        return fitting

    def _section(self) -> dict[str, Any]:
        """The section of the heading as it stands, begun where need be."""
        title, intro = map(plain, self.heading)
        title = title or self.title or TO_SAY
        if not self.sections or (title, intro) != (self.sections[-1]["title"], self.sections[-1].get("intro", "")):
            taken = {section["id"] for section in self.sections}
            name = identifier(self.group or title, taken, letter=True)
            self.sections.append({"id": name, "title": title, **({"intro": intro} if intro else {}), "items": []})
        return self.sections[-1]

    def _condition(self, item: str, text: str) -> dict[str, Any] | None:
        """The tree of a condition of the tool; nothing, and told, where an instrument cannot say it."""
        try:
            return expressions.parse(text, self._leaf) if text else None
        except expressions.UnreadableCondition as error:
            self.left_out.append(f"{item} : condition d'affichage « {text} » ({error})")
            return None

    def _leaf(self, name: str, code: str) -> dict[str, Any]:
        """One comparison: of a name of the tool with one of its codes, or with nothing."""
        target, box = self.targets.get(name, ("", ""))
        kind = self.asked.get(target.partition(".")[0], {}).get("kind", "")
        known = self.codes.get(target.partition(".")[0], {})
        if kind == "multiple" and known.get(box or code, Missing.UNKNOWN) not in CODES:
            ticked = {"selected": {target: known[box or code]}}
            return {"not": ticked} if box and code in ("", "0", "N") else ticked
        if kind in ("single", "matrix") and (code in known or not code):
            return {"equals": {target: known[code]}} if code else {"not": {"in": {target: [*known.values()]}}}
        raise expressions.UnreadableCondition(f"« {name} » ne peut pas y être lu")

    def document(self) -> dict[str, Any]:
        """The instrument as `instrument.yaml` writes it; what is told once a kind joins what is left out."""
        self.left_out += [f"{what} : {plural(count, 'question')}" for what, count in self.uncounted.items() if count]
        title = plain(self.title) or self.file
        last = max((item["source"]["lines"][1] for item in self.asked.values()), default=1)
        source = {"thesis": title, "annex": self.file, "lines": [1, last]}
        name = identifier(self.name or title, set(), letter=True)
        return {"id": name, "title": title, "collection": TO_SAY, "source": source, "sections": self.sections}


def _named(pairs: Iterable[Pair], *reserved: str, letter: bool = False) -> tuple[dict[str, Any], dict[str, str]]:
    """Words by id, and the id of each name of the tool."""
    words: dict[str, Any] = {}
    ids: dict[str, str] = {}
    for name, text in ((name, text) for name, text in pairs if name):
        ids[name] = identifier(name, {*words, *reserved}, letter=letter)
        words[ids[name]] = plain(text) or name
    return words, ids


def identifier(name: str, taken: set[str], *, letter: bool = False) -> str:
    """The name as an id, the same when it can be one; numbered where it is taken; led by `q_` for want of a letter."""
    wanted = slug(name, "q").replace("-", "_")
    wanted = f"q_{wanted}" if letter and not wanted[0].isalpha() else wanted
    numbered = (f"_{rank}" if rank > 1 else "" for rank in range(1, len(taken) + 2))
    return next(one for end in numbered if (one := f"{wanted[: LONGEST - len(end)].strip('_')}{end}") not in taken)


def plain(text: str) -> str:
    """Words without tags, entities nor any but single spaces.

    >>> plain("<p>Votre&nbsp;âge<br/> ?</p>")
    'Votre âge ?'
    """
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", text)).split())


def number(text: str) -> float | int | None:
    """A bound as written, or nothing where it is no plain number (`today`, another question)."""
    if not re.fullmatch(r"-?\d+([.,]\d+)?", text.strip()):
        return None
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def write(draft: Draft, folder: Path) -> instrument.Instrument:
    """Write the draft in that folder, made if need be; nothing that is there is replaced."""
    target, document = folder / instrument.FILE, draft.document()
    form = instrument.build(document)
    if target.exists():
        raise InputError([f"« {target} » existe déjà : rien n'a été écrit"])
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.refusal(folder, error) from error
    files.write(target, HEAD.format(draft.file) + text)
    return form
