"""What do coded answers reproduce of what one questionnaire printed, and what can they not?

One row a printed number, recounted from the finished answers put in the terms of the printed tables, never
from what was intended; the columns are those of `account`. A share printed of those who answered is
recomputed with as many decimals as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP
from fractions import Fraction

from pandas import DataFrame

from relecture.answers.questionnaire.missing import CODES
from relecture.answers.synthetic.common.achieved import COLUMNS, Entry
from relecture.answers.synthetic.survey.plan import Survey, Target
from relecture.core.numbers import reading, written

APART = "aucune combinaison de réponses qui tienne tous les effectifs n'a été trouvée"


def recount(survey: Survey, frame: DataFrame) -> DataFrame:
    """`frame`: answers derived and put in printed terms. One row an address, in the order of the plan."""
    entries = [*_same(survey, frame), *_counts(survey, frame), *_shares(survey, frame), *_unheld(survey)]
    return DataFrame(entries, columns=COLUMNS)


def other_size(account: DataFrame, printed: Mapping[str, str], n: int, before: int) -> DataFrame:
    """The account of answers that are not as many as printed: exact margins no longer apply."""
    many = f"{n} répondant{'s' * (n > 1)} au lieu de {before}"
    wanted, crossed = account["target"].map(printed).fillna(""), account["target"].str.startswith("x_")
    aimed = wanted.ne("") & account["obtained"].ne("")
    right = wanted.eq(account["obtained"]) | (account["reproduced"] & wanted.eq(account["wanted"]))
    told = account["reason"].mask(crossed, f"{many} : tableaux non visés")
    told = told.mask(aimed & ~right, f"{many} : les parts imprimées sont gardées au plus près, non les valeurs")
    return account.assign(wanted=wanted, reproduced=aimed & right, reason=told)


def _same(survey: Survey, frame: DataFrame) -> Iterator[Entry]:
    for address in dict.fromkeys(survey.same):
        yield _entry(survey, address, str(len(frame)))


def _counts(survey: Survey, frame: DataFrame) -> Iterator[Entry]:
    for target in survey.counts:
        yield _entry(survey, target.address, str((frame[target.column] == target.code).sum()))
    for target in survey.percents:
        yield _share(survey, target, frame, len(frame))


def _shares(survey: Survey, frame: DataFrame) -> Iterator[Entry]:
    for target in survey.shares:
        yield _share(survey, target, frame, (~frame[target.column].isin(CODES)).sum())


def _share(survey: Survey, target: Target, frame: DataFrame, n: int) -> Entry:
    wanted, count = survey.printed[target.address], int((frame[target.column] == target.code).sum())
    if not n:
        return target.address, wanted, "", False, "personne n'a répondu"
    exact = Fraction(100 * count, int(n))
    convention = reading(exact, wanted)
    cut = convention == "troncature"
    obtained = wanted if convention else written(exact, wanted, root=False, rounding=ROUND_HALF_UP)
    wrong = f"{count} sur {n} : le pourcentage imprimé n'est ni l'arrondi ni la troncature de cette part"
    right = "retrouvé par troncature" if cut else ""
    return target.address, wanted, obtained, bool(convention), right if convention else wrong


def _entry(survey: Survey, address: str, obtained: str) -> Entry:
    wanted = survey.printed[address]
    return address, wanted, obtained, wanted == obtained, "" if wanted == obtained else APART


def _unheld(survey: Survey) -> Iterator[Entry]:
    for address, reason in survey.unheld.items():
        yield address, survey.printed[address], "", False, reason
