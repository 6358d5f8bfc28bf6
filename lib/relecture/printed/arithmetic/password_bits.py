"""Checks of the bits printed for passwords of a given length and alphabet.

A password drawn at random among all those of `length` symbols of an alphabet has an entropy of log2(alphabet ** length)
bits (Shannon 1948): bits <= p/q exactly when alphabet ** (length * q) <= 2 ** p, so that no float decides. One that a
person chose is far weaker.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil

from relecture.core.numbers import Interval, Printed, rounded, whole
from relecture.printed.arguments import Bits, Count, Symbols
from relecture.printed.conventions import ROUNDED
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_MOST_POWER = 1_000_000  # symbols times the steps of a bit that are printed
_MOST_SYMBOLS = 1_114_112  # code points of Unicode: no alphabet is larger


@kind("entropy", "les bits d'un mot de passe, sa longueur et son alphabet", judged=["bits"])
def entropy(bits: Bits, length: Count, alphabet: Symbols) -> Finding:
    """Finding on printed bits, the number of symbols of a password, and the size of its alphabet.

    Several alphabets are several readings: one that gives the printed bits is enough. When none
    does, the finding says which alphabet, or which length, would.

    >>> entropy("64", 8, 256).verdict
    <Verdict.REPRODUCED: 'reproduced'>
    >>> entropy("141", 33, 26).expected, entropy("141", 30, 26).verdict
    ('155', <Verdict.REPRODUCED: 'reproduced'>)
    """
    printed, symbols = Printed.read(bits), whole(length)
    sizes = [whole(one) for one in ([alphabet] if isinstance(alphabet, str | int) else alphabet)]
    if printed.exact < 0:
        raise ValueError(f"« {bits} » n'est pas une entropie (attendu : un nombre positif de bits)")
    if not symbols or min(sizes) < 2:
        raise ValueError(
            f"{length} caractères, alphabet de {_either(sizes)} : il faut 1 caractère et 2 symboles au moins"
        )
    if symbols * 10**printed.decimals > _MOST_POWER:
        return Finding(Verdict.UNCHECKABLE, f"{bits} bits de {symbols} caractères : trop de chiffres pour ce calcul")
    values = [shown_bits(size, symbols, printed.decimals) for size in sizes]
    length = f"{symbols} caractère{'s' * (symbols > 1)}"
    text = f"{length} d'un alphabet de {_either(sizes)} symboles : {_either(values)} bits"
    if (shown := rounded(printed.centre, printed.decimals)) in values:
        return Finding(Verdict.REPRODUCED, text, shown)
    judgement = ROUNDED.judge(lambda using: any(holds(printed.within(using.rounding), size, symbols) for size in sizes))
    text = f"{text}, {judgement.words}"
    if judgement.verdict is Verdict.INCONSISTENT:
        text += f" ; {bits} supposerait {_needed(printed, symbols, sizes)}"
    return Finding(judgement.verdict, text, _either(values), conditions=judgement.conditions)


def holds(bits: Interval, size: int, length: int) -> bool:
    """Whether log2(size ** length) is in the interval, by comparing whole powers.

    >>> holds(Interval(Fraction(59), Fraction(60)), 95, 9)
    True
    """
    below, above = _compared(size, length, bits.low), _compared(size, length, bits.high)
    return (below > 0 or (below == 0 and bits.closed_below)) and (above < 0 or (above == 0 and bits.closed_above))


def shown_bits(size: int, length: int, decimals: int) -> str:
    """The bits as a source would print them, half-up: twice the bits, cut, comes from a bit length.

    >>> shown_bits(95, 9, 0), shown_bits(26, 33, 1)
    ('59', '155,1')
    """
    halves = (size ** (length * 2 * 10**decimals)).bit_length() - 1
    return rounded(Fraction((halves + 1) // 2, 10**decimals), decimals)


def _compared(size: int, length: int, bits: Fraction) -> int:
    """Sign of log2(size ** length) - bits; an alphabet has two symbols at least, and so more than 0 bits."""
    one, other = size ** (length * bits.denominator), 1 << max(bits.numerator, 0)
    return (one > other) - (one < other)


def _needed(printed: Printed, length: int, sizes: Sequence[int]) -> str:
    """The alphabets that this length would need, and the lengths that these alphabets would."""
    true = printed.within("nearest")
    alphabets = _fitting(range(2, _MOST_SYMBOLS + 1), true, lambda size: (size, length))
    readings = [f"un alphabet de {_ends(alphabets)} symboles"] if alphabets else []
    for size in sizes:
        lengths = _fitting(range(1, ceil(true.high) + 1), true, lambda other, size=size: (size, other))
        readings += [f"{_ends(lengths)} caractères (alphabet de {size})"] if lengths else []
    return " ou ".join(readings) or "un autre calcul"


def _fitting(candidates: range, true: Interval, pair: Callable[[int], tuple[int, int]]) -> range:
    """Those of the candidates, in order of entropy, whose (alphabet, length) gives these bits."""
    first = bisect_left(candidates, 0, key=lambda one: _compared(*pair(one), true.low))
    last = bisect_right(candidates, 0, key=lambda one: _compared(*pair(one), true.high))
    return candidates[first:last]


def _ends(values: range) -> str:
    return " à ".join(dict.fromkeys((str(values[0]), str(values[-1]))))


def _either(values: Sequence[object]) -> str:
    """Several values as alternatives: « 70, 90 ou 95 »."""
    shown = list(dict.fromkeys(map(str, values)))
    return " ou ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)
