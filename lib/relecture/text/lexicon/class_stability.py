"""Agreement of the classes that other segment sizes and numbers of classes give.

The same corpus is classified with segments of several sizes and several numbers of classes. Two
classifications are compared token by token, over the tokens that have a class in both, with the
adjusted Rand index (Hubert & Arabie 1985): 1 when they part the corpus alike, 0 when no more than by
chance. The `agreement` of a size and a number of classes is the mean of its indices with the other
sizes, for the same number of classes. On a few interviews it is rarely high: that is worth showing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from pandas import DataFrame

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import Corpus
from relecture.text.corpus.segments import segment_corpus
from relecture.text.corpus.tokens import TextSettings, tokenise
from relecture.text.lexicon.class_profiles import Classification, ClassSettings, classify_segments


def class_stability(
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
    settings, choices = settings or TextSettings(), replace(choices or ClassSettings(), k=max(ks))
    tokens = tokenise(corpus, settings) if tokens is None else tokens
    labels: dict[tuple[int, int], np.ndarray] = {}
    refusals = []
    for size in sizes:
        try:
            segmented = segment_corpus(corpus, replace(settings, segment_size=size), tokens=tokens)
            classed = classify_segments(segmented, choices)
        except InputError as error:
            refusals.append(error)
            continue
        labels |= {(size, k): _token_classes(classed, k) for k in ks if k - 1 <= classed.hierarchy.steps}
    if len(refusals) == len(sizes):
        raise refusals[-1]
    rows = [(size, k, _mean_agreement(labels, size, k)) for size in sizes for k in ks]
    return DataFrame(rows, columns=["size", "k", "agreement"])


def adjusted_rand(first: Sequence[int], second: Sequence[int]) -> float:
    """Adjusted Rand index of two partitions of the same things, labelled by counts; 0 marks a thing to leave out.

    Formula 5 of Hubert & Arabie, on the table of the labels: its cost is that of counting them.

    >>> adjusted_rand([1, 1, 2, 2, 0], [2, 2, 1, 1, 1])
    1.0
    """
    first, second = np.asarray(first), np.asarray(second)
    wide = int(second.max(initial=0)) + 1
    cells = np.bincount(first * wide + second, minlength=(int(first.max(initial=0)) + 1) * wide)
    table = cells.reshape(-1, wide)[1:, 1:].astype(float)
    if table.sum() < 2:
        return np.nan
    both, rows, columns, every = (_count_pairs(sums) for sums in (table, table.sum(1), table.sum(0), table.sum()))
    chance, most = rows * columns / every, (rows + columns) / 2
    return 1.0 if most == chance else float((both - chance) / (most - chance))


def _count_pairs(sizes: np.ndarray) -> float:
    """How many pairs of things the groups of these sizes hold."""
    return float((sizes * (sizes - 1) / 2).sum())


def _token_classes(classed: Classification, k: int) -> np.ndarray:
    """The class of each token when k classes are kept."""
    return classed.hierarchy.classes(k)[classed.units][classed.segmented.tokens["segment"]]


def _mean_agreement(labels: dict[tuple[int, int], np.ndarray], size: int, k: int) -> float:
    others = [other for other, number in labels if number == k and other != size]
    if (size, k) not in labels or not others:
        return np.nan
    return float(np.mean([adjusted_rand(labels[size, k], labels[other, k]) for other in others]))
