"""On a map no label meets another, none leaves the page or its box, and none is lost."""

import warnings
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from relecture.core.study import load_study, studies
from relecture.report.figures import theme
from relecture.report.figures.text import coding_tree
from relecture.text.codes.tree import parse_tree

pytestmark = pytest.mark.filterwarnings("ignore:Glyph")  # the font of the theme has no Japanese
_WORDS = {"title": "Une carte", "alt": "Une carte."}
_LONG = "Anticonstitutionnellement" * 4


def _frame(*rows):
    return pd.DataFrame(rows, columns=["label", "depth"])


_SMALL = _frame(("Racine", 1), ("Première branche", 2), ("Une idée", 3), ("Seconde branche", 2))
CASES = {
    "small": _SMALL,
    "banner alone": _frame(("Racine seule", 1)),
    "one level": _frame(("Racine", 1), *[(f"Idée n° {n}, dite longuement, sur trois lignes" * 3, 2) for n in range(9)]),
    "a word longer than the page": _frame((_LONG, 1), (_LONG, 2), (_LONG, 3), (_LONG, 4), ("court", 4)),
    "a parent taller than its child": _frame(("R", 1), ("mot " * 40, 2), ("seul", 3), ("mot " * 40, 2), ("seul", 3)),
    "hostile words": _frame(("$x_1$ <b>&", 1), ("\u202eenversé\n\x07", 2), ("\\alpha {x} %s 🙂", 3), ("日本語", 3)),
    "spaces that do not break": _frame(("R", 1), ("a\u00a0" * 60, 2), ("b", 3)),
    "many": _frame(("R", 1), *[(f"Idée {n}", 3 if n % 9 else 2) for n in range(81)]),
}  # fmt: skip
STUDIES = {
    f"{name}, {node.id}": tree.frame(node.id)
    for name in studies()
    if (load_study(name).folder / "coding.yaml").exists()
    for tree in [parse_tree(load_study(name).document("coding.yaml"))]
    for node in tree.roots
}


def _drawn(frame, **choices):
    """The matplotlib figure, on the frame that `as_figure` would hand over."""
    with theme.theme():
        canvas = coding_tree.heuristic_map.__wrapped__(theme._steady(frame), **choices)
        canvas.draw_without_rendering()
    return canvas


def _texts(canvas):
    return list(canvas.axes[0].texts)


def _plain(text):
    return "".join(text.replace("’", "'").split())


@pytest.fixture(scope="module", params=[*CASES, *STUDIES])
def frame(request):
    return (CASES | STUDIES)[request.param]


@pytest.fixture(scope="module")
def canvas(frame):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _drawn(frame)


def test_no_label_meets_another(frame, canvas):
    boxes = [text.get_window_extent() for text in _texts(canvas)]
    assert len(boxes) == len(frame)
    assert not [(one, other) for one, other in combinations(boxes, 2) if one.overlaps(other)]


def test_every_label_is_on_the_page(canvas):
    for text in _texts(canvas):
        box = text.get_window_extent()
        assert canvas.bbox.x0 <= box.x0 < box.x1 <= canvas.bbox.x1, text.get_text()
        assert canvas.bbox.y0 <= box.y0 < box.y1 <= canvas.bbox.y1, text.get_text()


def test_a_label_lies_inside_its_box_and_boxes_apart(canvas):
    boxes = [patch.get_window_extent() for patch in canvas.axes[0].patches if isinstance(patch, Rectangle)]
    assert boxes
    assert not [(one, other) for one, other in combinations(boxes, 2) if one.overlaps(other)]
    for text in (text.get_window_extent() for text in _texts(canvas)):
        for box in boxes:
            assert not text.overlaps(box) or (box.contains(text.x0, text.y0) and box.contains(text.x1, text.y1))


def test_no_word_is_lost(frame, canvas):
    written = [_plain(text.get_text()) for text in _texts(canvas)]
    assert sorted(written) == sorted(_plain(label) for label in theme._steady(frame)["label"])


@pytest.mark.parametrize("frame", [CASES["hostile words"], *list(STUDIES.values())[:1]])
def test_same_bytes_twice_and_the_frame_untouched(frame):
    before = frame.copy()
    first, second = (coding_tree.heuristic_map(frame, **_WORDS) for _ in range(2))
    assert (first.svg, first.png) == (second.svg, second.png)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("frame", STUDIES.values(), ids=STUDIES)
def test_letters_are_legible_at_page_width(frame):
    """A page shows a figure 700 pixels wide: 12 pixels are the least for running text (style.css has 16)."""
    canvas = _drawn(frame)
    pixels = 700 / canvas.get_figwidth() / 72
    assert min(text.get_size() for text in _texts(canvas)) * pixels > 12


def test_a_curve_goes_from_each_code_to_those_it_holds():
    """Three codes under the banner, hence three links."""
    patches = [patch for patch in _drawn(_SMALL).axes[0].patches if not isinstance(patch, Rectangle)]
    assert len(patches) == 3


def test_deeper_levels_are_counted():
    deep = _frame(("R", 1), ("a", 2), ("b", 3), ("c", 4), ("d", 3), ("e", 2))
    written = [text.get_text().replace("\u00a0", " ") for text in _texts(_drawn(deep, levels=2))]
    assert sorted(written) == ["R", "a (+ 3)", "e"]


@pytest.mark.parametrize("rows", [[("a", 2)], [("a", 1), ("b", 1)], [("a", 2), ("b", 1)]])
def test_a_map_shows_one_branch(rows):
    with pytest.raises(ValueError, match="one branch"):
        coding_tree.heuristic_map(_frame(*rows), **_WORDS)


def test_what_is_fictional_is_said():
    assert "Corpus fictif" in coding_tree.heuristic_map(_SMALL, **_WORDS, synthetic="Corpus fictif")._repr_html_()
