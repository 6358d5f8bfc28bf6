"""Answers drawn together, to the questions that counted derived variables read.

A *profile* is what one respondent may answer to these questions, once the skip logic and the rules of the plan have
spoken; its *signature*, the targets that count such a respondent. From a random draw, respondents go from one signature
to another, many at a time and then one, by the move that leaves the fewest missed, even when that is more than before,
until every target is met. Each respondent then has one of the profiles of their signature, at random.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pandas import DataFrame

from relecture.answers.questionnaire.conditions import comparisons, holds
from relecture.answers.questionnaire.items import Column
from relecture.answers.questionnaire.missing import Missing
from relecture.answers.synthetic.plan import EVERYBODY, SILENT, Plan, Rules, Wanted, sources
from relecture.core.errors import InputError

NOT_ASKED = str(Missing.NOT_ASKED)
MOVES = 2_000  # from one signature to another, before targets that cannot all be met are given up
PROFILES = 100_000  # beyond which questions are too many to be answered together


def draw(plan: Plan, wanted: Wanted, n: int, rng: np.random.Generator) -> tuple[DataFrame, set[str]]:
    """`n` rows of coded cells, no answer but in the columns answered together; and the names of these columns."""
    frame = DataFrame(SILENT, index=range(n), columns=list(plan.instrument.columns), dtype=object)
    answered = set()
    for names in _blocks(plan, wanted):
        block = [column for name, column in plan.instrument.columns.items() if name in names]
        profiles = DataFrame(_profiles(block, plan.rules), dtype=object)
        picked = _picked(plan, wanted, n, profiles, rng)
        frame[list(profiles)] = profiles.to_numpy()[picked]
        answered |= names
    return frame, answered


def _blocks(plan: Plan, wanted: Wanted) -> Iterator[set[str]]:
    """The columns to be answered together; variables that read a same one, or the groups, are in one block."""
    derived = {one.id for one in plan.instrument.derived}
    read = {name for about in (*plan.numbers, *plan.checks) for name in about.where}
    blocks: list[set[str]] = []
    for variable in sorted((derived & {*wanted, *plan.outcomes}) | (read | {plan.by}) - {EVERYBODY}):
        read_too = {plan.by} if any(wanted.get(variable, {})) else set()
        names = _closed(plan, {name for one in {variable, *read_too} for name in sources(plan.instrument, one)})
        for other in [block for block in blocks if block & names]:
            blocks.remove(other)
            names |= other
        blocks.append(names)
    yield from blocks


def _closed(plan: Plan, names: set[str]) -> set[str]:
    """With the columns that say whether these are asked, or what they hold."""
    columns = [plan.instrument.columns[name] for name in names]
    if odd := [one.name for one in columns if one.item.kind not in ("single", "matrix")]:
        raise InputError([f"« {odd[0]} » n'est pas une question à une réponse : ce qui en découle ne peut être compté"])
    conditions = [when for one in columns for when, _ in [(one.item.relevant, ()), *plan.rules.given_to(one)]]
    read = {leaf.column for condition in conditions for leaf in comparisons(condition)}
    return names if read <= names else _closed(plan, names | read)


def _profiles(columns: list[Column], rules: Rules) -> list[dict[str, str]]:
    profiles: list[dict[str, str]] = [{}]
    for column in columns:
        profiles = [row | {column.name: cell} for row in profiles for cell in _cells(column, row, rules)]
        if len(profiles) > PROFILES:
            raise InputError([f"« {column.name} » : trop de questions sont comptées ensemble"])
    return profiles


def _cells(column: Column, row: dict[str, str], rules: Rules) -> tuple[str, ...]:
    """What one respondent may have in a column, after those before it."""
    if not holds(column.item.relevant, row):
        return (NOT_ASKED,)
    return next((cells for when, cells in rules.given_to(column) if holds(when, row)), rules.allowed(column))


def _picked(plan: Plan, wanted: Wanted, n: int, profiles: DataFrame, rng: np.random.Generator) -> np.ndarray:
    """The profile of each respondent, in random order."""
    blank = DataFrame(SILENT, index=profiles.index, columns=list(plan.instrument.columns), dtype=object)
    hits, counts = _targets(plan, wanted, plan.terms(blank.assign(**profiles)), set(profiles))
    signatures, which = np.unique(hits, axis=1, return_inverse=True)
    which = which.ravel()
    start = np.bincount(which[rng.integers(len(which), size=n)], minlength=signatures.shape[1])
    sizes = _sizes(signatures[1:], counts, start, rng)
    picked = [rng.choice(np.flatnonzero(which == place), size) for place, size in enumerate(sizes) if size]
    return rng.permutation(np.concatenate(picked))


def _targets(plan: Plan, wanted: Wanted, terms: DataFrame, names: set[str]) -> tuple[np.ndarray, np.ndarray]:
    """Which profiles (columns) each target (rows, after one that is everybody) counts; how many each target wants."""
    derived = {one.id for one in plan.instrument.derived}
    hits, counts = [np.ones(len(terms), dtype=int)], []
    for column, groups in wanted.items():
        if column in names or (column in derived and sources(plan.instrument, column) <= names):
            for group, cells in groups.items():
                inside = terms[plan.by].eq(group) if group else True
                hits += [terms[column].eq(cell) & inside for cell in cells]
                counts += cells.values()
    return np.array(hits, dtype=int), np.array(counts, dtype=int)


def _sizes(hits: np.ndarray, counts: np.ndarray, start: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Respondents of each signature, as many in all as at the start; the fewest missed of those met on the way."""
    change = hits[:, None, :] - hits[:, :, None]  # in each target, when a respondent goes from one signature to another
    sizes, step, nearest, fewest = start.copy(), max(1, start.sum() // 4), start, np.inf
    for _ in range(MOVES):
        gap = counts - hits @ sizes
        if (missed := np.abs(gap).sum()) < fewest:
            nearest, fewest = sizes.copy(), missed
        if not missed:
            break
        left = np.abs(gap[:, None, None] - step * change).sum(axis=0) + rng.random(change.shape[1:]) / 2
        left[sizes < step] = np.inf
        np.fill_diagonal(left, np.inf)
        if step > 1 and left.min() >= missed:
            step //= 2
        elif np.isfinite(left.min()):
            one, other = np.unravel_index(left.argmin(), left.shape)
            sizes[[one, other]] += [-step, step]
    return nearest
