"""Tests of a table of counts: chi-squares, and the exact test given the margins (Fisher 1935; Freeman & Halton 1951).

Every table with the same margins is enumerated, with the logarithm of its probability up to a constant; the p adds
those that are no likelier than the table observed, as R's `fisher.test` does. Past `_MOST` tables, no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, product
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

CountRows = tuple[tuple[int, ...], ...]
_MOST = 1_000_000
_TIE = 1e-7  # relative difference below which two tables are equally likely, as in R


def chi_square(test: str, table: CountRows) -> float:
    """Chi-square of independence: "pearson" (1900), "yates" (1934), "n-1" (E. Pearson 1947) or "likelihood-ratio"."""
    rows, columns = map(sum, table), list(map(sum, zip(*table, strict=True)))
    n = sum(columns)
    means = (row * column / n for row, column in product(rows, columns))
    pairs = zip(chain(*table), means, strict=True)
    if test == "likelihood-ratio":
        return max(0.0, 2 * sum(count * log(count / mean) for count, mean in pairs if count))
    nearer = 0.5 if test == "yates" else 0.0
    square = sum(max(0.0, abs(count - mean) - nearer) ** 2 / mean for count, mean in pairs)
    return square * (n - 1) / n if test == "n-1" else square


def fisher_p(table: CountRows, alternative: str = "two-sided", *, mid: bool = False) -> float | None:
    """p-value of the exact test; `mid` counts half of the observed table; None where too many tables would be counted.

    Beyond 2 x 2 there is one alternative. "one-sided" is the smaller of "less" and "greater".

    >>> round(fisher_p(((12, 8), (10, 20))), 4), round(fisher_p(((10, 5, 3), (3, 12, 6))), 5)      # R 4.2 fisher.test
    (0.0845, 0.02859)
    """
    import numpy as np

    weights = _weights(tuple(map(sum, table)), tuple(map(sum, zip(*table, strict=True))))
    if weights is None:
        return None
    observed = _weight(np.array([table]))[0]
    probabilities = np.exp(weights - weights.max())
    half = 0.5 * mid * np.exp(observed - weights.max())
    if alternative == "two-sided" or (len(table), len(table[0])) != (2, 2):
        tails = [probabilities[weights <= observed + _TIE].sum()]
    else:
        at = table[0][0] - max(0, sum(table[0]) - table[0][1] - table[1][1])
        less, greater = probabilities[: at + 1].sum(), probabilities[at:].sum()
        tails = {"less": [less], "greater": [greater]}.get(alternative, [less, greater])
    return float((min(tails) - half) / probabilities.sum())


def _weight(cells: np.ndarray) -> np.ndarray:
    from scipy.special import gammaln

    return -gammaln(cells + 1.0).sum(axis=tuple(range(1, cells.ndim)))


@lru_cache(maxsize=4)
def _weights(rows: Sequence[int], columns: Sequence[int]) -> np.ndarray | None:
    """Logarithms of the probabilities of the tables with these margins; first cell ascending when there are two rows.

    `left` is what remains of each row once the first columns are filled, one line a table.
    """
    import numpy as np

    if len(rows) > len(columns):
        rows, columns = columns, rows
    left, weights = np.array([rows]), np.zeros(1)
    for total in columns[:-1]:
        need = np.full(len(left), total)
        for row in range(len(rows) - 1):
            least = np.maximum(0, need - left[:, row + 1 :].sum(axis=1))
            times = np.minimum(left[:, row], need) - least + 1
            if times.sum() > _MOST:
                return None
            at = np.repeat(np.arange(len(left)), times)
            cells = least[at] + np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
            left, need, weights = left[at], need[at] - cells, weights[at] + _weight(cells[:, None])
            left[:, row] -= cells
        left[:, -1] -= need
        weights = weights + _weight(need[:, None])
    return weights + _weight(left)
