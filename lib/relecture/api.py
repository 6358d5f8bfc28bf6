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
from relecture.core.french import plural
from relecture.core.study import ROOT

if TYPE_CHECKING:
    from collections import Counter

    from pandas import DataFrame

    from relecture.answers.synthetic.generate import CodedAnswers
    from relecture.explore.questions import Questions
    from relecture.explore.respondents import Respondents
    from relecture.printed.audit import Checked
    from relecture.report.legends import Legends
    from relecture.report.page.elements import Element
    from relecture.report.story import Story
    from relecture.text.interviews import Interviews

_FACTS = ("place", "period", "design")
_VIEWS = "comparisons contingency_tables counts counts_by_column estimates margins printed_answers total"
_VERBS = "findings() printed answers() interviews() texts() document(NOM) colophon()"


class Findings(tuple["Checked", ...]):
    """The findings of a study, in the order of its relations, by rank or by the id of the relation."""

    def __getitem__(self, key: Any) -> Any:
        """The finding of that id, or at that rank; KeyError for an unknown id."""
        return self._by_id[key] if isinstance(key, str) else super().__getitem__(key)

    def __repr__(self) -> str:
        return f"{plural(self.tally().total(), 'vérification')} : {self.in_words()}"

    @cached_property
    def _by_id(self) -> dict[str, Checked]:
        return {checked.id: checked for checked in self}

    def tally(self) -> Counter[str]:
        """How many relations carry each verdict."""
        from relecture.printed import audit

        return audit.tally(self)

    def in_words(self) -> str:
        """The tally in French, every verdict told."""
        from relecture.report import verdicts

        return verdicts.in_words(self.tally())

    def frame(self) -> DataFrame:
        """One row a finding, as `audit.frame` gives it."""
        from relecture.printed import audit

        return audit.frame(self)


class Study(core.Study):
    """A study of `core.study`, with what can be asked of it."""

    def __repr__(self) -> str:
        """What the study is, what it holds and what it can be asked, in a few French lines."""
        facts = [str(self.about[name]) for name in _FACTS if name in self.about]
        asked = [plural(len(self.rows), "nombre imprimé"), f"À demander : {_VERBS}"]
        return "\n".join([f"{self.name} : {self.about['title']}", *facts, *asked])

    @cached_property
    def _found(self) -> dict[tuple[bool, bool], Findings]:
        return {}

    def findings(self, *, repairs: bool = True, draws: bool = True) -> Findings:
        """Findings on every relation, as `audit.audit` makes them, made once; InputError for a malformed ledger."""
        from relecture.printed import audit, kept_findings

        if (repairs, draws) not in self._found:
            found = kept_findings.kept(self, audit.audit, repairs=repairs, draws=draws)
            self._found[repairs, draws] = Findings(found)
        return self._found[repairs, draws]

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


def load_study(study: str | Path, root: Path = ROOT) -> Study:
    """The study of that name, in that folder, or in that file of tables, as `printed.pasted.tables.load` reads it.

    >>> load_study("guefif").findings(repairs=False)["principal.difference"].finding.explanation
    '63,9 − 47,3 = 16,6'
    """
    from relecture.printed.pasted import tables

    loaded = tables.load(study, root)
    return Study(*(getattr(loaded, field.name) for field in fields(Study)))
