"""A Word file that Word opens: read again with python-docx, its parts held to the order the format asks for."""

import base64
import io
import re
import zipfile
from datetime import datetime

import docx
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from relecture.report.html import sanitized
from relecture.report.tables.html_table import table

FRAME = pd.DataFrame({
    "question": ["Genre", "Genre", "Âge"], "label": ["femme", "homme", "médiane"],
    "n": [12, 9, None], "p": ["0,013", "", "masqué"],
})  # fmt: skip
COLUMNS = {"label": "Réponse", "n": "Effectif", "p": "p"}


def made(frame=FRAME, caption="L'échantillon : 21 réponses", columns=COLUMNS, **choices):
    return table(frame, caption, columns=columns, word=True, **({"group": "question"} | choices)).docx


@pytest.fixture(scope="module")
def opened():
    return docx.Document(io.BytesIO(made(note="Rien d'autre.", synthetic="Réponses synthétiques")))


def grid(opened):
    return [[cell.text for cell in row.cells] for row in opened.tables[0].rows]


def test_the_caption_is_above_typeset_and_says_what_is_synthetic(opened):
    assert opened.paragraphs[0].text == "Réponses synthétiques\u00a0: L’échantillon\u00a0: 21 réponses"
    assert opened.paragraphs[0].style.name == "Caption"
    assert opened.paragraphs[-1].text == "Rien d’autre."
    assert opened.paragraphs[-1].style.name == "Normal"  # captions are bold, notes are not


def test_rows_stand_under_the_heading_of_their_group(opened):
    assert grid(opened) == [
        ["Réponse", "Effectif", "p"],
        ["Genre"] * 3,  # merged: the same cell three times
        ["femme", "12", "0,013"],
        ["homme", "9", ""],
        ["Âge"] * 3,
        ["médiane", "–", "masqué"],
    ]


def test_the_head_comes_again_on_each_page_and_rows_are_not_cut(opened):
    rows = opened.tables[0].rows
    assert [bool(row._tr.findall(".//" + qn("w:tblHeader"))) for row in rows] == [True] + [False] * 5
    assert all(row._tr.findall(".//" + qn("w:cantSplit")) for row in rows)


def test_no_vertical_line_and_the_format_s_order_of_properties(opened):
    properties = opened.tables[0]._tbl.tblPr
    names = [child.tag.rpartition("}")[2] for child in properties]
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]  # ECMA-376, CT_TblPr
    assert names == sorted(names, key=order.index)
    assert [side.tag.rpartition("}")[2] for side in properties.find(qn("w:tblBorders"))] == ["top", "bottom", "insideH"]


def test_numbers_are_on_the_right_under_their_header(opened):
    for row in (opened.tables[0].rows[0], opened.tables[0].rows[2]):
        assert [cell.paragraphs[0].alignment for cell in row.cells] == [None, 2, 2]


def test_the_table_fills_the_page_and_columns_follow_their_words(opened):
    sizes = opened.tables[0]._tbl.iter(qn("w:tblW"), qn("w:tcW"))
    told = {(size.tag, size.get(qn("w:type")), size.get(qn("w:w"))) for size in sizes}
    assert told == {(qn("w:tblW"), "pct", "5000"), (qn("w:tcW"), "auto", "0")}  # fiftieths of a percent


@pytest.mark.parametrize(("columns", "turned"), [(3, WD_ORIENT.PORTRAIT), (6, WD_ORIENT.LANDSCAPE)])
def test_a4_turned_when_the_table_is_wide(columns, turned):
    wide = pd.DataFrame([range(columns)], columns=[f"c{rank}" for rank in range(columns)])
    section = docx.Document(io.BytesIO(made(wide, columns={name: name for name in wide}, group=""))).sections[0]
    sides = round(section.page_width.mm), round(section.page_height.mm)
    assert section.orientation == turned and sorted(sides) == [210, 297] and (sides[0] > 210) == (columns == 6)


def test_same_table_same_bytes_without_clock_or_machine():
    content = made()
    assert content == made()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"
    about = docx.Document(io.BytesIO(content)).core_properties
    assert (about.created, about.modified) == (about.created, datetime(2000, 1, 1, tzinfo=about.modified.tzinfo))
    assert (about.author, about.language, about.title) == ("Relecture", "fr-FR", "L’échantillon\u00a0: 21 réponses")


@pytest.mark.parametrize("hostile", ["<w:p>", "a\x00b\x1f", "\ud800", "=1+1", '"&<'])
def test_cells_are_text(hostile):
    frame = FRAME.assign(label=hostile, question=hostile)
    rows = grid(docx.Document(io.BytesIO(made(frame, hostile or "x", note=hostile))))
    assert rows[2][0].replace("\x00", "") == hostile.translate({0: None, 31: None, 0xD800: None})


def test_a_link_below_the_table_downloads_it():
    shown = table(FRAME, "Tableau", columns=COLUMNS, group="question", word=True, synthetic="Réponses synthétiques")
    page = BeautifulSoup(sanitized(shown.html), "html.parser")  # what a built page keeps
    names = {link["download"]: link["href"] for link in page.select("p.download a[download]")}
    assert list(names) == ["tableau-synthetique.csv", "tableau-synthetique.docx"]
    assert base64.b64decode(names["tableau-synthetique.docx"].partition(",")[2]) == shown.docx


def test_without_being_asked_for_there_is_no_word_file():
    shown = table(FRAME, "Tableau")
    assert shown.docx == b"" and "docx" not in shown.html


def test_the_document_holds_what_the_page_shows():
    apart = pd.concat([FRAME, FRAME.iloc[:1].assign(label="autre")])  # back to the first question
    shown = table(apart, "Tableau", columns=COLUMNS, group="question", word=True)
    page = BeautifulSoup(shown.html, "html.parser")
    cells = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tr")]
    merged = [list(dict.fromkeys(row)) for row in grid(docx.Document(io.BytesIO(shown.docx)))]
    assert merged == [list(dict.fromkeys(row)) for row in cells]


def test_a_document_is_light_and_keeps_only_the_styles_of_a_table():
    content = made()
    assert len(content) < 10_000  # python-docx's own template weighs 37,000
    styles = {style.name for style in docx.Document(io.BytesIO(content)).styles}
    assert styles == {"Normal", "Caption", "Default Paragraph Font", "Normal Table", "No List"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        listed = parts.read("[Content_Types].xml").decode() + parts.read("word/_rels/document.xml.rels").decode()
        assert not {"numbering", "Effects", "thumbnail", "customXml"} & set(re.findall(r"[A-Za-z]+", listed))


def test_an_unknown_column_is_refused():
    with pytest.raises(KeyError):
        made(columns={"absente": "Absente"})
