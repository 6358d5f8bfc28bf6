"""Boxes of scores, from what was printed and from answers: neither is taken for the other."""

import warnings

import pandas as pd
import pytest
from matplotlib.collections import PathCollection as Points

from relecture.report.figures import score_boxes


def test_summary_boxes_draw_mean_and_sd_and_say_that_they_are_not_quartiles(drawn, written, samples):
    canvas = drawn(score_boxes.summary_boxes, samples.scores)
    box = next(patch for patch in canvas.axes[0].patches if patch.get_hatch())
    assert (box.get_x(), box.get_x() + box.get_width()) == pytest.approx((63.9 - 10.5, 63.9 + 10.5))
    words = written(canvas)
    for expected in ("63,9 ± 10,5", "47,3 ± 12,0", "(n = 21)", "et non les quartiles", "pas montrées"):
        assert expected in words


def test_summary_boxes_say_the_level_they_are_given(drawn, written, samples):
    words = written(drawn(score_boxes.summary_boxes, samples.scores, confidence=0.9))
    assert "son intervalle à 90 %" in words


def test_summary_boxes_keep_the_printed_string_when_given(drawn, written, samples):
    words = written(drawn(score_boxes.summary_boxes, samples.scores.iloc[[1]].assign(text="47,3 ± 12")))
    assert "47,3 ± 12" in words
    assert "12,0" not in words


def test_boxes_show_each_answer(drawn, samples):
    shown = [one for one in drawn(score_boxes.boxes, samples.answers).axes[0].collections if isinstance(one, Points)]
    assert sorted(x for points in shown for x in points.get_offsets()[:, 0]) == sorted(samples.answers["value"])


@pytest.mark.parametrize("tied", [1, 3, 5, 7])
def test_equal_values_are_piled_up_without_one_left_over(drawn, tied):
    """Oracle: seaborn's warning, of points that it cannot place."""
    frame = pd.DataFrame({"label": "un groupe", "value": [35.0] * tied + [50.0, 60.0]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn(score_boxes.boxes, frame).canvas.draw()


def test_of_many_respondents_a_point_stands_for_several_and_the_key_says_how_many(drawn, written):
    """Time and memory of points grow as their square: 100,000 answers would not be drawn. By hand: 20,000 / 50."""
    frame = pd.DataFrame({"label": "un groupe", "value": [float(20 + rank % 61) for rank in range(20_000)]})
    canvas = drawn(score_boxes.boxes, frame)
    (points,) = (one for one in canvas.axes[0].collections if isinstance(one, Points))
    assert len(points.get_offsets()) == 50
    assert "un point pour 400 répondants" in written(canvas)


def test_a_pile_too_tall_for_its_line_stands_for_several(drawn, written):
    """By hand: 27 equal answers in piles of 13 at most, three to a point; two groups share the same scale."""
    frame = pd.DataFrame({"label": ["un"] * 27 + ["deux"] * 6, "value": [40.0] * 27 + [50.0] * 6})
    canvas = drawn(score_boxes.boxes, frame)
    sizes = [len(one.get_offsets()) for one in canvas.axes[0].collections if isinstance(one, Points)]
    assert sizes == [9, 2] and "un point pour 3 répondants" in written(canvas)
