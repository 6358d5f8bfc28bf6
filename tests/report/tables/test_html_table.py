"""Oracle: WCAG techniques H39, H43 and H63 for table markup, OWASP for CSV cells, the design's Look section."""

import csv
import io
from base64 import b64decode
from fractions import Fraction

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from relecture.answers.synthetic_label import marked
from relecture.report.tables.html_table import table

FINDINGS = pd.DataFrame(
    [
        ("Tableau I", "age.moyenne", "41,09", 41.1, "conditional"),
        ("Tableau II", "genre.hommes", "56,8", 56.8, "reproduced"),
        ("Tableau I", "total", "240", None, "inconsistent"),  # comes back to the first section
    ],
    columns=["section", "relation", "printed", "expected", "verdict"],
)
FRENCH = {"relation": "Relation", "printed": "Imprimé", "expected": "Attendu", "verdict": "Verdict"}


def soup(made):
    return BeautifulSoup(made._repr_html_(), "html.parser")


def downloaded(page) -> str:
    return b64decode(page.select_one("a[download]")["href"].split("base64,")[1]).decode("utf-8")


@pytest.fixture
def findings():
    return soup(table(FINDINGS, "Constats", columns=FRENCH, group="section", note="Rien d'autre."))


def test_caption_headers_and_scopes(findings):
    assert findings.caption.get_text() == "Constats"
    assert [th.get_text() for th in findings.select("thead th[scope=col]")] == list(FRENCH.values())
    assert [th.get_text() for th in findings.select("th[scope=row]")] == ["age.moyenne", "total", "genre.hommes"]
    assert not findings.select("th:not([scope])")


def test_groups_are_headed_once_in_order_of_appearance(findings):
    heads = findings.select("tbody > tr > th[scope=rowgroup]")
    assert [(th.get_text(), th["colspan"]) for th in heads] == [("Tableau I", "4"), ("Tableau II", "4")]


def test_verdicts_are_a_mark_and_a_word(findings):
    cell = findings.select_one("td.verdict-inconsistent")
    assert cell.get_text().replace("\u00a0", " ") == "✗ incohérent"
    assert cell.select_one(".mark")["aria-hidden"] == "true"


def test_numbers_align_on_the_comma(findings):
    cells = {row.th.get_text(): row.select("td")[0] for row in findings.select("tr:has(td)")}
    assert [cells[name].get_text() for name in ("age.moyenne", "genre.hommes", "total")] == ["41,09", "56,8", "240"]
    assert cells["age.moyenne"]["class"] == ["number"]
    assert cells["genre.hommes"]["class"] == ["number", "lacks-1"]
    assert cells["total"]["class"] == ["number", "whole", "lacks-2"]  # no comma either


def test_missing_values_are_a_dash_and_notes_are_typeset(findings):
    assert findings.select("tr:has(.verdict-inconsistent) td")[1].get_text() == "–"
    assert findings.select_one(".note").get_text() == "Rien d’autre."


def test_wide_tables_scroll_inside_a_named_region(findings):
    region = findings.select_one("div.table-scroll")
    assert (region["tabindex"], region["role"], region["aria-label"]) == ("0", "region", "Constats")


def test_decimals_are_those_asked_for():
    made = soup(table(pd.DataFrame({"a": ["x", "y"], "b": [0.125, 1234.0]}), "T", decimals={"b": 2}))
    assert [td.get_text() for td in made.select("td")] == ["0,13", "1\u202f234,00"]


def test_index_is_not_shown_and_every_column_is_by_default():
    made = soup(table(pd.DataFrame({"a": [1], "b": ["oui"]}, index=["caché"]), "T"))
    assert [th.get_text() for th in made.select("thead th")] == ["a", "b"]
    assert "caché" not in made.get_text()


def test_unknown_column_is_refused():
    with pytest.raises(KeyError):
        table(FINDINGS, "T", columns={"absente": "Absente"})


@pytest.mark.parametrize("hostile", ["<script>x()</script>", '<img src=x onerror="x()">', '"><b>', "a\u202eb"])
def test_cells_are_never_markup(hostile):
    made = table(
        pd.DataFrame({"a": [hostile], "b": [hostile]}), hostile, note=hostile, columns={"a": hostile, "b": "b"}
    )
    page = soup(made)
    assert not page.select("script, img, b")
    assert page.td.get_text() == hostile.replace("\u202e", "")
    assert "\u202e" not in made.html


