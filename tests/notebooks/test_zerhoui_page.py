"""What the Zerhoui page alone owes its readers; then the same page on a file of thirty own answers.

The labels and free texts of that file must never be seen. The oracle is the Disclosure section of the design, and the
printed values themselves.
"""

import re

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from relecture import load_study
from relecture.answers.questionnaire import instrument, missing, skip_logic
from relecture.answers.synthetic import generate
from relecture.cli.commands import main

NAME = "zerhoui"
STUDY = load_study("zerhoui")
SECRETS = ("Docteur Untel", "une porte que seul Untel a")


def test_no_figure_and_no_table_is_lost(page):
    assert (len(page.find_all("figure")) >= 7, len(page.find_all("table")) >= 7) == (True, True)


def test_no_figure_and_no_table_is_lost_on_the_second_page(second):
    assert (len(second.find_all("figure")) >= 1, len(second.find_all("table")) >= 7) == (True, True)


@pytest.fixture(scope="module")
def second(pages):
    return pages["zerhoui-methode"]


def own(path, n):
    """Answers under names, one of whom ticked « autre » and said what: neither may reach the page."""
    form = instrument.load(STUDY)
    frame = generate.coded(form, STUDY.document("synthetic.yaml"), STUDY.values, n=n, seed=5).frame
    frame.index = [f"{SECRETS[0]} {rank}" for rank in range(n)]
    first = frame.index[0]
    frame.loc[first, "cle_cabinet"], frame.loc[first, "cle_cabinet_autre"] = "autre", SECRETS[1]
    skip_logic.apply(form, frame)[0].rename_axis(missing.RESPONDENT).to_csv(path)


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ses réponses")
    own(folder / "reponses.csv", 30)
    asked = ["build", "zerhoui", "--answers", str(folder / "reponses.csv"), "--out", str(folder)]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0, told.output
    return BeautifulSoup((folder / "zerhoui.html").read_text(encoding="utf-8"), "html.parser")


def shown_of(page):
    """Figures and tables of a page."""
    return page.main.find_all(["figure", "table"])


def test_the_findings_are_told_with_what_the_calculation_gives(prose):
    # 25 May (article 99), 35 + 6 + 7 + 3 = 51, 33 x log2(26) = 155, question 6 behind at most 3 doctors
    told = ("depuis le 25 mai 2018", "ils seraient 51 ; 50 ont", "en donne 155", "3 au plus sur 50", "donne 155 bits")
    assert [words for words in told if words not in prose] == []


def test_bounds_of_unsecured_messages_are_those_of_the_printed_table(prose):
    # at most 50 - max(24, 26) in town, 50 - max(10, 16) with hospitals
    assert "au plus 24 s’y passent de message non sécurisé, et 34 avec l’hôpital" in prose


def test_what_opens_no_session_is_counted_from_the_printed_table(prose):
    # no password or a weak one: 15 + 30 sessions, 7 + 20 programs (table 4)
    assert "garde 45 sessions et 27 logiciels sur 50" in prose


def test_every_practice_of_the_rules_has_its_line(page):
    table = next(table for table in page.find_all("table") if "pratiques face aux règles" in table.caption.get_text())
    heads = [row.get_text().replace("’", "'") for row in table.select("th[scope=row]")]
    assert heads == [about["label"] for about in STUDY.document("rules.yaml")["practices"].values()]


def test_all_questions_of_the_form_but_free_texts_are_tabulated():
    form = instrument.load(STUDY)
    named = [name for block in STUDY.about["blocks"].values() for name in block]
    due = [item.id for item in form.items if item.kind != "text"] + [one.id for one in form.derived]
    assert sorted(named) == sorted(due)
    free = {item.source.item for item in form.items} - {item.source.item for item in form.items if item.id in named}
    assert free == {"10", "13", "19", "44"}  # how, when and how often: never asked


def test_nothing_printed_is_called_synthetic(page):
    assert page.select(".synthetic") == [] and len(shown_of(page)) >= 14


