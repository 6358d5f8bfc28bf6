"""The findings as files and on the terminal: text, CSV and JSON, in French."""

from __future__ import annotations

import csv as csv_module
import io
import json as json_module
import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby

from relecture.cli.french_click import width
from relecture.core.french import plural, typeset
from relecture.printed.audit import COLUMNS, Checked, tally, told_apart
from relecture.report.verdicts import ORDER, details, headline, in_words

_PAGE = 40  # lines that one reads without scrolling far
_DOUBTFUL = ("inconsistent", "conditional")
_CHOICES = 'un verdict : --only incohérent ; un endroit : --address "MOTIF"'


def text(checked: Sequence[Checked]) -> str:
    """What a person reads: the tally, then sections, one paragraph a finding."""
    return "\n".join([*total(checked), *sections(checked), ""])


def summary(checked: Sequence[Checked], name: str) -> str:
    """A pager's worth: the tally, what does not hold or holds under a condition, then how to see the rest.

    Everything where it fits; else what is to be read, in full or a line a finding, as many as there is room for.
    """
    doubtful = sorted((one for one in checked if one.finding.verdict in _DOUBTFUL), key=_rank)
    heads = [textwrap.shorten(headline(one), width(), placeholder=" …") for one in doubtful]
    more = ["", *_wrapped(f"Pour tout lire : relecture audit {name} --all ; {_CHOICES}")]
    for lines in (sections(checked), [*sections(doubtful), *more], ["", *heads, *more]):
        if len(total(checked)) + len(lines) <= _PAGE:
            return "\n".join([*total(checked), *lines, ""])
    kept = heads[: _PAGE - len(total(checked)) - len(more) - 2]
    return "\n".join([*total(checked), "", *kept, f"… et {len(heads) - len(kept)} autres", *more, ""])


def csv(checked: Sequence[Checked]) -> str:
    """One row a finding; verdicts as codes; comma-separated, for programs."""
    out = io.StringIO()
    writer = csv_module.DictWriter(out, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(one.record for one in checked)
    return out.getvalue()


def json(checked: Sequence[Checked]) -> str:
    """The tally, one object a finding with its addresses, and the numbers that no relation uses, apart."""
    parts = [[one.record | {"addresses": list(one.addresses)} for one in part] for part in told_apart(checked)]
    told = {"tally": tally(checked)} | dict(zip(("findings", "without_relation"), parts, strict=True))
    return json_module.dumps(told, ensure_ascii=False, indent=1) + "\n"


def total(checked: Sequence[Checked]) -> list[str]:
    """How many checks, verdict by verdict, as lines."""
    checks, rows = told_apart(checked)
    more = f" ; {plural(len(rows), 'nombre')} sans relation" if rows else ""
    return _wrapped(f"{plural(len(checks), 'vérification')} : {in_words(tally(checks), ' · ')}{more}")


def sections(checked: Iterable[Checked]) -> list[str]:
    """Lines of findings, one paragraph each, under their sections."""
    lines = []
    for section, found in groupby(checked, key=lambda one: one.section):
        lines += ["", section, "─" * len(section)]
        lines += [line for one in found for line in _paragraph(one)]
    return lines


def _rank(one: Checked) -> int:
    return ORDER.index(one.finding.verdict)


def _paragraph(one: Checked) -> list[str]:
    return [*_headline(one), *(line for detail in details(one) for line in _wrapped(detail, "    "))]


def _headline(one: Checked) -> list[str]:
    return textwrap.wrap(headline(one), width(), subsequent_indent="  ")


def _wrapped(line: str, indent: str = "") -> list[str]:
    return textwrap.wrap(typeset(line), width(), initial_indent=indent, subsequent_indent=indent)
