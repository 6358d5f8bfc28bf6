"""The questionnaire of Zerhoui and the interview guide of Planchenault, held against what their annexes print.

The jumps of the form are typed here a second time, as the form words them (`JUMPS`, « after 1, a no goes to 7 »), and
walked question by question; the conditions of the instrument must put the same questions. Expected numbers are those
of the annexes, with their lines in the text of the scan.
"""

import csv
import random
import re

import pandas as pd
import pytest

from relecture import load_study
from relecture.answers.coded import recoding
from relecture.answers.questionnaire import instrument, skip_logic
from relecture.answers.questionnaire.missing import Missing

ZERHOUI, PLANCHENAULT = load_study("zerhoui"), load_study("planchenault")
PRINTED = {row.address: row for study in (ZERHOUI, PLANCHENAULT) for row in study.rows}
QUESTIONS = [row for row in ZERHOUI.rows if re.search(r"^annexe\..*\.q\d+$", row.address)]
COUNTED = [
    row.address
    for row in ZERHOUI.rows
    if re.match(r"tableau[1-5]\.|texte\.", row.address) and not row.address.endswith(".sur")
]

# The jumps that the annex prints: question -> answer -> question to go to. Lines 620 to 785.
JUMPS = {
    1: {"non": 7}, 2: {"non": 7}, 3: {"non": 7}, 4: {"oui": 7}, 7: {"oui": 9},
    15: {"non": 20}, 18: {"non": 20}, 41: {"non": 43}, 43: {"non": 45},
    45: {"non": 51},  # « passer à la question », without a number: 51 is the first that is not on backups
    46: {"disque_externe": 48, "disque_interne": 50, "en_ligne_logiciel": 50},
    51: {"numerise": 53, "rien": 53}, 53: {"non": 57},
}  # fmt: skip
# The questions whose own words say whom they are for: « if not, why… », « if there is a WiFi… ».
WORDS = {
    8: (7, "non"), 10: (9, "oui"), 12: (11, "oui"), 13: (12, "oui"), 22: (21, "non"), 28: (27, "non"),
    30: (29, "aucun"), 32: (31, "non"), 34: (33, "non"), 35: (33, "oui"), 37: (36, "oui"),
    40: (39, "aucun", "enregistre"), 47: (46, "en_ligne_seule"), 48: (46, "disque_externe"),
    49: (46, "disque_externe"), 55: (54, "oui"),
}  # fmt: skip
ITALICS = {14, 15, *range(20, 32), 33, 36, 37, 38, 39, 41}  # of the scan, l. 653 to 747: 20 questions, not 13
UNSEEN = {23, 24, 28, 30}  # of these, who has a key, a habit, two reasons

# Counts of the tables that no column of the form can give, and why.
NO_COLUMN = {
    "tableau1.": "the form of the annex asks nothing on the respondent",
    "tableau3.protection.": "question 33 has one answer for the antivirus and the firewall",
}
# Counts printed under another name than their question's.
RENAMED = {
    "texte.cle.aucune": ("cle_bureau", "aucune"),
    "texte.wep": ("wifi_cle", "wep"),
    "texte.papier.numerise": ("courriers", "numerise"),
}


@pytest.fixture(scope="module")
def zerhoui():
    return instrument.load(ZERHOUI)


@pytest.fixture(scope="module")
def planchenault():
    return instrument.load(PLANCHENAULT)


@pytest.fixture(scope="module")
def first(zerhoui):
    """The main item of each question, by number; the texts « autre, préciser » come after it."""
    return {int(item.source.item): item for item in reversed(zerhoui.items)}


@pytest.fixture(scope="module")
def crowd(zerhoui):
    """600 respondents who answer everything at random, skipped questions included; seeded."""
    draw = random.Random(1)
    codes = {name: column.codes or ("x",) for name, column in zerhoui.columns.items()}
    return pd.DataFrame({name: draw.choices(any_of, k=600) for name, any_of in codes.items()}, dtype="str")


