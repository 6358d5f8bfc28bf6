"""What is written around a figure or a table: titles, captions, alternative texts, headers, notes.

They are data of the study (`legends.yaml`), one entry a figure or table, so that a notebook holds
only the story and the calls. No number is typed in them: `{principal.difference}` stands for what
was printed at that address, `{confidence}` for the level of the intervals, and any other name for a result handed
over by the notebook.

An entry about synthetic answers has `synthetic`, its label. On own answers that label goes, and what
its part `own` holds replaces the rest; `label` stands there when a file holds answers that nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Any

from relecture.core import schemas
from relecture.core.french import numbers, percent

FILE, SCHEMA = "legends.yaml", Path(__file__).with_name("legends.schema.json")
# How often intervals at 95 % hold the truth, as benchmarks/r_oracles/interval_coverage.py measures.
COVERAGE = {
    "coverage.usual": (
        "Dans nos tirages, aux tailles des thèses, un intervalle à 95 % contient la vraie valeur 94 à 97 fois sur 100, "
        "en moyenne. Exceptions : une part vraie de moins de 1 % ou de plus de 99 % (84 fois, au pire) ; l'écart de "
        "deux parts proches de 0 ou de 100 %, prudent (97 fois ou plus) ; une moyenne de valeurs tassées à un bout de "
        "leur échelle (92 fois) ; et celles que dit une note."
    ),
    "coverage.alpha": "82 à 90 fois sur 100 dans nos tirages, à 95 %",
    "coverage.logistic": "91 à 94 fois sur 100 dans nos tirages, à 95 %, avec 81 réponses et douze caractéristiques",
    "coverage.agreement": (
        "93 à 97 fois sur 100, au lieu de 95 ; pour une partie présente dans moins de 25 paragraphes, 86 fois "
        "seulement quand l'accord est faible"
    ),
    "coverage.V de Cramér": "96 à 99 fois sur 100",
    "coverage.ε²": "95 à 98 fois sur 100",
}


@dataclass(frozen=True)
class Legends:
    """The entries of a study, filled with its printed values.

    >>> legends = Legends({"ecart": {"title": "{score.ecart} points, {n} réponses"}}, {"score.ecart": "16.6"})
    >>> legends("ecart", n=81)
    {'title': '16,6 points, 81 réponses'}
    """

    entries: Mapping[str, Mapping[str, Any]]
    printed: Mapping[str, str]
    own: bool = False
    confidence: float = 0.95
    label: str = ""

    @classmethod
    def read(cls, folder: Path, printed: Mapping[str, str], **choices: Any) -> Legends:
        """The legends of a folder; `choices` are the last fields. InputError for its faults."""
        return cls(schemas.read(folder / FILE, SCHEMA), printed, **choices)

    def __call__(self, entry: str, **results: Any) -> dict[str, Any]:
        """The arguments of a figure or table; KeyError for a name that is neither an address nor a result."""
        values = self._in_french | COVERAGE | {"confidence": percent(self.confidence, 0)} | results
        return {key: filled(text, values) for key, text in self._told(entry).items()}

    @cached_property
    def _in_french(self) -> dict[str, str]:
        return {address: numbers(text) for address, text in self.printed.items()}

    def _told(self, entry: str) -> dict[str, Any]:
        words = dict(self.entries[entry])
        own = words.pop("own", {})
        if self.own and words.pop("synthetic", "") and self.label:
            own = own | {"synthetic": self.label}
        return words | own if self.own else words


class _Names(Formatter):
    """Reads `{a.b.c}` and `{a.b:expected}` as one name, where Python would look for attributes and a format."""

    def parse(self, text: str) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        for literal, name, spec, conversion in super().parse(text):
            yield literal, f"{name}:{spec}" if spec else name, "" if spec else spec, conversion

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return kwargs[field_name], field_name


def filled(text: Any, values: Mapping[str, Any]) -> Any:
    """A text, or what holds texts, with each `{name}` replaced; KeyError for a name without a value."""
    if isinstance(text, Mapping):
        return {key: filled(part, values) for key, part in text.items()}
    if isinstance(text, list):
        return [filled(part, values) for part in text]
    return _Names().vformat(text, (), values) if isinstance(text, str) else text


def names_in(text: str) -> list[str]:
    """The names between the braces of a text; ValueError for a brace alone."""
    return [name for _, name, _, _ in _Names().parse(text) if name]
