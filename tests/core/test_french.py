"""Oracle: the French usage of the Lexique des règles typographiques (Imprimerie nationale) and the house brief."""

from decimal import Decimal
from fractions import Fraction
from math import inf, nan

import pytest

from relecture.core import french
from relecture.printed.finding import Verdict
from relecture.report import verdicts
from relecture.report.page import elements

THIN, SPACE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("x", "decimals", "text"),
    [
        (63.9, None, "63,9"),
        (63.9, 2, "63,90"),
        (12.0, None, "12"),  # a count that a missing neighbour turned into a float
        (0.1 + 0.2, None, "0,3"),
        (-1.14, None, "−1,14"),
        (-0.004, 2, "0,00"),  # never minus zero
        (0.125, 2, "0,13"),  # halves go up, as readers do by hand; format() gives 0.12
        (1.005, 2, "1,01"),  # binary 1.00499…; a reader sees 1.005
        (Fraction(1, 3), 3, "0,333"),
        (Decimal("2.50"), 1, "2,5"),
        (1234567, None, f"1{THIN}234{THIN}567"),
        (inf, None, "∞"),
        (-inf, None, "−∞"),
        (nan, 1, "–"),
        (None, None, "–"),
        ("63.90", None, "63,90"),  # printed digits are kept
        ("63,9", 4, "63,9"),
        ("-1,14", None, "−1,14"),
        ("n.s.", None, "n.s."),
    ],
)
def test_number(x, decimals, text):
    assert french.number(x, decimals) == text


def test_percent_interval_and_p_value():
    assert french.percent(0.5675) == f"56,8{THIN}%"
    assert french.percent(Fraction(1, 8), 0) == f"13{THIN}%"
    assert french.percent(nan) == "–"
    assert french.interval(0.53, 3.48, 2) == f"[0,53{SPACE}–{SPACE}3,48]"
    assert french.interval(-inf, 0.5, 1) == f"]−∞{SPACE}–{SPACE}0,5]"
    assert french.p_value(0.0005) == f"<{SPACE}0,001"
    assert french.p_value(0.013) == "0,013"
    assert [french.share(p) for p in (0, 1, 0.006)] == [f"0{THIN}%", f"100{THIN}%", f"1{THIN}%"]
    assert french.counted(1, 300) == f"1/300 (<{SPACE}1{THIN}%)"
    assert french.counted(1, 3000, decimals=1) == f"1/3{THIN}000 (<{SPACE}0,1{THIN}%)"
    below = [french.p_value(p) for p in (0.0494, 0.0495, 0.04996, 0.05, 0.0503)]
    assert below == ["0,049", "0,0495", f"<{SPACE}0,05", "0,050", "0,050"]
    drawn = [french.p_value(*p) for p in ((0.4386, 0.003), (0.0007, 0.0005), (0.0462, 0.0013), (0.0492, 0.0013))]
    assert drawn == ["0,44", f"<{SPACE}0,01", "0,046", "0,05"]
    with pytest.raises(ValueError, match=r"1\.2"):
        french.p_value(1.2)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"count": 1234, "proportion": 0.5}, f"1{THIN}234 (50{THIN}%)"),
        ({"count": 7.0, "n": 24.0}, f"7/24 (29{THIN}%)"),  # floats, beside a missing count
        ({"count": 1, "n": 8, "decimals": 1}, f"1/8 (12,5{THIN}%)"),
        ({"count": 7, "n": 24, "proportion": 0.25}, f"7/24 (25{THIN}%)"),  # a share that was counted otherwise
        ({"count": 0, "n": 9, "bounds": (0, 0.3)}, f"0/9{SPACE}: 0{THIN}% [0{SPACE}–{SPACE}30]"),
    ],
)
def test_a_count_with_its_share(arguments, text):
    assert french.counted(**arguments) == text


def test_a_share_with_its_interval():
    assert french.share(0.125) == f"13{THIN}%"
    assert french.share(0.125, (0.05, 0.25), 1) == f"12,5{THIN}% [5,0{SPACE}–{SPACE}25,0]"


@pytest.mark.parametrize(
    ("bounds", "decimals", "text"),
    [
        ((0.003539, 0.104954), 0, "2 % [0,4 – 10]"),  # Wilson on 1/50, R: prop.test(1, 50, correct = FALSE)
        ((0.895046, 0.996461), 0, "2 % [90 – 99,6]"),
        ((0.0, 0.071), 0, "2 % [0 – 7]"),  # nobody: the bound is 0
        ((0.929, 1.0), 0, "2 % [93 – 100]"),
        ((1e-16, 1 - 1e-16), 0, "2 % [0 – 100]"),  # the last bit of a float is no bound
        ((0.00004, 0.02), 1, "2,0 % [0,004 – 2,0]"),
        ((float("nan"), 0.5), 0, "2 % [– – 50]"),
    ],
)
def test_a_bound_that_is_not_0_is_not_written_0(bounds, decimals, text):
    assert french.share(0.02, bounds, decimals).replace(THIN, " ").replace(SPACE, " ") == text


