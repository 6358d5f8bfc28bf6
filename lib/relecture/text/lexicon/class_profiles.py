"""Classes of segments and their profiles: forms, typical segments and variables of each.

`classify_segments` runs the descending classification (`reinert_tree`) on a corpus already cut, segments with too
few forms being merged with their neighbours of the same text first. Then each class has a profile: the
forms classed in its segments more (or less) often than elsewhere, its most typical segments, in the
words said, and the variables of the texts it comes from more often.

Every association is the chi-square of a 2 x 2 table (in the class or not, with the form or not) over
the segments that have a class, 1 degree of freedom, no correction; its sign says more or less. These
p-values rank forms; they test nothing, since the same forms made the classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pandas import DataFrame, Series, get_dummies
from scipy.sparse import csr_array
from scipy.stats import chi2

from relecture.core import french
from relecture.text.corpus.segments import SegmentedCorpus
from relecture.text.lexicon import reinert_tree
from relecture.text.lexicon.reinert_tree import Hierarchy


@dataclass(frozen=True)
class ClassSettings:
    """What the classes depend on, beside the settings of the forms.

    `k` classes at most; segments of fewer than `min_segment_size` active forms are merged; `tsj`,
    `cc_test` and `min_split_members` are those of `reinert_tree.divide`.
    """

    k: int = 6
    min_segment_size: int = 0
    tsj: int = 3
    cc_test: float = 0.3
    min_split_members: int = 5


@dataclass(frozen=True, eq=False)
class Classification:
    """The class of each segment (0: none), the tree, and the table that it was made from."""

    segmented: SegmentedCorpus
    settings: ClassSettings
    units: np.ndarray
    hierarchy: Hierarchy

    @property
    def classes(self) -> np.ndarray:
        """The class of each segment, from 1; 0 for the segments in none."""
        return self.hierarchy.classes()[self.units]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know of how the classes came out, in French."""
        segments, units, alone = len(self.units), self.units.max() + 1, int((self.classes == 0).sum())
        merged = f"{french.number(segments)} segments fusionnés en {french.number(units)} unités"
        unclassed = f"segments sans classe : {french.number(alone)} sur {french.number(segments)}"
        needed = {merged: units < segments, unclassed: alone > 0}
        return (*self.hierarchy.remarks, *(remark for remark in needed if needed[remark]))

    def settings_table(self) -> DataFrame:
        """How the classes were made, in French: the settings, then the remarks; columns setting, value."""
        settings, least = self.settings, self.settings.min_segment_size
        values = {
            "nombre de classes demandé": f"{settings.k}",
            "fusion des segments courts": f"à moins de {least} formes actives" if least > 1 else "aucune",
            "segments où une forme doit être (tsj)": f"{settings.tsj} au moins",
            "coefficient de contingence (cc_test)": french.number(settings.cc_test),
            "segments d'un groupe à diviser": f"{settings.min_split_members} au moins",
        }
        rows = [*values.items(), *(("à savoir", remark) for remark in self.remarks)]
        return DataFrame(rows, columns=["setting", "value"])


def classify_segments(segmented: SegmentedCorpus, settings: ClassSettings | None = None) -> Classification:
    """The segments of a corpus in classes.

    Raises InputError when the corpus is too small, or too uniform, to be split even once.
    """
    settings = settings or ClassSettings()
    texts, forms = segmented.table["text"].to_numpy(), segmented.matrix.sum(axis=1)
    units = merge_short_segments(forms, texts, settings.min_segment_size)
    choices = {"tsj": settings.tsj, "cc_test": settings.cc_test, "min_split_members": settings.min_split_members}
    hierarchy = reinert_tree.divide(_unit_matrix(segmented.matrix, units), settings.k, **choices)
    return Classification(segmented, settings, units, hierarchy)


def merge_short_segments(sizes: Any, texts: Any, least: int) -> np.ndarray:
    """The unit that each segment belongs to, numbered from 0 in reading order.

    A segment of fewer than `least` forms takes in the following ones of its text until there are enough;
    at the end of a text, what is left joins the unit before it.

    >>> merge_short_segments([2, 9, 12, 3, 15, 1], [0, 0, 0, 0, 0, 1], least=10)
    array([0, 0, 1, 2, 2, 3])
    """
    units: list[list[Any]] = []  # first segment, text and forms of each
    for rank, (forms, text) in enumerate(zip(sizes, texts, strict=True)):
        if units and units[-1][1] == text and units[-1][2] < least:
            units[-1][2] += forms
        else:
            units.append([rank, text, forms])
    pairs = zip(units, [None, *(text for _, text, _ in units)], strict=False)
    starts = [start for (start, text, forms), text_before in pairs if forms >= least or text != text_before]
    return np.searchsorted(starts, np.arange(len(sizes)), side="right") - 1


