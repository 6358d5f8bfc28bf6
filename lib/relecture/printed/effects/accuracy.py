"""Checks of a diagnostic test and of the agreement of two readings, from their tables of counts.

Sensitivity, specificity, predictive values and likelihood ratios are exact fractions (Altman & Bland 1994). Cohen's
kappa (1960; weighted 1968) is (po - pe) / (1 - pe), po the share of agreement and pe the one expected from the margins,
each pair of categories weighted; its standard error is that of Fleiss, Cohen & Everitt (1969), or Cohen's of 1960.
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Annotated

from relecture.core.numbers import Printed, whole
from relecture.printed.arguments import Bounds, Correlation, CountTable, Ratio, Role, StandardError
from relecture.printed.conventions import NONE, QUANTILES, ROUNDED, Ladder, Range, Stated, Using, agreeing
from relecture.printed.exact.p_values import quantile
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

Rate = Annotated[str, Role("un pourcentage ou une part", "percent ratio coefficient", 0, 100)]
_KAPPA = Ladder(weights="none linear quadratic", level="95 90 99", rounding="nearest truncate", quantile=QUANTILES)


@kind(
    "diagnostic",
    ladder=ROUNDED,
    judged="sensitivity specificity ppv npv lr_plus lr_minus accuracy prevalence".split(),
    summary="la sensibilité, la spécificité et leurs suites, d'après les effectifs",
)
def diagnostic(
    counts: CountTable,
    sensitivity: Rate | None = None,
    specificity: Rate | None = None,
    ppv: Rate | None = None,
    npv: Rate | None = None,
    lr_plus: Ratio | None = None,
    lr_minus: Ratio | None = None,
    accuracy: Rate | None = None,
    prevalence: Rate | None = None,
    *,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the performance of a test, from `counts`: [[true +, false -], [false +, true -]], the ill first.

    >>> diagnostic([["90", "10"], ["30", "170"]], "90", "85", ppv="0,75", lr_plus="6,00").verdict
    <Verdict.REPRODUCED: 'reproduced'>
    >>> diagnostic([["90", "10"], ["30", "170"]], npv="85").expected
    'VPN = 94'
    """
    (a, b), (c, d) = _square(counts, 2)
    shares = {
        "sensibilité": (sensitivity, a, a + b),
        "spécificité": (specificity, d, c + d),
        "VPP": (ppv, a, a + c),
        "VPN": (npv, d, b + d),
        "RV+": (lr_plus, a * (c + d), c * (a + b)),
        "RV−": (lr_minus, b * (c + d), d * (a + b)),
        "exactitude": (accuracy, a + d, a + b + c + d),
        "prévalence": (prevalence, a + b, a + b + c + d),
    }
    prints = {name: text for name, (text, *_) in shares.items() if text is not None}
    if not prints:
        return Finding(Verdict.UNCHECKABLE, "aucune performance n'est imprimée")
    exact = {name: _as_printed(*shares[name], "RV" in name) for name in prints}
    return agreeing(prints, lambda using: exact, ROUNDED, conventions)


@kind(
    "kappa",
    ladder=_KAPPA,
    judged=["kappa", "interval", "se"],
    summary="un kappa de Cohen et son intervalle, d'après les effectifs",
)
def kappa(
    kappa: Correlation,
    counts: CountTable,
    interval: Bounds | None = None,
    se: StandardError | None = None,
    *,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the kappa of two readings, from the square table of their counts, row by row.

    >>> kappa("0,40", [["20", "5"], ["10", "15"]]).verdict      # po = 0,70, pe = 0,50
    <Verdict.REPRODUCED: 'reproduced'>
    """
    table = _square(counts, len(counts))
    low, high = interval or (None, None)
    prints = {"kappa": kappa, "borne basse": low, "borne haute": high, "erreur type": se}
    return agreeing(prints, lambda using: dict(zip(prints, _agreement(table, using), strict=True)), _KAPPA, conventions)


def _square(counts: CountTable, size: int) -> list[list[int]]:
    table = [[whole(count) for count in row] for row in counts]
    if size < 2 or len(table) != size or {len(row) for row in table} != {size}:
        sides = f"{size} lignes et {size} colonnes" if size > 1 else "autant de lignes que de colonnes, deux au moins"
        raise ValueError(f"le tableau d'effectifs demande {sides}")
    return table


def _as_printed(text: str, above: int, below: int, ratio: bool) -> Range | None:
    """A share as it is printed, a percentage or not: the nearer of both; None for a share of nothing."""
    if not below:
        return None
    exact = Fraction(above, below)
    value = min(exact, exact if ratio else 100 * exact, key=lambda each: abs(each - Printed.read(text).centre))
    return value, value


def _agreement(table: list[list[int]], using: Using) -> tuple[Range | None, ...]:
    """Kappa, its bounds, and its standard error from one formula to the other."""
    import numpy as np

    counts = np.array(table, dtype=float)
    n = counts.sum()
    shares = counts / max(n, 1.0)
    far = np.abs(np.subtract.outer(*[np.arange(len(table))] * 2)) / (len(table) - 1)
    weights = {"none": far == 0, "linear": 1 - far, "quadratic": 1 - far**2}[using["weights"]].astype(float)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    seen, chance = float((weights * shares).sum()), float(rows @ weights @ columns)
    if not n or chance == 1:
        return (None,) * 4
    value = (seen - chance) / (1 - chance)
    means = np.add.outer(weights @ columns, rows @ weights)
    spread = (shares * (weights * (1 - chance) - means * (1 - seen)) ** 2).sum()
    spread -= (seen * chance - 2 * chance + seen) ** 2
    squares = float((shares * weights**2).sum()) - seen**2
    variances = spread / (1 - chance) ** 4, squares / (1 - chance) ** 2
    least, most = sorted(sqrt(max(0.0, float(each)) / n) for each in variances)
    z = quantile(using.level)
    low, high = (value - z * most, value - z * least), (min(1.0, value + z * least), value + z * most)
    return (value, value), low, high, (least, most)
