"""Every instrument that the exports are held to: the toy, which has each feature, and those of the studies."""

import random

import pandas as pd
import pytest

from relecture.answers.questionnaire import instrument, skip_logic
from relecture.core.study import ROOT

STUDIES = sorted(path.parent.name for path in ROOT.glob("data/*/instrument.yaml"))


@pytest.fixture(scope="session", params=["jouet", *STUDIES])
def one(request, toy):
    if request.param == "jouet":
        return toy
    return instrument.load(ROOT / "data" / request.param / "instrument.yaml")


@pytest.fixture(scope="session")
def answers_of():
    """Function (instrument, n) -> coded frame of n respondents who answered at random, by the logic."""
    return _random


def _random(one, n, seed=2023):
    draws = random.Random(seed)
    rows = [dict(pair for item in one.items for pair in _answer(item, draws)) for _ in range(n)]
    frame = pd.DataFrame(rows, index=pd.Index(map(str, range(1, n + 1)), name="repondant"), dtype="str")
    return skip_logic.apply(one, frame[list(one.columns)])[0]


def _answer(item, draws):
    """Cells of one item: a fifth unanswered, numbers within bounds, ticks within counts."""
    names = [column.name for column in item.columns]
    if draws.random() < 0.2:
        return [(name, "sans_reponse") for name in names]
    if item.kind == "number":
        return [(names[0], str(draws.randint(int(item.low or 0), int(item.high or 99))))]
    if item.kind == "text":
        return [(names[0], draws.choice(["Lille", "à l'hôpital", "=1+1", 'dit « oui », "non" ; 3,5']))]
    if item.kind == "multiple":
        plain = [one.id for one in item.offered if not one.exclusive]
        most = min(item.most or len(plain), len(plain))
        ticked = draws.sample(plain, draws.randint(max(item.least or 1, 1), most))
        return [(f"{item.id}.{one.id}", str(int(one.id in ticked))) for one in item.offered]
    return [(name, draws.choice([choice.id for choice in item.choices])) for name in names]
