"""A picture has words, travels alone, and is the same bytes everywhere."""

import base64
import hashlib
import inspect
import io
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from relecture.answers.synthetic_label import marked
from relecture.report.figures import estimates, layout, svg
from relecture.report.figures import theme as drawing
from relecture.report.figures.theme import Figure, as_figure, render, theme

_WORDS = {"title": "Deux médecins sur trois", "alt": "Barres : deux sur trois."}


def _canvas(label="Âge : 63,9 $"):
    with theme():
        axes = layout.blank_axes(3, left=1, right=1)
        axes.set_xlim(0, 1)
        layout.label_at(axes, 1, 0.1, label)
        return axes.figure


@pytest.mark.parametrize("missing", ["title", "alt"])
def test_refuses_a_picture_without_words(missing):
    with pytest.raises(ValueError, match="needs a title and an alternative text"):
        render(_canvas(), **_WORDS | {missing: "  "})


def test_html_carries_the_picture_and_its_words_escaped():
    figure = render(_canvas(), title="p < 0,05 & après", alt='il dit "oui"', caption="Méthode <b>")
    html = figure._repr_html_()
    image = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", html)[1])
    assert image == figure.svg
    assert html.startswith(
        '<figure class="figure"><figcaption><strong>p &lt; 0,05 &amp; après</strong></figcaption><img '
    )
    assert 'alt="il dit &quot;oui&quot;"' in html
    assert html.endswith('><p class="note">Méthode &lt;b&gt;</p></figure>')


def test_synthetic_figures_say_so_before_their_title():
    html = render(_canvas(), **_WORDS, synthetic="Réponses synthétiques")._repr_html_()
    assert '<figure class="figure synthetic">' in html
    assert html.index("Réponses synthétiques") < html.index("Deux médecins")


def test_repr_is_one_short_line():
    assert repr(render(_canvas(), **_WORDS)) == "<Figure «\u00a0Deux médecins sur trois\u00a0»>"


def test_svg_is_well_formed_and_links_nowhere():
    svg = render(_canvas(), **_WORDS).svg
    ElementTree.fromstring(svg)
    assert set(re.findall(rb"https?://[^\"'\s<>]+", svg)) == {b"http://www.w3.org/2000/svg"}
    assert b"<metadata" not in svg
    assert "Âge : 63,9 $</text>".encode() in svg  # words are words: found, selected, read aloud


def test_the_files_carry_their_words():
    figure = render(_canvas(), **_WORDS, synthetic="Réponses synthétiques")
    title, description, *_ = ElementTree.fromstring(figure.svg)
    assert (title.text, description.text) == ("Réponses synthétiques\u00a0: Deux médecins sur trois", _WORDS["alt"])
    words = Image.open(io.BytesIO(figure.png)).text
    assert (words["Title"], words["Description"]) == (title.text, description.text)


def test_a_picture_comes_with_the_same_in_pixels_for_a_notebook_to_keep_beside():
    figure = render(_canvas(), **_WORDS)
    assert figure._repr_png_() == figure.png
    image = Image.open(io.BytesIO(figure.png))
    assert image.size == (int(drawing.WIDE * drawing.DPI), int((3 * layout.LINE + 0.6) * drawing.DPI))


def test_colours_survive_in_pixels():
    with theme():
        axes = layout.blank_axes(5.5, left=1, right=1)
        for rank, colour in enumerate(drawing.COLOURS):
            axes.barh(rank, 1, color=colour)
    pixels = Image.open(io.BytesIO(render(axes.figure, **_WORDS).png)).convert("RGB")
    tints = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in pixels.getcolors(100)}
    assert {"#ffffff", *drawing.COLOURS} <= tints


def test_what_is_synthetic_is_written_in_the_picture_above_the_rest():
    real, synthetic = (render(_canvas(), **_WORDS, synthetic=label) for label in ("", "Réponses synthétiques"))
    heights = [Image.open(io.BytesIO(figure.png)).size[1] for figure in (real, synthetic)]
    assert heights[1] - heights[0] == pytest.approx(0.32 * drawing.DPI, abs=1)
    above = Image.open(io.BytesIO(synthetic.png)).convert("L").crop((0, 0, 900, heights[1] - heights[0]))
    assert above.getextrema()[0] < 64, "dark letters on white"


def test_heavy_pictures_are_sent_as_pixels(monkeypatch):
    monkeypatch.setattr(drawing, "HEAVY", 100)
    figure = render(_canvas(), **_WORDS)
    assert figure.svg == b""
    assert figure.png.startswith(b"\x89PNG")
    assert "data:image/png;base64," in figure._repr_html_()
    assert figure._repr_png_() is None, "once is enough"


