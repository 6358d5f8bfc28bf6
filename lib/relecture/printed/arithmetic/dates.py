"""Days printed in a source: the same day twice, and how many months lie between two of them.

A date is read as French readers write it: "1er juillet", "01/07", "30 septembre 2022", "30/09/22".
A year of two digits is of this century; a date printed without a year agrees with any year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from relecture.core.french import MONTHS
from relecture.core.numbers import whole
from relecture.printed.arguments import Date, Month, Months, SeveralDates
from relecture.printed.finding import Finding, Verdict, decided
from relecture.printed.kinds import kind

_DATE = re.compile(r"(\d{1,2})(?:er)?[/ ](\d{1,2}|[a-zéû]+)(?:[/ ](\d{4}|\d{2}))?")
_LEAP = 2000  # a year in which every day of the calendar exists


@dataclass(frozen=True)
class Day:
    """A printed day; `year` is None when it is not printed."""

    day: int
    month: int
    year: int | None = None

    @classmethod
    def read(cls, text: str) -> Day:
        """The day of a printed date; ValueError, in French, when it is not one.

        >>> Day.read("1er juillet"), Day.read("30/09/22")
        (Day(day=1, month=7, year=None), Day(day=30, month=9, year=2022))
        """
        match = _DATE.fullmatch(text)
        month = match and (MONTHS.index(match[2]) + 1 if match[2] in MONTHS else match[2])
        if not match or not str(month).isdigit():
            raise ValueError(f"« {text} » n'est pas une date imprimée (attendu : 1er juillet 2022 ou 01/07/22)")
        year = int(match[3]) + 2000 * (len(match[3]) == 2) if match[3] else None
        try:
            date(year or _LEAP, int(month), int(match[1]))
        except ValueError as error:
            raise ValueError(f"« {text} » n'est pas un jour du calendrier") from error
        return cls(int(match[1]), int(month), year)


@kind("same_day", "un même jour, imprimé plusieurs fois", judged=["values"], repairable=False)
def same_day(values: SeveralDates) -> Finding:
    """Finding on one day printed several times, in letters or in digits.

    >>> same_day(["1er juillet", "01/07"]).verdict, same_day(["30/09/22", "30/09/23"]).verdict
    (<Verdict.REPRODUCED: 'reproduced'>, <Verdict.INCONSISTENT: 'inconsistent'>)
    """
    dates = [Day.read(value) for value in values]
    years = {date_.year for date_ in dates} - {None}
    same = len({(date_.day, date_.month) for date_ in dates}) == 1 and len(years) < 2
    text = "le même jour partout" if same else f"des jours différents : {' ; '.join(values)}"
    return decided(same, text, values[0])


@kind("elapsed", "le nombre de mois d'un jour à un autre", judged=["claim"], repairable=False)
def elapsed(first: Date, last: Date, claim: Months) -> Finding:
    """Finding on a number of months from the first day to the last, both included.

    A year that is not printed is the one that makes the last day follow the first.

    >>> elapsed("01/07", "30/09/22", "3").explanation
    'du 01/07 au 30/09/22, jours extrêmes compris : 3 mois'
    """
    start, end = Day.read(first), Day.read(last)
    year, last_year = _years(start, end)
    opening = date(year, start.month, start.day)
    after = date(last_year, end.month, end.day) + timedelta(days=1)
    months = (after.year - opening.year) * 12 + after.month - opening.month - (after.day < opening.day)
    exact = after.day == opening.day
    text = f"du {first} au {last}, jours extrêmes compris : {months} mois" + " et quelques jours" * (not exact)
    verdicts = {months: Verdict.REPRODUCED} if exact else dict.fromkeys((months, months + 1), Verdict.CONSISTENT)
    return Finding(verdicts.get(whole(claim), Verdict.INCONSISTENT), text, str(months))


def _years(start: Day, end: Day) -> tuple[int, int]:
    """Both years, printed or not; without any, two in a row of which neither is a leap year."""
    turn = int((end.month, end.day) < (start.month, start.day))
    if start.year:
        return start.year, end.year or start.year + turn
    last = end.year or _LEAP + 1 + turn
    return last - turn, last


@kind("months", "le nombre de mois d'un mois à un autre", judged=["claim"])
def months(first: Month, last: Month, claim: Months) -> Finding:
    """Finding on a number of months from the first to the last, both included.

    >>> months("juin", "septembre", "quatre").verdict
    <Verdict.REPRODUCED: 'reproduced'>
    """
    count = _month(last) - _month(first) + 1
    return decided(count == whole(claim), f"de {first} à {last}, mois extrêmes compris : {count} mois", str(count))


@kind("span", "le nombre de mois entre deux mois datés", judged=["claim"])
def span(first: Date, last: Date, claim: Months) -> Finding:
    """Finding on a number of months between two months with their years ("août 2019").

    `reproduced` with both end months included; one less is `consistent`: from a day of the first to the
    same day of the last.

    >>> span("août 2019", "février 2020", "six").verdict
    <Verdict.CONSISTENT: 'consistent'>
    """
    (month, year), (last_month, last_year) = _month_of_a_year(first), _month_of_a_year(last)
    count = 12 * (last_year - year) + last_month - month + 1
    text = f"de {first} à {last} : {count} mois, mois extrêmes compris, ou {count - 1} de date à date"
    verdicts = {count: Verdict.REPRODUCED, count - 1: Verdict.CONSISTENT}
    return Finding(verdicts.get(whole(claim), Verdict.INCONSISTENT), text, f"{count - 1} ou {count}")


def _month_of_a_year(text: str) -> tuple[int, int]:
    month, _, year = text.partition(" ")
    if not re.fullmatch(r"\d{4}", year):
        raise ValueError(f"« {text} » n'est pas un mois avec son année (attendu : août 2019)")
    return _month(month), int(year)


def _month(name: str) -> int:
    if name not in MONTHS:
        raise ValueError(f"« {name} » n'est pas un mois (attendu : {', '.join(MONTHS)})")
    return MONTHS.index(name)
