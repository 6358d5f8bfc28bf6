"""The workbook converts with pyxform and passes ODK Validate; its conditions are those of the specification."""

import io
import shutil

import pytest
from openpyxl import Workbook

from relecture.answers.formats import xlsform
from relecture.answers.questionnaire import instrument


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate demande java : apt-get install default-jre")
def test_the_form_converts_and_passes_odk_validate(one):
    from pyxform.xls2xform import convert

    warnings = []
    result = convert(io.BytesIO(xlsform.export(one).content), validate=True, file_type=".xlsx", warnings=warnings)
    assert "<h:html" in result.xform
    assert warnings == []


def test_a_choice_that_is_ticked_alone_is_enough(hard):
    """`least` is 2; pyxform's own reading of the count, from the specification."""
    assert xlsform._constraint(hard["class"])["constraint"] == (
        "(not(selected(., 'rien')) or count-selected(.) = 1) and (count-selected(.) >= 2 or selected(., 'rien')) and "
        "count-selected(.) <= 3"
    )


def test_a_label_cannot_become_a_formula_of_the_workbook(document):
    from openpyxl import load_workbook

    document["sections"][0]["items"][0]["label"] = "=1+1"
    book = load_workbook(io.BytesIO(xlsform.export(instrument.build(document)).content))
    cells = [cell for row in book["survey"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] in (["s"], ["inlineStr"])


SURVEY = [
    ["type", "name", "label::English (en)", "label::Français (fr)", "hint", "required", "relevant", "constraint"],
    ["start", "start"],
    ["begin_group", "vous", "You", "Vous"],
    ["note", "n1", "Thanks", "Merci de répondre."],
    ["integer", "Age", "Age", "Votre âge", "en années", "yes", "", ". >= 18 and . <= 99"],
    ["select_one oui_non", "mss", "MSS?", "Une MSS ?", "", "true()"],
    ["select_multiple outils", "outils", "Tools", "Vos outils", "", "yes", "${mss} = '1'",
     "(not(selected(., 'aucun')) or count-selected(.) = 1) and count-selected(.) <= 2"],
    ["end_group"],
    ["begin_group", "visite", "Visit", "La visite", "", "", "selected(${outils}, 'tel')"],
    ["date", "jour", "Day", "Quel jour ?", "", "", "", ". <= today()"],
    ["time", "heure", "Time", "À quelle heure ?", "", "", "${Age} > 50"],
    ["decimal", "duree", "Hours", "Combien d'heures ?"],
    ["select_one oui_non or_other", "suite", "Next", "Une suite ?"],
    ["geopoint", "lieu", "Where", "Où ?"],
    ["end_group"],
    ["begin_repeat", "patients", "Patients", "Patients"],
    ["text", "nom", "Name", "Nom"],
    ["end_repeat"],
    ["text", "fin", "Anything else", "Autre chose ?"],
]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label::Français (fr)"],
    ["oui_non", 1, "Oui"], ["oui_non", 0, "Non"],
    ["outils", "tel", "Téléphone"], ["outils", "mail", "Courriel"], ["outils", "aucun", "Aucun"],
]  # fmt: skip


@pytest.fixture(scope="module")
def draft():
    book = Workbook()
    book.remove(book.active)
    for title, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", [["form_title"], ["Ma visite"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(file := io.BytesIO())
    return xlsform.read(file.getvalue(), "form.xlsx")


def test_the_form_becomes_an_instrument(draft):
    form = instrument.build(draft.document())
    assert [(section.title, section.intro, [item.id for item in section.items]) for section in form.sections] == [
        ("Vous", "Merci de répondre.", ["age", "mss", "outils"]),
        ("La visite", "", ["jour", "heure", "duree", "suite"]),
        ("Ma visite", "", ["fin"]),
    ]
    age, outils = form["age"], form["outils"]
    assert (age.label, age.hint, age.low, age.high, age.decimals) == ("Votre âge", "en années", 18, 99, 0)
    assert (outils.least, outils.most, [choice.exclusive for choice in outils.choices]) == (1, 2, [False, False, True])
    assert [form[name].kind for name in ("jour", "heure", "duree", "suite")] == ["date", "time", "number", "single"]
    assert [choice.id for choice in form["suite"].choices] == ["1", "0", "other"]


def test_a_section_keeps_the_name_of_its_group(draft, one):
    """Headers hold it: « vous/Age », and the text of an introduction in our own form."""
    assert [section["id"] for section in draft.document()["sections"]] == ["vous", "visite", "ma_visite"]
    again = instrument.build(xlsform.read(xlsform.export(one).content, "form.xlsx").document())
    assert [section.id for section in again.sections] == [section.id for section in one.sections]


def test_conditions_of_groups_hold_for_what_is_inside(draft):
    items = {item["id"]: item for section in draft.document()["sections"] for item in section["items"]}
    assert items["outils"]["relevant"] == {"equals": {"mss": "1"}}
    assert items["jour"]["relevant"] == items["duree"]["relevant"] == {"selected": {"outils": "tel"}}
    assert "relevant" not in items["heure"] and "relevant" not in items["fin"]


def test_what_is_not_carried_is_told(draft):
    told = [line.replace("\u00a0", " ") for line in draft.left_out]
    assert "jour : contrainte « . <= today() »" in told
    assert any(line.startswith("heure : condition d'affichage « (selected(") for line in told)
    assert "lieu : question de type « geopoint »" in told
    draft.document()
    told = [line.replace("\u00a0", " ") for line in draft.left_out]
    assert "réponse obligatoire : 2 questions" in told and "question d'un groupe répété : 1 question" in told
