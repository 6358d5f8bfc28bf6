"""Every count of the printed table is found back in the synthetic answers, or the account says why not.

Counts are recomputed here from the ledger's addresses alone, without the plan or the account.
"""

import numpy as np
import pandas as pd
import pingouin
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.synthetic import generate
from relecture.core.errors import InputError
from relecture.core.study import load_study

STUDY = load_study("guefif")
PRINTED = {row.address: row.value for row in STUDY.rows}
PLAN = yaml.safe_load((STUDY.folder / "synthetic.yaml").read_text(encoding="utf-8"))
COUNTS = [row.address for row in STUDY.rows if row.address.startswith("table1.") and row.kind == "count"]
FULL = {"sexe": (20, 23, 18, 20), "senior": (19, 12, 19, 31), "teleconsultation": (20, 16, 18, 27)}
FEW = {  # 32 and 49 respondents: the only integer tables with the printed intervals and printed margins
    "sexe": (17, 26, 15, 23), "patients": (12, 15, 20, 34), "zonage": (15, 28, 17, 21),
    "visites": (14, 9, 18, 40), "interlocuteurs": (20, 35, 12, 14),
}  # fmt: skip
IMPOSSIBLE = {
    "table1.motif_consultation.les_deux.utilisateurs": "10",  # 23 answers printed for 21 respondents
    "principal.score.moyenne.non_utilisateurs": "46,7",  # the two strata print 61,9 and 40,7
    "principal.score.ecart_type.non_utilisateurs": "14",
}


@pytest.fixture(scope="module", params=[{}, FULL, FEW], ids=["libre", "38-43", "32-49"])
def drawn(request):
    found = generate.answers(PLAN, PRINTED, tables=request.param)
    return found.frame, found.account.set_index("target"), request.param


def counted(frame: pd.DataFrame, address: str) -> int:
    _, question, choice, group = address.split(".")
    people = frame[frame["groupe"] == group]
    if question == "patientele" and choice == "autres":  # printed as the ticks of all the other choices
        return int(people.filter(regex=r"^patientele_autres\.").to_numpy().sum())
    if f"{question}.{choice}" in frame:
        return int(people[f"{question}.{choice}"].sum())
    return int((people[question] == choice).sum())


@pytest.mark.parametrize("address", COUNTS)
def test_count(drawn, address):
    frame, account, _ = drawn
    row, found = account.loc[address], counted(frame, address)
    assert row["wanted"] == PRINTED[address]
    assert row["obtained"] == str(found)
    assert row["reproduced"] == (str(found) == PRINTED[address])
    if not row["reproduced"]:
        assert str(found) == IMPOSSIBLE[address]
        assert "23 réponses imprimées pour 21 répondants" in row["reason"]


STRATA = [
    ("predice", 21, "63,9", "10,5"),
    ("autres_securises", 17, "61,9", "9,7"),
    ("non_securises", 43, "40,7", "9,5"),
]


@pytest.mark.parametrize(("stratum", "n", "mean", "sd"), STRATA)
def test_score(drawn, stratum, n, mean, sd):
    score = drawn[0].query("strate == @stratum")["score"]
    assert len(score) == n
    assert score.between(20, 80).all()
    assert f"{score.mean():.1f}".replace(".", ",") == mean
    assert f"{score.std():.1f}".replace(".", ",") == sd


def test_items_make_the_score_and_agree_with_one_another(drawn):
    frame = drawn[0]
    items = frame.filter(regex=r"^item\d\d$")
    assert items.shape[1] == 20
    assert items.isin([1, 2, 3, 4]).all(axis=None)
    assert (items.sum(axis=1) == frame["score"]).all()
    assert pingouin.cronbach_alpha(items)[0] > 0.9
    assert len(items.T.drop_duplicates()) == 20


AGES = [("utilisateurs", "41.09", "8.39", 41), ("non_utilisateurs", "41.71", "11.55", 37)]


