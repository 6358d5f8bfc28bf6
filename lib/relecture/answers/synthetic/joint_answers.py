"""Answers drawn together, to the questions that counted derived variables read.

A *profile* is what one respondent may answer to these questions, once the skip logic and the rules of the plan have
spoken; its *signature*, the targets that count such a respondent. How many respondents have each signature is a small
integer program, whatever their number: every target met, or missed by as few respondents as can be, and then as close
as can be to a random draw. Each respondent then has one of the profiles of their signature, at random.
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
MISSED = 1_000.0  # what a respondent too many or too few in a target costs, beside 1 to 1.1 away from the random draw
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
    hits, counts = [np.ones(len(terms), dtype=bool)], []
    for column, groups in wanted.items():
        if column in names or (column in derived and sources(plan.instrument, column) <= names):
            for group, cells in groups.items():
                inside = terms[plan.by].eq(group) if group else True
                hits += [terms[column].eq(cell) & inside for cell in cells]
                counts += cells.values()
    return np.array(hits, dtype=bool), np.array(counts, dtype=float)


def _sizes(hits: np.ndarray, counts: np.ndarray, start: np.ndarray, rng: np.random.Generator) -> list[int]:
    """Respondents of each signature: as many in all as at the start, the fewest missed, the closest to the start."""
    from scipy.optimize import LinearConstraint, milp

    targets, signatures = hits.shape
    target, signature = np.eye(targets), np.eye(signatures)
    # columns: the sizes; targets passed, and missed; sizes above the start, and below
    matrix = np.block([
        [np.ones((1, signatures)), np.zeros((1, 2 * targets + 2 * signatures))],
        [hits, -target, target, np.zeros((targets, 2 * signatures))],
        [signature, np.zeros((signatures, 2 * targets)), -signature, signature],
    ])  # fmt: skip
    wanted = np.concatenate([[start.sum()], counts, start])
    apart = np.tile(1 + rng.random(signatures) / 10, 2)
    costs = np.concatenate([np.zeros(signatures), np.full(2 * targets, MISSED), apart])
    whole = np.arange(len(costs)) < signatures
    found = milp(costs, integrality=whole, constraints=LinearConstraint(matrix, wanted, wanted))
    return [round(size) for size in found.x[:signatures]]