@pytest.fixture(scope="module")
def counted(zerhoui, crowd):
    asked, _ = skip_logic.apply(zerhoui, crowd)
    return recoding.as_printed(zerhoui, recoding.derive(zerhoui, asked))


def line(address):
    return int(re.search(r"l\. (\d+)", PRINTED[address].place)[1])


# ---------------------------------------------------------------- Zerhoui: the questions


def test_the_form_has_the_questions_that_the_results_announce(zerhoui, first):
    assert len(first) == int(PRINTED["questionnaire.prevues"].value) == 59
    assert sorted(first) == list(range(1, 60))
    assert len(zerhoui.sections) == 3  # methods, l. 192: trois parties
    never = {number for number, item in first.items() if item.never_asked}
    assert never == {10, 12, 13, 19, 44, 47}
    assert len(never) == int(PRINTED["questionnaire.jamais_posees"].value)


def test_observed_questions_are_those_in_italics_that_can_be_seen(zerhoui, first):
    assert len(ITALICS) == 20
    observed = {int(item.source.item) for item in zerhoui.items if item.mode == "observed"}
    assert observed == ITALICS - UNSEEN
    assert len(observed) == 16 > int(PRINTED["questionnaire.observees"].value) == 13


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.address)
def test_each_question_stands_where_the_ledger_says_and_has_the_form_it_says(row, first):
    item, form = first[int(row.value)], row.address.split(".")[1]
    assert item.source.lines[0] == line(row.address)
    if form == "non_posee":
        assert item.never_asked and {choice.id for choice in item.choices} <= {"oui", "non"}
    else:
        closed = [choice.id for choice in item.choices] == ["oui", "non"]
        assert closed == (form == "oui_non") and item.kind in ("single", "multiple")


def test_an_other_answer_is_always_asked_which(zerhoui):
    others = {item.id for item in zerhoui.items if "autre" in {choice.id for choice in item.choices}}
    texts = {item.id for item in zerhoui.items if item.id.endswith("_autre")}
    assert texts == {f"{name}_autre" for name in others}
    for name in others:
        operator = "selected" if zerhoui[name].kind == "multiple" else "equals"
        leaf = zerhoui[f"{name}_autre"].relevant
        assert (leaf.op, leaf.target, leaf.codes) == (operator, name, ("autre",))


# ---------------------------------------------------------------- Zerhoui: the jumps


def walked(answers):
    """The questions put to somebody, walking the form as it is printed; `answers` by number."""
    put, number = [], 1
    while number <= 59:
        source, *codes = WORDS.get(number, (None,))
        if source is None or (source in put and answers[source] in codes):
            put.append(number)
            number = JUMPS.get(number, {}).get(answers[number], number + 1)
        else:
            number += 1
    return put


def test_the_conditions_put_the_questions_that_the_jumps_of_the_form_put(zerhoui, first, crowd):
    asked, _ = skip_logic.apply(zerhoui, crowd)
    names = [first[number].columns[0].name for number in range(1, 60)]
    for given, cells in zip(crowd[names].to_numpy(), asked[names].to_numpy(), strict=True):
        put = [number for number, cell in enumerate(cells, start=1) if cell != Missing.NOT_ASKED]
        assert put == walked(dict(enumerate(given, start=1)))


def questions(*spans):
    return {number for low, high in spans for number in range(low, high + 1)}


