"""Graph of the forms said together: links, maximum spanning tree, communities and places.

Two forms co-occur in a segment that holds both (Flament 1981; "analyse de similitudes" of IRaMuTeQ).
Among n segments, with a in which both are, and i and j in which each is, an index weighs the link:

count       a                    Jaccard (1901)         a / (i + j - a)
Dice        2 a / (i + j)        Russel and Rao (1940)  a / n
Ochiai      a / sqrt(i j)        (cosine)

Of all links only the maximum spanning tree is kept: the strongest that tie every form, without a loop.
The communities are those of the tree, so that each is one branch; they are numbered from the most said.
The same corpus and seed give the same tree, communities and places.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import igraph
import numpy as np
from igraph import Graph
from pandas import DataFrame
from scipy.sparse import triu

from relecture.core.errors import InputError
from relecture.text.corpus.segments import SegmentedCorpus

INDICES: dict[str, Callable[[Any, Any, Any, int], Any]] = {
    "count": lambda a, i, j, n: a,
    "jaccard": lambda a, i, j, n: a / (i + j - a),
    "dice": lambda a, i, j, n: 2 * a / (i + j),
    "russel-rao": lambda a, i, j, n: a / n,
    "ochiai": lambda a, i, j, n: a / np.sqrt(i * j),
}
COMMUNITY_METHODS: dict[str, Callable[[Graph], Any]] = {
    "louvain": lambda graph: graph.community_multilevel(weights="weight"),
    "walktrap": lambda graph: graph.community_walktrap(weights="weight").as_clustering(),
    "edge-betweenness": lambda graph: graph.community_edge_betweenness(directed=False).as_clustering(),
}


@dataclass(frozen=True, eq=False)
class Network:
    """Forms and the links kept between them.

    `nodes`: form, occurrences, segments, community (from 1), x and y (0 to 1).
    `edges`: source and target (ranks of nodes), count (segments that hold both), weight (the index).
    """

    nodes: DataFrame
    edges: DataFrame

    def communities(self, *, forms: int = 5) -> DataFrame:
        """One row a community: community, size, occurrences, forms (the most said)."""
        by = self.nodes.groupby("community")
        frame = by.agg(size=("form", "size"), occurrences=("occurrences", "sum"))
        return frame.assign(forms=by["form"].agg(lambda names: tuple(names[:forms]))).reset_index()


def build_network(
    segmented: SegmentedCorpus,
    *,
    index: str = "count",
    method: str = "louvain",
    most: int = 60,
    least: int = 1,
    seed: int = 1,
) -> Network:
    """The tree of the `most` frequent forms, on links of at least `least` segments.

    `index` is one of INDICES, `method` one of COMMUNITY_METHODS; forms without any link are left out. Raises
    InputError for another name, or when no two forms are ever said together.
    """
    _check_name(index, INDICES, "indice")
    _check_name(method, COMMUNITY_METHODS, "méthode de communautés")
    pairs = form_links(segmented, most=most, index=index, least=least)
    if pairs.empty:
        many = f"aucune paire de formes n'est ensemble dans {least} segments au moins"
        raise InputError([many if least > 1 else "aucun segment n'a deux des formes comptées"])
    linked = np.unique(pairs[["source", "target"]])
    nodes = segmented.forms.iloc[linked].reset_index(drop=True)
    ends = {name: np.searchsorted(linked, pairs[name]) for name in ("source", "target")}
    edges = _spanning_tree(pairs.assign(**ends), len(nodes))
    graph = _graph(edges, len(nodes))
    community = _communities(graph, COMMUNITY_METHODS[method], nodes["occurrences"].to_numpy(), seed)
    return Network(nodes.assign(community=community, **_layout(graph, community)), edges)


def form_links(segmented: SegmentedCorpus, *, most: int = 60, index: str = "count", least: int = 1) -> DataFrame:
    """Every pair of the `most` frequent forms said together: source, target, count, weight.

    >>> from relecture.text.corpus.iramuteq import parse_corpus
    >>> from relecture.text.corpus.segments import TextSettings, segment_corpus
    >>> corpus = parse_corpus("Le dossier du patient. Le patient ouvre.")
    >>> segmented = segment_corpus(corpus, TextSettings(segment_size=4, min_frequency=1))
    >>> form_links(segmented, index="jaccard")[["source", "target", "count", "weight"]].values.tolist()
    [[0.0, 1.0, 1.0, 0.5], [0.0, 2.0, 1.0, 0.5]]
    """
    presence = segmented.matrix[:, : min(most, segmented.matrix.shape[1])]
    pairs = triu(presence.T @ presence, k=1).tocoo()
    frame = DataFrame({"source": pairs.coords[0], "target": pairs.coords[1], "count": pairs.data.astype(int)})
    frame = frame[frame["count"] >= least].sort_values(["source", "target"], ignore_index=True)
    totals = presence.sum(axis=0)
    i, j = totals[frame["source"]], totals[frame["target"]]
    return frame.assign(weight=np.asarray(INDICES[index](frame["count"], i, j, presence.shape[0]), float).round(12))


def _check_name(name: str, allowed: dict[str, Any], what: str) -> None:
    if name not in allowed:
        raise InputError([f"{what} : « {name} » n'est pas prévu ({', '.join(allowed)})"])


def _spanning_tree(pairs: DataFrame, size: int) -> DataFrame:
    """The maximum spanning tree (a forest where forms are never together); ties go to the forms most said.

    Links are ranked first, so that no two weigh the same and only one tree is the heaviest.
    """
    ranked = pairs.sort_values(["weight", "count", "source", "target"], ascending=[False, False, True, True])
    graph = _graph(ranked, size)
    graph.es["rank"] = range(graph.ecount())
    ranks = sorted(graph.spanning_tree(weights="rank", return_tree=False))
    return ranked.iloc[ranks].reset_index(drop=True)


def _graph(edges: DataFrame, size: int) -> Graph:
    graph = Graph(size, list(zip(edges["source"], edges["target"], strict=True)))
    graph.es["weight"] = edges["weight"].tolist()
    return graph


def _communities(graph: Graph, method: Callable[[Graph], Any], totals: np.ndarray, seed: int) -> np.ndarray:
    """The community of each form, from 1, the most said first. The random numbers are Python's, seeded."""
    igraph.set_random_number_generator(random.Random(seed))
    try:
        members = np.asarray(method(graph).membership)
    finally:
        igraph.set_random_number_generator(random)
    firsts = np.unique(members, return_index=True)[1]
    order = np.lexsort((firsts, -np.bincount(members, weights=totals)))
    return np.argsort(order)[members] + 1


def _layout(graph: Graph, community: np.ndarray) -> dict[str, np.ndarray]:
    """Coordinates from 0 to 1: Kamada and Kawai (1989), from a tree opened like a fan; communities are kept apart."""
    apart = [1.0 if community[a] == community[b] else 2.5 for a, b in graph.get_edgelist()]
    fan = graph.layout_reingold_tilford_circular()
    placed = np.array(graph.layout_kamada_kawai(seed=fan, weights=apart, maxiter=500 * graph.vcount()))
    low, spread = placed.min(axis=0), np.ptp(placed, axis=0)
    placed = np.round((placed - low) / np.where(spread > 0, spread, 1), 6)
    return {"x": placed[:, 0], "y": placed[:, 1]}
