"""A crossing counts, tests and masks as pages do, in French, whatever the pair of questions.

Oracles: counts by hand, `statsmodels.proportion_confint` for Wilson's intervals, scipy and pingouin for tests.
"""

from dataclasses import replace
from time import process_time

import pandas as pd
import pingouin
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

import relecture as rl
from relecture.answers.synthetic_label import respondents
from relecture.core.errors import InputError
from relecture.explore.crosstab import Crosstab

STUDY = rl.load_study("guefif")
PEOPLE = STUDY.answers()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "answers.csv"
    PEOPLE.codes.set_axis([f"m{rank}" for rank in range(PEOPLE.n)]).rename_axis("repondant").to_csv(path)
    return STUDY.answers(path)


def shown(crossed, group, label):
    cells = crossed.frame
    return cells[(cells["group"] == group) & (cells["label"] == label)].iloc[0]


def test_counts_shares_and_wilson_intervals():
    cell = shown(PEOPLE.cross("genre", by="groupe", confidence=0.9), "utilisateurs de Predice PRO", "Une femme")
    count = ((PEOPLE.codes["genre"] == "feminin") & (PEOPLE.codes["predice"] == "oui")).sum()
    low, high = proportion_confint(count, 21, alpha=0.1, method="wilson")
    assert (cell["count"], cell["n"], cell["share"]) == (count, 21, count / 21)
    assert (cell["low"], cell["high"]) == pytest.approx((low, high))


def test_answers_and_groups_stand_in_the_order_of_the_form():
    cells = PEOPLE.cross("aisance", by="strate").frame
    assert list(cells["label"].cat.categories) == ["Mauvaise", "Passable", "Moyenne", "Bonne", "Excellente"]
    assert list(cells["group"].cat.categories) == [*PEOPLE.questions["strate"].choices.values(), "Ensemble"]


@pytest.mark.parametrize("by", ["aisance", "ess.verrou", "exercice.rurale", "predice", "strate"])
def test_any_question_with_one_answer_makes_groups(by):
    cells = PEOPLE.cross("genre", by=by).frame
    women = PEOPLE.frame[by][PEOPLE.codes["genre"] == "feminin"].value_counts()
    found = cells[(cells["label"] == "Une femme") & (cells["group"] != "Ensemble")].set_index("group")["count"]
    assert found.to_dict() == women.reindex(found.index).to_dict()


def test_words_are_compared_by_fisher_when_a_count_is_expected_below_five():
    test = PEOPLE.cross("interlocuteurs.interne_generaliste", by="predice").tests.iloc[0]
    table = pd.crosstab(PEOPLE.codes["interlocuteurs.interne_generaliste"], PEOPLE.codes["predice"])
    assert stats.contingency.expected_freq(table).min() < 5 and test["test"] == "Fisher exact"
    assert test["p"] == pytest.approx(stats.fisher_exact(table).pvalue)


def test_ordered_answers_are_compared_by_ranks():
    crossed = PEOPLE.cross("aisance", by="groupe")
    ranks = PEOPLE.codes["aisance"].map({code: rank for rank, code in enumerate(PEOPLE.questions["aisance"].choices)})
    users = PEOPLE.codes["predice"] == "oui"
    expected = pingouin.mwu(ranks[users], ranks[~users], method="asymptotic")
    assert crossed.tests["p"].iloc[0] == pytest.approx(expected["p-val" if "p-val" in expected else "p_val"].iloc[0])
    assert crossed.test.replace("\xa0", " ").startswith(
        "Test : Mann-Whitney (échelle ordinale). p = 1,000 ; r = 0,00 ["
    )


def test_a_score_in_three_groups_is_compared_by_kruskal_wallis():
    crossed = PEOPLE.cross("score", by="strate")
    groups = [part["score"] for _, part in PEOPLE.counted.groupby("strate")]
    assert crossed.tests["p"].iloc[0] == pytest.approx(stats.kruskal(*groups).pvalue)
    cells = crossed.frame.set_index("group")
    assert cells.loc["Ensemble", "median"] == PEOPLE.counted["score"].median()
    assert crossed.test.replace("\xa0", " ").startswith(
        "Test : Kruskal-Wallis (trois groupes ou plus). p < 0,001 ; ε² ="
    )


def test_missing_answers_are_told_apart_by_reason():
    cells = PEOPLE.cross("ess.carte_cps").frame.query("kind == 'missing'")
    expected = (PEOPLE.codes["ess.carte_cps"] == "sans_objet").sum()
    assert dict(zip(cells["label"], cells["count"], strict=True)) == ({"sans objet": expected} if expected else {})
    messagerie = PEOPLE.cross("canal_prefere").frame.query("kind == 'missing'")
    assert dict(zip(messagerie["label"], messagerie["count"], strict=True)) == {
        words: count for code, words in (("non_pose", "non posée"), ("sans_reponse", "sans réponse"))
        if (count := (PEOPLE.codes["canal_prefere"] == code).sum())
    }  # fmt: skip


