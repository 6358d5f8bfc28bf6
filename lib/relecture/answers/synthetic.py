"""Which answers would print what the study printed?

Nobody published the answers; these are invented, seeded, and built so that every printed margin the plan
names is met exactly: counts of each group, mean, deviation and median of numbers, mean and deviation of
the score in each stratum, and the 2 x 2 tables given. What cannot hold is in the account, with the
reason. Between questions, and beyond what is printed, answers are independent of one another: no
association found here says anything about doctors. Nothing is read from a file or written to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from relecture.answers import columns
from relecture.answers.account import account
from relecture.answers.draws import integers, items, shuffled
from relecture.answers.plan import Plan, read
from relecture.answers.tables import Table, Tables, exposure

__all__ = ["SyntheticAnswers", "answers", "integers", "items", "shuffled"]


@dataclass(frozen=True)
class SyntheticAnswers:
    """`frame`: one row a respondent; `account`: one row a target, reproduced or not, and why."""

    frame: pd.DataFrame
    account: pd.DataFrame


def answers(
    plan: Mapping[str, Any],
    printed: Mapping[str, str],
    *,
    tables: Mapping[str, Table] | None = None,
    seed: int = 2023,
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
