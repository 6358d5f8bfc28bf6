"""Table 1, as a reader sees it: oracle, the counts of the frame below and the tests of `stats` on it."""

import csv
import io

import docx
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from relecture.disclosure import disclosure_control
from relecture.report.tables import table_one
from relecture.stats.survey import characteristics as computed
from relecture.stats.survey.questions import Question

GROUP = Question("groupe", "Groupe", "single", {"u": "utilisateurs", "n": "non-utilisateurs"})
GENRE = Question("genre", "Genre", "single", {"f": "femme", "m": "homme"})
OUTILS = Question("outils", "Outils", "multiple", {"outils.pc": "ordinateur", "outils.tel": "téléphone"})
AGE = Question("age", "Âge", "number")
FRAME = pd.DataFrame({
    "groupe": ["u"] * 20 + ["n"] * 30 + ["sans_reponse"],
    "genre": ["f"] * 12 + ["m"] * 8 + ["f"] * 10 + ["m"] * 18 + ["sans_reponse"] * 2 + ["f"],
    "outils.pc": ["1"] * 10 + ["0"] * 10 + ["1"] * 15 + ["0"] * 15 + ["1"],
    "outils.tel": ["1"] * 17 + ["0"] * 3 + ["1"] * 15 + ["0"] * 15 + ["1"],  # three users have no telephone
    "age": [str(30 + rank) for rank in range(20)] + [str(25 + rank) for rank in range(30)] + ["40"],
})  # fmt: skip
ALL = [GENRE, OUTILS, AGE]


def found(frame=FRAME, group=GROUP):
    return computed.table(frame, ALL, group)


def rows(made):
    lines = list(csv.reader(made.csv.replace("\u00a0", " ").replace("\u202f", " ").splitlines(), delimiter=";"))
    return lines[0], {(line[0], line[1]): line[2:] for line in lines[1:]}


@pytest.fixture(scope="module")
def shown():
    return table_one.characteristics(found(), "Caractéristiques")


def test_headers_have_the_sizes(shown):
    head, _ = rows(shown)
    assert head[:2] == ["variable", "Réponse"]
    assert head[2:5] == ["utilisateurs (n = 20)", "non-utilisateurs (n = 30)", "Ensemble (n = 50)"]
    assert head[5:] == ["Test", "p", "p (Holm)", "p (BH)", "Taille d'effet"]


def test_counts_come_with_their_share_of_those_who_answered(shown):
    cells = rows(shown)[1]
    assert cells["Genre", "femme"][:3] == ["12 (60 %)", "10 (36 %)", "22 (46 %)"]
    assert cells["Genre", "manquant : sans réponse"][:3] == ["0", "2", "2"]


def test_a_number_has_its_mean_and_its_median(shown):
    cells = rows(shown)[1]
    assert cells["Âge", "moyenne (écart type)"][0] == "39,5 (5,9)"
    assert cells["Âge", "médiane [quartiles]"][0] == "39,5 [34,8 – 44,3]"


def test_the_test_of_a_question_stands_on_its_first_row_and_that_of_a_choice_beside_it(shown):
    tests, cells = found().tests.set_index(["question", "level"]), rows(shown)[1]
    assert cells["Genre", "femme"][3:5] == ["khi² de Pearson", f"{tests.loc[('genre', ''), 'p']:.3f}".replace(".", ",")]
    assert cells["Genre", "homme"][3:] == [""] * 5
    assert cells["Outils", "téléphone"][3] == cells["Outils", "ordinateur"][3] == "khi² de Pearson"
    assert cells["Âge", "moyenne (écart type)"][3] == "t (Welch)"
    assert cells["Genre", "femme"][7].startswith(f"V = {tests.loc[('genre', ''), 'estimate']:.2f} [".replace(".", ","))


def test_the_note_says_what_was_done_and_who_is_missing(shown):
    note = table_one.table_note(found()).replace("\u00a0", " ")
    for words in ("khi² de Pearson (effectifs attendus d'au moins 5)", "t de Welch", "V de Cramér ; g de Hedges",
                  "p corrigés pour 4 tests",
                  "dès que le p du khi² dépasse 0,025", "1 répondant sans groupe", "95\u202f%",
                  "vraie valeur 96 à 99 fois sur 100 (V de Cramér)"):  # fmt: skip
        assert words in note
    assert "masqué" not in note and "))" not in note
    assert "Holm" in shown.html