@pytest.mark.parametrize(("group", "mean", "sd", "median"), AGES)
def test_age_by_truncation(drawn, group, mean, sd, median):
    frame, account, _ = drawn
    age = frame.query("groupe == @group")["age"]
    assert (str(age.mean())[:5], str(age.std())[: len(sd)], age.median()) == (mean, sd, median)
    assert age.between(24, 75).all()
    assert account.loc[f"table1.age.moyenne.{group}", ["reproduced", "reason"]].tolist() == [
        True, "retrouvé par troncature"
    ]  # fmt: skip


def test_tables_given_are_exact(drawn):
    frame, account, tables = drawn
    for name, (a, b, c, d) in tables.items():
        outcome = "securise" if a + c == 38 else "securise_restreint"
        crossed = frame.groupby([f"x_{name}", outcome]).size()
        assert [int(crossed[pair]) for pair in ((1, 1), (1, 0), (0, 1), (0, 0))] == [a, b, c, d]
        assert account.loc[f"x_{name}", "reproduced"]


DERIVED = [
    ("sexe", lambda frame: frame["genre"] == "masculin"),
    ("age", lambda frame: frame["age"] < 45),
    ("interlocuteurs", lambda frame: frame.filter(regex=r"^interlocuteurs\.").sum(axis=1) > 3),
    ("outils", lambda frame: frame.filter(regex=r"^outils\.").sum(axis=1) > 3),
    ("senior", lambda frame: frame["patientele.plus_75_polypathologique"] == 1),
    ("zonage", lambda frame: frame["exercice.urbaine"] == 1),
    ("teleconsultation", lambda frame: frame["teleconsultations"] == "une_ou_plus"),
]


@pytest.mark.parametrize(("name", "criterion"), DERIVED, ids=[name for name, _ in DERIVED])
def test_covariates_follow_the_answers(drawn, name, criterion):
    assert (drawn[0][f"x_{name}"] == criterion(drawn[0])).all()


def test_more_than_five_visits_implies_visits(drawn):
    frame, _, tables = drawn
    if "visites" in tables:
        assert (frame.loc[frame["x_visites"] == 1, "visites"] == "une_ou_plus").all()
    else:
        assert frame["x_visites"].isna().all()


def test_the_questionnaire_is_respected(drawn):
    frame = drawn[0]
    assert frame.filter(regex=r"^patientele").sum(axis=1).between(1, 3).all()
    objects = frame.filter(regex=r"^objets\.").sum(axis=1)
    assert objects.between(1, 3).all()
    assert (objects[frame["objets.pas_de_reponse"] == 1] == 1).all()


def test_the_account_knows_what_cannot_hold(drawn):
    _, account, tables = drawn
    missing = account[~account["reproduced"]]
    free = [f"x_{name}" for name in PLAN["covariates"] if name not in tables]
    assert set(missing.index) == set(IMPOSSIBLE) | set(free)
    assert missing["reason"].ne("").all()
    assert missing.loc[list(IMPOSSIBLE), "obtained"].to_dict() == IMPOSSIBLE


