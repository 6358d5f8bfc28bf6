"""Bits of passwords: powers of two are exact, the others are held against 60-digit logarithms."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.numbers import Interval, Printed
from relecture.printed.arithmetic import password_bits as room
from relecture.printed.arithmetic.password_bits import entropy
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT = Verdict.INCONSISTENT

CASES = [  # bits, length, alphabet; log2 by hand or with bc -l
    ("64", 8, 256, REPRODUCED, "64"),  # 8 bytes
    ("128", "32", "16", REPRODUCED, "128"),  # 32 hexadecimal digits
    ("59", 9, 95, REPRODUCED, "59"),  # 59,13
    ("59,1", 9, 95, REPRODUCED, "59,1"),
    ("59.13", 9, 95, REPRODUCED, "59,13"),
    ("33", 10, 10, REPRODUCED, "33"),  # 33,22
    ("6", 3, 5, CONDITIONAL, "7"),  # 6,97, cut
    ("1,58", 1, 3, REPRODUCED, "1,58"),  # 1,585, below the half: log2(3) = 1,58496
    ("1,5", 1, 3, CONDITIONAL, "1,6"),
    ("60", 9, 95, INCONSISTENT, "59"),
    ("67", 9, [70, 90, 95, 99], INCONSISTENT, "55, 58, 59 ou 60"),  # 55,16  58,43  59,13  59,66
    ("60", 9, [70, 90, 95, 99], REPRODUCED, "60"),  # one reading is enough
    ("67", 11, 70, REPRODUCED, "67"),  # 67,42
    ("141", 33, 26, INCONSISTENT, "155"),  # 155,11
    ("141", 30, 26, REPRODUCED, "141"),  # 141,01
    ("2", 1, 6, CONDITIONAL, "3"),  # 2,58
    ("0", 1, 2, INCONSISTENT, "1"),
]


@pytest.mark.parametrize(("bits", "length", "alphabet", "verdict", "expected"), CASES)
def test_entropy(bits, length, alphabet, verdict, expected):
    found = entropy(bits, length, alphabet)
    assert (found.verdict, found.expected) == (verdict, expected)


EXPLANATIONS = [
    ("64", 8, 256, "8 caractères d'un alphabet de 256 symboles : 64 bits"),
    ("3", 1, 8, "1 caractère d'un alphabet de 8 symboles : 3 bits"),
    (  # 2 ** (66,5 / 9) = 167,6 and 2 ** (67,5 / 9) = 181,02; 11 x log2(70) = 67,4; no length for 90
        "67",
        9,
        [70, 90],
        "9 caractères d'un alphabet de 70 ou 90 symboles : 55 ou 58 bits, ne se retrouve pas ; "
        "67 supposerait un alphabet de 168 à 181 symboles ou 11 caractères (alphabet de 70)",
    ),
    (  # 2 ** (140,5 / 33) = 19,1 and 2 ** (141,5 / 33) = 19,5: no whole alphabet
        "141",
        33,
        26,
        "33 caractères d'un alphabet de 26 symboles : 155 bits, ne se retrouve pas ; "
        "141 supposerait 30 caractères (alphabet de 26)",
    ),
    (  # 8 x log2(6) = 20,7 and 8 x log2(7) = 22,5, so 22 needs 7 symbols (22,46); 9 bits need 9 of 2
        "22",
        8,
        4,
        "8 caractères d'un alphabet de 4 symboles : 16 bits, ne se retrouve pas ; "
        "22 supposerait un alphabet de 7 symboles ou 11 caractères (alphabet de 4)",
    ),
    (  # 2 bits cannot be had from 100 characters, nor from an alphabet of 1000
        "2",
        100,
        1000,
        "100 caractères d'un alphabet de 1000 symboles : 997 bits, ne se retrouve pas ; 2 supposerait un autre calcul",
    ),
]


@pytest.mark.parametrize(("bits", "length", "alphabet", "explanation"), EXPLANATIONS)
def test_the_explanation_says_what_the_print_would_need(bits, length, alphabet, explanation):
    assert entropy(bits, length, alphabet).explanation == explanation


@pytest.mark.parametrize(
    ("bits", "length", "alphabet", "said"),
    [
        ("67", 0, 26, "0 caractères, alphabet de 26 : il faut 1 caractère et 2 symboles au moins"),
        ("67", 9, [26, 1], "9 caractères, alphabet de 26 ou 1 : il faut 1 caractère et 2 symboles au moins"),
        ("-67", 9, 26, "« -67 » n'est pas une entropie (attendu : un nombre positif de bits)"),
        ("67", "9,5", 26, "« 9,5 » n'est pas un effectif (attendu : un entier positif)"),
    ],
)
def test_what_is_refused(bits, length, alphabet, said):
    with pytest.raises(ValueError) as error:
        entropy(bits, length, alphabet)
    assert str(error.value) == said


def logarithm(size: int, length: int) -> Decimal:
    with localcontext(prec=60):
        return length * Decimal(size).ln() / Decimal(2).ln()


PASSWORDS = st.tuples(st.integers(2, 300), st.integers(1, 40))


@given(PASSWORDS, st.integers(0, 2))
def test_bits_are_those_of_a_long_logarithm(password, decimals):
    bits = logarithm(*password).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert room.shown_bits(*password, decimals) == str(bits).replace(".", ",")


@given(PASSWORDS, st.integers(0, 2))
def test_what_is_computed_is_reproduced_and_far_from_it_is_not(password, decimals):
    size, length = password
    bits = room.shown_bits(size, length, decimals)
    assert entropy(bits, length, size).verdict is REPRODUCED
    more = str(Decimal(bits.replace(",", ".")) + 2)
    found = entropy(more, length, [size])
    assert (found.verdict, found.expected) == (INCONSISTENT, bits)


@given(PASSWORDS)
def test_exact_bits_are_inside_only_a_closed_end(password):
    size, length = 2 ** (password[0] % 7 + 1), password[1]
    bits = Fraction((password[0] % 7 + 1) * length)
    assert room.holds(Interval(bits, bits + 1), size, length)
    assert not room.holds(Interval(bits, bits + 1, closed_below=False), size, length)
    assert room.holds(Interval(bits - 1, bits), size, length)
    assert not room.holds(Interval(bits - 1, bits, closed_above=False), size, length)


def test_a_float_would_have_decided_wrongly():
    # 2 ** 1000 + 1 symbols hold a hair more than 1000 bits: math.log2 cannot tell
    assert not room.holds(Interval(Fraction(999), Fraction(1000)), 2**1000 + 1, 1)
    assert room.holds(Printed.read("1000").within("truncated"), 2**1000 + 1, 1)


def test_absurd_bits_are_answered_at_once():
    # such prints are tried when a repair is searched
    assert entropy("6667", 9, 95).verdict is INCONSISTENT


def test_more_digits_than_can_be_computed_are_uncheckable():
    assert entropy("0.000000001", "8", "256").verdict is Verdict.UNCHECKABLE
    assert entropy("64", "9999999", "256").verdict is Verdict.UNCHECKABLE
