"""What the synthesis alone owes its readers; the oracle is the four theses' printed tables.

The words « never pooled » are held here too: no number of the page adds respondents of two studies.
"""

import re

import pytest

from relecture import load_study
from relecture.core.files import read_yaml
from relecture.core.study import ROOT, studies
from relecture.printed.frames import tables

NAME = "synthese"
BOOK = read_yaml(ROOT / "data" / "synthese" / "rows.yaml")
READ = [*BOOK["studies"], BOOK["context"]]


def test_no_figure_and_no_table_is_lost(page):
    assert (len(page.find_all("figure")) >= 3, len(page.find_all("table")) >= 8) == (True, True)


def test_the_folder_of_the_synthesis_is_no_study_and_reads_no_fictional_one():
    assert "synthese" not in studies()
    assert set(READ) <= {name for name in studies() if not load_study(name).about.get("fictional")}


@pytest.mark.parametrize("name", BOOK["studies"])
def test_the_window_of_a_survey_is_the_period_that_its_study_tells(name):
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    told = re.findall(rf"({'|'.join(months)})(?: (\d{{4}}))?", load_study(name).about["period"])
    years = [year or told[-1][1] for _, year in told]  # « juin à septembre 2022 »
    held = [f"{year}-{months.index(month) + 1:02}" for (month, _), year in zip(told, years, strict=True)]
    assert [date[:7] for date in BOOK["windows"][name]] == held


def _cells(page, start):
    table = next(one for one in page.find_all("table") if one.caption.get_text(strip=True).startswith(start))
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]


@pytest.mark.parametrize(
    ("subject", "label", "source", "printed"),
    [
        ("Équipement", "A une messagerie sécurisée", "Ajoodha", "46/50"),  # table of question 20: 0 + 6 + 7 + 33
        ("Équipement", "A ouvert une boîte", "Clausener", "42,3 %"),
        ("Équipement", "L’emploie pour écrire", "Ajoodha", "perdu"),
        ("Connaissance", "En a entendu parler", "Zerhoui", "3/50"),  # knowledge of the GDPR, l. 255
        ("Connaissance", "Dit en connaître", "Ajoodha", "perdu"),
        ("Équipement", "MSSanté est son canal", "Guefif", "6/81"),  # table 1, of the same people as below
        ("Canaux", "MSSanté", "Guefif", "6/81"),
        ("Canaux", "WhatsApp, Telegram", "Guefif", "14/81"),  # table 1: 9 + 2 + 2 + 1 of 21 + 60
        ("Canaux", "Messagerie non sécurisée", "Zerhoui", "16/50"),  # table 5, hospital
    ],
)
def test_a_row_shows_what_its_source_printed(page, subject, label, source, printed):
    rows = [row for row in _cells(page, subject) if row[0].startswith(label) and source in row[1]]
    assert re.sub(r"\s", " ", rows[0][3]) == printed


def test_one_count_has_one_percentage(page):
    """Rows of one source that count the same people the same way show the same share."""
    rows = [
        row for subject in ("Équipement", "Connaissance", "Canaux") for row in _cells(page, subject) if len(row) > 1
    ]
    shares = {}
    for row in rows:
        shares.setdefault((row[1], row[3].partition("/")[0], row[5]), set()).add(row[4])
    assert len(rows) > 30 and [key for key, several in shares.items() if len(several) > 1] == []


def test_what_is_said_of_the_rules_is_said_question_by_question(prose):
    """3/50 had heard of the regulation, 31/50 knew of the duty, 12/50 thought they met it (rows above)."""
    told = ("3 sur 50 avaient entendu parler", "31 sur 50 savaient devoir", "12 sur 50 pensaient y parvenir")
    assert [words for words in told if words not in prose] == []
    assert "mal connues" not in prose


def test_a_rate_without_denominator_has_no_interval(page):
    rows = [row for row in _cells(page, "Équipement") if len(row) > 1 and "Clausener" in row[1]]
    assert len(rows) >= 5
    assert all(row[4].endswith("sans intervalle") for row in rows)


def test_every_row_names_its_people_and_its_place(page):
    for subject in ("Équipement", "Connaissance", "Canaux"):
        rows = [row for row in _cells(page, subject) if len(row) > 1]
        assert rows and all(row[2] and row[5] for row in rows)


def test_rules_are_those_of_the_date_of_each_survey(page):
    held = {row[1]: row[3:] for row in _cells(page, "Documents")}  # Zerhoui, Planchenault, Guefif, Ajoodha
    (old,) = (row for reference, row in held.items() if "5 juin 2012" in reference)  # replaced in October 2021
    (regulation,) = (row for reference, row in held.items() if "RGPD" in reference)  # applies since 25 May 2018
    (later,) = (row for reference, row in held.items() if "21 juillet 2022" in reference)  # published in October 2022
    assert (old, regulation, later) == (["oui", "oui", "non", "non"], ["oui"] * 4, ["non"] * 4)


def test_nothing_is_pooled(prose):
    theses = [load_study(name) for name in BOOK["studies"]]
    everybody = sum(tables.total(thesis, thesis.about["sample"]) for thesis in theses)
    assert not re.search(rf"\b{everybody}\b", prose)
    assert "ne se réunissent pas" in prose


QUESTIONS = {  # what a GP would ask, and the words that answer in the first three screens
    "La messagerie sécurisée remplace-t-elle le reste ?": "dans aucune thèse elle ne les remplace",
    "Combien en ont une ?": "46 sur 50 ont une messagerie sécurisée",
    "N'emploient-ils qu'elle ?": "26 sur 50 gardent aussi l'ordinaire",
    "Connaissent-ils le RGPD ?": "3 sur 50 avaient entendu parler du RGPD",
    "Savent-ils qu'il faut sécuriser ?": "31 sur 50 savaient devoir sécuriser leurs échanges",
    "Y parviennent-ils ?": "12 sur 50 pensaient y parvenir",
    "Les choses progressent-elles ?": "ni en moyenne, ni en évolution",
    "Quelles thèses, et combien de médecins ?": "Planchenault 2021 : 15 ; Guefif 2023 : 81 ; Ajoodha 2023 : 50",
    "Qui a été tiré au sort ?": "Aucun des recrutements n'est un tirage au sort",
    "Les enquêtes se recouvrent-elles ?": "Deux enquêtes se recouvrent",
    "Et au niveau national ?": "Équipé d'une messagerie sécurisée, Clausener 2021 (août 2021)",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_three_screens_answer_a_doctor(first_screens, question):
    assert QUESTIONS[question] in first_screens
