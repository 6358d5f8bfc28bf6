"""Rows of several sources, as they are read: an interval only where there is a denominator."""

import pandas as pd
import pytest

from relecture.report.page import sources

NAN = float("nan")
ROWS = pd.DataFrame(
    [
        # a count, with its interval
        ["Sujet", "Une boîte", "", "A 2020", "mai 2020", 46, 50, 0.92, 0.812, 0.968, "46/50", "tableau 1", 3, 1],
        # a printed rate: no denominator, no interval
        ["Sujet", "Une clé", "question 2 : clé ?", "B 2021", "2021", NAN, NAN, 0.627, NAN, NAN, "62.7 %", "", 0, 0],
        # lost in the text
        ["Autre", "Un fax", "", "A 2020", "mai 2020", NAN, NAN, NAN, NAN, NAN, "perdu", "graphique 3", 0, 0],
    ],
    columns=["variable", "label", "asked", "source", "when", "count", "n", "share", "low", "high", "printed", "place",
             "checks", "gaps"],
)  # fmt: skip


def plain(texts):
    return [text.replace("\u00a0", " ").replace("\u202f", " ") for text in texts]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("who", ["A 2020 (mai 2020)", "B 2021 (2021)", "A 2020 (mai 2020)"]),
        ("part", ["92 % [81 – 97]", "63 %, sans intervalle", "–"]),
        ("printed", ["46/50", "62,7 %", "perdu"]),
        ("reread", ["3 relations, 1 écart", "aucune relation", "aucune relation"]),
        ("counted", ["Une boîte", "Une clé. Question 2 : clé ?", "Un fax"]),
    ],
)
def test_what_a_row_says(column, expected):
    assert plain(sources.readable(ROWS)[column]) == expected


def test_a_table_keeps_lost_rows():
    table = sources.table(ROWS, "Côte à côte", columns={"label": "Quoi", "printed": "Imprimé"})
    assert table.rows == 3 and "perdu" in table.html


def test_a_figure_draws_no_lost_row_and_no_interval_without_denominator(monkeypatch):
    drawn = []
    monkeypatch.setattr(sources.estimates, "forest", lambda frame, **words: drawn.append(frame))
    sources.forest(ROWS, title="Côte à côte", alt="Deux parts.")
    sources.forest(ROWS, dated=True, title="Côte à côte", alt="Deux parts.")
    plainly, dated = drawn
    assert plainly["label"].tolist() == ["Une boîte, A 2020", "Une clé, B 2021"]
    assert dated["label"].tolist() == ["Une boîte, A 2020 (mai 2020)", "Une clé, B 2021 (2021)"]
    assert plainly["estimate"].tolist() == [92, 62.7]  # in percent
    assert plainly["low"].isna().tolist() == [False, True]
    assert plain(plainly["text"]) == ["92 [81 – 97]", "62,7 %"]


def test_a_figure_can_be_drawn():
    figure = sources.forest(ROWS, title="Côte à côte", alt="Deux parts, l'une avec son intervalle.")
    assert figure.svg.startswith(b"<?xml") or figure.svg.startswith(b"<svg")
