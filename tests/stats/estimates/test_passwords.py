"""Strength of passwords: both estimates, against plain logarithms and against zxcvbn itself.

Oracles: log2 by hand; the CNIL's own equivalence (deliberation 2022-100: twelve symbols of four kinds, of which 37
special ones, hold the 80 bits of a password alone; eight symbols of three kinds, without special ones, nearly the 50
of one whose attempts are limited); the guesses of zxcvbn 4.5 for `password`, second of its list of passwords.
"""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.stats.estimates import passwords


@pytest.mark.parametrize(
    ("password", "size"),
    [("azerty", 26), ("AZERTY", 26), ("Azerty", 52), ("123456", 10), ("Azerty1", 62), ("Azerty1!", 99), ("é", 37)],
)
def test_alphabet(password, size):
    assert passwords.alphabet(password) == size


def test_the_examples_of_the_cnil_hold_its_thresholds():
    assert round(passwords.strength("Ab1!" * 3).bits) == 80  # 12 x log2(99) = 79.55
    assert round(passwords.strength("aB1" * 4 + "aB").bits) == 83  # 14 x log2(62) = 83.36
    assert round(16 * log2(10)) == 53  # sixteen digits, at least 50


@pytest.mark.parametrize(
    ("password", "bits"),
    [
        ("ceciestunmotdepasselongmaissimple", 155.115),  # 33 x log2(26)
        ("M0t2pA$$e", 59.664),  # 9 x log2(99)
        ("Lcdl'heàlsdcd2ac.", 112.699),  # 17 x log2(99)
    ],
)
def test_bits_of_a_random_draw(password, bits):
    assert passwords.strength(password).bits == pytest.approx(bits, abs=1e-3)


def test_guesses_are_those_of_zxcvbn():
    assert passwords.strength("password").guesses == pytest.approx(log2(3))  # second of the list, plus one
    assert passwords.strength("password").known == ("password",)


def test_the_same_structure_is_estimated_stronger_in_french():
    for english, french in (("umbrella", "parapluie"), ("Hedgehog77*", "Herisson77*")):
        assert passwords.strength(french).guesses > passwords.strength(english).guesses + 10
    assert len("Hedgehog77*") == len("Herisson77*")


def test_what_is_drawn_at_random_is_understated_by_the_guesses():
    found = passwords.strength("tk8#vQz2!mLp")
    assert found.guesses == pytest.approx(12 * log2(10), abs=0.1)  # ten guesses a symbol
    assert found.guesses < found.bits


@given(st.text(alphabet="abcXYZ019!é ", min_size=1, max_size=72))
def test_a_longer_password_of_the_same_kinds_holds_more_bits(password):
    found = passwords.strengths([password]).iloc[0]
    assert found["length"] == len(password)
    assert found["bits"] == pytest.approx(len(password) * log2(passwords.alphabet(password)))


@pytest.mark.parametrize("password", ["", "a" * 73])
def test_empty_and_endless_passwords_are_refused(password):
    with pytest.raises(ValueError, match="de 1 à 72"):
        passwords.strength(password)
