"""A study with its findings, answers, interviews, texts and colophon as methods: what a notebook needs.

`load_study` gives it. Each method imports its room when it is called, so that loading a study stays instant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from types import MethodType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from relecture.core import study as core
from relecture.core.study import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from relecture.answers.form.paged_form import Form
    from relecture.answers.synthetic.generate import CodedAnswers
    from relecture.explore.catalogue import Catalogue
    from relecture.explore.explorer import Explorer
    from relecture.explore.printed.findings import Findings
    from relecture.explore.printed.printed_numbers import Numbers
    from relecture.explore.questions import Questions
    from relecture.explore.respondents import Respondents
    from relecture.printed.audit import Checked
    from relecture.report.legends import Legends
    from relecture.report.page.elements import Element
    from relecture.report.story import Story
    from relecture.text.interviews import Interviews

_VIEWS = "comparisons contingency_tables counts counts_by_column estimates margins printed_answers total"
_ASKED = """
    name folder about findings numbers verdict printed questions answers synthetic form explore interviews texts story
    document colophon
""".split()
_NEEDED = {  # what a folder must hold for a verb to be offered
    "questions": {"instrument"}, "form": {"instrument"}, "answers": {"instrument", "synthetic"},
    "synthetic": {"synthetic"}, "interviews": {"corpus"}, "texts": {"legends"}, "story": {"findings"},
}  # fmt: skip


class Study(core.Study):
    """A study of `core.study`, with what can be asked of it."""

    def __repr__(self) -> str:
        from relecture.explore import catalogue

        return catalogue.text(self, self.findings_at_hand())

    def _repr_html_(self) -> str:
        from relecture.explore import catalogue

        return catalogue.html(self, self.findings_at_hand())

    def __dir__(self) -> list[str]:
        """What a study can be asked; a verb that needs a file of the folder, only when it is there."""
        held = {path.name.partition(".")[0] for path in self.folder.iterdir()}
        there = [name for name in _ASKED if name in vars(self) or hasattr(type(self), name)]
        return sorted(name for name in there if held >= _NEEDED.get(name, set()))

    def _ipython_key_completions_(self) -> list[str]:
        return [*self.values]

    @cached_property
    def _found(self) -> dict[tuple[bool, bool], Findings]:
        return {}

    def findings(self, *, repairs: bool = True, draws: bool = True) -> Findings:
        """Findings on every relation, as `audit.audit` makes them, made once; InputError for a malformed ledger."""
        from relecture.printed import audit

        return self._findings(audit.audit, repairs, draws)

    def _findings(self, make: Callable[..., list[Checked]], repairs: bool = True, draws: bool = True) -> Findings:
        from relecture.explore import catalogue
        from relecture.explore.printed import findings
        from relecture.printed import kept_findings

        if (repairs, draws) not in self._found:
            found = kept_findings.kept(self, make, repairs=repairs, draws=draws)
            self._found[repairs, draws] = findings.Findings(found, label=catalogue.label_of(self))
        return self._found[repairs, draws]

    def findings_at_hand(self) -> Findings | None:
        """The findings made before, in this session or another; None when they would have to be made."""
        try:
            return self._findings(_not_now)
        except LookupError:
            return None

    def numbers(self, word: str = "") -> Numbers:
        """The printed numbers whose address, place or label has that word, each with its verdict."""
        from relecture.explore.printed import printed_numbers

        return printed_numbers.numbers(self, self.findings(), word)

    def verdict(self, name: str) -> Findings:
        """The findings on the number at that address, on a group of numbers ("aisance.*"), or of that id."""
        from relecture.explore.printed import printed_numbers

        return printed_numbers.verdict(self, self.findings(), name)

    @cached_property
    def printed(self) -> SimpleNamespace:
        """The printed numbers as frames: the functions of `printed.frames.tables`, about this study."""
        from relecture.printed.frames import tables

        return SimpleNamespace(**{name: MethodType(getattr(tables, name), self) for name in _VIEWS.split()})

    @cached_property
    def questions(self) -> Questions:
        """The questions of its questionnaire, and what follows from them; InputError for a study without one."""
        from relecture.answers.questionnaire import instrument
        from relecture.explore.questions import Questions

        return Questions(instrument.load(self))

    def answers(self, file: str | Path = "", **choices: Any) -> Respondents:
        """The answers of that file, or synthetic ones; `choices`, such as `seed`, are those of `respondents.gather`.

        Raises InputError with every fault of the file, or for a study that has no plan of synthetic answers.
        """
        from relecture.explore import respondents
        from relecture.printed.frames import tables

        return respondents.gather(self, file, rebuild=tables.contingency_tables, **choices)

    def form(self, file: str | Path = "mes-reponses.csv") -> Form:
        """Its questionnaire as widgets to fill in; each respondent saved is one line of that file.

        Raises InputError for a file, or a folder, where nothing can be saved.
        """
        from relecture.answers.questionnaire import instrument

        return instrument.load(self).form(file)

    def explore(self, file: str | Path = "", **choices: Any) -> Explorer:
        """What to explore by hand in JupyterLab: the answers that `answers` gives, if any, and the findings."""
        from relecture.explore import explorer

        return explorer.of_study(self, file, **choices)

    def synthetic(self, **choices: Any) -> CodedAnswers:
        """Synthetic answers as the form would have collected them; `choices` are `n` and `seed`."""
        from relecture.answers.synthetic import generate
        from relecture.printed.frames import tables

        return generate.of_study(self, tables.contingency_tables, **choices)

    def interviews(self, file: str | Path = "", **choices: Any) -> Interviews:
        """The texts of that file or folder, or the fictional corpus; `choices` are those of `load_interviews`."""
        from relecture.text import interviews

        return interviews.load_interviews(self, file, **choices)

    def texts(self, *, own: bool = False, confidence: float = 0.95, label: str = "") -> Legends:
        """The legends of the study, as they are told of synthetic answers or of one's own, for intervals of a level.

        `label` is that of the answers, `Respondents.label`: a file of one's own may hold synthetic ones.
        """
        from relecture.report import legends

        return legends.Legends.read(self.folder, self.values, own=own, confidence=confidence, label=label)

    def story(self, *, confidence: float = 0.95, **results: Any) -> Story:
        """The answer, the key points and the causes of `findings.yaml`, filled in; refused as `story.read` says."""
        from relecture.report import story

        return story.tell(self.folder, self.findings(), self.values, confidence=confidence, **results)

    def colophon(self, more: Mapping[str, object] | None = None, /, **parameters: Any) -> Element:
        """Where a page about the study comes from, and how to make it again; `more` rows stand last."""
        from relecture.report.page import elements, provenance

        return elements.colophon(provenance.origin(self, **parameters) | dict(more or {}))


def catalogue() -> Catalogue:
    """The studies of this compendium: n, printed numbers, instrument, and what stands for their answers."""
    from relecture.explore import catalogue

    return catalogue.catalogue()


def load_study(study: str | Path, root: Path = ROOT) -> Study:
    """The study of that name, in that folder, or in that file of tables, as `printed.pasted.tables.load` reads it.

    >>> load_study("guefif").findings(repairs=False)["principal.difference"].finding.explanation
    '63,9 − 47,3 = 16,6'
    """
    from relecture.printed.pasted import tables

    loaded = tables.load(study, root)
    return Study(*(getattr(loaded, field.name) for field in fields(Study)))


def _not_now(*_: Any, **__: Any) -> list[Checked]:
    raise LookupError
