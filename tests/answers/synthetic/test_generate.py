"""Synthetic answers of every study that has a plan: coded, labelled, seeded, and accounted for.

Oracles: the questionnaire itself (its codes, its skip logic, its validation of files) and the printed numbers.
"""

import json
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from relecture import InputError, load_study
from relecture.answers.files import validation
from relecture.answers.questionnaire import instrument, skip_logic
from relecture.answers.questionnaire.missing import CODES
from relecture.answers.synthetic import generate


@pytest.mark.parametrize(("n", "seed"), [(None, 2023), (None, 7), (1, 1), (3, 1), (130, 1)])
class TestFrames:
    def test_cells_are_of_the_form_and_contradict_nothing(self, study, draw, n, seed):
        form, frame = instrument.load(study), draw(study, n, seed).frame
        assert list(frame.columns) == list(form.columns)
        assert frame.index.is_unique and frame.index.str.startswith("synthetique-").all()
        for column in form.columns.values():
            if column.codes:
                assert set(frame[column.name]) <= {*column.codes, *CODES}
        again, contradictions = skip_logic.apply(form, frame)
        assert contradictions.empty
        pd.testing.assert_frame_equal(again, frame)

    def test_the_file_is_read_back_without_a_fault(self, study, draw, tmp_path, n, seed):
        made = draw(study, n, seed)
        made.frame.to_csv(tmp_path / "a.csv")
        assert validation.read(instrument.load(study), tmp_path / "a.csv").frame.equals(made.frame)

    def test_each_number_is_accounted_for_once(self, study, draw, n, seed):
        account = draw(study, n, seed).account
        held = account[account["reproduced"]]
        assert account["target"].is_unique
        assert account.loc[~account["reproduced"], "reason"].ne("").all()
        assert held["wanted"].eq(held["obtained"]).all()


def test_ticks_numbers_and_texts_keep_to_the_form(study, draw):
    form, frame = instrument.load(study), draw(study).frame
    for item in form.items:
        cells = frame[[column.name for column in item.columns]]
        told = cells[~cells.isin(CODES).any(axis=1)]
        if item.kind == "multiple":
            assert told.eq("1").sum(axis=1).between(1, item.most or len(item.columns)).all()
            for choice in (choice.id for choice in item.choices if choice.exclusive):
                assert told[told[f"{item.id}.{choice}"] == "1"].eq("1").sum(axis=1).eq(1).all()
        if item.kind == "number":
            assert told[item.id].astype(int).between(item.low, item.high).all()
        if item.kind == "text":
            assert set(told[item.id]) <= {"(réponse synthétique)"}


def test_what_was_never_asked_stays_so(study, draw):
    frame = draw(study).frame
    for item in (item for item in instrument.load(study).items if item.never_asked):
        assert set(frame[item.id]) == {"non_pose"}


def test_same_seed_same_cells_another_seed_others(study, draw):
    first = draw(study).frame
    pd.testing.assert_frame_equal(first, study.synthetic().frame)
    assert not first.equals(draw(study, None, 7).frame)


@pytest.mark.parametrize("n", [1, 3, 130])
def test_another_number_keeps_the_shares_and_says_so(study, draw, n):
    made, before = draw(study, n, 1), len(draw(study).frame)
    account = made.account
    apart = account[~account["reproduced"] & account["obtained"].ne("") & account["wanted"].ne("")]
    assert len(made.frame) == n
    assert len(apart)
    assert apart["reason"].str.startswith(f"{n} répondant").all()
    assert apart["reason"].str.contains(f"au lieu de {before}").all()


def test_a_share_of_another_number_is_rounded_down_or_up(toy, toy_plan, toy_printed):
    frame = generate.coded(toy, toy_plan, toy_printed, n=33).frame
    for column, cell, count in (("mss", "oui", 12), ("mss", "non", 8), ("lesquelles.mailiz", "1", 5)):
        assert abs((frame[column] == cell).sum() - Fraction(count * 33, 20)) < 1


