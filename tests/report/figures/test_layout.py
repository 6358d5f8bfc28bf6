"""Whatever a figure draws: its bytes are the same twice, nothing overlaps, nothing is cut, commas are French."""

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from relecture.report.figures import counts, estimates, layout, score_boxes, theme

WORDS = {"title": "Ce que l'on voit", "alt": "Une figure."}
SAID = {
    "Utilisateurs": "Utilisateurs de la messagerie régionale, d'après leur réponse à la question trois",
    "Non-utilisateurs": "Tous les autres répondants, qu'ils en aient ou non entendu parler",
}

CASES = {
    "bars": (estimates.bars, "groups", {}),
    "bars, groups in many words": (estimates.bars, "groups", {}),
    "forest": (estimates.forest, "odds", {}),
    "forest, recomputed": (estimates.forest, "both", {"limits": (0.2, 12)}),
    "forest, linear": (estimates.forest, "coefficients", {"measure": "Coefficient", "log": False}),
    "summary boxes": (score_boxes.summary_boxes, "scores", {}),
    "boxes": (score_boxes.boxes, "answers", {}),
    "tables": (estimates.tables2x2, "tables", {"groups": ("Moyen sécurisé", "Moyen non sécurisé")}),
    "splits": (counts.splits, "splits", {"declared": 21, "n": 81}),
    "flow": (counts.flow, "steps", {}),
    "tally": (counts.tally_bar, "tally", {}),
}


@pytest.fixture(params=CASES)
def case(request, samples):
    verb, name, choices = CASES[request.param]
    data = getattr(samples, name)
    return verb, data.replace(SAID) if "many words" in request.param else data, choices


def test_same_bytes_twice_and_the_frame_untouched(case):
    verb, data, choices = case
    before = data.copy()
    first, second = (verb(data, **WORDS, **choices) for _ in range(2))
    assert first.svg == second.svg
    assert len(first.svg) > 1000
    assert first.alt == "Une figure."
    assert before.equals(data) if isinstance(data, pd.DataFrame) else before == data


def test_no_text_overlaps_another(case, drawn, texts):
    verb, data, choices = case
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(drawn(verb, data, **choices))]
    assert len(boxes) > 3
    clashes = [(one, two) for (one, a), (two, b) in combinations(boxes, 2) if a.overlaps(b)]
    assert clashes == []


def test_nothing_is_cut(case, drawn, texts):
    verb, data, choices = case
    canvas = drawn(verb, data, **choices)
    page = canvas.bbox
    for text in texts(canvas):
        box = text.get_window_extent()
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text
        assert page.y0 <= box.y0 and box.y1 <= page.y1, text


def test_no_decimal_point_is_shown(case, drawn, written):
    verb, data, choices = case
    words = written(drawn(verb, data, **choices))
    assert not any(f"{digit}." in words for digit in range(10))


@pytest.mark.parametrize("text", ["Fréquence d'échange interprofessionnel", "n\u00a0=\u00a021 médecins interrogés"])
def test_wrapped_lines_fit_and_keep_every_word(text):
    lines = layout.wrap(text, 2.1).split("\n")
    assert " ".join(lines) == text  # a no-break space is never a line break
    assert max(layout.width(line) for line in lines) <= 2.1


@pytest.mark.parametrize("line", ["Plus de trois types d'interlocuteurs", "AV To WA, (n = 5)", "deux  espaces", ""])
def test_a_line_is_as_wide_as_matplotlib_measures_it_whole(line):
    font = FontProperties(family=theme.FONT, size=theme.SIZE)
    whole = text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] / 72 if line else 0
    assert layout.width(line) == pytest.approx(whole)
