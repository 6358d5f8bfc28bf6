"""Tables on own answers without what would make a respondent recognisable.

Doctors of a small territory are identifiable by sex, age and practice. A `Control` stands between statistics and
whatever is written: it hides counts below `smallest`, and the others that would give them back (`suppression`), in
every table it is shown, one after the other, and remembers what it let through (`Admitted`). What goes with a hidden
count goes too: its share, its interval, the tests and odds ratios from which it could be worked out.

Conventions. Zero is small: « nobody » tells on everybody, unless the questionnaire leaves nobody and the reasons why
are shown. A zero that only the control knows to be harmless would say so by being shown: where « non posée » is hidden
because nobody said what leads to a question, the zeros of its answers are too. « Non posée » has a row wherever a
question can be skipped, since no row would say that all were asked, hence what all answered before; it goes when its
zero is shown. A choice of a question with several answers also has a count of those who answered and did not make it.
« Ne sait pas » is an answer; « sans réponse » is not, and its count may be small. Where the number who answered must
be hidden, shares are of the whole group. A mean needs `smallest` answers that differ, a median twice as many,
quartiles four times; smallest and largest values are never shown. Hidden cells are NaN, `withheld` is true, and
tables say « masqué ». A score is shown if protecting what it is made of hides no more cells than it has means.

An odds ratio, its interval and its p give back a 2 x 2 table, or a few: so do two of them, one less the other, or one
less a table by a group that is part of its outcome. It is shown if all these counts may be, in whatever order tables
are asked. Out of reach: a share is of a count that is shown. The p of ranks, correlations of rows that hide nothing and
a model of several terms come from how answers meet in each respondent: there are more ways to meet than numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pandas import DataFrame, Series

from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import Missing
from relecture.disclosure import published_bounds, table_cells
from relecture.disclosure.implied_sums import Ways, implied_sums, implied_ways, impossible_cells
from relecture.disclosure.masking import MODEL, ODDS, blank_rows, mask_cells, mask_tests, without_empty_reasons
from relecture.disclosure.published_bounds import ScoreSums, Ticks
from relecture.disclosure.suppression import KnownRanges, Pattern, Role, Sum, suppress
from relecture.disclosure.table_cells import Cell, Pair, TableCells
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
        smallest,
        table_cells.binary_answers(frame, questions),
        implied_ways(instrument, questions, frame, recode) if instrument else (),
        published_bounds.tick_rules(instrument, questions, recode) if instrument else (),
        tuple(published_bounds.score_sums(instrument, questions, frame)) if instrument else (),
        table_cells.single_answers(frame, questions),
    )


@dataclass(frozen=True)
class Admitted:
    """All cells of the tables so far, and how they add up.

    A cell's role is SHOWN, HIDDEN, or FREE: not shown, and no secret. `last` are the sizes of groups, hidden in the
    last resort; `published` are the scores whose numbers are shown, `pairs` the variables of odds ratios that are.
    """

    counts: Mapping[Cell, int] = field(default_factory=dict)
    sums: Mapping[Sum, None] = field(default_factory=dict)
    roles: Mapping[Cell, Role] = field(default_factory=dict)
    last: frozenset[Cell] = frozenset()
    published: frozenset[str] = frozenset()
    pairs: frozenset[Pair] = frozenset()

    def having(self, role: Role) -> set[Cell]:
        return {cell for cell, its in self.roles.items() if its is role}


@dataclass
class Control:
    """Lets tables through one after the other, among cells that add up; `smallest` 0 hides nothing.

    `primary` and `secondary` count the cells of tables that were hidden because they are small, or to protect those.
    """

    smallest: int
    answers: Mapping[str, Series] = field(default_factory=dict)
    implied: tuple[Ways, ...] = ()
    ticks: tuple[Ticks, ...] = ()
    scores: tuple[ScoreSums, ...] = ()
    single: Mapping[str, Series] = field(default_factory=dict)
    admitted: Admitted = Admitted()
    ranges: KnownRanges = field(default_factory=dict)
    primary: int = 0
    secondary: int = 0

    def characteristics(self, answers: Characteristics, *, tallied: bool = True) -> Characteristics:
        """The table, where what must be is hidden, tests included; `cells` has one more column, `withheld`.

        A map, whose blanks are no cells to a reader, is not `tallied`.
        Raises ValueError for a table of other respondents than those of a table seen before.
        """
        for reason in (Missing.NO_ANSWER.label, Missing.NOT_ASKED.label):
            answers = table_cells.with_reason_rows(answers, reason, self._left(reason))
        unfit = {score.name for score in self.scores if not self._admits(score, answers)}
        table = table_cells.of_table(answers)
        self.admitted = self._with(table)
        hidden = self.admitted.having(Role.HIDDEN) & table.counts.keys()
        cells = mask_cells(answers, table, hidden, self.smallest, unfit)
        if tallied:
            self._tally(answers.cells.loc[cells["withheld"], "count"])
        sizes = {group: None if cell in hidden else answers.sizes[group] for group, cell in table.groups.items()}
        return replace(
            answers,
            cells=without_empty_reasons(cells),
            tests=mask_tests(answers.tests, cells, table, hidden),
            sizes=sizes,
        )

    def odds(self, frame: DataFrame, outcome: str) -> DataFrame:
        """Rows of `stats.odds.univariable` and `withheld`: a table is shown whole, or not at all."""
        groups = list(table_cells.crossed_groups(self.admitted.counts, self.admitted.last, self.single))
        withheld = []
        for row in frame.itertuples():
            pair = frozenset({row.covariate, outcome})
            table = table_cells.of_two_by_two(row, outcome, self.answers)
            withheld.append(self._tells_between(pair, groups, self.admitted.pairs) or not self._shows(table, pair))
        self._tally(frame.loc[withheld, list("abcd")].stack())
        return blank_rows(frame, withheld, ODDS)

    def model(self, frame: DataFrame) -> DataFrame:
        """Rows of `stats.odds.multivariable` and `withheld`: no term alone, or with a small cell with the outcome."""
        rare = frame[["events"]].assign(others=frame["n"] - frame["events"]).min(axis="columns") < self.smallest
        alone = self.smallest > 0 and frame["estimate"].notna().sum() == 1  # the table of a term that stands alone
        return blank_rows(frame, rare | (frame["smallest"] < self.smallest) | alone, MODEL)

    def _left(self, reason: str) -> set[str]:
        """The questions that some may leave for that reason: because of other answers, or in a table seen before."""
        conditions = {condition for ways in self.implied for column in ways.columns for condition in column}
        conditions |= {condition for cell in self.admitted.counts if len(cell) == 1 for condition in cell}
        return {question for question, answer in conditions if answer == reason}

    def _admits(self, score: ScoreSums, answers: Characteristics) -> bool:
        """Whether the numbers of a score can be shown: those whose protection costs more cells than means go."""
        shown = answers.cells["question"].eq(score.name)
        if not shown.any():
            return True
        before, without = self.admitted, self._with(score.cells)
        self.admitted = replace(before, published=before.published | {score.name})
        trial = self._with(score.cells)
        cost = len(trial.having(Role.HIDDEN)) - len(without.having(Role.HIDDEN))
        fit = cost <= len(answers.sizes) and not published_bounds.is_near_an_end(answers, score)
        self.admitted = trial if fit else without
        return fit

    def _tally(self, withheld: Series) -> None:
        self.primary += int((withheld < self.smallest).sum())
        self.secondary += int((withheld >= self.smallest).sum())

    def _tells_between(self, pair: Pair, groups: Collection[Series], others: Iterable[Pair] = ()) -> bool:
        """Whether the table of two variables gives small counts, less those of others or tables by these groups."""
        return any(n < self.smallest for n in table_cells.pair_remainders(pair, self.answers, groups, others))

    def _shows(self, table: TableCells, pair: Pair) -> bool:
        """Whether the table of two variables can be shown whole; it is forgotten otherwise."""
        self._check(table)
        added = table.counts.keys() - table.free - self.admitted.having(Role.SHOWN)
        small = {cell for cell in added if table.counts[cell] < self.smallest}
        counts = {**self.admitted.counts, **table.counts}
        impossible = impossible_cells(counts, implied_sums(counts, self.implied))
        if added & self.admitted.having(Role.HIDDEN) or small.difference(impossible):
            return False  # at once: no choice of other cells would show it
        trial = self._with(table)
        if table.counts.keys() & trial.having(Role.HIDDEN):
            return False
        self.admitted = replace(trial, pairs=trial.pairs | {pair})
        return True

    def _check(self, table: TableCells) -> None:
        before = self.admitted.counts
        if conflict := [cell for cell, count in table.counts.items() if before.get(cell, count) != count]:
            raise ValueError(f"other respondents than before under the same conditions: {sorted(conflict[0])}")

    def _with(self, table: TableCells) -> Admitted:
        """What is admitted once a table is; all its cells are hidden when no choice protects what was hidden before."""
        self._check(table)
        shown, hidden = self.admitted.having(Role.SHOWN), self.admitted.having(Role.HIDDEN)
        free = (self.admitted.having(Role.FREE) - table.counts.keys() | table.free) - shown
        counts, sums = self._added_up(table)
        last = self.admitted.last | set(table.groups.values())
        hidden_now = hidden | self._too_small_groups(table)
        implied = dict.fromkeys(implied_sums(counts, self.implied))
        impossible = set(impossible_cells(counts, implied))
        roles = dict.fromkeys(hidden_now, Role.HIDDEN) | dict.fromkeys(shown | impossible, Role.SHOWN)
        roles |= dict.fromkeys(free | (impossible & hidden_now), Role.FREE)
        pattern = self._suppressed(table, counts, sums, implied, roles, last)
        hidden_now = hidden | (counts.keys() - shown) if pattern.exposed else pattern.hidden & counts.keys()
        roles = dict.fromkeys(counts, Role.SHOWN) | dict.fromkeys(hidden_now, Role.HIDDEN)
        roles |= dict.fromkeys(free, Role.FREE)
        return replace(self.admitted, counts=counts, sums=sums, roles=roles, last=last)

    def _added_up(self, table: TableCells) -> tuple[dict[Cell, int], dict[Sum, None]]:
        """Counts, totals before their parts, and sums of all cells, with those that a new table makes with others."""
        counts = {**self.admitted.counts, **table.counts}
        remainders = list(table_cells.group_remainders(counts))
        counts |= {rest: counts[whole] - counts[known] for whole, known, rest in remainders}
        counts = dict(sorted(counts.items(), key=lambda pair: len(pair[0])))
        sums = {**self.admitted.sums, **table.sums}
        return counts, sums | dict.fromkeys((whole, (known, rest)) for whole, known, rest in remainders)

    def _suppressed(
        self, table: TableCells, counts: Mapping[Cell, int], sums: Mapping[Sum, None], implied: Mapping[Sum, None],
        roles: Mapping[Cell, Role], last: Collection[Cell],
    ) -> Pattern:  # fmt: skip
        """What to hide; the zeros of a question that nobody could answer are small where the reasons why are hidden."""
        scores = [score for score in self.scores if score.name in self.admitted.published]
        bounds = list(published_bounds.of_counts(counts, self.ticks, scores))
        ways = {cell: 0 for _, parts in implied for cell in parts}
        counts, sums, roles = counts | ways, sums | implied, dict.fromkeys(ways, Role.FREE) | roles
        exempt = table.exempt.union(*(zeros for _, zeros in table.empty))
        while True:
            every = dict.fromkeys(exempt, Role.EXEMPT) | roles
            pattern = suppress(
                counts, list(sums), self.smallest, bounds=bounds, roles=every, last=last, ranges=self.ranges
            )
            telling = {cell for reasons, zeros in table.empty if pattern.hidden & set(reasons) for cell in zeros}
            if not telling & exempt:
                return pattern
            exempt -= telling

    def _too_small_groups(self, table: TableCells) -> set[Cell]:
        """All cells of a group too small to be counted, and of the next one, that would give it back; of all of them
        where odds ratios that are shown, less these, would give small counts."""
        parts = sorted(list(table.groups.values())[:-1], key=table.counts.__getitem__)
        small = sum(table.counts[cell] < self.smallest for cell in parts)
        small_groups = parts[: max(small, 2)] if small else []
        people = list(table_cells.crossed_groups(table.counts, table.groups.values(), self.single))
        if people and any(self._tells_between(pair, people) for pair in self.admitted.pairs):
            small_groups = parts
        visible = self.admitted.having(Role.SHOWN) | self.admitted.having(Role.FREE)
        return {cell for cell in table.counts.keys() - visible if any(cell >= group for group in small_groups)}
