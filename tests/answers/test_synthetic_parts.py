"""The parts of the synthetic answers: plans that are wrong, counts shared out, blocks, and the label of the file."""

import json
from collections import Counter
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.answers.synthetic import csv_file, generate, printed_to_form
from relecture.answers.synthetic.common import grids
from relecture.answers.synthetic.survey import annealing, filling, plan
from relecture.answers.synthetic.survey.plan import Rules
from relecture.core.errors import InputError
from relecture.core.numbers import apportioned

MSS, TICKS = {"mss.oui": "12", "mss.non": "8"}, {"tic.mailiz": "5", "tic.payante": "9"}
PRINTED = {"n": "20", "encore": "20", **MSS, **TICKS, "part": "60"}
CHOICES = ("mailiz", "apicrypt", "lifen", "autre", "aucune")
PLAN = {
    "respondents": "n",
    "same": ["enc*"],
    "counts": {"mss": "mss.{}", "lesquelles": "tic.{}"},
    "shares": {"mss": {"oui": "part"}},
    "only": {"duree": [0, 9]},
}
FREE = Rules((), {})


def rng(seed=1):
    return np.random.default_rng(seed)


def test_a_plan_on_the_toy(toy):
    made = generate.coded(toy, PLAN, PRINTED)
    frame, account = made.frame, made.account.set_index("target")
    assert frame["mss"].value_counts().to_dict() == {"oui": 12, "non": 8}
    assert (frame["lesquelles.mailiz"] == "1").sum() == 5
    assert frame[["lesquelles.apicrypt", "lesquelles.lifen"]].eq("1").any(axis=1).sum() == 9  # two counted as one
    assert set(frame["lesquelles.aucune"]) == {"0", "non_pose"}  # printed by no count: never ticked
    assert account["reproduced"].all()
    assert account.loc["part", "obtained"] == "60"  # 12 of 20
    assert frame["duree"].astype(int).between(0, 9).all()
    assert {"alarme", "age", "avis.simple"} <= set(made.at_random)


def test_counts_that_nobody_can_give_are_missed_with_a_reason(toy):
    account = generate.coded(toy, PLAN, PRINTED | {"tic.mailiz": "19"}).account.set_index("target")
    assert account.loc["tic.mailiz", ["obtained", "reproduced"]].tolist() == ["12", False]  # twelve are asked
    assert "tous les effectifs" in account.loc["tic.mailiz", "reason"]


BAD = [
    ({"respondents": "rien"}, "« rien » à l'adresse « rien » n'est pas un effectif"),
    ({"same": ["perdu.*"]}, "aucune valeur imprimée à l'adresse « perdu.* »"),
    ({"counts": {"mss": "perdu.{}"}}, "aucune valeur imprimée à l'adresse « perdu.{} »"),
    ({"counts": {"mss": {"oui": "perdu"}}}, "aucune valeur imprimée à l'adresse « perdu »"),
    ({"counts": {"mss": {"ouais": "n"}}}, "« mss » n'a pas de réponse « ouais » (oui, non)"),
    ({"counts": {"inconnue": "mss.{}"}}, "« inconnue » n'est ni une question, ni une variable déduite"),
    ({"only": {"inconnue": ["oui"]}}, "« inconnue » n'est pas une colonne du questionnaire"),
    ({"given": [{"when": {"equals": {"mss": "oui"}}, "cells": {"zut": "oui"}}]}, "« zut » n'est pas une colonne"),
]


@pytest.mark.parametrize(("change", "message"), BAD)
def test_a_bad_plan_says_what_is_wrong(toy, change, message):
    with pytest.raises(InputError) as error:
        plan.read(toy, PLAN | change, PRINTED)
    assert message in str(error.value)


def test_faults_of_a_plan_come_all_at_once(toy):
    bad = {"respondents": "rien", "same": ["perdu.*"], "only": {"inconnue": ["oui"]}}
    with pytest.raises(InputError) as error:
        plan.read(toy, PLAN | bad, PRINTED)
    assert len(error.value.faults) == 3


def test_a_derived_variable_is_met_by_the_answers_that_it_reads(toy):
    wanted = {("groupe", "equipes"): 7, ("groupe", "autres"): 3}
    (block,) = annealing.blocks(toy, wanted)
    rows = [{} for _ in range(10)]
    annealing.solve(block, rows, FREE, rng())
    assert [item.id for item in block.items] == ["mss"]
    assert sum(row["mss"] == "oui" for row in rows) == 7


def test_targets_that_contradict_one_another_end_as_near_as_can_be(toy):
    wanted = {("groupe", "equipes"): 7, ("groupe", "autres"): 7}  # fourteen of ten
    (block,) = annealing.blocks(toy, wanted)
    rows = [{} for _ in range(10)]
    annealing.solve(block, rows, FREE, rng())
    assert all(row["mss"] in ("oui", "non") for row in rows)
    assert 3 <= sum(row["mss"] == "oui" for row in rows) <= 7


