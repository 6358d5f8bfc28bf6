"""A question crossed with another: counts, shares, intervals, the test that fits and its effect size.

Counts, tests and masks are those of pages (`stats.survey`, `disclosure`); answers stand in the order of the form, under
its words; each reason for a missing answer is told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pandas import Categorical, DataFrame

from relecture.answers.synthetic_label import marked
from relecture.core import french
from relecture.core.errors import InputError
from relecture.disclosure import disclosure_control, masking
from relecture.explore import short_html
from relecture.explore.questions import Variable
from relecture.report.tables import answer_blocks, answer_cells, table_one
from relecture.report.tables.html_table import HtmlTable
from relecture.stats.survey import characteristics
from relecture.stats.survey.characteristics import Characteristics

PRIVATE = "Privé"
_SHARES, _NUMBERS = ["share", "low", "high"], ["mean", "sd", "median", "q1", "q3"]
_FOLDED = 15  # rows above which a table waits to be opened

_NOBODY = "Personne n'a donné ces réponses : elles ne prouvent rien."
_ALONE = "Intervalles à {} : ce que le hasard seul laisse possible ; ils ne disent rien de qui n'a pas répondu."
_APART = (
    "Les groupes diffèrent plus que le hasard ne le fait d'ordinaire ; cela ne dit ni pourquoi, ni si l'écart compte."
)
_ALIKE = "Rien ne sépare nettement les groupes ; peu nombreux, ils peuvent différer sans que cela se voie."


@dataclass(frozen=True, repr=False)
class Crosstab:
    """The answers to `question`, by the groups of `by` if there is one; `label` says that nobody gave them.

    `answers` has the cells and tests of pages, unmasked where `private`; `title` says what is crossed, and among whom.
    """

    question: Variable
    by: Variable | None
    answers: Characteristics
    title: str
    label: str
    private: bool

    @property
    def n(self) -> int | None:
        """How many respondents are counted; None when that is masked."""
        return list(self.answers.sizes.values())[-1]

    @property
    def head(self) -> str:
        """The title, how many respondents are counted, and that it is for one's own eyes."""
        sized = answer_cells.sized(self.title, self.n)
        return f"{PRIVATE}{french.SPACE}: {sized}" if self.private else sized

    @cached_property
    def frame(self) -> DataFrame:
        """One row an answer and a group, both ordered: count, n, share, low, high; of numbers, mean to q3; note.

        The note says what is synthetic, so that a file of the frame does too.
        """
        number = self.question.kind in ("number", "score")
        cells = self.answers.cells.drop(columns=_SHARES if number else _NUMBERS)
        ordered = {name: Categorical(cells[name], cells[name].unique(), ordered=True) for name in ("label", "group")}
        notes = [" ; ".join(filter(None, [self.label, note])) for note in cells["note"]]
        cells = cells.assign(**ordered, note=notes)
        return marked(cells) if self.label else cells

    @property
    def tests(self) -> DataFrame:
        """One row a test (`statistical_tests.question_tests`), with p corrected for their number."""
        return self.answers.tests

    @property
    def test(self) -> str:
        """The test, its p and its effect size, in French; of several, how many say something; empty without groups."""
        if (made := self.tests[self.tests["p"].notna()]).empty:
            reasons = dict.fromkeys(map(answer_cells.untested, self.tests.itertuples()))
            return f"Pas de test{french.SPACE}: {' ; '.join(reasons)}." if reasons else ""
        return f"{table_one.tests_made(made)}. {_result(made, 1 - self.answers.confidence)}."

    @property
    def meaning(self) -> str:
        """What the result says, in plain words, and what it does not say."""
        told = [_NOBODY] if self.label else []
        if self.by is None:
            return " ".join([_ALONE.format(french.percent(self.answers.confidence, 0)), *told])
        p = self.tests["p_holm"].dropna()
        return " ".join([*[_APART if p.lt(1 - self.answers.confidence).any() else _ALIKE] * (not p.empty), *told])

    @property
    def note(self) -> str:
        """What the reader must know: what cells hold, why these tests, who is left out, what is masked."""
        return table_one.table_note(self.answers)

    @cached_property
    def table(self) -> HtmlTable:
        """The table that a page would show, to download too."""
        rows = len(self.answers.overall)
        layout = {"synthetic": self.label, "folded": f"Voir les {rows} lignes" if rows > _FOLDED else ""}
        if self.by is None:
            return answer_blocks.answers_table(self.answers, self.head, **layout)
        return table_one.characteristics(self.answers, self.head, intervals=True, word=False, **layout)

    def _repr_html_(self) -> str:
        return self.sentence + self.table.html

    @property
    def sentence(self) -> str:
        """What is crossed, its size, its test and what that means, as a paragraph of HTML."""
        lines = filter(None, [self.head, self.test, self.meaning])
        return short_html.paragraph("\n".join(lines), label=self.label)

    def __repr__(self) -> str:
        wide, columns = table_one.written_cells(self.answers)
        names = [name for name in ("variable", *columns) if name not in table_one.TESTED]
        shown = wide[names[len(self.question.counted) < 2 :]].rename(columns=columns)
        lines = shown.to_string(index=False, max_rows=8, max_cols=7, max_colwidth=34, line_width=160)
        head = f"{self.label}{french.SPACE}: {self.head}" if self.label else self.head
        return "\n".join(filter(None, [head, *lines.splitlines()[:12], self.test]))