# Answers, questions they hide, questions they leave; everything else is answered, by the first choice (« oui »).
CASES = [
    # « 1) … si non -> passer à la question 7 », and likewise after 2 and 3
    ({"rgpd_connu": "non"}, questions((2, 6)), {7}),
    ({"rgpd_compris": "non"}, questions((3, 6)), {1, 2, 7}),
    ({"rgpd_obligations": "non"}, questions((4, 6)), {3, 7}),
    # « 4) … si oui -> passer à la question 7 »
    ({"rgpd_respecte": "oui"}, {5, 6}, {4, 7}),
    ({"rgpd_respecte": "non"}, set(), {5, 6, 7}),
    ({"protection_suffisante": "oui"}, {8}, {9}),
    ({"protection_suffisante": "non"}, set(), {8, 9}),
    ({"patients_informes": "non"}, {10}, {11}),
    ({"demande": "non"}, {12, 13}, {14}),
    ({"camera": "non"}, questions((16, 19)), {15, 20}),
    ({"camera_enregistre": "non"}, {19}, {16, 17, 18, 20}),
    # « 22) si la clé est différente »: neither without a key nor with the same key
    ({"cle_bureau_commune": "aucune"}, {22}, {21, 23, 24}),
    ({"cle_bureau_commune": "oui"}, {22}, {23}),
    ({"cle_bureau_commune": "non"}, set(), {22}),
    ({"systeme_a_jour": "oui"}, {28}, {29}),
    ({"mode_session": "faible"}, {30}, {31}),
    ({"mode_session": "aucun"}, set(), {30}),
    ({"verrouillage": "oui"}, {32}, {33}),
    ({"protection": "non"}, {35}, {34}),
    ({"protection": "oui"}, {34}, {35}),
    ({"wifi": "non"}, {37}, {38}),
    ({"mode_logiciel": "cps"}, {40}, {41}),
    ({"mode_logiciel": "enregistre"}, set(), {40}),
    ({"pratique_papier": "non"}, {42}, {43}),
    ({"pratique_renouvellement": "non"}, {44}, {45}),
    ({"sauvegarde_faite": "non"}, questions((46, 50)), {51}),
    # « disque dur externe -> 48 », « disque dur de l'ordinateur -> 50 », « logiciel de gestion en ligne -> 50 »
    ({"sauvegarde": "disque_externe"}, {47}, {48, 49, 50}),
    ({"sauvegarde": "disque_interne"}, {47, 48, 49}, {50}),
    ({"sauvegarde": "en_ligne_logiciel"}, {47, 48, 49}, {50}),
    # no jump: 47 is for who saves on line; 48 and 49, on an external disk, are left out by their words
    ({"sauvegarde": "en_ligne_seule"}, {48, 49}, {47, 50}),
    ({"courriers": "numerise"}, {52}, {53}),
    ({"courriers": "rien"}, {52}, {53}),
    ({"courriers": "papier"}, set(), {52}),
    ({"courriers": "mixte"}, set(), {52}),
    ({"remplacants": "non"}, {54, 55, 56}, {57, 58, 59}),
    ({"remplacants_cps": "non"}, {55}, {54, 56}),
]


@pytest.fixture(scope="module")
def jumped(zerhoui, first):
    """The numbers of the questions not put to the respondent of each case."""
    usual = {name: column.codes[0] if column.codes else "x" for name, column in zerhoui.columns.items()}
    usual |= {"rgpd_respecte": "non", "mode_session": "aucun"}
    asked, _ = skip_logic.apply(zerhoui, pd.DataFrame([usual | answers for answers, _, _ in CASES], dtype="str"))
    columns = {number: item.columns[0].name for number, item in first.items()}
    return [{n for n, name in columns.items() if row[name] == Missing.NOT_ASKED} for row in asked.to_dict("records")]


@pytest.mark.parametrize("case", range(len(CASES)), ids=lambda case: "-".join(*CASES[case][0].items()))
def test_a_jump_hides_the_questions_jumped_over(case, jumped):
    _, hidden, put = CASES[case]
    assert hidden <= jumped[case]
    assert not put & jumped[case]


# ---------------------------------------------------------------- Zerhoui: the counts of the tables


def places(address):
    """Where a printed count may be found in the answers: (column, cell), by the names of its steps."""
    if address in RENAMED:
        return [RENAMED[address]]
    match address.split(".")[1:]:
        case [name]:
            return [(name, "oui")]
        case [name, code]:
            return [(name, code), (f"{name}.{code}", "1"), (f"{name}_{code}", "oui"), (code, "oui")]
        case [name, code, which]:
            return [(f"{name}_{which}", code), (f"{name}_{which}.{code}", "1")]
        case [name, code, "bureau", "identique"]:
            return [(f"{name}_identique", code)]
    raise AssertionError(address)


