"""Forms of a printed number: the digits of each, and the character at fault in what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.notation import ALONE, MINUS, STATED, Digits, Notation, digits, is_print, notation_of, plain

POINT, COMMA = STATED["point"], STATED["comma"]

FORMS = [  # by hand, each as some paper prints it
    ("63,9", "", 639, 1),
    ("63.90", "", 6390, 2),
    (".084", "", 84, 3),  # APA: no zero before the point
    (",084", "", 84, 3),
    ("1·40", "", 140, 2),  # Lancet
    ("+0.5", "", 5, 1),
    ("-.22", "", -22, 2),  # hyphen-minus
    ("−.22", "", -22, 2),  # minus sign
    ("–4.46", "", -446, 2),  # en dash, statcheck issue 73
    ("‑4,46", "", -446, 2),  # non-breaking hyphen, of Word
    ("‐4,46", "", -446, 2),  # hyphen, of text extracted from a PDF
    ("- 1,14", "", -114, 2),
    ("1 234,5", "", 12345, 1),
    ("1\u00a0683", "", 1683, 0),  # no-break space
    ("1\u202f683,5", "", 16835, 1),  # narrow no-break space
    ("1\u2009683", "", 1683, 0),  # thin space
    ("1 234 567", "", 1234567, 0),
    ("1'234.5", "", 12345, 1),  # Swiss
    ("1’234", "", 1234, 0),
    ("1,234.5", "", 12345, 1),
    ("1.234,5", "", 12345, 1),
    ("1,234,567", "", 1234567, 0),  # two commas part thousands
    ("1.234.567", "", 1234567, 0),
    ("1 234,567", "", 1234567, 3),  # thousands are parted by spaces: the comma is decimal
    ("1234,567", "", 1234567, 3),  # four digits before it: decimal
    ("0,052", "", 52, 3),  # a group of thousands never begins with 0
    ("1,05", "", 105, 2),
    ("1.050", "", 1050, 3),  # a point alone is decimal
    ("< .001", "<", 1, 3),
    ("< 0,05", "<", 5, 2),
    ("> .05", ">", 5, 2),
    (">0.05", ">", 5, 2),
    ("≤ 0.001", "≤", 1, 3),
    ("<= 0.001", "≤", 1, 3),
    ("⩽0·001", "≤", 1, 3),  # slanted, Lancet
    ("≥ 5", "≥", 5, 0),
    (">= 5", "≥", 5, 0),
    ("p = .000", "", 0, 3),  # SPSS
    ("= 0,03", "", 3, 2),
    ("p<0.05", "<", 5, 2),
    ("P = 0.03", "", 3, 2),
    ("ns", "≥", 5, 2),
    ("n.s.", "≥", 5, 2),
    ("NS", "≥", 5, 2),
    ("p = ns", "≥", 5, 2),
    ("34%", "", 34, 0),
    ("24 %", "", 24, 0),
    ("34,5\u202f%", "", 345, 1),
    ("1.2e-3", "", 12, 4),
    ("1.2E-03", "", 12, 4),
    ("1,2 × 10−3", "", 12, 4),
    ("1.2×10⁻³", "", 12, 4),
    ("1.2 x 10^-3", "", 12, 4),
    ("p < 10-3", "<", 1, 3),  # French papers
    ("<10⁻⁴", "<", 1, 4),
    ("p = 10^-2", "", 1, 2),
    (" 63,9 ", "", 639, 1),
]


@pytest.mark.parametrize(("text", "comparison", "signed", "decimals"), FORMS)
def test_digits(text, comparison, signed, decimals):
    assert digits(text) == Digits(comparison, signed, decimals)
    assert is_print(text)


FAULTS = [
    ("1 0.25", "on n'attend pas l'espace après « 1 »"),  # statcheck issue 28: a space after extraction
    ("1 05 0", "on n'attend pas l'espace après « 1 »"),
    ("12 34", "on n'attend pas l'espace après « 12 »"),
    ("1234 567", "on n'attend pas l'espace après « 1234 »"),
    ("0 123", "on n'attend pas l'espace après « 0 »"),
    ("1\u202f23", "on n'attend pas l'espace après « 1 »"),
    ("1,2,3", "on n'attend pas « , » après « 1,2 »"),
    ("1,234,56", "on n'attend pas « , » après « 1,234 »"),
    ("1,", "on n'attend pas « , » après « 1 »"),
    ("--1", "on n'attend pas « - » après « - »"),
    ("1e3", "on n'attend pas « e » après « 1 »"),  # hides how many digits are printed
    ("5²", "on n'attend pas « ² » après « 5 »"),
    ("12 % a", "on n'attend pas « a » après « 12 % »"),
    ("1\u200b2", "on n'attend pas le caractère U+200B après « 1 »"),
    ("O,5", "on n'attend pas « O » au début"),  # a letter for a zero
    ("soixante", "on n'attend pas « s » au début"),
    ("nan", "on n'attend pas « n » au début"),
    ("½", "on n'attend pas « ½ » au début"),
    ("٣", "on n'attend pas « ٣ » au début"),  # a digit, but none that papers here print
    ("3٣", "on n'attend pas « ٣ » après « 3 »"),
    ("", "il manque un chiffre à la fin"),
    ("p <", "il manque un chiffre à la fin"),
    ("-,", "on n'attend pas « , » après « - »"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_what_is_not_a_number_is_refused_and_the_character_named(text, fault):
    with pytest.raises(ValueError) as error:
        digits(text)
    start, end = f"« {text} » n'est pas un nombre imprimé : {fault} (attendu : ", "34 % ; ns)"
    assert str(error.value).startswith(start) and str(error.value).endswith(end)


def test_the_forms_that_a_refusal_shows_are_read():
    for refused in ("", "x"):
        with pytest.raises(ValueError) as error:
            digits(refused)
        shown = str(error.value).partition("(attendu : ")[2].removesuffix(")").split(" ; ")
        assert len(shown) == 11 and all(map(is_print, shown))


@pytest.mark.parametrize("text", ["1,050", "-1,050", "< 12,345", "999,999 %"])
def test_a_comma_before_three_digits_alone_is_refused_with_both_readings(text):
    with pytest.raises(ValueError) as error:
        digits(text)
    assert "se lit de deux façons" in str(error.value)


def test_both_readings_are_named_with_what_settles_them():
    with pytest.raises(ValueError) as error:
        digits("1,050")
    assert str(error.value) == (
        "« 1,050 » se lit de deux façons : 1050 (virgule des milliers) ou 1.050 (virgule décimale) ; écrire l'un ou "
        "l'autre, ou la notation de l'étude dans study.yaml : « conventions: {decimal: point} » ou « {decimal: comma} »"
    )


@pytest.mark.parametrize(
    ("text", "notation", "signed", "decimals"),
    [
        ("1,050", POINT, 1050, 0),
        ("1,050", COMMA, 1050, 3),
        ("1,050", Notation(",", ""), 1050, 3),
        ("1.050", POINT, 1050, 3),
        ("1.050", COMMA, 1050, 0),  # what is stated is held strictly
        ("0.05", COMMA, 5, 2),  # one reading only, whatever the paper states
        ("0,052", POINT, 52, 3),
    ],
)
def test_the_notation_of_the_paper_settles_it(text, notation, signed, decimals):
    assert digits(text, notation) == Digits("", signed, decimals)


def test_a_point_before_three_digits_is_refused_where_only_commas_are_decimal():
    with pytest.raises(ValueError, match=r"1050 .point des milliers. ou 1,050 .point décimal."):
        digits("1.050", notation_of(["63,9", "1.050"]))


@pytest.mark.parametrize(
    ("texts", "stated", "expected"),
    [
        (["1,050", "0.05"], None, POINT),
        (["1,050", "1,234.5"], None, POINT),
        (["1,050", "1,234,567"], None, POINT),
        (["1,050", "1 234,5"], None, Notation(",", "")),
        (["1,050", "63,9"], None, Notation(",", "")),
        (["1,050", "0,052"], None, Notation(",", "")),  # three decimals, but it begins with 0
        (["1,050", "1.234,5"], None, Notation(",", "")),
        (["1,050", "12", "2.345", "Non", "1·40"], None, ALONE),  # nothing tells
        (["1,050", "0.05", "0,05"], None, ALONE),  # both marks are decimal: the paper does not tell
        (["1,050", "0.05"], "comma", COMMA),
        ([], "point", POINT),
    ],
)
def test_the_notation_that_a_paper_states_or_tells(texts, stated, expected):
    assert notation_of(texts, stated) == expected


@pytest.mark.parametrize(
    ("text", "notation", "shown"),
    [
        ("63,9", ALONE, "63,9"),  # fit to be shown: unchanged
        ("−1,14", ALONE, "−1,14"),
        ("1 234,5", ALONE, "1 234,5"),
        ("< 0,001", ALONE, "< 0,001"),
        ("ns", ALONE, "ns"),
        ("deux", ALONE, "deux"),
        ("28 mai 2018", ALONE, "28 mai 2018"),
        (".084", ALONE, "0.084"),
        ("–.22", ALONE, "-0.22"),
        ("p = .03", ALONE, "0.03"),
        ("p<.05", ALONE, "< 0.05"),
        ("34 %", ALONE, "34"),
        ("p < 10−3", ALONE, "< 0.001"),
        ("1.2e-3", ALONE, "0.0012"),
        ("1·40", ALONE, "1.40"),
        ("1,234.5", ALONE, "1234.5"),  # thousands and decimals in French would be one comma each
        ("1,050", POINT, "1050"),
        ("1,050", COMMA, "1.050"),
    ],
)
def test_plain(text, notation, shown):
    assert plain(text, notation) == shown


printed = st.text("0123456789,.· \u2009−-–%<>≤=()[]±e", max_size=12)


@given(printed, st.sampled_from([ALONE, POINT, COMMA, Notation(",", "")]))
def test_what_is_read_is_written_back_in_the_same_digits(text, notation):
    try:
        read = digits(text, notation)
    except ValueError as error:
        assert str(error).startswith(f"« {text} » ")
        return
    assert digits(str(read)) == digits(plain(text, notation)) == read
    if "e" not in text and "10" not in text:  # no power of ten
        assert "".join(filter(str.isdigit, text)).lstrip("0") == str(abs(read.digits)).lstrip("0")


@given(st.integers(-999_999, 999_999), st.sampled_from(MINUS), st.sampled_from(" \u00a0\u202f\u2009'"))
def test_every_minus_and_every_mark_of_thousands_reads_alike(value, minus, mark):
    text = f"{value:,}".replace("-", minus).replace(",", mark)
    assert digits(text) == Digits("", value, 0)