def test_labels_that_no_picture_could_hold_are_made_short_and_plain():
    seen = []

    @as_figure
    def draw(frame):
        seen.extend(frame["label"])
        return _canvas()

    draw(pd.DataFrame({"label": ["x" * 1_000_000, "a\u202eb\tc\u00a0d", 3]}), **_WORDS)
    assert len(seen[0]) == 200 and seen[0].endswith("[texte coupé\u00a0: 1\u202f000\u202f000\u00a0caractères]")
    assert seen[1:] == ["ab c\u00a0d", 3, *seen[:3]], "once a sheet"


def test_theme_ignores_and_restores_the_settings_of_the_session():
    import matplotlib

    with matplotlib.rc_context({"font.size": 31, "axes.grid": True}):
        with theme():
            assert (matplotlib.rcParams["font.size"], matplotlib.rcParams["axes.grid"]) == (drawing.SIZE, False)
        assert matplotlib.rcParams["font.size"] == 31


def test_font_is_the_one_that_travels_with_matplotlib():
    import matplotlib
    from matplotlib.font_manager import findfont

    assert findfont(drawing.FONT).startswith(matplotlib.get_data_path())


def test_as_figure_adds_the_words_and_rounds_the_data():
    seen = []

    @as_figure
    def draw(frame, *, scale=1):
        seen.append((frame["x"].tolist(), scale))
        return _canvas()

    figure = draw(pd.DataFrame({"x": [1 / 3, 2.0, float("nan")]}), **_WORDS, scale=2)
    assert isinstance(figure, Figure)
    assert seen[0][0][:2] == [0.333333, 2.0]  # six significant digits
    assert seen[0][1] == 2 and len(seen) == 2, "once a sheet"
    assert list(inspect.signature(draw).parameters) == ["frame", "title", "alt", "caption", "synthetic", "scale"]


def test_a_figure_of_synthetic_answers_says_so_when_its_caller_does_not():
    @as_figure
    def draw(frame):
        return _canvas()

    answers = marked(pd.DataFrame({"sexe": ["f", "h"], "mss": ["oui", "non"]}))
    counts = pd.crosstab(answers["sexe"], answers["mss"]).reset_index()
    assert draw(counts, **_WORDS).synthetic == "Réponses synthétiques"
    assert draw(pd.DataFrame(counts.to_numpy(), columns=["a", "b", "c"]), **_WORDS).synthetic == ""


_SCRIPT = """
import hashlib, sys
import pandas as pd
from relecture.report.figures import score_boxes
frame = pd.DataFrame({"label": ["Âge", "Sexe"], "mean": [63.9, 47.3], "sd": [10.5, 12], "n": [21, 60],
                      "low": [59, 44], "high": [68, 50]})
print(hashlib.sha256(score_boxes.summary_boxes(frame, title="t", alt="a").svg).hexdigest())
"""


def test_same_bytes_in_other_processes():
    places = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    ]
    digests = [
        subprocess.run([sys.executable, "-c", _SCRIPT], env=os.environ | place, capture_output=True, check=True).stdout
        for place in places
    ]
    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == hashlib.sha256().digest_size * 2


def test_a_page_says_once_what_is_synthetic_and_its_drawing_is_lower_by_that_line():
    real, synthetic = (render(_canvas(), **_WORDS, synthetic=label).svg for label in ("", "Réponses synthétiques"))
    assert "Réponses synthétiques</text>".encode() in synthetic
    parts = [ElementTree.fromstring(svg.inlined(one, "f", "alt")) for one in (real, synthetic)]
    assert "Réponses" not in "".join(parts[1].itertext())
    boxes = [[float(number) for number in part.get("viewBox").split()] for part in parts]
    assert boxes[0][2:] == pytest.approx(boxes[1][2:], abs=0.01) and boxes[1][1] == svg.BAND


def test_for_a_screen_a_figure_is_the_same_vectors_and_nothing_else():
    rows = pd.DataFrame({"label": ["oui", "non"], "count": [8, 12], "n": 20, "low": [0.2, 0.3], "high": [0.6, 0.8]})
    whole = estimates.bars(rows, title="Titre", alt="Oui.")
    with drawing.for_screen():
        light = estimates.bars(rows, title="Titre", alt="Oui.")
    assert light.svg == whole.svg and (light.png, light.narrow) == (b"", b"")
    assert estimates.bars(rows, title="Titre", alt="Oui.").png == whole.png
