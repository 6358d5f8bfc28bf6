"""What would have been printed of more respondents, or of fewer, with the same shares?

Counts are shared out by largest remainders (Hamilton's method): they add up, and each is a share of its
group rounded down or up. Means and deviations stay as printed. Only the counts that a plan reads change.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from relecture.answers.synthetic.groups.plan import Multiple, Plan
from relecture.core.numbers import apportioned


def scaled(plan: Plan, n: int) -> dict[str, str]:
    """The printed values of a plan of compared groups, for `n` respondents in all."""
    groups, printed = apportioned(plan.groups, n), dict(plan.printed)
    printed |= {plan.source["groups"][group]: str(size) for group, size in groups.items()}
    for group, size in groups.items():
        printed |= _channels(plan, group, size)
        for question, by_group in plan.single.items():
            asked = round(Fraction(min(sum(by_group[group].values()), plan.groups[group]) * size, plan.groups[group]))
            printed |= _at(plan, group, {f"{question}.{c}": k for c, k in by_group[group].items()}, asked)
        for about in plan.multiple.values():
            printed |= _ticks(plan, about, group, size)
    return printed


def _channels(plan: Plan, group: str, size: int) -> dict[str, str]:
    strata = [stratum for stratum in plan.strata if stratum.group == group]
    counts = {(stratum.name, channel): k for stratum in strata for channel, k in stratum.channels.items()}
    return {
        plan.source["strata"][name]["channels"][channel]: str(k)
        for (name, channel), k in apportioned(counts, size).items()
    }


def _ticks(plan: Plan, about: Multiple, group: str, size: int) -> dict[str, str]:
    """As many ticks a respondent as printed, within the bounds of the question."""
    counts, before = about.counts[group], plan.groups[group]
    alone = {column: round(Fraction(k * size, before)) for column, k in counts.items() if column in about.alone}
    others = {column: k for column, k in counts.items() if column not in about.alone}
    people = size - sum(alone.values())
    most = min(about.most, sum(k > 0 for k in others.values()))
    total = round(Fraction(sum(others.values()) * size, before))
    total = max(people * about.least, min(total, people * most))
    return _at(plan, group, others, total, cap=people) | _told(plan, group, alone)


def _at(plan: Plan, group: str, counts: Mapping[str, int], total: int, cap: int | None = None) -> dict[str, str]:
    return _told(plan, group, apportioned(counts, total, cap=cap))


def _told(plan: Plan, group: str, counts: Mapping[str, int]) -> dict[str, str]:
    """Printed strings by address; a cell that the table left blank stays so when it is 0."""
    addresses = {f"{plan.prefix}.{name}.{group}": k for name, k in counts.items()}
    return {address: str(k) for address, k in addresses.items() if k or address in plan.printed}