def test_same_seed_same_answers_another_seed_others():
    first, again, other = (generate.answers(PLAN, PRINTED, tables=FULL, seed=seed).frame for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


@pytest.mark.parametrize("seed", range(5))
def test_any_seed_reproduces_the_same_targets(seed):
    account = generate.answers(PLAN, PRINTED, tables=FEW, seed=seed).account
    failed = account.loc[~account["reproduced"] & ~account["target"].str.startswith("x_"), "target"]
    assert set(failed) == set(IMPOSSIBLE)
    assert account.set_index("target").loc[[f"x_{name}" for name in FEW], "reproduced"].all()


HOPELESS = [
    ("sexe", (20, 24, 18, 19), "44 exposés"),  # 43 men are printed
    ("sexe", (21, 22, 19, 19), "aucun classement des moyens ne donne 40 et 41"),
    ("densite", (3, 2, 35, 41), "5 exposés"),  # 4 practices in a ZIP are printed
    ("outils", (38, 43, 0, 0), "aucune grille"),  # not enough tools ticked for everybody to have four
    ("visites", (38, 43, 0, 0), "exposés"),  # ten made no visit
]


@pytest.mark.parametrize(("name", "table", "reason"), HOPELESS)
def test_a_table_that_cannot_hold_is_accounted_for(name, table, reason):
    account = generate.answers(PLAN, PRINTED, tables={name: table}).account.set_index("target")
    assert not account.loc[f"x_{name}", "reproduced"]
    assert reason in account.loc[f"x_{name}", "reason"]


def test_faults_of_tables_come_all_at_once():
    with pytest.raises(InputError) as error:
        generate.answers(PLAN, PRINTED, tables={"taille": (1, 2, 3, 4), "sexe": (1, 2, -3, 4)})
    assert len(error.value.faults) == 2
    assert "« taille » : covariable inconnue" in str(error.value)


BAD_PLANS = [
    ({"groups": {"utilisateurs": "flux.perdus", "non_utilisateurs": "flux.non_utilisateurs"}}, "« flux.perdus »"),
    ({"single": {"genre": ["masculin", "femninin"]}}, "table1.genre.femninin"),
    ({"outcomes": {"securise": ["pigeon"]}}, "le moyen « pigeon »"),
    ({"covariates": {"sexe": {"column": "sexe", "among": ["masculin"]}}}, "« sexe », qui n'est pas une colonne"),
    ({"covariates": {"sexe": {"column": "genre"}}}, "un seul critère parmi"),
    ({"covariates": {"sexe": {"among": ["masculin"]}}}, "covariates, « sexe » : « column » manque"),
    ({"checks": [{"column": "groupe", "value": "x", "mean": "rien", "sd": "rien"}]}, "l'adresse « rien »"),
    ({"strata": PLAN["strata"] | {"predice": {"group": "utilisateurs"}}}, "strata, « predice » : « channels » manque"),
    ({"score": {"items": 20, "low": 1}}, "score : « high » manque"),
    ({"groups": {"utilisateurs": "flux.utilisateurs", "non_utilisateurs": "flux.utilisateurs"}}, "totalisent 60"),
    ({"groups": {"utilisateurs": "flux.utilisateurs", "non_utilisateurs": "methode.cpts"}}, "n'est pas un effectif"),
]


@pytest.mark.parametrize(("change", "message"), BAD_PLANS)
def test_a_bad_plan_says_what_is_wrong(change, message):
    with pytest.raises(InputError, match=message):
        generate.answers(PLAN | change, PRINTED)


def test_a_plan_without_its_parts_names_them_all():
    with pytest.raises(InputError) as error:
        generate.answers({}, PRINTED)
    assert [name in str(error.value) for name in ("prefix", "groups", "strata", "outcomes", "score")] == [True] * 5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(20, 80), min_size=2, max_size=40).filter(lambda xs: len(set(xs)) > 1), st.integers(0, 99))
def test_integers_finds_back_what_a_sample_prints(sample, seed):
    mean, sd = (f"{value:.1f}".replace(".", ",") for value in (np.mean(sample), np.std(sample, ddof=1)))
    found = generate.integers(len(sample), mean, sd, 20, 80, rng=np.random.default_rng(seed))
    assert 20 <= found.min() <= found.max() <= 80
    unit = 0.1 + 1e-9  # half a unit by rounding, one unit by truncation
    assert abs(found.mean() - float(mean.replace(",", "."))) <= unit
    assert abs(found.std(ddof=1) - float(sd.replace(",", "."))) <= unit


@pytest.mark.parametrize(
    ("n", "mean", "sd"), [(21, "41,02", "8,39"), (21, "41,09", "60"), (1, "41", "0")]
)  # no such sum; too wide for the bounds; no deviation of one
def test_integers_refuses_in_french(n, mean, sd):
    with pytest.raises(ValueError, match=r"aucune suite|deux répondants"):
        generate.integers(n, mean, sd, 24, 75, rng=np.random.default_rng(1))


@given(st.lists(st.integers(20, 80), min_size=1, max_size=20), st.integers(0, 99))
def test_items_always_add_up(totals, seed):
    rows = generate.items(totals, rng=np.random.default_rng(seed))
    assert rows.sum(axis=1).tolist() == totals
    assert 1 <= rows.min() <= rows.max() <= 4


def test_items_refuses_a_total_out_of_reach():
    with pytest.raises(ValueError, match="20–80"):
        generate.items([81], rng=np.random.default_rng(1))
