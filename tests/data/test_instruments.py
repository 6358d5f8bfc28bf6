"""The questionnaires of the studies: complete, in step with the codebooks, the ledgers and the table's questions.

Counts of questions are those that the theses state or that their annexes show.
"""

from collections import Counter

import pandas as pd
import pytest

from relecture import load_study
from relecture.answers.coded import recoding
from relecture.answers.questionnaire import instrument, skip_logic
from relecture.answers.questionnaire.conditions import comparisons


@pytest.fixture(scope="module")
def guefif():
    return instrument.load(load_study("guefif"))


@pytest.fixture(scope="module")
def ajoodha():
    return instrument.load(load_study("ajoodha"))


def all_answers(one, **told):
    """Everybody gives the first answer offered, but for what is told; one row a value told."""
    size = max(map(len, told.values()), default=1)
    first = {name: column.codes[0] if column.codes else "50" for name, column in one.columns.items()}
    rows = {name: [code] * size for name, code in first.items()} | told
    return pd.DataFrame(rows, dtype="str")


# ---------------------------------------------------------------- Guefif


def test_guefif_has_a_screening_twenty_statements_and_eighteen_questions_on_the_respondent(guefif):
    canal, securite, repondant = guefif.sections
    assert [len({item.source.item for item in section.items}) for section in (canal, securite, repondant)] == [4, 1, 18]
    assert [item.source.item for item in guefif.items if item.kind != "text" or item.identifying] == [
        str(number) for number in range(1, 24)
    ]
    assert len(guefif["ess"].rows) == int(load_study("guefif")["methode.score.items"]) == 20
    assert [choice.id for choice in guefif["ess"].choices if choice.missing] == ["sans_objet"]


def test_guefif_counts_as_the_table_of_characteristics_does(guefif):
    """Each printed count of table 1 has its column and its answer once the choices are grouped as printed."""
    study = load_study("guefif")
    derived = {(one.id, case.id) for one in guefif.derived for case in one.cases}
    grouped = derived | {
        tuple(choice.counted_as.split(".")) if "." in choice.counted_as else (item.id, choice.counted_as)
        for item in guefif.items
        for choice in item.offered
    }
    printed = {tuple(row.address.split(".")[1:3]) for row in study.rows if row.address.startswith("table1.")}
    printed = {(question, choice) for question, choice in printed if question != "age"}
    assert printed - grouped == {
        ("patientele", "autres"),  # the ticks of the other choices, added up
        ("objets", "pas_de_reponse"),  # no answer
    }


def test_guefif_names_questions_and_choices_of_the_page(guefif):
    """Own answers and printed counts meet under the names of study.yaml."""
    questions = load_study("guefif").about["questions"]
    frame = recoding.as_printed(guefif, recoding.derive(guefif, skip_logic.apply(guefif, all_answers(guefif))[0]))
    columns = {name.partition(".")[0] for name in frame}
    assert set(questions) <= columns


CHANNELS = [  # predice, canal_prefere, canal_usuel, messagerie -> groupe, moyen, strate (methods section, l. 854-857)
    ("oui", "usuel", "telephone", "whatsapp", "utilisateurs", "predice_pro", "predice"),
    ("non", "usuel", "telephone", "doctolib_team", "non_utilisateurs", "telephone", "non_securises"),
    ("non", "messagerie", "telephone", "doctolib_team", "non_utilisateurs", "doctolib_team", "autres_securises"),
    ("non", "usuel", "reunion", "sans_reponse", "non_utilisateurs", "reunion", "autres_securises"),
    ("non", "usuel", "mssante", "signal", "non_utilisateurs", "mssante", "autres_securises"),
    ("non", "messagerie", "sans_reponse", "skype", "non_utilisateurs", "skype", "non_securises"),
    ("non", "messagerie", "fax", "signal", "non_utilisateurs", "autre", "sans_reponse"),
    ("non", "sans_reponse", "fax", "signal", "non_utilisateurs", "sans_reponse", "sans_reponse"),
    ("sans_reponse", "usuel", "courrier", "signal", "sans_reponse", "courrier", "non_securises"),
]  # fmt: skip


