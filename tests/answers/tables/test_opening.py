"""A file is known by its first bytes, from its path or its bytes, in an archive or not; bombs are refused."""

import json
import random

import pytest

from relecture.answers.tables import opening
from relecture.answers.tables.table import UnreadableFile

CSV = b"a,b\n1,2\n"


def refusal(source, **ways):
    with pytest.raises(UnreadableFile) as refused:
        opening.read_table(source, **ways)
    return [str(fault) for fault in refused.value.faults]


def test_a_path_and_its_bytes_give_the_same_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    for source in (path, str(path), path.read_bytes(), [path], (CSV,)):
        table, faults = opening.read_table(source)
        assert (table.headers, table.kind, faults) == (("a", "b"), "csv", [])


@pytest.mark.parametrize(("name", "fault"), [
    ("rien.csv", "« rien.csv » : fichier absent"), ("", "ne peut pas être lu comme un fichier"),
])  # fmt: skip
def test_a_path_that_is_no_file_is_refused(tmp_path, name, fault):
    with pytest.raises(UnreadableFile, match=fault) as refused:
        opening.read_table(tmp_path / name)
    assert str(tmp_path.parent) not in str(refused.value)


def test_the_kind_is_told_by_the_bytes_whatever_the_name(tmp_path, xlsx, zipped):
    book = xlsx({"F": [["a", "b"], [1, 2]]})
    for raw, kind in ((book, "xlsx"), (b'[{"a": 1, "b": 2}]', "json"), (zipped({"x/y.csv": CSV}), "csv")):
        path = tmp_path / "réponses.txt"
        path.write_bytes(raw)
        assert (opening.read_table(path)[0].kind, opening.read_table(path)[0].headers) == (kind, ("a", "b"))


def test_an_archive_is_read_as_its_files_without_those_of_no_question(rows, zipped, xlsx):
    files = {"f.csv": CSV, "f-media.csv": b"name\nx.png\n", "media/x.png": b"\x89PNG", "__MACOSX/f.csv": b"\0"}
    table, _ = opening.read_table(zipped(files), known=lambda cells: cells.count("a"))
    assert rows(table) == [("a", "b"), ("1", "2")]
    assert table.notes == ("fichiers laissés de côté, sans question : f-media.csv",)
    assert opening.read_table(zipped({"f.xlsx": xlsx({"F": [["a"], [1]]})}))[0].kind == "xlsx"


def test_a_fault_of_one_file_among_several_names_it(zipped):
    assert refusal(zipped({"x.csv": CSV, "y.csv": b"a\n\0\n"})) == [
        "ligne 2 : caractère nul : ce n'est pas un fichier CSV (y.csv)"
    ]


@pytest.mark.parametrize(("files", "fault"), [
    ({"a.png": b"x"}, "fichier : l'archive ne contient aucun fichier de réponses"),
    ({"word/document.xml": b"<w/>"}, "fichier : c'est un document Word ; un tableau de réponses est attendu"),
])  # fmt: skip
def test_an_archive_without_answers_is_refused(zipped, files, fault):
    assert refusal(zipped(files))[0].startswith(fault)


def test_an_archive_in_an_archive_is_refused(zipped):
    assert refusal(zipped({"a.csv": zipped({"b.csv": CSV})})) == [
        "fichier : ce classeur est abîmé ou protégé par un mot de passe"
    ]


def test_a_bomb_is_refused_before_it_is_read(monkeypatch, zipped, xlsx):
    monkeypatch.setattr(opening, "EXPANDED", 3 * opening.MEGABYTE)
    bomb = {"x.csv": b"0" * 4 * opening.MEGABYTE}
    assert refusal(zipped(bomb)) == ["fichier : dépasse 3 Mo une fois décompressé"]
    assert refusal(zipped({"y.xlsx": zipped(bomb)})) == ["fichier : dépasse 3 Mo une fois décompressé"]
    monkeypatch.setattr(opening, "LARGEST", 4)
    assert refusal(CSV) == ["fichier : dépasse 0 Mo"]


@pytest.mark.parametrize("cut", [30, -30])
def test_a_damaged_archive_is_refused(zipped, cut):
    assert refusal(zipped({"a.csv": CSV * 100})[:cut]) == ["fichier : archive ou classeur abîmé, ou incomplet"]


@pytest.mark.parametrize("kind", ["xlsx", "json", "zip", "csv"])
def test_a_spoiled_file_is_read_or_refused_in_words(kind, xlsx, zipped, rewritten):
    """In archives it is one of their files that is spoiled, at times."""
    lines, rng = [["âge", "ville"], *([rank, "Sète"] for rank in range(30))], random.Random(18)
    text = "\n".join(f"{age},{town}" for age, town in lines).encode()
    result = json.dumps([dict(zip(lines[0], line, strict=True)) for line in lines[1:]], ensure_ascii=False).encode()
    raw = {"xlsx": xlsx({"F": lines}), "json": result, "zip": zipped({"a.csv": text}), "csv": text}[kind]
    inside = {"xlsx": "xl/worksheets/sheet1.xml", "zip": "a.csv"}.get(kind)
    for _ in range(100):
        change = lambda content: _spoiled(content, rng)  # noqa: E731
        spoiled = rewritten(raw, inside, change) if inside and rng.random() < 0.7 else change(raw)
        try:
            table, _ = opening.read_table(spoiled)
            assert len(table.headers) == len(table.columns)
        except UnreadableFile as refused:
            assert all(str(fault).isprintable() for fault in refused.faults)


def _spoiled(content, rng):
    place, end = rng.randrange(len(content)), rng.randrange(1, 9)
    middle = rng.choice([rng.randbytes(1), rng.randbytes(end), b"9999999", b'"', b"<", b"{", b"A1048576"])
    return content[:place] + middle + content[place + rng.choice([1, 1, end]) :]


def test_a_sheet_is_that_of_a_workbook():
    assert refusal(CSV, sheet="2") == ["fichier : « 2 » désigne une feuille, mais ce fichier n'est pas un classeur"]
