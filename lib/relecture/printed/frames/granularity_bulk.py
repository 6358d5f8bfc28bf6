"""GRIM and GRIMMER on a whole table of printed means and SDs.

Same verdicts as `relecture.printed.statistics.granularity`, case by case, for a meta-analyst with 100,000 of
them: each distinct print is read once, then columns of 64-bit integers are compared, exactly. Cases
whose numbers could exceed 64 bits, and prints that are not a plain number of the usual length, are
handed to the scalar functions.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from relecture.core.numbers import Printed, size
from relecture.printed.finding import Finding, Verdict
from relecture.printed.statistics import granularity

_VERDICTS = (Verdict.CONSISTENT, Verdict.CONDITIONAL, Verdict.INCONSISTENT, Verdict.UNCHECKABLE)
_CONSISTENT, _CONDITIONAL, _INCONSISTENT, _UNCHECKABLE = range(4)
_LIMIT = float(2**61)  # numbers estimated beyond it are left to Python integers
_LONG = 10**8  # longest prints read here: eight digits after the comma, and as many before
_MANY = 1000  # sums that fit one printed mean
_FEW = 5  # respondents from whom any sum of squares of the right parity is reached


def grim(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame and a column `verdict`; it has columns mean, n and perhaps items (1 when absent).

    >>> import pandas as pd
    >>> grim(pd.DataFrame({"mean": ["5,23", "2,57"], "n": [29, 23]}))["verdict"].tolist()
    ['inconsistent', 'consistent']
    """
    cases = _Cases.of(frame, sd=False)
    verdicts = _means(cases)
    by_hand = np.flatnonzero(cases.unusual)
    rows = zip(*(frame[name].iloc[by_hand] for name in ("mean", "n")), cases.items[by_hand].tolist(), strict=True)
    verdicts[by_hand] = [_code(granularity.grim(str(mean), n=size(n), items=items)) for mean, n, items in rows]
    return _judged(frame, verdicts)


