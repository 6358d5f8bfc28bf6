"""What is written around a figure or a table: titles, captions, alternative texts, headers, notes.

They are data of the study (`legends.yaml`), one entry a figure or table, so that a notebook holds
only the story and the calls. No number is typed in them: `{principal.difference}` stands for what
was printed at that address, and any other name for a result handed over by the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from relecture.report.wording import numbers
from relecture.study import Study


@dataclass(frozen=True)
class Legends:
    """The entries of a study, filled with its printed values.

    >>> legends = Legends({"ecart": {"title": "{score.ecart} points, {n} réponses"}}, {"score.ecart": "16.6"})
    >>> legends("ecart", n=81)
    {'title': '16,6 points, 81 réponses'}
    """

    entries: Mapping[str, Mapping[str, Any]]
    printed: Mapping[str, str]

    @classmethod
    def of(cls, study: Study) -> Legends:
        """The legends of a study."""
        return cls(study.document("legends.yaml"), study.values)

    def __call__(self, entry: str, **results: Any) -> dict[str, Any]:
        """The arguments of a figure or table; KeyError for a name that is neither an address nor a result."""
        values = {address: numbers(text) for address, text in self.printed.items()} | results
        return {key: _filled(text, values) for key, text in self.entries[entry].items()}


class _Addresses(Formatter):
    """Reads `{a.b.c}` as one name, where Python would look for attributes."""

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return kwargs[field_name], field_name


def _filled(text: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(text, Mapping):
        return {key: _filled(part, values) for key, part in text.items()}
    return _Addresses().vformat(text, (), values) if isinstance(text, str) else text
