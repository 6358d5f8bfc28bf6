"""A stranger finds no hidden count on pages made from crafted answers; the two that gave some back are among them.

`make bench` does the same on 270 files; here one crafted file a study, and those two kinds.
"""

import io
import re
import sys
from base64 import b64decode
from zipfile import ZipFile

import numpy as np
import pytest
from lxml import html

from relecture.core.study import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import disclosure
import stranger

sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def guefif():
    return disclosure.Pages("guefif")


@pytest.fixture(scope="module")
def page(guefif, tmp_path_factory):
    """A page where one row of the score has two small levels, and the rest is shown."""
    path = tmp_path_factory.mktemp("answers") / "answers.csv"
    disclosure.written("guefif", 81, "c2").to_csv(path)
    return guefif.of(path)


def found(pages, study, n, name, folder):
    path = folder / "answers.csv"
    disclosure.written(study, n, name).to_csv(path)
    shown, names = pages.of(path)
    return disclosure.stranger(study, names, shown, n).recovered(np.random.default_rng(1))


@pytest.mark.parametrize("name", ["c0", "c3"])
def test_a_stranger_finds_nothing_where_everybody_ticks_the_most_or_a_level_is_empty(guefif, name, tmp_path):
    hidden, recovered = found(guefif, "guefif", 81, name, tmp_path)
    assert hidden and recovered == []


@pytest.mark.parametrize(("study", "name"), [("ajoodha", "c7"), ("zerhoui", "c9")])
def test_a_stranger_finds_nothing_where_few_are_asked_or_answers_come_by_four(study, name, tmp_path):
    hidden, recovered = found(disclosure.Pages(study), study, 30, name, tmp_path)
    assert hidden and recovered == []


def test_a_stranger_does_find_what_is_hidden_carelessly(page):
    """Once all levels but two of one row are told, the mean of the score times n tells these two (one equation)."""
    shown, names = page
    hidden = [key for key in disclosure.stranger("guefif", names, shown, 81).hidden if key[0].startswith("ess.")]
    labels = {choice.id: choice.label for choice in names["form"]["ess"].offered}
    row = max({key[0] for key in hidden}, key=[key[0] for key in hidden].count)
    left = {(row, labels[code], "Ensemble") for code in ("accord_complet", "desaccord_complet")}
    someone = disclosure.stranger("guefif", names, shown, 81)
    for question, answer, group in {*hidden} - left:
        someone.known[question, answer, group] = int(names["public"][question].map(labels).eq(answer).sum())
    someone.hidden += left - {*hidden}
    for key in left:
        someone.known.pop(key, None)
    _, recovered = someone.recovered(np.random.default_rng(1))
    assert left <= {key for key, _ in recovered}


def test_no_drawing_tells_more_of_a_mean_than_the_table(page):
    """Coordinates are straight in the printed means, to the hundredth of a point: they come from them."""
    shown, _ = page
    printed = stranger.tables(f"<div>{shown}</div>")["score-par-canal"][1][2:5]
    means = [float(cell.split(" ")[0].replace(",", ".")) for cell in printed]
    (image,) = html.fromstring(f"<div>{shown}</div>").xpath("//img/@src[starts-with(., 'data:image/svg')]")
    drawing = b64decode(image.split(",", 1)[1]).decode()
    dotted = re.findall(r'<path d="M([\d.]+) [\d.]+L\1 [\d.]+"[^>]*stroke-dasharray', drawing)
    places = np.array(dotted[: len(means)], dtype=float)
    slope, start = np.polyfit(means, places, 1)
    assert np.abs(start + slope * np.array(means) - places).max() < 0.011


def test_word_and_page_hide_what_the_csv_hides(page):
    shown = html.fromstring(f"<div>{page[0]}</div>")
    tables = stranger.tables(f"<div>{page[0]}</div>")
    for link in shown.xpath("//a[contains(@download, '.docx')]"):
        rows = tables[link.get("download").removesuffix(".docx")]
        word = ZipFile(io.BytesIO(b64decode(link.get("href").split(",", 1)[1]))).read("word/document.xml").decode()
        body = link.xpath("ancestor::div[contains(@class, 'table')][1]")[0].text_content()
        masked = sum(cell == "masqué" for row in rows[1:] for cell in row)
        assert masked and word.count(">masqué<") == body.count("masqué") - body.count("n masqué") == masked
