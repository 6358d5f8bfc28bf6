"""The curve says every number, marks the run that ends the search, and holds with little or much."""

from itertools import combinations

import pandas as pd
import pytest

from relecture.report.figures.text import saturation as saturations
from relecture.report.figures.theme import theme
from relecture.text.codes import saturation

_WORDS = {"title": "Une courbe", "alt": "Une courbe."}
# The example of Guest, Namey & Chen 2020 (tests/text/test_saturation.py): 37 codes, then 4, 3, 1, 0, 0; 6+2.
ARTICLE = [16, 10, 6, 5, 4, 3, 1, 0, 0]
CASES = {
    "article": ARTICLE,
    "never": [9, 8, 9, 8, 9, 8, 9],
    "too few": [3, 2],
    "no code": [0] * 8,
    "nothing new": [12, 0, 0, 0, 0, 0, 0, 0],
    "late": [0, 1, 0, 3, 0, 20, 0, 0, 1],
    "hundred": [max(0, 30 - 2 * n) for n in range(100)],
}


def _frames(new):
    frame = pd.DataFrame({"rank": range(1, len(new) + 1), "new": new, "cumulative": pd.Series(new).cumsum()})
    return frame, saturation.run_ratios(saturation.find_saturation(new))


def _drawn(new):
    frame, runs = _frames(new)
    with theme():
        canvas = saturations.saturation_curve.__wrapped__(frame, runs=runs)
        canvas.draw_without_rendering()
    return canvas


def _texts(axes):
    low, high = axes.get_xlim()
    ticks = [text for text in axes.get_xticklabels() if low <= text.get_position()[0] <= high]
    low, high = axes.get_ylim()
    ticks += [text for text in axes.get_yticklabels() if low <= text.get_position()[1] <= high]
    inside = [*axes.texts, axes.xaxis.label, axes.yaxis.label, axes._left_title, *ticks]
    return [text for text in inside if text.get_text()]


@pytest.mark.parametrize("new", CASES.values(), ids=CASES)
def test_nothing_overlaps_and_nothing_is_cut(new):
    canvas = _drawn(new)
    texts = [text for axes in canvas.axes for text in _texts(axes)]
    boxes = [text.get_window_extent() for text in texts + [t for key in canvas.legends for t in key.get_texts()]]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    for box in boxes:
        assert canvas.bbox.x0 <= box.x0 < box.x1 <= canvas.bbox.x1
        assert canvas.bbox.y0 <= box.y0 < box.y1 <= canvas.bbox.y1


def test_every_number_is_written_and_the_answer_too():
    upper, lower = _drawn(ARTICLE).axes
    assert {text.get_text() for text in upper.texts} >= {"16", "26", "32", "37", "41", "44", "45"}
    assert [text.get_text() for text in lower.texts] == ["seuil de 5\u202f%", "6+2"]


def test_the_band_covers_the_interviews_of_the_run():
    """6+2: the run is interviews 7 and 8."""
    (band,) = _drawn(ARTICLE).axes[1].patches
    assert (band.get_x(), band.get_x() + band.get_width()) == (6.5, 8.5)


@pytest.mark.parametrize(("new", "words"), [("never", 1), ("too few", 1), ("no code", 1)])
def test_without_saturation_there_is_no_band(new, words):
    lower = _drawn(CASES[new]).axes[1]
    assert not lower.patches
    assert len(lower.texts) == words


def test_same_bytes_twice():
    frame, runs = _frames(ARTICLE)
    first, second = (saturations.saturation_curve(frame, runs=runs, **_WORDS, synthetic="Corpus fictif") for _ in "ab")
    assert first.svg == second.svg
    assert first.synthetic == "Corpus fictif"
