"""What an item offers, and the columns that hold its answers."""

import dataclasses

from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.items import Choice

COLUMNS = {  # one a kind: name -> cells allowed when asked
    "mss": ("oui", "non", "ne_sait_pas"),
    "lesquelles.aucune": ("0", "1"),
    "lesquelles_autre": (),
    "avis.lente": ("oui", "bof", "non", "sans_objet"),
    "age": (),
}


def test_columns_follow_the_form(toy):
    assert list(toy.columns) == [
        "mss", "lesquelles.mailiz", "lesquelles.apicrypt", "lesquelles.lifen", "lesquelles.autre", "lesquelles.aucune",
        "lesquelles_autre", "avis.simple", "avis.sure", "avis.lente", "raison", "alarme", "age", "duree", "ville",
    ]  # fmt: skip
    assert {name: toy.columns[name].codes for name in COLUMNS} == COLUMNS
    assert toy.columns["avis.lente"].item is toy["avis"]
    assert toy.columns["avis.lente"].label == "Elle est lente."


def test_a_missing_choice_of_a_multiple_item_has_no_column_but_is_a_cell(document):
    document["sections"][0]["items"][1]["choices"]["ne_sait_pas"] = "Je ne sais pas"
    columns = instrument.build(document)["lesquelles"].columns
    assert len(columns) == 5
    assert {column.codes for column in columns} == {("0", "1", "ne_sait_pas")}


def test_a_choice_is_ticked_alone_when_it_is_exclusive_or_means_a_missing_answer():
    choices = [Choice("a", "A"), Choice("rien", "Rien", exclusive=True), Choice("sans_objet", "Sans objet")]
    assert [(choice.alone, choice.missing) for choice in choices] == [(False, False), (True, False), (True, True)]


def test_bounds_are_told_in_words(toy):
    assert toy["age"].bounds == ["au moins 24", "au plus 75"]
    assert (toy["duree"].bounds, toy["ville"].bounds) == (["au moins 0"], [])
    wide = dataclasses.replace(toy["age"], low=-0.5, high=12_000_000)
    assert wide.bounds == ["au moins -0.5", "au plus 12000000"]
