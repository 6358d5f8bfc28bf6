"""Forms that a group of texts uses more, or less, than the others (specificities of Lafon).

The specificity of a form in a part of the corpus (Lafon 1980): were the f occurrences of the form dealt
at random among all T active occurrences, of which t are in the part, their number there would follow
the hypergeometric law. The index is -log10 of the probability of at least as many as observed, or
log10 of that of at most as many: +3 means more than one chance in a thousand would allow, -3 less.

Lafon, P. (1980). Sur la variabilité de la fréquence des formes dans un corpus. Mots, 1, 127-165.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from pandas import DataFrame, factorize
from scipy.stats import hypergeom

from relecture.core.errors import InputError
from relecture.text.corpus.segments import SegmentedCorpus

_MAX_INDEX = 300.0  # beyond, a probability is zero for the machine
_UNDERFLOW = 1e-200


class _ModalityCounts(NamedTuple):
    """Forms and modalities (names), how often each is said in each, and the index of each pair (forms × modalities)."""

    forms: np.ndarray
    modalities: np.ndarray
    counts: np.ndarray
    index: np.ndarray


def specificities(segmented: SegmentedCorpus, variable: str) -> DataFrame:
    """Every form in every modality of a variable: variable, modality, form, count, total, index.

    The most specific first. Texts that lack the variable are left out; a form that fewer than `min_texts` texts
    of a modality say (`TextSettings`) is not specific of it: 0. Raises InputError for an unknown variable, or one
    with a single modality.
    """
    cells = _modality_counts(segmented, variable)
    totals = cells.counts.sum(axis=1)
    forms, modalities = (places.ravel() for places in np.indices(cells.counts.shape))
    columns = {"modality": cells.modalities[modalities], "form": cells.forms[forms], "count": cells.counts.ravel()}
    frame = DataFrame({"variable": variable} | columns | {"total": totals[forms], "index": cells.index.ravel()})
    alphabet = np.argsort(np.argsort(cells.forms))
    order = np.lexsort((alphabet[forms], -cells.index.ravel().round(9), modalities))
    return frame.loc[order].query("total > 0").reset_index(drop=True)


def specific_forms(
    segmented: SegmentedCorpus, variables: Sequence[str], *, most: int = 8, least: float = 2.0
) -> DataFrame:
    """One row a modality of each variable: variable, modality, forms, missed, compared, apart, by_chance, furthest.

    `forms` are at most `most` forms of an index of `least` or more, the most specific first; `missed`
    those of -`least` or less; both are empty where nothing stands out. Of all the forms `compared`, `apart`
    are that far from chance either way, when words dealt at random would give `by_chance` of them at most, on
    average; `furthest` is the largest index, whatever its sign. Raises like `specificities`.
    """
    rows = []
    for variable in variables:
        cells = _modality_counts(segmented, variable)
        for place, modality in enumerate(cells.modalities):
            own = cells.index[:, place]
            apart = np.flatnonzero(np.abs(own) >= least)
            apart = apart[np.lexsort((cells.forms[apart], -own[apart].round(9)))]
            more, less = apart[own[apart] > 0], apart[own[apart] < 0][::-1]
            lists = (tuple(cells.forms[ranks[:most]].tolist()) for ranks in (more, less))
            sizes = (len(own), len(apart), 2 * len(own) / 10**least)  # each way, a chance of 10⁻ˡᵉᵃˢᵗ at most
            rows.append((variable, modality, *lists, *sizes, float(np.abs(own).max())))
    columns = ["variable", "modality", "forms", "missed", "compared", "apart", "by_chance", "furthest"]
    return DataFrame(rows, columns=columns)


def specificity_index(count: Any, total: Any, part: Any, whole: Any) -> np.ndarray:
    """Signed -log10 of the hypergeometric probability; counts broadcast.

    `count` of the `total` occurrences of a form are in the part, which has `part` of the `whole`
    occurrences. A form is over-represented from its expected count on.

    >>> round(float(specificity_index(4, 4, 5, 10)), 3)  # all 4 in half of the corpus: 5 chances in 210
    1.623
    """
    count, total, part, whole = np.broadcast_arrays(count, total, part, whole)
    above = count * whole >= total * part
    more = _log10_probability(hypergeom.sf, hypergeom.logsf, above, count - 1, whole, total, part)
    less = _log10_probability(hypergeom.cdf, hypergeom.logcdf, ~above, count, whole, total, part)
    return np.clip(less - more, -_MAX_INDEX, _MAX_INDEX) + 0.0


def _log10_probability(plain: Callable, logarithm: Callable, chosen: np.ndarray, *law: Any) -> np.ndarray:
    """log10 of a probability where chosen, 0 elsewhere; the slow way only where the quick one underflows."""
    result = np.zeros(chosen.shape)
    quick = plain(*(parameter[chosen] for parameter in law))
    small = quick < _UNDERFLOW
    logs = np.log(np.where(small, 1, quick))
    logs[small] = logarithm(*(parameter[chosen][small] for parameter in law))
    result[chosen] = logs / np.log(10)
    return result


def _modality_counts(segmented: SegmentedCorpus, variable: str) -> _ModalityCounts:
    """The forms counted, in each modality of a variable that someone speaks in."""
    known = segmented.corpus.variables
    if variable not in known:
        raise InputError([f"variable « {variable} » : inconnue ; variables : {', '.join(known) or 'aucune'}"])
    codes, names = factorize(known[variable], sort=True)  # -1 where a text lacks it
    active = segmented.counted.assign(modality=codes[segmented.counted["text"]])
    parts = np.bincount(active["modality"] + 1, minlength=len(names) + 1)[1:]
    if (parts > 0).sum() < 2:
        raise InputError([f"variable « {variable} » : une seule modalité, rien à comparer"])
    counted = active[(active["modality"] >= 0) & (active["rank"] >= 0)]
    shape, spoken = (len(segmented.forms), len(names)), parts > 0
    both = counted, counted.drop_duplicates(["text", "rank"])
    counts, texts = (_cross_counts(rows, shape)[:, spoken] for rows in both)
    index = _cell_indices(counts, parts[spoken])
    index[(index > 0) & (texts < segmented.settings.min_texts)] = 0
    return _ModalityCounts(segmented.forms["form"].to_numpy(object), np.asarray(names, object)[spoken], counts, index)


def _cross_counts(rows: DataFrame, shape: tuple[int, int]) -> np.ndarray:
    """How many rows each form (rank) has in each modality."""
    return np.bincount(rows["rank"] * shape[1] + rows["modality"], minlength=shape[0] * shape[1]).reshape(shape)


def _cell_indices(counts: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """The index of each cell; most cells are alike (rare forms), and each kind is computed once."""
    totals, form = np.unique(counts.sum(axis=1), return_inverse=True)
    base = int(counts.max(initial=0)) + 1
    kinds = (form[:, None] * len(parts) + np.arange(len(parts))) * base + counts
    places, kinds = factorize(kinds.ravel())
    rest, count = np.divmod(kinds, base)
    index = specificity_index(count, totals[rest // len(parts)], parts[rest % len(parts)], parts.sum())
    return index[places].reshape(counts.shape)
