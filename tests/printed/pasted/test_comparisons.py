"""Which numbers a p, an estimate or a median is held against; tables are invented, p from R where a call is named."""

import re

import pytest

HEAD = "Variable;Oui (n = 21);Non (n = 60);p\n"
GENRE = "Genre;;;{}\n  Homme;8 (38,1);31 (51,7);\n  Femme;13 (61,9);29 (48,3);\n"


def verdict_of_p(found, part=""):
    return [
        str(each.finding.verdict)
        for each in found.findings
        if each.id.endswith(("chi2", "test", "_p")) and part in each.id
    ]


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("0,28", "reproduced"),  # R: chisq.test(matrix(c(8, 13, 31, 29), 2), correct = FALSE)$p.value 0.2841
        ("0,41", "conditional"),  # with correct = TRUE: 0.4136
        ("0,03", "inconsistent"),
        ("NS", "consistent"),
    ],
)
def test_a_p_beside_a_block_is_that_of_its_counts(pasted, p, verdict):
    assert verdict_of_p(pasted(HEAD + GENRE.format(p))) == [verdict]


def test_missing_answers_are_left_out_of_the_test(pasted):
    text = GENRE.replace("Genre", "Genre, n (%)").format("0,28") + "  Non renseigné;0 (0);0 (0);\n"
    assert verdict_of_p(pasted(HEAD + text)) == ["reproduced"]


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("0,42", ["reproduced"]),  # R: prop.test(c(5, 20), c(21, 60), correct = FALSE)$p.value 0.4161
        ("0,47", []),  # 5 of 20 and 20 of 60, one missing: 0.4862; sizes in between
        ("0,001", ["inconsistent"]),
    ],
)
def test_a_p_beside_a_row_is_that_of_the_row_and_its_complement(pasted, p, verdict):
    assert verdict_of_p(pasted(f"{HEAD}Fumeur;5 (23,8);20 (33,3);{p}\n"), "fumeur") == verdict


def test_each_row_of_a_block_may_have_its_own_p(pasted):
    text = (
        "Zone;;;\n  Ville;8 (38,1);31 (51,7);0,28\n  Bourg;6 (28,6);9 (15,0);0,17\n  Campagne;7 (33,3);20 (33,3);1,00\n"
    )
    assert verdict_of_p(pasted(HEAD + text)) == ["reproduced"] * 3  # prop.test: 0.2841, 0.1682, 1


@pytest.mark.parametrize("shares", [True, False])
def test_a_p_is_not_accused_where_the_next_rows_may_share_it(pasted, shares):
    text = (  # two answers a variable, no sizes; R: chisq.test of each, correct = FALSE: 0.2841, 0.0143, 0.3581, 0.0957
        "Variable;Oui, n (%);Non, n (%);p\nDémographie;;;\nHomme;8 (38,1);31 (51,7);0,28\nFemme;13 (61,9);29 (48,3);\n"
        "Urbain;10 (47,6);12 (20,0);0,01\nRural;11 (52,4);48 (80,0);\nSanté;;;\nFumeur;5 (23,8);9 (15,0);0,36\n"
        "Non fumeur;16 (76,2);51 (85,0);\nSport;3 (14,3);20 (33,3);0,10\nPas de sport;18 (85,7);40 (66,7);\n"
    )
    assert "inconsistent" not in verdict_of_p(pasted(text if shares else re.sub(r" \([\d,]+\)", "", text)))


def test_repeated_measures_are_not_compared_as_groups(pasted):
    text = HEAD.replace("Oui", "Avant").replace("Non", "Après") + GENRE.format("0,001")
    assert verdict_of_p(pasted(text)) == []


@pytest.mark.parametrize(("p", "wrong"), [("< 0,001", False), ("0,98", True)])
def test_means_are_compared_with_the_sizes_of_their_groups(pasted, p, wrong):
    found = pasted(f"{HEAD}Score, moyenne (ET);63,9 (10,5);47,3 (12,0);{p}\n")
    (relation,) = [one for one in found.study.relations if one["kind"] == "group_test"]
    assert relation["first"] == [
        "n.oui",
        "score_moyenne_et.oui_moyenne",
        "score_moyenne_et.oui_ecart_type",
    ]
    assert (verdict_of_p(found) == ["consistent"]) is not wrong


