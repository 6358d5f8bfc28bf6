"""Which answers would print what the study printed?

Nobody published the answers; these are invented, seeded, and built so that every printed margin the plan
names is met exactly: counts of each group, mean, deviation and median of numbers, mean and deviation of
the score in each stratum, and the 2 x 2 tables given. What cannot hold is in the account, with the
reason. Between questions, and beyond what is printed, answers are independent of one another: no
association found here says anything about doctors. Nothing is read from a file or written to one.

`answers` gives them in the terms of the printed table, for studies that compare groups; `coded` gives, for
any study with a plan, what the form would have collected: a coded frame of its instrument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from relecture.answers.coded.recoding import as_printed, derive
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import RESPONDENT
from relecture.answers.synthetic.common.samples import integers, items, shuffled
from relecture.answers.synthetic.groups import columns
from relecture.answers.synthetic.groups.achieved import account
from relecture.answers.synthetic.groups.plan import Plan, read
from relecture.answers.synthetic.groups.rescale import scaled
from relecture.answers.synthetic.groups.two_by_two import Table, Tables, exposure
from relecture.answers.synthetic.printed_to_form import unprinted
from relecture.answers.synthetic.survey import annealing, filling
from relecture.answers.synthetic.survey import plan as quotas
from relecture.answers.synthetic.survey.achieved import other_size, recount
from relecture.answers.synthetic.survey.plan import Rules
from relecture.core.errors import InputError

__all__ = ["CodedAnswers", "SyntheticAnswers", "answers", "coded", "integers", "items", "shuffled", "sizes"]
SEED = 2023
Made = tuple[list[filling.Row], Callable[[pd.DataFrame], pd.DataFrame], set[str]]  # rows, their account, columns held


@dataclass(frozen=True)
class SyntheticAnswers:
    """`frame`: one row a respondent; `account`: one row a target, reproduced or not, and why."""

    frame: pd.DataFrame
    account: pd.DataFrame


@dataclass(frozen=True)
class CodedAnswers:
    """`frame`: a coded frame; `account`: one row a printed number, reproduced or not, and why.

    `at_random`: the items that no printed number holds.
    """

    frame: pd.DataFrame
    account: pd.DataFrame
    seed: int
    at_random: tuple[str, ...]


def answers(
    plan: Mapping[str, Any],
    printed: Mapping[str, str],
    *,
    tables: Mapping[str, Table] | None = None,
    seed: int = SEED,
) -> SyntheticAnswers:
    """Synthetic answers to a plan; the same plan, printed values, tables and seed give the same frame.

    Columns: `groupe`, `strate`, `moyen`, one 0/1 column an outcome, the questions under the names of
    the printed table, `score` and its items, and a 0/1 column `x_<covariate>` each (no answer is 0).
    `tables` gives, by covariate, (exposed with the outcome, exposed without, unexposed with, unexposed
    without). Raises InputError, in French, for a plan or a table that makes no sense.
    """
    targets = read(plan, printed)
    people = _respondents(targets)
    held = Tables.of(people, targets, tables or {})
    frame = _filled(held, np.random.default_rng(seed))
    return SyntheticAnswers(frame, account(targets, frame, tables or {}, held.reasons))


def coded(
    instrument: Instrument,
    plan: Mapping[str, Any],
    printed: Mapping[str, str],
    *,
    tables: Mapping[str, Table] | None = None,
    n: int | None = None,
    seed: int = SEED,
) -> CodedAnswers:
    """What the form would have collected: every cell a string, skip logic respected, respondents labelled.

    As many respondents as printed, or `n` of them: printed shares are then kept by largest remainders, and
    the account says that exact values no longer apply. `tables` as in `answers`, for a plan that compares
    groups. The same arguments give the same frame. Raises InputError for a plan that makes no sense.
    """
    if n is not None and n < 1:
        raise InputError([f"{n} répondants : il en faut au moins 1"])
    make = _compared if "groups" in plan else _surveyed
    rows, told, held = make(instrument, plan, printed, tables or {}, n, seed)
    width = max(3, len(str(len(rows))))
    labels = pd.Index([f"synthetique-{place:0{width}d}" for place in range(1, len(rows) + 1)], name=RESPONDENT)
    frame = pd.DataFrame(rows, index=labels, columns=list(instrument.columns), dtype="str")
    return CodedAnswers(frame, told(frame), seed, tuple(_at_random(instrument, held)))


def sizes(plan: Mapping[str, Any], printed: Mapping[str, str], outcome: str) -> tuple[int, int]:
    """Respondents with and without an outcome of a plan that compares groups."""
    having = _respondents(read(plan, printed))[outcome]
    return int(having.sum()), int((1 - having).sum())


def _compared(
    instrument: Instrument, plan: Mapping[str, Any], printed: Mapping[str, str],
    tables: Mapping[str, Table], n: int | None, seed: int,
) -> Made:  # fmt: skip
    """Rows of a study that compares groups: answers in printed terms first, then what the form asked."""
    targets, rng = read(plan, printed), np.random.default_rng([seed, 1])
    before = sum(targets.groups.values())
    if n in (None, before):
        found = answers(plan, printed, tables=tables, seed=seed)
        told = found.account
    else:
        found = answers(plan, scaled(targets, n), seed=seed)
        told = other_size(found.account, printed, n, before)
    rows = unprinted(instrument, found.frame, plan["covariates"], rng)
    held = {column for row in rows for column in row}
    filling.fill(instrument, rows, {}, Rules.of(plan), rng)
    return rows, lambda frame: told, held


def _surveyed(
    instrument: Instrument, plan: Mapping[str, Any], printed: Mapping[str, str],
    tables: Mapping[str, Table], n: int | None, seed: int,
) -> Made:  # fmt: skip
    """Rows of a study of one sample: counts of each question, and of variables derived from several."""
    survey, rng = quotas.read(instrument, plan, printed), np.random.default_rng(seed)
    wanted, rows = survey.wanted(n or survey.n), [{} for _ in range(n or survey.n)]
    together = {block.items[0].id: block for block in annealing.blocks(instrument, wanted)}
    for item in instrument.items:
        if item.id in together:
            annealing.solve(together[item.id], rows, survey.rules, rng)
        filling.fill_item(item, rows, wanted, survey.rules, rng)

    def told(frame: pd.DataFrame) -> pd.DataFrame:
        found = recount(survey, as_printed(instrument, derive(instrument, frame)))
        return found if len(frame) == survey.n else other_size(found, printed, len(frame), survey.n)

    return rows, told, quotas.held(instrument, survey)


def _at_random(instrument: Instrument, held: set[str]) -> Iterator[str]:
    """Items that no printed number holds; rows, for a matrix."""
    for item in instrument.items:
        names = [column.name for column in item.columns]
        if item.kind == "matrix":
            yield from (name for name in names if name not in held)
        elif item.kind != "text" and not held.intersection([item.id, *names]):
            yield item.id


def _respondents(plan: Plan) -> pd.DataFrame:
    rows = [
        (stratum.group, stratum.name, channel)
        for stratum in plan.strata
        for channel, count in stratum.channels.items()
        for _ in range(count)
    ]
    frame = pd.DataFrame(rows, columns=["groupe", "strate", "moyen"])
    return frame.assign(**{name: frame["moyen"].isin(who).astype(int) for name, who in plan.outcomes.items()})


def _filled(held: Tables, rng: np.random.Generator) -> pd.DataFrame:
    plan = held.plan
    parts = [
        held.people,
        *(columns.single(name, held, rng) for name in plan.single),
        *(columns.numeric(name, number, held, rng) for name, number in plan.numeric.items()),
        *(columns.multiple(name, held, rng) for name in plan.multiple),
        columns.score(plan, rng),
    ]
    frame = pd.concat(parts, axis=1)
    return frame.assign(**{f"x_{name}": _exposed(name, frame, held, rng) for name in plan.covariates})


def _exposed(name: str, frame: pd.DataFrame, held: Tables, rng: np.random.Generator) -> np.ndarray:
    covariate = held.plan.covariates[name]
    if covariate.kind == "within":
        return columns.within(name, frame[covariate.column], held, rng)
    return exposure(frame, covariate, held.plan).astype(int).to_numpy()
