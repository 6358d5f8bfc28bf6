"""The figure of passwords: what is written, whatever their length, and the same bytes twice."""

import pandas as pd
import pytest

from relecture.report.figures import password_strengths as room
from relecture.report.figures.password_strengths import strengths
from relecture.report.figures.theme import WIDE, theme

FRAME = pd.DataFrame(
    {
        "variable": ["Ceux-ci", "Ceux-ci", "Cela"],
        "label": ["court", "x" * 72, "$^<b>_{"],
        "bits": [37.6, 338.4, 60],
        "guesses": [11.2, 12, 80.5],
    }
)
WORDS = {"title": "Un titre", "alt": "Ce que montre la figure, puis ce qu'on y lit."}


@pytest.fixture
def written(monkeypatch):
    """Every text put on the sheet."""
    from matplotlib.axes import Axes

    texts, plain = [], Axes.text
    monkeypatch.setattr(Axes, "text", lambda axes, x, y, s, **style: texts.append(s) or plain(axes, x, y, s, **style))
    with theme():
        strengths.__wrapped__(FRAME, thresholds={50: "CNIL", 80: "CNIL"})
    return texts


def test_both_numbers_of_every_password_are_written(written):
    assert [text for text in written if text.isdigit()] == ["38", "11", "338", "12", "60", "81"]


def test_thresholds_are_written_with_who_set_them(written):
    assert [text for text in written if "CNIL" in text] == [" 50 CNIL", " 80 CNIL"]


def test_a_long_password_is_cut_into_lines_that_fit_and_never_shortened(written):
    (long,) = (text for text in written if text.startswith("xxx"))
    assert long.count("x") == 72 and long.count("\n") >= 2
    most = WIDE - room._RIGHT  # inches of the sheet left of the numbers
    assert all(room.width(line) <= most / 2 for line in long.split("\n"))


def test_a_password_is_never_read_as_a_formula(written):
    assert "$^<b>_{" in written


def test_the_same_figure_is_the_same_bytes():
    one, other = (strengths(FRAME, thresholds={50: "CNIL"}, **WORDS) for _ in range(2))
    assert one.svg == other.svg and one.png == other.png