def cross(
    people: Any, question: str, by: str = "", confidence: float = 0.95, *, publish: bool = True, smallest: int = 5
) -> Crosstab:
    """The answers to a question, group by group if `by` names another; InputError says why it cannot be, in French.

    Intervals are Wilson's (1927); the test is that of pages (`statistical_tests`). On own answers, counts below
    `smallest` are masked, with what would give them back in this table (`disclosure`). Several tables looked at
    together, or the same one among other respondents (`where`), may still tell what each hides: only a page protects
    all its tables at once. With `publish` False nothing is masked, and the title says « Privé ». Free texts and
    identifying items are never crossed, in private either. `people` are `respondents.Respondents`.
    """
    variable, group = people.questions[question], people.questions[by] if by else None
    _refuse(variable, group, confidence)
    asked = list(variable.counted)
    groups = [replace(one, kind="single") for one in group.counted] if group else []
    columns = dict.fromkeys(name for one in [*asked, *groups] for name in one.columns)
    frame, masks = people.counted[[*columns]], publish and not people.synthetic
    frame = masking.publishable(frame, [*asked, *groups]) if masks else frame
    answers = characteristics.table(frame, asked, *groups or [None], confidence)
    if masks:
        _refuse_small(answers, smallest)
        coded = people.questions.coded
        guard = disclosure_control.control(smallest, frame, [*asked, *groups], people.instrument, coded)
        answers = guard.characteristics(answers)
    words = f"{variable.words}, selon « {group.words} »" if group else variable.words
    title = " ; ".join([words, *([f"gardés{french.SPACE}: {', '.join(people.filters)}"] if people.filters else [])])
    return Crosstab(variable, group, answers, title, people.label, not publish and not people.synthetic)


def _refuse(variable: Variable, group: Variable | None, confidence: float) -> None:
    faults = [variable.refusal, group.group_refusal if group else ""]
    if group and variable.id.partition(".")[0] == group.id.partition(".")[0]:
        faults.append(f"« {variable.id} » ne se croise pas avec elle-même")
    if not 0 < confidence < 1:
        faults.append(f"confidence={confidence} : un niveau de confiance est entre 0 et 1, comme 0.95")
    if any(faults):
        raise InputError(filter(None, faults))


def _refuse_small(answers: Characteristics, smallest: int) -> None:
    """A table most of whose groups are too small would be masked nearly whole, after a long search."""
    *groups, _ = answers.sizes.values()
    small = sum(0 < size < smallest for size in groups)
    if groups and 2 * small >= sum(size > 0 for size in groups) > 0:
        few = french.plural(smallest, "répondant")
        why = f"au moins la moitié des groupes de « {answers.group} » ont moins de {few} : presque tout serait masqué"
        raise InputError([f"{why} ; choisir d'autres groupes, ou regarder en privé (publish=False)"])


def _result(made: DataFrame, level: float) -> str:
    """The result of one test; of several, the smallest corrected p and how many are below the level."""
    if len(made) == 1:
        one: Any = made.iloc[0]
        effect = answer_cells.effect_size(one["effect"], one["estimate"], one["low"], one["high"])
        return " ; ".join(filter(None, [f"p {_p(one['p'], one['error'])}", effect]))
    best = made.loc[made["p_holm"].idxmin()]
    below = f"{int((made['p_holm'] < level).sum())} p sous {french.number(level, 2)}"
    place = best["label"] or best["variable"]
    return f"Sur {len(made)} tests, corrigés selon Holm : {below} ; le plus petit {_p(best['p_holm'])} ({place})"


def _p(p: float, error: float = 0.0) -> str:
    written = french.p_value(p, error)
    return written if written.startswith("<") else f"={french.SPACE}{written}"
