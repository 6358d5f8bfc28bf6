"""No two labels overlap, whatever is placed; every label can be read, and the picture never changes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from relecture.report.figures.text import network as networks
from relecture.report.figures.text.network import network_map, spread_boxes
from relecture.report.figures.theme import WIDE, theme

_WORDS = {"title": "Ce que l'on voit", "alt": "Un graphe."}
_PAGE = 700  # pixels across, in a page


def _tree(size, communities=6, seed=1):
    """A random tree of forms, with places as any layout might give them: crowded in the middle."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("abcdefghilmnoprstuvéè"))
    forms = ["".join(rng.choice(letters, rng.integers(3, 15))) for _ in range(size)]
    parents = np.array([0, *(rng.integers(0, rank) for rank in range(1, size))])
    community = np.arange(size) % communities + 1
    for rank in range(communities, size):
        community[rank] = community[parents[rank]]
    nodes = pd.DataFrame(
        {
            "form": [f"{form}_{rank}" for rank, form in enumerate(forms)],
            "occurrences": np.sort(rng.geometric(0.05, size))[::-1],
            "community": community,
            "x": rng.normal(0.5, 0.15, size).clip(0, 1),
            "y": rng.normal(0.5, 0.15, size).clip(0, 1),
        }
    )
    edges = pd.DataFrame({"source": parents[1:], "target": np.arange(1, size), "weight": rng.integers(1, 9, size - 1)})
    return nodes, edges


def _drawn(nodes, edges):
    with theme():
        canvas = network_map.__wrapped__(nodes, edges=edges)
        canvas.draw_without_rendering()
    return canvas


def _boxes(canvas):
    """Bounding boxes of every text as the renderer lays it out, in inches."""
    inches = canvas.dpi_scale_trans.inverted()
    texts = [*canvas.axes[0].texts, *canvas.texts]
    return {text.get_text(): text.get_window_extent().transformed(inches) for text in texts}


CASES = {
    "two": _tree(2, 1),
    "sixty": _tree(60),
    "two hundred": _tree(200, 11),
    "one place": (_tree(30)[0].assign(x=0.5, y=0.5), _tree(30)[1]),
    "one line": (_tree(30)[0].assign(x=0.5), _tree(30)[1]),
    "one size": (_tree(30)[0].assign(occurrences=7), _tree(30)[1]),
    "long": (_tree(12)[0].assign(form=[f"{'mot_' * 30}{rank}" for rank in range(12)]), _tree(12)[1]),
}


@pytest.fixture(scope="module", params=CASES, ids=str)
def canvas(request):
    return _drawn(*CASES[request.param])


def test_no_label_overlaps_another_or_leaves_the_sheet(canvas):
    boxes = list(_boxes(canvas).values())
    wide, high = canvas.get_size_inches()
    for rank, box in enumerate(boxes):
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= high
        for other in boxes[:rank]:
            assert not box.overlaps(other)


def test_every_label_can_be_read(canvas):
    """8 pixels at least in a page 700 pixels wide; no wider than the page."""
    wide, _ = canvas.get_size_inches()
    assert wide == pytest.approx(WIDE)
    sizes = [text.get_size() for text in [*canvas.axes[0].texts, *canvas.texts]]
    assert min(sizes) / 72 * _PAGE / wide >= 8


@pytest.mark.parametrize("size", [60, 120, 200])
def test_labels_are_not_lost_in_white(size):
    """They cover a tenth of the graph at least: it does not grow for nothing."""
    canvas = _drawn(*_tree(size))
    boxes = [text.get_window_extent() for text in canvas.axes[0].texts]
    assert sum(box.width * box.height for box in boxes) > 0.1 * canvas.axes[0].bbox.width * canvas.axes[0].bbox.height


def test_a_community_has_a_number_and_a_word():
    nodes, edges = CASES["sixty"]
    said = set(_boxes(_drawn(nodes, edges)))
    for number, group in nodes.groupby("community"):
        first = group["form"].iloc[0].replace("_", " ")
        assert f"{number}\u00a0·\u00a0{first}" in said
        assert any(text.startswith(f"{number}\u00a0: {first}") for text in said)


def test_every_form_and_every_link_is_drawn():
    nodes, edges = CASES["sixty"]
    canvas = _drawn(nodes, edges)
    shown = {text.get_text().rpartition("\u00a0")[2] for text in canvas.axes[0].texts}
    assert shown == set(nodes["form"].str.replace("_", " "))
    assert sum(line.get_zorder() == 2 for line in canvas.axes[0].lines) == len(edges)


def test_the_picture_is_the_same_each_time():
    nodes, edges = CASES["sixty"]
    one, other = network_map(nodes, edges=edges, **_WORDS), network_map(nodes.copy(), edges=edges.copy(), **_WORDS)
    assert (one.svg, one.png) == (other.svg, other.png)


def test_hostile_forms_are_drawn_as_they_are():
    nodes, edges = _tree(4, 2)
    nodes["form"] = ["<script>x</script>", "$a^b$", "%s", "é_à"]
    figure = network_map(nodes, edges=edges, **_WORDS)
    assert b"<script" not in figure.svg


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 25).flatmap(
        lambda n: st.tuples(
            arrays(float, (n, 2), elements=st.floats(0, 6)), arrays(float, (n, 2), elements=st.floats(0.1, 1.5))
        )
    )
)
def test_boxes_are_spread_or_refused(case):
    places, boxes = case
    found = spread_boxes(places, boxes, (6.0, 12.0))
    if found is None:
        return
    assert (found - boxes / 2 >= -1e-6).all()
    assert (found + boxes / 2 <= np.array([6.0, 12.0]) + 1e-6).all()
    for rank in range(len(boxes)):
        gaps = np.abs(found[rank] - found[:rank]) - (boxes[rank] + boxes[:rank]) / 2
        assert (gaps.max(axis=1, initial=-1) > 0).all() or rank == 0


def test_ink_is_legible_on_every_halo():
    """Contrast as WCAG 2 counts it: 7 to 1."""

    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return np.dot(linear, (0.2126, 0.7152, 0.0722))

    for fill, _ in networks.HALOS:
        assert (light(fill) + 0.05) / (light(networks.INK) + 0.05) >= 7
