"""Sums between the counts of several questions, that a questionnaire implies before anybody answers.

A question put only to those who said yes counts them again; a recoded question adds answers up; nobody gives an
answer that the skip logic excludes. Such *implications* hold before anybody answers: they are read by answering the
questionnaire in every way, as far as its conditions go, and not from the answers, where they may hold by chance.
A set of conditions with more than MOST ways is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, permutations, product
from math import prod

from pandas import DataFrame

from relecture.answers.coded.recoding import derive
from relecture.answers.questionnaire import skip_logic
from relecture.answers.questionnaire.conditions import comparisons
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import Missing
from relecture.disclosure.suppression import Sum
from relecture.disclosure.table_cells import ANSWERED, BASE, Cell, Condition, answer_columns
from relecture.stats.survey.questions import Question

Implication = tuple[Condition, tuple[Condition, ...]]  # an answer, and the answers of another question that make it up
MOST = 20_000


def implications(
    instrument: Instrument, questions: Iterable[Question], recode: Callable[[DataFrame], DataFrame] | None = None
) -> tuple[Implication, ...]:
    """The implications between these questions; `recode` makes of coded answers the frame whose columns they have."""
    sets, above = _deciding_sets(instrument), _above(instrument)
    ways = [_ways(instrument, read) for read in sets]
    frame = _answered(instrument, [way for part in ways for way in part])
    columns = _decidable(recode(frame) if recode else frame, questions, above)
    ends = list(accumulate(map(len, ways), initial=0))
    implied: dict[Implication, None] = {}
    for read, start, end in zip(sets, ends, ends[1:], strict=False):
        decided = [(question, cells[start:end]) for question, cells in _decided(columns, instrument, read, above)]
        for (question, fine), (other, coarse) in permutations(decided, 2):
            if question != other:
                implied |= dict.fromkeys(_unions(question, fine, other, coarse))
    return tuple(implied)


def implied_sums(counts: Mapping[Cell, int], implied: Iterable[Implication]) -> Iterator[Sum]:
    """The sums that implications make between these cells, everywhere the same other conditions hold."""
    holding = _holding(counts)
    for whole, parts in implied:
        for cell in holding.get(whole, ()):
            rest = cell - {whole}
            others = tuple(rest | {part} for part in parts)
            if rest.intersection(parts):  # a part is in the whole: saying so changes nobody
                rest, others = cell, (rest,)
            known = tuple(one for one in others if one in counts)  # a part without a row counts 0
            if len(known) == 1:  # two equal counts, said once
                yield min((rest | {whole}, known), (known[0], (rest | {whole},)), key=lambda one: sorted(one[0]))
            elif known:
                yield rest | {whole}, known


def impossible_cells(counts: Mapping[Cell, int], implied: Iterable[Implication]) -> Iterator[Cell]:
    """Cells that implications leave empty, which tells nothing of anybody: a whole with what is no part of it."""
    holding = _holding(counts)
    for whole, parts in implied:
        (name,) = {part[0] for part in parts}
        clashes = [(whole, name, parts), *((part, whole[0], (whole,)) for part in parts)]
        for condition, other, fitting in clashes:
            for cell in holding.get(condition, ()):
                answers = [pair for pair in cell if pair[0] == other and pair[1] not in (BASE, ANSWERED)]
                if counts[cell] == 0 and any(pair not in fitting for pair in answers):
                    yield cell


def _holding(counts: Mapping[Cell, int]) -> dict[Condition, list[Cell]]:
    """The cells that hold each condition."""
    holding: dict[Condition, list[Cell]] = {}
    for cell in counts:
        for condition in cell:
            holding.setdefault(condition, []).append(cell)
    return holding


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


def _unions(question: str, fine: Sequence[str], other: str, coarse: Sequence[str]) -> Iterator[Implication]:
    """The answers of the second column that are unions of answers of the first."""
    met = set(zip(fine, coarse, strict=True))
    wholes: dict[str, set[str]] = {}
    for part, whole in met:
        wholes.setdefault(part, set()).add(whole)
    for whole in sorted({whole for _, whole in met if whole}):
        parts = sorted(part for part, under in met if under == whole)
        if all(part and len(wholes[part]) == 1 for part in parts):
            yield (other, whole), tuple((question, part) for part in parts)
