"""A structure keeps the rules of LimeSurvey's tab-separated file, and its conditions are those of the manual."""

import csv
import io
import re

import pytest

from relecture.answers.formats import limesurvey
from relecture.answers.questionnaire import instrument


def test_limesurvey_lines_keep_their_rules(one):
    text = limesurvey.export(one).content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter="\t"))
    assert text.startswith(b"\xef\xbb\xbf") and {row["class"] for row in rows} <= {"S", "SL", "G", "Q", "SQ", "A"}
    questions = [row["name"] for row in rows if row["class"] == "Q"]
    assert len(questions) == len(set(questions)) == len(one.items)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", name) for name in questions)
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,5}", row["name"]) for row in rows if row["class"] in ("A", "SQ"))
    assert all(row["type/scale"] in "LMFNTD" for row in rows if row["class"] == "Q")
    read = re.findall(r"(Q\w+?)(?:_SQ\d+)?\.NAOK", " ".join(row["relevance"] for row in rows))
    assert set(read) <= set(questions)


def test_a_choice_that_is_ticked_alone_is_enough(hard):
    """The least number of answers may be an expression, says the manual."""
    limits = limesurvey._limits(hard["class"], "Q6class")
    assert {name: limit for name, limit in limits.items() if limit} == {
        "exclude_all_others": "SQ5", "min_answers": 'if(Q6class_SQ5.NAOK == "Y", 1, 2)', "max_answers": 3
    }  # fmt: skip


COLUMNS = (
    "class type/scale name relevance text help language mandatory other exclude_all_others max_answers min_answers "
    "max_num_value_n min_num_value_n num_value_int_only date_format"
).split()


def line(kind, scale, name, text, relevance="1", language="fr", **more):
    return {"class": kind, "type/scale": scale, "name": name, "text": text, "relevance": relevance,
            "language": language, "mandatory": "N", "other": "N"} | more  # fmt: skip


ROWS = [
    line("S", "", "language", "en", language=""),
    line("SL", "", "surveyls_title", "My survey", language="en"),
    line("SL", "", "surveyls_title", "Mon enquête"),
    line("G", "G1", "You", "", language="en"),
    line("Q", "N", "AGE", "Your age", language="en"),
    line("G", "G1", "Vous", "<p>Merci.</p>"),
    line("Q", "N", "AGE", "Votre âge", mandatory="Y", min_num_value_n="18", num_value_int_only="1"),
    line("Q", "Y", "MSS", "Une MSS ?"),
    line("Q", "M", "OUTILS", "Vos outils", 'MSS.NAOK == "Y"', exclude_all_others="SQ003", min_answers="1"),
    line("SQ", "0", "SQ001", "Téléphone"),
    line("SQ", "0", "SQ002", "Courriel"),
    line("SQ", "0", "SQ003", "Aucun"),
    line("Q", "F", "AVIS", "D'accord ?", 'OUTILS_SQ001.NAOK == "Y"'),
    line("SQ", "0", "PRIX", "Le prix"),
    line("SQ", "0", "TEMPS", "Le temps"),
    line("A", "0", "AO01", "Oui"),
    line("A", "0", "AO02", "Non"),
    line("Q", "T", "POURQUOI", "Pourquoi ?", 'AVIS_PRIX.NAOK != "AO01" and AGE.NAOK >= 50'),
    line("Q", "T", "DITES", "Dites", 'AVIS_PRIX.NAOK == "AO02"'),
    line("G", "G2", "La visite", ""),
    line("Q", "X", "LIRE", "À lire."),
    line("Q", "L", "CANAL", "Quel canal ?", other="Y"),
    line("A", "0", "A1", "Fax"),
    line("A", "0", "A2", "Mail"),
    line("Q", "D", "JOUR", "Quel jour ?", date_format="dd/mm/yyyy"),
    line("Q", "D", "HEURE", "À quelle heure ?", date_format="HH:MM"),
    line("Q", "D", "QUAND", "Quand ?", date_format="dd/mm/yyyy HH:MM"),
    line("Q", "K", "TEMPS", "Combien de"),
    line("SQ", "0", "A", "jours"),
    line("SQ", "0", "B", "heures"),
    line("Q", "E", "TENDANCE", "La tendance ?"),
    line("SQ", "0", "X", "Le bruit"),
    line("Q", "R", "RANG", "Rangez"),
    line("A", "0", "A1", "Un"),
]


@pytest.fixture(scope="module")
def draft():
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", delimiter="\t")
    writer.writeheader()
    writer.writerows(ROWS)
    one = limesurvey.read(text.getvalue().encode("utf-8-sig"), "enquete.txt")
    one.form = instrument.build(one.document())
    return one


def test_the_structure_becomes_an_instrument(draft):
    form = draft.form
    assert form.title == "Mon enquête"
    assert [(section.title, section.intro, [item.id for item in section.items]) for section in form.sections] == [
        ("Vous", "Merci.", ["age", "mss", "outils", "avis", "pourquoi", "dites"]),
        ("La visite", "À lire.", ["canal", "jour", "heure", "temps_a", "temps_b", "tendance"]),
    ]
    assert (form["age"].low, form["age"].decimals, form["temps_b"].label) == (18, 0, "Combien de heures")
    kinds = {"jour": "date", "heure": "time", "temps_a": "number", "tendance": "matrix"}
    assert {name: form[name].kind for name in kinds} == kinds
    assert [choice.exclusive for choice in form["outils"].choices] == [False, False, True] and form["outils"].least == 1
    assert [column.name for column in form["avis"].columns] == ["avis.prix", "avis.temps"]


def test_conditions_read_answers_boxes_and_rows(draft):
    items = {item["id"]: item for section in draft.document()["sections"] for item in section["items"]}
    assert items["outils"]["relevant"] == {"equals": {"mss": "y"}}
    assert items["avis"]["relevant"] == {"selected": {"outils": "sq001"}}
    assert items["dites"]["relevant"] == {"equals": {"avis.prix": "ao02"}}
    assert "relevant" not in items["pourquoi"]


def test_what_is_not_carried_is_told(draft):
    told = [text.replace("\u00a0", " ") for text in draft.left_out]
    assert told[0].startswith("pourquoi : condition d'affichage")
    assert {"QUAND : question de type « D »", "RANG : question de type « R »"} <= set(told)
    assert {"réponse obligatoire : 1 question", "réponse « autre » en clair : 1 question"} <= set(told)
