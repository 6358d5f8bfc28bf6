"""Frames of text in the words of a reader; expected words are written by hand."""

import pandas as pd
import pytest

from relecture.report import lexical_words


def test_forms_lists_and_classes_are_spelled():
    frame = pd.DataFrame({"class": [2], "form": ["mot_de_passe"], "forms": [()], "words": ["tel_quel"]})
    assert lexical_words.readable_frame(frame).to_numpy().tolist() == [["Classe 2", "mot de passe", "–", "tel_quel"]]


def test_terms_are_placed_by_group_in_the_printed_order():
    rows = [("Données", "sécurité", ("sécurité",), (5,)), ("Données", "éthique", ("éthique",), ())]
    rows += [("Cabinet", "lien hôpital", ("lien", "hôpital"), (1, 3))]
    frame = lexical_words.terms_by_group(pd.DataFrame(rows, columns=["group", "term", "forms", "communities"]))
    assert frame["there"].tolist() == ["sécurité (5)", "lien hôpital (1, 3)"]
    assert frame["missing"].tolist() == ["éthique", "–"]


GROUPS = [  # variables compared, withheld, end of the sentence
    (0, 0, "aucun groupe n'y est comparé."),
    (3, 0, "ce n'est le cas d'aucune."),
    (3, 2, "c'est le cas de 2 sur 5."),
    (0, 1, "c'est le cas de la seule variable du corpus."),
    (0, 4, "c'est le cas des 4 variables du corpus."),
]


@pytest.mark.parametrize(("shown", "withheld", "end"), GROUPS)
def test_a_sentence_says_which_variables_are_compared(shown, withheld, end):
    assert lexical_words.comparison_rule(shown, withheld, 5).endswith(end)


def test_the_strongest_groups_keep_their_order():
    frame = pd.DataFrame({"modality": list("abcd"), "furthest": [1.0, 3.0, 2.0, 3.0], "apart": [0, 2, 1, 1]})
    assert lexical_words.most_contrasted(frame, most=2)["modality"].tolist() == ["b", "d"]
    assert lexical_words.most_contrasted(frame, most=3)["modality"].tolist() == ["b", "c", "d"]
    assert lexical_words.most_contrasted(frame.assign(apart=0), most=3).empty
    assert lexical_words.most_contrasted(frame).equals(frame)


def test_contrasts_show_the_groups_that_stand_out_most():
    rows = [("F", "a", 1.0), ("H", "a", -3.0), ("X", "b", 2.0)]
    frame = pd.DataFrame(rows, columns=["modality", "form", "index"])
    assert lexical_words.contrasted_forms(frame, groups=2)["variable"].tolist() == ["H", "X"]


def test_contrasts_are_the_furthest_either_way_and_never_zero():
    rows = [("F", "a", 1.0), ("F", "b", -3.0), ("F", "c", 2.0), ("F", "d", 0.0), ("H", "a", -1.0)]
    frame = pd.DataFrame(rows, columns=["modality", "form", "index"])
    kept = lexical_words.contrasted_forms(frame, most=2)
    assert kept.to_numpy().tolist() == [["F", "c", 2.0], ["F", "b", -3.0], ["H", "a", -1.0]]
