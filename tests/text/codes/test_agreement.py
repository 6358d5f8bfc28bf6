"""One row a code, its agreement, or the reason why there is none."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from relecture.text.codes import agreement, agreement_coefficients
from relecture.text.codes.codings import CODING_COLUMNS
from relecture.text.codes.tree import parse_tree

TREE = parse_tree(
    {
        "title": "Arbre",
        "nodes": [
            {"id": "acces", "label": "Accès", "codable": False, "children": [
                {"id": "mdp", "label": "Mot de passe"}, {"id": "carte", "label": "Carte"},
                {"id": "rare", "label": "Jamais employé"},
            ]},
            {"id": "temps", "label": "Temps"},
        ],
    }
)  # fmt: skip


def _codings(*coders):
    """Codings of one interview: by coder, the codes of each segment, separated by spaces."""
    rows = [
        ("M1", str(segment), code, name)
        for name, segments in zip("abc", coders, strict=False)
        for segment, codes in enumerate(segments)
        for code in codes.split(" ")
    ]
    return pd.DataFrame(rows, columns=list(CODING_COLUMNS))


# Segment by segment, coder a then b. mdp: both on 0 and 1, a alone on 2, b alone on 3. temps: same everywhere.
TWO = _codings(
    ["mdp", "mdp", "mdp carte", "temps", "temps", ""],
    ["mdp", "mdp", "", "temps mdp", "temps", "carte"],
)


@pytest.fixture(scope="module")
def rows():
    return agreement.agreement_by_code(TWO, TREE).set_index("code")


def test_one_row_a_code_that_can_be_put(rows):
    assert rows["label"].to_dict() == {
        "mdp": "Mot de passe", "carte": "Carte", "rare": "Jamais employé", "temps": "Temps",
    }  # fmt: skip


def test_kappa_of_a_code_by_hand(rows):
    """mdp: yes-yes 2, yes-no 1, no-yes 1, no-no 2: observed 4/6, expected 1/2, kappa 1/3."""
    found = rows.loc["mdp"]
    assert (found["units"], found["coders"], found["present"]) == (6, 2, 4)
    assert found["percent"] == pytest.approx(4 / 6)
    assert found["kappa"] == pytest.approx(1 / 3)
    margin = 1.959964 * cohens_kappa([[2, 1], [1, 2]]).std_kappa / (1 - 1 / 9)
    assert found["kappa_low"] == pytest.approx(np.tanh(np.arctanh(1 / 3) - margin))
    assert found["note"] == ""


def test_alpha_of_a_code_by_hand(rows):
    """mdp: six pairs, two in disagreement; 12 values of which 6 are 1: alpha = 1 - 11 * 4 / (2 * 6 * 6)."""
    assert rows.loc["mdp", "alpha"] == pytest.approx(1 - 11 * 4 / (2 * 6 * 6))


def test_degenerate_codes_say_why(rows):
    assert rows["note"].to_dict() == {
        "mdp": "",
        "carte": agreement.NEVER_SHARED,
        "rare": agreement.NEVER_USED,
        "temps": agreement_coefficients.PERFECT_AGREEMENT,
    }
    assert np.isnan(rows.loc["rare", ["kappa", "alpha"]].astype(float)).all()
    assert rows.loc["temps", ["percent", "kappa", "alpha"]].tolist() == [1, 1, 1]


def test_a_coder_who_never_puts_a_code_makes_kappa_nought():
    found = (
        agreement.agreement_by_code(_codings(["mdp", "", "temps"], ["", "", "temps"]), TREE)
        .set_index("code")
        .loc["mdp"]
    )
    assert found["kappa"] == 0
    assert np.isnan(found["kappa_low"])


def test_codes_can_be_compared_from_higher():
    """acces, segments 0 to 5: a on 0, 1, 2; b on 0, 1, 3, 5."""
    rows = agreement.agreement_by_code(TWO, TREE, depth=1)
    assert rows["code"].tolist() == ["acces", "temps"]
    assert rows.loc[0, "percent"] == pytest.approx(3 / 6)
    assert agreement.agreement_by_code(TWO, TREE, depth=2)["code"].tolist() == ["mdp", "carte", "rare", "temps"]


def test_a_single_coder_is_told():
    rows = agreement.agreement_by_code(_codings(["mdp", "temps"]), TREE)
    assert set(rows["note"]) == {agreement_coefficients.ONE_CODER}
    assert agreement.overall_agreement(_codings(["mdp", "temps"])).note == agreement_coefficients.ONE_CODER


def test_three_coders_have_alpha_and_no_kappa():
    found = agreement.overall_agreement(_codings(["mdp", "", "mdp"], ["mdp", "", ""], ["mdp", "temps", "mdp"]))
    assert np.isfinite(found.alpha)
    assert np.isnan(found.kappa)
    assert found.note == agreement_coefficients.MANY_CODERS


def test_all_decisions_together_by_hand():
    """Three codes put, six segments: yes-yes 4, yes-no 2, no-yes 2, no-no 10 of 18 decisions."""
    found = agreement.overall_agreement(TWO)
    assert (found.units, found.present) == (6, 8)
    assert found.percent == pytest.approx(14 / 18)
    assert found.kappa == pytest.approx(cohens_kappa([[4, 2], [2, 10]]).kappa)
    assert np.isnan(found.kappa_low)
    assert found.alpha_low < found.alpha < found.alpha_high


def test_codings_without_any_code_say_so():
    assert agreement.overall_agreement(_codings(["", ""], ["", ""])).note == agreement.NEVER_USED
