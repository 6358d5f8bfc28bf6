"""A file is written whole or not at all, an Office document is the same bytes every time, no cell runs."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core import files
from relecture.core.errors import InputError
from relecture.core.files import guarded, unguarded


def test_a_file_is_written_as_utf_8_and_nothing_stays_beside_it(tmp_path):
    files.write(tmp_path / "q.txt", "é\r\n")
    files.write(tmp_path / "q.txt", "ë\r\n")
    assert (tmp_path / "q.txt").read_bytes() == "ë\r\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["q.txt"]


def test_what_cannot_be_written_is_refused_in_one_line_and_leaves_nothing(tmp_path):
    (tmp_path / "q").mkdir()
    with pytest.raises(InputError, match=r"écriture impossible \(un dossier porte déjà ce nom\)"):
        files.write(tmp_path / "q", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["q"]


def test_files_that_go_together_are_all_there_or_none_is(tmp_path):
    (tmp_path / "b").mkdir()
    with pytest.raises(InputError, match=r"/b.*\(un dossier porte déjà ce nom\)"):
        files.write_together({tmp_path / "a": "x", tmp_path / "b": "y"})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    files.write_together({tmp_path / "a": "x", tmp_path / "c": b"y"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_a_folder_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    files.write_folder(tmp_path / "q", {"a.txt": "é", "b.txt": ""})
    assert (tmp_path / "q" / "a.txt").read_bytes() == "é".encode()
    with pytest.raises(InputError, match=r"/q.*\(un dossier porte déjà ce nom\)"):
        files.write_folder(tmp_path / "q", {"c.txt": ""})
    monkeypatch.setattr(files.os, "replace", lambda *paths: (_ for _ in ()).throw(OSError(28, "")))
    with pytest.raises(InputError, match="disque plein"):
        files.write_folder(tmp_path / "r", {"a.txt": ""})
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.txt", "b.txt", "q"]


def test_the_line_of_a_place_is_where_its_key_or_its_rank_is_written(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("# début\na:\n  - x\n  - {b: y,\n     3: z}\n'c': >-\n  texte\n", encoding="utf-8")
    places = [(), ("a",), ("a", 0), ("a", 1, "b"), ("a", 1, 3), ("c",), ("a", 1, "absent", "x"), ("a", 9)]
    assert files.lines(path, places) == [2, 2, 3, 4, 5, 6, 4, 2]
    path.write_text("", encoding="utf-8")
    assert files.lines(path, [(), ("a",)]) == [1, 1]


def office(*parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as document:
        for name, text, year in parts:
            document.writestr(zipfile.ZipInfo(name, (year, 5, 1, 12, 0, 0)), text)
    return file.getvalue()


CONTENTS, WORDS = "[Content_Types].xml", "word/document.xml"
PROPERTIES = "<title>2024-05-01T12:00:00Z, un titre</title><created>{}</created>"


def test_neither_the_hour_nor_the_order_of_writing_is_in_an_office_document():
    properties = [PROPERTIES.format(date) for date in ("2024-05-01T12:00:00Z", "2025-01-02T03:04:05Z")]
    one = office((WORDS, "mots", 2024), ("docProps/core.xml", properties[0], 2024), (CONTENTS, "<x/>", 2024))
    other = office((CONTENTS, "<x/>", 2025), ("docProps/core.xml", properties[1], 2025), (WORDS, "mots", 2025))
    assert files.steady_zip(one) == files.steady_zip(other)
    with zipfile.ZipFile(io.BytesIO(files.steady_zip(one))) as document:
        assert document.namelist() == [CONTENTS, "docProps/core.xml", WORDS]
        assert document.read("docProps/core.xml").decode() == PROPERTIES.format("2000-01-01T00:00:00Z")


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 5_000, "- " * 20_000, "[" * 300 + "]" * 300])
def test_a_file_that_nests_without_end_is_refused_before_it_ends_the_process(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"^a\.yaml, ligne 1 : beaucoup trop de niveaux$"):
        files.read_yaml(path)


def test_what_a_merge_brings_is_no_key_written_twice(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("base: &z {x: 1}\na: {k: &b {<<: *z, x: 2}}\nc: {<<: *b}\n", encoding="utf-8")
    assert files.read_yaml(path) == {"base": {"x": 1}, "a": {"k": {"x": 2}}, "c": {"x": 2}}


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+33 1",
        "-5 ; ou pas",
        "@SUM(A1)",
        " =1",
        "\u200b=1",
        "\xad\u2060+1",
        "＝1",
        "\t=1",
        "\rx",
        "'=1",
        "''\n",
    ],
)
def test_what_a_spreadsheet_may_run_is_led_by_an_apostrophe(cell):
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "Pau", "'Pau", "l'été", "1-2", "a=b", "  blancs"])
def test_what_it_would_not_run_is_left_alone(cell):
    assert guarded(cell) == unguarded(cell) == cell


@given(st.text("'=+-@＝ \t\n\u200ba1", max_size=6))
def test_what_is_guarded_comes_back(cell):
    assert unguarded(guarded(cell)) == cell
