"""Own answers and synthetic ones come in the same shape, and only the synthetic ones are labelled."""

import pandas as pd
import pyreadstat
import pytest

from relecture.answers import coded_file, respondents
from relecture.answers.files import validation
from relecture.answers.synthetic_label import label_of
from relecture.core.errors import InputError
from relecture.core.study import load_study

STUDY = load_study("ajoodha")


@pytest.fixture(scope="module")
def synthetic():
    return respondents.gather(STUDY, seed=5)


def test_synthetic_answers_are_labelled_and_say_what_they_reproduce(synthetic):
    assert synthetic.synthetic and synthetic.label == synthetic.origin == "Réponses synthétiques"
    assert synthetic.n == len(synthetic.codes) > 0
    assert {"target", "reproduced", "reason"} <= set(synthetic.account)


def test_own_answers_come_in_the_same_shape_without_a_label(synthetic, tmp_path):
    path = tmp_path / "answers.csv"
    given = synthetic.codes.set_axis([f"médecin {rank}" for rank in range(synthetic.n)]).rename_axis("repondant")
    given.to_csv(path)
    own = respondents.gather(STUDY, path)
    assert own.codes.equals(given)
    assert (own.synthetic, own.label, len(own.account), own.at_random) == (False, "", 0, ())
    assert own.origin.endswith("aucune faute (format reconnu : Relecture, UTF-8, virgules)")
    assert (own.summary.rows, own.files, synthetic.summary, synthetic.files) == (
        own.n, "answers.csv", None, "aucun fichier"
    )  # fmt: skip
    told = respondents.gather(STUDY, {"files": [str(path)], "missing": ["n/a"]})
    assert told.codes.equals(own.codes) and told.files == "answers.csv ; missing = n/a"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".sav"])
def test_a_file_of_synthetic_answers_is_labelled_again(synthetic, tmp_path, suffix):
    """Written by Relecture in each of its kinds, and read as anybody's file; an SPSS file says it in its label too."""
    form, path = synthetic.instrument, tmp_path / f"answers{suffix}"
    coded_file.write(validation.Answers(synthetic.codes, None), form, path)
    if suffix == ".sav":
        table, about = pyreadstat.read_sav(path)
        assert about.file_label == label_of(table) == "Réponses synthétiques"
    own = respondents.gather(STUDY, path)
    assert (own.synthetic, own.label) == (False, "Réponses synthétiques") and own.codes.equals(synthetic.codes)
    assert own.origin.startswith(f"Réponses synthétiques : personne ne les a données. {own.n} réponses, ")
    assert label_of(own.codes) == label_of(pd.crosstab(own.codes["sexe"], own.codes["age"])) != ""


def test_synthetic_answers_among_others_are_refused(synthetic, tmp_path):
    names = ["Dr A", *synthetic.codes.index[1:]]
    synthetic.codes.set_axis(names).rename_axis("repondant").to_csv(tmp_path / "answers.csv")
    with pytest.raises(InputError) as refused:
        respondents.gather(STUDY, tmp_path / "answers.csv")
    assert (
        str(refused.value)
        == f"fichier : {synthetic.n - 1} réponses synthétiques sur {synthetic.n} : les ôter du fichier"
    )


def test_own_answers_at_fault_are_refused(tmp_path):
    (tmp_path / "answers.csv").write_text("age\n41\n", encoding="utf-8")
    with pytest.raises(InputError):
        respondents.gather(STUDY, tmp_path / "answers.csv")


def test_rows_that_are_no_answer_are_told_apart(synthetic, tmp_path):
    blank = synthetic.codes.iloc[:2].assign(**dict.fromkeys(synthetic.codes, "")).set_axis(["x", "y"])
    pd.concat([synthetic.codes, blank]).rename_axis("repondant").to_csv(tmp_path / "answers.csv")
    own = respondents.gather(STUDY, tmp_path / "answers.csv")
    assert (own.n, own.left_out, synthetic.left_out) == (synthetic.n, {"vide": 2}, {})
    words = own.summary.rows_in_words.replace("\xa0", " ")
    assert words == f"{own.n + 2} lignes, 2 sans réponse, {own.n} réponses"
