"""Specificities are the hypergeometric law, counted exactly; forms of one part stand out."""

from fractions import Fraction
from math import comb, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.study import InputError
from relecture.text.corpus import parse
from relecture.text.forms import Settings
from relecture.text.segments import prepare
from relecture.text.specificities import index, specificities


def _literal(count, total, part, whole):
    """Lafon's index, from the number of ways to deal the occurrences."""
    most = min(total, part)
    ways = [Fraction(comb(total, k) * comb(whole - total, part - k), comb(whole, part)) for k in range(most + 1)]
    if count * whole >= total * part:
        return -log10(sum(ways[count:]))
    return log10(sum(ways[: count + 1]))


@given(st.data())
def test_the_index_to_the_letter(data):
    whole = data.draw(st.integers(2, 60))
    part, total = data.draw(st.integers(1, whole)), data.draw(st.integers(1, whole))
    count = data.draw(st.integers(max(0, total + part - whole), min(total, part)))
    assert float(index(count, total, part, whole)) == pytest.approx(_literal(count, total, part, whole), abs=1e-9)


def test_the_index_stays_finite():
    assert float(index(5000, 5000, 5000, 10**6)) == 300
    assert float(index(0, 50_000, 500_000, 10**6)) == -300


def test_forms_of_one_part_stand_out():
    said = {"F": "serveur mot patient. " * 3, "H": "clavier mot patient. " * 3}
    text = "\n".join(f"**** *sexe_{sex}\n{words}" for sex, words in said.items()) + "\n****\nautre"
    frame = specificities(prepare(parse(text), Settings(min_frequency=3)), "sexe").set_index(["modality", "form"])
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
    corpus = parse("**** *sexe_F *med_1\npatient\n**** *sexe_F *med_2\npatient")
    with pytest.raises(InputError, match=fault):
        specificities(prepare(corpus, Settings(min_frequency=1)), variable)
