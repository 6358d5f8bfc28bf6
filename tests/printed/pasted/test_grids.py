"""Tables of CSV, Excel, Word and HTML files as grids; every table here is invented."""

import io

import pytest

from relecture.core.errors import InputError
from relecture.printed.pasted import grids

ROWS = (("", "n = 21", "p"), ("Genre, n (%)", "", "0,34"), ("  Femmes", "13 (61,9)", ""))


def read(tmp_path, name, raw):
    path = tmp_path / name
    path.write_bytes(raw)
    return grids.read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(("name", "sign"), [("t.csv", ";"), ("t.csv", "|"), ("t.tsv", "\t"), ("t.txt", "\t")])
def test_text_is_cut_whatever_its_mark_and_its_encoding(tmp_path, name, sign, encoding):
    text = "\r\n".join(sign.join(row) for row in ROWS) + "\r\n\r\n"
    (grid,) = read(tmp_path, name, text.encode(encoding))
    assert (grid.rows, grid.lines) == (ROWS, (1, 2, 3))


def test_decimal_commas_do_not_cut_cells(tmp_path):
    (grid,) = read(tmp_path, "t.csv", b"x;n = 21\nHomme;8 (38,1)\nFemme;13 (61,9)\n")
    assert grid.rows[1] == ("Homme", "8 (38,1)")


@pytest.mark.parametrize(
    ("raw", "row"),
    [
        ("V;OR;p\nx;2,02 [1,08 ; 3,80];0,028\n", ("x", "2,02 [1,08 ; 3,80]", "0,028")),
        ("V,All,p\nAge,47 (38, 57),0.72\n", ("Age", "47 (38, 57)", "0.72")),
        ("V;[0,1[;[1,2[\nx;8;9\n", ("x", "8", "9")),
    ],
)
def test_an_interval_that_its_delimiter_cuts_is_one_cell(tmp_path, raw, row):
    (grid,) = read(tmp_path, "t.csv", raw.encode())
    assert grid.rows[1] == row and len(grid.rows[0]) == 3


def test_empty_rows_and_columns_are_left_out_and_lines_kept(tmp_path):
    (grid,) = read(tmp_path, "t.csv", b"sep=,\na,,b\n,,\nc,,1\n")
    assert (grid.rows, grid.lines) == ((("a", "b"), ("c", "1")), (1, 3))


def excel():
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    sheet = book.active
    sheet.append(["Variable", "Oui (n = 21)", None])
    sheet.append([None, "n", "%"])
    sheet.append(["Femmes", 13, 61.9])
    sheet.merge_cells("B1:C1")
    sheet["A3"].alignment, sheet["C3"].number_format = Alignment(indent=1), "0.00"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def word():
    from docx import Document
    from docx.shared import Pt

    document = Document()
    table = document.add_table(rows=3, cols=3)
    texts = [["Variable", "Oui (n = 21)", ""], ["", "n", "%"], ["Femmes", "13", "61.90"]]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run(text)
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).paragraphs[0].paragraph_format.left_indent = Pt(9)
    table.cell(2, 2).paragraphs[0].add_run("a").font.superscript = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


HTML = """<p>x</p><table><tr><th rowspan="2">Variable</th><th colspan="2">Oui (n&nbsp;= 21)</th></tr>
<tr><th>n</th><th>%</th></tr><tr><td>&nbsp;&nbsp;Femmes</td><td>13</td><td>61.90<sup>a</sup></td></tr></table>"""


@pytest.mark.parametrize(("name", "raw"), [("t.xlsx", excel), ("t.docx", word), ("t.html", lambda: HTML.encode())])
def test_a_cell_merged_across_stands_in_each_column(tmp_path, name, raw):
    (grid,) = read(tmp_path, name, raw())
    head, below, row = grid.rows
    assert (head, below) == (("Variable", "Oui (n = 21)", "Oui (n = 21)"), ("", "n", "%"))
    assert (row[0].startswith("  "), row[0].strip(), row[1:]) == (True, "Femmes", ("13", "61.90"))


def test_every_table_of_a_file_is_read(tmp_path):
    found = read(tmp_path, "t.html", (HTML + HTML).encode())
    assert [grid.name for grid in found] == ["t.html, tableau 1", "t.html, tableau 2"]


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("t.pdf", b"%PDF", "un tableau se lit en .csv"),
        ("t.csv", b"", "aucun tableau d'au moins deux lignes"),
        ("t.csv", b"%PDF-1.7", "c'est un PDF"),
        ("t.csv", b"un\ndeux\n", "aucun tableau d'au moins deux lignes et deux colonnes"),
        ("t.csv", b"a,b\n" * 20_000, "trop grand pour un tableau de résultats"),
        ("t.csv", b'a,b\n1,"' + b"x" * 140_000, "ligne 2 : écriture CSV incorrecte"),
        ("t.xlsx", b"PK\x03\x04", "ce n'est pas un fichier .xlsx"),
        ("t.docx", excel(), "ce n'est pas un fichier .docx"),
        ("t.html", b"", "ne peut pas être lu"),
    ],
)
def test_what_is_no_table_is_refused_in_french(tmp_path, name, raw, told):
    with pytest.raises(InputError, match="t") as refused:
        read(tmp_path, name, raw)
    assert told in str(refused.value)


def test_an_absent_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"absent\.csv : .*fichier absent"):
        grids.read(tmp_path / "absent.csv")
