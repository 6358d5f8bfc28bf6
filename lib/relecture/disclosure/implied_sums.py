"""Sums between the counts of several questions, that a questionnaire implies before anybody answers.

A question put only to those who said yes counts them again; a recoded question adds answers up; nobody gives an
answer that the skip logic excludes. All this holds before anybody answers: it is read by answering the questionnaire
in every way, as far as its conditions go. The ways that what is shown does not tell apart are one unknown count, and
each shown count is the sum of its ways. A set of conditions with more than MOST ways is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from math import prod

from pandas import DataFrame

from relecture.answers.coded.recoding import derive
from relecture.answers.questionnaire import skip_logic
from relecture.answers.questionnaire.conditions import comparisons
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import Missing
from relecture.disclosure.suppression import Sum
from relecture.disclosure.table_cells import Cell, Condition, answer_columns
from relecture.stats.survey.questions import Question

MOST = 20_000
WAY = "*manière"


@dataclass(frozen=True)
class Ways:
    """The ways to answer questions that decide on one another: by column, those that meet each condition on it."""

    columns: tuple[Mapping[Condition, frozenset[int]], ...]
    number: int


def implied_ways(
    instrument: Instrument,
    questions: Iterable[Question],
    frame: DataFrame,
    recode: Callable[[DataFrame], DataFrame] | None = None,
) -> tuple[Ways, ...]:
    """The ways to answer these questions; `recode` makes of coded answers the frame whose columns they have.

    The ways of the respondents of the frame are among them, should answers contradict the questionnaire.
    """
    questions = list(questions)
    sets, above = _deciding_sets(instrument), _above(instrument)
    ways = [_ways(instrument, read) for read in sets]
    coded = _answered(instrument, [way for part in ways for way in part])
    columns = _decidable(recode(coded) if recode else coded, questions, above)
    given = _decidable(frame, questions, above)
    ends = list(accumulate(map(len, ways), initial=0))
    found = []
    for read, start, end in zip(sets, ends, ends[1:], strict=False):
        allowed = [(question, cells[start:end]) for question, cells in _decided(columns, instrument, read, above)]
        actual = [cells for _, cells in _decided(given, instrument, read, above)]
        if len({question for question, _ in allowed}) > 1:
            met = {*zip(*(cells for _, cells in allowed), strict=True), *zip(*actual, strict=True)}
            found.append(_numbered([question for question, _ in allowed], sorted(met)))
    return tuple(found)


def _numbered(names: Sequence[str], met: Sequence[tuple[str, ...]]) -> Ways:
    columns: list[dict[Condition, set[int]]] = [{} for _ in names]
    for rank, way in enumerate(met):
        for column, name, answer in zip(columns, names, way, strict=True):
            if answer:
                column.setdefault((name, answer), set()).add(rank)
    return Ways(tuple({one: frozenset(its) for one, its in column.items()} for column in columns), len(met))


def implied_sums(counts: Mapping[Cell, int], implied: Iterable[Ways]) -> Iterator[Sum]:
    """The sums that ways make of these cells, under the same other conditions; a cell that no way meets has no part."""
    for ways in implied:
        for here, shown in _shown(counts, ways).items():
            alike: dict[tuple[Condition, ...], Cell] = {}
            for rank in sorted(_possible(counts, ways, here, shown)):
                met = tuple(one for column in ways.columns for one in column if one in shown and rank in column[one])
                alike.setdefault(met, here | {(WAY, repr(met))})
            if here in counts:
                yield here, tuple(alike.values())
            for condition in shown:
                yield here | {condition}, tuple(cell for met, cell in alike.items() if condition in met)


def _shown(counts: Mapping[Cell, int], ways: Ways) -> dict[Cell, dict[Condition, None]]:
    """The conditions on several questions, or that others decide, whose cells are counted, by what else they meet."""
    decided = {condition for column in ways.columns for condition in column}
    found: dict[Cell, dict[Condition, None]] = {}
    for cell in counts:
        for condition in sorted(cell & decided):
            found.setdefault(cell - {condition}, {})[condition] = None
    return {
        here: shown for here, shown in found.items() if here & decided or len({question for question, _ in shown}) > 1
    }


def _possible(counts: Mapping[Cell, int], ways: Ways, here: Cell, shown: Iterable[Condition]) -> set[int]:
    """The ways that meet these conditions; where rows share everybody out, what has no row counts nobody."""
    possible = set(range(ways.number))
    for column in ways.columns:
        for condition in here & column.keys():
            possible &= column[condition]
        rows = [condition for condition in shown if condition in column]
        whole = sum(map(len, column.values())) == ways.number
        if whole and rows and counts.get(here) == sum(counts[here | {row}] for row in rows):
            possible &= frozenset().union(*(column[row] for row in rows))
    return possible


def impossible_cells(counts: Mapping[Cell, int], sums: Iterable[Sum]) -> Iterator[Cell]:
    """Cells that no way meets, by the implied sums, which tells nothing of anybody."""
    return (total for total, parts in sums if not parts and counts[total] == 0)


def _deciding_sets(instrument: Instrument) -> list[frozenset[str]]:
    """The columns that decide together on what is asked or recoded, each set with all that it follows from."""
    above = _above(instrument)
    closed = {_closed(one, above) for one in above.values() if one}
    few = [
        one for one in closed if prod(len(_codes(instrument, name)) for name in _columns_among(instrument, one)) <= MOST
    ]
    return sorted((one for one in few if not any(one < other for other in few)), key=sorted)


def _above(instrument: Instrument) -> dict[str, frozenset[str]]:
    """The columns and derived variables that each column or derived variable directly follows from."""
    found = {name: comparisons(column.item.relevant) for name, column in instrument.columns.items()}
    found |= {one.id: [leaf for case in one.cases for leaf in comparisons(case.when)] for one in instrument.derived}
    return {name: frozenset(leaf.column for leaf in read) for name, read in found.items()}


def _closed(read: frozenset[str], above: Mapping[str, frozenset[str]]) -> frozenset[str]:
    more = read.union(*(above[name] for name in read))
    return read if more == read else _closed(more, above)


def _columns_among(instrument: Instrument, names: frozenset[str]) -> list[str]:
    return sorted(name for name in names if name in instrument.columns)


def _codes(instrument: Instrument, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*instrument.columns[name].codes, str(Missing.NO_ANSWER))))


def _ways(instrument: Instrument, read: frozenset[str]) -> list[dict[str, str]]:
    """Every combination of answers in these columns."""
    names = _columns_among(instrument, read)
    return [dict(zip(names, way, strict=True)) for way in product(*(_codes(instrument, name) for name in names))]


def _answered(instrument: Instrument, ways: Sequence[Mapping[str, str]]) -> DataFrame:
    """A coded frame, one row a way to answer, for all sets of conditions: a frame costs as much for few rows."""
    frame = DataFrame(ways, columns=list(instrument.columns), dtype="str").fillna(str(Missing.NO_ANSWER))
    return derive(instrument, skip_logic.apply(instrument, frame)[0])


def _decidable(
    frame: DataFrame, questions: Iterable[Question], above: Mapping[str, frozenset[str]]
) -> list[tuple[str, str, list[str]]]:
    """Question, column and answers of all that conditions may decide."""
    read = frozenset().union(*above.values())
    return [
        (question.id, name, cells.fillna("").tolist())
        for question in questions
        if any(above.get(name) or name in read for name in question.columns)
        for name, cells in zip(question.columns, answer_columns(frame, question), strict=True)
    ]


def _decided(
    columns: Iterable[tuple[str, str, list[str]]],
    instrument: Instrument,
    read: frozenset[str],
    above: Mapping[str, frozenset[str]],
) -> Iterator[tuple[str, list[str]]]:
    """What those conditions decide of each question: all of it, or only whether it is asked."""
    for question, name, cells in columns:
        follows = above.get(name, frozenset())
        if name in read or (follows <= read and follows and name not in instrument.columns):
            yield question, cells
        elif follows and follows <= read:
            yield question, [cell if cell == Missing.NOT_ASKED.label else "" for cell in cells]
