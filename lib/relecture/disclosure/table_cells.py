"""Cells that a table gives away, shown or not, and how they add up.

A *cell* is named by its conditions, (question, answer) pairs that its respondents meet: {("genre", "femme"),
("groupe", "utilisateurs")}; no condition is everybody. An `Account` lists the cells that a table gives away, shown
or not (those who did not make a choice, those who answered at all), and their sums.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from pandas import DataFrame, Series, concat

from relecture.answers.questionnaire.missing import Missing
from relecture.disclosure.suppression import Sum
from relecture.stats.survey.characteristics import Characteristics
from relecture.stats.survey.questions import Question, known_answers, missing_reasons

Condition = tuple[str, str]
Cell = frozenset[Condition]
WITH_GROUP, WITHOUT_GROUP, WITHOUT = "*groupe connu", "*groupe inconnu", "*inconnu"
BASE, SAID, UNCHOSEN = "*base", "*réponse", "*pas "


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


def of_table(found: Characteristics) -> TableCells:
    """The cells of a table of characteristics, and their sums."""
    made = TableCells(groups=_groups(found))
    made.counts |= {cell: int(found.sizes[group]) for group, cell in made.groups.items()}
    for (question, group), rows in _rows(found.cells).items():
        _enter(made, rows, question, made.groups[group])
    overall, *parts = reversed(made.groups.values())
    for cell in [cell for cell in made.counts if parts and cell >= overall and not any(cell >= one for one in parts)]:
        made.add(cell, [(cell - overall) | part for part in parts])
    return made


def with_not_asked_rows(found: Characteristics, skipped: Collection[str]) -> Characteristics:
    """The table with « non posée » for each of these questions: a row that is not there tells that all were asked."""
    cells, label = found.cells, Missing.NOT_ASKED.label
    told = cells["kind"].eq("missing") & cells["label"].eq(label)
    said = cells[cells["question"].isin({*skipped} - {*cells.loc[told, "question"]}) & cells["kind"].ne("missing")]
    if said.empty:
        return found
    below = said.index.to_series().groupby(said["question"]).transform("max") + 0.5
    zeros = said.assign(level=label, label=label, kind="missing", count=0, note="").set_index(below)
    rows = concat([cells, zeros.drop_duplicates(["question", "group"])])
    return replace(found, cells=rows.sort_index(kind="stable", ignore_index=True))


def of_two_by_two(row: Any, outcome: str, answers: Mapping[str, Series]) -> TableCells:
    """The account of a row of `stats.odds`: a covariate and an outcome of 0 and 1, for those who answered both.

    With their `answers` (labels « 1 » and « 0 »), the margins are those of everybody, the others' count apart.
    """
    made = TableCells()
    rows, columns = [(row.covariate, one) for one in "10"], [(outcome, one) for one in "10"]
    cells = {name: frozenset(pair) for name, pair in zip("abcd", product(rows, columns), strict=True)}
    made.counts |= {cell: int(getattr(row, name)) for name, cell in cells.items()}
    for margin in (*rows, *columns):
        parts = [cell for cell in cells.values() if margin in cell]
        other = outcome if margin in rows else row.covariate
        _margin(made, margin, parts, (other, WITHOUT), answers)
    return made


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


def _margin(
    made: TableCells, margin: Condition, parts: list[Cell], unknown: Condition, answers: Mapping[str, Series]
) -> None:
    known, total = sum(made.counts[cell] for cell in parts), frozenset({margin})
    everybody = int(answers[margin[0]].eq(margin[1]).sum()) if margin[0] in answers else known
    rest = [] if everybody == known else [frozenset({margin, unknown})]
    made.counts |= {total: everybody} | dict.fromkeys(rest, everybody - known)
    made.free |= {total, *rest} if rest else set()
    made.add(total, [*parts, *rest])


def _groups(found: Characteristics) -> dict[str, Cell]:
    """The cell of each column of the table, everybody last."""
    *parts, overall = found.sizes
    known = {(found.group, WITH_GROUP)} if found.without_group else set()
    return {label: frozenset({(found.group, label)}) for label in parts} | {overall: frozenset(known)}


def _rows(cells: DataFrame) -> dict[tuple[str, str], list[Any]]:
    """What is said of each question in each group, in order."""
    rows: dict[tuple[str, str], list[Any]] = {}
    for row in cells[["question", "group", "kind", "label", "count"]].itertuples():
        rows.setdefault((row.question, row.group), []).append(row)
    return rows


def _enter(made: TableCells, rows: Sequence[Any], question: str, here: Cell) -> None:
    """One question in one group: all are those who answered and those who did not, for each reason."""
    chosen = any(row.kind == "choice" for row in rows)
    outside, inside = _missing(made, [row for row in rows if row.kind == "missing"], question, here, chosen)
    base = here | {(question, BASE)} if outside else here
    answers = _cells(made, [row for row in rows if row.kind in ("answer", "choice")], question, here)
    made.keys |= {row.Index: base for row in rows if row.kind == "number"}
    made.bases |= {row.Index: here if row.kind == "missing" else base for row in rows}
    if outside:
        made.split(here, outside, base)
        made.exempt.add(base)
    said = here | {(question, SAID)} if inside else base
    if inside:
        made.split(base, inside, said)
        made.exempt.add(said)
    if chosen:
        for label, cell in answers.items():
            made.split(said, [cell], here | {(question, UNCHOSEN + label)})
    elif answers:
        made.add(base, answers.values())
    if made.counts[base] == 0:  # nobody was there to answer
        zeros = {here | {(question, start + label)} for label in answers for start in ("", UNCHOSEN)}
        made.empty.append((outside or [here], zeros & made.counts.keys()))


def _missing(
    made: TableCells, rows: Sequence[Any], question: str, here: Cell, chosen: bool
) -> tuple[list[Cell], list[Cell]]:
    """Those who are no part of what shares are of, and those who are: of a choice, who was asked and did not answer."""
    cells = _cells(made, rows, question, here)
    silent = Missing.NO_ANSWER.label
    made.exempt |= {cell for label, cell in cells.items() if label == silent or made.counts[cell] == 0}
    inside = [cell for label, cell in cells.items() if chosen and label != Missing.NOT_ASKED.label]
    return [cell for cell in cells.values() if cell not in inside], inside


def _cells(made: TableCells, rows: Sequence[Any], question: str, here: Cell) -> dict[str, Cell]:
    """The cell of each answer, by its label."""
    cells = {row.label: here | {(question, row.label)} for row in rows}
    for row, cell in zip(rows, cells.values(), strict=True):
        made.keys[row.Index], made.counts[cell] = cell, int(row.count)
    return cells


def answer_columns(frame: DataFrame, question: Question) -> Iterator[Series]:
    """What each respondent says to a question, as answers that share everybody out; one a choice, if several."""
    answers = known_answers(frame, question)
    unsaid = missing_reasons(frame, question, answers)
    if question.kind == "multiple":
        for column, label in question.levels.items():
            made = answers[column].eq(1)
            yield made.map({True: label, False: UNCHOSEN + label}).where(answers[column].notna(), unsaid)
    elif question.kind == "number":
        yield unsaid.replace("", BASE)
    else:
        told = frame[question.id].map(lambda code: question.levels.get(code, code))
        yield told.where(unsaid == "", unsaid).astype(str)
