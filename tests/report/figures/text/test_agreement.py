"""Each code has its mark and its numbers, or the reason why it has none."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from relecture.report.figures.text import agreement
from relecture.report.figures.theme import theme
from relecture.text.codes.agreement import NEVER_USED
from relecture.text.codes.agreement_coefficients import NO_SHARED_SEGMENT, NO_VARIATION, ONE_CODER, PERFECT_AGREEMENT

_WORDS = {"title": "Accord", "alt": "Des points."}
_ = np.nan
FRAME = pd.DataFrame(
    [
        ("Mot de passe", 0.9, 0.66, 0.2, 0.95, 0.67, 0.3, 0.97, ""),
        ("Accord parfait, dit par un libellé assez long", 1.0, 1.0, _, _, 1.0, _, _, PERFECT_AGREEMENT),
        ("Pire que le hasard", 0.5, -0.2, -0.6, 0.1, -0.1, -0.4, 0.2, ""),
        ("Jamais employé", 1.0, _, _, _, _, _, _, NEVER_USED),
        ("Sans variation", 1.0, _, _, _, _, _, _, NO_VARIATION),
        ("Un codeur", _, _, _, _, _, _, _, ONE_CODER),
        ("Segments séparés", _, _, _, _, _, _, _, NO_SHARED_SEGMENT),
    ],
    columns=["label", "percent", "kappa", "kappa_low", "kappa_high", "alpha", "alpha_low", "alpha_high", "note"],
)
CASES = {
    "all": FRAME,
    "one": FRAME.head(1),
    "nothing measured": FRAME.tail(4),
    "sections": FRAME.assign(variable=["Accès"] * 3 + ["Temps"] * 4),
}


def _drawn(frame, measure):
    with theme():
        canvas = agreement.agreement_dots.__wrapped__(frame, measure=measure)
        canvas.draw_without_rendering()
    return canvas


def _texts(canvas):
    (axes,) = canvas.axes
    low, high = axes.get_xlim()
    ticks = [text for text in axes.get_xticklabels() if low <= text.get_position()[0] <= high]
    return [text for text in [*axes.texts, axes.xaxis.label, *ticks] if text.get_text()]


@pytest.mark.parametrize("measure", agreement.COEFFICIENTS)
@pytest.mark.parametrize("frame", CASES.values(), ids=CASES)
def test_nothing_overlaps_and_nothing_is_cut(frame, measure):
    canvas = _drawn(frame, measure)
    boxes = [text.get_window_extent() for text in _texts(canvas)]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    for box in boxes:
        assert canvas.bbox.x0 <= box.x0 < box.x1 <= canvas.bbox.x1
        assert canvas.bbox.y0 <= box.y0 < box.y1 <= canvas.bbox.y1


def test_numbers_are_written_as_in_french():
    written = {text.get_text().replace("\u00a0", " ") for text in _texts(_drawn(FRAME, "kappa"))}
    assert {"0,66 [0,20 – 0,95]", "−0,20 [−0,60 – 0,10]", "1,00", "90\u202f%", "Kappa de Cohen"} <= written
    assert "0,67 [0,30 – 0,97]" in {t.get_text().replace("\u00a0", " ") for t in _texts(_drawn(FRAME, "alpha"))}


def test_what_was_not_measured_says_why_and_has_no_mark():
    canvas = _drawn(FRAME, "alpha")
    words = " ".join(text.get_text().replace("\n", " ") for text in _texts(canvas))
    assert all(reason in words for reason in (NEVER_USED, NO_VARIATION, ONE_CODER, NO_SHARED_SEGMENT))
    assert sum(line.get_marker() == "o" for line in canvas.axes[0].lines) == 3


def test_a_value_without_interval_is_hollow_and_the_key_says_so():
    canvas = _drawn(FRAME, "alpha")
    dots = [line for line in canvas.axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [False, True, False]
    assert any("marque creuse" in text.get_text().replace("\u00a0", " ") for text in _texts(canvas))
    assert not any(
        "marque creuse" in text.get_text().replace("\u00a0", " ") for text in _texts(_drawn(FRAME.head(1), "alpha"))
    )


def test_levels_are_those_of_alpha():
    """Krippendorff 2004: 0.667 and 0.800; no such lines for kappa."""
    for measure, expected in (("alpha", [0.667, 0.8]), ("kappa", [])):
        dashed = [line for line in _drawn(FRAME, measure).axes[0].lines if line.get_linestyle() == "--"]
        assert [round(line.get_xdata()[0], 3) for line in dashed] == expected


def test_same_bytes_twice_and_the_frame_untouched():
    before = FRAME.copy()
    first, second = (agreement.agreement_dots(FRAME, **_WORDS, synthetic="Corpus fictif") for _ in range(2))
    assert first.svg == second.svg
    pd.testing.assert_frame_equal(FRAME, before)
