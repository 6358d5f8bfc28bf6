"""Bounds of sums of counts, that several ticks and scores imply.

A question with several answers is ticked at least, and at most, so many times; an exclusive answer is ticked alone; a
recoded answer may say how many ticks there were. What its rules allow is read by ticking it in every way, as
`implied_sums` reads conditions; a question with more than MOST ways is left out. A score adds up the rows
of a matrix: its mean times the number of scores is a weighted sum of their counts, and its deviation bounds others.
Both are taken as known exactly where they are shown at all: rounding hides less than it seems, since differences,
intervals and p of the same scores tell them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import inf

import numpy as np
from pandas import DataFrame, Series, concat

from relecture.answers.coded import scores
from relecture.answers.questionnaire.instrument import Instrument, Score
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import Missing
from relecture.disclosure import table_cells
from relecture.disclosure.implied_sums import MOST
from relecture.disclosure.suppression import Bound
from relecture.disclosure.table_cells import ANSWERED, BASE, Cell, Condition, TableCells
from relecture.stats.survey import characteristics
from relecture.stats.survey.characteristics import Characteristics
from relecture.stats.survey.questions import Question

Ends = tuple[float, float]


@dataclass(frozen=True)
class Ticks:
    """How many answers a question has ticked: `within` among who meets the `condition`, `without` among the others."""

    question: str
    choices: tuple[Condition, ...]
    condition: Condition | None
    within: Ends
    without: Ends
    alone: bool = False


@dataclass(frozen=True)
class ScoreSums:
    """What the numbers of a score tell, wherever they are shown: the sums of what is known of all who have one.

    `worth`: the points of each answer to each row; those of a missing one that takes the median are the median. `ends`
    of the points of one of the `rows`; `scores` are those of all who have one; `cells`, those of a table of the rows.
    """

    name: str
    rows: int
    ends: Ends
    worth: Mapping[Condition, float]
    scores: Series
    cells: TableCells


def tick_rules(
    instrument: Instrument, questions: Iterable[Question], recode: Callable[[DataFrame], DataFrame] | None = None
) -> tuple[Ticks, ...]:
    """The rules of the questions with several answers; `recode` makes the frame whose columns they have."""
    questions = list(questions)
    several = {one.id: one for one in questions if one.kind == "multiple"}
    items = [item for item in instrument.items if item.id in several and 2 ** len(item.offered) <= MOST]
    if not items:
        return ()
    ways = [_ways(item) for item in items]
    code = str(Missing.NO_ANSWER)
    blank = concat(ways, ignore_index=True).fillna(code).reindex(columns=list(instrument.columns), fill_value=code)
    frame = recode(blank) if recode else blank
    known = {*instrument.columns, *(one.id for one in instrument.derived)}
    binary = [one for one in questions if {*one.levels} == {"0", "1"} and one.id not in known]
    found, start = [], 0
    for item, way in zip(items, ways, strict=True):
        found += _rules(several[item.id], item, frame.iloc[start : start + len(way)], binary)
        start += len(way)
    return tuple(found)


def _ways(item: Item) -> DataFrame:
    """All that the form lets a respondent tick, one row a way; also no tick at all, first, where it is no answer."""
    names = [column.name for column in item.columns]
    alone = {rank for rank, choice in enumerate(item.offered) if choice.alone}
    sizes = range(item.least or 0, (item.most or len(names)) + 1)
    ways = [
        way for size in sizes for way in combinations(range(len(names)), size) if size == 1 or alone.isdisjoint(way)
    ]
    ticks = np.full((len(ways), len(names)), "0", dtype=object)
    for line, way in zip(ticks, ways, strict=True):
        line[list(way)] = "1"
    return DataFrame(ticks, columns=names, dtype="str")


def _rules(question: Question, item: Item, ways: DataFrame, binary: Iterable[Question]) -> Iterator[Ticks]:
    ticks = ways[list(question.columns)].eq("1")
    number = ticks.sum(axis="columns")
    choices = tuple((question.id, label) for label in question.levels.values())
    whole = int(number.min()), int(number.max())
    yield Ticks(question.id, choices, None, whole, whole)
    labels = dict(zip(question.columns, question.levels.values(), strict=True))
    for column, choice in zip(item.columns, item.offered, strict=True):
        if choice.alone and column.name in labels:
            yield _split(question.id, choices, (question.id, labels[column.name]), ticks[column.name], number, True)
    for other in binary:
        exposed = ways[other.id].eq("1")
        if exposed.any() and not exposed.all():
            yield _split(question.id, choices, (other.id, other.levels["1"]), exposed, number, False)


def _split(
    question: str, choices: tuple[Condition, ...], condition: Condition, meets: Series, number: Series, alone: bool
) -> Ticks:
    ends = [(int(part.min()), int(part.max())) for part in (number[meets], number[~meets])]
    return Ticks(question, choices, condition, *ends, alone)


def tick_bounds(counts: Mapping[Cell, int], rules: Iterable[Ticks]) -> Iterator[Bound]:
    """The bounds that these rules set to the ticks of a question, wherever all of its answers are counted."""
    for rule in rules:
        for here in _everywhere(counts, rule.choices):
            answered = next(one for one in _bases(here, rule.question) if one in counts)
            if rule.condition is None or here | {rule.condition} in counts:
                yield from _ends_of_ticks(here, answered, rule)


def _ends_of_ticks(here: Cell, answered: Cell, rule: Ticks) -> Iterator[Bound]:
    ticks = {here | {choice}: 1.0 for choice in rule.choices}
    meets = frozenset() if rule.condition is None else here | {rule.condition}
    for rank, sides in enumerate(((0.0, inf), (-inf, 0.0))):
        weights = ticks | {answered: -rule.without[rank]}
        if meets:
            weights[meets] = weights.get(meets, 0.0) + rule.without[rank] - rule.within[rank]
        yield Bound(tuple(weights.items()), *sides)
    if rule.alone:
        for other in ticks.keys() - {meets}:
            yield Bound(((meets, 1.0), (other, 1.0), (answered, -1.0)), -inf, 0.0)


def score_sums(instrument: Instrument, questions: Iterable[Question], frame: DataFrame) -> Iterator[ScoreSums]:
    """The scores whose rows are all among the questions, and what the answers to them are worth."""
    for score in instrument.scores:
        columns = [column.name for column in instrument[score.matrix].columns]
        rows = [question for question in questions if question.id in columns]
        if len(rows) == len(columns):
            points = scores.points(instrument, frame, score.id)
            ends = min(score.points.values()), max(score.points.values())
            known = scores.score(instrument, frame, score.id)[score.id].dropna()
            worth = dict(_worth(instrument[score.matrix], score, points.median()))
            cells = table_cells.of_table(characteristics.table(frame, rows))
            yield ScoreSums(score.id, len(columns), ends, worth, known, cells)


def _worth(matrix: Item, score: Score, medians: Series) -> Iterator[tuple[Condition, float]]:
    turn = min(score.points.values()) + max(score.points.values())
    for column in matrix.columns:
        for choice, points in score.points.items():
            turned = column.name.removeprefix(f"{matrix.id}.") in score.reversed
            label = next(one.label for one in matrix.offered if one.id == choice)
            yield (column.name, label), float(turn - points if turned else points)
        for code in score.median_for:
            yield (column.name, Missing(code).label), float(medians[column.name])


def is_near_an_end(answers: Characteristics, rule: ScoreSums) -> bool:
    """Whether a number is so near an end of the score that it excludes an answer to a row."""
    numbers = answers.cells.loc[answers.cells["question"].eq(rule.name), ["mean", "median", "q1", "q3"]].stack()
    reach = rule.ends[1] - rule.ends[0]
    low, high = (rule.rows * end for end in rule.ends)
    return bool((numbers.lt(low + reach) | numbers.gt(high - reach)).any())


def score_bounds(counts: Mapping[Cell, int], rule: ScoreSums) -> Iterator[Bound]:
    """The bounds that the mean and the deviation of a score set to the answers to its rows.

    Whoever answered some rows and has no score adds between nothing and the most to each.
    """
    here = {frozenset({one}): points for one, points in rule.worth.items() if frozenset({one}) in counts}
    least, most = rule.ends
    reach, others = most - least, sum(counts[cell] for cell in here) - rule.rows * len(rule.scores)
    total = rule.scores.sum()
    yield Bound(tuple(here.items()), total + others * least, total + others * most)
    for end in rule.ends:  # by Cauchy, what rows take off an end, squared, is between this part of it and all of it
        squares = ((rule.scores - rule.rows * end) ** 2).sum()
        weights = {cell: (points - end) ** 2 for cell, points in here.items()}
        yield Bound(tuple(weights.items()), squares / rule.rows, squares + others * reach**2)
    between = ((rule.scores - rule.rows * least) * (rule.rows * most - rule.scores)).sum()
    part = rule.rows * reach / 2  # who is d from both ends of a row is d x part from both ends of the score, or more
    weights = {cell: part * min(points - least, most - points) for cell, points in here.items()}
    yield Bound(tuple(weights.items()), 0.0, between + others * part * reach / 2)


def of_counts(counts: Mapping[Cell, int], ticks: Iterable[Ticks], scores: Iterable[ScoreSums]) -> Iterator[Bound]:
    """What ticks, and the numbers of scores that are shown, say of these counts."""
    told = (score_bounds(counts, score) for score in scores)
    yield from true_to(counts, chain(tick_bounds(counts, ticks), *told))


def true_to(counts: Mapping[Cell, int], bounds: Iterable[Bound]) -> Iterator[Bound]:
    """The bounds, widened to what the counts are where answers do not keep to the rules."""
    for weights, low, high in bounds:
        value = sum(weight * counts[cell] for cell, weight in weights)
        yield Bound(weights, min(low, value), max(high, value))


def _everywhere(counts: Mapping[Cell, int], choices: Sequence[Condition]) -> list[Cell]:
    """The other conditions under which all of these answers are counted."""
    others = (cell - {choices[0]} for cell in counts if choices[0] in cell)
    return [here for here in others if all(here | {choice} in counts for choice in choices)]


def _bases(here: Cell, question: str) -> Iterator[Cell]:
    """Those who answered a question: the narrowest cell that a table may have of them first."""
    yield from (here | {(question, ANSWERED)}, here | {(question, BASE)}, here)
