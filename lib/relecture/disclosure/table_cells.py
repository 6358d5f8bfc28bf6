"""Counts that a table lets a reader know, shown or not, and how they add up.

A *cell* is named by its conditions, (question, answer) pairs that its respondents meet: {("genre", "femme"),
("groupe", "utilisateurs")}; no condition is everybody. `TableCells` lists the cells that a table gives away, shown
or not (those who did not make a choice, those who answered at all), and their sums.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations, product
from typing import Any

from pandas import DataFrame, Series, concat

from relecture.answers.questionnaire.missing import Missing
from relecture.disclosure.suppression import Sum
from relecture.stats.survey.characteristics import Characteristics
from relecture.stats.survey.questions import Question, known_answers, missing_reasons

Condition = tuple[str, str]
Cell = frozenset[Condition]
Pair = frozenset[str]  # the two variables of an odds ratio
WITH_GROUP, WITHOUT_GROUP, WITHOUT = "*groupe connu", "*groupe inconnu", "*inconnu"
BASE, ANSWERED, UNCHOSEN = "*base", "*réponse", "*pas "


@dataclass
class TableCells:
    """Cells and sums of one table; `keys` and `bases`: of each row, its count and what it is a share of.

    `exempt` cells tell nothing of anybody, though small: who did not answer, who answered anything at all.
    `free` cells are not shown and need no protection. `empty` are questions that nobody could answer: the cells of
    the reasons why, and those of the answers, whose zeros are told anyway where the reasons are.
    """

    counts: dict[Cell, int] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)
    exempt: set[Cell] = field(default_factory=set)
    free: set[Cell] = field(default_factory=set)
    empty: list[tuple[list[Cell], set[Cell]]] = field(default_factory=list)
    keys: dict[int, Cell] = field(default_factory=dict)
    bases: dict[int, Cell] = field(default_factory=dict)
    groups: dict[str, Cell] = field(default_factory=dict)

    def add(self, total: Cell, parts: Iterable[Cell]) -> None:
        self.sums[total, tuple(parts)] = None

    def split(self, total: Cell, parts: Iterable[Cell], rest: Cell) -> None:
        """The total is its parts and a rest, which is not shown but can be worked out."""
        self.counts[rest] = self.counts[total] - sum(self.counts[cell] for cell in parts)
        self.add(total, [*parts, rest])


def of_table(answers: Characteristics) -> TableCells:
    """The cells of a table of characteristics, and their sums."""
    table = TableCells(groups=_groups(answers))
    table.counts |= {cell: int(answers.sizes[group]) for group, cell in table.groups.items()}
    for (question, group), rows in _rows(answers.cells).items():
        _enter(table, rows, question, table.groups[group])
    overall, *parts = reversed(table.groups.values())
    for cell in [cell for cell in table.counts if parts and cell >= overall and not any(cell >= one for one in parts)]:
        table.add(cell, [(cell - overall) | part for part in parts])
    return table


def with_reason_rows(answers: Characteristics, reason: str, known: Collection[str]) -> Characteristics:
    """The table with a row for that reason, for each of these questions: a row that is not there tells it of nobody."""
    cells = answers.cells
    present = cells["kind"].eq("missing") & cells["label"].eq(reason)
    lacking = cells[cells["question"].isin({*known} - {*cells.loc[present, "question"]}) & cells["kind"].ne("missing")]
    if lacking.empty:
        return answers
    below = lacking.index.to_series().groupby(lacking["question"]).transform("max") + 0.5
    zeros = lacking.assign(level=reason, label=reason, kind="missing", count=0, note="").set_index(below)
    rows = concat([cells, zeros.drop_duplicates(["question", "group"])])
    return replace(answers, cells=rows.sort_index(kind="stable", ignore_index=True))


def of_two_by_two(row: Any, outcome: str, answers: Mapping[str, Series]) -> TableCells:
    """The cells of a row of `stats.odds`: a covariate and an outcome of 0 and 1, for those who answered both.

    With their `answers` (labels « 1 » and « 0 »), the margins are those of everybody, the others' count apart.
    """
    table = TableCells()
    rows, columns = [(row.covariate, one) for one in "10"], [(outcome, one) for one in "10"]
    cells = {name: frozenset(pair) for name, pair in zip("abcd", product(rows, columns), strict=True)}
    table.counts |= {cell: int(getattr(row, name)) for name, cell in cells.items()}
    for margin in (*rows, *columns):
        parts = [cell for cell in cells.values() if margin in cell]
        other = outcome if margin in rows else row.covariate
        _margin(table, margin, parts, (other, WITHOUT), answers)
    return table


def group_remainders(counts: Mapping[Cell, int]) -> Iterator[tuple[Cell, Cell, Cell]]:
    """Cells of everybody, of those whose group is known, and what is left between the two."""
    for cell in counts:
        for question, answer in cell:
            whole = cell - {(question, answer)}
            if answer == WITH_GROUP and whole in counts:
                yield whole, cell, whole | {(question, WITHOUT_GROUP)}


def binary_answers(frame: DataFrame, questions: Iterable[Question]) -> dict[str, Series]:
    """What each respondent answered, by question, for the questions of 0 and 1 that odds ratios are made of."""
    binary = (question for question in questions if {*question.levels.values()} == {"0", "1"})
    return {question.id: column for question in binary for column in answer_columns(frame, question)}


def single_answers(frame: DataFrame, questions: Iterable[Question]) -> dict[str, Series]:
    """What each respondent answered, in words, by question with one answer: those that a table may have groups of."""
    single = (question for question in questions if question.kind == "single")
    return {question.id: column for question in single for column in answer_columns(frame, question)}


def crossed_groups(
    counts: Mapping[Cell, int], sizes: Collection[Cell], single: Mapping[str, Series]
) -> Iterator[Series]:
    """Who is in each group of these `sizes` by which the answers to other questions were counted."""
    crossed = {pair for cell in counts for pair, (_, answer) in permutations(cell, 2) if answer[0] != "*"}
    for question, label in sorted(crossed & {pair for cell in sizes for pair in cell}):
        if question in single:
            yield single[question].eq(label)


def pair_remainders(
    pair: Pair, answers: Mapping[str, Series], groups: Collection[Series], others: Iterable[Pair]
) -> Iterator[int]:
    """Counts that the table of two variables of 0 and 1 gives, less the table of one of them by a group, or by the
    other of a table seen before."""
    if not pair <= answers.keys():
        return
    for counted in pair:
        (by,) = pair - {counted}
        seen = [answers[name] for other in others if counted in other for name in other - {counted}]
        yield from _nested_remainders(answers[counted], answers[by], [*groups, *_levels(seen)])


def _nested_remainders(counted: Series, by: Series, groups: Iterable[Series]) -> Iterator[int]:
    """Counts of a variable between a group and those of a level, of which one holds the other; 0 where both are the
    same respondents, which is small, unless it is one variable."""
    for group, level in product(groups, _levels([by])):
        inner, outer = sorted([group, level], key=Series.sum)
        if inner.any() and inner.name != outer.name and not (inner & ~outer).any():
            yield from (int((outer & ~inner & one).sum()) for one in _levels([counted]))


def _levels(variables: Iterable[Series]) -> list[Series]:
    return [variable.eq(level) for variable in variables for level in "10"]


def _margin(
    table: TableCells, margin: Condition, parts: list[Cell], unknown: Condition, answers: Mapping[str, Series]
) -> None:
    known, total = sum(table.counts[cell] for cell in parts), frozenset({margin})
    everybody = int(answers[margin[0]].eq(margin[1]).sum()) if margin[0] in answers else known
    rest = [] if everybody == known else [frozenset({margin, unknown})]
    table.counts |= {total: everybody} | dict.fromkeys(rest, everybody - known)
    table.free |= {total, *rest} if rest else set()
    table.add(total, [*parts, *rest])


def _groups(answers: Characteristics) -> dict[str, Cell]:
    """The cell of each column of the table, everybody last."""
    *parts, overall = answers.sizes
    known = {(answers.group, WITH_GROUP)} if answers.without_group else set()
    return {label: frozenset({(answers.group, label)}) for label in parts} | {overall: frozenset(known)}


def _rows(cells: DataFrame) -> dict[tuple[str, str], list[Any]]:
    """What is said of each question in each group, in order."""
    rows: dict[tuple[str, str], list[Any]] = {}
    for row in cells[["question", "group", "kind", "label", "count"]].itertuples():
        rows.setdefault((row.question, row.group), []).append(row)
    return rows


def _enter(table: TableCells, rows: Sequence[Any], question: str, here: Cell) -> None:
    """One question in one group: all are those who answered and those who did not, for each reason."""
    chosen = any(row.kind == "choice" for row in rows)
    outside, inside = _missing(table, [row for row in rows if row.kind == "missing"], question, here, chosen)
    base = here | {(question, BASE)} if outside else here
    answers = _cells(table, [row for row in rows if row.kind in ("answer", "choice")], question, here)
    table.keys |= {row.Index: base for row in rows if row.kind == "number"}
    table.bases |= {row.Index: here if row.kind == "missing" else base for row in rows}
    if outside:
        table.split(here, outside, base)
        table.exempt.add(base)
    answered = here | {(question, ANSWERED)} if inside else base
    if inside:
        table.split(base, inside, answered)
        table.exempt.add(answered)
    if chosen:
        for label, cell in answers.items():
            table.split(answered, [cell], here | {(question, UNCHOSEN + label)})
    elif answers:
        table.add(base, answers.values())
    if table.counts[base] == 0:  # nobody was there to answer
        zeros = {here | {(question, start + label)} for label in answers for start in ("", UNCHOSEN)}
        table.empty.append((outside or [here], zeros & table.counts.keys()))


def _missing(
    table: TableCells, rows: Sequence[Any], question: str, here: Cell, chosen: bool
) -> tuple[list[Cell], list[Cell]]:
    """Those who are no part of what shares are of, and those who are: of a choice, who was asked and did not answer."""
    cells = _cells(table, rows, question, here)
    silent = Missing.NO_ANSWER.label
    table.exempt |= {cell for label, cell in cells.items() if label == silent or table.counts[cell] == 0}
    inside = [cell for label, cell in cells.items() if chosen and label != Missing.NOT_ASKED.label]
    return [cell for cell in cells.values() if cell not in inside], inside


def _cells(table: TableCells, rows: Sequence[Any], question: str, here: Cell) -> dict[str, Cell]:
    """The cell of each answer, by its label."""
    cells = {row.label: here | {(question, row.label)} for row in rows}
    for row, cell in zip(rows, cells.values(), strict=True):
        table.keys[row.Index], table.counts[cell] = cell, int(row.count)
    return cells


def answer_columns(frame: DataFrame, question: Question) -> Iterator[Series]:
    """What each respondent says to a question, as answers that share everybody out; one a choice, if several."""
    if question.kind in ("single", "ordinal"):
        yield _words(frame[question.id], question)
        return
    answers = known_answers(frame, question)
    unsaid = missing_reasons(frame, question, answers)
    if question.kind == "multiple":
        for column, label in question.levels.items():
            ticked = answers[column].eq(1)
            yield ticked.map({True: label, False: UNCHOSEN + label}).where(answers[column].notna(), unsaid)
    else:
        yield unsaid.replace("", BASE)


def _words(codes: Series, question: Question) -> Series:
    """Codes in words; one that is not known is no answer where answers are ordered, and stands for itself elsewhere."""
    words = codes.map({**question.levels, **{code.value: code.label for code in Missing}}).astype(object)
    known = words if question.kind == "ordinal" else words.fillna(codes)
    return known.fillna(Missing.NO_ANSWER.label).astype(str)
