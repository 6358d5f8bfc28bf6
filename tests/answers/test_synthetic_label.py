"""Law 9 of the house: the label travels with the frame, the file and the respondent; no caller has to remember it."""

import io

import pandas as pd
import pytest

from relecture.answers.synthetic_label import LABEL, SyntheticName, label_of, marked, respondents, synthetic_among

FRAME = pd.DataFrame(
    {"sexe": ["f", "h", "f"], "mss": ["oui", "non", "non"], "age": [41.0, 52.0, 38.0]},
    index=pd.Index(respondents(3), name="repondant"),
)
BARE = FRAME.reset_index(drop=True)  # no respondent says anything


@pytest.mark.parametrize(
    "work",
    [
        lambda frame: frame.query("age > 40"),
        lambda frame: frame.assign(age=1)[["age", "mss"]],
        lambda frame: frame.groupby("sexe")["age"].mean(),
        lambda frame: frame.groupby(["sexe", "mss"]).size().unstack(),
        lambda frame: frame["mss"].value_counts(),
        lambda frame: pd.crosstab(frame["sexe"], frame["mss"]),
        lambda frame: pd.crosstab(frame["sexe"], frame["mss"], normalize="index").reset_index(),
        lambda frame: frame.melt("sexe"),
        lambda frame: frame.describe(),
        lambda frame: pd.concat([frame, frame]),
        lambda frame: frame.merge(frame, on="sexe"),
        lambda frame: frame.rename(columns=str.upper),
        lambda frame: frame["age"],
    ],
)
def test_what_pandas_makes_of_synthetic_answers_is_labelled(work):
    assert label_of(work(marked(BARE))) == LABEL
    assert label_of(work(BARE)) == ""


@pytest.mark.parametrize("index_col", ["repondant", None])
def test_a_reload_is_labelled_by_its_respondents(index_col):
    reloaded = pd.read_csv(io.StringIO(marked(FRAME).to_csv()), index_col=index_col)
    assert reloaded.attrs == {} and label_of(reloaded) == LABEL
    assert marked(FRAME).to_csv() == FRAME.to_csv()


def test_cells_and_names_are_those_of_the_frame():
    labelled = marked(FRAME)
    assert labelled.equals(FRAME) and FRAME.attrs == {} and type(FRAME.columns[0]) is str
    assert [*labelled] == [*FRAME] and {**labelled}.keys() == {**FRAME}.keys()
    assert f"{labelled.columns[0]}" == str(SyntheticName("sexe")) == "sexe"


@pytest.mark.parametrize(
    ("names", "n"),
    [
        (respondents(1200), 1200),
        (["synthétique 001", "synthetique_2"], 2),
        (["synthetique-a", "Dr Synthetique", "12", 12, None], 0),
    ],
)
def test_respondents_are_known_by_their_names(names, n):
    assert synthetic_among(names) == n


def test_what_is_no_frame_has_no_label():
    assert label_of([1, 2]) == label_of(None) == label_of({"synthetic": 1}) == ""
