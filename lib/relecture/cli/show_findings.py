"""The findings as files and on the terminal: text, CSV and JSON, in French."""

from __future__ import annotations

import csv as csv_module
import io
import json as json_module
import textwrap
from collections.abc import Sequence
from itertools import groupby

from relecture.core.french import plural
from relecture.printed.audit import COLUMNS, Checked, tally, told_apart
from relecture.report.verdicts import details, headline, in_words


def text(checked: Sequence[Checked], shown: Sequence[Checked] | None = None) -> str:
    """What a person reads: sections, one paragraph a finding (those `shown`, or all), the tally of all last."""
    lines = []
    for section, found in groupby(checked if shown is None else shown, key=lambda one: one.section):
        lines += ["", section, "─" * len(section)]
        lines += [line for one in found for line in _paragraph(one)]
    return "\n".join([*lines, "", _total(checked), ""])


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


def _total(checked: Sequence[Checked]) -> str:
    checks, rows = told_apart(checked)
    more = f" ; {plural(len(rows), 'nombre')} sans relation" if rows else ""
    return f"{plural(len(checks), 'vérification')} : {in_words(tally(checks), ' · ')}{more}"


def _paragraph(one: Checked) -> list[str]:
    indents = {"initial_indent": "    ", "subsequent_indent": "    "}
    return [headline(one), *(line for detail in details(one) for line in textwrap.wrap(detail, 100, **indents))]