def test_a_plan_on_the_toy(toy, toy_plan, toy_printed):
    made = generate.coded(toy, toy_plan, toy_printed)
    frame, account = made.frame, made.account.set_index("target")
    assert frame["mss"].value_counts().to_dict() == {"oui": 12, "non": 8}
    assert (frame["lesquelles.mailiz"] == "1").sum() == 5
    assert frame[["lesquelles.apicrypt", "lesquelles.lifen"]].eq("1").any(axis=1).sum() == 9  # two counted as one
    assert set(frame["lesquelles.aucune"]) == {"0", "non_pose"}  # printed by no count: never ticked
    assert account["reproduced"].all()
    assert account.loc["part", "obtained"] == "60"  # 12 of 20
    assert frame["duree"].astype(int).between(0, 9).all()
    assert set(made.at_random) == {"avis.simple", "avis.sure", "avis.lente", "alarme", "age", "duree"}


def test_groups_on_the_toy(grouped_toy, grouped_plan, grouped_printed):
    """The groups are those with the outcome and without: what each prints makes the tables."""
    tables = {"alarme": (6, 12, 2, 0), "mailiz": (5, 0, 3, 12)}
    made = generate.coded(grouped_toy, grouped_plan, grouped_printed, tables=tables)
    frame, account = made.frame, made.account.set_index("target")
    equipped = frame["mss"] == "oui"
    assert equipped.sum() == 8
    assert frame.loc[equipped, "alarme"].eq("oui").sum() == 6 and frame.loc[~equipped, "alarme"].eq("oui").all()
    assert f"{frame.loc[~equipped, 'age'].astype(int).mean():.1f}" == "44.1"
    points = frame.filter(like="avis.")[equipped].replace({"oui": 3, "bof": 2, "non": 1}).astype(int)
    points = points.assign(**{"avis.lente": 4 - points["avis.lente"]}).sum(axis=1)  # it counts the other way round
    assert f"{points.mean():.1f}" == "6.5"
    missed = account[~account["reproduced"]]
    assert set(missed.index) == {"age.s", "x_age"}  # deviations of 8,2 and 10 make no 12; no table of ages is given
    assert "strates" in missed.loc["age.s", "reason"] and "hasard" in missed.loc["x_age", "reason"]


def test_no_respondent_is_refused(toy, toy_plan, toy_printed):
    with pytest.raises(InputError, match="au moins 1"):
        generate.coded(toy, toy_plan, toy_printed, n=0)


def test_a_study_without_a_plan_says_who_has_one(study):
    with pytest.raises(InputError, match=study.name):
        generate.of_study(load_study("clausener"))


NAMES = [
    ("essai.csv", "essai.synthetic.csv"), ("essai", "essai.synthetic.csv"),
    ("essai-synthetic.csv", "essai-synthetic.csv"),
    ("Essai Synthétique.CSV", "Essai Synthétique.CSV"), ("reponses_synthetiques", "reponses_synthetiques.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "name"), NAMES)
def test_the_name_says_synthetic(tmp_path, asked, name):
    assert generate.labelled(tmp_path / asked) == tmp_path / name


@pytest.mark.parametrize(("path", "message"), [("essai.xlsx", ".csv"), ("absent/essai.csv", "n'est pas un dossier")])
def test_another_file_is_refused(tmp_path, path, message):
    with pytest.raises(InputError, match=message):
        generate.labelled(tmp_path / path)


def test_the_metadata_tell_all(toy, toy_plan, toy_printed):
    made = generate.coded(toy, toy_plan, toy_printed, seed=5)
    told = json.loads(generate.metadata(made, "jouet"))
    assert (told["synthetic"], told["study"], told["seed"], told["respondents"]) == (True, "jouet", 5, 20)
    assert (told["reproduced"], told["targets"]) == (7, 7)
    assert told["account"][0] == {"target": "n", "printed": "20", "obtained": "20", "reproduced": True, "reason": ""}
    assert "20 réponses synthétiques dans b.csv (nom complété" in generate.summary(made, Path("b.csv"), Path("a.csv"))