def test_a_difference_whose_bound_is_below_0_says_so():
    assert french.interval(-0.3, 12.2, 0).replace(SPACE, " ") == "[−0,3 – 12]"


def test_an_address_is_never_empty():
    assert [french.slug(text, "code") for text in ("Œuvre d’été !", "?!")] == ["oeuvre-d-ete", "code"]


@pytest.mark.parametrize(
    ("n", "phrase", "text"),
    [
        (0, "nombre imprimé", "0 nombre imprimé"),  # zero is singular in French
        (1, "retrouvé", "1 retrouvé"),
        (1.9, "point", "1,9 point"),
        (2, "retrouvé", "2 retrouvés"),
        (4, "cohérent si…", "4 cohérents si…"),
        (3, "intervalle de confiance", "3 intervalles de confiance"),
        (2, "nombre d’items", "2 nombres d’items"),
        (2, "cas", "2 cas"),
        (2, "hôpital", "2 hôpitaux"),
        (2, "tableau", "2 tableaux"),
    ],
)
def test_plural(n, phrase, text):
    assert french.plural(n, phrase).replace(SPACE, " ") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.34 imprimé -1,1", "2,34 imprimé −1,1"),
        ("1,234.5 et 0.5", "1,234.5 et 0,5"),  # thousands and decimals would both be commas
    ],
)
def test_the_numbers_of_a_text(text, expected):
    assert french.numbers(text) == expected


def test_small_numbers_in_letters():
    assert [french.words(n) for n in (0, 14, 20, 21)] == ["zéro", "quatorze", "vingt", "21"]


def test_every_verdict_has_a_word_a_mark_and_a_meaning():
    assert set(verdicts.VERDICTS) == set(verdicts.MEANINGS) == {verdict.value for verdict in Verdict}
    assert len({word.mark for word in verdicts.VERDICTS.values()}) == len(verdicts.VERDICTS)
    assert str(verdicts.VERDICTS["inconsistent"]) == f"✗{SPACE}incohérent"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Vrai ? Oui ; non !", f"Vrai{THIN}? Oui{THIN}; non{THIN}!"),
        ("**Note :** « oui » à 5 %", f"**Note{SPACE}:** «{SPACE}oui{SPACE}» à 5{THIN}%"),
        ("l'étude d'**Arras**", "l’étude d’**Arras**"),
        ("`x = 'a' ? 1 : 2`", "`x = 'a' ? 1 : 2`"),  # code stays code
        ("`x` : oui", f"`x`{SPACE}: oui"),
        ("[l'eau](http://a.example/l'eau?x=1)", "[l’eau](http://a.example/l'eau?x=1)"),  # and addresses too
        ("| a | b |\n| :-- | --: |", "| a | b |\n| :-- | --: |"),  # alignment of a Markdown table
        ("Voir ![carte](c.png)", "Voir ![carte](c.png)"),
        # Unicode line breaking (UAX 14, LB12a) lets a line end after a dash, even before a no-break space
        (f"[1{SPACE}–{SPACE}2]", f"[1{SPACE}–\u2060{SPACE}2]"),
        (f"[1{SPACE}–\u2060{SPACE}2]", f"[1{SPACE}–\u2060{SPACE}2]"),
        ("[−1,5 – −0,2] – ou l'inverse", f"[−1,5{SPACE}–\u2060{SPACE}−0,2] – ou l’inverse"),
        ("du 5e au 10e entretien, le 1er mai", "du 5ᵉ au 10ᵉ entretien, le 1ᵉʳ mai"),
        ("12e", "12e"),  # an item of a checklist, alone in its cell
        ("1e-5, 9f86d081884e, 2,5e, 5e-ci", "1e-5, 9f86d081884e, 2,5e, 5e-ci"),  # no ordinals
    ],
)
def test_typeset(source, text):
    assert french.typeset(source) == text


def test_prose_is_displayed_as_markdown():
    shown = elements.prose(f"\nSur {french.number(240)} répondants : rien.\n")
    assert shown._repr_markdown_() == repr(shown) == f"Sur 240 répondants{SPACE}: rien."
