"""A study's folder: read whole, or refused with the file, the line and the reason, never a traceback."""

import re
from pathlib import Path

import pytest

from relecture.core.errors import InputError
from relecture.core.study import PrintedValue, load_study, studies

HEADER = "address,value,kind,place,note\n"
GOOD = {
    "study.yaml": "title: Jouet\n",
    "printed.csv": HEADER + 'a,"63,9",mean,"résultats, l. 3",\n',
    "relations.yaml": "- {id: r, kind: same, values: [a, a]}\n",
}


def write(folder: Path, files: dict) -> Path:
    for name, text in (GOOD | files).items():
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def refused(folder: Path) -> tuple[str, ...]:
    with pytest.raises(InputError) as error:
        load_study(folder)
    return error.value.faults


def test_a_folder_is_a_study(tmp_path):
    (tmp_path / "jouet").mkdir()
    study = load_study(write(tmp_path / "jouet", {}))
    assert (study.name, study.about) == ("jouet", {"title": "Jouet"})
    assert study.rows == (PrintedValue("a", "63,9", "mean", "résultats, l. 3", "", 2),)
    assert study.relations == ({"id": "r", "kind": "same", "values": ["a", "a"]},)
    assert study["a"] == "63,9"
    assert "a" in study
    assert "b" not in study
    with pytest.raises(KeyError):
        study["b"]


HARMLESS = [
    {"printed.csv": b"\xef\xbb\xbf" + GOOD["printed.csv"].encode()},  # a byte-order mark, as spreadsheets write it
    {"printed.csv": GOOD["printed.csv"].replace("\n", "\r\n")},
    {"printed.csv": GOOD["printed.csv"] + "\n"},  # an empty line at the end
    {"printed.csv": GOOD["printed.csv"].rstrip("\n")},  # none at all
    {"study.yaml": b"\xef\xbb\xbftitle: Jouet\n"},
]


@pytest.mark.parametrize("files", HARMLESS)
def test_harmless_differences_are_read(tmp_path, files):
    assert load_study(write(tmp_path, files)).rows == (PrintedValue("a", "63,9", "mean", "résultats, l. 3", "", 2),)


@pytest.mark.parametrize("text", ["", "[]\n", "# rien encore\n"])
def test_a_study_may_have_no_relation_yet(tmp_path, text):
    assert load_study(write(tmp_path, {"relations.yaml": text})).relations == ()


