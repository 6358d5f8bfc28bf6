"""The exchange formats: one line each, which the command, the recognition of a file and every message read.

A format is a module of this folder that has the name of its line and two functions, `export` (the questionnaire
for the tool) and `dialect` (how the tool writes answers). It is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relecture.answers.formats.tool import Dialect, Export
    from relecture.answers.questionnaire.instrument import Instrument


@dataclass(frozen=True)
class Format:
    """A format by the name of its module; `tools`: who writes such files, as a message calls them."""

    name: str
    tools: tuple[str, ...]

    @property
    def label(self) -> str:
        """What a person calls the format: « ODK ou Kobo »."""
        return " ou ".join(self.tools)

    def export(self, instrument: Instrument) -> Export:
        """The questionnaire for this tool."""
        return import_module(f"{__package__}.{self.name}").export(instrument)

    def dialect(self, instrument: Instrument) -> Dialect:
        """How the tool writes answers to this questionnaire."""
        return import_module(f"{__package__}.{self.name}").dialect(instrument)


OWN = Format("tableschema", ("Relecture",))  # the files that Relecture writes itself
FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("xlsform", ("ODK", "Kobo")),
        Format("limesurvey", ("LimeSurvey",)),
        Format("redcap", ("REDCap",)),
        Format("surveyjs", ("SurveyJS",)),
        OWN,
    )
}


def names_in_words() -> str:
    """The names to give to `relecture export`, with the tools that they do not tell."""
    several = {name: f" ({', '.join(form.tools)})" for name, form in FORMATS.items() if len(form.tools) > 1}
    return _either(name + several.get(name, "") for name in FORMATS)


def tools_in_words() -> str:
    """The tools whose files are read.

    >>> tools_in_words()
    'ODK, Kobo, LimeSurvey, REDCap ou SurveyJS'
    """
    return _either(tool for form in FORMATS.values() if form != OWN for tool in form.tools)


def _either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} ou {last}"
