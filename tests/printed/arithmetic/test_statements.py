"""Sentences against tables: cases by hand, most of them from Guefif 2023."""

import pytest

from relecture.printed.arithmetic import dates, statements
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
CONDITIONAL, INCONSISTENT, UNCHECKABLE = Verdict.CONDITIONAL, Verdict.INCONSISTENT, Verdict.UNCHECKABLE

SAME = [
    (["16,6", "16.6"], REPRODUCED),
    (["16,6", "16,60"], REPRODUCED),
    (["quatre", "4"], REPRODUCED),
    (["4,46", "4,5"], CONSISTENT),
    (["4,45", "4,5"], CONSISTENT),  # 4,45 is rounded up by half-up, and 4,449 may be printed 4,45
    (["41,71", "41"], CONDITIONAL),
    (["2,34", "2.4"], INCONSISTENT),
    (["20", "20", "20", "21"], INCONSISTENT),  # one of four differs: no rounding gives both 20 and 21
    (["16,6", "16,7"], INCONSISTENT),
    (["4,46", "4,5", "4,4"], INCONSISTENT),
    (["< 0,05", "0,03"], CONSISTENT),
    (["< 0,001", "< 0.001"], REPRODUCED),
    (["< 0,001", "0,0004"], CONSISTENT),
    (["< 0,001", "0,01"], INCONSISTENT),
    (["-1,14", "-1.14"], REPRODUCED),
    (["-1,14", "1,14"], INCONSISTENT),  # a lost sign
]


@pytest.mark.parametrize(("values", "verdict"), SAME)
def test_same(values, verdict):
    assert statements.same(values).verdict is verdict
    assert statements.same(values[::-1]).verdict is verdict


P = ["0,66", "0,05", "0,10", "0,05"]
COUNTS = [
    ("deux", ["0,015", "0,013", "0,068"], "0,05", REPRODUCED, "2"),
    ("trois", ["0,015", "0,013", "0,068"], "0,05", INCONSISTENT, "2"),
    ("deux", P, "0,05", CONSISTENT, "0 à 2 selon l'arrondi"),  # 0,05 may be 0,046 or 0,054
    ("trois", P, "0,05", INCONSISTENT, "0 à 2 selon l'arrondi"),
    ("4", P, None, REPRODUCED, "4"),
    ("douze", ["1"] * 14, None, INCONSISTENT, "14"),
    ("un", ["< 0,001"], "0,05", REPRODUCED, "1"),
]


@pytest.mark.parametrize(("claim", "values", "below", "verdict", "expected"), COUNTS)
def test_count(claim, values, below, verdict, expected):
    found = statements.count(claim, values, below=below)
    assert (found.verdict, found.expected) == (verdict, expected)


WORDS = ["F", "H", "F", "H", "F"]
COUNTED_WORDS = [
    ("3", "F", REPRODUCED, "3"),
    ("trois", "F", REPRODUCED, "3"),
    ("3", "H", INCONSISTENT, "2"),
    ("zéro", "f", REPRODUCED, "0"),  # words as printed, capitals included
    ("cinq", None, REPRODUCED, "5"),  # every word
]


@pytest.mark.parametrize(("claim", "word", "verdict", "expected"), COUNTED_WORDS)
def test_count_of_a_word(claim, word, verdict, expected):
    found = statements.count(claim, WORDS, equals=word)
    assert (found.verdict, found.expected) == (verdict, expected)


def test_count_takes_a_word_and_a_threshold_together():
    assert statements.count("un", ["0,04", "0,06"], below="0,05", equals="0,04").verdict is REPRODUCED


RANKS = [
    ("premier", "19", ["19", "9", "7"], REPRODUCED),
    ("deuxième", "9", ["19", "9", "7"], REPRODUCED),
    ("deuxième", "7", ["19", "9", "7"], INCONSISTENT),
    ("deuxième", "9", ["19", "9", "9"], REPRODUCED),  # tied for the second rank
]


@pytest.mark.parametrize(("claim", "value", "among", "verdict"), RANKS)
def test_rank(claim, value, among, verdict):
    assert statements.rank(claim, value, among).verdict is verdict