def found(address, frame):
    """The places where at least one respondent is counted."""
    return [(name, code) for name, code in places(address) if name in frame and frame[name].eq(code).any()]


@pytest.mark.parametrize("address", COUNTED)
def test_a_printed_count_is_the_count_of_one_column_or_the_reason_is_known(address, counted):
    assert len(found(address, counted)) == (0 if address.startswith(tuple(NO_COLUMN)) else 1)


def test_counts_without_a_column_are_few(counted):
    alone = [address for address in COUNTED if address.startswith(tuple(NO_COLUMN))]
    # table 1: 2 sexes, 4 ages, 3 kinds of practice, 2 places; table 3: antivirus, firewall
    assert len(alone) == 2 + 4 + 3 + 2 + 2
    assert len(COUNTED) - len(alone) == len({address for address in COUNTED if found(address, counted)})


# Table 2: the key of the room is the cabinet's (« dont identiques ») or its own. Questions 20 to 22, then both counts.
KEYS = [
    ("simple", "oui", "non_pose", "simple", "simple"),
    ("securisee", "oui", "non_pose", "securisee", "securisee"),
    ("digicode", "oui", "non_pose", "digicode", "sans_reponse"),
    ("autre", "oui", "non_pose", "autre", "sans_reponse"),
    ("securisee", "non", "simple", "simple", "sans_reponse"),
    ("simple", "non", "securisee", "securisee", "sans_reponse"),
    ("digicode", "non", "autre", "autre", "sans_reponse"),
    ("simple", "aucune", "non_pose", "aucune", "sans_reponse"),
    ("sans_reponse", "oui", "non_pose", "sans_reponse", "sans_reponse"),
]


@pytest.mark.parametrize(("cabinet", "commune", "propre", "bureau", "identique"), KEYS)
def test_the_key_of_the_room_is_told_by_three_questions(cabinet, commune, propre, bureau, identique, zerhoui, crowd):
    told = {"cle_cabinet": cabinet, "cle_bureau_commune": commune, "cle_bureau_propre": propre}
    done = recoding.derive(zerhoui, crowd.head(1).assign(**told).astype("str")).iloc[0]
    assert (done["cle_bureau"], done["cle_identique"]) == (bureau, identique)


@pytest.mark.parametrize(
    ("systeme", "a_jour", "windows", "macos"),
    [
        ("windows10", "oui", "a_jour", "sans_reponse"),
        ("windows10", "non", "non_a_jour", "sans_reponse"),
        ("windows_obsolete", "oui", "obsolete", "sans_reponse"),
        ("macos", "oui", "sans_reponse", "a_jour"),
        ("macos", "non", "sans_reponse", "non_a_jour"),
        ("macos_obsolete", "non", "sans_reponse", "obsolete"),
        ("autre", "oui", "sans_reponse", "sans_reponse"),
    ],
)
def test_the_six_systems_of_table_3_are_told_by_two_questions(systeme, a_jour, windows, macos, zerhoui, crowd):
    told = crowd.head(1).assign(systeme=systeme, systeme_a_jour=a_jour).astype("str")
    done = recoding.derive(zerhoui, told).iloc[0]
    assert (done["windows"], done["macos"]) == (windows, macos)


def test_grouped_answers_take_the_name_of_the_table(zerhoui, crowd):
    frame = crowd.head(2).assign(mode_logiciel=["enregistre", "cps"], **{"moyen_hors_sante.personnelle": ["1", "0"]})
    done = recoding.as_printed(zerhoui, frame.astype("str"))
    assert list(done["mode_logiciel"]) == ["aucun", "cps"]
    assert list(done["moyen_hors_sante.non_securisee"]) == ["1", "0"]


# ---------------------------------------------------------------- Planchenault

