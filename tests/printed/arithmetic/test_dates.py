"""Printed days: how they are read, the same day twice, and the months between two of them."""

import pytest

from relecture.printed.arithmetic import dates
from relecture.printed.arithmetic.dates import Day
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, INCONSISTENT = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.INCONSISTENT

READ = [
    ("1er juillet", Day(1, 7)),
    ("01/07", Day(1, 7)),
    ("1 août 2019", Day(1, 8, 2019)),
    ("30 septembre 2022", Day(30, 9, 2022)),
    ("30/09/22", Day(30, 9, 2022)),
    ("19/01/2023", Day(19, 1, 2023)),
    ("29/02", Day(29, 2)),  # no year printed: some year has it
]


@pytest.mark.parametrize(("text", "day"), READ)
def test_a_printed_day_is_read(text, day):
    assert Day.read(text) == day


@pytest.mark.parametrize("text", ["juillet 2019", "1er brumaire", "le 3", "2023", "01-07-2022", ""])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError) as error:
        Day.read(text)
    assert str(error.value) == f"« {text} » n'est pas une date imprimée (attendu : 1er juillet 2022 ou 01/07/22)"


@pytest.mark.parametrize("text", ["31/06", "29/02/2023", "12/13", "0/01"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError) as error:
        Day.read(text)
    assert str(error.value) == f"« {text} » n'est pas un jour du calendrier"


SAME = [
    (["1er juillet", "01/07", "01/07/22"], REPRODUCED),
    (["30/09/22", "30 septembre 2022"], REPRODUCED),
    (["30/09/22", "30/09", "30/09/2023"], INCONSISTENT),  # two years
    (["01/07", "07/01"], INCONSISTENT),
]


@pytest.mark.parametrize(("values", "verdict"), SAME)
def test_same_day(values, verdict):
    assert dates.same_day(values).verdict is verdict
    assert dates.same_day(values[::-1]).verdict is verdict


ELAPSED = [
    ("01/07", "30/09/22", "3", REPRODUCED),
    ("1er juillet", "30 septembre", "trois", REPRODUCED),
    ("1er décembre 2021", "28 février 2022", "3", REPRODUCED),  # over the new year
    ("1er décembre", "28/02/22", "3", REPRODUCED),  # the start is in the year before
    ("01/07", "30/09/22", "4", INCONSISTENT),
    ("15/07", "30/09/22", "2", CONSISTENT),  # two months and sixteen days: two or three
    ("15/07", "30/09/22", "3", CONSISTENT),
    ("15/07", "30/09/22", "4", INCONSISTENT),
    ("01/07/22", "30/06/22", "1", INCONSISTENT),  # it ends before it starts
]


@pytest.mark.parametrize(("first", "last", "claim", "verdict"), ELAPSED)
def test_elapsed(first, last, claim, verdict):
    assert dates.elapsed(first, last, claim).verdict is verdict


def test_elapsed_says_how_long():
    text = "du 15/07 au 30/09/22, jours extrêmes compris : 2 mois et quelques jours"
    assert dates.elapsed("15/07", "30/09/22", "2").explanation == text