@pytest.mark.parametrize("row", CHANNELS)
def test_guefif_derives_group_channel_and_stratum(guefif, row):
    asked = zip(("predice", "canal_prefere", "canal_usuel", "messagerie"), row[:4], strict=True)
    done = recoding.derive(guefif, all_answers(guefif, **{name: [cell] for name, cell in asked})).loc[0]
    assert (done["groupe"], done["moyen"], done["strate"]) == row[4:]


def test_guefif_outcomes_are_the_secured_strata(guefif):
    """Every channel named is in a stratum; the outcome of the methods section is that of the two secured ones."""
    outcomes = load_study("guefif").document("synthetic.yaml")["outcomes"]
    moyen, strate = guefif.derived[1:]
    held = {case.id: {code for leaf in comparisons(case.when) for code in leaf.codes} for case in strate.cases}
    assert {code for codes in held.values() for code in codes} == {case.id for case in moyen.cases} - {"autre"}
    assert set(outcomes["securise"]["among"]) == held["predice"] | held["autres_securises"]
    assert set(outcomes["securise_restreint"]["among"]) == set(outcomes["securise"]["among"]) - {"doctolib_team"}


def test_guefif_asks_to_specify_only_other_answers(guefif):
    assert [item.id for item in guefif.items if item.relevant] == [
        "canal_usuel_autre", "messagerie_autre", "interlocuteurs_autre",
    ]  # fmt: skip
    assert [item.id for item in guefif.items if item.identifying] == ["lieu"]
    assert {item.id: item.most for item in guefif.items if item.most} == {"patientele": 3, "objets": 3}


# ---------------------------------------------------------------- Ajoodha


def test_ajoodha_has_as_many_questions_as_its_annex_says(ajoodha):
    study = load_study("ajoodha")
    numbers = list(dict.fromkeys(item.source.item for item in ajoodha.items))
    asked, own = int(study["annexe.derniere_question"]), int(study["annexe.questions_personnelles"])
    assert numbers == [*map(str, range(1, asked + 1)), *(f"D{number}" for number in range(1, own + 1))]
    assert (asked, own) == (23, 7)


def test_ajoodha_has_one_section_a_part_of_the_questionnaire(ajoodha):
    parts = [row for row in load_study("ajoodha").rows if row.address.startswith("methode.questionnaire.partie.")]
    assert len(ajoodha.sections) == len(parts) == 4


def test_ajoodha_matrices_hold_every_printed_cell(ajoodha):
    rows = load_study("ajoodha").rows
    cells = {tuple(row.address.split(".")[1:3]) for row in rows if row.address.startswith("reception.")}
    held = {(row.id, choice.id) for row in ajoodha["reception"].rows for choice in ajoodha["reception"].choices}
    assert len(cells) == 16
    assert cells <= held
    assert [row.id for row in ajoodha["envoi"].rows] == [row.id for row in ajoodha["reception"].rows]
    assert len(ajoodha["envoi"].rows) == 7


def test_ajoodha_counts_as_its_table_of_characteristics_does(ajoodha):
    rows = load_study("ajoodha").rows
    printed = {tuple(row.address.split(".")[1:3]) for row in rows if row.address.startswith("table1.")}
    assert printed <= {(item.id, choice.id) for item in ajoodha.items for choice in item.choices}


def test_ajoodha_jumps_over_what_the_form_jumps_over(ajoodha):
    """« oui » to 12 leads to 13 then 15; « non » to 14, 15 and the questions on the respondent."""
    frame = all_answers(ajoodha, equipement=["oui", "non", "sans_reponse"])
    done, _ = skip_logic.apply(ajoodha, frame)
    asked = [
        {item.source.item for item in ajoodha.items if (row[[c.name for c in item.columns]] != "non_pose").all()}
        for _, row in done.iterrows()
    ]
    equipped = {"13", *map(str, range(16, 24))}
    everyone = {*map(str, range(1, 13)), "15", *(f"D{number}" for number in range(1, 8))}
    assert asked == [everyone | equipped, everyone | {"14"}, everyone]


def test_ajoodha_says_which_conditions_its_form_does_not_print(ajoodha):
    unprinted = [item.source.item for item in ajoodha.items if item.relevant and item.source.note]
    assert Counter(unprinted) == Counter(["13", "16", "17", "18", "19", "20", "21", "22", "23", "D7"])
