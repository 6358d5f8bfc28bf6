"""Printed terms are read as a corpus is, and placed in the graph that has their forms."""

import pytest

from relecture.text.corpus.iramuteq import parse_corpus
from relecture.text.corpus.segments import segment_corpus
from relecture.text.corpus.tokens import TextSettings
from relecture.text.lexicon import cooccurrence, printed_terms


@pytest.mark.parametrize(
    ("term", "forms", "communities"),
    [
        ("lien patient", ("lien", "patient"), (1,)),  # "lien" is not in the graph
        ("éthique", ("éthique",), ()),
    ],
)
def test_a_printed_term_is_placed_in_the_communities_of_its_forms(term, forms, communities):
    corpus = parse_corpus("Le dossier du patient. Le patient ouvre.")
    graph = cooccurrence.build_network(segment_corpus(corpus, TextSettings(min_frequency=1)))
    (row,) = printed_terms.locate_terms([{"label": "Données", "terms": [term]}], graph).itertuples(index=False)
    assert tuple(row) == ("Données", term, forms, communities)
