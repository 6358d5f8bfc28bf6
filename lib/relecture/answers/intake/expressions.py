"""Conditions of other tools read as trees of ours: XPath of XLSForm, logic of REDCap, expressions of LimeSurvey.

The three share one grammar: `and`, `or`, `not` in their spellings, comparisons of a question with a code, functions.
A comparison goes to a function that knows the questions (`leaf`), which gives a tree or refuses; functions but
`selected` and `is_empty`, and orders (`<`, `>=`), are refused: an instrument only compares with codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(
    r"\s*(?:'(?P<text>[^']*)'|\"(?P<quoted>[^\"]*)\"|\$\{\s*(?P<xpath>[\w.-]+)\s*\}|\[(?P<box>\w+(?:\(-?\w+\))?)\]"
    r"|(?P<digits>-?\d+(?:\.\d+)?)|(?P<sign>&&|\|\||[!<>=]=|<>|[=<>!(),])|(?P<word>[A-Za-z][\w-]*)(?:\.(?:NAOK|value))?)"
)
NAMES = ("xpath", "box", "word")
ALIASES = {"&&": "and", "||": "or", "!": "not", "==": "=", "<>": "!=", "AND": "and", "OR": "or"}
Leaf = Callable[[str, str], dict[str, Any]]


class UnreadableCondition(ValueError):
    """A condition that an instrument cannot carry; the message says why, in French."""


def parse(text: str, leaf: Leaf) -> dict[str, Any]:
    """The tree of a condition; `leaf(name, code)` gives that of a comparison. Raises UnreadableCondition.

    >>> parse("${a} = 'x' or ${a} = 'y' and not(selected(${b}, 'z'))", lambda name, code: {"equals": {name: code}})
    {'any': [{'equals': {'a': 'x'}}, {'all': [{'equals': {'a': 'y'}}, {'not': {'equals': {'b': 'z'}}}]}]}
    """
    tokens = _Tokens(text, leaf)
    try:
        tree = tokens.any_of()
    except RecursionError as error:
        raise UnreadableCondition("trop de niveaux") from error
    tokens.expect("")
    return tree


class _Tokens:
    """The tokens that are left, each a kind and a text; the end has neither."""

    def __init__(self, text: str, leaf: Leaf) -> None:
        self.leaf, self.left, place = leaf, [], 0
        while place < len(text.rstrip()):
            if not (match := TOKEN.match(text, place)):
                raise UnreadableCondition(f"« {text[place:].strip()[:20]} » n'y est pas compris")
            kind, word = match.lastgroup, match[match.lastgroup]
            self.left.append((kind, ALIASES.get(word, word) if kind in ("sign", "word") else word))
            place = match.end()

    def take(self) -> tuple[str, str]:
        return self.left.pop(0) if self.left else ("", "")

    def expect(self, word: str) -> None:
        if (token := self.take()[1]) != word:
            raise UnreadableCondition(f"« {token} » n'y est pas compris")

    def any_of(self) -> dict[str, Any]:
        parts = self._joined("or", lambda: self._grouped("all", self._joined("and", self._part)))
        targets = [next(iter(pair), "") for part in parts for op, pair in part.items() if op in ("equals", "in")]
        if len(targets) == len(parts) > 1 and len(set(targets)) == 1:  # several codes of one question
            codes = [codes for part in parts for pair in part.values() for codes in pair.values()]
            listed = [code for some in codes for code in (some if isinstance(some, list) else [some])]
            return {"in": {targets[0]: list(dict.fromkeys(listed))}}
        return self._grouped("any", parts)

    def _joined(self, word: str, part: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
        parts = [part()]
        while self.left and self.left[0][1] == word and self.left[0][0] in ("sign", "word"):
            self.take()
            parts.append(part())
        return parts

    def _grouped(self, op: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
        return parts[0] if len(parts) == 1 else {op: parts}

    def _part(self) -> dict[str, Any]:
        """A negation, a parenthesis, a function or a comparison."""
        kind, word = self.take()
        if word == "not" and kind in ("sign", "word"):
            return {"not": self._part()}
        if (kind, word) == ("sign", "("):
            tree = self.any_of()
        elif word in ("selected", "is_empty") and kind == "word":
            self.expect("(")
            tree = self.leaf(self._name(), self._second() if word == "selected" else "")
        elif kind in NAMES:
            return self._compared(word)
        else:
            raise UnreadableCondition(f"« {word} » n'y est pas compris")
        self.expect(")")
        return tree

    def _name(self) -> str:
        kind, word = self.take()
        if kind not in NAMES:
            raise UnreadableCondition(f"« {word} » n'y est pas compris")
        return word

    def _second(self) -> str:
        self.expect(",")
        return self.take()[1]

    def _compared(self, name: str) -> dict[str, Any]:
        (_, sign), (kind, code) = self.take(), self.take()
        if sign == "(":
            raise UnreadableCondition(f"la fonction « {name} » n'y est pas comprise")
        if sign not in ("=", "!=") or kind not in ("text", "quoted", "digits"):
            raise UnreadableCondition(f"« {sign} {code} » n'est pas une comparaison avec un code")
        tree = self.leaf(name, code)
        return tree if sign == "=" else tree.get("not", {"not": tree})
