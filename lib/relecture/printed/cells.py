"""Cells of printed tables, taken apart: how the numbers of one cell stand together, each as it is printed.

A cell has a shape, not always one meaning: "8 (38,1)" may be a count with its share or a mean with its SD, "6 (3-10)"
an estimate with its interval or a median with its quartiles. Headers and neighbours tell, not this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from relecture.core.notation import MINUS, is_print

_EMPTY = {"", *MINUS, "—", "--", "na", "n/a", "n.a.", "nd", "n.d.", "nr", "nc", "/", ".", "...", "…"}
_REFERENCE = re.compile(r"(?P<one>[01](?:[.,·]0+)?)?\s*[(\[]?\s*r[ée]f(?:\.|[ée]ren\w+)?\s*[)\]]?", re.IGNORECASE)
_LEVEL = r"(?:8|9)\d(?:[.,]\d+)?"
_WORDS = (
    rf"(?:{_LEVEL}\s*%\s*)?\b(?:IC|CI|CrI|IQR|EIQ|IIQ|SD|ET|[Rr]ange|[Éé]tendue|[nN](?=\s*=))"
    rf"(?:(?:\s*(?:à|at)\s*|\s*){_LEVEL}\s*%|95)?\s*[:=,]?\s*"
)
_BRACKETED = rf"[(\[\]]\s*(?P<words>{_WORDS})?(?P<right>[^()]*)[)\[\]]"
_BESIDE = re.compile(rf"(?P<left>.*?)[\s,;:]*(?:{_BRACKETED}|(?P<bare>{_WORDS})(?P<end>.+))")
_BRACKETED_SD = re.compile(r"([(\[])\s*(?:±|\+/?-)\s*")  # 41.1 (± 8.4)
_BETWEEN = {  # what parts two numbers; the dash between bounds is no minus
    "mean_and_sd": re.compile(r"\s*(?:±|\+/?-)\s*"),
    "fraction": re.compile(r"\s*/\s*|\s+(?:sur|of)\s+"),
    "interval": re.compile(rf"\s*;\s*|\s+(?:to|à|et|and)\s+|,\s+|(?<=\.\d),|(?<=\.\d\d),|\s*[—{MINUS}]\s*"),
}
_MARKS = "*†‡§¶#"
_LONGEST = 120  # characters: a longer cell is a sentence
_TOGETHER = {
    ("number", "number"): "number_bracketed",
    ("number", "percent"): "count_percent",
    ("percent", "number"): "percent_count",
    ("fraction", "number"): "fraction_percent",
    ("fraction", "percent"): "fraction_percent",
    ("number", "interval"): "estimate_interval",
    ("percent", "interval"): "estimate_interval",
    ("mean_and_sd", "interval"): "mean_and_sd_interval",
    ("number", "empty"): "number",
    ("empty", "number"): "number",
    ("empty", "percent"): "percent",
    ("empty", "interval"): "interval",
}

_NAMED = {
    ("number", "N"): "size",
    ("number_bracketed", "N"): "text",
    ("number_bracketed", "SD"): "mean_and_sd",
    ("number_bracketed", "ET"): "mean_and_sd",
}


@dataclass(frozen=True)
class Cell:
    """The shape of a cell, its numbers in the order of the print, the words beside them ("95 % CI") and its stars.

    Shapes: empty, text, reference, size (n = 21), number, percent, fraction (21/60), interval, mean_and_sd (±), and
    those of _TOGETHER. Numbers come without their %.
    """

    shape: str
    numbers: tuple[str, ...] = ()
    words: str = ""
    stars: str = ""

    @property
    def level(self) -> str:
        """The level of confidence that the cell states, in percent, as printed."""
        return (re.findall(_LEVEL, self.words) or [""])[0]


def parts(cell: str) -> Cell:
    """The cell taken apart; what is not made of numbers is text, and no character of a print is changed.

    >>> parts("1.96 (95 % CI 1.18 to 3.24)*")
    Cell(shape='estimate_interval', numbers=('1.96', '1.18', '3.24'), words='95 % CI', stars='*')
    """
    text = cell.strip()
    bare = re.sub(rf"[{_MARKS}]+(?=\s*[(\[])", "", text.rstrip(_MARKS).rstrip())  # 7.7* (2.4-24.1)
    stars = text[len(bare) :].strip()
    if match := _REFERENCE.fullmatch(bare):
        return Cell("reference", (match["one"],) if match["one"] else (), stars=stars)
    shape, numbers = _simple(bare)
    if shape != "text":
        return Cell(shape, numbers, stars=stars)
    match = _BESIDE.fullmatch(_BRACKETED_SD.sub(r"\1SD ", bare)) if len(bare) < _LONGEST else None
    if not match:
        return Cell("text")
    words = (match["words"] or match["bare"] or "").strip(" :=,")
    inside, *p = re.split(r"[,;]\s*(?=[pP]\s*[=<>≤≥])", match["right"] or match["end"] or "")  # (0.41-1.89, p=0.67)
    (left, before), (right, after) = _simple(match["left"]), _simple(inside)
    shape = _TOGETHER.get((left, right), "text")
    shape = _NAMED.get((shape, words.upper()), shape)
    return Cell(shape, (*before, *after, *filter(is_print, p)), words, stars) if shape != "text" else Cell("text")


def _simple(text: str) -> tuple[str, tuple[str, ...]]:
    """The shape and the numbers of a text without brackets."""
    text = text.strip()
    if text.lower() in _EMPTY:
        return "empty", ()
    if is_print(text):
        return ("percent" if text.endswith("%") else "number"), (_number(text),)
    for shape, between in _BETWEEN.items():
        for match in between.finditer(text):
            pair = text[: match.start()], text[match.end() :]
            if all(map(is_print, pair)):
                return shape, tuple(map(_number, pair))
    return "text", ()


def _number(text: str) -> str:
    return text.strip().rstrip("%").rstrip()
