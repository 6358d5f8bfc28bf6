"""Answers are labelled in the order of the form, filtered by code or label, and everywhere say what is synthetic."""

import io

import pandas as pd
import pytest

import relecture as rl
from relecture.answers.synthetic_label import LABEL, label_of
from relecture.core.errors import InputError, UnknownName

STUDY = rl.load_study("guefif")
PEOPLE = STUDY.answers()


def test_answers_are_ordered_categories_in_the_words_of_the_form():
    cells = PEOPLE.frame["aisance"]
    assert (
        list(cells.cat.categories) == ["Mauvaise", "Passable", "Moyenne", "Bonne", "Excellente"] and cells.cat.ordered
    )
    codes = PEOPLE.codes["aisance"].map(PEOPLE.questions["aisance"].choices)
    assert cells.astype(object).equals(codes.astype(object))
    assert PEOPLE.frame["age"].tolist() == PEOPLE.codes["age"].astype(float).tolist()
    assert PEOPLE.frame.attrs["questions"]["exercice.rurale"].endswith("vous exercez ? Campagne")


def test_what_could_identify_is_only_in_the_codes():
    assert "lieu" in PEOPLE.codes and not {"lieu", "canal_usuel_autre"} & set(PEOPLE.frame)


def test_the_label_of_synthetic_answers_travels():
    frame = PEOPLE.frame
    assert frame.attrs["label"] == frame.head().attrs["label"] == LABEL
    reloaded = pd.read_csv(io.StringIO(frame.to_csv()), index_col=0)
    tables = [
        pd.crosstab(frame["genre"], frame["aisance"]),
        frame.groupby("genre", observed=True)["age"].mean(),
        reloaded,
    ]
    assert [label_of(table) for table in tables] == [LABEL] * 3
    assert label_of(PEOPLE.where(genre="feminin").frame) == label_of(PEOPLE.cross("aisance").frame) == LABEL


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({"groupe": "utilisateurs"}, lambda c: c["predice"] == "oui"),
        ({"genre": "Une femme"}, lambda c: c["genre"] == "feminin"),
        ({"groupe": "Predice"}, lambda c: c["predice"] == "oui"),  # a word that one label alone holds
        ({"aisance": ["bonne", "Excellente"]}, lambda c: c["aisance"].isin(["bonne", "excellente"])),
        ({"age": (30, 45)}, lambda c: c["age"].astype(float).between(30, 45)),
        ({"age": (None, 45), "genre": "masculin"}, lambda c: c["age"].astype(float).le(45) & c["genre"].eq("masculin")),
        ({"age": 37}, lambda c: c["age"].astype(float) == 37),
        ({"exercice": ["rurale", "urbaine"]}, lambda c: c[["exercice.rurale", "exercice.urbaine"]].eq("1").any(axis=1)),
        ({"exercice.rurale": "oui"}, lambda c: c["exercice.rurale"] == "1"),
    ],
)  # fmt: skip
def test_where_keeps_who_gave_these_answers(wanted, kept):
    found = PEOPLE.where(**wanted)
    assert 0 < found.n < PEOPLE.n and found.codes.equals(PEOPLE.codes[kept(PEOPLE.codes)])
    assert len(found.filters) == len(wanted) and found.filters[0] in found.cross("frequence").title


@pytest.mark.parametrize(
    ("wanted", "error", "words"),
    [
        ({"groupe": "utilisateur"}, UnknownName, "Vouliez-vous dire « utilisateurs »"),
        ({"group": "utilisateurs"}, UnknownName, "Vouliez-vous dire « groupe »"),
        ({"lieu": "Lille"}, InputError, "reconnaître"),
        ({"ess": "accord"}, InputError, "ess.verrou"),
    ],
)
def test_where_refuses_in_french(wanted, error, words):
    with pytest.raises(error, match=words):
        PEOPLE.where(**wanted)


def test_nobody_left_is_still_respondents():
    nobody = PEOPLE.where(age=(98, 99))
    assert (nobody.n, nobody.cross("aisance", by="groupe").n) == (0, 0)
    assert "Pas de test" in nobody.cross("aisance", by="groupe").test


def test_the_short_form_says_how_many_from_where_and_what_next():
    lines = repr(PEOPLE).replace("\xa0", " ").splitlines()
    assert lines[0] == "Réponses synthétiques : 81 réponses" and len(lines) <= 15
    assert '.cross("predice")' in lines[-1] and "Réponses synthétiques" in PEOPLE._repr_html_()


def test_a_file_of_ones_own_says_its_name_and_what_is_left_out(tmp_path):
    blank = PEOPLE.codes.iloc[:2].assign(**dict.fromkeys(PEOPLE.codes, ""))
    codes = pd.concat([PEOPLE.codes, blank]).set_axis([f"m{rank}" for rank in range(83)])
    codes.rename_axis("repondant").to_csv(tmp_path / "mes-reponses.csv")
    own = STUDY.answers(tmp_path / "mes-reponses.csv")
    assert own.label == "" and "label" not in own.frame.attrs
    assert repr(own).startswith("81") and "2 sans réponse" in repr(own).replace("\xa0", " ")
