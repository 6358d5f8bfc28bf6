"""The 2 x 2 tables that synthetic answers hold, and on which respondents.

A table counts (exposed with the outcome, exposed without, unexposed with, unexposed without) over all respondents; no
answer counts as unexposed. It is held on the first outcome of the plan that has its row sizes. A *cell* is one part of
the respondents, whose answers are drawn together, and one outcome (0 or 1); a *share* says how many of each cell are
exposed. Printed margins fix how many are exposed in each part, the table how many with each outcome. What does not fit
goes to `reasons`, in French, never to an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from math import comb, prod

import numpy as np
from pandas import DataFrame

from relecture.answers.synthetic.plan import EVERYBODY, Plan
from relecture.core.errors import InputError

TwoByTwo = tuple[int, int, int, int]
Cell = tuple[str, int]
Share = Mapping[Cell, int]


@dataclass(frozen=True)
class Tables:
    """The tables that have an outcome, by covariate, with the outcome of each respondent; `reasons` why some fail.

    `people`: the answers drawn first, in printed terms: groups and outcomes.
    """

    plan: Plan
    people: DataFrame
    held: Mapping[str, tuple[TwoByTwo, np.ndarray]]
    reasons: dict[str, str]

    @classmethod
    def of(cls, plan: Plan, people: DataFrame, given: Mapping[str, TwoByTwo]) -> Tables:
        """Sorts the tables given; raises InputError for unknown covariates and impossible counts."""
        if faults := [fault for name, table in given.items() if (fault := _fault(name, table, plan))]:
            raise InputError(faults)
        held, reasons = {}, {}
        for name, (a, b, c, d) in given.items():
            if outcome := outcome_of(plan, people, (a, b, c, d)):
                held[name] = (a, b, c, d), people[outcome].map({"1": 1, "0": 0}).to_numpy()
            else:
                reasons[name] = f"aucun classement des moyens ne donne {a + c} et {b + d} répondants"
        return cls(plan, people, held, reasons)

    @cached_property
    def groups(self) -> np.ndarray:
        """The group of each respondent."""
        by = self.plan.by
        return self.people[by].to_numpy(dtype=object) if by else np.full(len(self.people), EVERYBODY, dtype=object)

    def inside(self, group: str) -> np.ndarray:
        """Who is in a group."""
        return (self.groups == group) | (group == EVERYBODY)

    def reading(self, column: str, criterion: str) -> str:
        """The covariate with a table that reads this column by this criterion; "" for none."""
        about = {name: self.plan.covariates[name] for name in self.held}
        return next((name for name, one in about.items() if one["column"] == column and criterion in one), "")

    def masks(
        self, name: str, parts: np.ndarray, rng: np.random.Generator, margins: Mapping[object, int] | None = None
    ) -> Iterator[np.ndarray]:
        """Random exposed respondents, the most likely shares first; none, and the reason noted, when there are none.

        `parts` names the part of each respondent (None: never exposed); `margins`, how many each part has exposed.
        """
        (a, b, _, _), outcome = self.held[name]
        cells = [None if part is None or k not in (0, 1) else (part, k) for part, k in zip(parts, outcome, strict=True)]
        shares = splits({1: a, 0: b}, Counter(filter(None, cells)), margins)
        if not shares:
            self.reasons[name] = f"{a + b} exposés : les effectifs imprimés par groupe ne permettent pas ce tableau"
        yield from (random_mask(cells, share, rng) for share in shares)

    def arrange(
        self, name: str, values: np.ndarray, exposed: np.ndarray, parts: np.ndarray, rng: np.random.Generator
    ) -> None:
        """Permutes the values inside each part, so that the exposed ones fall where the table wants them."""
        inside = {part: parts == part for part in dict.fromkeys(parts) if part is not None}
        margins = {part: int(exposed[rows].sum()) for part, rows in inside.items()}
        before = values.copy()
        for wanted in islice(self.masks(name, parts, rng, margins), 1):
            for rows, marks in product(inside.values(), (True, False)):
                values[rows & (wanted == marks)] = rng.permutation(before[rows & (exposed == marks)])


def outcome_of(plan: Plan, people: DataFrame, table: TwoByTwo) -> str | None:
    """The first outcome whose respondents with and without are as many as the table says."""
    a, b, c, d = table
    wanted = (a + c, b + d)
    return next((one for one in plan.outcomes if wanted == tuple((people[one] == k).sum() for k in "10")), None)


def _fault(name: str, table: TwoByTwo, plan: Plan) -> str | None:
    if name not in plan.covariates:
        return f"tableau « {name} » : covariable inconnue (connues : {', '.join(plan.covariates)})"
    if len(table) != 4 or min(table) < 0:
        return f"tableau « {name} » : {tuple(table)} ; attendu : quatre effectifs positifs ou nuls"
    return None


def splits(exposed: Mapping[int, int], sizes: Share, margins: Mapping[str, int] | None = None) -> list[Share]:
    """All shares of a table's exposed row over the cells, the most likely by chance first.

    `exposed` counts them by outcome, `sizes` bounds each cell, `margins` fixes each group's total.

    >>> sizes = {("u", 1): 21, ("n", 1): 17, ("n", 0): 43}
    >>> splits({1: 20, 0: 23}, sizes, {"u": 8, "n": 35})
    [{('u', 1): 8, ('n', 1): 12, ('n', 0): 23}]
    >>> splits({1: 20, 0: 23}, sizes, {"u": 9, "n": 30})
    []
    """
    ways = (_ways(exposed[outcome], {c: s for c, s in sizes.items() if c[1] == outcome}) for outcome in (1, 0))
    options = [{**yes, **no} for yes, no in product(*ways)]
    for part, total in (margins or {}).items():
        options = [share for share in options if sum(k for (name, _), k in share.items() if name == part) == total]
    return sorted(options, key=lambda share: -prod(comb(sizes[cell], k) for cell, k in share.items()))


def _ways(total: int, sizes: Share) -> Iterator[Share]:
    for counts in product(*(range(size + 1) for size in sizes.values())):
        if sum(counts) == total:
            yield dict(zip(sizes, counts, strict=True))


def random_mask(cells: Sequence[Cell | None], share: Share, rng: np.random.Generator) -> np.ndarray:
    """A random mask over respondents: in each cell, as many as the share says; None is never marked.

    >>> cells = [("u", 1), ("u", 1), ("u", 0), ("u", 0), None]
    >>> random_mask(cells, {("u", 1): 2, ("u", 0): 1}, np.random.default_rng(1)).astype(int)
    array([1, 1, 1, 0, 0])
    """
    mask = np.zeros(len(cells), dtype=bool)
    for cell, count in share.items():
        inside = [row for row, own in enumerate(cells) if own == cell]
        mask[rng.permutation(inside)[:count].astype(int)] = True
    return mask
