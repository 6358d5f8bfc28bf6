"""Segments of about the size asked for, cut where one breathes; presence of forms, against a slow count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.errors import InputError
from relecture.text.corpus import segments
from relecture.text.corpus.iramuteq import parse_corpus
from relecture.text.corpus.segments import segment_corpus, segment_starts
from relecture.text.corpus.tokens import TextSettings

CORPUS = """**** *med_1
-*dossier
Le dossier du patient est ouvert. Le patient demande son dossier, le confrère écrit un courrier.
-*courrier
Un courrier, puis un courrier : le confrère attend.
**** *med_2
Le confrère téléphone au patient ; le patient attend le dossier.
"""


@pytest.mark.parametrize(
    ("strengths", "size", "starts"),
    [
        ([], 10, []),
        ([0] * 12, 10, [0]),  # no longer than a size and a quarter: whole
        ([0] * 13, 10, [0, 10]),  # no punctuation: at the size
        ([0] * 9 + [6] + [0] * 10, 10, [0, 10]),
        ([0] * 6 + [6] + [0] * 2 + [1] + [0] * 9, 10, [0, 7]),  # 6/(1+3) beats 1/(1+0)
        ([0] * 6 + [1] + [0] * 3 + [6] + [0] * 9, 10, [0, 11]),  # 6/(1+1) beats 1/(1+3)
        ([6] + [0] * 19, 10, [0, 1, 11]),  # a full stop far off, 6/(1+9), still beats none, 0.01
        ([0] * 14 + [6] + [0] * 10, 10, [0, 10, 15]),  # 5 past the size is out of the window, 5 short of it is in
    ],
)
def test_where_segments_begin(strengths, size, starts):
    assert segment_starts(strengths, size) == starts


@given(st.lists(st.sampled_from([0, 0, 0, 0, 1, 4, 5, 6]), max_size=200), st.integers(3, 40))
def test_segments_are_never_too_long_and_leave_nothing_out(strengths, size):
    starts = [*segment_starts(strengths, size), len(strengths)]
    lengths = np.diff(starts)
    assert starts[0] == 0
    assert (lengths > 0).all()
    assert (lengths <= max(size + round(size * 15 / 40), 1.25 * size)).all()


def test_the_table_holds_the_words_as_said():
    done = segment_corpus(parse_corpus(CORPUS), TextSettings(segment_size=5, min_frequency=2))
    assert done.table["words"].tolist() == [
        "Le dossier du patient est ouvert.",
        "Le patient demande son dossier,",
        "le confrère écrit un courrier.",
        "Un courrier, puis un courrier :",
        "le confrère attend.",
        "Le confrère téléphone au patient ;",
        "le patient attend le dossier.",
    ]
    assert done.table["text"].tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert done.table["theme"].tolist() == ["dossier"] * 3 + ["courrier"] * 2 + [""] * 2
    assert done.table["tokens"].sum() == len(done.tokens)


def test_the_matrix_is_presence_and_its_columns_are_the_forms():
    done = segment_corpus(parse_corpus(CORPUS), TextSettings(segment_size=5, min_frequency=3))
    said = done.forms.to_numpy().tolist()
    assert said == [["patient", 4, 4], ["confrère", 3, 3], ["courrier", 3, 2], ["dossier", 3, 3]]
    held = done.tokens.groupby("segment")["form"].agg(set)
    assert done.matrix.toarray().tolist() == [[int(form in one) for form in done.forms["form"]] for one in held]


def test_each_active_token_knows_the_rank_of_its_form():
    done = segment_corpus(parse_corpus(CORPUS), TextSettings(segment_size=5, min_frequency=3))
    said, ranks = done.tokens[done.tokens["active"]], {form: rank for rank, form in enumerate(done.forms["form"])}
    assert done.counted["rank"].tolist() == [ranks.get(form, -1) for form in said["form"]]
    assert done.counted[["text", "segment"]].equals(said[["text", "segment"]])


def test_a_corpus_may_be_cut_again_without_reading_it_again():
    once = segment_corpus(parse_corpus(CORPUS), TextSettings(segment_size=5, min_frequency=1))
    again = segment_corpus(once.corpus, TextSettings(segment_size=100, min_frequency=1), tokens=once.tokens)
    assert again.table["words"].tolist() == [passage.text for text in once.corpus.texts for passage in text.passages]


@pytest.mark.parametrize("text", ["Oui", "Oui, patient.", "patient dossier courrier"])
def test_too_short_a_corpus_is_refused(text):
    with pytest.raises(InputError, match="aucune forme active n'atteint 3 occurrences"):
        segments.segment_corpus(parse_corpus(text))


def test_segments_of_the_interviews_are_near_the_size_aimed_at(fictional):
    assert fictional.table["tokens"].between(5, 55).all()
