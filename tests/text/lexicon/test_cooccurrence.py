"""Links against their formulas, the tree against a brute search, communities and places that never change."""

import random
import time
from itertools import combinations

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import Corpus, Text, parse_corpus
from relecture.text.corpus.segments import segment_corpus
from relecture.text.corpus.tokens import TextSettings
from relecture.text.lexicon.cooccurrence import COMMUNITY_METHODS, INDICES, build_network, form_links

# Eight segments of two themes; "lien" is in both.
THEMES = ["serveur pirate lien", "serveur pirate code", "serveur code lien", "pirate code serveur"]
THEMES += ["patient clavier lien", "patient clavier stylo", "patient stylo lien", "clavier stylo patient"]


def _cut(sentences=THEMES, **choices):
    text = "".join(f"**** *rang_{rank}\n{line}\n" for rank, line in enumerate(sentences))
    return segment_corpus(parse_corpus(text), TextSettings(min_frequency=1, **choices))


@pytest.mark.parametrize(
    ("index", "weight"),
    [  # serveur in 4 segments, lien in 4, both in 2, of 8
        ("count", 2),
        ("jaccard", 2 / 6),
        ("dice", 4 / 8),
        ("russel-rao", 2 / 8),
        ("ochiai", 2 / 4),
    ],
)
def test_the_indices(index, weight):
    cut = _cut()
    frame, names = form_links(cut, index=index), cut.forms["form"]
    named = {(names[row.source], names[row.target]): row for row in frame.itertuples()}
    assert named[("lien", "serveur")].weight == pytest.approx(weight, abs=1e-11)
    assert named[("lien", "serveur")].count == 2
    assert ("patient", "serveur") not in named


_SENTENCES = st.lists(
    st.lists(st.sampled_from("alpha bravo delta golf kilo lima".split()), min_size=1, max_size=4, unique=True),
    min_size=2,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(_SENTENCES, st.sampled_from(sorted(INDICES)))
def test_the_tree_is_the_heaviest(sentences, index):
    """Against every set of links that ties as many forms without a loop (at most 6 forms, 15 links)."""
    cut = _cut([" ".join(words) for words in sentences])
    pairs = form_links(cut, index=index)
    if pairs.empty:
        return
    found = build_network(cut, index=index)
    ends = list(zip(pairs["source"], pairs["target"], strict=True))
    size = len(found.edges)
    forests = [
        chosen
        for chosen in combinations(range(len(ends)), size)
        if igraph.Graph(6, [ends[rank] for rank in chosen]).is_acyclic()
    ]
    heaviest = max(pairs["weight"].to_numpy()[list(chosen)].sum() for chosen in forests)
    assert found.edges["weight"].sum() == pytest.approx(heaviest)
    assert size == len(found.nodes) - len(igraph.Graph(6, ends).connected_components()) + (6 - len(found.nodes))


@pytest.mark.parametrize("method", sorted(COMMUNITY_METHODS))
@pytest.mark.parametrize("index", sorted(INDICES))
def test_two_themes_are_two_branches(index, method):
    found = build_network(_cut(), index=index, method=method)
    community = found.nodes.set_index("form")["community"]
    assert community["serveur"] == community["pirate"] == community["code"]
    assert community["patient"] == community["clavier"] == community["stylo"]
    assert community["serveur"] != community["patient"]
    assert len(found.edges) == len(found.nodes) - 1


def test_communities_are_numbered_from_the_most_said():
    told = build_network(_cut([*THEMES, "patient stylo", "patient clavier"])).communities(forms=2)
    assert told["community"].tolist() == list(range(1, len(told) + 1))
    assert told["occurrences"].is_monotonic_decreasing
    assert told["forms"][0][0] == "patient"


def test_the_same_corpus_gives_the_same_picture():
    rng = np.random.default_rng(4)
    words = np.array([f"forme{'abcdefghij'[a]}{'klmnopqrst'[b]}" for a in range(10) for b in range(10)])
    cut = _cut([" ".join(rng.choice(words, 8, replace=False)) for _ in range(200)])
    one, other = build_network(cut, most=100), build_network(cut, most=100)
    assert one.nodes.equals(other.nodes)
    assert one.edges.equals(other.edges)
    assert one.nodes[["x", "y"]].min().tolist() == [0, 0]
    assert one.nodes[["x", "y"]].max().tolist() == [1, 1]


def test_igraph_draws_from_python_again_afterwards():
    build_network(_cut())
    drawn = []
    for _ in range(2):
        random.seed(5)
        drawn.append(igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist())
    assert drawn[0] == drawn[1]


def test_forms_without_a_link_are_left_out():
    found = build_network(_cut([*THEMES, "tiroir", "tiroir"]))
    assert "tiroir" not in set(found.nodes["form"])
    assert len(found.nodes) == 7
    assert set(found.edges[["source", "target"]].to_numpy().ravel()) == set(range(7))


@pytest.mark.parametrize(
    ("choices", "fault"),
    [
        ({"index": "cosinus"}, "indice : « cosinus » n'est pas prévu (count, jaccard, dice, russel-rao, ochiai)"),
        ({"method": "leiden"}, "méthode de communautés : « leiden » n'est pas prévu (louvain, walktrap,"),
        ({"least": 9}, "aucune paire de formes n'est ensemble dans 9 segments au moins"),
        ({"most": 1}, "aucun segment n'a deux des formes comptées"),
    ],
)
def test_what_has_no_network_says_why(choices, fault):
    with pytest.raises(InputError) as refused:
        build_network(_cut(), **choices)
    assert fault in str(refused.value)


def test_the_graph_ties_what_is_said_together(fictional):
    community = build_network(fictional).nodes.set_index("form")["community"]
    for one, other in (("sécurité", "mot_de_passe"), ("dmp", "synthèse"), ("courrier", "messagerie_sécurisée")):
        assert community[one] == community[other]
    assert community["hébergeur"] != community["courrier"] != community["dmp"]


@pytest.mark.timed
def test_the_graph_of_200_forms_of_a_thousand_texts_takes_seconds(fictional):
    texts = (fictional.corpus.texts * 67)[:1000]
    segmented = segment_corpus(Corpus(tuple(Text(text.passages[:1], text.variables) for text in texts)))
    start = time.perf_counter()
    graph = build_network(segmented, most=200)
    assert time.perf_counter() - start < 5
    assert graph.nodes["community"].max() > 1
