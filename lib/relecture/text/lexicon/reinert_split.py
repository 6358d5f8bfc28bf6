"""Segments split in two groups by the forms they hold (one step of Reinert's classification).

The method of Reinert (1983, 1990), on a binary table, segments in rows and forms in columns:

1. order the segments by their coordinate on the first axis of a correspondence analysis;
2. cut that order where the chi-square of the two summed rows is highest;
3. move segments one at a time to the other group, in that order, while the chi-square rises.

With a and c the counts of a form in the first group and in all, A and N their sums, the chi-square of
the two summed rows is N (N Σ a²/c − A²) / (A (N − A)): moving a segment changes Σ a²/c by the terms of
its own forms only, so that a trial costs what the segment holds. Rises below one in 10⁹ are ties.

Where several axes carry the same inertia (groups without a common form, symmetric tables), the axis
taken is the projection of one fixed direction: the same table always gives the same groups.

Reinert, M. (1983). Une méthode de classification descendante hiérarchique : application à l'analyse
lexicale par contexte. Cahiers de l'analyse des données, 8(2), 187-198.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, svds

from relecture.core.errors import InputError

TIE_TOLERANCE = 1e-9
_SMALL = 100  # rows or columns up to which the axes are all computed
_DIGITS = 9  # of a coordinate, the largest being 1: what follows is the rounding of the machine


class Split(NamedTuple):
    """Rows of each group, from 0, in rising order, and the chi-square that parts them.

    The first group holds the first row that has a form; rows without any form are in neither.
    """

    first: np.ndarray
    second: np.ndarray
    chi2: float


def split_in_two(matrix: Any) -> Split:
    """The two groups of rows of a binary document-term matrix (dense or sparse) by Reinert's method.

    Counts are read as presence. Raises InputError where nothing can be parted: fewer than two rows with
    forms, or rows that all hold the same forms.

    >>> split_in_two([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 1, 0, 1]])
    Split(first=array([0, 1]), second=array([2, 3]), chi2=4.275)
    """
    table = binary_table(matrix)
    rows = np.flatnonzero(table.sum(axis=1))
    table = table[rows][:, np.flatnonzero(table.sum(axis=0))]
    _check_splittable(table)
    order = np.argsort(np.round(first_axis(table), _DIGITS), kind="stable")
    first, chi2 = _move_rows(table, order, _best_cut(table, order))
    if not first[0]:
        first = ~first
    return Split(rows[first], rows[~first], chi2)


def binary_table(matrix: Any) -> csr_array:
    """The matrix as 0 and 1, sparse; raises InputError for anything but a table of counts."""
    table = csr_array(matrix)
    if table.ndim != 2:
        raise InputError(["une table à deux dimensions est attendue : segments en lignes, formes en colonnes"])
    if not np.all(np.isfinite(table.data)) or np.any(table.data < 0):
        raise InputError(["la table des formes contient des valeurs qui ne sont pas des effectifs"])
    table = (table != 0).astype(float).tocsr()
    table.sort_indices()
    return table


def first_axis(table: csr_array) -> np.ndarray:
    """Coordinate of each row on the first axis of the correspondence analysis; the largest is 1 or -1.

    No row or column of the table may be empty. The first row that is off the origin is on the left.
    """
    rows, columns, total = table.sum(axis=1), table.sum(axis=0), table.sum()
    scaled = table.multiply(1 / np.sqrt(rows)[:, None]).multiply(1 / np.sqrt(columns)[None, :]).tocsr()
    trivial = np.sqrt(rows / total), np.sqrt(columns / total)
    axis = _all_axes(scaled, *trivial) if min(table.shape) <= _SMALL else _one_axis(scaled, *trivial)
    coordinates = (scaled @ axis) / np.sqrt(rows)
    coordinates /= np.abs(coordinates).max()
    left = coordinates[np.flatnonzero(np.abs(coordinates) > 10.0**-_DIGITS)[0]]
    return -coordinates if left > 0 else coordinates


def fixed_direction(size: int) -> np.ndarray:
    """The fixed direction whose projection is taken where several axes carry the same inertia."""
    return np.random.default_rng(1983).standard_normal(size)


def _all_axes(scaled: csr_array, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The first axis of a small table, on the side of the columns, from all of them."""
    tall = scaled.shape[0] >= scaled.shape[1]
    gram = (scaled.T @ scaled if tall else scaled @ scaled.T).toarray()
    trivial = columns if tall else rows
    values, vectors = np.linalg.eigh(gram - np.outer(trivial, trivial))
    leading = vectors[:, values > values[-1] * (1 - TIE_TOLERANCE)]
    axis = leading @ (leading.T @ fixed_direction(len(trivial)))
    return axis if tall else scaled.T @ axis - columns * (rows @ axis)