ESTIMATES = "Variable;OR (IC 95 %);p\nÂge;1,36 [0,53–3,48];0,52\nFormation;{};0,004\nSexe;1 (réf.);\n"


@pytest.mark.parametrize(
    ("row", "labels"), [("3,71 [1,49–9,19]", []), ("3,71 [3,49–9,19]", ["Formation, OR (IC 95 %)"])]
)
def test_an_estimate_is_held_against_its_interval(pasted, row, labels):
    assert pasted(ESTIMATES.format(row)).labels("inconsistent") == labels


def test_bounds_may_have_columns_of_their_own(pasted):
    text = "Variable,β,IC inf,IC sup,p\nÂge,-0.02,-0.05,0.01,0.19\nFormation,1.31,0.40,2.22,0.005\n"
    found = pasted(text)
    assert {one["kind"] for one in found.study.relations} == {"coefficient", "coefficient_p"}
    assert found.tally["inconsistent"] == 0


def test_a_median_is_between_its_quartiles(pasted):
    text = "Variable;Oui (n = 21);Non (n = 60)\nDurée, médiane [Q1–Q3];6 [3–10];{} [3–11]\n"
    assert pasted(text.format(5)).tally["inconsistent"] == 0
    assert pasted(text.format(15)).labels("inconsistent") == ["Durée, médiane [Q1–Q3], médiane"]


def test_a_p_that_is_no_probability_is_told_whatever_it_is_of(pasted):
    found = pasted(f"{HEAD}Durée, médiane [Q1–Q3];6 [3–10];5 [3–11];5,2\n")
    assert found.labels("inconsistent") == ["p imprimé 5,2"]


@pytest.mark.parametrize(("unit", "accused"), [(", moyenne (ET)", True), (", moyenne", False), (", mean ± SEM", False)])
def test_means_are_not_accused_where_what_stands_beside_them_may_be_an_error(pasted, unit, accused):
    found = pasted(f"{HEAD}{GENRE.format('')}Score{unit};63,9 ± 1,5;47,3 ± 1,0;0,98\n")  # as SDs, no one in common
    assert bool(found.tally["inconsistent"]) is accused


def test_several_p_of_pairs_of_groups_are_not_judged(pasted):
    found = pasted(
        "Variable;A (n = 21);B (n = 60);C (n = 40);p (A–B);p (A–C)\nFumeur;5 (24);20 (33);9 (22);0,001;0,9\n"
    )
    assert found.tally["inconsistent"] == 0 and verdict_of_p(found) == []


def test_ordered_categories_may_be_compared_by_ranks(pasted):
    head = "Variable;A (n = 26);B (n = 52);C (n = 34);p\nFréquence;;;;0,44\n"
    text = head + "  jamais;5;18;15;\n  parfois;9;13;5;\n  souvent;12;21;14;\n"
    assert verdict_of_p(pasted(text)) == ["conditional"]  # scipy.stats.kruskal 0.4403; Pearson 0.26


def test_equal_p_on_several_rows_are_their_own(pasted):
    text = f"{HEAD}Raisons;;;\n  temps;18 (86);20 (33);< 0,001\n  coût;19 (90);21 (35);< 0,001\n"
    assert set(verdict_of_p(pasted(text))) <= {"reproduced", "consistent"}


@pytest.mark.parametrize("bounds", ["-0.09 to -0.01", ""])
def test_a_coefficient_is_held_against_its_error_its_statistic_and_its_p(pasted, bounds):
    found = pasted(f"Predictor;B;SE;t;95% CI;p\nAge;-0.05;0.02;-2.50;{bounds};.014\n")
    judged = {address for each in found.findings if each.kind != "row" for address in each.addresses}
    assert "age.p" in judged
    assert found.tally["inconsistent"] == 0