def grimmer(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame and a column `verdict`; it has columns mean, sd, n and perhaps items (1 when absent).

    >>> import pandas as pd
    >>> grimmer(pd.DataFrame({"mean": ["5,21"], "sd": ["1,60"], "n": ["28"]}))["verdict"].tolist()
    ['consistent']
    """
    cases = _Cases.of(frame, sd=True)
    first = _means(cases)
    verdicts = np.full(len(frame), _INCONSISTENT)
    left = np.flatnonzero((first != _INCONSISTENT) & ~cases.unusual)
    for truncated, lost in ((False, 1), (True, 1), (False, 0)):
        fitting = left[_has_squares(cases.at(left), truncated, lost)]
        verdicts[fitting] = _CONDITIONAL if truncated or not lost else first[fitting]
        left = np.setdiff1d(left, fitting, assume_unique=True)
    by_hand = np.flatnonzero(cases.unusual)
    rows = zip(*(frame[name].iloc[by_hand] for name in ("mean", "sd", "n")), cases.items[by_hand].tolist(), strict=True)
    verdicts[by_hand] = [
        _code(granularity.grimmer(str(mean), str(sd), n=size(n), items=items)) for mean, sd, n, items in rows
    ]
    return _judged(frame, verdicts)


@dataclass(frozen=True)
class _Cases:
    """Columns of integers; a print is twice its last digits, over twice the power of ten (its unit)."""

    mean: np.ndarray
    mean_unit: np.ndarray
    sd: np.ndarray
    sd_unit: np.ndarray
    n: np.ndarray
    items: np.ndarray
    unusual: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame, *, sd: bool) -> _Cases:
        mean, mean_unit = _read(frame["mean"], _doubled).T
        spread, spread_unit = _read(frame["sd"], _doubled).T if sd else (np.zeros_like(mean), np.ones_like(mean))
        n = _read(frame["n"], size)
        items = _read(frame["items"], size) if "items" in frame else np.ones_like(n)
        cells = n.astype(float) * items
        totals = (np.abs(mean) / mean_unit.clip(1) + 1) * cells + 1  # at least any sum that fits
        scaled = ((spread.astype(float) + 2) * items * n) ** 2 + spread_unit.astype(float) ** 2 * totals**2
        large = (cells * (np.abs(mean) + 2) > _LIMIT) | (sd & ((scaled > _LIMIT) | (cells / mean_unit.clip(1) > _MANY)))
        large |= sd & (n < _FEW)
        return cls(
            mean, mean_unit, spread, spread_unit, n, items, large | (mean_unit == 0) | (spread_unit == 0) | (spread < 0)
        )

    def at(self, rows: np.ndarray) -> _Cases:
        return _Cases(*(getattr(self, field.name)[rows] for field in fields(self)))

    def sums(self, truncated: bool) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest sums of all answers that print the mean."""
        cells = self.n * self.items
        low, below, high, above = _ends(self.mean, truncated)
        unit = self.mean_unit.clip(1)
        return (low * cells - 1 + below) // unit + 1, (high * cells - above) // unit


def _ends(twice: np.ndarray, truncated: bool) -> tuple[np.ndarray, ...]:
    """True values of a print, low and high, each with 1 where that end is left out (see `Printed.within`)."""
    if not truncated:
        closed = np.zeros_like(twice)
        return twice - 1, closed, twice + 1, closed
    below, above = (twice <= 0).astype(np.int64), (twice >= 0).astype(np.int64)
    return twice - 1 - below, below, twice + 1 + above, above


def _means(cases: _Cases) -> np.ndarray:
    cells = cases.n * cases.items
    rounded, cut = (low <= high for low, high in (cases.sums(False), cases.sums(True)))
    means = (cases.mean_unit // 2).clip(1)
    common = np.gcd(means, cells).clip(1)
    every = cells // common + cells // common // 2 >= means // common  # see `granularity.power`
    kind = np.where(every, _UNCHECKABLE, np.where(rounded, _CONSISTENT, _CONDITIONAL))
    return np.where((cells == 0) | ~(rounded | cut), _INCONSISTENT, kind)


def _has_squares(cases: _Cases, truncated: bool, lost: int) -> np.ndarray:
    """Where some sum that prints the mean has a sum of squares that prints the SD, divided by n - lost."""
    n, (total, last) = cases.n, cases.sums(truncated)
    low, below, high, above = _ends(cases.sd, truncated)
    factor, square = n * (n - lost) * cases.items**2, cases.sd_unit**2
    below = np.where(low < 0, 0, below)
    least, most = low.clip(0) ** 2 * factor, high**2 * factor
    possible = np.zeros(len(n), dtype=bool)
    rows = np.flatnonzero((total <= last) & (n > lost))
    while len(rows):
        here, size_, base = total[rows], n[rows], square[rows] * total[rows] ** 2
        scale = square[rows] * size_
        first = (base + least[rows] - 1 + below[rows]) // scale + 1
        quotient, rest = np.divmod(here, size_)
        first = np.maximum(first, (size_ - rest) * quotient**2 + rest * (quotient + 1) ** 2)
        first += (first + here) % 2
        fits = first <= (base + most[rows] - above[rows]) // scale
        possible[rows[fits]] = True
        total[rows] += 1
        rows = rows[~fits & (total[rows] <= last[rows])]
    return possible


def _read(column: pd.Series, read: Any) -> np.ndarray:
    """Each distinct entry read once, as 64-bit integers."""
    if read is size and pd.api.types.is_integer_dtype(column.dtype) and (column >= 0).all():
        return column.to_numpy(dtype=np.int64)
    if column.empty:
        return np.zeros(0 if read is size else (0, 2), dtype=np.int64)
    codes, entries = pd.factorize(column, use_na_sentinel=False)
    return np.array([read(entry) for entry in entries], dtype=np.int64)[codes]


def _doubled(text: str | int) -> tuple[int, int]:
    """Twice the last digits of a print and twice its power of ten; a unit of 0 when it is unusual."""
    if isinstance(text, float):
        raise ValueError(f"« {text} » a perdu ses décimales d'origine : donnez le texte imprimé")
    printed = Printed.read(str(text))
    twice, unit = printed.doubled
    return (0, 0) if printed.comparison or unit > 2 * _LONG or abs(printed.centre) > _LONG else (twice, unit)


def _code(finding: Finding) -> int:
    return _VERDICTS.index(finding.verdict)


def _judged(frame: pd.DataFrame, codes: np.ndarray) -> pd.DataFrame:
    return frame.assign(verdict=np.array([verdict.value for verdict in _VERDICTS], dtype=object)[codes])