def test_printed_counts_stand_beside_those_computed():
    printed = pd.DataFrame(
        [
            ("genre", "f", "utilisateurs", 9, 21),
            ("genre", "m", "utilisateurs", 12, 21),
            ("outils", "tel", "utilisateurs", 20, 21),  # a choice among several
        ],
        columns=["question", "level", "group", "count", "n"],
    )
    head, cells = rows(table_one.characteristics(found(), "T", printed=printed))
    assert head[2:5] == ["utilisateurs (n = 20)", "utilisateurs, imprimé", "non-utilisateurs (n = 30)"]
    assert cells["Genre", "femme"][:3] == ["12 (60 %)", "9 (43 %)", "10 (36 %)"]
    assert cells["Outils", "ordinateur"][1] == "" and cells["Outils", "téléphone"][1] == "20 (95 %)"
    assert cells["Âge", "médiane [quartiles]"][1] == ""


def test_the_table_may_have_the_words_of_an_article():
    words = pd.DataFrame(
        [("genre", "f", "Sexe", "femmes"), ("outils", "tel", "Appareils", "smartphone")],
        columns=["question", "level", "variable", "label"],
    )
    reworded = table_one.relabelled(found(), words)
    _, cells = rows(table_one.characteristics(reworded, "T"))
    assert list(dict.fromkeys(question for question, _ in cells)) == ["Sexe", "Appareils", "Âge"]
    assert {label for question, label in cells if question == "Sexe"} == {"femmes", "homme", "manquant : sans réponse"}
    assert {label for question, label in cells if question == "Appareils"} == {"ordinateur", "smartphone"}
    assert (
        table_one.written_cells(reworded)[0]
        .drop(columns=["variable", "label"])
        .equals(table_one.written_cells(found())[0].drop(columns=["variable", "label"]))
    )


def test_what_is_hidden_is_hidden_in_the_page_the_csv_and_the_word_file():
    guard = disclosure_control.control(5, FRAME, [*ALL, GROUP])
    hidden = guard.characteristics(found())
    made = table_one.characteristics(hidden, "T")
    _, cells = rows(made)
    telephone = cells["Outils", "téléphone"]
    assert telephone[0] == "masqué" and telephone[3:] == ["masqué", "", "", "", ""]
    assert "17 (85" not in made.html and "17 (85" not in made.csv
    wide, columns = table_one.written_cells(hidden)
    assert "17 (85" not in wide.to_csv() and "Holm" in " ".join(columns.values())
    assert "« masqué »" in table_one.table_note(hidden)


def test_the_word_file_says_what_the_page_says_hidden_cells_included():
    hidden = disclosure_control.control(5, FRAME, [*ALL, GROUP]).characteristics(found())
    made, again = (table_one.characteristics(hidden, "T", note="Fin.") for _ in range(2))
    assert made.docx == again.docx
    page = BeautifulSoup(made.html, "html.parser")
    opened = docx.Document(io.BytesIO(made.docx))
    shown = [[_said(cell) for cell in row.select("th, td")] for row in page.select("tr")]
    kept = [[cell.text for cell in row.cells] for row in opened.tables[0].rows]
    width = len(kept[0])
    assert kept == [row * width if len(row) == 1 else row for row in shown]  # a heading is one merged cell
    assert sum(row.count("masqué") for row in kept) >= 2
    assert opened.paragraphs[-1].text == _said(page.select_one(".note"))


def _said(tag):
    return tag.get_text().replace("\u2060", "")  # what keeps an interval on one line of a browser


def test_hidden_cells_leave_their_column_one_of_numbers():
    hidden = disclosure_control.control(5, FRAME, [*ALL, GROUP]).characteristics(found())
    html = table_one.characteristics(hidden, "T").html
    assert '<th scope="col" class="number">utilisateurs' in html
    assert '<td class="number">masqué</td>' in html


POOR = {
    "nobody": FRAME.iloc[:0],
    "one": FRAME.iloc[:1],
    "one group": FRAME[FRAME["groupe"] == "u"],
    "a question without answers": FRAME.assign(genre="sans_reponse", age="sans_reponse"),
}


@pytest.mark.parametrize("smallest", [0, 5])
@pytest.mark.parametrize("frame", POOR.values(), ids=POOR)
def test_poor_data_give_a_table(frame, smallest):
    guard = disclosure_control.control(smallest, frame, [*ALL, GROUP])
    made = table_one.characteristics(guard.characteristics(found(frame)), "T")
    assert made.rows >= 6 and "nan" not in made.csv


def test_one_test_needs_no_correction():
    alone = computed.table(FRAME, [GENRE], GROUP)
    head, _ = rows(table_one.characteristics(alone, "T"))
    note = table_one.table_note(alone)
    assert head[5:] == ["Test", "p", "Taille d'effet"]
    assert "Test : khi²" in note and "Holm" not in note


def test_without_groups_there_is_no_test():
    head, cells = rows(table_one.characteristics(found(group=None), "T"))
    assert head == ["variable", "Réponse", "Ensemble (n = 51)"]
    assert cells["Genre", "femme"] == ["23 (47 %)"]
