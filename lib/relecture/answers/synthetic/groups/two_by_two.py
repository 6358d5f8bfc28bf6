"""Which of the 2 x 2 tables given can the synthetic answers hold, and on which respondents?

A table counts (exposed with the outcome, exposed without, unexposed with, unexposed without) over all
respondents; no answer counts as unexposed. It is held on the first outcome of the plan that has its
row sizes. A *cell* is one group and one outcome; printed margins fix how many are exposed in each group,
the table how many in each outcome. What does not fit goes to `reasons`, in French, never to an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from relecture.answers.synthetic.common.grids import Cell, Share, marked, splits
from relecture.answers.synthetic.groups.plan import Covariate, Plan
from relecture.core.errors import InputError

Table = tuple[int, int, int, int]


def exposure(frame: pd.DataFrame, covariate: Covariate, plan: Plan) -> pd.Series:
    """Who meets the criterion of a covariate, True or False for everybody (no answer is False)."""
    if covariate.kind == "more_than":
        return frame[list(plan.multiple[covariate.column].columns)].sum(axis=1) > covariate.value
    answers = frame[covariate.column]
    if covariate.kind == "below":
        return answers < covariate.value
    return answers == 1 if covariate.kind == "ticked" else answers.isin(covariate.value)


def outcome_of(people: pd.DataFrame, plan: Plan, table: Table) -> str | None:
    """The first outcome whose respondents with and without are as many as the table says."""
    a, b, c, d = table
    fits = (name for name in plan.outcomes if Counter(people[name]) == Counter({1: a + c, 0: b + d}))
    return next(fits, None)


@dataclass(frozen=True)
class Tables:
    """The tables that have an outcome, ready to be shared out; `reasons` fills as some cannot."""

    people: pd.DataFrame
    plan: Plan
    held: Mapping[str, tuple[Table, str]]
    reasons: dict[str, str]

    @classmethod
    def of(cls, people: pd.DataFrame, plan: Plan, given: Mapping[str, Table]) -> Tables:
        """Sorts the tables given; raises InputError for unknown covariates and impossible counts."""
        if faults := [fault for name, table in given.items() if (fault := _fault(name, table, plan))]:
            raise InputError(faults)
        outcomes = {name: outcome_of(people, plan, table) for name, table in given.items()}
        held = {name: (tuple(given[name]), outcome) for name, outcome in outcomes.items() if outcome}
        return cls(people, plan, held, {name: _sizes(given[name]) for name in given if name not in held})

    def reading(self, column: str, *kinds: str) -> str | None:
        """The covariate with a table that reads this column or question by one of these criteria."""
        for name in self.held:
            covariate = self.plan.covariates[name]
            if covariate.column == column and covariate.kind in kinds:
                return name
        return None

    def shares(
        self, name: str, margins: Mapping[str, int] | None = None, inside: np.ndarray | None = None
    ) -> list[Share]:
        """Shares of the exposed row over the cells, the most likely first; notes the reason when none."""
        (a, b, _, _), _ = self.held[name]
        sizes = Counter(cell for cell in self._cells(name, inside) if cell)
        shares = splits({1: a, 0: b}, sizes, margins)
        if not shares:
            self.reasons[name] = f"{a + b} exposés : les effectifs imprimés par groupe ne permettent pas ce tableau"
        return shares

    def mask(self, name: str, share: Share, rng: np.random.Generator, inside: np.ndarray | None = None) -> np.ndarray:
        """Random exposed respondents, as many in each cell as the share says."""
        return marked(self._cells(name, inside), share, rng)

    def _cells(self, name: str, inside: np.ndarray | None) -> list[Cell | None]:
        """The cell of every respondent; None for those outside the answers allowed."""
        cells = list(zip(self.people["groupe"], self.people[self.held[name][1]].tolist(), strict=True))
        return cells if inside is None else [cell if ok else None for cell, ok in zip(cells, inside, strict=True)]


def _sizes(table: Table) -> str:
    a, b, c, d = table
    return f"aucun classement des moyens ne donne {a + c} et {b + d} répondants"


def _fault(name: str, table: Table, plan: Plan) -> str | None:
    if name not in plan.covariates:
        return f"tableau « {name} » : covariable inconnue (connues : {', '.join(plan.covariates)})"
    if len(table) != 4 or min(table) < 0:
        return f"tableau « {name} » : {tuple(table)} ; attendu : quatre effectifs positifs ou nuls"
    return None
