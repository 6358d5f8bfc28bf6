"""Which forms does a group of texts use more, or less, than the others?

The specificity of a form in a part of the corpus (Lafon 1980): were the f occurrences of the form dealt
at random among all T active occurrences, of which t are in the part, their number there would follow
the hypergeometric law. The index is -log10 of the probability of at least as many as observed, or
log10 of that of at most as many: +3 means more than one chance in a thousand would allow, -3 less.

Lafon, P. (1980). Sur la variabilité de la fréquence des formes dans un corpus. Mots, 1, 127-165.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from relecture.study import InputError
from relecture.text.segments import Segmented

if TYPE_CHECKING:
    from pandas import DataFrame

_MOST = 300.0  # beyond, a probability is zero for the machine
_TINY = 1e-200


def specificities(segmented: Segmented, variable: str) -> DataFrame:
    """Every form in every modality of a variable: variable, modality, form, count, total, index.

    The most specific first. Texts that lack the variable are left out. Raises InputError for an unknown
    variable, or one with a single modality.
    """
    from pandas import crosstab

    known = segmented.corpus.variables
    if variable not in known:
        raise InputError([f"variable « {variable} » : inconnue ; variables : {', '.join(known) or 'aucune'}"])
    said = segmented.tokens[segmented.tokens["active"]]
    modalities = known[variable].to_numpy()[said["text"]]
    counts = crosstab(said["form"].astype("str"), modalities)
    if counts.shape[1] < 2:
        raise InputError([f"variable « {variable} » : une seule modalité, rien à comparer"])
    return _ranked(counts, segmented, variable)


def heads(segmented: Segmented, variables: Sequence[str], *, most: int = 8, least: float = 2.0) -> DataFrame:
    """One row a modality of each variable: variable, modality, forms, missed.

    `forms` are at most `most` forms of an index of `least` or more, the most specific first; `missed`
    those of -`least` or less. Both are empty where nothing stands out. Raises like `specificities`.
    """
    from pandas import DataFrame

    rows = []
    for variable in variables:
        for modality, own in specificities(segmented, variable).groupby("modality", sort=False):
            more, less = own[own["index"] >= least], own[own["index"] <= -least].iloc[::-1]
            rows.append((variable, modality, tuple(more["form"][:most]), tuple(less["form"][:most])))
    return DataFrame(rows, columns=["variable", "modality", "forms", "missed"])


def index(count: Any, total: Any, part: Any, whole: Any) -> np.ndarray:
    """Signed -log10 of the hypergeometric probability; counts broadcast.

    `count` of the `total` occurrences of a form are in the part, which has `part` of the `whole`
    occurrences. A form is over-represented from its expected count on.

    >>> round(float(index(4, 4, 5, 10)), 3)  # all 4 in half of the corpus: 5 chances in 210
    1.623
    """
    from scipy.stats import hypergeom

    count, total, part, whole = np.broadcast_arrays(count, total, part, whole)
    above = count * whole >= total * part
    more = _log(hypergeom.sf, hypergeom.logsf, above, count - 1, whole, total, part)
    less = _log(hypergeom.cdf, hypergeom.logcdf, ~above, count, whole, total, part)
    return np.clip(less - more, -_MOST, _MOST) + 0.0


def _log(plain: Callable, logarithm: Callable, chosen: np.ndarray, *law: Any) -> np.ndarray:
    """log10 of a probability where chosen, 0 elsewhere; the slow way only where the quick one underflows."""
    found = np.zeros(chosen.shape)
    quick = plain(*(one[chosen] for one in law))
    small = quick < _TINY
    logs = np.log(np.where(small, 1, quick))
    logs[small] = logarithm(*(one[chosen][small] for one in law))
    found[chosen] = logs / np.log(10)
    return found


def _ranked(counts: DataFrame, segmented: Segmented, variable: str) -> DataFrame:
    parts, whole = counts.sum(), int(counts.to_numpy().sum())
    kept = counts.loc[counts.index.isin(segmented.forms["form"])].rename_axis("form").rename_axis("modality", axis=1)
    long = kept.stack().rename("count").reset_index()
    long["total"] = long["form"].map(kept.sum(axis=1))
    long["index"] = index(long["count"], long["total"], long["modality"].map(parts), whole)
    long.insert(0, "variable", variable)
    long = long.assign(rank=-long["index"].round(9)).sort_values(["modality", "rank", "form"])
    return long[["variable", "modality", "form", "count", "total", "index"]].reset_index(drop=True)
