"""Sentences against lists of individuals: cases by hand, several from Planchenault 2021."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.printed.arithmetic import participants
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

AGES = ["< 40 ans"] * 5 + ["40 - 59 ans"] * 5 + ["> 60 ans"] * 5

AVERAGES = [
    ("47,8", AGES, CONSISTENT),  # from (25 + 40 + 61) / 3 = 42 to (39 + 59 + 80) / 3 = 59,3
    ("42,0", AGES, CONSISTENT),  # the lower end
    ("41,9", AGES, INCONSISTENT),  # below 41,95 at best
    ("41", AGES, INCONSISTENT),
    ("59,3", AGES, CONSISTENT),  # 59,33
    ("59,4", AGES, INCONSISTENT),  # at least 59,35 when rounded, 59,4 when cut; the end is 59,33
    ("60", AGES, INCONSISTENT),
    ("45", ["40 - 59 ans"], CONSISTENT),
    ("39", ["40 - 59 ans"], INCONSISTENT),
]


@pytest.mark.parametrize(("mean", "values", "verdict"), AVERAGES)
def test_average(mean, values, verdict):
    assert participants.average(mean, values, ends=[25, 80]).verdict is verdict
    assert participants.average(mean, values[::-1], ends=[25, 80]).verdict is verdict


def test_average_shows_the_reach():
    assert participants.average("47,8", AGES, ends=[25, 80]).expected == "42,0 à 59,3"


@given(st.lists(st.integers(20, 90), min_size=1, max_size=30))
def test_the_mean_of_true_ages_is_always_within_their_classes(ages):
    words = ["< 40 ans" if age < 40 else "40 - 59 ans" if age < 60 else "> 59 ans" for age in ages]
    mean = f"{sum(ages) / len(ages):.3f}"
    assert participants.average(mean, words, ends=[20, 90]).verdict is CONSISTENT


EXTREMES = [
    ("35", "20", ["1", "10"], "15", CONSISTENT),  # from (14 x 20 + 70) / 15 = 23,3 to (20 + 14 x 70) / 15 = 66,7
    ("23", "20", ["1", "10"], "15", CONSISTENT),  # 23,33 is printed 23
    ("22", "20", "28", "3", CONDITIONAL),  # (40 + 28) / 3 = 22,67 at least, 22 only if cut
    ("22", "20", ["1", "10"], "15", INCONSISTENT),
    ("67", "20", "70", "15", CONSISTENT),  # 66,67 is printed 67
    ("68", "20", "70", "15", INCONSISTENT),
    ("45", "20", "70", "2", CONSISTENT),  # two values: the mean is their middle
    ("46", "20", "70", "2", INCONSISTENT),
    ("20", "20", "20", "3", CONSISTENT),
    ("35", "70", "20", "15", INCONSISTENT),  # the smallest is the largest
    ("35", "35", "35", "1", INCONSISTENT),  # one value has no two extremes
]


@pytest.mark.parametrize(("mean", "low", "high", "n", "verdict"), EXTREMES)
def test_extremes(mean, low, high, n, verdict):
    assert participants.extremes(mean, low, high, n).verdict is verdict


CLASSES = [
    (["< 5 ans", "5 - 15 ans", "> 15 ans"], REPRODUCED, ()),
    (["> 15 ans", "< 5 ans", "5 - 15 ans", "< 5 ans"], REPRODUCED, ()),  # in any order, repeated
    (["< 40 ans", "40 - 59 ans", "> 60 ans"], CONSISTENT, ("60",)),  # > 60 starts at 61
    (["< 40 ans", "> 60 ans"], CONSISTENT, ("40 à 60",)),  # < 40 ends at 39
    (["< 40 ans", "40 - 60 ans", "60 - 79 ans"], INCONSISTENT, ()),  # 60 has two classes
    (["< 40 ans", "< 30 ans"], INCONSISTENT, ()),
    (["40 - 59 ans", "> 50 ans"], INCONSISTENT, ()),
    (["> 50 ans", "> 60 ans"], INCONSISTENT, ()),
    (["> 60 ans"], REPRODUCED, ()),
]


@pytest.mark.parametrize(("values", "verdict", "gaps"), CLASSES)
def test_classes(values, verdict, gaps):
    found = participants.classes(values)
    assert (found.verdict, found.evidence) == (verdict, gaps)


@pytest.mark.parametrize("text", ["soixante", "60", "< ans", "de 40 à 59"])
def test_a_class_that_is_not_one_is_refused(text):
    with pytest.raises(ValueError, match="n'est pas une classe"):
        participants.classes([text])


def test_represented():
    assert participants.represented(["Oui", "Non", "Oui"], among=["Oui", "Non"]).verdict is REPRODUCED
    found = participants.represented(["Oui", "Oui", "Peut-être"], among=["Oui", "Non"])
    assert (found.verdict, found.expected, found.explanation) == (INCONSISTENT, "Non", "absents de la liste : Non")


CATEGORIES = [
    (["Rural", "Semi-Rural", "Urbain"], ["Rurale", "Urbaine", "Semi rurale", "Rurale"], REPRODUCED),
    (["Rural", "Semi-Rural", "Urbain"], ["Rurale", "Urbaine"], CONSISTENT),  # nobody chose the third
    (["Groupe", "Individuel"], ["Seul", "Cabinet", "SOS"], UNCHECKABLE),  # finer than what was asked
]


@pytest.mark.parametrize(("choices", "values", "verdict"), CATEGORIES)
def test_categories(choices, values, verdict):
    assert participants.categories(choices, values).verdict is verdict


IMPLIED = [
    (["Non", "Oui", "Non"], ["S", "M", "S"], REPRODUCED, "2"),
    (["Non", "Oui", "Non"], ["S", "S", "M"], INCONSISTENT, "1"),
    (["Oui", "Oui"], ["S", "M"], UNCHECKABLE, ""),  # the sentence speaks of nobody
]


@pytest.mark.parametrize(("values", "others", "verdict", "expected"), IMPLIED)
def test_implies(values, others, verdict, expected):
    found = participants.implies(values, others, given="Non", then="S")
    assert (found.verdict, found.expected) == (verdict, expected)


SENIORITY = [
    ("< 40 ans", "5 - 15 ans", CONSISTENT),  # 39 - 5 = 34
    ("< 40 ans", "> 15 ans", INCONSISTENT),  # 39 - 16 = 23
    ("40 - 59 ans", "> 15 ans", CONSISTENT),  # 59 - 16 = 43
    ("> 60 ans", "> 15 ans", CONSISTENT),  # no upper end
    ("< 25 ans", "< 5 ans", INCONSISTENT),  # 24 - 0
]


@pytest.mark.parametrize(("age", "years", "verdict"), SENIORITY)
def test_seniority(age, years, verdict):
    assert participants.seniority([age], [years], start=25).verdict is verdict


SATURATIONS = [
    ("dixième", "quinzième", "15", CONSISTENT, (0,)),
    ("dixième", "douzième", "15", CONSISTENT, (3,)),
    ("deuxième", "neuvième", "quinze", CONSISTENT, (6,)),
    ("dixième", "seizième", "15", INCONSISTENT, ()),  # the sixteenth of fifteen
    ("douzième", "dixième", "15", INCONSISTENT, ()),
]


@pytest.mark.parametrize(("first", "last", "total", "verdict", "after"), SATURATIONS)
def test_saturation(first, last, total, verdict, after):
    found = participants.saturation(first, last, total)
    assert (found.verdict, found.evidence) == (verdict, after)


@pytest.mark.parametrize("word", ["cinquième", "neuvième", "onzième", "quinzième", "dix-neuvième", "vingtième"])
def test_ordinals_are_read(word):
    places = {"cinquième": 5, "neuvième": 9, "onzième": 11, "quinzième": 15, "dix-neuvième": 19, "vingtième": 20}
    assert participants.saturation(word, word, str(places[word])).evidence == (0,)


SAME = [
    (["décembre 2019", "December 2019"], REPRODUCED),
    (["février 2020", "February 2020", "février 2020"], REPRODUCED),
    (["3", "three"], REPRODUCED),
    (["décembre 2019", "décembre 2020"], INCONSISTENT),
    (["décembre 2019", "février 2019"], INCONSISTENT),
]


@pytest.mark.parametrize(("values", "verdict"), SAME)
def test_same_words(values, verdict):
    assert participants.same_words(values).verdict is verdict