def test_several_answers_are_tested_one_by_one_and_corrected():
    crossed = PEOPLE.cross("interlocuteurs", by="groupe")
    assert len(crossed.tests) == 13 and "Sur 13 tests, corrigés selon Holm" in crossed.test
    assert crossed.tests["p_holm"].min() == pytest.approx(
        pingouin.multicomp(crossed.tests["p"].to_numpy(), method="holm")[1].min()
    )


@pytest.mark.parametrize(
    ("question", "by", "words"),
    [
        ("aisance", "age", "est un nombre"), ("aisance", "exercice", "exercice.urbaine"), ("lieu", "", "reconnaître"),
        ("aisance", "lieu", "reconnaître"), ("genre", "genre", "avec elle-même"),
        ("ess", "ess.verrou", "avec elle-même"), ("aisanse", "", "« aisance »"),
    ],
)  # fmt: skip
def test_what_cannot_be_crossed_says_why_in_french(question, by, words):
    with pytest.raises(InputError, match=words):
        PEOPLE.cross(question, by=by)


def test_a_level_of_confidence_is_between_0_and_1():
    with pytest.raises(InputError, match="entre 0 et 1"):
        PEOPLE.cross("aisance", confidence=95)


def test_own_answers_are_masked_to_be_published_and_whole_in_private(own):
    public, private = own.cross("aisance", by="genre"), own.cross("aisance", by="genre", publish=False)
    true = private.frame["count"]
    assert not public.label and (public.frame["count"].dropna() >= 5).all() and public.frame["withheld"].any()
    assert (true < 5).any() and true.sum() == 2 * own.n
    assert private.head.startswith("Privé") and not public.head.startswith("Privé")
    assert "Privé" in private.table.caption and "prive" in private.table.file_name
    assert "masqué" in repr(public) and "masqué" in public._repr_html_() and "masqué" not in repr(private)


def test_synthetic_answers_need_no_mask_and_are_labelled():
    crossed = PEOPLE.cross("genre", by="aisance")
    assert "withheld" not in crossed.frame and not crossed.head.startswith("Privé")
    assert crossed.frame["note"].eq("Réponses synthétiques").all()
    assert repr(crossed).startswith("Réponses synthétiques") and "Réponses synthétiques" in crossed._repr_html_()


def pairs(people):
    """Every question by a group of each sort, and a question of each sort by every group: all pairs take minutes."""
    sorts = {}
    for one in people.questions:
        sorts.setdefault((one.kind, min(len(one.choices), 4), bool(one.refusal)), one.id)
    names = [one.id for one in people.questions]
    every = [(question, by) for question in names for by in ("", *names)]
    return [(question, by) for question, by in every if by == "" or {question, by} & set(sorts.values())]


@pytest.mark.parametrize("name", ["ajoodha", "guefif", "zerhoui"])
def test_pairs_of_a_study_are_crossed_or_refused_in_french(name):
    people = rl.load_study(name).answers()
    crossed, refused = 0, []
    for question, by in pairs(people):
        try:
            found = people.cross(question, by=by)
            known = people.frame[by].notna().sum() if by else people.n
            assert isinstance(found, Crosstab) and found.n == known and (found.test or not by)
            crossed += 1
        except InputError as error:
            refused.append(str(error))
    assert crossed > len(people.questions)
    assert all("« " in message for message in refused)


def test_many_respondents_take_little_more_time():
    codes = PEOPLE.codes.sample(5_000, replace=True, random_state=1)
    many, times = replace(PEOPLE, codes=codes.set_axis(respondents(5_000))), {}
    asked = [
        ("aisance", "groupe"),
        ("frequence", "strate"),
        ("score", "strate"),
        ("ess", "groupe"),
        ("exercice", "genre"),
    ]
    for people in (PEOPLE, many, PEOPLE, many):
        start = process_time()
        assert all(people.cross(*pair).n <= people.n for pair in asked)
        times[people.n] = process_time() - start
    assert times[5_000] < 5 * times[PEOPLE.n]


def test_groups_too_small_to_be_shown_are_refused_unless_in_private(own):
    with pytest.raises(InputError, match="au moins la moitié des groupes de « moyen » ont moins de 5"):
        own.cross("genre", by="moyen")
    assert own.cross("genre", by="moyen", publish=False).frame["count"].sum() == 2 * own.n


def test_a_study_of_interviews_says_why_it_has_no_answers():
    with pytest.raises(InputError, match="entretiens libres"):
        rl.load_study("planchenault").answers()


@pytest.mark.parametrize(
    "question, by, words",
    [
        ("score", "strate", "diffèrent plus que le hasard"),
        ("genre", "groupe", "peu nombreux, ils peuvent différer"),
        ("genre", "", "Intervalles à 95"),
    ],
)
def test_a_result_is_told_in_plain_words_with_what_it_does_not_say(question, by, words):
    crossed = PEOPLE.cross(question, by=by)
    below = crossed.tests["p_holm"].lt(0.05).any() if by else None
    assert words in crossed.meaning and ("diffèrent plus" in crossed.meaning) == bool(below)
    assert "elles ne prouvent rien" in crossed.meaning and words.split(",")[0] in crossed.sentence


def test_own_answers_are_not_said_to_prove_nothing(own):
    assert "prouvent" not in own.cross("genre").meaning
