"""Terms printed by a thesis, placed in a graph made again on other words.

`terms.yaml` holds the groups of terms as the thesis tells them. A printed term ("lien hôpital") is read
as the corpus is: it becomes one form or several, each in one community of the new graph or in none.
This sets two pictures side by side. It does not test one by the other: the words are not the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pandas import DataFrame

from relecture.text.corpus.iramuteq import Corpus, Passage, Text
from relecture.text.corpus.tokens import TextSettings, tokenise
from relecture.text.lexicon.cooccurrence import Network


def locate_terms(groups: Sequence[Mapping], network: Network, settings: TextSettings | None = None) -> DataFrame:
    """One row a printed term: group (its label), term, forms (those it is read as), communities (theirs, sorted).

    `groups` are those of `terms.yaml`; a form that the graph does not have has no community.
    """
    pairs = [(group["label"], term) for group in groups for term in group["terms"]]
    tokens = tokenise(Corpus(tuple(Text((Passage(term),)) for _, term in pairs)), settings)
    community = network.nodes.set_index("form")["community"]
    rows = []
    for rank, (label, term) in enumerate(pairs):
        forms = tokens.loc[(tokens["text"] == rank) & tokens["active"], "form"].astype("str")
        communities = {int(community[form]) for form in forms if form in community}
        rows.append((label, term, tuple(forms), tuple(sorted(communities))))
    return DataFrame(rows, columns=["group", "term", "forms", "communities"])
