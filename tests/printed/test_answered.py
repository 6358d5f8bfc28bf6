"""Printed counts of one sample as frames: which address each cell is read at."""

from relecture import load_study
from relecture.printed.frames import tables

STUDY = load_study("zerhoui")


def test_cells_with_columns_and_a_denominator_of_their_own():
    frame = tables.cells(STUDY, ["tableau2.cle"], "echantillon.n")
    # table 2 of the thesis, row by row: surgery then consulting room
    assert frame["count"].tolist() == [0, 3, 20, 31, 26, 16, 4, 0]
    assert frame["group"].unique().tolist() == ["entrée du cabinet", "bureau de consultation"]
    assert set(frame["n"]) == {50}


def test_cells_without_columns_nor_denominator_take_that_of_the_sample():
    frame = tables.cells(STUDY, ["tableau1.age"], "echantillon.n")
    assert frame["count"].tolist() == [8, 13, 15, 14]  # table 1
    assert set(frame["group"]) == {""} and set(frame["n"]) == {50}


def test_matched_reads_patterns_mappings_and_the_first_of_several_addresses():
    words = {
        "mode_session": {"label": "Session", "aucun": "rien", "fort": "fort", "biometrie": "doigt"},
        "moyen_ville": {"label": "Ville", "moyen_ville.sms": "SMS"},
        "camera": {"label": "Caméra", "oui": "Oui", "non": "Non"},
        "inconnue": {"label": "?", "oui": "Oui"},
    }
    patterns = {
        "mode_session": "tableau4.mode.{}.session",
        "moyen_ville": "tableau5.moyen.{}.ville",
        "camera": {"oui": ["tableau2.presence.camera", "texte.camera"]},
    }
    frame = tables.matched(STUDY, patterns, words, "echantillon.n")
    assert frame[["question", "level", "count"]].values.tolist() == [
        ["mode_session", "aucun", 15],  # table 4
        ["mode_session", "fort", 5],
        ["moyen_ville", "moyen_ville.sms", 24],  # table 5
        ["camera", "oui", 7],  # table 2; « non » is not printed, nor is a finger
    ]
