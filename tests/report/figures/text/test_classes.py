"""Classes, shares and forms are written, nothing overlaps and nothing is cut; values come as they are given."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection

from relecture.report.figures.text import classes as dendrograms
from relecture.report.figures.theme import theme

_WORDS = {"title": "Ce que l'on voit", "alt": "Une figure."}


def _split(k):
    """A tree that splits its second group k - 1 times, as `Hierarchy.groups_table` gives it."""
    rows = []
    for step in range(1, k):
        rank = 2 * (step - 1)
        rows.append((rank, rank + 1, rank + 2, 40.0 * (k - step), 0))
        rows.append((rank + 1, -1, -1, 0.0, step))
    rows.append((2 * (k - 1), -1, -1, 0.0, k))
    return pd.DataFrame(rows, columns=["node", "first", "second", "height", "class"])


def _classes(k):
    forms = ("messagerie_sécurisée", "mot_de_passe", "dossier", "patient", "hébergeur", "coordination", "écran")
    return pd.DataFrame(
        {
            "class": range(1, k + 1),
            "segments": [10 * number for number in range(1, k + 1)],
            "share": np.arange(1, k + 1) / sum(range(1, k + 1)),
            "forms": [forms[: 2 + number % 6] for number in range(k)],
        }
    )


_PROFILES = pd.DataFrame(
    [
        ("Classe 1", "mot_de_passe", 155.72),
        ("Classe 1", "patient", -12.2),
        ("Classe 2", "messagerie_sécurisée", 36.4),
        ("Classe 2", "mot_de_passe", -0.04),
    ],
    columns=["variable", "label", "value"],
)
_STABILITY = pd.DataFrame(
    [(size, k, agreement) for size in (20, 40) for k, agreement in ((2, 1.0), (3, 0.456), (4, np.nan))],
    columns=["size", "k", "agreement"],
)
CASES = {
    "dendrogram": (dendrograms.dendrogram, _split(4), {"classes": _classes(4)}),
    "dendrogram of two": (dendrograms.dendrogram, _split(2), {"classes": _classes(2)}),
    "dendrogram of twelve": (dendrograms.dendrogram, _split(12), {"classes": _classes(12)}),
    "profiles": (dendrograms.profile_bars, _PROFILES, {}),
    "stability": (dendrograms.stability_grid, _STABILITY, {}),
}


def _drawn(verb, data, **choices):
    with theme():
        canvas = verb.__wrapped__(data, **choices)
        canvas.draw_without_rendering()
    return canvas


def _texts(canvas):
    axes = canvas.axes[0]
    ticks = [tick for tick in axes.get_xticklabels() if tick.get_text()]
    keys = [text for legend in canvas.legends for text in legend.get_texts()]
    return [text for text in [*axes.texts, *canvas.texts, *ticks, *keys] if text.get_text()]


@pytest.mark.parametrize("case", CASES)
def test_nothing_overlaps_and_nothing_is_cut(case):
    verb, data, choices = CASES[case]
    canvas = _drawn(verb, data, **choices)
    boxes = [(text.get_text(), text.get_window_extent()) for text in _texts(canvas)]
    for text, box in boxes:
        assert canvas.bbox.x0 - 1 <= box.x0 and box.x1 <= canvas.bbox.x1 + 1, text
        assert canvas.bbox.y0 - 1 <= box.y0 and box.y1 <= canvas.bbox.y1 + 1, text
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.overlaps(second), (one, other)


@pytest.mark.parametrize("case", CASES)
def test_the_picture_is_the_same_each_time(case):
    verb, data, choices = CASES[case]
    one, other = verb(data, **choices, **_WORDS), verb(data, **choices, **_WORDS)
    assert (one.svg, one.png) == (other.svg, other.png)


def _said(case):
    verb, data, choices = CASES[case]
    return [text.get_text().replace("\u202f", " ").replace("\n", " ") for text in _texts(_drawn(verb, data, **choices))]


def test_every_class_says_its_share_and_its_forms():
    said = _said("dendrogram")
    assert "Classe 1 — 10 % des segments classés (10)" in said
    assert "Classe 4 — 40 % des segments classés (40)" in said
    assert "messagerie sécurisée, mot de passe, dossier" in said


def test_a_small_class_is_never_none_of_the_segments():
    classes = _classes(2).assign(segments=[3, 12_345], share=[0.0002, 0.9998], forms=[("salle_d'attente",), ()])
    canvas = _drawn(dendrograms.dendrogram, _split(2), classes=classes)
    said = [text.get_text().replace("\u202f", " ") for text in _texts(canvas)]
    assert {"Classe 1 — moins de 1 % des segments classés (3)", "salle d’attente"} <= set(said)
    assert "Classe 2 — 100 % des segments classés (12 345)" in said


def test_branches_meet_at_the_height_of_their_split():
    canvas = _drawn(dendrograms.dendrogram, _split(4), classes=_classes(4))
    joints = [line for line in canvas.axes[0].lines if len(line.get_xdata()) == 3]
    assert sorted({line.get_xdata()[0] for line in joints}) == [40, 80, 120]
    assert len(joints) == 6
    leaves = sorted(line.get_ydata()[2] for line in joints if line.get_xdata()[2] == 0)
    names = sorted(text.get_position()[1] for text in canvas.axes[0].texts if text.get_text().startswith("Classe"))
    assert leaves == pytest.approx(names)


def test_profiles_say_their_values_and_mark_the_rare():
    said = _said("profiles")
    assert [text for text in said if "," in text] == ["155,7", "−12,2", "36,4", "0,0"]
    assert {"plus", "moins", "χ²", "mot de passe", "messagerie sécurisée"} <= set(said)
    canvas = _drawn(dendrograms.profile_bars, _PROFILES)
    bars = [one for one in canvas.axes[0].collections if isinstance(one, PolyCollection)]
    hatched = {bar.get_extents().y0: bool(one.get_hatch()) for one in bars for bar in one.get_paths()}
    assert [hatched[line] for line in sorted(hatched)] == [False, True, False, True]


def test_stability_says_what_was_not_reached():
    said = _said("stability")
    assert [text for text in said if "," in text] == ["1,00", "0,46", "1,00", "0,46"]
    assert said.count("–") == 2
    assert "segments de 20 mots" in said
    assert "nombre de classes" in said


def test_ink_stays_legible_on_the_darkest_cell():
    canvas = _drawn(dendrograms.stability_grid, _STABILITY)
    fills = np.array([bar.get_facecolor() for bar in canvas.axes[0].patches])
    darkest = (1 - fills[:, 3] * (1 - fills[:, :3] @ (0.2126, 0.7152, 0.0722))).min()
    assert darkest > 0.5
