"""Ordered answers on either side of a line: every share is where it should be, nothing overlaps, nothing leaks.

Counts are those of the table of question 20 of Ajoodha 2023; shares are worked out beside each case.
"""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection

from relecture.report.figures.likert_bars import diverging
from relecture.report.figures.theme import theme

_LEVELS = ("jamais", "parfois", "souvent", "toujours")
_HIGHER = _LEVELS[2:]


def _frame(**counts):
    parts = counts.items()
    frames = [pd.DataFrame({"label": name.replace("_", " "), "level": _LEVELS, "count": ns}) for name, ns in parts]
    return pd.concat([frame.assign(n=frame["count"].sum()) for frame in frames], ignore_index=True)


PRINTED = _frame(médecins_libéraux=(6, 14, 12, 14), hôpitaux=(0, 6, 7, 33), laboratoires=(0, 1, 6, 39))
CASES = {
    "printed": PRINTED,
    "sections": PRINTED.assign(variable=["Reçus"] * 8 + ["Envoyés"] * 4),
    "all low, all high": _frame(bas=(9, 0, 0, 0), haut=(0, 0, 0, 9)),
    "nobody": _frame(vide=(0, 0, 0, 0)),
    "long": _frame(un_intitulé_de_question_bien_plus_long_que_la_colonne_des_intitulés=(1, 2, 3, 4)),
}


_AGREED = ["Parfaitement d'accord", "Plutôt d'accord"]
_LONG = ["Jamais, ou presque jamais, d'après ce que l'on m'en a dit", "Je ne sais pas", *_AGREED]
WORDS = {  # levels as questionnaires word them, and those of the right side
    "four": ["Pas du tout d'accord", "Plutôt pas d'accord", *reversed(_AGREED)],
    "with none": ["Sans objet", "Pas du tout d'accord", "Plutôt pas d'accord", *reversed(_AGREED)],
    "long": _LONG,
    "longer than the sheet": [f"{level} {_LONG[0].lower()}, et de ce que j'ai vu" for level in _LONG],
}


def _drawn(frame, higher=_HIGHER):
    with theme():
        canvas = diverging.__wrapped__(frame, higher=higher)
        canvas.draw_without_rendering()
    return canvas


def _texts(canvas):
    keys = [text for legend in canvas.legends for text in legend.get_texts()]
    return [text for text in [*canvas.axes[0].texts, *keys] if text.get_text()]


def _words(canvas):
    return " | ".join(text.get_text() for text in _texts(canvas)).replace("\u202f", " ")


def _bars(canvas):
    drawn = [bars for bars in canvas.axes[0].collections if isinstance(bars, PolyCollection)]
    return [bar.get_extents() for bars in drawn for bar in bars.get_paths()]


@pytest.fixture(params=CASES)
def frame(request):
    return CASES[request.param]


def test_the_same_bytes_twice(frame):
    first, second = (diverging(frame, higher=_HIGHER, title="Titre", alt="Une figure.") for _ in range(2))
    assert first.svg == second.svg and len(first.svg) > 1000


def test_no_text_overlaps_another_and_none_is_cut(frame):
    _held(_drawn(frame))


@pytest.mark.parametrize("levels", WORDS.values(), ids=WORDS)
def test_answers_in_many_words_stay_in_the_picture(levels):
    counts = pd.DataFrame({"label": "Une affirmation", "level": levels, "count": range(1, len(levels) + 1), "n": 15})
    canvas = _drawn(counts, higher=levels[-2:])
    _held(canvas)
    assert [text.get_text().replace("\n", " ") for text in canvas.legends[0].get_texts()] == levels


def _held(canvas):
    boxes = [(text.get_text(), text.get_window_extent()) for text in _texts(canvas)]
    assert [(one, two) for (one, a), (two, b) in combinations(boxes, 2) if a.overlaps(b)] == []
    assert [word for word, box in boxes if not (canvas.bbox.x0 <= box.x0 and box.x1 <= canvas.bbox.x1)] == []
    assert [word for word, box in boxes if not (canvas.bbox.y0 <= box.y0 and box.y1 <= canvas.bbox.y1)] == []


def test_bars_are_shares_on_either_side_of_the_line():
    bars = [(bar.x0, bar.width) for bar in _bars(_drawn(PRINTED))[:4]]
    # 6 + 14 of 46 to the left: the first bar starts at -20/46
    due = [(-20 / 46, 6 / 46), (-14 / 46, 14 / 46), (0, 12 / 46), (12 / 46, 14 / 46)]
    assert bars == [pytest.approx(pair) for pair in due]


def test_the_higher_answers_are_written_as_a_share():
    words = _words(_drawn(PRINTED))
    assert "26/46 (57 %)" in words and "45/46 (98 %)" in words  # 26/46 = 56.5 %, 45/46 = 97.8 %
    assert "souvent ou toujours" in words


def test_a_row_with_a_withheld_count_is_named_and_not_drawn():
    counts = PRINTED["count"].astype(float).mask((PRINTED["label"] == "hôpitaux") & (PRINTED["level"] == "parfois"))
    canvas = _drawn(PRINTED.assign(count=counts))
    assert len(_bars(canvas)) == 8
    assert "effectif masqué" in _words(canvas) and "40/46" not in _words(canvas) and "33" not in _words(canvas)


def test_a_question_that_nobody_answered_says_so():
    words = _words(_drawn(pd.concat([PRINTED, CASES["nobody"]])))
    assert "aucune réponse" in words


def test_everything_may_be_withheld():
    canvas = _drawn(PRINTED.assign(count=np.nan))
    assert _bars(canvas) == [] and _words(canvas).count("effectif masqué") == 3
