"""Every number is written, nothing overlaps and nothing is cut.

Printed values come from the thesis of Guefif 2023 (section Résultats): bivariate table, scores.
"""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection as Points
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from relecture.report.figures import estimates
from relecture.report.figures.estimates import FlowStep
from relecture.report.figures.theme import theme

_WORDS = {"title": "Ce que l'on voit", "alt": "Une figure."}

_ODDS = pd.DataFrame(
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
_BOTH = _ODDS.assign(estimate2=_ODDS["estimate"] * 1.1, low2=_ODDS["low"] * 0.9, high2=_ODDS["high"] * 1.2, p2=0.04)
_BOTH["verdict"] = ["consistent"] * 3 + ["inconsistent"] + ["consistent"] * 2
_COEFFICIENTS = pd.DataFrame(
    {
        "label": ["Fréquence d'échange", "Estimation hors de son intervalle"],
        "estimate": [-1.14, -3.0],
        "low": [-2.34, -1.76],
        "high": [0.07, 0.24],
        "verdict": ["consistent", "inconsistent"],
    }
)
_SCORES = pd.DataFrame(
    [
        ("Objectif principal", "Utilisateurs de Predice PRO", 21, 63.9, 10.5, 59.1, 68.7),
        ("Objectif principal", "Non-utilisateurs", 60, 47.3, 12.0, 44.2, 50.4),
        ("Objectif secondaire", "Utilisateurs de Predice PRO", 21, 63.9, 10.5, 59.1, 68.7),
    ],
    columns=["variable", "label", "n", "mean", "sd", "low", "high"],
)
_GROUPS = pd.DataFrame(
    [
        ("Genre", "Masculin", "Utilisateurs", 12, 21, 0.37, 0.76),
        ("Genre", "Masculin", "Non-utilisateurs", 35, 60, 0.46, 0.70),
        ("Aisance", "Bonne ou excellente, selon la déclaration du médecin", "Utilisateurs", 21, 21, 0.85, 1),
        ("Aisance", "Bonne ou excellente, selon la déclaration du médecin", "Non-utilisateurs", np.nan, 60, np.nan, 1),
    ],
    columns=["variable", "label", "group", "count", "n", "low", "high"],
)
_TABLES = pd.DataFrame({"label": ["Ordinaire", "Cases vides"], "a": [12, 0], "b": [8, 1], "c": [10, 80], "d": [20, 1]})
_ANSWERS = pd.DataFrame({"label": ["Oui"] * 5 + ["Non"] * 4, "value": [20, 40, 50, 60, 80, 30, 30, 35, 70]})
_SPLITS = pd.DataFrame({"split": [20, 21, 37, 38], "rows": [3, 4, 9, 9]})
_STEPS = [
    FlowStep("Médecins généralistes contactés par courriel", "", lost=True),
    FlowStep("Réponses analysées", "81", "Médecins généralistes contactés par courriel"),
    FlowStep("Utilisateurs", "21", "Réponses analysées"),
    FlowStep("Non-utilisateurs", "60", "Réponses analysées"),
    FlowStep("Moyen sécurisé", "17", "Non-utilisateurs"),
    FlowStep("Moyen non sécurisé", "43", "Non-utilisateurs"),
]
_TALLY = {"inconsistent": 9, "reproduced": 212, "rounding": 2, "uncheckable": 31}

_SAID = {
    "Utilisateurs": "Utilisateurs de la messagerie régionale, d'après leur réponse à la question trois",
    "Non-utilisateurs": "Tous les autres répondants, qu'ils en aient ou non entendu parler",
}

CASES = {
    "bars": (estimates.bars, _GROUPS, {}),
    "bars, groups in many words": (estimates.bars, _GROUPS.replace(_SAID), {}),
    "forest": (estimates.forest, _ODDS, {}),
    "forest, recomputed": (estimates.forest, _BOTH, {"limits": (0.2, 12)}),
    "forest, linear": (estimates.forest, _COEFFICIENTS, {"measure": "Coefficient", "log": False}),
    "summary boxes": (estimates.summary_boxes, _SCORES, {}),
    "boxes": (estimates.boxes, _ANSWERS, {}),
    "tables": (estimates.tables2x2, _TABLES, {"groups": ("Moyen sécurisé", "Moyen non sécurisé")}),
    "splits": (estimates.splits, _SPLITS, {"declared": 21, "n": 81}),
    "flow": (estimates.flow, _STEPS, {}),
    "tally": (estimates.tally_bar, _TALLY, {}),
}


def _drawn(verb, data, **choices):
    """The matplotlib figure, before it becomes bytes."""
    with theme():
        canvas = verb.__wrapped__(data, **choices)
        canvas.draw_without_rendering()
    return canvas


def _texts(canvas):
    (axes,) = canvas.axes
    low, high = axes.get_xlim()
    ticks = [text for text in axes.get_xticklabels() if low <= text.get_position()[0] <= high]
    inside = [*axes.texts, axes.xaxis.label, axes.yaxis.label, *ticks, *axes.get_yticklabels()]
    keys = [text for legend in canvas.legends for text in legend.get_texts()]
    return [text for text in [*inside, *keys] if text.get_text() and text.get_visible()]


def _written(canvas):
    """All the words of a picture, on one line, with plain spaces."""
    words = " | ".join(text.get_text() for text in _texts(canvas))
    return words.replace("\n", " ").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(params=CASES)
def case(request):
    verb, data, choices = CASES[request.param]
    return verb, data, choices


def test_same_bytes_twice_and_the_frame_untouched(case):
    verb, data, choices = case
    before = data.copy()
    first, second = (verb(data, **_WORDS, **choices) for _ in range(2))
    assert first.svg == second.svg
    assert len(first.svg) > 1000
    assert first.alt == "Une figure."
    assert before.equals(data) if isinstance(data, pd.DataFrame) else before == data


def test_no_text_overlaps_another(case):
    verb, data, choices = case
    boxes = [(text.get_text(), text.get_window_extent()) for text in _texts(_drawn(verb, data, **choices))]
    assert len(boxes) > 3
    clashes = [(one, two) for (one, a), (two, b) in combinations(boxes, 2) if a.overlaps(b)]
    assert clashes == []


def test_nothing_is_cut(case):
    verb, data, choices = case
    canvas = _drawn(verb, data, **choices)
    page = canvas.bbox
    for text in _texts(canvas):
        box = text.get_window_extent()
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text
        assert page.y0 <= box.y0 and box.y1 <= page.y1, text


def test_no_decimal_point_is_shown(case):
    verb, data, choices = case
    words = _written(_drawn(verb, data, **choices))
    assert not any(f"{digit}." in words for digit in range(10))


def test_bars_write_count_total_and_share_under_their_section():
    words = _written(_drawn(estimates.bars, _GROUPS))
    for expected in ("Genre", "Masculin", "12/21 (57,1 %)", "35/60 (58,3 %)", "21/21 (100,0 %)", "effectif masqué"):
        assert expected in words
    assert words.count("Genre") == 1
    assert "nan" not in words


def test_bars_without_groups_need_no_key():
    canvas = _drawn(estimates.bars, _GROUPS.drop(columns=["group", "variable"]).head(1))
    assert all(not legend.get_texts() for legend in canvas.legends)


def test_forest_writes_estimates_with_their_interval_and_p():
    words = _written(_drawn(estimates.forest, _ODDS))
    for expected in ("4,46 [2,99 – 20,06]", "0,015", "0,59 [0,43 – 1,89]", "Odds ratio [IC à 95 %]"):
        assert expected in words
    assert "recalculé" not in words


def test_forest_keeps_the_printed_string_when_given():
    words = _written(_drawn(estimates.forest, _ODDS.head(1).assign(text="1,36 [0,53-3,48]")))
    assert "1,36 [0,53-3,48]" in words
    assert "1,36 [0,53 – 3,48]" not in words


def test_forest_keeps_the_order_of_the_frame_and_pairs_recomputed_values():
    canvas = _drawn(estimates.forest, _BOTH.iloc[::-1])
    heights = {text.get_text().replace("\u00a0", " "): text.get_position()[1] for text in canvas.axes[0].texts}
    assert heights["0,90 [0,26 – 3,13]"] < heights["0,99 [0,23 – 3,76]"] < heights["3,46 [1,26 – 9,45]"]


def test_forest_does_not_lend_the_printed_p_to_the_recomputed_line():
    canvas = _drawn(estimates.forest, _BOTH.drop(columns="p2"))
    assert [text.get_text() for text in canvas.axes[0].texts].count("0,015") == 1


def test_forest_marks_only_inconsistent_rows():
    labels = [" ".join(text.get_text().split()) for text in _texts(_drawn(estimates.forest, _BOTH))]
    crossed = [label for label in labels if label.endswith(" ✗")]
    assert crossed == ["Aisance informatique excellente (vs autres) ✗"]
    assert any("ligne incohérente" in label for label in labels)


def _markers(canvas):
    """One a mark."""
    lines = [line for line in canvas.axes[0].lines if line.get_marker() not in ("None", "|")]
    return [line.get_marker() for line in lines for _ in line.get_xdata()]


def test_forest_ends_clipped_intervals_with_arrows():
    assert ">" not in _markers(_drawn(estimates.forest, _BOTH))
    clipped = _markers(_drawn(estimates.forest, _BOTH, limits=(0.2, 12)))
    assert (clipped.count(">"), clipped.count("<")) == (2, 0)  # 20.06 and its recomputed 24.07
    unbounded = _drawn(estimates.forest, _ODDS.assign(high=[np.inf] + [5] * 5))
    assert _markers(unbounded).count(">") == 1


def test_forest_shows_an_estimate_outside_its_interval():
    canvas = _drawn(estimates.forest, _COEFFICIENTS, measure="Coefficient", log=False)
    hollow = [line for line in canvas.axes[0].lines if line.get_markerfacecolor() == "white"]
    assert [line.get_xdata()[0] for line in hollow] == [-3.0]
    assert "hors de son intervalle" in _written(canvas)
    assert "−1,14 [−2,34 – 0,07]" in _written(canvas)


@pytest.mark.parametrize(("log", "reference"), [(True, 1), (False, 0)])
def test_forest_always_shows_its_reference(log, reference):
    canvas = _drawn(estimates.forest, _ODDS.iloc[[3]], log=log)  # 2.99 to 20.06: far from both
    low, high = canvas.axes[0].get_xlim()
    assert low < reference < high


def test_summary_boxes_draw_mean_and_sd_and_say_that_they_are_not_quartiles():
    canvas = _drawn(estimates.summary_boxes, _SCORES)
    box = next(patch for patch in canvas.axes[0].patches if patch.get_hatch())
    assert (box.get_x(), box.get_x() + box.get_width()) == pytest.approx((63.9 - 10.5, 63.9 + 10.5))
    words = _written(canvas)
    for expected in ("63,9 ± 10,5", "47,3 ± 12,0", "(n = 21)", "et non les quartiles", "non publiées"):
        assert expected in words


def test_summary_boxes_keep_the_printed_string_when_given():
    words = _written(_drawn(estimates.summary_boxes, _SCORES.iloc[[1]].assign(text="47,3 ± 12")))
    assert "47,3 ± 12" in words
    assert "12,0" not in words


def test_boxes_show_each_answer_only_when_asked():
    shown, hidden = (
        [one for one in _drawn(estimates.boxes, _ANSWERS, points=points).axes[0].collections if isinstance(one, Points)]
        for points in (True, False)
    )
    assert sorted(x for points in shown for x in points.get_offsets()[:, 0]) == sorted(_ANSWERS["value"])
    assert hidden == []


def test_tables_write_every_count_and_keep_shares():
    canvas = _drawn(estimates.tables2x2, _TABLES)
    numbers = sorted(text.get_text() for text in canvas.axes[0].texts if text.get_text().isdigit())
    assert numbers == sorted(["12", "8", "10", "20", "0", "1", "80", "1"])
    bars = [bar for one in canvas.axes[0].collections if isinstance(one, PolyCollection) for bar in one.get_paths()]
    assert [bar.get_extents().width for bar in bars[:4]] == pytest.approx([12 / 20, 8 / 20, 10 / 30, 20 / 30])


def test_splits_name_the_declared_and_the_best_sizes():
    words = _written(_drawn(estimates.splits, _SPLITS, declared=21, n=81))
    assert "répartition annoncée : 21 et 60 (4 lignes)" in words
    assert "le plus de lignes : 37 et 44, et une autre (9 lignes)" in words


def test_flow_dashes_what_is_lost_and_never_guesses_it():
    canvas = _drawn(estimates.flow, _STEPS)
    boxes = [patch for patch in canvas.axes[0].patches if isinstance(patch, Rectangle)]
    assert [box.get_linestyle() != "-" for box in boxes] == [True] + [False] * 5
    words = _written(canvas)
    assert words.count("effectif perdu dans le texte") == 1
    assert words.count("n = ") == 5


def test_flow_keeps_each_text_inside_its_box():
    canvas = _drawn(estimates.flow, _STEPS)
    frames = [patch.get_window_extent() for patch in canvas.axes[0].patches if isinstance(patch, Rectangle)]
    for text in (text for text in canvas.axes[0].texts if text.get_text()):
        inside = text.get_window_extent()
        assert any(f.x0 < inside.x0 and inside.x1 < f.x1 and f.y0 < inside.y0 and inside.y1 < f.y1 for f in frames)


def test_flow_refuses_a_step_that_hangs_from_nothing():
    with pytest.raises(ValueError, match="Orphelin"):
        estimates.flow([*_STEPS, FlowStep("Orphelin", "3", "Inconnu")], **_WORDS)


def test_tally_follows_the_order_of_verdicts_with_marks_and_words():
    words = _written(_drawn(estimates.tally_bar, _TALLY))
    assert words.index("✓ retrouvé : 212") < words.index("✗ incohérent : 9") < words.index("? invérifiable : 31")
    with pytest.raises(ValueError, match="perdu"):
        estimates.tally_bar({"perdu": 1}, **_WORDS)