def test_synthetic_tables_say_so_in_caption_border_and_file_name():
    made = table(pd.DataFrame({"a": [1]}), "Âge", synthetic="Réponses synthétiques", name="age")
    page = soup(made)
    assert page.caption.get_text().startswith("Réponses synthétiques")
    assert "synthetic" in page.div["class"]
    assert page.select_one("a[download]")["download"] == made.file_name == "age-synthetique.csv"


def test_a_table_of_synthetic_answers_says_so_when_its_caller_does_not():
    made = table(marked(pd.DataFrame({"a": [1]})), "Âge")
    assert made.caption.startswith("Réponses synthétiques") and made.file_name == "age-synthetique.csv"


def test_folded_table_waits_under_its_invitation():
    page = soup(table(FINDINGS, "T", folded="Voir les 3 lignes"))
    assert page.details.summary.get_text() == "Voir les 3 lignes"
    assert not page.details.has_attr("open")
    assert page.details.table and page.details.select_one("a[download]")


def test_csv_is_the_one_of_french_spreadsheets(findings):
    text = downloaded(findings)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["section", *FRENCH.values()]
    assert rows[1] == ["Tableau I", "age.moyenne", "41,09", "41,1", "cohérent si…"]
    assert rows[3] == ["Tableau I", "total", "240", "", "incohérent"]


@pytest.mark.parametrize(
    ("cell", "exported"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|x", "'+cmd|x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("- rien", "'- rien"),
        ("\tx", "'\tx"),
        ("\r=x", "'\r=x"),
        (" =x", "' =x"),
        ("\u200b=x", "'\u200b=x"),
        ("\u202e=x", "'=x"),  # what turns the reading order round is not exported
        ("\x00=x", "'=x"),
        ("-1,14", "-1,14"),  # a number stays a number
        ("a;b", "a;b"),
    ],
)
def test_csv_cells_do_not_run(cell, exported):
    made = table(pd.DataFrame({"a": ["texte", "texte"], "b": [cell, "texte"]}), "T")
    rows = list(csv.reader(io.StringIO(made.csv, newline=""), delimiter=";"))
    assert rows[1][1] == exported


def test_negative_and_large_numbers_stay_numbers_in_csv():
    made = table(pd.DataFrame({"a": ["x"], "b": [-1234.5]}), "T")
    assert made.csv.splitlines()[1] == "x;-1234,5"


def test_repr_is_short():
    assert repr(table(FINDINGS, "Constats")).replace("\u00a0", " ") == "<Table « Constats », 3 lignes>"


def test_any_kind_of_value_can_be_shown():
    values = [pd.NA, None, "", float("nan"), True, [1, 2], pd.Timestamp("2023-02-02"), Fraction(1, 2), "oui"]
    made = soup(table(pd.DataFrame({"a": "x", "b": pd.Series(values, dtype=object)}), "T"))
    shown = ["–", "–", "", "–", "oui", "[1, 2]", "2023-02-02 00:00:00", "0,5", "oui"]
    assert [td.get_text() for td in made.select("td")] == shown


def test_a_frame_without_rows_is_a_header():
    made = table(pd.DataFrame({"a": []}), "T")
    assert soup(made).th.get_text() == "a" and made.csv == "a\r\n"


def test_a_text_that_would_fill_a_page_is_cut_in_the_page_and_in_the_file():
    made = table(pd.DataFrame({"a": ["x" * 1_000_000], "b" * 1_000_000: ["oui"]}), "T")
    assert "texte coupé\u00a0: 1\u202f000\u202f000\u00a0caractères" in soup(made).select_one("tbody th").get_text()
    assert len(made.csv) < 4_100 and len(made.html) < 15_000
    assert len(table(pd.DataFrame({"a": [1]}), "c" * 500).file_name) == len(".csv") + 80


@pytest.mark.parametrize(("columns", "long", "wide"), [(3, 1, False), (4, 1, False), (4, 2, True), (5, 0, True)])
def test_tables_of_many_columns_or_of_sentences_use_the_margin(columns, long, wide):
    cells = ["phrase " * 9 if 0 < rank <= long else "mot" for rank in range(columns)]
    made = table(pd.DataFrame([cells], columns=[f"c{rank}" for rank in range(columns)]), "Tableau")
    assert ("wide" in soup(made).select_one(".table")["class"]) == wide


@pytest.mark.parametrize(("notes", "heads"), [(["", None], ["a"]), (["", "peu sûr"], ["a", "Remarque"])])
def test_remarks_that_are_all_empty_have_no_column(notes, heads):
    page = soup(table(pd.DataFrame({"a": [1, 2], "note": notes}), "Fautes", columns={"a": "a", "note": "Remarque"}))
    assert [head.get_text() for head in page.select("thead th")] == heads