COLUMNS = "attendues : address, value, kind, place, note"
PAIRS = "attendu : des paires « clé: valeur »"
YAML, BRACKET = "écriture YAML incorrecte", "un crochet, une accolade ou une virgule manque"
QUOTE, TAB = "tête d'un texte : mettez-le entre guillemets", "une tabulation en tête de ligne : mettez des espaces"
COLON = "un « : » dans un texte, ou un retrait de trop : mettez le texte entre guillemets"
COMMA = "une cellule qui contient une virgule se met entre guillemets"
KEY = "clé « 5 » à mettre entre guillemets (un texte qui contient une virgule aussi)"
REFUSED = [
    ({"printed.csv": None}, ["printed.csv : fichier absent"]),
    ({"relations.yaml": None}, ["relations.yaml : fichier absent"]),
    ({"printed.csv": ""}, [f"printed.csv, ligne 1 : colonnes aucune ; {COLUMNS}"]),
    (
        {"printed.csv": "address;value;kind;place;note\n"},
        [f"printed.csv, ligne 1 : colonnes address;value;kind;place;note ; {COLUMNS} (séparées par des virgules)"],
    ),
    ({"printed.csv": "address,value\na,1\n"}, [f"printed.csv, ligne 1 : colonnes address, value ; {COLUMNS}"]),
    (
        {"printed.csv": HEADER + 'a,63,9,mean,x,\nb,1,count\n"c\nd",1,count,x,\ne\n'},
        [
            f"printed.csv, ligne 2 : 6 cellules au lieu de 5 ({COMMA})",  # the comma of 63,9 without its quotes
            "printed.csv, ligne 3 : 3 cellules au lieu de 5",
            "printed.csv, ligne 6 : 1 cellule au lieu de 5",
        ],
    ),
    (
        {"printed.csv": HEADER + 'a,1,count,x,\nb,"1,count,x,\n'},
        ["printed.csv, ligne 3 : écriture CSV incorrecte (guillemet mal fermé ?)"],
    ),
    (
        {"printed.csv": (HEADER + "a,1,count,résultats,\n").encode("latin-1")},
        ["printed.csv, ligne 2 : le fichier n'est pas en UTF-8"],
    ),
    ({"relations.yaml": b"- {id: r\n- \xe9\n"}, ["relations.yaml, ligne 2 : le fichier n'est pas en UTF-8"]),
    ({"study.yaml": b"title: caf\xe9\n"}, ["study.yaml, ligne 1 : le fichier n'est pas en UTF-8"]),
    ({"relations.yaml": "- {id: r, kind: same\n- b\n"}, [f"relations.yaml, ligne 2 : {YAML} ({BRACKET})"]),
    ({"relations.yaml": "- id: *nulle_part\n"}, [f"relations.yaml, ligne 1 : {YAML} (une étoile en {QUOTE})"]),
    ({"relations.yaml": "- id: x\n\tkind: p\n"}, [f"relations.yaml, ligne 2 : {YAML} ({TAB})"]),
    ({"relations.yaml": "- label: Genre: les deux\n"}, [f"relations.yaml, ligne 1 : {YAML} ({COLON})"]),
    ({"relations.yaml": "- {percent: 37,5}\n"}, [f"relations.yaml, ligne 1, n° 1 : {KEY}"]),
    ({"relations.yaml": "- debut: 2022-13-45\n"}, ["relations.yaml : écriture YAML incorrecte"]),  # no such month
    ({"relations.yaml": "- a\x00\n"}, ["relations.yaml : écriture YAML incorrecte"]),
    ({"study.yaml": "a: [1\n"}, [f"study.yaml, ligne 1 : {YAML} ({BRACKET})"]),
    ({"study.yaml": "a: 1\nb: {c: 1, d: 2, c: 3}\n"}, ["study.yaml, ligne 2 : clé « c » répétée"]),
    (
        {"relations.yaml": "id: r\n"},
        ["relations.yaml, ligne 1, document : « {'id': 'r'} » ; attendu : une liste ou rien"],
    ),
    (
        {"relations.yaml": "- {id: r}\n- bonjour\n- [1, 2]\n"},
        [
            f"relations.yaml, ligne 2, n° 2 : « bonjour » ; {PAIRS}",
            f"relations.yaml, ligne 3, n° 3 : « [1, 2] » ; {PAIRS}",
        ],
    ),
    ({"study.yaml": ""}, [f"study.yaml, ligne 1, document : « None » ; {PAIRS}"]),
    ({"study.yaml": "- Jouet\n"}, [f"study.yaml, ligne 1, document : « ['Jouet'] » ; {PAIRS}"]),
    ({"study.yaml": "a: 1\nb: {no: 1}\n"}, ["study.yaml, ligne 2 : clé « no » à mettre entre guillemets"]),
    ({"relations.yaml": "- {id: a, label: 3}\n"}, ["relations.yaml, ligne 1, a.label : « 3 » ; attendu : un texte"]),
    (
        {"study.yaml": "title: Jouet\nsample: a\ngroups: {un: {label: Un}}\n"},
        [
            "study.yaml, ligne 2, sample : « a » ; attendu : une liste",
            "study.yaml, ligne 3, groups.un : il manque « n »",
        ],
    ),
]


@pytest.mark.parametrize(("files", "messages"), REFUSED)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path, files, messages):
    assert list(refused(write(tmp_path, files))) == messages


