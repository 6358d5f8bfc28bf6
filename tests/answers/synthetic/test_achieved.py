"""The account says what was obtained, from the answers themselves, and why it is not what was printed."""

import pytest

from relecture.answers.synthetic import generate, reading
from relecture.answers.synthetic.achieved import account


@pytest.fixture
def spoiled(toy, toy_plan, toy_printed):
    """The account of answers where somebody was changed: mailiz for everybody, and one more « non »."""
    frame = generate.coded(toy, toy_plan, toy_printed).frame
    yes = frame.index[frame["mss"] == "oui"]
    frame.loc[yes[0]] = frame.loc[frame["mss"] == "non"].iloc[0]
    frame["lesquelles.mailiz"] = "1"
    return account(reading.read(toy, toy_plan, toy_printed), frame, {}, {}).set_index("target")


def test_answers_are_recounted(spoiled):
    assert spoiled.loc["mss.oui", ["wanted", "obtained", "reproduced"]].tolist() == ["12", "11", False]
    assert spoiled.loc["tic.mailiz", ["obtained", "reproduced"]].tolist() == ["20", False]
    assert "tous les effectifs" in spoiled.loc["tic.mailiz", "reason"]
    assert spoiled.loc["part", ["obtained", "reproduced"]].tolist() == ["55", False]
    assert spoiled.loc["part", "reason"].startswith("11 sur 20")
    assert spoiled.loc["encore", "reproduced"]


def test_counts_that_nobody_can_give_are_missed_with_a_reason(toy, toy_plan, toy_printed):
    made = generate.coded(toy, toy_plan, toy_printed | {"tic.mailiz": "19"}).account.set_index("target")
    assert made.loc["tic.mailiz", ["obtained", "reproduced"]].tolist() == ["12", False]  # twelve are asked


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ({"alarme.oui": "9", "alarme.non": "8"}, "17 réponses imprimées pour 20 répondants ; les autres"),
        ({"alarme.oui": "16", "alarme.non": "8"}, "24 réponses imprimées pour 20 répondants ; surplus retiré"),
        ({"alarme.oui": "12", "alarme.non": "8"}, ""),
    ],
)
def test_printed_answers_that_are_not_as_many_as_respondents(toy, printed, reason):
    made = generate.coded(toy, {"respondents": "n", "counts": {"alarme": "alarme.{}"}}, {"n": "20", **printed}).account
    assert made["reason"].str.startswith(reason).iloc[1:].all()
    assert bool(made["reproduced"].all()) == ("surplus" not in reason)


def test_a_number_printed_twice_has_one_row(toy):
    plan = {"respondents": "n", "counts": {"alarme": {"oui": ["n", "n"]}}}
    made = generate.coded(toy, plan, {"n": "20"}).account
    assert made["target"].tolist() == ["n"]


def test_what_the_form_cannot_give_keeps_its_reason(toy):
    plan = {"respondents": "n", "counts": {}, "unheld": [{"addresses": ["t*"], "reason": "non demandé"}]}
    made = generate.coded(toy, plan, {"n": "20", "taille": "170"}).account
    assert made.iloc[1].tolist() == ["taille", "170", "", False, "non demandé"]


def test_statistics_are_exact_and_truncation_is_said(grouped_toy, grouped_plan, grouped_printed):
    """No eight whole numbers have a mean that rounds to 41,55, but 332,5 / 8 = 41,5625: cut, not rounded."""
    printed = grouped_printed | {"age.m.equipes": "41,62", "age.s.equipes": "8,2"}
    made = generate.coded(grouped_toy, grouped_plan, printed).account.set_index("target")
    assert made.loc["age.m.equipes", ["reproduced", "reason"]].tolist() == [True, ""]  # 333 / 8 = 41,625, half to even
    printed |= {"age.m.equipes": "41,87", "age.m.autres": "44,16"}  # 335 / 8 = 41,875; 530 / 12 = 44,1666…
    made = generate.coded(grouped_toy, grouped_plan, printed).account.set_index("target")
    assert made.loc["age.m.autres", ["reproduced", "reason"]].tolist() == [True, "retrouvé par troncature"]
    made = generate.coded(grouped_toy, grouped_plan, printed | {"age.m.autres": "44,13"}).account.set_index("target")
    assert "tirage autour" in made.loc["age.m.autres", "reason"]


def test_too_few_respondents_have_no_deviation(grouped_toy, grouped_plan, grouped_printed):
    made = generate.coded(grouped_toy, grouped_plan, grouped_printed, n=1).account.set_index("target")
    assert made.loc["age.s.equipes", "obtained"] == ""
    assert "trop peu" in made.loc["age.s.equipes", "reason"]


def test_tables_that_were_not_given_or_not_held(grouped_toy, grouped_plan, grouped_printed):
    tables = {"alarme": (5, 12, 3, 0)}  # six of the eight are printed with an alarm
    made = generate.coded(grouped_toy, grouped_plan, grouped_printed, tables=tables).account.set_index("target")
    assert made.loc["x_alarme", "wanted"] == "5 · 12 · 3 · 0"
    assert made.loc["x_alarme", "obtained"] == "6 · 12 · 2 · 0"
    assert made.loc["x_alarme", "reason"].startswith("17 exposés")
    assert "aucun tableau fourni" in made.loc["x_age", "reason"]
