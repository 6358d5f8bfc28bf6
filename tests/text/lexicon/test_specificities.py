"""Specificities are the hypergeometric law, counted exactly; forms of one part stand out."""

from fractions import Fraction
from math import comb, log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import parse_corpus
from relecture.text.corpus.segments import segment_corpus
from relecture.text.corpus.tokens import TextSettings
from relecture.text.lexicon.specificities import specific_forms, specificities, specificity_index

WORDS = ("serveur", "patient", "clavier", "dossier", "stylo")


def _literal(count, total, part, whole):
    """Lafon's index, from the number of ways to deal the occurrences."""
    most = min(total, part)
    ways = [Fraction(comb(total, k) * comb(whole - total, part - k), comb(whole, part)) for k in range(most + 1)]
    if count * whole >= total * part:
        return -log10(sum(ways[count:]))
    return log10(sum(ways[: count + 1]))


@settings(deadline=None)  # the first example imports scipy
@given(st.data())
def test_the_index_to_the_letter(data):
    whole = data.draw(st.integers(2, 60))
    part, total = data.draw(st.integers(1, whole)), data.draw(st.integers(1, whole))
    count = data.draw(st.integers(max(0, total + part - whole), min(total, part)))
    assert float(specificity_index(count, total, part, whole)) == pytest.approx(
        _literal(count, total, part, whole), abs=1e-9
    )


@settings(deadline=None)  # each example reads a corpus
@given(st.data())
def test_cells_alike_are_computed_once_and_none_is_misplaced(data):
    """The indices of a whole corpus are those of its cells, one by one."""
    said = data.draw(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(WORDS)), min_size=4, max_size=60))
    text = "".join(f"**** *g_{group}\n{word}\n" for group, word in said)
    if len({group for group, _ in said}) < 2:
        return
    frame = specificities(segment_corpus(parse_corpus(text), TextSettings(min_frequency=1)), "g")
    parts = {group: sum(one == group for one, _ in said) for group in "abc"}
    for row in frame.itertuples():
        assert row.count == said.count((row.modality, row.form))
        assert row.total == sum(word == row.form for _, word in said)
        assert row.index == float(specificity_index(row.count, row.total, parts[row.modality], len(said)))
    assert len(frame) == len({word for _, word in said}) * len({group for group, _ in said})


def test_what_one_text_alone_repeats_is_not_said_of_its_group():
    """« caméra » is said 9 times by one of four women and once by one of four men; « stylo » by all women."""
    said = {"F": ["caméra " * 9 + "stylo", "stylo", "stylo", "stylo"], "H": ["caméra", "clavier", "clavier", "clavier"]}
    text = "\n".join(f"**** *sexe_{sex}\n{words}" for sex, texts in said.items() for words in texts)
    for least, marked in ((1, {"caméra", "stylo"}), (2, {"stylo"})):
        frame = specificities(
            segment_corpus(parse_corpus(text), TextSettings(min_frequency=1, min_texts=least)), "sexe"
        )
        women = frame[(frame["modality"] == "F") & (frame["index"] > 0)]
        assert set(women["form"]) == marked


def test_heads_are_the_ends_of_the_specificities():
    """Forms told in a row are those of `specificities` beyond the bound, counted by hand from its frame."""
    draw = np.random.default_rng(3)
    text = "".join(f"**** *g_{'ab'[n % 2]}\n{' '.join(draw.permutation(WORDS)[: 2 + n % 3])}\n" for n in range(60))
    text += "**** *g_a\n" + "serveur " * 30
    cut = segment_corpus(parse_corpus(text), TextSettings(min_frequency=1))
    every, told = specificities(cut, "g"), specific_forms(cut, ["g"], most=2, least=1).set_index("modality")
    for modality, own in every.groupby("modality"):
        assert told.loc[modality, "forms"] == tuple(own.loc[own["index"] >= 1, "form"][:2])
        assert told.loc[modality, "missed"] == tuple(own.loc[own["index"] <= -1, "form"][::-1][:2])
        assert told.loc[modality, "compared"] == len(own)
        assert told.loc[modality, "apart"] == (own["index"].abs() >= 1).sum()
        assert told.loc[modality, "by_chance"] == len(own) / 5  # one in ten each way
        assert told.loc[modality, "furthest"] == own["index"].abs().max()
    assert told.loc["a", "forms"][0] == told.loc["b", "missed"][0] == "serveur"


@given(st.integers(2, 60), st.data())
def test_chance_alone_reaches_a_bound_no_more_often_than_told(whole, data):
    """The ways to deal a form whose index is 1 or more, either way, are at most 2 in 10."""
    part, total = data.draw(st.integers(1, whole)), data.draw(st.integers(1, whole))
    counts = range(max(0, total + part - whole), min(total, part) + 1)
    far = [count for count in counts if abs(float(specificity_index(count, total, part, whole))) >= 1]
    ways = sum(comb(total, count) * comb(whole - total, part - count) for count in far)
    assert Fraction(ways, comb(whole, part)) <= Fraction(2, 10)


def test_the_index_stays_finite():
    assert float(specificity_index(5000, 5000, 5000, 10**6)) == 300
    assert float(specificity_index(0, 50_000, 500_000, 10**6)) == -300


def test_forms_of_one_part_stand_out():
    said = {"F": "serveur mot patient. " * 3, "H": "clavier mot patient. " * 3}
    text = "\n".join(f"**** *sexe_{sex}\n{words}" for sex, words in said.items()) + "\n****\nautre"
    frame = specificities(segment_corpus(parse_corpus(text), TextSettings(min_frequency=3)), "sexe").set_index(
        ["modality", "form"]
    )
    # 18 occurrences, 9 by women; all 3 of "serveur" are theirs: C(9,3) / C(18,3) = 84 / 816.
    assert frame.loc[("F", "serveur"), ["count", "total"]].tolist() == [3, 3]
    assert frame.loc[("F", "serveur"), "index"] == pytest.approx(log10(816 / 84))
    assert frame.loc[("H", "serveur"), "index"] == pytest.approx(-log10(816 / 84))
    assert list(frame.loc["F"].index) == ["serveur", "mot", "patient", "clavier"]


@pytest.mark.parametrize(
    ("variable", "fault"),
    [("age", "« age » : inconnue ; variables : sexe, med"), ("sexe", "une seule modalité, rien à comparer")],
)
def test_what_cannot_be_compared_says_why(variable, fault):
    corpus = parse_corpus("**** *sexe_F *med_1\npatient\n**** *sexe_F *med_2\npatient")
    with pytest.raises(InputError, match=fault):
        specificities(segment_corpus(corpus, TextSettings(min_frequency=1)), variable)


def test_every_variable_of_the_interviews_can_be_compared(fictional):
    for variable in fictional.corpus.variables.columns.drop("fiction"):
        assert len(specificities(fictional, variable)) > 0
