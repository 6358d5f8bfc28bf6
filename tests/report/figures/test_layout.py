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
    "splits": (counts.splits, "splits", {"declared": 21, "n": 81}),
    "flow": (counts.flow, "steps", {}),
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
    assert (first.svg, first.narrow) == (second.svg, second.narrow)
    assert len(first.svg) > 1000
    assert first.alt == "Une figure."
    assert before.equals(data) if isinstance(data, pd.DataFrame) else before == data


def test_no_text_overlaps_another(case, sheet, drawn, texts):
    verb, data, choices = case
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(drawn(verb, data, sheet=sheet, **choices))]
    assert len(boxes) > 3
    clashes = [(one, two) for (one, a), (two, b) in combinations(boxes, 2) if a.overlaps(b)]
    assert clashes == []


def test_nothing_is_cut(case, sheet, drawn, texts):
    verb, data, choices = case
    canvas = drawn(verb, data, sheet=sheet, **choices)
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


def test_labels_stand_above_the_marks_where_there_is_no_room_beside(drawn, texts, sheet, samples):
    canvas = drawn(estimates.forest, samples.odds, sheet=sheet)
    axis = canvas.axes[0].get_window_extent()
    (label,) = (text for text in texts(canvas) if text.get_text().startswith("Type d'activité"))
    assert (label.get_window_extent().x1 > axis.x0) == (sheet == theme.SLIM)


def test_a_short_label_takes_the_room_it_needs(sheet):
    frame = pd.DataFrame({"label": ["oui", "non"]})
    with theme.theme(sheet):
        assert layout.label_column(frame, 1) == pytest.approx(max(map(layout.width, frame["label"])) + 3 * layout.EDGE)
        assert layout.label_column(frame, sheet) == 0


@pytest.mark.parametrize("name", ["steps", "groups"])
def test_no_text_of_several_lines_leans_on_the_measured_font(name, drawn, texts, sheet, samples):
    """Oracle: SVG aligns a line on the font it finds; matplotlib places the lines of one text by its own."""
    verbs = {"steps": counts.flow, "groups": estimates.bars}
    lines = [text for text in texts(drawn(verbs[name], getattr(samples, name), sheet=sheet)) if "\n" in text.get_text()]
    assert all(text.get_ha() == "left" for text in lines)


def test_apostrophes_are_typographic_and_words_stay_as_they_are(samples):
    figure = estimates.forest(samples.odds, **WORDS)
    assert "Type d’activité" in figure.svg.decode() and "d’échange" in figure.narrow.decode()
    assert "d'" not in figure.svg.decode() + figure.narrow.decode().replace(WORDS["title"], "")
