"""Segments of a corpus: runs of about 40 tokens, and which active form is in which.

A *segment* (elementary context unit) is a run of about 40 tokens of one passage, cut where the
punctuation is strongest for its distance: each place weighs its strength (6 for a full stop, 5 for a
colon, 4 for a semicolon, 1 for a comma, 0.01 for none) over 1 + its distance to the size aimed at, as
IRaMuTeQ does; a last stretch of up to a quarter more than the size stays whole.

`segment_corpus` goes from a corpus to the table that every analysis starts from: which active form is
present in which segment. Presence, not number: a form said twice in a segment counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from pandas import DataFrame
from scipy.sparse import csr_array

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import Corpus
from relecture.text.corpus.tokens import TextSettings, tokenise

_WINDOW = 15 / 40  # how far past the size a cut may fall, as a share of the size
_UNCUT_REST = 1.25  # a rest no longer than this many sizes is not cut
_NO_PUNCTUATION = 0.01


@dataclass(frozen=True, eq=False)
class SegmentedCorpus:
    """A corpus cut into segments. `tokens` are those of `tokens.tokenise` with the rank of their segment."""

    corpus: Corpus
    settings: TextSettings
    tokens: DataFrame

    @cached_property
    def table(self) -> DataFrame:
        """One row a segment: text (rank), theme, words as said, tokens and active (numbers of tokens)."""
        by = self.tokens.groupby("segment", sort=True)
        firsts = by[["text", "passage", "start"]].first()
        passages = [self.corpus.texts[t].passages[p] for t, p in zip(firsts["text"], firsts["passage"], strict=True)]
        nexts = firsts.groupby(["text", "passage"])["start"].shift(-1).fillna(-1).astype(int)
        spans = zip(passages, firsts["start"], nexts, strict=True)
        words = [passage.text[start : None if end < 0 else end].strip() for passage, start, end in spans]
        columns = {"text": firsts["text"], "theme": [passage.theme for passage in passages], "words": words}
        return DataFrame(columns | {"tokens": by.size(), "active": by["active"].sum()})

    @cached_property
    def forms(self) -> DataFrame:
        """One row an active form said often enough: form, occurrences, segments; the most said first."""
        by = self._active.groupby("form", observed=True)
        counts = by["segment"].agg(occurrences="size", segments="nunique")
        shared = by["text"].nunique() >= self.settings.min_texts
        counts = counts[shared & (counts["occurrences"] >= self.settings.min_frequency)]
        counts = counts.rename_axis("form").reset_index().astype({"form": "str"})
        return counts.sort_values(["occurrences", "form"], ascending=[False, True], ignore_index=True)

    @cached_property
    def counted(self) -> DataFrame:
        """One row an active token: text, segment and rank, that of its form in `forms` (-1 when it is not there)."""
        ranks = np.full(len(self.tokens["form"].cat.categories), -1)
        ranks[self.tokens["form"].cat.categories.get_indexer(self.forms["form"])] = np.arange(len(self.forms))
        return self._active[["text", "segment"]].assign(rank=ranks[self._active["form"].cat.codes])

    @cached_property
    def matrix(self) -> csr_array:
        """1 where the form (column, in the order of `forms`) is in the segment (row), sparse."""
        counted = self.counted[self.counted["rank"] >= 0]
        cells = counted["segment"].to_numpy(), counted["rank"].to_numpy()
        counts = csr_array((np.ones(len(counted), int), cells), shape=(len(self.table), len(self.forms)))
        return (counts > 0).astype(int)

    @cached_property
    def _active(self) -> DataFrame:
        return self.tokens[self.tokens["active"]]


def segment_corpus(
    corpus: Corpus, settings: TextSettings | None = None, *, tokens: DataFrame | None = None
) -> SegmentedCorpus:
    """The corpus, cut; `tokens` are given to cut the same words again at another size.

    Raises InputError when no active form is said often enough to be counted.

    >>> from relecture.text.corpus.iramuteq import parse_corpus
    >>> corpus = parse_corpus("Le dossier du patient. Le patient ouvre son dossier.")
    >>> cut = segment_corpus(corpus, TextSettings(min_frequency=2))
    >>> cut.forms["form"].tolist(), cut.matrix.toarray().tolist()
    (['dossier', 'patient'], [[1, 1]])
    """
    settings = settings or TextSettings()
    tokens = tokenise(corpus, settings) if tokens is None else tokens
    ranks = _segment_ranks(tokens, settings.segment_size)
    segmented = SegmentedCorpus(corpus, settings, tokens.assign(segment=ranks))
    if segmented.forms.empty:
        shared = f" dans {settings.min_texts} textes" * (settings.min_texts > 1)
        least = f"{settings.min_frequency} occurrences{shared}"
        raise InputError([f"{corpus.name} : aucune forme active n'atteint {least} ; le corpus est trop court"])
    return segmented


def segment_starts(strengths: Any, size: int) -> list[int]:
    """Where the segments of one passage begin, given the strength of what follows each token.

    >>> segment_starts([0] * 30 + [1] + [0] * 11 + [6] + [0] * 40, size=40)  # the full stop is 3 tokens too far
    [0, 43]
    """
    weights = np.where(np.asarray(strengths) > 0, strengths, _NO_PUNCTUATION)
    reach = size + round(_WINDOW * size)
    ratios = 1 / (1 + np.abs(np.arange(1, reach + 1) - size))
    starts = [0]
    while len(weights) - starts[-1] > _UNCUT_REST * size:
        ahead = weights[starts[-1] : starts[-1] + reach]
        starts.append(starts[-1] + int(np.argmax(ahead * ratios[: len(ahead)])) + 1)
    return starts if starts[-1] < len(weights) else starts[:-1]


def _segment_ranks(tokens: DataFrame, size: int) -> np.ndarray:
    """The rank of the segment of each token; no segment runs over two passages."""
    opens = np.zeros(len(tokens), bool)
    new = tokens[["text", "passage"]].diff().ne(0).any(axis=1).to_numpy()
    strengths = tokens["strength"].to_numpy()
    for start, end in pairwise([*np.flatnonzero(new), len(tokens)]):
        opens[[start + place for place in segment_starts(strengths[start:end], size)]] = True
    return np.cumsum(opens) - 1