def test_given_cells_come_before_counts_and_count_in_them(toy):
    rules = Rules.of({"given": [{"when": {"equals": {"mss": "oui"}}, "cells": {"alarme": "oui"}}]})
    rows = [{"mss": "oui"}] * 3 + [{"mss": "non"}] * 5
    rows = [dict(row) for row in rows]
    filling.fill(toy, rows, {("alarme", "oui"): 4}, rules, rng())
    assert [row["alarme"] for row in rows[:3]] == ["oui"] * 3
    assert sum(row["alarme"] == "oui" for row in rows) == 4


@pytest.mark.parametrize("seed", range(20))
def test_free_ticks_keep_to_the_bounds_and_to_exclusive_choices(toy, seed):
    rows = [{"mss": "oui"} for _ in range(30)]
    filling.fill(toy, rows, {}, FREE, rng(seed))
    for row in rows:
        ticked = [choice for choice in CHOICES if row[f"lesquelles.{choice}"] == "1"]
        assert 1 <= len(ticked) <= 2
        assert "aucune" not in ticked or len(ticked) == 1


def test_the_form_behind_printed_answers(toy):
    """A tick counted with another becomes one of the two; a derived variable becomes its answer; a blank stays one."""
    import pandas as pd

    printed = pd.DataFrame(
        {"groupe": ["equipes", "autres"], "lesquelles.payante": [1, 0], "lesquelles.mailiz": [0, 0],
         "lesquelles.autre": [0, 0], "lesquelles.aucune": [0, 0], "age": [41.0, None], "alarme": ["oui", None]},
        dtype=object,
    )  # fmt: skip
    first, second = printed_to_form.unprinted(toy, printed, {}, rng())
    assert first["mss"] == "oui"
    assert second["mss"] in ("non", "ne_sait_pas")
    assert sorted(first[f"lesquelles.{one}"] for one in ("apicrypt", "lifen")) == ["0", "1"]
    assert {second[f"lesquelles.{one}"] for one in ("apicrypt", "mailiz")} == {"sans_reponse"}
    assert [(row["age"], row["alarme"]) for row in (first, second)] == [("41", "oui"), ("sans_reponse", "sans_reponse")]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.integers(0, 200))
def test_shares_add_up_and_are_rounded_down_or_up(counts, total):
    found = apportioned(dict(enumerate(counts)), total)
    whole = sum(counts)
    assert sum(found.values()) == (total if whole else 0)
    assert all(abs(found[k] * whole - count * total) < whole for k, count in enumerate(counts) if whole)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.integers(0, 60), st.integers(0, 20))
def test_no_share_is_above_the_cap(counts, total, cap):
    found = apportioned(dict(enumerate(counts)), total, cap=cap)
    assert max(found.values()) <= cap
    assert sum(found.values()) == min(total, cap * sum(count > 0 for count in counts))


NAMES = [
    ("essai.csv", "essai.synthetic.csv"), ("essai", "essai.synthetic.csv"),
    ("essai-synthetic.csv", "essai-synthetic.csv"),
    ("Essai Synthétique.CSV", "Essai Synthétique.CSV"), ("reponses_synthetiques", "reponses_synthetiques.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "name"), NAMES)
def test_the_name_says_synthetic(tmp_path, asked, name):
    assert csv_file.labelled(tmp_path / asked) == tmp_path / name


@pytest.mark.parametrize(("path", "told"), [("essai.xlsx", ".csv"), ("absent/essai.csv", "n'est pas un dossier")])
def test_another_file_is_refused(tmp_path, path, told):
    with pytest.raises(InputError, match=told):
        csv_file.labelled(tmp_path / path)


def test_the_metadata_tell_all(toy):
    made = generate.coded(toy, PLAN, PRINTED, seed=5)
    told = json.loads(csv_file.metadata(made, "jouet"))
    assert (told["synthetic"], told["study"], told["seed"], told["respondents"]) == (True, "jouet", 5, 20)
    assert (told["reproduced"], told["targets"]) == (7, 7)
    assert told["account"][0] == {"target": "n", "printed": "20", "obtained": "20", "reproduced": True, "reason": ""}
    assert csv_file.table(made).splitlines()[0].startswith("repondant,mss,lesquelles.mailiz,")
    assert "20 réponses synthétiques dans b.csv (nom complété" in csv_file.summary(made, Path("b.csv"), Path("a.csv"))


def test_pairs_of_places_are_different_and_all_as_likely():
    drawn = rng(3).integers([3, 4, 2], size=(60_000, 3))
    seen = Counter(zip(*grids._pairs(4, drawn), strict=True))
    assert set(seen) == {*permutations(range(4), 2)}
    assert max(seen.values()) < 1.1 * 5_000 and min(seen.values()) > 0.9 * 5_000


@pytest.mark.parametrize("size", [2, 3, 60])
def test_pairs_of_places_are_those_of_the_generator(size):
    one, other = rng(5), rng(5)
    first, second = grids._pairs(size, one.integers([size - 1, size, 2], size=(200, 3)))
    assert list(zip(first, second, strict=True)) == [tuple(other.choice(size, 2, False)) for _ in range(200)]
