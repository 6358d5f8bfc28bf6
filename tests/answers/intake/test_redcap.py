"""A dictionary as REDCap's designer writes it gives the instrument that its author would have written."""

import csv
import io

import pytest

from relecture.answers.formats.redcap import COLUMNS
from relecture.answers.intake import redcap
from relecture.answers.questionnaire import instrument


def field(name, kind, label, **more):
    keys = {"header": 2, "choices": 5, "note": 6, "check": 7, "low": 8, "high": 9, "identifier": 10, "logic": 11}
    keys |= {"required": 12, "group": 15, "annotation": 17}
    cells = {0: name, 1: "visite", 3: kind, 4: label} | {keys[key]: value for key, value in more.items()}
    return [cells.get(rank, "") for rank in range(18)]


LIKERT = "1, Oui | 2, Non | 99, Ne sait pas"
FIELDS = [
    field("record_id", "text", "Record ID"),
    field("nom", "text", "Votre nom", header="Vous", identifier="y"),
    field("age", "text", "Votre <b>âge</b>", check="integer", low="18", high="99", required="y"),
    field("ne_le", "text", "Né le", check="date_dmy"),
    field("heure", "text", "Heure", check="time"),
    field("rdv", "text", "Rendez-vous", check="datetime_ymd"),
    field("mss", "yesno", "Une MSS ?"),
    field("outils", "checkbox", "Vos outils", choices="1, Téléphone | 2, Courriel | 9, Aucun", required="y",
          logic="[mss] = '1'", annotation="@NONEOFTHEABOVE='9' @MAXCHECKED=2"),
    field("pourquoi", "notes", "Pourquoi ?", logic="[outils(1)] = '1' and [outils(2)] <> '1'"),
    field("avis_prix", "radio", "Le prix", header="Vos avis — Êtes-vous d'accord ?", choices=LIKERT, group="avis"),
    field("avis_temps", "radio", "Le temps", choices=LIKERT, group="avis"),
    field("q7a", "radio", "Le bruit", header="Et encore", choices=LIKERT, group="mat"),
    field("q7b", "radio", "La vue", choices=LIKERT, group="mat"),
    field("imc", "calc", "IMC"),
    field("douleur", "slider", "Douleur", annotation="@HIDDEN"),
]  # fmt: skip


@pytest.fixture(scope="module", params=["utf-8-sig", "cp1252"])
def draft(request):
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *FIELDS])
    one = redcap.read(text.getvalue().encode(request.param), "dico.csv")
    one.form = instrument.build(one.document())
    return one


def test_the_dictionary_becomes_an_instrument(draft):
    form = draft.form
    assert [(section.title, [item.id for item in section.items]) for section in form.sections] == [
        ("Vous", ["nom", "age", "ne_le", "heure", "mss", "outils", "pourquoi"]),
        ("Vos avis", ["avis"]),
        ("Et encore", ["q7a", "q7b", "douleur"]),
    ]
    assert (form["age"].label, form["age"].low, form["age"].high) == ("Votre âge", 18, 99)
    assert form["nom"].identifying and [choice.label for choice in form["mss"].choices] == ["Oui", "Non"]
    assert [form[name].kind for name in ("ne_le", "heure", "douleur", "q7a")] == ["date", "time", "number", "single"]
    outils = form["outils"]
    assert (outils.least, outils.most, [choice.exclusive for choice in outils.choices]) == (1, 2, [False, False, True])
    assert (form["avis"].label, list(form.columns)[-5:-3]) == ("Êtes-vous d'accord ?", ["avis.prix", "avis.temps"])


def test_conditions_read_boxes(draft):
    items = {item["id"]: item for section in draft.document()["sections"] for item in section["items"]}
    assert items["outils"]["relevant"] == {"equals": {"mss": "1"}}
    one, two = ({"selected": {"outils": code}} for code in "12")
    assert items["pourquoi"]["relevant"] == {"all": [one, {"not": two}]}


def test_what_is_not_carried_is_told(draft):
    told = [line.replace("\u00a0", " ") for line in draft.left_out]
    assert told[:2] == ["rdv : champ de type « text, datetime_ymd »", "imc : champ de type « calc »"]
    assert {"réponse obligatoire : 1 question", "annotation @HIDDEN : 1 question"} <= set(told)