def test_a_mistyped_key_is_refused_with_the_known_ones(tmp_path):
    (fault,) = refused(write(tmp_path, {"study.yaml": "title: Jouet\nperiode: 2024\n"}))
    known = re.fullmatch(r"study\.yaml, ligne 2, document : « periode » inconnu ; attendus : (.+)", fault)[1]
    assert {"title", "period", "sample", "notebook"} < set(known.split(", "))


def test_what_only_a_notebook_reads_has_its_own_key(tmp_path):
    study = load_study(write(tmp_path, {"study.yaml": "title: Jouet\nnotebook: {couleurs: [bleu]}\n"}))
    assert study.about["notebook"] == {"couleurs": ["bleu"]}


def test_an_unknown_name_lists_the_known_ones(tmp_path):
    for name in ("b", "a"):
        (tmp_path / "data" / name).mkdir(parents=True)
        write(tmp_path / "data" / name, {})
    (tmp_path / "data" / "brouillon").mkdir()
    assert studies(tmp_path) == ("a", "b")
    assert load_study("a", tmp_path).name == "a"
    with pytest.raises(InputError) as error:
        load_study("c", tmp_path)
    assert str(error.value) == (
        "« c » n'est ni une étude de ce recueil (études connues : a, b) ni un dossier (un chemin est accepté aussi, "
        "et pour un audit un tableau : .csv, .xlsx, .docx, .html)"
    )


def test_a_folder_without_study_file_takes_its_own_name(tmp_path, monkeypatch):
    folder = tmp_path / "mon article"
    folder.mkdir()
    write(folder, {"study.yaml": None})
    assert (load_study(folder).name, load_study(folder).about) == ("mon article", {"title": "mon article"})
    assert load_study(str(folder)) == load_study(folder)
    monkeypatch.chdir(folder)
    assert load_study(".").name == "mon article"
    assert studies(tmp_path) == ()


def test_a_study_file_needs_no_title(tmp_path):
    folder = write(tmp_path, {"study.yaml": "author:\nyear: 2024\n"})
    assert load_study(folder).about == {"title": tmp_path.name, "author": None, "year": 2024}


def test_a_known_name_wins_over_a_folder(tmp_path, monkeypatch):
    for place in ("data/a", "ailleurs/a"):
        (tmp_path / place).mkdir(parents=True)
        write(tmp_path / place, {"study.yaml": f"title: {place}\n"})
    monkeypatch.chdir(tmp_path / "ailleurs")
    titles = [load_study(name, tmp_path).about["title"] for name in ("a", "./a", Path("a"))]
    assert titles == ["data/a", "ailleurs/a", "ailleurs/a"]


def test_an_empty_folder_is_refused_with_what_it_lacks(tmp_path):
    assert list(refused(tmp_path)) == ["printed.csv : fichier absent", "relations.yaml : fichier absent"]


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "printed.csv").mkdir()
    assert refused(write(tmp_path, {"printed.csv": None})) == ("printed.csv : ne peut pas être lu comme un fichier",)


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    assert refused(tmp_path / "rien")[0].startswith(f"« {tmp_path / 'rien'} » n'est ni une étude de ce recueil (")


def test_values_are_those_that_the_notation_of_the_study_gives(tmp_path):
    rows = 'a,"1,050",count,p. 1,\nb,0.05,p,p. 1,\nc,"1,050",word,p. 1,\nd,–.22,mean,p. 1,\n'
    study = load_study(write(tmp_path, {"printed.csv": HEADER + rows}))
    assert study.values == {"a": "1050", "b": "0.05", "c": "1,050", "d": "-0.22"}  # a word is no number
    assert [row.value for row in study.rows] == ["1,050", "0.05", "1,050", "–.22"]  # rows keep the print
    (tmp_path / "study.yaml").write_text("conventions: {decimal: comma}\n", encoding="utf-8")
    assert load_study(tmp_path)["a"] == "1.050"
