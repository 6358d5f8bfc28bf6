"""Paragraphs of a notebook written around results, so that no number is typed in prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
if TYPE_CHECKING:
    pass
from relecture.core.french import typeset


@dataclass(frozen=True)
class Prose:
    """A paragraph in Markdown, which Jupyter and the pages display as text."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown


def prose(text: str) -> Prose:
    """A paragraph around results, typeset: `prose(f"Sur {n} répondants : …")`."""
    return Prose(typeset(text.strip()))
