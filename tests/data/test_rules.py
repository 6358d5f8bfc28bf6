"""The rules of Zerhoui: each has a reference, dates and printed counts, and says what the texts say.

DATES was written from the texts themselves (date of the document, of its publication or of the version that
replaced it), and VERDICTS from the printed tables, by hand; `rules.yaml` is held against both.
"""

import re

import pytest

from relecture import load_study
from relecture.printed.frames import regulations

STUDY = load_study("zerhoui")
BOOK = regulations.load(STUDY)
COMPARED = regulations.practice_frame(BOOK, STUDY, 50).set_index("label")
README = (STUDY.folder / "README.md").read_text(encoding="utf-8")

DATES = {  # since, until
    "anssi_2012": ("2012-06-05", "2021-10"),  # technical note of 5 June 2012; version 2.0 of the guide, October 2021
    "cnil_2017": ("2017-01-27", "2022-10-17"),  # Journal officiel of 27 January 2017; replaced by 2022-100
    "guide_2018": ("2018-01", "2023-04"),  # edition 2018; edition 2023
    "rgpd": ("2018-05-25", None),  # article 99: applies from 25 May 2018
    "cnom_2018": ("2018-06", "inconnu"),  # thesis, l. 164
    "anssi_2021": ("2021-10", None),
    "pgssis_2022": ("2022-06-01", None),  # first step of the arrêté of 28 March 2022
    "cnil_2022": ("2022-10-17", None),  # Journal officiel of 16 October 2022, the day after
    "guide_2024": ("2024-03-26", None),
}


def test_every_document_has_its_dates():
    found = {rule.document.id: (rule.document.since, rule.document.until) for rule in BOOK.rules}
    assert found == DATES


def test_every_rule_is_short_unique_and_in_the_words_of_the_practice():
    assert len({rule.id for rule in BOOK.rules}) == len(BOOK.rules)
    assert all(len(rule.says.split()) <= 16 for rule in BOOK.rules)
    assert all(rule.id.startswith(f"{rule.practice.id}.") for rule in BOOK.rules)


def test_the_window_is_that_of_the_survey():
    months = {"août 2019": "2019-08", "février 2020": "2020-02"}
    assert BOOK.window == tuple(months[STUDY[f"methode.recueil.{end}"]] for end in ("debut", "fin"))


def test_every_practice_has_a_rule_then_and_now():
    assert [one.id for one in BOOK.practices if not BOOK.then(one) or not BOOK.now(one)] == []


def test_a_rule_of_the_time_is_older_than_the_survey_and_one_of_today_still_holds():
    for practice in BOOK.practices:
        assert all(rule.document.since < "2019-08" for rule in BOOK.then(practice))
        assert {rule.document.until for rule in BOOK.now(practice)} == {None}
        assert not {rule.document.id for rule in BOOK.then(practice)} & {"cnil_2022", "guide_2024", "anssi_2021"}


@pytest.mark.parametrize(
    ("label", "then", "now"),
    [
        ("Bureau fermé à clé à chaque sortie", (18, 18), (18, 18)),
        ("Système suivi et à jour", (33, 33), (33, 33)),  # 23 Windows 10 + 10 MacOS up to date
        ("Session ouverte par un mot de passe fort", (5, 5), (5, 5)),  # 5 + 0 CPS + 0 two proofs
        # 3 strong + 15 CPS + 5 two proofs; today without the 3
        ("Logiciel ouvert par un mot de passe fort, la carte CPS ou deux preuves", (23, 23), (20, 20)),
        ("Mots de passe notés sur papier au cabinet", (36, 36), (36, 36)),  # 50 - 14
        ("WiFi protégé par une clé WEP", (0, 47), (0, 47)),  # WPA is not counted: at most 50 - 3
        ("Sauvegarde sur le disque de l'ordinateur même", (0, 33), (0, 33)),  # at most 50 - 17
        ("Messagerie non sécurisée, avec l'hôpital", (0, 34), (0, 34)),  # at most 50 - max(10, 16)
        ("Messagerie non sécurisée, avec les soignants de ville", (0, 24), (0, 24)),  # at most 50 - max(24, 26)
    ],
)
def test_how_many_follow_a_rule(label, then, now):
    row = COMPARED.loc[label]
    assert ((row.then_least, row.then_most), (row.now_least, row.now_most)) == (then, now)


def test_renewal_was_asked_then_and_is_not_any_more():
    row = COMPARED.loc["Mots de passe renouvelés régulièrement"]
    assert (row.then_least, row.then_most) == (0, 0)
    assert row.now_most != row.now_most and len(row.now) == 2


def test_passwords_of_the_page_are_those_of_the_thesis_then_examples_of_ours():
    book = STUDY.document("rules.yaml")
    complexe, phrase, initials = book["passwords"]["Ceux de la thèse"]
    assert (len(complexe), len(phrase), len(initials)) == (9, 33, 17)
    # initials of a sentence: thesis, l. 519
    assert re.fullmatch(r"[\wàé'.]+", initials)
    assert [one.get("bits") or STUDY[one["address"]] for one in book["thresholds"]] == [50, 80, "100"]


def test_what_is_left_out_has_a_reason():
    assert len(BOOK.left_out) >= 5
    assert all(len(reason) > 30 for reason in BOOK.left_out.values())


def test_the_codebook_tells_every_key_of_the_file():
    part = re.search(r"^### `rules.yaml`\n(.*?)^##", README, re.MULTILINE | re.DOTALL)[1]
    told = {word for code in re.findall(r"`([^`\n]+)`", part) for word in code.split()}
    assert sorted({*STUDY.document("rules.yaml")} - told) == []
