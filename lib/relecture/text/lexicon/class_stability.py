"""Would other settings give the same classes?

The same corpus is classified with segments of several sizes and several numbers of classes. Two
classifications are compared token by token, over the tokens that have a class in both, with the
adjusted Rand index (Hubert & Arabie 1985): 1 when they part the corpus alike, 0 when no more than by
chance. The `agreement` of a size and a number of classes is the mean of its indices with the other
sizes, for the same number of classes. On a few interviews it is rarely high: that is worth showing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from relecture.core.errors import InputError
from relecture.text.corpus import segments
from relecture.text.corpus import tokens as forms
from relecture.text.corpus.iramuteq import Corpus
from relecture.text.corpus.tokens import TextSettings
from relecture.text.lexicon import class_profiles
from relecture.text.lexicon.class_profiles import ClassSettings

if TYPE_CHECKING:
    from pandas import DataFrame


def stability(
    corpus: Corpus,
    settings: TextSettings | None = None,
    choices: ClassSettings | None = None,
    *,
    sizes: Sequence[int] = (20, 30, 40, 50, 60),
    ks: Sequence[int] = (2, 3, 4, 5, 6, 7, 8),
    tokens: DataFrame | None = None,
) -> DataFrame:
    """One row a segment size and a number of classes: size, k, agreement; NaN where k classes were not reached.

    `tokens`, when given, are those of `tokens.tokenise` for this corpus and these settings.
    Raises InputError when no size can be classified.
    """
    from pandas import DataFrame

    settings, choices = settings or TextSettings(), replace(choices or ClassSettings(), k=max(ks))
    tokens = forms.tokenise(corpus, settings) if tokens is None else tokens
    found = {}
    for size in sizes:
        try:
            cut = segments.segment_corpus(corpus, replace(settings, segment_size=size), tokens=tokens)
            found[size] = class_profiles.classify(cut, choices)
        except InputError as error:
            fault = error
    if not found:
        raise fault
    labels = {
        (size, k): _token_classes(found[size], k) for size in found for k in ks if found[size].hierarchy.steps >= k - 1
    }
    return DataFrame(
        [{"size": size, "k": k, "agreement": _mean_agreement(labels, size, k)} for size in sizes for k in ks]
    )


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """Adjusted Rand index of two partitions of the same things, labelled by counts; 0 marks a thing to leave out.

    Formula 5 of Hubert & Arabie, on the table of the labels: its cost is that of counting them.

    >>> adjusted_rand([1, 1, 2, 2, 0], [2, 2, 1, 1, 1])
    1.0
    """
    one, other = np.asarray(one), np.asarray(other)
    wide = int(other.max(initial=0)) + 1
    cells = np.bincount(one * wide + other, minlength=(int(one.max(initial=0)) + 1) * wide)
    table = cells.reshape(-1, wide)[1:, 1:].astype(float)
    if table.sum() < 2:
        return np.nan
    both, rows, columns, every = (_count_pairs(sums) for sums in (table, table.sum(1), table.sum(0), table.sum()))
    chance, most = rows * columns / every, (rows + columns) / 2
    return 1.0 if most == chance else float((both - chance) / (most - chance))


def _count_pairs(sizes: np.ndarray) -> float:
    """How many pairs of things the groups of these sizes hold."""
    return float((sizes * (sizes - 1) / 2).sum())


def _token_classes(found: class_profiles.Classification, k: int) -> np.ndarray:
    """The class of each token when k classes are kept."""
    return found.hierarchy.classes(k)[found.units][found.segmented.tokens["segment"]]


def _mean_agreement(labels: dict[tuple[int, int], np.ndarray], size: int, k: int) -> float:
    others = [other for other, number in labels if number == k and other != size]
    if (size, k) not in labels or not others:
        return np.nan
    return float(np.mean([adjusted_rand(labels[size, k], labels[other, k]) for other in others]))