def _one_axis(scaled: csr_array, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The first axis of a large table, on the side of the columns: nothing dense is ever made.

    Dot products are summed here: a threaded one takes twenty times as long, and its last bit depends on the threads.
    `rng` is given because ARPACK draws a new start when its own runs out, by chance otherwise.
    """
    centred = LinearOperator(
        scaled.shape,
        matvec=lambda right: scaled @ right.ravel() - rows * (columns * right.ravel()).sum(),
        rmatvec=lambda left: scaled.T @ left.ravel() - columns * (rows * left.ravel()).sum(),
        dtype=float,
    )
    return svds(centred, k=1, v0=fixed_direction(min(scaled.shape)), rng=np.random.default_rng(0))[2][0]


def _check_splittable(table: csr_array) -> None:
    rows, columns = table.shape
    if rows < 2:
        raise InputError([f"il faut deux segments qui aient une forme, et il y en a {rows}"])
    if table.nnz == rows * columns:
        raise InputError([f"les {rows} segments ont tous les mêmes formes, rien ne les sépare"])


def _best_cut(table: csr_array, order: np.ndarray) -> np.ndarray:
    """Which rows are before the cut of highest chi-square; the first of equal ones."""
    turned = table[order].tocsc()
    turned.sort_indices()
    counts = np.diff(turned.indptr)
    before = np.arange(turned.nnz) - np.repeat(turned.indptr[:-1], counts)  # rows above that hold the form
    terms = (2 * before + 1) / np.repeat(counts, counts)
    squares = np.cumsum(np.bincount(turned.indices, terms, len(order)))[:-1]
    sizes = np.cumsum(np.diff(table.indptr)[order])[:-1]
    values = _chi2(squares, sizes, table.nnz)
    best = int(np.argmax(values >= values.max() * (1 - TIE_TOLERANCE)))
    first = np.zeros(len(order), bool)
    first[order[: best + 1]] = True
    return first


def _move_rows(table: csr_array, order: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, float]:
    """The groups once no move of one row raises the chi-square, and that chi-square."""
    total, columns = table.nnz, table.sum(axis=0)
    forms, bounds = table.indices.tolist(), table.indptr.tolist()
    rows = [
        (row, forms[bounds[row] : bounds[row + 1]], own)
        for row, own in zip(order.tolist(), (table @ (1 / columns))[order].tolist(), strict=True)
    ]
    first, moved = first.copy(), True
    while moved:
        counts = first @ table  # summed anew at each round: rounding never adds up
        shares, squares, size = (counts / columns).tolist(), float(counts @ (counts / columns)), int(counts.sum())
        value, moved = _chi2(squares, size, total), False
        for row, row_forms, own in rows:
            sign = -1 if first[row] else 1
            new_size = size + sign * len(row_forms)
            new_squares = squares + 2 * sign * sum(map(shares.__getitem__, row_forms)) + own
            if 0 < new_size < total and (new := _chi2(new_squares, new_size, total)) > value * (1 + TIE_TOLERANCE):
                first[row], moved, value, size, squares = sign > 0, True, new, new_size, new_squares
                for form in row_forms:
                    shares[form] += sign / columns[form]
    return first, float(value)


def _chi2(squares: Any, size: Any, total: int) -> Any:
    return total * (total * squares - size * size) / (size * (total - size))
