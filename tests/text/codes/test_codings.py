"""Codings are read whole or refused with every fault; who did not read is missing, never absent."""

import numpy as np
import pandas as pd
import pytest

from relecture.core.errors import InputError
from relecture.text.codes import codings as coding
from relecture.text.codes.tree import parse_tree

TREE = parse_tree(
    {
        "title": "Arbre",
        "nodes": [
            {"id": "acces", "label": "Accès", "codable": False, "children": [
                {"id": "mdp", "label": "Mot de passe"}, {"id": "carte", "label": "Carte"},
            ]},
            {"id": "temps", "label": "Temps", "children": [{"id": "autre", "label": "Carte"}]},
        ],
    }
)  # fmt: skip
LINES = """interview,segment,code,coder
M2,1,mdp,a
M2,1,Temps,a
M2,1,mdp,b
M2,2,,a
M1,1,carte,a
M1,1,carte,a
"""


def _load(tmp_path, text, **known):
    (tmp_path / "c.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return coding.read_codings(tmp_path / "c.csv", TREE, **known)


def _faults(tmp_path, text, **known):
    with pytest.raises(InputError) as refused:
        _load(tmp_path, text, **known)
    return [fault.removeprefix("c.csv, ") for fault in refused.value.faults]


@pytest.fixture
def codings(tmp_path):
    return _load(tmp_path, LINES)


def test_rows_come_in_the_order_of_the_file_once_each_and_labels_become_identifiers(codings):
    assert codings.to_numpy().tolist() == [
        ["M2", "1", "mdp", "a"],
        ["M2", "1", "temps", "a"],
        ["M2", "1", "mdp", "b"],
        ["M2", "2", "", "a"],
        ["M1", "1", "carte", "a"],
    ]


@pytest.mark.parametrize(
    "written",
    [
        LINES.replace(",", ";"),
        LINES.replace(",", "\t"),
        LINES.replace("\n", "\r\n"),
        "\ufeff" + LINES,
        LINES.encode("utf-16"),
        LINES.replace("interview,", "Interview ,"),
        LINES + "\n,,,\n\n",
    ],
)
def test_separators_and_encodings_are_recognised(written, codings, tmp_path):
    pd.testing.assert_frame_equal(_load(tmp_path, written), codings)


def test_windows_encoding_is_recognised(tmp_path):
    (row,) = _load(tmp_path, "coder,code,segment,interview\nRelecteur é,mdp,1,M1".encode("cp1252")).itertuples()
    assert (row.interview, row.coder) == ("M1", "Relecteur é")


def test_who_read_what(codings):
    """b has no row in M1: not read. b has no row on M2's second segment, but has one in M2: read, no code."""
    read = coding.reading_matrix(codings)
    assert list(read) == [("M2", "1"), ("M2", "2"), ("M1", "1")]
    assert read.loc["a"].tolist() == [0, 0, 0]
    np.testing.assert_array_equal(read.loc["b"], [0, 0, np.nan])


def test_one_code_by_coder_and_unit(codings):
    cells, never = coding.code_matrices(codings, ["mdp", "autre"])
    assert cells.loc["a"].tolist() == [1, 0, 0]
    np.testing.assert_array_equal(cells.loc["b"], [1, 0, np.nan])
    assert never.sum().sum() == 0


def test_codes_seen_from_higher(codings):
    raised = coding.raise_codes(codings, TREE)
    assert raised["code"].tolist() == ["acces", "temps", "acces", "", "acces"]
    assert coding.raise_codes(codings, TREE, depth=2)["code"].tolist() == codings["code"].tolist()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "c.csv, ligne 1 : colonnes aucune ; attendues : interview, segment, code, coder"),
        ("a,b\n1,2", "ligne 1 : colonnes a, b ; attendues : interview, segment, code, coder"),
        ("interview,segment,code,coder\n", "c.csv : aucun codage sous l'en-tête"),
        ("interview,segment,code,coder\nM1,1,mdp", "ligne 2 : 3 cellules au lieu de 4"),
        ('interview,segment,code,coder\nM1,1,"mdp,a', "ligne 2 : écriture CSV incorrecte"),
        ("interview,segment,code,coder\nM1,1,acces,a", "ligne 2, colonne « code » : « acces » est un titre de l'arb"),
        ("interview,segment,code,coder\nM1,1,Carte,a", "ligne 2, colonne « code » : « Carte » : ni identifiant, ni l"),
        ("interview,segment,code,coder\nM1,,mdp,a", "ligne 2, colonne « segment » : vide"),
        (LINES + "M1,1,,a", "ligne 8 : segment déclaré sans code, mais codé par la même personne ligne 6"),
    ],
)
def test_a_fault_has_its_line_and_its_value(text, fault, tmp_path):
    (found,) = _faults(tmp_path, text)
    assert found.startswith(fault.removeprefix("c.csv, "))


def test_all_faults_come_at_once(tmp_path):
    text = "interview,segment,code,coder\nM9,1,mdp,a\nM1,1,inconnu,z\n,1,mdp,a\n"
    assert _faults(tmp_path, text, interviews=["M1", "M2"], coders=["a", "b"]) == [
        "ligne 2, colonne « interview » : « M9 » inconnu (connus : M1, M2)",
        "ligne 3, colonne « coder » : « z » inconnu (connus : a, b)",
        "ligne 3, colonne « code » : « inconnu » : ni identifiant, ni libellé de l'arbre",
        "ligne 4, colonne « interview » : vide",
    ]


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"absent\.csv : fichier absent ou illisible"):
        coding.read_codings(tmp_path / "absent.csv", TREE)


def test_no_text_is_refused(tmp_path):
    assert "PDF" in _faults(tmp_path, b"%PDF-1.7")[0]
