"""How is one question answered by everybody, with the printed counts of each group?

Each verb returns columns over all respondents, in the order of the people given. A single answer is
shuffled within its group; a several-answers question is drawn as a grid a group. When a 2 x 2 table
reads the column, the exposed answers are put where the table wants them, and nothing else changes.

Conventions: fewer printed answers than respondents leaves unanswered rows; more than respondents, and
the surplus is taken from the most frequent answer.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from relecture.answers.synthetic.common.grids import Grid, placed
from relecture.answers.synthetic.common.samples import approached, integers, items, shuffled
from relecture.answers.synthetic.groups.plan import Multiple, Numeric, Plan
from relecture.answers.synthetic.groups.two_by_two import Tables, exposure
from relecture.core.errors import InputError

Masks = Mapping[str, np.ndarray]
NO_GRID = "aucune grille de réponses multiples ne réunit ce tableau et les effectifs imprimés"


def fitted(counts: Mapping[str, int], n: int) -> dict[str | None, int]:
    """Counts that add up to n: None stands for no answer, a surplus leaves the most frequent answer.

    >>> fitted({"suivi": 6, "aigu": 5, "les_deux": 12}, 21)
    {'suivi': 6, 'aigu': 5, 'les_deux': 10}
    >>> fitted({"zero": 9, "une_ou_plus": 11}, 21)
    {'zero': 9, 'une_ou_plus': 11, None: 1}
    """
    kept: dict[str | None, int] = dict(counts)
    while sum(kept.values()) > n:
        kept[max(kept, key=kept.__getitem__)] -= 1
    missing = n - sum(kept.values())
    return kept | {None: missing} if missing else kept


def single(column: str, tables: Tables, rng: np.random.Generator) -> pd.Series:
    """One answer a respondent; None where the printed counts leave a respondent without one."""
    values = {
        group: shuffled(fitted(counts, tables.plan.groups[group]), rng)
        for group, counts in tables.plan.single[column].items()
    }
    return _spread(column, values, tables, rng)


def numeric(column: str, number: Numeric, tables: Tables, rng: np.random.Generator) -> pd.Series:
    """Whole numbers with the printed mean, deviation and median of each group."""
    sizes = tables.plan.groups
    values = {
        group: _whole(sizes[group], mean, sd, number.low, number.high, median=median, rng=rng)
        for group, (mean, sd, median) in number.printed.items()
    }
    return _spread(column, values, tables, rng)


def _whole(
    n: int, mean: str, sd: str, low: int, high: int, *, median: str | None = None, rng: np.random.Generator
) -> np.ndarray:
    """Numbers that print so, or, when none were found, numbers about them: the account tells which."""
    try:
        return integers(n, mean, sd, low, high, median=median, rng=rng)
    except ValueError:
        return approached(n, mean, sd, low, high, rng=rng)


def _spread(column: str, values: Masks, tables: Tables, rng: np.random.Generator) -> pd.Series:
    rows = _rows(tables.people)
    everybody = np.empty(len(tables.people), dtype=object)
    for group, where in rows.items():
        everybody[where] = values[group]
    if name := tables.reading(column, "among", "below"):
        frame = pd.DataFrame({column: list(everybody)})
        exposed = exposure(frame, tables.plan.covariates[name], tables.plan).to_numpy()
        margins = {group: int(exposed[where].sum()) for group, where in rows.items()}
        for share in tables.shares(name, margins)[:1]:
            wanted = tables.mask(name, share, rng)
            for where in rows.values():
                everybody[where] = placed(everybody[where], exposed[where], wanted[where], rng)
    return pd.Series(list(everybody), name=column)


def within(name: str, answers: pd.Series, tables: Tables, rng: np.random.Generator) -> np.ndarray:
    """Exposed (1) or not (0) where only a table says how many; all NaN when there is none to hold."""
    inside = answers.isin(tables.plan.covariates[name].value).to_numpy()
    for share in tables.shares(name, inside=inside)[:1] if name in tables.held else []:
        return tables.mask(name, share, rng, inside).astype(int)
    return np.full(len(answers), np.nan)


def multiple(question: str, tables: Tables, rng: np.random.Generator) -> pd.DataFrame:
    """0/1 columns, one a choice. Tables that no grid can hold are noted and let go."""
    about = tables.plan.multiple[question]
    fixed = _ticked(about, tables, rng)
    grids = _heavy(question, about, fixed, tables, rng)
    if grids is None:
        grids = _grids(about, tables, rng, fixed)
    if grids is None and fixed:
        tables.reasons |= {tables.reading(column, "ticked"): NO_GRID for column in fixed}
        grids = _grids(about, tables, rng, {})
    if grids is None:
        raise InputError([f"question « {question} » : aucune grille de réponses n'a ces effectifs et ces limites"])
    return grids


def _ticked(about: Multiple, tables: Tables, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Who ticks the choices that a table reads."""
    masks = {}
    for column in about.columns:
        name = tables.reading(column, "ticked")
        margins = {group: counts[column] for group, counts in about.counts.items()}
        for share in tables.shares(name, margins)[:1] if name else []:
            masks[column] = tables.mask(name, share, rng)
    return masks


def _heavy(
    question: str, about: Multiple, fixed: Masks, tables: Tables, rng: np.random.Generator
) -> pd.DataFrame | None:
    """The grid whose number of ticks holds a table, over its shares from the most likely on."""
    if not (name := tables.reading(question, "more_than")):
        return None
    threshold = tables.plan.covariates[name].value
    for share in (shares := tables.shares(name)):
        mask = tables.mask(name, share, rng)
        if (grids := _grids(about, tables, rng, fixed, threshold, mask)) is not None:
            return grids
    if shares:
        tables.reasons[name] = NO_GRID
    return None


def _grids(
    about: Multiple, tables: Tables, rng: np.random.Generator, fixed: Masks,
    threshold: int | None = None, heavy: np.ndarray | None = None,
) -> pd.DataFrame | None:  # fmt: skip
    """One grid a group, one under the other in the order of the people; None when a group has none."""
    everybody = pd.DataFrame(0, index=range(len(tables.people)), columns=list(about.columns))
    for group, rows in _rows(tables.people).items():
        masks = {column: mask[rows] for column, mask in fixed.items()}
        marks = None if heavy is None else heavy[rows]
        grid = Grid(about.counts[group], len(rows), about.least, about.most, about.alone, masks, threshold, marks)
        if (matrix := grid.draw(rng)) is None:
            return None
        everybody.iloc[rows] = matrix
    return everybody


def score(plan: Plan, rng: np.random.Generator) -> pd.DataFrame:
    """The score, mean and deviation exact in each stratum, then the items that add up to it."""
    count, low, high = (plan.score[part] for part in ("items", "low", "high"))
    totals = np.concatenate([
        _whole(stratum.size, stratum.mean, stratum.sd, count * low, count * high, rng=rng)
        for stratum in plan.strata
    ])  # fmt: skip
    names = [f"item{number:02d}" for number in range(1, count + 1)]
    frame = pd.DataFrame(items(totals, count, low, high, rng=rng), columns=names)
    frame.insert(0, "score", totals)
    return frame


def _rows(people: pd.DataFrame) -> Masks:
    return people.groupby("groupe", sort=False).indices
