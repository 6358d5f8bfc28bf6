"""Respondents that one questions: labelled answers, filters, tables and figures, of own answers and synthetic ones.

`gather` reads or makes them, as `answers.respondents` does. What is shown says how many answered, whether the answers
are synthetic, and which respondents were kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pandas import DataFrame, Series

from relecture.answers import respondents
from relecture.answers.questionnaire.labels import plain_label
from relecture.answers.synthetic_label import marked
from relecture.core import french
from relecture.core.errors import InputError, unknown
from relecture.core.study import ROOT
from relecture.explore import answer_figures, crosstab, short_html
from relecture.explore.questions import Questions, Variable

if TYPE_CHECKING:
    from relecture.core.study import Study
    from relecture.explore.explorer import Explorer

_NEXT = 'À taper : .questions, .cross("{0}"), .plot("{0}"), .where(…), .frame, .codes'


@dataclass(frozen=True, repr=False)
class Respondents(respondents.Respondents):
    """Those of `answers.respondents`, and what can be asked of them.

    `filters` say in French which ones are kept, `made_by` is the Python that gives the same.
    """

    filters: tuple[str, ...] = ()
    made_by: str = "people"

    @cached_property
    def questions(self) -> Questions:
        """What can be crossed and drawn."""
        return Questions(self.instrument)

    @cached_property
    def counted(self) -> DataFrame:
        """The coded answers, with derived variables and scores: what tables count."""
        return self.questions.coded(self.codes)

    @cached_property
    def frame(self) -> DataFrame:
        """The answers in words, a row a respondent, as `Questions.labelled` gives them; `codes` are the coded ones.

        `attrs["label"]` says what is synthetic; a table made from the frame, or a file of it, says so too
        (`synthetic_label`).
        """
        labelled = self.questions.labelled(self.codes)
        return marked(labelled) if self.label else labelled

    def where(self, **wanted: Any) -> Respondents:
        """Those who gave these answers: a code or its label, or a list of them; of a number, (low, high).

        Ends are included, one of None is open; of a question with several answers, one of those listed must be chosen.
        Raises UnknownName, with a suggestion, for a question or an answer that does not exist.
        """
        kept, words = Series(True, index=self.codes.index), []
        for name, value in wanted.items():
            variable = self.questions[name]
            if refusal := variable.group_refusal if variable.kind == "matrix" else variable.refusal:
                raise InputError([refusal])
            number = variable.kind in ("number", "score")
            met, told = _numbers(self.frame[name], value) if number else _answers(self.frame, variable, value)
            kept &= met
            words.append(f"« {variable.words} » {told}")
        made_by = f"{self.made_by}.where({short_html.arguments(**wanted)})"
        return replace(self, codes=self.codes[kept], filters=(*self.filters, *words), made_by=made_by)

    cross = crosstab.cross
    plot = answer_figures.plot

    def explore(self) -> Explorer:
        """The answers in JupyterLab: question, group, filter and confidence chosen by hand, with the code to copy."""
        from relecture.explore.explorer import of_people

        return of_people(self)

    def __repr__(self) -> str:
        answers = french.plural(self.n, "réponse")
        return "\n".join([f"{self.label}{french.SPACE}: {answers}" if self.label else answers, *self._facts])

    def _repr_html_(self) -> str:
        return short_html.paragraph("\n".join([french.plural(self.n, "réponse"), *self._facts]), label=self.label)

    @property
    def _facts(self) -> list[str]:
        """Where they come from, who is left out, what to type next."""
        title = f"Questionnaire{french.SPACE}: {self.instrument.title}"
        source = "personne ne les a données ; elles redonnent les nombres imprimés" if self.synthetic else self.origin
        kept = [f"Gardés{french.SPACE}: {' ; '.join(self.filters)}"] if self.filters else []
        first = next((one.id for one in self.questions if not one.refusal), "")
        return [
            title,
            f"Origine{french.SPACE}: {source}",
            *[self.rows] * bool(self.left_out),
            *kept,
            _NEXT.format(first),
        ]


def gather(study: Study, file: Any = "", **choices: Any) -> Respondents:
    """The respondents of `answers.respondents.gather`, which refuses as it does."""
    known = study.folder == ROOT / "data" / study.name
    told = short_html.arguments(
        *[file] * bool(file), **{name: value for name, value in choices.items() if name != "rebuild"}
    )
    made_by = f"rl.load_study({short_html.arguments(study.name if known else study.folder)}).answers({told})"
    return Respondents(**vars(respondents.gather(study, file, **choices)), made_by=made_by)


def _numbers(cells: Series, wanted: Any) -> tuple[Series, str]:
    """Who is between the bounds, or has that number, and the bounds in French."""
    low, high = wanted if isinstance(wanted, tuple | list) else (wanted, wanted)
    met = cells.ge(-float("inf") if low is None else low) & cells.le(float("inf") if high is None else high)
    ends = (("≥", low), ("≤", high)) if low != high else (("=", low),)
    return met, " et ".join(f"{sign} {french.number(end)}" for sign, end in ends if end is not None)


def _answers(frame: DataFrame, variable: Variable, wanted: Any) -> tuple[Series, str]:
    """Who gave one of the answers wanted, by code or label, and these in French."""
    codes = [_code(variable, str(one)) for one in (wanted if isinstance(wanted, list | tuple | set) else [wanted])]
    labels = [variable.choices[code] for code in codes]
    if variable.kind == "multiple":
        met = frame[[f"{variable.id}.{code}" for code in codes]].eq("oui").any(axis="columns")
    else:
        met = frame[variable.id].isin(labels)
    return met, f"= {' ou '.join(labels)}"


def _code(variable: Variable, wanted: str) -> str:
    """The code of an answer, given by itself, by its label, or by words that one label alone holds."""
    named = {plain_label(name): code for code, label in variable.choices.items() for name in (label, code)}
    holding = {code for name, code in named.items() if plain_label(wanted) in name}
    if plain_label(wanted) in named:
        return named[plain_label(wanted)]
    if len(holding) != 1 or not plain_label(wanted):
        raise unknown(wanted, [*variable.choices, *variable.choices.values()], f"une réponse à « {variable.id} »")
    return holding.pop()
