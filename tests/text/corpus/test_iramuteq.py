"""The IRaMuTeQ format is read, written and read again; a file that breaks it names every line at fault."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import Corpus, Passage, Text, parse_corpus, read_corpus

TWO = """**** *med_1 *sexe_F
-*dmp
Je l'ouvre peu.

-*mss
Oui, la messagerie.
0002 *med_2 *sexe_H
Rien à dire.
"""


def test_a_starred_corpus():
    first, second = parse_corpus(TWO).texts
    passages = (Passage("Je l'ouvre peu.", "dmp"), Passage("Oui, la messagerie.", "mss"))
    assert first == Text(passages, (("med", "1"), ("sexe", "F")))
    assert second == Text((Passage("Rien à dire."),), (("med", "2"), ("sexe", "H")))
    assert parse_corpus(TWO).variables.to_dict("list") == {"med": ["1", "2"], "sexe": ["F", "H"]}


def test_the_modality_keeps_its_underscores():
    assert parse_corpus("**** *age_40_59\nOui.").texts[0].variables == (("age", "40_59"),)


@pytest.mark.parametrize(
    "text", ["Oui.\nNon.", "**gras** au début", "*rires* oui", "- un tiret", "2020 *était* dur", "<b>HTML</b> & co"]
)
def test_a_text_without_starred_line_is_one_text(text):
    assert parse_corpus(text).texts == (Text((Passage(text),)),)


_LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=30)
_SPOKEN = _LINES.map(str.strip).filter(lambda line: not line.startswith(("*", "-")))
_WORDS = st.lists(_SPOKEN, max_size=4).map(lambda lines: "\n".join(["mot", *lines, "fin"]))
_NAMES = st.text("abcéÀ0-9'.", min_size=1, max_size=6)
_MODALITIES = st.text("abé0_-", min_size=1, max_size=6)
_VARIABLES = st.dictionaries(_NAMES, _MODALITIES, max_size=3).map(lambda pairs: tuple(pairs.items()))
_TEXTS = st.builds(
    lambda bare, themed, variables: Text((*bare, *themed), variables),
    _WORDS.map(lambda words: (Passage(words),)),
    st.lists(st.builds(Passage, _WORDS, _NAMES), max_size=2),
    _VARIABLES,
)


def _starred(text):
    star = " ".join(["****", *(f"*{name}_{modality}" for name, modality in text.variables)])
    return "\n".join([star, *(f"-*{one.theme}\n{one.text}" if one.theme else one.text for one in text.passages)]) + "\n"


@given(st.lists(_TEXTS, min_size=1, max_size=4))
def test_what_the_format_holds_is_read(texts):
    assert parse_corpus("".join(map(_starred, texts))) == Corpus(tuple(texts))


def test_a_file_is_read_as_its_text_is(tmp_path):
    (tmp_path / "copie.txt").write_text(TWO, encoding="utf-8")
    assert read_corpus(tmp_path / "copie.txt") == parse_corpus(TWO)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["ligne 1 : texte vide"]),
        ("…\n!", ["ligne 1 : texte vide"]),
        ("Avant.\n**** *a_b\nOui.", ["ligne 1 : du texte précède la première ligne étoilée (ligne 2)"]),
        ("**** *a_b\n\n**** *a_c\nOui.", ["ligne 1 : texte vide"]),
        ("**** *a_b\n-*x\n-*y\nOui.", ["ligne 2 : thème « x » sans aucun mot"]),
        ("**** *a_b\n-*\nOui.", ["ligne 2 : « -* » sans nom de thème"]),
        ("**** *a_b\n-*deux mots\nOui.", ["ligne 2 : « -*deux mots » ; un thème s'écrit -*thème, seul sur sa ligne"]),
        ("**** *a_b\nOui.\n*** *a_c\nNon.", ["ligne 3 : « *** *a_c » ; un texte s'ouvre par **** *variable_modalité"]),
        ("*a_b *c_d\nOui.", ["ligne 1 : « *a_b *c_d » ; un texte s'ouvre par **** *variable_modalité"]),
        ("****sexe_f\nOui.", ["ligne 1 : « ****sexe_f » ; un texte s'ouvre par **** *variable_modalité"]),
        (
            "**** *a_b *a_c *sexe x_y *z_\nOui.",
            [
                "ligne 1 : la variable « a » est donnée deux fois (b, c)",
                "ligne 1 : « *sexe » ; une variable s'écrit *variable_modalité, sans espace",
                "ligne 1 : « x_y » ; une variable s'écrit *variable_modalité, sans espace",
                "ligne 1 : « *z_ » ; une variable s'écrit *variable_modalité, sans espace",
            ],
        ),
    ],
)
def test_every_fault_is_named_with_its_line(text, faults):
    with pytest.raises(InputError) as refused:
        parse_corpus(text, "essai.txt")
    assert list(refused.value.faults) == [f"essai.txt, {fault}" for fault in faults]


def test_what_is_no_fault_is_told():
    told = parse_corpus("**** *a_1 *b_1\nOui.\n**** *a_2\nOui.\n**** *a_3 *b_2\nNon.").remarks
    assert told == ("la variable « b » manque à 1 des 3 textes", "textes qui en répètent un autre mot pour mot : 1")
    assert parse_corpus("****\nOui.\n****\nNon.").remarks == ("aucun texte n'a de variable",)


def test_variables_that_texts_lack_are_told_one_by_one_while_they_are_few():
    """Ten variables that the first text alone has, of 1,200 texts."""
    star = " ".join(f"*v{rank}_1" for rank in range(10))
    told = parse_corpus(
        f"**** *m_0 {star}\nOui.\n" + "".join(f"**** *m_{n}\nNon {n}.\n" for n in range(1, 1200))
    ).remarks
    assert told[0] == "la variable « v0 » manque à 1\u202f199 des 1\u202f200 textes"
    assert told[7:] == (told[7], "autres variables qui manquent à des textes : 2")
    assert "« v7 »" in told[7]


def test_files_of_every_kind(tmp_path):
    (tmp_path / "a.txt").write_bytes("Été à l'hôpital.".encode("cp1252"))
    (tmp_path / "b.txt").write_text("\ufeffOui\x07.", encoding="utf-8")
    (tmp_path / "c.txt").write_text("**** *med_3\nNon.", encoding="utf-8")
    (tmp_path / "t.csv").write_text("texte;med\nOui.;1\n", encoding="utf-8")
    assert read_corpus(tmp_path / "a.txt").remarks == ("a.txt : lu comme Windows-1252",)
    assert read_corpus(tmp_path / "b.txt").remarks == ("b.txt : caractères invisibles retirés : 1",)
    assert read_corpus(tmp_path / "t.csv").texts == (Text((Passage("Oui."),), (("med", "1"),)),)
    folder = read_corpus(tmp_path)
    assert [text.variables for text in folder.texts] == [(("fichier", "a"),), (("fichier", "b"),), (("med", "3"),)]
    assert folder.remarks[:2] == ("a.txt : lu comme Windows-1252", "b.txt : caractères invisibles retirés : 1")


def test_a_folder_names_the_faults_of_all_its_files(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_corpus(tmp_path)
    assert refused.value.faults == ("a.txt, ligne 1 : texte vide", "b.txt, ligne 1 : texte vide")


@pytest.mark.parametrize(("name", "fault"), [("absent.txt", "fichier absent"), ("", "aucun fichier .txt")])
def test_what_is_not_there_is_said(tmp_path, name, fault):
    with pytest.raises(InputError, match=fault):
        read_corpus(tmp_path / name)


@pytest.mark.timed
def test_a_line_of_ten_megabytes_is_read_at_once():
    start = time.perf_counter()
    corpus = parse_corpus("**** *a_b\n" + "mot " * 2_500_000)
    assert len(corpus.texts[0].passages[0].text) == 9_999_999
    assert time.perf_counter() - start < 5
