"""The account of synthetic answers: what is wanted, what was obtained, whether it is the same, and why not.

One row a printed number of the plan, recounted from the finished answers put in the terms of the printed tables, never
from what was intended. A mean, a deviation or a share that only exists by truncation counts as reproduced and says so.
A covariate without a table has a row too (`x_<covariate>`): nothing printed holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import cached_property
from math import sqrt

from pandas import DataFrame, Series, to_numeric

from relecture.answers.coded import exposures, scores
from relecture.answers.questionnaire.missing import CODES, Missing
from relecture.answers.synthetic.plan import EVERYBODY, Moments, Plan, Target
from relecture.answers.synthetic.two_by_two import TwoByTwo, outcome_of
from relecture.core.numbers import Printed, rounded

COLUMNS = ["target", "wanted", "obtained", "reproduced", "reason"]
Entry = tuple[str, str, str, bool, str]
NO_ANSWERS = "aucune combinaison de réponses qui tienne tous les effectifs n'a été trouvée"
NO_SAMPLE = "aucune suite de nombres entiers trouvée pour ces valeurs imprimées : tirage autour d'elles"
CHECKED = "imposé par les valeurs imprimées de ses strates"


def account(plan: Plan, coded: DataFrame, tables: Mapping[str, TwoByTwo], reasons: Mapping[str, str]) -> DataFrame:
    """One row a target, with the columns of COLUMNS; `reasons` are those of the tables that could not be held."""
    recount = _Recount(plan, coded, plan.terms(coded))
    values = {name: recount.values(name) for name in {one.of for one in (*plan.numbers, *plan.checks)}}
    entries = [
        *(recount.entry(address, len(coded)) for address in plan.same),
        *(recount.count(target) for target in plan.counts if target.address),
        *(recount.share(target, answered=False) for target in plan.percents if target.address),
        *(recount.share(target, answered=True) for target in plan.shares if target.address),
        *(recount.total(target) for target in plan.totals if target.address),
        *(entry for one in plan.numbers for entry in recount.statistics(one, values[one.of], NO_SAMPLE)),
        *(entry for one in plan.checks for entry in recount.statistics(one, values[one.of], CHECKED)),
        *recount.crossed(tables, reasons),
        *((address, plan.printed[address], "", False, reason) for address, reason in plan.unheld.items()),
    ]
    found = DataFrame(entries, columns=COLUMNS).drop_duplicates("target", ignore_index=True)
    return found if len(coded) == plan.n else _other_size(found, plan, len(coded))


def _other_size(account: DataFrame, plan: Plan, n: int) -> DataFrame:
    """The account of answers that are not as many as printed: exact values no longer apply."""
    many = f"{n} répondant{'s' * (n > 1)} au lieu de {plan.n}"
    crossed, missed = account["target"].str.startswith(exposures.PREFIX), ~account["reproduced"]
    aimed = account["wanted"].ne("") & account["obtained"].ne("")
    reason = account["reason"].mask(crossed, f"{many} : tableaux non visés")
    reason = reason.mask(aimed & missed, f"{many} : les parts imprimées sont gardées au plus près, non les valeurs")
    return account.assign(reason=reason)


@dataclass(frozen=True)
class _Recount:
    """Entries of the account. `shown`: the answers in printed terms."""

    plan: Plan
    coded: DataFrame
    shown: DataFrame

    @cached_property
    def _groups(self) -> Mapping[str, DataFrame]:
        """The answers of each group, and of everybody."""
        by = self.plan.by
        return {group: self.shown[self.shown[by] == group] for group in self.plan.sizes if by} | {EVERYBODY: self.shown}

    def _inside(self, where: Mapping[str, str]) -> Series:
        inside = Series(True, index=self.shown.index)
        for variable, value in where.items():
            inside &= self.shown[variable].eq(value)
        return inside

    def _cells(self, target: Target, column: str = "") -> Series:
        return self._groups[target.group][column or target.column]

    def entry(self, address: str, obtained: object, reason: str = "") -> Entry:
        wanted, text = self.plan.printed[address], str(obtained)
        return address, wanted, text, wanted == text, reason or ("" if wanted == text else NO_ANSWERS)

    def count(self, target: Target) -> Entry:
        cells = self._cells(target)
        return self.entry(target.address, cells.eq(target.cell).sum(), self._unequal(target, cells))

    def _unequal(self, target: Target, cells: Series) -> str:
        """What to say of printed answers that are not as many as those asked."""
        if not self.plan.is_complete(target.column) or target.column not in self.plan.instrument.columns:
            return ""
        together = [one for one in self.plan.counts if (one.column, one.group) == (target.column, target.group)]
        printed = sum(int(self.plan.printed.get(one.address, 0)) for one in together)
        if printed == (asked := int(cells.ne(Missing.NOT_ASKED).sum())):
            return ""
        many = f"{printed} réponses imprimées pour {asked} répondants"
        rest = "les autres sont sans réponse" if printed < asked else "surplus retiré de la réponse la plus donnée"
        return f"{many} ; {rest}"

    def share(self, target: Target, *, answered: bool) -> Entry:
        """The percentage of a target, of everybody or of those who answered."""
        wanted, cells = self.plan.printed[target.address], self._cells(target)
        count, n = int(cells.eq(target.cell).sum()), int((~cells.isin(CODES)).sum()) if answered else len(cells)
        if not n:
            return target.address, wanted, "", False, "personne n'a répondu"
        wrong = f"{count} sur {n} : le pourcentage imprimé n'est ni l'arrondi ni la troncature de cette part"
        return _read(target.address, wanted, Fraction(100 * count, n), wrong)

    def total(self, target: Target) -> Entry:
        """Ticks of the columns that a total matches."""
        columns = [name for name in self.shown if fnmatchcase(name, target.column)]
        return self.entry(target.address, sum(self._cells(target, name).eq("1").sum() for name in columns))

    def statistics(self, moments: Moments, values: Series, reason: str) -> Iterator[Entry]:
        values = values[self._inside(moments.where)].dropna()
        for part, address in moments.addresses.items():
            wanted = self.plan.printed[address]
            if len(values) < (2 if part == "sd" else 1):
                yield address, wanted, "", False, "trop peu de répondants"
            else:
                yield _read(address, wanted, _exact(values, part), reason, squared=part == "sd")

    def values(self, name: str) -> Series:
        """Numbers, or scores, of all respondents; NaN where they gave none."""
        if name in self.shown:
            return to_numeric(self.shown[name].mask(self.shown[name].isin(CODES)))
        return scores.score(self.plan.instrument, self.coded, name)[name]

    def crossed(self, tables: Mapping[str, TwoByTwo], reasons: Mapping[str, str]) -> Iterator[Entry]:
        for name in self.plan.covariates:
            target = exposures.PREFIX + name
            if name not in tables:
                yield target, "", "", False, "aucun tableau fourni : répartition laissée au hasard"
                continue
            outcome = outcome_of(self.plan, self.shown, tables[name]) or next(iter(self.plan.outcomes))
            pairs = list(zip(self.shown[target], self.shown[outcome], strict=True))
            counts = tables[name], (pairs.count((x, y)) for x in "10" for y in "10")
            wanted, obtained = (" · ".join(map(str, table)) for table in counts)
            reason = reasons.get(name, "non tenu : un autre tableau porte sur la même colonne")
            yield target, wanted, obtained, wanted == obtained, "" if wanted == obtained else reason


def _read(address: str, wanted: str, exact: Fraction, wrong: str, *, squared: bool = False) -> Entry:
    """An exact value (its square, for a deviation) beside its print, read by rounding or by truncation."""
    printed = Printed.read(wanted)
    for rounding, reason in (("nearest", ""), ("truncated", "retrouvé par troncature")):
        true = printed.within(rounding)
        if exact in (true.squared() if squared else true):
            return address, wanted, wanted, True, reason
    return address, wanted, rounded(sqrt(exact) if squared else exact, printed.decimals), False, wrong


def _exact(values: Series, part: str) -> Fraction:
    """The mean, the median, or the square of the standard deviation (n - 1), as a fraction.

    >>> _exact(Series([1, 2, 4, 4]), "sd"), _exact(Series([1, 2, 4, 4]), "median")
    (Fraction(9, 4), Fraction(3, 1))
    """
    whole, n = sorted(int(value) for value in values), len(values)
    if part == "median":
        return Fraction(whole[(n - 1) // 2] + whole[n // 2], 2)
    if part == "mean":
        return Fraction(sum(whole), n)
    return Fraction(n * sum(x * x for x in whole) - sum(whole) ** 2, n * (n - 1))
