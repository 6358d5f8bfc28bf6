"""A data dictionary keeps REDCap's column rules, and its conditions say « not » without a negation."""

import csv
import io
import re

import pytest

from relecture.answers.formats import redcap
from relecture.answers.formats.redcap import COLUMNS
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.conditions import parse


def test_redcap_columns_keep_their_rules(one):
    rows = list(csv.DictReader(io.StringIO(redcap.export(one).content.decode())))
    names = [row[redcap.COLUMNS[0]] for row in rows]
    assert tuple(rows[0]) == redcap.COLUMNS and names[0] == "record_id" and len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z](?:_?[a-z0-9])*", name) or len(name) > 100] == []
    assert {row["Field Type"] for row in rows} <= {"text", "notes", "radio", "checkbox"}
    for row in rows:
        _hold_redcap_row(row, set(names))


def _hold_redcap_row(row, names):
    choices = row["Choices, Calculations, OR Slider Labels"]
    pairs = [pair.split(", ", 1) for pair in choices.split(" | ")] if choices else []
    codes = [pair[0] for pair in pairs]
    assert bool(codes) == (row["Field Type"] in ("radio", "checkbox"))
    assert all(re.fullmatch(r"\w+", code) for code in codes) and len(set(codes)) == len(codes)
    assert row["Text Validation Type OR Show Slider Number"] in ("", "integer", "number", "date_ymd", "time")
    assert row["Matrix Group Name"] == "" or row["Field Type"] == "radio"
    assert set(re.findall(r"\[(\w+)", row["Branching Logic (Show field only if...)"])) <= names


def test_a_negation_is_pushed_down_to_the_comparisons():
    tree = {"not": {"all": [{"equals": {"a": "oui"}}, {"not": {"selected": {"b": "x"}}}]}}
    assert redcap._branching(parse(tree), {"a": "a", "b": "b"}) == "(([a] <> 'oui') or [b(x)] = '1')"


def test_names_that_redcap_reserves_or_would_give_twice_are_numbered(hard):
    made = redcap.export(hard)
    names = [row[redcap.COLUMNS[0]] for row in csv.DictReader(io.StringIO(made.content.decode()))]
    assert names == (
        "record_id jour heure taux avis_net avis_net_2 avis_papier class_2 ardu_complete_2 q_redcap_event_name".split()
    )
    assert sum("remplacé par" in line for line in made.lost) == 4
    logic = [row[redcap.COLUMNS[11]] for row in csv.DictReader(io.StringIO(made.content.decode()))]
    assert logic[-2] == "(([avis_net_2] <> '2') and [class_2(a)] = '1')"
    assert redcap.dialect(hard).tick_header(hard["class"], "a") == "class_2___a"


def test_the_question_of_a_matrix_stands_above_its_rows(toy):
    rows = list(csv.DictReader(io.StringIO(redcap.export(toy).content.decode())))
    (first, *others) = [row for row in rows if row["Matrix Group Name"] == "avis"]
    assert (first["Section Header"], first["Field Label"]) == ("Êtes-vous d'accord ?", "Elle est simple.")
    assert {row["Section Header"] for row in others} == {""}
    assert rows[1]["Section Header"] == "Vos usages — Merci de répondre pour votre cabinet."


def test_a_number_takes_any_decimals_and_says_so(toy, hard):
    kinds = {
        row[redcap.COLUMNS[0]]: row["Text Validation Type OR Show Slider Number"]
        for one in (toy, hard)
        for row in csv.DictReader(io.StringIO(redcap.export(one).content.decode()))
    }
    wanted = {"age": "integer", "duree": "number", "taux": "number", "jour": "date_ymd", "heure": "time"}
    assert {name: kinds[name] for name in wanted} == wanted
    assert "duree : nombre de décimales" in redcap.export(toy).lost


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