# The answers of the two tables of participants (l. 447 to 481), and the choices that stand for them.
CELLS = {
    "age": {"< 40 ans": "moins_40", "40 - 59 ans": "de_40_a_59", "> 60 ans": "plus_60"},
    "sexe": {"F": "femme", "H": "homme"},
    "type_exercice": {
        "Cabinet de groupe": "groupe", "Seul": "individuel", "Maison de santé": "maison_de_sante",
        "SOS médecin": "sos_medecins", "Ancien médecin chez SOS Médecin": "ancien_sos_medecins",
    },
    "activite": {"Rurale": "rural", "Semi rurale": "semi_rural", "Urbaine": "urbain"},
    "annees_installation": {"< 5 ans": "moins_5", "5 - 15 ans": "de_5_a_15", "> 15 ans": "plus_15"},
    "dossier_informatise": {"Oui": "oui", "Non": "non"},
    "secretariat": {"Sur place": "sur_place", "Télé-Secrétariat": "telesecretariat", "Mixte": "mixte"},
    "equipements_numeriques": {"Ordinateur": "ordinateur", "Smartphone": "smartphone", "Multiples": "multiples"},
    "frequence_utilisation": {"Faible": "faible", "Moyenne": "moyenne", "Forte": "forte"},
    "activite_telemedecine": {"Oui": "oui", "Non": "non"},
}  # fmt: skip
SHORTENED = {"dossier_patient_informatise": "dossier_informatise"}  # 27 characters, one more than survey tools allow
NOT_ON_THE_FORM = {"medecin", "commentaire"}  # a label, and what the author adds


def participants():
    with (PLANCHENAULT.folder / "participants.csv").open(encoding="utf-8", newline="") as file:
        return [{SHORTENED.get(name, name): cell for name, cell in row.items()} for row in csv.DictReader(file)]


def test_the_guide_has_an_opening_five_themes_and_a_form(planchenault):
    sections = {section.id: section for section in planchenault.sections}
    assert list(sections) == ["ouverture", "contrepoint", "themes", "fiche"]
    assert all(section.intro for section in planchenault.sections)
    # guide, l. 949 to 952: four questions to start again; l. 960 to 964: two more, the other way round
    assert len(planchenault["deploiement"].probes) == 4
    assert [item.source.item for item in sections["contrepoint"].items] == ["1", "1"]
    assert len(sections["themes"].items) == int(PRINTED["methode.guide.themes_final"].value) == 5
    # guide, l. 974 to 982: nine lines, of which the first asks for two things
    assert [item.source.lines[0] for item in sections["fiche"].items] == [974, *range(974, 983)]
    talk = [item for section in planchenault.sections[:3] for item in section.items]
    assert {item.kind for item in talk} == {"text"}
    assert all(item.relevant is None for item in planchenault.items)  # the guide prints no jump


@pytest.mark.parametrize("address", [address for address in PRINTED if address.startswith("guide.question.")])
def test_each_printed_theme_is_an_item_at_its_line(address, planchenault):
    item = planchenault[address.split(".")[-1]]
    assert item.source.lines == (line(address), line(address))


@pytest.mark.parametrize("address", [address for address in PRINTED if address.startswith("guide.choix.")])
def test_each_printed_answer_of_the_form_is_a_choice_of_it(address, planchenault):
    _, _, item, code = address.split(".")
    choices = {choice.id: choice for choice in planchenault[item].choices}
    assert not choices[code].added
    assert planchenault[item].source.lines[0] == line(address)


def test_choices_that_the_form_does_not_print_are_said_to_be_added(planchenault):
    offered = {address.split(".", 2)[2] for address in PRINTED if address.startswith("guide.choix.")}
    form = {f"{item.id}.{choice.id}": choice.added for item in planchenault.items for choice in item.choices}
    assert {name for name, added in form.items() if not added} == offered


def test_the_form_and_the_participants_have_the_same_columns(planchenault):
    assert [item.id for item in planchenault.sections[-1].items] == list(CELLS)
    assert set(participants()[0]) - NOT_ON_THE_FORM == set(CELLS)


@pytest.mark.parametrize("column", CELLS)
def test_every_participant_gave_a_choice_of_the_form_and_every_added_choice_was_given(column, planchenault):
    given = {CELLS[column][row[column]] for row in participants()}
    assert given <= {choice.id for choice in planchenault[column].choices}
    assert {choice.id for choice in planchenault[column].choices if choice.added} <= given
