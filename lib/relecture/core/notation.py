"""Forms in which papers print a number, French and English, and the digits that they come to.

Decimal mark: comma, point, or the middle dot of the Lancet; no zero before it is needed. Minus: hyphen (breaking or
not), minus or en dash. Thousands: groups of three digits parted by a space of any width, an apostrophe, a comma or a
point. Before the number, an optional "p" and one of < ≤ > ≥ =; after it "%", or a power of ten ("e-3", "× 10−3",
"< 10−3"). "ns" and "n.s." are a p of 0.05 or above.

"1,050" alone is read in two ways and refused, unless the other numbers of the paper, or the paper's own words
(`conventions: {decimal: point}`), tell its notation. A group of thousands never begins with 0: "0,052" has one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import normalize

ACCEPTED = "63,9 ; −1.14 ; .084 ; 1 234,5 ; 1,234.5 ; 1.2e-3 ; < 0,001 ; ≥ .05 ; p = 0,03 ; 34 % ; ns"
MINUS = "\u2010\u2011\u2212\u2013-"  # hyphen, non-breaking hyphen, minus, en dash, hyphen-minus
SPACE = " \u00a0\u202f\u2009\u2007"  # common, no-break, narrow no-break, thin, figure

_SIGNED = rf"(?:[pP][{SPACE}]*(?=[<>≤≥⩽⩾=]))?(?P<comparison>[<>]=|[<>≤≥⩽⩾=])?[{SPACE}]*(?P<sign>[+{MINUS}])?[{SPACE}]*"
_GROUPS = rf"[1-9][0-9]{{0,2}}(?P<between>[{SPACE}'’.,])[0-9]{{3}}(?:(?P=between)[0-9]{{3}}){{0,9}}"
_PART = r"(?(between)(?!(?P=between)))(?P<mark>[.,·∙⋅])(?P<part>[0-9]{1,300})"
_POWER = rf"(?:[eE]|[{SPACE}]*[×x*·][{SPACE}]*10\^?)(?P<power>[{MINUS}][0-9]{{1,2}}|⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})"
_PRINT = re.compile(
    rf"{_SIGNED}(?=[.,·∙⋅]?[0-9])(?P<whole>[0-9]{{0,300}}|{_GROUPS})(?:{_PART})?(?:{_POWER})?[{SPACE}]*%?"
)
_BEFORE = re.compile(_SIGNED)
_TEN = re.compile(rf"([<>≤≥⩽⩾=][{SPACE}]*)10\^?(?=[⁻{MINUS}])")  # "< 10−3": once, of a power of ten
_NOT_SIGNIFICANT = re.compile(rf"(?:[pP][{SPACE}]*=?[{SPACE}]*)?[nN]\.?[{SPACE}]?[sS]\.?")
_COMPARISONS = {None: "", "=": "", "<=": "≤", "⩽": "≤", ">=": "≥", "⩾": "≥"}
_TWO_READINGS = re.compile("[1-9][0-9]{0,2}[.,][0-9]{3}")
_CLEAN = re.compile(rf"(?:[<>≤≥] ?)?[+\u2212-]?(?:[0-9]+|[1-9][0-9]{{0,2}}(?:[{SPACE}][0-9]{{3}})+)(?:[.,][0-9]+)?")


class Notation(NamedTuple):
    """The mark that a paper sets before decimals, and the one between thousands, as far as they are known."""

    decimal: str
    thousands: str


ALONE = Notation(".", "")  # hardly anybody prints a point between thousands
STATED = {"point": Notation(".", ","), "comma": Notation(",", ".")}


class Digits(NamedTuple):
    """A number as printed: < ≤ > ≥ or nothing, its digits with their sign, and how many of them are decimals."""

    comparison: str
    digits: int
    decimals: int

    def __str__(self) -> str:
        """The same digits in the form that has one reading: a point, no thousands, no minus but the hyphen."""
        text = str(abs(self.digits)).rjust(self.decimals + 1, "0")
        text = f"{text[: -self.decimals]}.{text[-self.decimals :]}" if self.decimals else text
        return f"{self.comparison} {'-' * (self.digits < 0)}{text}".lstrip()


def digits(text: str, notation: Notation = ALONE) -> Digits:
    """The digits of a print; ValueError, with the character at fault, for what is not one number.

    >>> digits("1 234,5")
    Digits(comparison='', digits=12345, decimals=1)
    >>> str(digits("p < .001")), str(digits("1,050", STATED["point"]))
    ('< 0.001', '1050')
    """
    bare = text.strip()
    if _NOT_SIGNIFICANT.fullmatch(bare):
        return Digits("≥", 5, 2)
    match = _matched(bare)
    if not match:
        raise ValueError(f"« {text} » n'est pas un nombre imprimé : {_fault(bare)} (attendu : {ACCEPTED})")
    whole, part = re.sub("[^0-9]", "", match["whole"]), match["part"] or ""
    if _has_two_readings(match) and match["mark"] != notation.decimal:
        if match["mark"] != notation.thousands:
            raise ValueError(_both_readings(text, match))
        whole, part = whole + part, ""
    sign = -1 if match["sign"] and match["sign"] in MINUS else 1
    power = normalize("NFKC", match["power"] or "-0")[1:]  # a negative one, perhaps in superscript
    comparison = _COMPARISONS.get(match["comparison"], match["comparison"])
    return Digits(comparison, sign * int(whole + part), len(part) + int(power))


def plain(text: str, notation: Notation = ALONE) -> str:
    """A print that is read alone as its paper means it, and that a sentence can show; unchanged where it is so.

    >>> plain("1,050", STATED["point"]), plain("1,050", STATED["comma"]), plain("–.22"), plain("63,9"), plain("deux")
    ('1050', '1.050', '-0.22', '63,9', 'deux')
    """
    match = _matched(text)
    if not match or (_CLEAN.fullmatch(text) and not (_has_two_readings(match) and notation != ALONE)):
        return text
    return str(digits(text, notation))


def is_print(text: str) -> bool:
    """Whether a text is one printed number, in whatever notation.

    >>> is_print("1,050"), is_print("n.s."), is_print("3–10")
    (True, True, False)
    """
    return bool(_matched(text) or _NOT_SIGNIFICANT.fullmatch(text.strip()))


def notation_of(texts: Iterable[str], stated: str | None = None) -> Notation:
    """The notation of a paper: what it states ("point" or "comma"), or what its numbers with one reading tell.

    A paper that sets both marks before decimals does not tell.

    >>> notation_of(["1,050", "0.05"]), notation_of(["1,050", "63,9"]), notation_of(["1,050"])
    (Notation(decimal='.', thousands=','), Notation(decimal=',', thousands=''), Notation(decimal='.', thousands=''))
    """
    if stated:
        return STATED[stated]
    marks = {_decimal_mark(match) for text in texts if (match := _matched(text))} & {",", "."}
    return {"": ALONE, ",": Notation(",", ""), ".": STATED["point"]}.get("".join(marks), ALONE)


def _matched(text: str) -> re.Match | None:
    return _PRINT.fullmatch(_TEN.sub(r"\g<1>1e", text.strip()))


def _has_two_readings(match: re.Match) -> bool:
    """Whether its mark may stand before decimals as well as between thousands."""
    return bool(_TWO_READINGS.fullmatch(f"{match['whole']}{match['mark']}{match['part']}"))


def _decimal_mark(match: re.Match) -> str | None:
    """The mark that stands before decimals without a doubt, be it seen or told by the one between thousands."""
    if match["between"] in (",", "."):
        return ",."[match["between"] == ","]
    return None if _has_two_readings(match) else match["mark"]


def _both_readings(text: str, match: re.Match) -> str:
    whole, mark, part = match["whole"], match["mark"], match["part"]
    words = ("virgule des milliers", "virgule décimale") if mark == "," else ("point des milliers", "point décimal")
    return (
        f"« {text} » se lit de deux façons : {whole}{part} ({words[0]}) ou {whole}{'.,'[mark == '.']}{part} "
        f"({words[1]}) ; écrire l'un ou l'autre, ou la notation de l'étude dans study.yaml : "
        "« conventions: {decimal: point} » ou « {decimal: comma} »"
    )


def _fault(text: str) -> str:
    """The first character that no number goes on with, after the longest beginning that is one."""
    ends = range(min(len(text), 99), 0, -1)
    readable = next((text[:end].rstrip() for end in ends if _matched(text[:end])), _BEFORE.match(text)[0])
    if len(readable) == len(text):
        return "il manque un chiffre à la fin"
    rest = text[len(readable) :]
    char = rest[0] if rest.lstrip()[0].isdigit() else rest.lstrip()[0]
    name = "l'espace" if char.isspace() else f"« {char} »" if char.isprintable() else f"le caractère U+{ord(char):04X}"
    return f"on n'attend pas {name} {f'après « {readable} »' if readable else 'au début'}"
