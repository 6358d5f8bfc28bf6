"""Tests and estimates of a pasted table: p of a block or of a row, odds ratios and their kin, medians and quartiles.

A p beside the first row of a block is that of its counts; one beside each row, that of the row against the others;
beside means and SDs, that of the groups. Group sizes may count people who did not answer a row: a p that some fewer
respondents would give is left unjudged, and so are the p of repeated measures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from relecture.core.numbers import Printed
from relecture.printed.finding import Verdict
from relecture.printed.pasted.columns import ESTIMATES, Column
from relecture.printed.pasted.derived import Derived
from relecture.printed.pasted.rows import Block, Facts, Line
from relecture.printed.pasted.shares import answered, everybody, is_exclusive, is_partition, is_share, known_size

_REPEATED = re.compile(
    r"\b(avant|apr[èe]s|before|after|pre|post|pr[ée]-?test|post-?test|baseline|follow|[TMJ]\d+)\b", re.I
)
_MOST = 64  # tables of a row that are tried
_LOOSE = 150  # respondents up to which every table is tried
_TWO = ("first", "second")
_ERROR = "ce qui suit la moyenne peut être un écart type ou une erreur type"
_OF_SEVERAL = "ce p peut être celui de plusieurs lignes : les suivantes n'en ont pas"
_FEWER = "se retrouve si des répondants n'ont pas répondu à cette ligne, ce qui n'est pas imprimé"
Arguments = dict[str, Any]


def comparisons(derived: Derived) -> None:
    """Add the relations of every p that stands beside groups."""
    headers = " ; ".join(column.header for column in derived.rows.table.columns if column.owner in derived.groups)
    pairs = sum(column.owner < 0 for column in derived.rows.table.of("p")) > 1  # a p for each pair of groups
    for block in derived.rows.blocks:
        beside = {address: line for line in block.lines for address in _p_of_groups(line)}
        if pairs or _REPEATED.search(headers):
            derived.note(list(beside), "mesures répétées, ou plusieurs p : les groupes comparés ne sont pas connus")
        elif len({derived.values[address] for address in beside}) == 1 and not _is_of_one_row(derived, block, beside):
            results = [line for line in block.lines if line.facts.keys() - {-1}]
            _compare(derived, block, results, next(iter(beside)))
        else:
            for address, line in beside.items():
                shared = len(beside) > 1 and _goes_on(block, line)
                _compare(derived, block, [line], address, _OF_SEVERAL if shared else "")


def _p_of_groups(line: Line) -> list[str]:
    """The p of a row that is not beside an estimate."""
    return [facts["p"] for facts in line.facts.values() if "p" in facts and not facts.keys() & {*ESTIMATES}]


def _goes_on(block: Block, line: Line) -> bool:
    """Whether the next row of the block has no p of its own."""
    below = [one for one in block.lines if one.rank > line.rank]
    return bool(below) and not _p_of_groups(below[0])


def _is_of_one_row(derived: Derived, block: Block, beside: Collection[str]) -> bool:
    """Whether a p beside a row of a block is its own: rows do not exclude each other, or several have a p."""
    known = all(known_size(derived, owner) for owner in derived.groups)
    own = bool(block.lines[0].facts.keys() - {-1})
    if not own or len(beside) > 1:
        return own
    whole = {"counts": _counts(derived, block, block.lines), "p": next(iter(beside))}
    return known and not is_partition(derived, block) and not derived.holds("chi2", **whole)


def _compare(derived: Derived, block: Block, lines: Sequence[Line], p: str, of_counts: str = "") -> None:
    """Add the test of some rows of a block, of a mean or of counts; one that may have another reason is not judged.

    `of_counts` is such a reason for a test of counts, where there is one.
    """
    if not lines:
        return
    alone = lines[0] if len(lines) == 1 else None
    means = [_mean_group(derived, alone, owner) for owner in derived.groups] if alone else []
    if len(means) > 1 and all(means):
        kind = "group_test" if len(means) == 2 else "anova"
        arguments: Arguments = dict(zip(_TWO, means, strict=True)) if len(means) == 2 else {"groups": means}
        excuse = "" if derived.rows.table.names_sd else _ERROR
    elif counts := _counts(derived, block, lines):
        kind, arguments = "chi2", {"counts": counts}
        fewer = not of_counts and alone and not is_exclusive(derived, block) and _reached(derived, alone, p)
        excuse = _FEWER if fewer else of_counts
    else:
        return
    if excuse and derived.verdict(kind, **arguments, p=p) is Verdict.INCONSISTENT:
        derived.note([p], excuse)
    else:
        label = f"{alone.label if alone else block.label} : p"
        derived.add(kind, block.label, label, [p], **arguments, p=p)


def _mean_group(derived: Derived, line: Line, owner: int) -> list[Any] | None:
    """Size, mean and SD of a group."""
    facts, sizes = line.facts.get(owner, {}), known_size(derived, owner)
    return [sizes[0][0], facts["mean"], facts["sd"]] if sizes and {"mean", "sd"} <= facts.keys() else None


def _counts(derived: Derived, block: Block, lines: Sequence[Line]) -> list[list[Any]]:
    """The counts that a p compares: the rows, those of missing answers left out, or one row and its complement."""
    rows = [line.addresses("count", derived.groups) for line in answered(replace(block, lines=lines)).lines]
    partial = any(len(row) < len(derived.groups) for row in rows)
    if not rows or partial or len(derived.groups) < 2 or id(block) in derived.doubtful:
        return []
    if len(rows) > 1:
        return list(map(list, zip(*rows, strict=True)))  # a group a row, its categories in their order
    counts, whole = list(map(derived.count, rows[0])), answered(block)
    if len(whole.lines) > 1 and is_exclusive(derived, block):
        sizes = [derived.all_of(whole.facts("count", owner))[1] for owner in derived.groups]
    else:
        sizes = [known[0][1] for owner in derived.groups if (known := known_size(derived, owner))]
    rest = [n - count for n, count in zip(sizes, counts, strict=False)]
    return list(map(list, zip(rows[0], rest, strict=True))) if len(rest) == len(counts) and min(rest) >= 0 else []


def _reached(derived: Derived, line: Line, p: str) -> bool:
    """Whether a row gives a p if some of each group did not answer it: exactly so, or between Pearson's and Yates's."""
    counts = [derived.count(address) for address in line.addresses("count", derived.groups)]
    sizes = [known_size(derived, owner)[0][1] for owner in derived.groups]
    steps = [_answers(derived, line.facts[owner], n) for owner, n in zip(derived.groups, sizes, strict=True)]
    values = [value for fewer in product(*steps) for value in _p_values(counts, fewer)]
    reach = [
        (Fraction(count, max(step)), Fraction(count, min(step))) for count, step in zip(counts, steps, strict=True)
    ]
    values += [1.0] * (max(low for low, _ in reach) <= min(high for _, high in reach))  # all may have one share
    true = Printed.read(derived.values[p]).within("either")
    if float(true.low) <= max(values) and min(values) / 2 <= float(true.high):  # half, were the test one-sided
        return True
    tables = [[[k, n - k] for k, n in zip(counts, fewer, strict=True)] for fewer in product(*steps)]
    return any(derived.holds("chi2", counts=table, p=p) for table in tables[:_MOST])


def _answers(derived: Derived, facts: Facts, n: int) -> list[int]:
    """How many of a group may have answered a row: as its share tells; else all, or a third or ten fewer at most."""
    most = range(n, max(derived.count(facts["count"]), min(n * 2 // 3, n - 10), 1) - 1, -1)
    percent = facts.get("percent") if derived.in_columns else None
    fit = [size for size in most if percent and is_share(derived, percent, facts["count"], size)]
    several = fit or most
    return [*several[:: len(several) // 6 + 1], several[-1]]


def _p_values(counts: Sequence[int], sizes: Sequence[int]) -> Iterator[float]:
    """Pearson's p of counts among sizes, and that with Yates's correction for two groups."""
    from scipy.special import chdtrc

    share = sum(counts) / sum(sizes)
    spread = share * (1 - share)
    for correction in (0, 0.5)[: 2 if len(counts) == 2 else 1]:
        gaps = [max(abs(count - n * share) - correction, 0) ** 2 / n for count, n in zip(counts, sizes, strict=True)]
        yield float(chdtrc(len(counts) - 1, sum(gaps) / spread)) if spread else 1.0


def estimates(derived: Derived) -> None:
    """Add the relations of every estimate with its interval, and with its p."""
    for column in derived.rows.table.of(*ESTIMATES):
        for block in derived.rows.blocks:
            for line in block.lines:
                facts = line.facts.get(column.rank, {})
                if column.role in facts:
                    _add_estimate(derived, column, block, line, facts)


def _add_estimate(derived: Derived, column: Column, block: Block, line: Line, facts: Facts) -> None:
    """The relation of an estimate with its interval, and that of its p with both."""
    bounds = [facts[name] for name in ("low", "high") if name in facts]
    tested = ("se", "statistic", "df") if "statistic" in facts else ("se",)
    beside = {name: facts[name] for name in tested if name in facts}
    arguments = {"estimate": facts[column.role]} | ({"interval": bounds} if len(bounds) == 2 else {})
    arguments |= {"adjusted": True} if column.adjusted else {}
    for n, size in everybody(derived):
        arguments |= {"n": n} if size <= _LOOSE or not _loose(derived, bounds) else {}
    label = f"{line.label}, {column.header}"
    if "interval" in arguments or len(beside) > 1:
        judged = [facts[column.role], *(bounds if "interval" in arguments else ()), *beside.values()]
        derived.add(column.role, block.label, label, judged, **arguments, **beside)
    if "p" not in facts:
        return
    alone = "interval" in arguments and column.role in ("odds_ratio", "coefficient")
    more = {name: address for name, address in beside.items() if not alone or name == "df"}
    kind = f"{column.role}_p" if alone else column.role
    arguments |= more | {"p": facts["p"]}
    if _of_all(derived, column, block) and derived.verdict(kind, **arguments) is Verdict.INCONSISTENT:
        derived.note([facts["p"]], "ce p peut être celui de toute la variable")
    else:
        derived.add(kind, block.label, f"{label} : p", [facts["p"]], **arguments)


def _of_all(derived: Derived, column: Column, block: Block) -> bool:
    """Whether the p beside the estimates of a block may be of all of them: the same on every row, or only on one."""
    rows = [line.facts[column.rank] for line in block.lines if column.role in line.facts.get(column.rank, {})]
    printed = [derived.values[facts["p"]] for facts in rows if "p" in facts]
    return len(rows) > 1 and len({*printed}) == 1 and len(printed) in (1, len(rows))


def _loose(derived: Derived, bounds: Sequence[str]) -> bool:
    """Whether bounds have so few decimals that thousands of tables, which take minutes to try, print them."""
    return any(Printed.read(derived.values[bound]).decimals < 2 for bound in bounds)


def quantiles(derived: Derived) -> None:
    """Add the order of every median and of the bounds beside it."""
    for block in derived.rows.blocks:
        for line in block.lines:
            for owner in derived.owners:
                facts = line.facts.get(owner, {})
                if {"median", "low", "high"} <= facts.keys():
                    judged = [facts[name] for name in ("median", "low", "high")]
                    arguments = dict(zip(("median", "q1", "q3"), judged, strict=True))
                    derived.add("quartiles", block.label, f"{line.label}, médiane", judged, **arguments)


def impossible(derived: Derived) -> None:
    """Add what tells a p that is no probability, where nothing else judges it."""
    judged = {place for places in derived.judged.values() for place in places}
    for address, row in derived.rows.values.items():
        alone = row.kind == "p" and derived.rows.places[address] not in judged
        if alone and not 0 <= Printed.read(derived.values[address]).centre <= 1:
            derived.add("significance", "p", f"p imprimé {row.value}", [address], claimed=True, p=address)


ALL = (comparisons, estimates, quantiles, impossible)
