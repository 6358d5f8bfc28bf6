"""Frames of text in the words of a reader; expected words are written by hand."""

import pandas as pd

from relecture.report import speech


def test_forms_lists_and_classes_are_spelled():
    frame = pd.DataFrame({"class": [2], "form": ["mot_de_passe"], "forms": [()], "words": ["tel_quel"]})
    assert speech.told(frame).to_numpy().tolist() == [["Classe 2", "mot de passe", "–", "tel_quel"]]


def test_terms_are_placed_by_group_in_the_printed_order():
    rows = [("Données", "sécurité", ("sécurité",), (5,)), ("Données", "éthique", ("éthique",), ())]
    rows += [("Cabinet", "lien hôpital", ("lien", "hôpital"), (1, 3))]
    frame = speech.placed(pd.DataFrame(rows, columns=["group", "term", "forms", "communities"]))
    assert frame["there"].tolist() == ["sécurité (5)", "lien hôpital (1, 3)"]
    assert frame["missing"].tolist() == ["éthique", "–"]


def test_contrasts_are_the_furthest_either_way_and_never_zero():
    rows = [("F", "a", 1.0), ("F", "b", -3.0), ("F", "c", 2.0), ("F", "d", 0.0), ("H", "a", -1.0)]
    frame = pd.DataFrame(rows, columns=["modality", "form", "index"])
    kept = speech.contrasts(frame, most=2)
    assert kept.to_numpy().tolist() == [["F", "c", 2.0], ["F", "b", -3.0], ["H", "a", -1.0]]
