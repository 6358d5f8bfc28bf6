"""What may a report on own answers show, when its respondents could be recognised?

Doctors of a small territory are identifiable by sex, age and practice. A `Control` stands between statistics and
whatever is written: it hides counts below `smallest`, and the others that would give them back (`suppression`), in
every table it is shown, one after the other, and remembers what it let through (`accounts`). What goes with a hidden
count goes too: its share, its interval, the tests and odds ratios from which it could be worked out.

Conventions. Zero is small: « nobody » tells on everybody, unless the questionnaire leaves nobody and the reasons why
are shown. A zero that only the control knows to be harmless would say so by being shown: where « non posée » is hidden
because nobody said what leads to a question, the zeros of its answers are too. « Non posée » has a row wherever a
question can be skipped, since no row would say that all were asked, hence what all answered before; it goes when its
zero is shown. A choice of a question with several answers also has a count of those who answered and did not make it.
« Ne sait pas » is an answer; « sans réponse » is not, and its count may be small. Where the number who answered must
be hidden, shares are of the whole group. A mean needs `smallest` answers that differ, a median twice as many,
quartiles four times; smallest and largest values are never shown. Hidden cells are NaN, `withheld` is true, and
tables say « masqué ».
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from relecture.answers.questionnaire.missing import Missing
from relecture.core.french import plural, typeset
from relecture.disclosure.implied_sums import Implication, implications, implied_sums, impossible_cells
from relecture.disclosure.masking import MODEL, ODDS, blank_rows, mask_cells, mask_tests, without_empty_reasons
from relecture.disclosure.suppression import KnownRanges, Pattern, Sum, suppress
from relecture.disclosure.table_cells import (
    EVERYBODY,
    Cell,
    TableCells,
    binary_answers,
    cells_of_table,
    cells_of_two_by_two,
    group_remainders,
    with_not_asked_rows,
)

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from relecture.answers.questionnaire.instrument import Instrument
    from relecture.stats.survey.characteristics import Characteristics
    from relecture.stats.survey.questions import Question


def control(
    smallest: int,
    frame: DataFrame,
    questions: Iterable[Question],
    instrument: Instrument | None = None,
    recode: Callable[[DataFrame], DataFrame] | None = None,
) -> Control:
    """A control for the answers of a frame; `questions` are all those that a table of the report may show.

    The `instrument` tells what its skip logic and recoded variables give away; `recode` makes of its coded
    answers the frame whose columns the questions have, when these are not its own.
    """
    if not smallest:
        return Control(smallest)
    questions = list(questions)
    return Control(
        smallest, binary_answers(frame, questions), implications(instrument, questions, recode) if instrument else ()
    )


@dataclass
class Control:
    """What was shown and what was hidden so far, among cells that add up; `smallest` 0 hides nothing.

    `free` cells are not shown and need no protection; `primary` and `secondary` count the cells of tables
    that were hidden because they are small, or to protect those.
    """

    smallest: int
    answers: Mapping[str, Series] = field(default_factory=dict)
    implications: tuple[Implication, ...] = ()
    counts: dict[Cell, int] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)
    hidden: set[Cell] = field(default_factory=set)
    free: set[Cell] = field(default_factory=set)
    dear: set[Cell] = field(default_factory=set)
    seen: KnownRanges = field(default_factory=dict)
    primary: int = 0
    secondary: int = 0

    def characteristics(self, found: Characteristics, among: Cell = EVERYBODY) -> Characteristics:
        """The table, where what must be is hidden, tests included; `cells` has one more column, `withheld`.

        `among` are the conditions that all its respondents meet, when it is not of everybody. Raises ValueError
        for a table of other respondents than those of a table seen before under the same conditions.
        """
        found = with_not_asked_rows(found, self._skipped)
        made = cells_of_table(found, among)
        hidden = self._admit(made)
        cells = mask_cells(found, made, hidden, self.smallest)
        self._tally(found.cells.loc[cells["withheld"], "count"])
        sizes = {group: None if cell in hidden else found.sizes[group] for group, cell in made.groups.items()}
        return replace(
            found, cells=without_empty_reasons(cells), tests=mask_tests(found.tests, cells, made, hidden), sizes=sizes
        )

    def odds(self, frame: DataFrame, outcome: str) -> DataFrame:
        """Rows of `stats.odds.univariable` and `withheld`: a table is shown whole, or not at all."""
        withheld = [not self._shows(cells_of_two_by_two(row, outcome, self.answers)) for row in frame.itertuples()]
        self._tally(frame.loc[withheld, list("abcd")].stack())
        return blank_rows(frame, withheld, ODDS)

    def model(self, frame: DataFrame) -> DataFrame:
        """Rows of `stats.logistic` and `withheld`: without terms that have a small cell with the outcome."""
        rare = frame[["events"]].assign(others=frame["n"] - frame["events"]).min(axis="columns") < self.smallest
        return blank_rows(frame, rare | (frame["smallest"] < self.smallest), MODEL)

    @property
    def sentence(self) -> str:
        """How many cells were hidden, and why, for the report to say.

        >>> Control(5, primary=2, secondary=3).sentence.replace("\u00a0", " ")
        '2 cases de moins de 5 répondants ont été masquées, et 3 autres qui auraient permis de les retrouver.'
        """
        if not self.primary + self.secondary:
            return typeset("Aucun effectif n'a eu à être masqué.")
        few = plural(self.primary, f"case de moins de {plural(self.smallest, 'répondant')}")
        verb = "ont été masquées" if self.primary > 1 else "a été masquée"
        more = plural(self.secondary, "autre")
        return f"{few} {verb}, et {more} qui {'auraient' if self.secondary > 1 else 'aurait'} permis de les retrouver."

    @property
    def _skipped(self) -> set[str]:
        """The questions that some are not asked because of their other answers."""
        conditions = {one for whole, parts in self.ties for one in (whole, *parts)}
        return {question for question, answer in conditions if answer == Missing.NOT_ASKED.label}

    def _tally(self, withheld: Series) -> None:
        self.primary += int((withheld < self.smallest).sum())
        self.secondary += int((withheld >= self.smallest).sum())

    def _shows(self, made: TableCells) -> bool:
        """Whether a table can be shown whole; it is forgotten otherwise."""
        self._check(made)
        told = made.counts.keys() - made.free - (self.counts.keys() - self.hidden - self.free)
        small = {cell for cell in told if made.counts[cell] < self.smallest}
        if told & self.hidden or small.difference(impossible_cells(self.counts | made.counts, self.ties)):
            return False  # at once: no choice of other cells would show it
        trial = replace(self)
        if trial._admit(made) - made.free:
            return False
        self.counts, self.sums, self.hidden, self.free = trial.counts, trial.sums, trial.hidden, trial.free
        return True

    def _check(self, made: TableCells) -> None:
        if conflict := [cell for cell, count in made.counts.items() if self.counts.get(cell, count) != count]:
            raise ValueError(f"other respondents than before under the same conditions: {sorted(conflict[0])}")

    def _admit(self, made: TableCells) -> set[Cell]:
        """The cells to hide among those of a new table; all, when no choice protects what was hidden before."""
        self._check(made)
        shown = self.counts.keys() - self.hidden - self.free
        free = ((self.free - made.counts.keys()) | made.free) - shown
        counts = self.counts | made.counts
        apart = list(group_remainders(counts))
        counts |= {rest: counts[whole] - counts[known] for whole, known, rest in apart}
        counts = dict(sorted(counts.items(), key=lambda pair: len(pair[0])))  # totals are protected before their parts
        sums = self.sums | made.sums | dict.fromkeys(implied_sums(counts, self.ties))
        sums |= dict.fromkeys((whole, (known, rest)) for whole, known, rest in apart)
        dear = self.dear | set(made.groups.values())
        kept = shown | free | set(impossible_cells(counts, self.ties))
        found = self._suppressed(made, counts, list(sums), kept, dear, self.hidden | free | self._unsized(made))
        hidden = (self.hidden | (counts.keys() - shown) if found.exposed else found.hidden) - free
        self.counts, self.sums, self.hidden, self.free, self.dear = counts, sums, set(hidden), free, dear
        return self.hidden & made.counts.keys()

    def _suppressed(
        self, made: TableCells, counts: Mapping[Cell, int], sums: list[Sum], kept: set[Cell], dear: set[Cell],
        hidden: set[Cell],
    ) -> Pattern:  # fmt: skip
        """What to hide; the zeros of a question that nobody could answer are small where the reasons why are hidden."""
        harmless = made.harmless.union(*(zeros for _, zeros in made.empty))
        while True:
            found = suppress(
                counts, sums, self.smallest, harmless=harmless, kept=kept, dear=dear, hidden=hidden, seen=self.seen
            )
            telling = {cell for reasons, zeros in made.empty if found.hidden & set(reasons) for cell in zeros}
            if not telling & harmless:
                return found
            harmless -= telling

    def _unsized(self, made: TableCells) -> set[Cell]:
        """All cells of a group that is too small to be counted, and of the next one, that would give it back."""
        parts = sorted(list(made.groups.values())[:-1], key=made.counts.__getitem__)
        small = sum(made.counts[cell] < self.smallest for cell in parts)
        gone = parts[: max(small, 2)] if small else []
        shown = self.counts.keys() - self.hidden
        return {cell for cell in made.counts.keys() - shown if any(cell >= group for group in gone)}
