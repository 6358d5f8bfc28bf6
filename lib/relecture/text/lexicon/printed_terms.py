"""Where do the terms that a thesis names fall, in a graph made again on other words?

`terms.yaml` holds the groups of terms as the thesis tells them. A printed term ("lien hôpital") is read
as the corpus is: it becomes one form or several, each in one community of the new graph or in none.
This sets two pictures side by side. It does not test one by the other: the words are not the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relecture.text.corpus import tokens
from relecture.text.corpus.iramuteq import Corpus, Passage, Text
from relecture.text.lexicon.cooccurrence import Network

if TYPE_CHECKING:
    from pandas import DataFrame


def locate_terms(
    groups: Sequence[Mapping[str, Any]], found: Network, settings: tokens.TextSettings | None = None
) -> DataFrame:
    """One row a printed term: group (its label), term, forms (those it is read as), communities (theirs, sorted).

    `groups` are those of `terms.yaml`; a form that the graph does not have has no community.
    """
    from pandas import DataFrame

    pairs = [(group["label"], term) for group in groups for term in group["terms"]]
    read = tokens.tokenise(Corpus(tuple(Text((Passage(term),)) for _, term in pairs)), settings)
    community = found.nodes.set_index("form")["community"]
    rows = []
    for rank, (label, term) in enumerate(pairs):
        said = read.loc[(read["text"] == rank) & read["active"], "form"].astype("str")
        placed = {int(community[one]) for one in said if one in community}
        rows.append((label, term, tuple(said), tuple(sorted(placed))))
    return DataFrame(rows, columns=["group", "term", "forms", "communities"])
