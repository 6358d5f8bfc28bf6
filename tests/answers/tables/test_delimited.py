"""Bytes become a table, its encoding and its delimiter known, or a refusal that says where."""

import csv

import pytest

from relecture.answers.tables import delimited
from relecture.answers.tables.table import UnreadableFile


def rows(table):
    texts = [[column.texts[rank] for rank in column.ranks] for column in table.columns]
    return [table.headers, *zip(*texts, strict=True)]


def refusal(raw):
    with pytest.raises(UnreadableFile) as refused:
        delimited.read_table(raw)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),  # without its mark
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
def test_encodings_and_delimiters(delimiter, codec, name):
    text = f"âge{delimiter}ville\n41{delimiter}Sète\n"
    table, faults = delimited.read_table(text.encode(codec))
    assert rows(table) == [("âge", "ville"), ("41", "Sète")]
    assert (table.encoding, table.delimiter, faults) == (name, delimiter, [])


def test_utf_16_without_a_mark_may_hold_what_latin_1_has_not():
    table, _ = delimited.read_table("cœur,œuvre\n’,…\n".encode("utf-16-le"))
    assert (rows(table), table.encoding) == ([("cœur", "œuvre"), ("’", "…")], "UTF-16")


@pytest.mark.parametrize(
    ("text", "found", "lines"),
    [
        ("a,b\r\n1,2\r\n", [("1", "2")], [2]),
        ("a,b\r1,2\n3,4\r\n", [("1", "2"), ("3", "4")], [2, 3]),  # mixed ends of line
        ('a,b\n"1\n\n1",2\n3,4\n', [("1\n\n1", "2"), ("3", "4")], [2, 5]),  # a cell of three lines
        ('a,b\n"x""y",5" écran\n', [('x"y', '5" écran')], [2]),
        ("a,b\n\n1,2\n\n", [("1", "2")], [3]),
        ('"a;x","b"\n1,2\n', [("1", "2")], [2]),  # a header that holds another delimiter
        ("a,b\n1,2", [("1", "2")], [2]),
    ],
)
def test_records_and_the_line_where_each_begins(text, found, lines):
    table, faults = delimited.read_table(text.encode())
    assert rows(table)[1:] == found
    assert (list(table.lines), faults) == (lines, [])


def test_ragged_lines_are_told_and_empty_ones_listed():
    table, faults = delimited.read_table(b"a,b\n1,2\n3\n4,5,6\n , \n7,8\n")
    assert [str(fault) for fault in faults] == ["ligne 3 : 1 cellule au lieu de 2", "ligne 4 : 3 cellules au lieu de 2"]
    assert (rows(table)[1:], table.empty) == ([("1", "2"), ("7", "8")], (5,))


def test_what_precedes_a_broken_quote_is_kept_for_its_faults():
    table, faults = delimited.read_table(b'a,b\n1,2\n"3"x,4\n5,6\n')
    assert [str(fault) for fault in faults] == ["ligne 3 : écriture CSV incorrecte (guillemet mal fermé ?)"]
    assert rows(table)[1:] == [("1", "2")]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "fichier : vide : une ligne de titres puis une ligne par réponse sont attendues"),
        (b"\xef\xbb\xbf", "fichier : vide : une ligne de titres puis une ligne par réponse sont attendues"),
        (b",,,\n\n", "fichier : vide : une ligne de titres puis une ligne par réponse sont attendues"),
        (b"%PDF-1.7 ...", "fichier : c'est un PDF ; un tableau de réponses est attendu"),
        (
            b"\xd0\xcf\x11\xe0...",
            "fichier : c'est un ancien classeur Excel, ou protégé par un mot de passe ; l'enregistrer en .xlsx",
        ),
        (b"a,b\n1,\x002\n", "ligne 2 : caractère nul : ce n'est pas un fichier CSV"),
        ("a,b\nété,".encode() + b"\xe9\n", "ligne 2 : ni UTF-8, ni UTF-16, ni Windows-1252 : l'enregistrer en UTF-8"),
        (b"a,b\n1,\x81\n", "ligne 2 : ni UTF-8, ni UTF-16, ni Windows-1252 : l'enregistrer en UTF-8"),
        ("a".encode("utf-16") + b"\0", "fichier : ni UTF-8, ni UTF-16, ni Windows-1252 : l'enregistrer en UTF-8"),
        (b'"a,b\n', "ligne 1 : écriture CSV incorrecte (guillemet mal fermé ?)"),
    ],
)
def test_what_is_no_table_is_refused(raw, fault):
    assert refusal(raw) == [fault]


def test_a_cell_without_end_is_refused_before_it_fills_the_memory():
    before = csv.field_size_limit(10**9)  # as frictionless and scipy.io.arff do when they are imported
    _, faults = delimited.read_table(b'a,b\n1,"' + b"x\n" * 100_000 + b'"\n')
    assert csv.field_size_limit(before) == 10**9
    (fault,) = faults
    assert str(fault) == "ligne 2 : une cellule de plus de 131072 signes (guillemet mal fermé ?)"


def test_a_circumflex_separates_as_redcap_may():
    table, faults = delimited.read_table("âge^ville\n41^Pau\n".encode())
    assert (table.headers, table.delimiter, faults) == (("âge", "ville"), "^", [])
