"""Search of the 2 x 2 tables of respondents behind a printed odds ratio, its interval and p, under usual conventions.

Every table with the printed group sizes is tried, or the one printed table; those that print the row are the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from math import exp

from relecture.core.numbers import Printed, Rounding, rounded
from relecture.printed.conventions import CONVENTIONS, NONE, QUANTILES, Judgement, Ladder, Stated, Using
from relecture.printed.effects.odds_intervals import METHODS, printing
from relecture.printed.exact.contingency import PrintedRow, Sizes, TooMany
from relecture.printed.exact.two_by_two import TESTS, Table
from relecture.printed.finding import Finding, Verdict

TABLES = Ladder(
    most=3,  # each method has its own test: exact and Fisher, profile and likelihood ratio, score and Pearson
    test="wald pearson yates fisher likelihood-ratio n-1 midp",
    interval=" ".join(METHODS),
    level="95 90 99",
    correction="none half",
    rounding="nearest truncate",
    quantile=QUANTILES,
)
NOUNS = {name: option.noun for name, option in CONVENTIONS["test"].items() if option.noun in TESTS}
_SHOWN = 3
_MOST_TESTED = 500  # tables of which p is computed


@dataclass(frozen=True)
class Search:
    """A search of the tables that print a row; group sizes may be read in several ways, or the cells be known."""

    estimate: str
    interval: tuple[str, str]
    p: str | None
    readings: tuple[Sizes, ...]
    only: Table | None = None

    def finding(self, stated: Stated = NONE) -> Finding:
        """Under the conventions that are stated, then under the usual ones."""
        stated = TABLES.offered(stated)
        try:
            judgement = self._judgement(stated)
            if judgement.verdict is not Verdict.INCONSISTENT:
                return self._found(judgement)
            if self._untried(stated):
                text = "les groupes sont trop grands pour que l'intervalle exact soit cherché"
                return Finding(Verdict.UNCHECKABLE, text)
        except TooMany as error:
            return Finding(Verdict.UNCHECKABLE, str(error))
        return judgement.finding(*self._missed(stated))

    def _judgement(self, stated: Stated) -> Judgement:
        ladder = TABLES if self.p is not None else TABLES.only(*(name for name in TABLES.options if name != "test"))
        return ladder.judge(lambda using: bool(self.tables(using)), stated)

    def tables(self, using: Using) -> tuple[Table, ...]:
        """Tables of the first reading that has any, under one convention."""
        return next(filter(None, (self._of(sizes, using) for sizes in self.readings)), ())

    def _of(self, sizes: Sizes, using: Using) -> tuple[Table, ...]:
        if using.rounding == "nearest" and not self._printing(sizes, using, "either"):
            return ()  # rounding alone prints no more than rounding or truncation
        found = self._printing(sizes, using, using.rounding)
        found = found if self.only is None else tuple(table for table in found if table == self.only)
        if self.p is None:
            return found
        assumed = using["test"] == "wald" and "test" not in using.stated
        tests = ("Wald", "Pearson") if assumed else (NOUNS[using["test"]],)  # both are what everybody computes
        prints = partial(Table.prints_p, p=self.p, rounding=using.rounding, added=using.added)
        return tuple(table for table in found[:_MOST_TESTED] if any(prints(table, test=test) for test in tests))

    def _printing(self, sizes: Sizes, using: Using, rounding: Rounding) -> tuple[Table, ...]:
        row = PrintedRow.read(self.estimate, self.interval, rounding)
        return printing(row, sizes, using["interval"], using.level, using.added, self.only and self.only.a) or ()

    def _untried(self, stated: Stated) -> bool:
        """Whether a method that nobody excludes was left out because the groups are large."""
        row = PrintedRow.read(self.estimate, self.interval, "either")
        methods = {stated.get("interval", "exact")} & {"exact", "midp"}
        return any(printing(row, sizes, method, 0.95, 0.0) is None for sizes in self.readings for method in methods)

    def _found(self, judgement: Judgement) -> Finding:
        found = self.tables(judgement.using)
        more = f" et {len(found) - _SHOWN} autres" if len(found) > _SHOWN else ""
        shown = ", ".join(map(str, found[:_SHOWN])) + more
        added = judgement.using.added
        tested = found[:_SHOWN] if self.p else ()
        tests = {test for table in tested for test in table.tests_printing(self.p, added=added)}
        by_tests = f" ; p retrouvé par {', '.join(sorted(tests))}" if tests else ""
        first = found[0]
        groups = f"{first.a + first.b} exposés et {first.c + first.d} non exposés : tableau possible {shown}"
        text = f"tableau {first}" if self.only else groups
        return judgement.finding(f"{text}{by_tests}", "", found)

    def _missed(self, stated: Stated) -> tuple[str, str]:
        """What is wrong, and what would be expected."""
        if self.only:
            return f"le tableau {self.only} ne donne pas cette ligne", _row_of(self.only, self.estimate)
        alone = replace(self, p=None)
        judgement = alone._judgement(stated)
        if self.p and judgement.verdict is not Verdict.INCONSISTENT:
            first = alone.tables(judgement.using)[0]
            ps = first.p_values(added=judgement.using.added)
            shown = ", ".join(f"{rounded(value, 3)} ({name})" for name, value in ps.items())
            return f"tableau possible {first}, dont p n'est celui d'aucun test", f"p = {shown}"
        (first, second), *others = self.readings
        more = "".join(f", ou {one} et {other}" for one, other in others)
        groups = f"{first} exposés et {second} non exposés{more}"
        return f"aucun tableau de {groups} ne donne cet odds ratio et cet intervalle", "d'autres effectifs de groupes"


def _row_of(table: Table, estimate: str) -> str:
    """Odds ratio and Woolf's interval of a table, 1/2 added where a cell is empty, with the decimals of a print."""
    decimals = Printed.read(estimate).decimals
    added = 0.5 * (not all(table.cells))
    centre, low, high = (rounded(end, decimals) for end in (exp(table.woolf(added)[0]), *table.interval(added)))
    return f"OR {centre} [{low} ; {high}]"