MONTHS = [
    ("juin", "septembre", "quatre", REPRODUCED),
    ("juin", "juin", "1", REPRODUCED),
    ("juin", "août", "2", INCONSISTENT),
]


@pytest.mark.parametrize(("first", "last", "claim", "verdict"), MONTHS)
def test_months(first, last, claim, verdict):
    assert dates.months(first, last, claim).verdict is verdict


def test_what_is_not_a_month_is_refused():
    with pytest.raises(ValueError) as error:
        dates.months("juim", "août", "3")
    expected = "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre"
    assert str(error.value) == f"« juim » n'est pas un mois (attendu : {expected})"


@pytest.mark.parametrize(
    ("agreement", "disagreement", "higher_is", "verdict"),
    [
        ("1", "4", "better", CONDITIONAL),  # Guefif 2023: full agreement is worth 1 point; reversed before?
        ("4", "1", "better", REPRODUCED),
        ("1", "4", "worse", REPRODUCED),
    ],
)
def test_direction(agreement, disagreement, higher_is, verdict):
    assert statements.direction(agreement, disagreement, higher_is=higher_is).verdict is verdict


def test_direction_says_how_a_high_score_is_read():
    found = statements.direction("1", "4", higher_is="better")
    assert found.explanation == (
        "l'accord complet vaut 1 et le désaccord complet 4, un score élevé est lu comme favorable : "
        "se retrouve si la cotation a été inversée"
    )
    assert "lu comme défavorable" in statements.direction("4", "1", higher_is="worse").explanation


DISTINCT = [
    (["1,36", "0,53", "3,48"], ["1,36", "0,53", "3,48"], False, INCONSISTENT),  # Guefif 2023, two rows alike
    (["1,36", "0,53", "3,48"], ["1,36", "0,53", "3,49"], False, CONSISTENT),
    (["1,49", "1,1", "2,99"], ["4,46", "2,99", "20,06"], True, INCONSISTENT),  # exp: 4,44 3,00 19,9
    (["1,49", "-0,01", "2,99"], ["4,46", "2,99", "20,06"], True, CONSISTENT),  # exp(-0,01) = 0,99
]


@pytest.mark.parametrize(("first", "second", "log", "verdict"), DISTINCT)
def test_distinct(first, second, log, verdict):
    assert statements.distinct(first, second, log=log).verdict is verdict


@pytest.mark.parametrize(
    ("claim", "sure", "maybe", "verdict", "expected"),
    [
        ("30", 25, 6, CONSISTENT, "25 à 31"),  # Zerhoui 2020: closed questions
        ("25", 25, 6, CONSISTENT, "25 à 31"),
        ("trois", 1, 2, CONSISTENT, "1 à 3"),
        ("24", 25, 6, INCONSISTENT, "25 à 31"),
        ("32", 25, 6, INCONSISTENT, "25 à 31"),
    ],
)
def test_count_between(claim, sure, maybe, verdict, expected):
    found = statements.count_between(claim, ["9"] * sure, ["9"] * maybe)
    assert (found.verdict, found.expected) == (verdict, expected)


SPANS = [
    ("août 2019", "février 2020", "six", CONSISTENT),  # Zerhoui 2020: from date to date
    ("août 2019", "février 2020", "7", REPRODUCED),  # August to December, January, February
    ("août 2019", "février 2020", "5", INCONSISTENT),
    ("août 2019", "février 2020", "8", INCONSISTENT),
    ("juin 2022", "septembre 2022", "quatre", REPRODUCED),
    ("mars 2020", "mars 2021", "12", CONSISTENT),
    ("mars 2020", "mars 2020", "un", REPRODUCED),
]


@pytest.mark.parametrize(("first", "last", "claim", "verdict"), SPANS)
def test_span(first, last, claim, verdict):
    assert dates.span(first, last, claim).verdict is verdict


def test_external():
    assert statements.external("2018", fact="2018", source="article 99").verdict is REPRODUCED
    found = statements.external("28 mai 2018", fact="25 mai 2018", source="article 99")
    assert (found.verdict, found.expected) == (INCONSISTENT, "25 mai 2018")
