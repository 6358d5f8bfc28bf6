"""The exchange formats: one line each, which the command, the recognition of a file and every message read.

A format is a module of this folder that has the name of its line and two functions, `export` (the questionnaire
for the tool) and `dialect` (how the tool writes answers); a third, `read`, where a questionnaire made there can be
taken up. It is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from relecture.core.errors import InputError

if TYPE_CHECKING:
    from relecture.answers.formats.draft import Draft
    from relecture.answers.formats.tool import Dialect, Export
    from relecture.answers.questionnaire.instrument import Instrument


@dataclass(frozen=True)
class Format:
    """A format by the name of its module; `tools`: who writes such files, as a message calls them.

    `suffixes` and `what`: how the file of a questionnaire that can be read ends, and what it is, in French.
    """

    name: str
    tools: tuple[str, ...]
    suffixes: tuple[str, ...] = ()
    what: str = ""

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


OWN = Format(  # the files that Relecture writes itself
    "tableschema", ("Relecture",), (".json",), "un Table Schema, avec sa liste fields"
)  # fmt: skip
FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("xlsform", ("ODK", "Kobo"), (".xlsx",), "un XLSForm, avec ses feuilles survey et choices"),
        Format("limesurvey", ("LimeSurvey",), (".txt", ".tsv"), "une structure LimeSurvey (texte tabulé)"),
        Format("redcap", ("REDCap",), (".csv",), "un dictionnaire de données REDCap, avec ses 18 colonnes"),
        Format("surveyjs", ("SurveyJS",)),
        OWN,
    )
}


def read(path: Path) -> Draft:
    """The draft of a questionnaire, told by the name of its file; InputError, in French, for what asks nothing."""
    readers = {suffix: form for form in FORMATS.values() for suffix in form.suffixes}
    if (form := readers.get(path.suffix.lower())) is None:
        raise InputError([f"{path.name} : n'est pas un questionnaire ; attendu : {', '.join(readers)}"])
    try:
        draft = import_module(f"{__package__}.{form.name}").read(path.read_bytes(), path.name)
    except OSError as error:
        from relecture.core import files  # reads YAML, which the names of formats do without

        raise InputError([f"{path.name} : {files.reason(error)}"]) from error
    except Exception as error:  # whatever a library makes of a file that is not of its kind
        raise InputError([f"{path.name} : n'est pas {form.what}"]) from error
    if not draft.asked:
        raise InputError([f"{path.name} : aucune question n'y est lue", *draft.left_out])
    return draft


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
