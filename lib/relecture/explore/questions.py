"""Questions of a study: what can be counted, crossed and drawn, by id, in the words of the questionnaire and its order.

A *variable* is an item, a variable derived from the answers, a score, or one column of an item: a row of a matrix
(`item.row`), a choice of a question with several answers (`item.choice`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.core.errors import unknown
from relecture.core.french import SPACE, plural
from relecture.explore import short_html
from relecture.report.html import shortened
from relecture.stats.survey import questions as survey
from relecture.stats.survey.questions import Question, known_answers

if TYPE_CHECKING:
    from pandas import DataFrame

KINDS = {
    "single": "une réponse", "multiple": "plusieurs réponses", "matrix": "grille", "number": "nombre",
    "text": "texte libre", "date": "date", "time": "heure", "derived": "déduite des réponses", "score": "score",
}  # fmt: skip
TICKED = {"0": "non", "1": "oui"}
_WHOLE = ".choices et .counted les donnent toutes"
_COLUMNS = {"id": "Nom", "words": "Question", "kind": "Sorte", "choices": "Réponses"}


@dataclass(frozen=True, repr=False)
class Variable:
    """What one can cross: `choices` by code, in order, and the questions that tables count; `refusal` says why none.

    `kind` is that of an item, `derived` or `score`; a column of an item is a `single`, under its own id.
    """

    id: str
    words: str
    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    counted: tuple[Question, ...] = ()
    unit: str = ""
    refusal: str = ""

    @property
    def group_refusal(self) -> str:
        """Why it makes no groups, in French; empty when it does."""
        if self.kind in ("number", "score"):
            return f"« {self.id} » est un nombre, sans groupes ; where({self.id}=(bas, haut)) en garde une part"
        if self.kind in ("multiple", "matrix"):
            one = self.counted[0].columns[0]
            return (
                f"« {self.id} » ({KINDS[self.kind]}) ne fait pas de groupes distincts ; une part seule, si : « {one} »"
            )
        return self.refusal

    def __repr__(self) -> str:
        kind = f"{KINDS[self.kind]}, {self.unit}" if self.unit else KINDS[self.kind]
        answers = [f"  {code}{SPACE}: {label}" for code, label in self.choices.items()]
        rows = [f"  {one.id}{SPACE}: {one.label}" for one in self.counted if self.kind == "matrix"]
        return short_html.cut([f"{self.id}{SPACE}: {self.words} ({kind})", *answers, *rows], _WHOLE)

    def _repr_html_(self) -> str:
        return short_html.paragraph(repr(self))


@dataclass(frozen=True, repr=False)
class Questions:
    """The variables of an instrument: items in the order of the form, then those derived, then scores."""

    instrument: Instrument

    def __iter__(self) -> Iterator[Variable]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __getitem__(self, name: str) -> Variable:
        """The variable of that id, or that column of an item; UnknownName, with a suggestion, for any other."""
        if name in self._by_id:
            return self._by_id[name]
        if name in self.instrument.columns:
            return self._column(name)
        raise unknown(name, [*self._by_id, *self.instrument.columns], "une question de l'étude")

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._by_id)

    def __repr__(self) -> str:
        lines = [f"  {one.id}{SPACE}: {shortened(one.words, 90)}" for one in self]
        return short_html.cut([self._title, *lines], ".frame() les donne toutes")

    def _repr_html_(self) -> str:
        return short_html.table(list(_COLUMNS.values()), self.frame().itertuples(index=False), self._title)

    def frame(self) -> DataFrame:
        """One row a variable: id, words; kind and choices in French."""
        import pandas as pd

        rows = [(one.id, one.words, KINDS[one.kind], " ; ".join(one.choices.values())) for one in self]
        return pd.DataFrame(rows, columns=list(_COLUMNS))

    def coded(self, codes: DataFrame) -> DataFrame:
        """A coded frame, and one more column for each derived variable and each score."""
        from relecture.answers.coded import recoding, scores

        form = self.instrument
        added = {one.id: scores.score(form, codes, one.id)[one.id] for one in form.scores}
        return recoding.derive(form, codes).assign(**added)

    def labelled(self, codes: DataFrame) -> DataFrame:
        """The answers in words: ordered categories in the order of the form, numbers as floats, no answer as NaN.

        What is never counted (texts, dates, what could identify) has no column. `attrs["questions"]` has the words of
        each column.
        """
        import pandas as pd

        coded, counted = self.coded(codes), [question for one in self for question in one.counted]
        columns = {name: cells for question in counted for name, cells in _in_words(coded, question)}
        labelled = pd.DataFrame(columns, index=codes.index)
        words = {name: f"{one.label} {one.levels.get(name, '')}".strip() for one in counted for name in one.columns}
        labelled.attrs = codes.attrs | {"questions": words}
        return labelled

    @property
    def _title(self) -> str:
        return f"{self.instrument.title} {plural(len(self), 'variable')}"

    @cached_property
    def _by_id(self) -> dict[str, Variable]:
        form = self.instrument
        variables = [self._item(item) for item in form.items]
        for one in survey.of_instrument(form, [one.id for one in form.derived]) if form.derived else ():
            variables.append(Variable(one.id, one.label, "derived", one.levels, (one,)))
        for one in (Question(one.id, one.label, "number") for one in form.scores):
            variables.append(Variable(one.id, one.label, "score", counted=(one,)))
        return {one.id: one for one in variables}

    def _item(self, item: Item) -> Variable:
        counted, refusal = tuple(survey.of_instrument(self.instrument, [item.id])), ""
        if not counted:
            why = "ne se compte pas" if item.kind in ("date", "time") else "pourrait faire reconnaître quelqu'un"
            refusal = f"« {item.id} » ({KINDS[item.kind]}) {why} : jamais compté, ni montré"
        choices = {choice.id: choice.label for choice in item.offered}
        return Variable(item.id, item.label, item.kind, choices, counted, item.unit, refusal)

    def _column(self, name: str) -> Variable:
        whole, label = self._by_id[name.partition(".")[0]], self.instrument.columns[name].label
        words = f"{whole.words} {label}"
        if whole.refusal:
            return replace(whole, id=name)
        if whole.kind == "multiple":
            return Variable(name, words, "single", TICKED, (Question(name, words, "single", TICKED),))
        counted = tuple(replace(one, label=words) for one in whole.counted if one.id == name)
        return Variable(name, words, "single", whole.choices, counted)


def _in_words(coded: DataFrame, question: Question) -> Iterator[tuple[str, Any]]:
    """The columns of a question: categories, or numbers."""
    from pandas import Categorical

    if question.kind == "number":
        yield question.id, known_answers(coded, question)[question.id]
        return
    levels = TICKED if question.kind == "multiple" else question.levels
    for name in question.columns:
        yield name, Categorical(coded[name].map(levels), list(dict.fromkeys(levels.values())), ordered=True)
