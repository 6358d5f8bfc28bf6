"""Boxes in every mark that tools and people write, and lists cut into known choices in the only way that works."""

import dataclasses

import pytest

from relecture.answers.files import marks
from relecture.answers.files.cell_readers import UnreadableCell
from relecture.answers.formats.registry import FORMATS, OWN
from relecture.answers.questionnaire.items import Choice


@pytest.fixture
def listed(toy):
    """`listed(text, *labels)`: what a list says; of the toy questionnaire, or of choices a, b… with these labels."""

    def read(text, *labels):
        item = toy["lesquelles"]
        choices = tuple(Choice(code, label) for code, label in zip("abcdefgh", labels, strict=False))
        return marks.list_reader(dataclasses.replace(item, choices=choices or item.choices), OWN.dialect(toy))(text)

    return read


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("lifen mailiz", "mailiz lifen"),  # in the order of the form
        ("Lifen;MAILIZ", "mailiz lifen"),
        ("Lifen;MAILIZ;", "mailiz lifen"),  # Microsoft Forms
        ("mailiz|autre", "mailiz autre"),
        ("mailiz\nlifen", "mailiz lifen"),
        ('["lifen", "mailiz"]', "mailiz lifen"),
        ("Aucune, en fait", "aucune"),
        ("", "sans_reponse"),
        ("non_pose", "non_pose"),
    ],
)
def test_a_list_is_cut_into_known_choices(listed, text, codes):
    assert listed(text) == codes


@pytest.mark.parametrize(
    ("text", "labels", "codes"),
    [
        ("Enfants, petits, Adultes", ("Enfants, petits", "Adultes"), "a b"),  # a label holds the separator
        ("Enfants,petits,Adultes", ("Enfants, petits", "Adultes"), "a b"),
        ("Rien du tout Un peu", ("Rien", "Rien du tout", "Un peu"), "b c"),  # labels between spaces
        ("oui / non, parfois", ("oui", "non, parfois"), "a b"),
    ],
)
def test_a_label_may_hold_the_separator(listed, text, labels, codes):
    assert listed(text, *labels) == codes


def test_two_ways_of_cutting_a_list_are_refused(listed):
    with pytest.raises(UnreadableCell, match="de plusieurs façons") as refused:
        listed("Fax, SMS", "Fax", "SMS", "Fax, SMS")
    assert refused.value.allowed == ("a b", "c")


@pytest.mark.parametrize("text", ["mailiz mailiz", "mailiz pigeon", "mailiz;lifen autre", "[1]", '["zz"]', ";"])
def test_a_list_of_other_things_is_refused(listed, text):
    with pytest.raises(UnreadableCell, match="n'est pas une liste de réponses prévues"):
        listed(text)


def boxed(toy, text, *, label="Mailiz", form=OWN, others=None, texts=()):
    choice = Choice("mailiz", label)
    return marks.box_reader(toy["lesquelles"], choice, form.dialect(toy), others or {}, texts)(text)


@pytest.mark.parametrize("text", "1 1.0 1,0 Oui Yes Y x X ✔ ✓ &#10004; VRAI TRUE Checked Coché Mailiz mailiz".split())
def test_a_box_is_ticked_by_a_mark_or_by_its_choice(toy, text):
    assert boxed(toy, text) == "1"


@pytest.mark.parametrize("text", ["0", "0.0", "Non", "No", "FAUX", "False", "Unchecked", "Décoché", "Non coché"])
def test_a_box_is_left(toy, text):
    assert (boxed(toy, text), boxed(toy, ""), boxed(toy, "non_pose")) == ("0", "", "non_pose")


def test_non_is_the_choice_so_called_only_where_it_cannot_be_a_box_left(toy):
    assert boxed(toy, "Non", label="Non", texts=("Oui", "Non")) == "0"
    with pytest.raises(UnreadableCell):
        boxed(toy, "Non", label="Non", texts=("Non", ""))


@pytest.mark.parametrize("text", ["2", "Apicrypt", "-", "lifen"])
def test_what_is_neither_is_refused_unless_the_tool_writes_it(toy, text):
    with pytest.raises(UnreadableCell, match="n'est ni une coche ni une case vide"):
        boxed(toy, text)
    assert boxed(toy, text, others={text.lower(): "0"}) == "0"


@pytest.mark.parametrize("text", ["<b>", "\u0301"])
def test_a_text_of_which_nothing_remains_is_no_empty_box(toy, text):
    with pytest.raises(UnreadableCell):
        boxed(toy, text, form=FORMATS["limesurvey"])


def test_a_box_that_is_neither_is_refused_with_the_signs_of_its_tool(toy):
    with pytest.raises(UnreadableCell) as refused:
        boxed(toy, "zz", form=FORMATS["limesurvey"])
    assert refused.value.allowed == ("Y", "1", "0")
