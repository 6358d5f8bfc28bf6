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

from relecture.core import french
from relecture.core.study import ROOT
from relecture.disclosure import disclosure_control
from relecture.stats.estimates import odds

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


def test_a_stranger_does_find_what_is_hidden_carelessly(guefif, tmp_path):
    """All tick three of five choices: once these are told, three times n leaves none for the four others."""
    path = tmp_path / "answers.csv"
    disclosure.written("guefif", 81, "c0").to_csv(path)
    shown, names = guefif.of(path)
    someone = disclosure.stranger("guefif", names, shown, 81)
    for column, label in someone.questions["patientele"].levels.items():
        if ticks := int(names["public"][column].eq("1").sum()):
            someone.known["patientele", label, "Ensemble"] = ticks
    _, recovered = someone.recovered(np.random.default_rng(1))
    told = {key[1] for key, count in recovered if key[0] == "patientele" and key[2] == "Ensemble" and count == 0}
    assert len(told) == 4


@pytest.mark.parametrize("alone", [False, True])
def test_a_stranger_who_rebuilds_tables_behind_odds_ratios_finds_nobody_between_groups(
    guefif, tmp_path, monkeypatch, alone
):
    """Twelve odds ratios of 81 respondents print as 4 to 90 tables each: shown each for itself, they tell on few."""
    if alone:
        monkeypatch.setattr(disclosure_control.Control, "_tells_between", lambda *given: False)
    _, recovered = found(guefif, "guefif", 81, "c4", tmp_path)
    assert {key[2][1:] for key, _ in recovered} == (
        {(("groupe", "utilisateurs de Predice PRO"), ("securise", "1"))} if alone else set()
    )


@pytest.mark.parametrize("table", [(20, 23, 18, 20), (5, 9, 30, 37), (60, 40, 45, 55)])
def test_the_table_behind_an_odds_ratio_is_among_those_that_print_so(table):
    """Oracle: scipy and statsmodels, through `from_table`; every other table found has the same print."""
    row = odds.from_table(*table)
    printed = [french.number(value, 2) for value in (row.estimate, row.low, row.high)]
    found = stranger.odds_tables(*map(stranger.plain, printed), french.number(row.p_chosen, 3), sum(table) + 3)
    assert table in found and len(found) < 1_000
    others = [odds.from_table(*other) for other in found[:: len(found) // 5 + 1]]
    assert all([french.number(one, 2) for one in (each.estimate, each.low, each.high)] == printed for each in others)


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
        cells = link.xpath("ancestor::div[contains(@class, 'table')][1]//td")
        masked = sum(cell == "masqué" for row in rows[1:] for cell in row)
        assert masked or "score" in link.get("download")
        assert word.count(">masqué<") == sum(cell.text_content() == "masqué" for cell in cells) == masked
