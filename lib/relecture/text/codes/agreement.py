"""Do coders put the same codes on the same segments?

For each code, a unit (interview, segment) holds it or not; `coefficients` says how far coders agree
on that. Only units that two coders read count. Codes may be raised first to the themes above them
(`coding.raised`), where coders agree more.

Where nothing can be measured the row stays, with NaN and, in `note`, the reason in French.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from relecture.text.codes.agreement_coefficients import FLAT, alpha, compared, kappa, obstacle, percent, remark
from relecture.text.codes.codings import matrices, raised, reading
from relecture.text.codes.tree import Tree

if TYPE_CHECKING:
    from pandas import DataFrame


NEVER = "code jamais employé"
APART = "jamais mis sur le même segment par deux codeurs"


@dataclass(frozen=True)
class Agreement:
    """One code: units compared, coders, units where someone put it, and how far coders agree (0 to 1)."""

    code: str
    label: str
    units: int
    coders: int
    present: int
    percent: float
    kappa: float
    kappa_low: float
    kappa_high: float
    alpha: float
    alpha_low: float
    alpha_high: float
    note: str


def by_code(codings: DataFrame, tree: Tree, *, depth: int | None = None) -> DataFrame:
    """One row a code one can put, in the order of the tree, with the fields of `Agreement`.

    With `depth`, one row a code of that depth (or less, where a branch is shorter), which holds the
    units of all the codes below it.
    """
    from pandas import DataFrame

    if depth is None:
        nodes = [path[-1] for path in tree.walk() if path[-1].codable]
    else:
        codings = raised(codings, tree, depth)
        paths = (path for path in tree.walk() if len(path) >= depth or not path[-1].children)
        nodes = list(dict.fromkeys(path[:depth][-1] for path in paths))
    cells = matrices(codings, [node.id for node in nodes])
    found = [measured(one, node.id, node.label) for one, node in zip(cells, nodes, strict=True)]
    return DataFrame(map(asdict, found))


def overall(codings: DataFrame, label: str = "Ensemble des codes") -> Agreement:
    """All codes that someone put together: each decision (unit × code) counts once.

    The interval of alpha draws whole units, since the codes of one segment are decided together; that
    of kappa is left out for the same reason.
    """
    from pandas import concat

    read = reading(codings)
    codes = sorted(set(codings["code"]) - {""})
    cells = concat(matrices(codings, codes), axis="columns", keys=codes) if codes else read
    found = measured(cells, "", label, units=[column[-2:] for column in cells])
    return replace(found, units=compared(read).shape[1], kappa_low=np.nan, kappa_high=np.nan)


def measured(cells: DataFrame, code: str = "", label: str = "", units: Sequence[Any] | None = None) -> Agreement:
    """The agreement on a coder × unit frame of 0, 1 and NaN; `units` as in `coefficients.alpha`."""
    both, several = compared(cells), alpha(cells, units)
    present = int((both == 1).any(axis=0).sum())
    note = obstacle(cells)
    if note == FLAT and not present:
        note = NEVER
    elif not note and ((both == 1).sum(axis=0) < 2).all():
        note = APART
    sizes = (both.shape[1], int((both == both).any(axis=1).sum()), present)
    note = note or remark(cells, several)
    return Agreement(code, label, *sizes, percent(cells), *kappa(cells), *several, note)
