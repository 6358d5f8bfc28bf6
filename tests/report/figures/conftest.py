"""Samples that the figures draw, and a picture before it becomes bytes.

Printed values come from the thesis of Guefif 2023 (section Résultats): bivariate table, scores.
"""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from relecture.report.figures.counts import FlowStep
from relecture.report.figures.theme import SLIM, WIDE, theme

ODDS = pd.DataFrame(
    [
        ("Type d'activité libéral (vs autre)", 1.36, 0.53, 3.48, "0,942"),
        ("Âge de moins de 45 ans", 0.59, 0.43, 1.89, "0,672"),
        ("Plus de 3 outils de communication", 2.37, 0.7, 7.09, "0,699"),
        ("Aisance informatique excellente (vs autres)", 4.46, 2.99, 20.06, "0,015"),
        ("Plus de 5 visites à domicile par jour", 3.46, 1.26, 9.45, "0,013"),
        ("Fréquence d'échange interprofessionnel au moins hebdomadaire", 0.9, 0.26, 3.13, "0,868"),
    ],
    columns=["label", "estimate", "low", "high", "p"],
)
BOTH = ODDS.assign(estimate2=ODDS["estimate"] * 1.1, low2=ODDS["low"] * 0.9, high2=ODDS["high"] * 1.2, p2=0.04)
BOTH["verdict"] = ["consistent"] * 3 + ["inconsistent"] + ["consistent"] * 2
COEFFICIENTS = pd.DataFrame(
    {
        "label": ["Fréquence d'échange", "Estimation hors de son intervalle"],
        "estimate": [-1.14, -3.0],
        "low": [-2.34, -1.76],
        "high": [0.07, 0.24],
        "verdict": ["consistent", "inconsistent"],
    }
)
SCORES = pd.DataFrame(
    [
        ("Objectif principal", "Utilisateurs de Predice PRO", 21, 63.9, 10.5, 59.1, 68.7),
        ("Objectif principal", "Non-utilisateurs", 60, 47.3, 12.0, 44.2, 50.4),
        ("Objectif secondaire", "Utilisateurs de Predice PRO", 21, 63.9, 10.5, 59.1, 68.7),
    ],
    columns=["variable", "label", "n", "mean", "sd", "low", "high"],
)
GROUPS = pd.DataFrame(
    [
        ("Genre", "Masculin", "Utilisateurs", 12, 21, 0.37, 0.76),
        ("Genre", "Masculin", "Non-utilisateurs", 35, 60, 0.46, 0.70),
        ("Aisance", "Bonne ou excellente, selon la déclaration du médecin", "Utilisateurs", 21, 21, 0.85, 1),
        ("Aisance", "Bonne ou excellente, selon la déclaration du médecin", "Non-utilisateurs", np.nan, 60, np.nan, 1),
    ],
    columns=["variable", "label", "group", "count", "n", "low", "high"],
)
ANSWERS = pd.DataFrame({"label": ["Oui"] * 5 + ["Non"] * 4, "value": [20, 40, 50, 60, 80, 30, 30, 35, 70]})
SPLITS = pd.DataFrame({"split": [20, 21, 37, 38], "rows": [3, 4, 9, 9]})
STEPS = [
    FlowStep("Médecins généralistes contactés par courriel", "", lost=True),
    FlowStep("Réponses analysées", "81", "Médecins généralistes contactés par courriel"),
    FlowStep("Utilisateurs", "21", "Réponses analysées"),
    FlowStep("Non-utilisateurs", "60", "Réponses analysées"),
    FlowStep("Moyen sécurisé", "17", "Non-utilisateurs"),
    FlowStep("Moyen non sécurisé", "43", "Non-utilisateurs"),
]


@pytest.fixture
def samples():
    """Frames and counts by name; a test changes copies only."""
    names = {"odds": ODDS, "both": BOTH, "coefficients": COEFFICIENTS, "scores": SCORES, "groups": GROUPS}
    names |= {"answers": ANSWERS, "splits": SPLITS, "steps": STEPS}
    return SimpleNamespace(**names)


@pytest.fixture
def drawn():
    """The matplotlib figure of a verb, before it becomes bytes."""

    def draw(verb, data, *, sheet=WIDE, **choices):
        with theme(sheet):
            canvas = verb.__wrapped__(data, **choices)
            canvas.draw_without_rendering()
        return canvas

    return draw


@pytest.fixture(params=[WIDE, SLIM], ids=["wide", "narrow"])
def sheet(request):
    return request.param


@pytest.fixture
def texts():
    """The visible texts of a picture."""
    return _texts


@pytest.fixture
def written():
    """All the words of a picture, on one line, with plain spaces."""

    def write(canvas):
        words = " | ".join(text.get_text() for text in _texts(canvas))
        return words.replace("\n", " ").replace("\u00a0", " ").replace("\u202f", " ")

    return write


def _texts(canvas):
    (axes,) = canvas.axes
    low, high = axes.get_xlim()
    ticks = [text for text in axes.get_xticklabels() if low <= text.get_position()[0] <= high]
    inside = [*axes.texts, axes.xaxis.label, axes.yaxis.label, *ticks, *axes.get_yticklabels()]
    keys = [text for legend in canvas.legends for text in legend.get_texts()]
    return [text for text in [*inside, *keys] if text.get_text() and text.get_visible()]
