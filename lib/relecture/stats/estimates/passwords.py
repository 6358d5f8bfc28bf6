"""Strength of passwords, as if drawn at random and as somebody chose them, in bits.

Two numbers of bits, which do not measure the same thing. `bits` is the entropy of a password drawn at random among
all those of its length and alphabet, log2(alphabet ** length) (Shannon 1948): that of a whole way of drawing, whoever
draws. `guesses` is the logarithm, in base 2, of how many guesses an attacker who knows words, names, keyboards and
habits would need, as zxcvbn estimates it (Wheeler, USENIX Security 2016).

Conventions. The alphabet is that of the kinds of symbols that the password has: 26 small letters, 26 capitals, 10
digits, 37 others, as the CNIL counts them (deliberation 2022-100). zxcvbn knows English words and passwords that
leaked, few French words: it overstates French ones. It counts ten guesses a symbol it cannot explain, so that
it understates what was really drawn at random.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

OTHERS = 37
_LONGEST = 72  # symbols that zxcvbn reads


@dataclass(frozen=True)
class Strength:
    """A password, its length and alphabet, both estimates in bits, and what zxcvbn recognised in it."""

    password: str
    length: int
    alphabet: int
    bits: float
    guesses: float
    known: tuple[str, ...]


def alphabet(password: str) -> int:
    """How many symbols the password could have drawn from, from the kinds that it has.

    >>> alphabet("azerty"), alphabet("Azerty9"), alphabet("été9")
    (26, 62, 73)
    """
    small = any(symbol in "abcdefghijklmnopqrstuvwxyz" for symbol in password)
    capital = any(symbol in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for symbol in password)
    digit = any(symbol in "0123456789" for symbol in password)
    other = any(not (symbol.isascii() and symbol.isalnum()) for symbol in password)
    return 26 * small + 26 * capital + 10 * digit + OTHERS * other


def strength(password: str) -> Strength:
    """Both estimates for one password; ValueError when it is empty or too long for zxcvbn to read whole.

    >>> one = strength("umbrella")
    >>> f"{one.bits:.1f} {one.guesses:.1f}", one.known
    ('37.6 11.2', ('umbrella',))
    """
    from zxcvbn import zxcvbn

    if not 0 < len(password) <= _LONGEST:
        raise ValueError(f"mot de passe de {len(password)} signes : il en faut de 1 à {_LONGEST}")
    guessed = zxcvbn(password)
    known = tuple(part["token"] for part in guessed["sequence"] if part["pattern"] == "dictionary")
    size = alphabet(password)
    return Strength(password, len(password), size, len(password) * log2(size), log2(int(guessed["guesses"])), known)


def strengths(passwords: Iterable[str]) -> DataFrame:
    """One row a password, in order: password, length, alphabet, bits, guesses, known (a text), share (guesses/bits)."""
    import pandas as pd

    results = [strength(password) for password in passwords]
    rows = [vars(one) | {"known": ", ".join(one.known), "share": one.guesses / one.bits} for one in results]
    return pd.DataFrame(rows)