def class_summary(classed: Classification, *, forms: int = 10) -> DataFrame:
    """One row a class: class, segments, share of those that have a class, forms (the most typical)."""
    sizes = np.bincount(classed.classes, minlength=classed.hierarchy.steps + 2)[1:]
    typical = form_profiles(classed).query("chi2 > 0").groupby("class")["form"].agg(lambda names: tuple(names[:forms]))
    frame = DataFrame({"class": range(1, len(sizes) + 1), "segments": sizes, "share": sizes / sizes.sum()})
    return frame.assign(forms=[typical.get(number, ()) for number in frame["class"]])


def form_profiles(classed: Classification) -> DataFrame:
    """Every form in every class, the most typical first.

    Columns: class, form, count and total (segments of the class, and of all classes, that hold it),
    share (of the segments of the class), chi2 (signed) and p.
    """
    return _association_table(classed, classed.segmented.matrix, classed.segmented.forms["form"], "form")


def extreme_forms(profiles: DataFrame, *, first: int = 6, last: int = 1) -> DataFrame:
    """The first forms of each class, those most typical of it, and the last, those it lacks most."""
    by = profiles.groupby("class")
    typical = by.head(first).query("chi2 > 0").index
    return profiles.loc[typical.union(by.tail(last).query("chi2 < 0").index)]


def variable_profiles(classed: Classification, names: Sequence[str] | None = None) -> DataFrame:
    """Every modality of the variables (all without `names`) in every class, as `form_profiles`.

    Columns variable and modality stand for form; `texts` of the modality have a segment in the class. Segments of
    one text are not independent: read the order, not p.
    """
    known = classed.segmented.corpus.variables
    known = get_dummies(known if names is None else known[list(names)], prefix_sep="_", dtype="int8")
    texts = classed.segmented.table["text"].to_numpy()
    frame = _association_table(classed, csr_array(known.to_numpy())[texts].astype(int), known.columns, "label")
    speaks = np.zeros((classed.hierarchy.steps + 2, len(known)), int)
    speaks[classed.classes, texts] = 1
    frame["texts"] = (speaks @ known.to_numpy())[frame["class"], known.columns.get_indexer(frame["label"])]
    parts = frame.pop("label").str.partition("_")  # no name of a variable holds it
    frame.insert(1, "variable", parts[0])
    frame.insert(2, "modality", parts[2])
    return frame


def typical_segments(classed: Classification, count: int = 5) -> DataFrame:
    """The most typical segments of each class: class, score, segment, text (rank), theme and words as said.

    The score is the sum of the chi-squares of the over-represented forms that the segment holds.
    """
    weights = form_profiles(classed).pivot(index="form", columns="class", values="chi2").clip(lower=0)
    sums = classed.segmented.matrix @ weights.loc[classed.segmented.forms["form"]].to_numpy()
    frame = classed.segmented.table.reset_index()[["segment", "text", "theme", "words"]]
    frame.insert(0, "score", sums[frame.index, classed.classes - 1])
    frame.insert(0, "class", classed.classes)
    ranked = frame[frame["class"] > 0].assign(rank=-frame["score"].round(9)).sort_values(["class", "rank"])
    return ranked.drop(columns="rank").groupby("class").head(count).reset_index(drop=True)


def _unit_matrix(matrix: csr_array, units: np.ndarray) -> csr_array:
    """The table of the units: a form is in a unit when it is in one of its segments."""
    ranks = np.arange(len(units))
    return csr_array((np.ones(len(units)), (units, ranks)), shape=(units.max() + 1, len(units))) @ matrix


def _association_table(classed: Classification, presence: Any, names: Series, column: str) -> DataFrame:
    """Signed chi-square of each column of a table of 0 and 1 with each class."""
    inside = classed.classes > 0
    belongs = np.equal.outer(classed.classes[inside], np.arange(1, classed.hierarchy.steps + 2)).astype(int)
    both, total, size = belongs.T @ presence[inside], presence[inside].sum(axis=0), belongs.sum(axis=0)[:, None]
    signed = signed_chi2(both, total, size, int(inside.sum()))
    numbers, ranks = np.indices(both.shape)
    frame = DataFrame(
        {
            "class": numbers.ravel() + 1,
            column: np.asarray(names)[ranks.ravel()],
            "count": both.ravel(),
            "total": total[ranks.ravel()],
            "share": (both / size).ravel(),
            "chi2": signed.ravel(),
            "p": chi2.sf(np.abs(signed), 1).ravel(),
        }
    )
    ranked = frame.assign(rank=-frame["chi2"].round(9)).sort_values(["class", "rank", column])
    return ranked.drop(columns="rank").reset_index(drop=True)


def signed_chi2(both: Any, total: Any, size: Any, n: int) -> Any:
    """Chi-square of 2 x 2 tables, negative when `both` is fewer than expected; 0 when a margin is empty.

    >>> float(signed_chi2(6, 8, 10, 20))  # (6, 4, 2, 8): 20 (48 - 8)² / 9600
    3.3333333333333335
    """
    both, total, size, n = (np.asarray(count, float) for count in (both, total, size, n))  # products pass 2⁶³
    gap, margins = both * n - total * size, total * (n - total) * size * (n - size)
    return np.sign(gap) * np.divide(gap**2 * n, margins, out=np.zeros(gap.shape), where=margins > 0)
