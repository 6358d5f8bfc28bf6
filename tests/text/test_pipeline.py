"""The fictional interviews go from file to classes and graph, and both give back the themes they were written on.

The themes (`-*theme`) are never shown to the method: agreement is adjusted Rand, 0 by chance, 1 for the same parts.
"""

import os
import subprocess
import sys
import time

import pandas as pd
import pytest

from relecture.core.study import ROOT
from relecture.text.corpus import iramuteq, segments
from relecture.text.corpus.iramuteq import Corpus
from relecture.text.lexicon import class_profiles, class_stability, cooccurrence, specificities

FICTION = ROOT / "data/planchenault/corpus.fictif.txt"


@pytest.fixture(scope="module")
def cut():
    return segments.prepare(iramuteq.read(FICTION))


def test_it_is_read_whole_and_written_back(cut):
    assert len(cut.corpus.texts) == 15
    assert cut.corpus.remarks == ()
    assert iramuteq.parse(iramuteq.written(cut.corpus)) == cut.corpus
    assert (cut.corpus.variables["fiction"] == "oui").all()
    assert cut.table["tokens"].between(5, 55).all()


def test_classes_give_back_the_themes(cut):
    found = class_profiles.classify(cut)
    themes = pd.factorize(cut.table["theme"])[0] + 1
    assert found.hierarchy.steps == found.choices.k - 1
    assert class_stability.adjusted_rand(themes, found.classes) > 0.5
    assert class_profiles.summary(found)["share"].min() > 0.05


@pytest.mark.parametrize("form", ["dmp", "hébergeur", "messagerie_sécurisée", "patient", "abonnement"])
def test_each_theme_marks_a_class_of_its_own(cut, form):
    """The forms that name a theme stand at the head of one class, and of one only."""
    heads = class_profiles.summary(class_profiles.classify(cut))["forms"]
    assert sum(form in head for head in heads) == 1


def test_the_graph_ties_what_is_said_together(cut):
    community = cooccurrence.network(cut).nodes.set_index("form")["community"]
    for one, other in (("sécurité", "mot_de_passe"), ("dmp", "synthèse"), ("courrier", "messagerie_sécurisée")):
        assert community[one] == community[other]
    assert community["hébergeur"] != community["courrier"] != community["dmp"]


def test_every_variable_can_be_compared(cut):
    for variable in cut.corpus.variables.columns.drop("fiction"):
        assert len(specificities.specificities(cut, variable)) > 0


CODE = """
import sys
from relecture.text import classes, cooccurrence, corpus, segments
cut = segments.prepare(corpus.read(sys.argv[1]))
found, net = classes.classify(cut), cooccurrence.network(cut, index="jaccard")
print(found.classes.tolist(), found.hierarchy.tree().to_csv(), net.nodes.to_csv(), net.edges.to_csv(), flush=True)
"""


def test_another_process_tells_the_same(capfd, monkeypatch):
    """Another hash seed: the same classes, tree, links and places."""
    monkeypatch.setattr(sys, "argv", ["", str(FICTION)])
    exec(CODE, {})
    here = capfd.readouterr().out
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    run = [sys.executable, "-c", CODE, str(FICTION)]
    there = subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout
    assert len(here) > 1000
    assert here == there


@pytest.mark.timed
def test_a_thousand_texts_are_no_trouble(cut):
    """1,000 texts, the 200 most said forms: read, cut, classified and tied in seconds."""
    texts = (cut.corpus.texts * 67)[:1000]
    big = Corpus(tuple(type(text)(text.passages[:1], text.variables) for text in texts))
    done = segments.prepare(big)
    start = time.perf_counter()
    found = cooccurrence.network(done, most=200)
    assert time.perf_counter() - start < 5
    assert found.nodes["community"].max() > 1
