"""Results written in French: numbers, shares, intervals, p-values, plurals, typography.

Decimal comma, narrow no-break space between thousands and before `;`, `!`, `?` and `%`, no-break
space before `:` and inside « », true minus sign, halves rounded away from zero as readers do by
hand. A printed number that arrives as a string keeps its digits: only its point becomes a comma.

Nothing is computed here but the share of a count: a proportion becomes a percentage.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isfinite, isinf, isnan
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from pandas import DataFrame

NARROW, SPACE = "\u202f", "\u00a0"
JOINER = "\u2060"  # of no width: a line never ends there
MISSING = "–"
WITHHELD = "masqué"  # a number that would tell on respondents
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
NUMBER_WORDS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt"
).split()

_MINUS = "\u2212"
_FINEST = 6  # decimals
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# Code, link targets, addresses and HTML tags keep their characters.
_VERBATIM = re.compile(r"(```.*?```|`[^`]*`|\]\([^()]*\)|https?://\S+|<[a-zA-Z/!][^<>]*>)", re.DOTALL)
_POINT, _SIGN = re.compile(r"(?<!,\d{3})(?<=\d)\.(?=\d)"), re.compile(r"(?<![\w.,–-])-(?=\d)")
_SPACED = [
    (re.compile(pattern), sign)
    for pattern, sign in {
        r"(?<=\w)'(?=[\w*_«]|$)": "’",
        r"(?:(?<=\S)|^) (?=[;!?%](?![\w\[]))": NARROW,
        r"(?:(?<=[^\s|])|^) (?=:(?:[\s*_)]|$)|»)": SPACE,
        rf"(?<=[\d∞])[ {SPACE}]–[ {SPACE}](?=[{_MINUS}-]?[\d∞])": f"{SPACE}–{JOINER}{SPACE}",  # no line ends at a dash
        r"(?<=«) ": SPACE,
        r"(?!\A\d+e\Z)(?<![\w.,])(\d{1,3})e(?![\w-])": r"\1ᵉ",  # alone, « 12e » is a letter after a number
        r"(?<![\w.,])1er(?!\w)": "1ᵉʳ",
    }.items()
]
_TAIL = re.compile(r" (?:par|si|de|du|des|d['’]|à|en|sur|avec|sans)\b")


def number(x: float | Fraction | Decimal | str | None, decimals: int | None = None) -> str:
    """A number as a French reader expects it; at most six decimals when `decimals` is not given.

    >>> number(63.9), number(63.9, 2), number(-1.14), number("63.90")
    ('63,9', '63,90', '−1,14', '63,90')
    >>> number(1234567) == f"1{NARROW}234{NARROW}567"
    True
    """
    if x is None or x != x:
        return MISSING
    if isinstance(x, str):
        return x.replace(".", ",").replace("-", _MINUS) if is_number(x) else x
    if isinf(x):
        return "∞" if x > 0 else f"{_MINUS}∞"
    exact = _decimal(x)
    rounded = exact.quantize(Decimal(1).scaleb(-(_FINEST if decimals is None else decimals)), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", NARROW).replace(".", ",")
    if decimals is None and "," in text:
        text = text.rstrip("0").rstrip(",")
    return _MINUS + text if rounded < 0 else text


def numbers(text: str) -> str:
    """A text whose numbers are in French notation: decimal comma, typographic minus; "1,234.5" stays as printed.

    >>> numbers("2.34 imprimé -1,1")
    '2,34 imprimé −1,1'
    """
    return _SIGN.sub(_MINUS, _POINT.sub(",", text))


def is_number(text: str) -> bool:
    """Whether a string is one plain number, with a comma or a point.

    >>> is_number("-1,14"), is_number("12/50")
    (True, False)
    """
    return bool(_NUMBER.fullmatch(text.replace(_MINUS, "-")))


def percent(x: float | Fraction, decimals: int = 1) -> str:
    """A proportion between 0 and 1 as a percentage; a missing one as a dash.

    >>> percent(0.568) == f"56,8{NARROW}%"
    True
    """
    return MISSING if x != x else f"{number(_decimal(x) * 100, decimals)}{NARROW}%"


def share(proportion: float, bounds: tuple[float, float] | None = None, decimals: int = 0) -> str:
    """A proportion in percent, with the bounds of its interval when they are given; 0 is nobody, 100 everybody.

    >>> share(0.58, (0.44, 0.71)).replace(SPACE, " ") == f"58{NARROW}% [44 – 71]"
    True
    >>> share(1 / 300) == f"<{SPACE}1{NARROW}%", share(299 / 300) == f">{SPACE}99{NARROW}%"
    (True, True)
    """
    shown, step = percent(proportion, decimals), 10**-decimals / 100
    if 0 < proportion < 1 and shown in (percent(0, decimals), percent(1, decimals)):
        shown = f"<{SPACE}{percent(step, decimals)}" if proportion < 0.5 else f">{SPACE}{percent(1 - step, decimals)}"
    return shown if bounds is None else f"{shown} {interval(*(100 * bound for bound in bounds), decimals, (0, 100))}"


def counted(
    count: float,
    n: float | None = None,
    proportion: float | None = None,
    bounds: tuple[float, float] | None = None,
    decimals: int = 0,
) -> str:
    """A count, among n when it is given, with its share: given, or else count / n; its interval then follows.

    >>> counted(29, proportion=0.58) == f"29 (58{NARROW}%)", counted(29, 50) == f"29/50 (58{NARROW}%)"
    (True, True)
    >>> counted(29, 50, bounds=(0.44, 0.71)).replace(SPACE, " ") == f"29/50 : 58{NARROW}% [44 – 71]"
    True
    """
    fraction = number(count) if n is None else f"{number(count)}/{number(n)}"
    shown = share(count / n if proportion is None else proportion, bounds, decimals)
    return f"{fraction} ({shown})" if bounds is None else f"{fraction}{SPACE}: {shown}"


def interval(low: float, high: float, decimals: int | None = None, ends: tuple[float, ...] = (0,)) -> str:
    """Bounds in brackets, open on an infinite side; `typeset` keeps them on one line.

    A bound that is not one of the `ends` of its scale has the decimals that it takes not to be written as one.

    >>> interval(0.5, float("inf"), 1).replace(SPACE, " "), interval(0.35, 9.4, 0).replace(SPACE, " ")
    ('[0,5 – ∞[', '[0,4 – 9]')
    """
    opening, closing = "]" if low == -float("inf") else "[", "[" if high == float("inf") else "]"
    return f"{opening}{_bound(low, decimals, ends)}{SPACE}–{SPACE}{_bound(high, decimals, ends)}{closing}"


def intervals(frame: DataFrame, decimals: int, low: str = "low", high: str = "high") -> list[str]:
    """The bounds of each row in brackets; nothing where there is no interval."""
    pairs = zip(frame[low], frame[high], strict=True)
    return ["" if isnan(one) else interval(one, other, decimals) for one, other in pairs]


def p_value(p: float, error: float = 0.0) -> str:
    """A p-value with three decimals, or the bound it is below; with two when its `error` would change the third.

    One below 0.05 is never written as 0.05, but by an error that reaches it.

    >>> p_value(0.0132), p_value(0.0499), p_value(0.4386, 0.003), p_value(0.0000004) == f"<{SPACE}0,001"
    ('0,013', '0,0499', '0,44', True)
    """
    if isnan(p):
        return MISSING
    if not 0 <= p <= 1:
        raise ValueError(f"a p-value lies between 0 and 1, not {p}")
    decimals = 3 if error < 0.0005 else 2
    if p + error < 10**-decimals:
        return f"<{SPACE}{number(10**-decimals)}"
    if round(p, decimals) >= 0.05 > p + error:
        return number(p, decimals + 1) if round(p, decimals + 1) < 0.05 else f"<{SPACE}0,05"
    return number(p, decimals)


def plural(n: float, phrase: str) -> str:
    """A count and what is counted; words before the first preposition agree, from two on.

    >>> plural(1, "retrouvé").replace(SPACE, " "), plural(12, "cohérent si…").replace(SPACE, " ")
    ('1 retrouvé', '12 cohérents si…')
    """
    return f"{number(n)}{SPACE}{agreed(phrase, n)}"


def agreed(phrase: str, n: float) -> str:
    """The phrase alone, in the number that goes with n (zero and one are singular in French).

    >>> agreed("nombre imprimé", 2), agreed("hôpital", 3), agreed("thèse", 0)
    ('nombres imprimés', 'hôpitaux', 'thèse')
    """
    if abs(n) < 2:
        return phrase
    tail = _TAIL.search(phrase)
    cut = tail.start() if tail else len(phrase)
    return " ".join(_many(word) for word in phrase[:cut].split(" ")) + phrase[cut:]


def words(n: int) -> str:
    """Small whole numbers in letters, up to twenty; digits beyond.

    >>> words(14), words(21)
    ('quatorze', '21')
    """
    return NUMBER_WORDS[n] if 0 <= n < len(NUMBER_WORDS) else number(n)


def typeset(markdown: str) -> str:
    """French spaces and apostrophes in a text, code and link targets untouched.

    >>> typeset("L'étude : `l'x ?`").replace(SPACE, "·")
    "L’étude·: `l'x ?`"
    """
    parts = _VERBATIM.split(markdown)
    return "".join(part if rank % 2 else _spaced(part) for rank, part in enumerate(parts))


def slug(text: str, otherwise: str = "partie") -> str:
    """An address made of a heading: no accent, no space; never empty.

    >>> slug("Ce que l’étude a trouvé : 3 cœurs")
    'ce-que-l-etude-a-trouve-3-coeurs'
    """
    folded = normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", " "))
    return re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-") or otherwise


def _spaced(text: str) -> str:
    for pattern, sign in _SPACED:
        text = pattern.sub(sign, text)
    return text


def _bound(x: float, decimals: int | None, ends: tuple[float, ...]) -> str:
    written = number(x, decimals)
    kept = decimals in (None, _FINEST) or not isfinite(x) or _decimal(x) in ends
    return written if kept or written not in {number(end, decimals) for end in ends} else _bound(x, decimals + 1, ends)


def _decimal(x: float | Fraction | Decimal) -> Decimal:
    """The value a reader sees; twelve decimals, so that the last bit of a float decides nothing."""
    if isinstance(x, Fraction):
        return Decimal(x.numerator) / Decimal(x.denominator)
    if isinstance(x, Decimal):
        return x
    return Decimal(repr(round(float(x), 12))) if x != int(x) else Decimal(int(x))


def _many(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith("eau") else "s")