def test_whatever_is_synthetic_says_so(second):
    shown = shown_of(second)
    assert len(shown) >= 8
    assert "inventées par un programme" in second.select_one(".answer").get_text()
    assert all(tag.find_parent(class_="synthetic") or "synthetic" in tag.get("class", []) for tag in shown)


def test_own_answers_are_not_called_synthetic(answered, read):
    assert answered.select(".synthetic") == []
    assert answered.h1.get_text() == "Vos réponses au questionnaire sur la sécurité au cabinet"
    assert "30 réponses au même questionnaire" in read(answered)
    assert "synthétiques" not in read(answered)


def test_no_cell_dies_on_own_answers(answered, read):
    assert "Traceback" not in read(answered) and "Warning" not in read(answered)
    assert answered.select(".error, details.messages") == []
    assert len(str(answered)) < 3_000_000


def test_own_answers_are_under_disclosure_control(answered, read):
    assert "masqué" in read(answered)
    assert re.search(r"\d+ cases? (ont|a) été masquées? : moins de 5 répondants", read(answered))
    for table in (tag for tag in shown_of(answered) if tag.name == "table" and "côte à côte" not in tag.get_text()):
        counts = [row.find_all("td")[0].get_text(strip=True) for row in table.select("tbody tr") if row.find("td")]
        assert [count for count in counts if count.isdigit() and 0 < int(count) < 5] == []


@pytest.mark.parametrize("brought", [False, True], ids=["synthetic", "own"])
def test_each_block_is_offered_to_a_word_processor_as_it_is_shown(second, answered, brought, word_files):
    files = word_files(answered if brought else second)
    assert len(files) == 6 and all(("-synthetique." in name) != brought for name in files)
    assert all(kept == shown for shown, kept in files.values())
    withheld = sum(row.count("masqué") for _, kept in files.values() for row in kept)
    assert bool(withheld) == brought


def test_no_name_and_no_free_text_reaches_the_page(answered):
    assert [secret for secret in SECRETS if secret in str(answered)] == []


def test_the_first_words_on_own_answers_are_those_of_the_tables_and_withhold_the_same(answered):
    """Thirty answers drawn as the thesis has them: 4 of 30 lock their session, which is fewer than five."""
    told = " ".join(tag.get_text(" ") for tag in answered.select(".answer, .key-points"))
    cells = [cell.get_text() for cell in answered.select("table td")]
    counts = re.findall(r"(\d+)\s\((?:<\s)?[\d,]+\s%\)", told)
    assert "Sur 30 réponses" in told.replace("\u00a0", " ") and counts and "masqué" in told
    assert all(int(count) >= 5 and count in cells for count in counts)


QUESTIONS = {  # what a GP would ask, and the words that answer in the first three screens
    "Que font les médecins, en somme ?": "Peu de gestes simples",
    "Combien de sessions se verrouillent seules ?": "7 sessions sur 50 se verrouillent",
    "Combien ont un mot de passe fort ?": "5 ont un mot de passe dit fort",
    "Emploient-ils une messagerie sécurisée ?": "Tous emploient une messagerie sécurisée en ville",
    "Seulement elle ?": "au plus 24 s'y passent de message non sécurisé",
    "Connaissaient-ils le RGPD ?": "3 médecins sur 50 en avaient entendu parler",
    "Les nombres de la thèse sont-ils justes ?": "Quatre nombres imprimés ne se retrouvent pas",
    "Cela change-t-il quelque chose ?": "Les conclusions n'en dépendent pas",
    "Qui a été interrogé, et comment ?": "entretiens directifs au cabinet, avec observation",
    "Comment ont-ils été trouvés ?": "surtout par des internes",
    "Les femmes font-elles mieux que les hommes ?": "La thèse ne croise rien",
    "Le bureau est-il fermé à clé ?": "18 sont toujours fermés à clé",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_three_screens_answer_a_doctor(first_screens, question):
    assert QUESTIONS[question] in first_screens
