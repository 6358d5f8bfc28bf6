"""What do the synthetic answers reproduce, and what can they not?

One row a target of the plan, recomputed from the finished frame, never from what was intended: the
address (or `x_<covariate>`), the printed string, what the answers give in the same notation, whether
that is the same, and why not. A mean or a deviation that only exists by truncation counts as reproduced
and says so. A covariate without a table has a row too: nothing printed holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP
from fractions import Fraction

import pandas as pd

from relecture.answers.synthetic.common.achieved import COLUMNS, Entry
from relecture.answers.synthetic.groups.plan import Plan
from relecture.answers.synthetic.groups.two_by_two import Table, outcome_of
from relecture.core.numbers import reading, written

STATISTICS = ("moyenne", "ecart_type", "mediane")
APART = "aucune suite de nombres entiers trouvée pour ces valeurs imprimées : tirage autour d'elles"


def account(plan: Plan, frame: pd.DataFrame, tables: Mapping[str, Table], reasons: Mapping[str, str]) -> pd.DataFrame:
    """Targets in the order of the plan, with the columns of COLUMNS; `reasons` are those of the tables."""
    entries = [
        *_people(plan, frame),
        *_single(plan, frame),
        *_numeric(plan, frame),
        *_multiple(plan, frame),
        *_scores(plan, frame),
        *_tables(plan, frame, tables, reasons),
    ]
    return pd.DataFrame(entries, columns=COLUMNS)


def _people(plan: Plan, frame: pd.DataFrame) -> Iterator[Entry]:
    for group, address in plan.source["groups"].items():
        yield _count(address, plan, (frame["groupe"] == group).sum(), "")
    for stratum in plan.source["strata"].values():
        for channel, address in stratum["channels"].items():
            if address not in plan.source["groups"].values():
                yield _count(address, plan, (frame["moyen"] == channel).sum(), "")


def _single(plan: Plan, frame: pd.DataFrame) -> Iterator[Entry]:
    for question, by_group in plan.single.items():
        for group, counts in by_group.items():
            answers = frame.loc[frame["groupe"] == group, question]
            reason = _total(sum(counts.values()), plan.groups[group])
            for choice in counts:
                if (address := f"{plan.prefix}.{question}.{choice}.{group}") in plan.printed:
                    yield _count(address, plan, (answers == choice).sum(), reason)


def _total(printed: int, n: int) -> str:
    """What to say of printed counts that are not as many as the respondents."""
    if printed < n:
        return f"{printed} réponses imprimées pour {n} répondants ; les autres sont sans réponse"
    if printed > n:
        return f"{printed} réponses imprimées pour {n} répondants ; surplus retiré de la réponse la plus donnée"
    return ""


def _multiple(plan: Plan, frame: pd.DataFrame) -> Iterator[Entry]:
    for question in plan.multiple.values():
        targets = {column: (column,) for column in question.columns} | dict(question.totals)
        for target, parts in targets.items():
            for group in plan.groups:
                if (address := f"{plan.prefix}.{target}.{group}") in plan.printed:
                    ticks = frame.loc[frame["groupe"] == group, list(parts)].to_numpy().sum()
                    yield _count(address, plan, ticks, "")


def _count(address: str, plan: Plan, obtained: int, reason: str) -> Entry:
    wanted = plan.printed[address]
    return address, wanted, str(obtained), wanted == str(obtained), reason


def _numeric(plan: Plan, frame: pd.DataFrame) -> Iterator[Entry]:
    for name in plan.numeric:
        for group in plan.groups:
            values = frame.loc[frame["groupe"] == group, name]
            for part in STATISTICS:
                yield _statistic(f"{plan.prefix}.{name}.{part}.{group}", plan, values, part)


def _scores(plan: Plan, frame: pd.DataFrame) -> Iterator[Entry]:
    strata = [dict(about, column="strate", value=name) for name, about in plan.source["strata"].items()]
    for check in (*strata, *plan.checks):
        values = frame.loc[frame[check["column"]] == check["value"], "score"]
        for part, key in (("moyenne", "mean"), ("ecart_type", "sd")):
            yield _statistic(check[key], plan, values, part, "imposé par les valeurs imprimées de ses strates")


def _statistic(address: str, plan: Plan, values: pd.Series, part: str, reason: str = "") -> Entry:
    """A mean, deviation or median, exact from the whole numbers behind it."""
    wanted = plan.printed[address]
    if len(values) < (2 if part == "ecart_type" else 1):
        return address, wanted, "", False, "trop peu de répondants"
    exact = _exact(values, part)
    convention = reading(exact, wanted, squared=part == "ecart_type")
    cut = convention == "troncature"
    obtained = written(exact, wanted, root=part == "ecart_type", rounding=ROUND_DOWN if cut else ROUND_HALF_UP)
    if convention:
        reason = "retrouvé par troncature" if cut else ""
    elif not reason:
        reason = APART
    return address, wanted, obtained, convention is not None, reason


def _exact(values: pd.Series, part: str) -> Fraction:
    """The mean, the median, or the square of the standard deviation (n - 1), as a fraction.

    >>> _exact(pd.Series([1, 2, 4, 4]), "ecart_type"), _exact(pd.Series([1, 2, 4, 4]), "mediane")
    (Fraction(9, 4), Fraction(3, 1))
    """
    whole, n = sorted(int(value) for value in values), len(values)
    if part == "mediane":
        return Fraction(whole[(n - 1) // 2] + whole[n // 2], 2)
    if part == "moyenne":
        return Fraction(sum(whole), n)
    return Fraction(n * sum(x * x for x in whole) - sum(whole) ** 2, n * (n - 1))


def _tables(
    plan: Plan, frame: pd.DataFrame, tables: Mapping[str, Table], reasons: Mapping[str, str]
) -> Iterator[Entry]:
    for name in plan.covariates:
        if name not in tables:
            yield f"x_{name}", "", "", False, "aucun tableau fourni : répartition laissée au hasard"
            continue
        wanted = tuple(tables[name])
        obtained = _crossed(frame, name, outcome_of(frame, plan, wanted) or next(iter(plan.outcomes)))
        same = obtained == wanted
        reason = "" if same else reasons.get(name, "non tenu : un autre tableau porte sur la même colonne")
        yield f"x_{name}", _shown(wanted), _shown(obtained), same, reason


def _crossed(frame: pd.DataFrame, name: str, outcome: str) -> Table | None:
    if frame[f"x_{name}"].isna().all():
        return None
    return tuple(int(((frame[f"x_{name}"] == x) & (frame[outcome] == y)).sum()) for x in (1, 0) for y in (1, 0))


def _shown(table: Table | None) -> str:
    return " · ".join(map(str, table)) if table else ""
