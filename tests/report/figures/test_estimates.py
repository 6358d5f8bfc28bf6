"""Proportions, forests and contingency tables: every number is written, in the order of the frame."""

import numpy as np
import pytest

from relecture.report.figures import estimates
from relecture.report.figures.theme import COLOURS, MARKERS
from relecture.report.verdicts import VERDICTS


def test_bars_write_count_total_and_share_under_their_section(drawn, written, samples):
    words = written(drawn(estimates.bars, samples.groups))
    for expected in ("Genre", "Masculin", "12/21 (57,1 %)", "35/60 (58,3 %)", "21/21 (100,0 %)", "effectif masqué"):
        assert expected in words
    assert words.count("Genre") == 1
    assert "nan" not in words


def test_bars_without_groups_need_no_key(drawn, samples):
    canvas = drawn(estimates.bars, samples.groups.drop(columns=["group", "variable"]).head(1))
    assert all(not legend.gettexts() for legend in canvas.legends)


def test_forest_writes_estimates_with_their_interval_and_p(drawn, written, samples):
    words = written(drawn(estimates.forest, samples.odds))
    for expected in ("4,46 [2,99 – 20,06]", "0,015", "0,59 [0,43 – 1,89]", "Odds ratio | [IC à 95 %]"):
        assert expected in words
    assert "recalculé" not in words
    assert "[IC à 90 %]" in written(drawn(estimates.forest, samples.odds, confidence=0.9))


def test_forest_keeps_the_printed_string_when_given(drawn, written, samples):
    words = written(drawn(estimates.forest, samples.odds.head(1).assign(text="1,36 [0,53-3,48]")))
    assert "1,36 [0,53-3,48]" in words
    assert "1,36 [0,53 – 3,48]" not in words


def test_forest_keeps_the_order_of_the_frame_and_pairs_recomputed_values(drawn, texts, samples):
    canvas = drawn(estimates.forest, samples.both.iloc[::-1])
    heights = {text.get_text().replace("\u00a0", " "): text.get_position()[1] for text in canvas.axes[0].texts}
    assert heights["0,90 [0,26 – 3,13]"] < heights["0,99 [0,23 – 3,76]"] < heights["3,46 [1,26 – 9,45]"]


def test_forest_does_not_lend_the_printed_p_to_the_recomputed_line(drawn, texts, samples):
    canvas = drawn(estimates.forest, samples.both.drop(columns="p2"))
    assert [text.get_text() for text in canvas.axes[0].texts].count("0,015") == 1


def test_forest_marks_only_inconsistent_rows(drawn, texts, samples):
    labels = [" ".join(text.get_text().split()) for text in texts(drawn(estimates.forest, samples.both))]
    crossed = [label for label in labels if label.endswith(" ✗")]
    assert crossed == ["Aisance informatique excellente (vs autres) ✗"]
    assert any("ligne incohérente" in label for label in labels)


def markers(canvas):
    """One a mark."""
    lines = [line for line in canvas.axes[0].lines if line.get_marker() not in ("None", "|")]
    return [line.get_marker() for line in lines for _ in line.get_xdata()]


def test_forest_ends_clipped_intervals_with_arrows(drawn, samples):
    assert ">" not in markers(drawn(estimates.forest, samples.both))
    clipped = markers(drawn(estimates.forest, samples.both, limits=(0.2, 12)))
    assert (clipped.count(">"), clipped.count("<")) == (2, 0)  # 20.06 and its recomputed 24.07
    unbounded = drawn(estimates.forest, samples.odds.assign(high=[np.inf] + [5] * 5))
    assert markers(unbounded).count(">") == 1


def hollow(canvas):
    lines = [line for line in canvas.axes[0].lines if line.get_markerfacecolor() == "white"]
    return [x for line in lines for x in line.get_xdata()]


def test_a_row_judged_inconsistent_is_hollow_in_red_and_the_notes_say_so(drawn, texts, written, sheet, samples):
    canvas = drawn(estimates.forest, samples.both, sheet=sheet)
    assert hollow(canvas) == [4.46], "as printed; what was recomputed is not judged"
    (label,) = (text for text in texts(canvas) if text.get_text().endswith("✗"))
    assert label.get_color() == VERDICTS["inconsistent"].colour
    assert "marque creuse, ✗ : ligne incohérente" in written(canvas)
    assert "creuse" not in written(drawn(estimates.forest, samples.odds, sheet=sheet))


@pytest.mark.parametrize(
    ("choices", "first", "last"),
    [
        ({}, "← moins souvent", "plus souvent →"),
        ({"log": False}, "← plus bas", "plus haut →"),
        ({"directions": ("protège", "expose")}, "← protège", "expose →"),
    ],
)
def test_both_ends_of_the_axis_say_what_they_mean(choices, first, last, drawn, texts, sheet, samples):
    canvas = drawn(estimates.forest, samples.odds, sheet=sheet, **choices)
    boxes = {text.get_text(): text.get_window_extent() for text in texts(canvas)}
    axis = canvas.axes[0].get_window_extent()
    assert boxes[first].x1 < boxes[last].x0
    assert boxes[first].x0 < axis.x0 + axis.width / 4 and boxes[last].x1 > axis.x1 - axis.width / 4
    assert max(boxes[first].y1, boxes[last].y1) < axis.y0


def test_an_axis_of_shares_needs_no_direction(drawn, written, samples):
    assert "→" not in written(drawn(estimates.forest, samples.odds, directions=()))


@pytest.mark.parametrize("name", ["odds", "both", "coefficients"])
def test_marks_have_nearly_half_of_a_forest(name, drawn, sheet, samples):
    """Issue 19: 45 % at least, on a page as on a telephone."""
    canvas = drawn(estimates.forest, getattr(samples, name), sheet=sheet)
    assert canvas.axes[0].get_position().width >= 0.45


def test_each_group_has_its_colour_and_its_mark(drawn, written, samples):
    canvas = drawn(estimates.forest, samples.odds.assign(group=["a", "b", "c", "a", "d", "e"]))
    marks = {(line.get_color(), line.get_marker()) for line in canvas.axes[0].lines if line.get_marker() in MARKERS}
    assert marks == set(zip(COLOURS, MARKERS, strict=True))
    assert "recalculé" not in written(canvas)


def test_forest_shows_an_estimate_outside_its_interval(drawn, written, samples):
    canvas = drawn(estimates.forest, samples.coefficients, measure="Coefficient", log=False)
    assert hollow(canvas) == [-3.0]
    assert "hors de son intervalle" in written(canvas)
    assert "−1,14 [−2,34 – 0,07]" in written(canvas)


@pytest.mark.parametrize(("log", "reference"), [(True, 1), (False, 0)])
def test_forest_always_shows_its_reference(log, reference, drawn, samples):
    canvas = drawn(estimates.forest, samples.odds.iloc[[3]], log=log)  # 2.99 to 20.06: far from both
    low, high = canvas.axes[0].get_xlim()
    assert low < reference < high
