"""Agreement of coders, for each code and for all codes together.

For each code, a unit (interview, segment) holds it or not; `agreement_coefficients` says how far coders agree
on that. Only units that two coders read count. Codes may be raised first to the themes above them
(`codings.raise_codes`), where coders agree more.

Where nothing can be measured the row stays, with NaN and, in `note`, the reason in French.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pandas import DataFrame, concat

from relecture.text.codes import agreement_coefficients as coefficients
from relecture.text.codes.codings import code_matrices, raise_codes, reading_matrix
from relecture.text.codes.tree import CodingTree

NEVER_USED = "code jamais employé"
NEVER_SHARED = "jamais mis sur le même segment par deux codeurs"


@dataclass(frozen=True)
class CodeAgreement:
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


def agreement_by_code(codings: DataFrame, tree: CodingTree, *, depth: int | None = None) -> DataFrame:
    """One row a code one can put, in the order of the tree, with the fields of `CodeAgreement`.

    With `depth`, one row a code of that depth (or less, where a branch is shorter), which holds the
    units of all the codes below it.
    """
    if depth is None:
        codes = [path[-1] for path in tree.walk() if path[-1].codable]
    else:
        codings = raise_codes(codings, tree, depth)
        paths = (path for path in tree.walk() if len(path) >= depth or not path[-1].children)
        codes = list(dict.fromkeys(path[:depth][-1] for path in paths))
    matrices = code_matrices(codings, [code.id for code in codes])
    return DataFrame(measure_agreement(cells, code.id, code.label) for cells, code in zip(matrices, codes, strict=True))


def overall_agreement(codings: DataFrame, label: str = "Ensemble des codes") -> CodeAgreement:
    """All codes that someone put together: each decision (unit × code) counts once.

    The interval of alpha draws whole units, since the codes of one segment are decided together; that
    of kappa is left out for the same reason.
    """
    read = reading_matrix(codings)
    codes = sorted(set(codings["code"]) - {""})
    cells = concat(code_matrices(codings, codes), axis="columns", keys=codes) if codes else read
    together = measure_agreement(cells, "", label, units=[column[-2:] for column in cells])
    return replace(together, units=coefficients.shared_readings(read).shape[1], kappa_low=np.nan, kappa_high=np.nan)


def measure_agreement(
    cells: DataFrame, code: str = "", label: str = "", units: Sequence[Any] | None = None
) -> CodeAgreement:
    """The agreement on a coder × unit frame of 0, 1 and NaN; `units` as in `krippendorff_alpha`."""
    read, alpha = coefficients.shared_readings(cells), coefficients.krippendorff_alpha(cells, units)
    present = int((read == 1).any(axis=0).sum())
    note = coefficients.undefined_reason(cells)
    if note == coefficients.NO_VARIATION and not present:
        note = NEVER_USED
    elif not note and ((read == 1).sum(axis=0) < 2).all():
        note = NEVER_SHARED
    sizes = (read.shape[1], int((read == read).any(axis=1).sum()), present)
    shares = (coefficients.percent_agreement(cells), *coefficients.cohen_kappa(cells), *alpha)
    return CodeAgreement(code, label, *sizes, *shares, note or coefficients.estimate_note(cells, alpha))
