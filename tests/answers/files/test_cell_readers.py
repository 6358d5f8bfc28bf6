"""A reader gives the code that a text stands for, or says what is wrong and what was allowed."""

import dataclasses

import pytest

from relecture.answers.files import cell_readers
from relecture.answers.formats.registry import FORMATS, OWN


@pytest.fixture
def read(toy):
    """`read(make, item, text, form)`: what a reader of that form makes of a text."""

    def read(make, item, text, form=OWN):
        return make(toy[item], form.dialect(toy))(text)

    return read


def refusal(read, *words):
    with pytest.raises(cell_readers.UnreadableCell) as refused:
        read(*words)
    return refused.value.what, refused.value.allowed


def test_a_code_of_the_format_wins_over_a_label(read):
    make = cell_readers.choice_reader
    assert read(make, "mss", "A2", FORMATS["limesurvey"]) == "non"
    assert [read(make, "mss", text) for text in ("oui", "OUI", "je ne sais  PAS", "")] == [
        "oui", "oui", "ne_sait_pas", "sans_reponse"
    ]  # fmt: skip
    assert refusal(read, make, "mss", "peut-être") == ("n'est pas une réponse prévue", ("oui", "non", "ne_sait_pas"))


def test_a_label_that_two_choices_share_stands_for_none(toy):
    oui, *others = toy["mss"].choices
    shared = dataclasses.replace(
        toy["mss"], choices=(oui, *(dataclasses.replace(one, label="Autre") for one in others))
    )
    assert cell_readers.choice_ids(shared, OWN.dialect(toy)) == {
        "oui": "oui", "non": "non", "ne_sait_pas": "ne_sait_pas"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cell"), [("12", "12"), ("2,50", "2.5"), ("0,0", "0"), (" 3.0 ", "3"), ("", "sans_reponse")]
)
def test_a_number_is_written_as_the_coded_frame_wants_it(read, text, cell):
    assert read(cell_readers.number_reader, "duree", text) == cell


@pytest.mark.parametrize(
    ("item", "text", "what", "allowed"),
    [
        ("age", "1e2", "n'est pas un nombre", ("au moins 24", "au plus 75")),
        ("age", "80", "est hors des bornes", ("au moins 24", "au plus 75")),
        ("age", "41,5", "a trop de décimales", ("0 au plus",)),
        ("duree", "-1", "est hors des bornes", ("au moins 0",)),
    ],
)
def test_a_number_that_cannot_be_is_refused(read, item, text, what, allowed):
    assert refusal(read, cell_readers.number_reader, item, text) == (what, allowed)


def test_a_text_is_kept_as_typed_in_one_composition(read):
    make = cell_readers.text_reader
    assert read(make, "ville", "Se\u0300te") == "S\u00e8te"
    assert [read(make, "ville", text) for text in ("  ", " Pau ")] == ["sans_reponse", " Pau "]
    assert refusal(read, make, "ville", "sans_objet")[0] == "est un code réservé, que le formulaire ne propose pas"
    assert refusal(read, make, "ville", "\x1b[31m")[0] == "contient un caractère de contrôle"
    assert refusal(read, make, "ville", "x" * (cell_readers.LONGEST + 1))[1] == ("100000 au plus",)


MOMENTS = [
    ("jour", "2024-05-31", "2024-05-31"),
    ("jour", "2024-05-31 00:00:00", "2024-05-31"),  # LimeSurvey, workbooks
    ("jour", "2024-05-31T00:00:00.000Z", "2024-05-31"),
    ("jour", "31/05/2024", "2024-05-31"),  # Google Forms in French
    ("jour", "1.5.2024", "2024-05-01"),
    ("jour", "", "sans_reponse"),
    ("heure", "14:30", "14:30"),
    ("heure", "9:05", "09:05"),
    ("heure", "14:30:00.000+01:00", "14:30"),  # ODK
    ("heure", "1970-01-01 14:30:00", "14:30"),  # LimeSurvey
    ("heure", "2:30:00 PM", "14:30"),
    ("heure", "12:05 am", "00:05"),
    ("heure", "14h30", "14:30"),
]


@pytest.mark.parametrize(("name", "text", "cell"), MOMENTS)
def test_a_day_and_a_time_are_written_one_way(hard, name, text, cell):
    assert cell_readers.READERS[hard[name].kind](hard[name], OWN.dialect(hard))(text) == cell


NO_MOMENTS = [
    ("jour", "2024-04-31"),  # April has thirty days
    ("jour", "05/31/2024"),  # the month first
    ("jour", "2024-05-31 14:30:00"),  # more than a day
    ("jour", "31/05/24"),
    ("heure", "25:00"),
    ("heure", "14:30:15"),  # more than minutes
    ("heure", "14:30 PM"),
    ("heure", "midi"),
]


@pytest.mark.parametrize(("name", "text"), NO_MOMENTS)
def test_what_is_no_day_or_time_is_refused(hard, name, text):
    with pytest.raises(cell_readers.UnreadableCell, match=f"n'est pas une {'date' if name == 'jour' else 'heure'}"):
        cell_readers.READERS[hard[name].kind](hard[name], OWN.dialect(hard))(text)


@pytest.mark.parametrize(
    ("text", "code"), [("VRAI", "oui"), ("true", "oui"), ("Y", "oui"), ("N", "non"), ("FAUX", "non")]
)
def test_yes_and_no_are_read_as_spreadsheets_and_tools_write_them(read, text, code):
    assert read(cell_readers.choice_reader, "mss", text) == code


@pytest.mark.parametrize("text", ["1", "0", "x"])
def test_a_number_or_a_mark_is_neither_yes_nor_no(read, text):
    assert refusal(read, cell_readers.choice_reader, "mss", text)[0] == "n'est pas une réponse prévue"
