"""Exposures and outcomes of a study's odds ratios, as 0 and 1, from a coded frame.

A plan (`synthetic.yaml`) says which answers make a respondent exposed (`covariates`) and which values of a derived
variable make the outcome (`outcomes`: `among` the values of a `column`, `within` those that another variable knows).
Those that answers decide become derived variables of the instrument, so that what they tell of one another is known;
an age, or a number of ticks, is compared here.

Conventions of the theses: no answer counts as unexposed; a channel that no stratum holds has no outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from relecture.answers.coded.recoding import as_printed, derive
from relecture.answers.questionnaire.conditions import AnyOf, Comparison, Condition, Not, comparisons
from relecture.answers.questionnaire.instrument import Case, Derived, Instrument
from relecture.answers.questionnaire.missing import CODES

PREFIX = "x_"


def with_exposures(instrument: Instrument, plan: Mapping[str, Any]) -> Instrument:
    """The instrument, with one more derived variable, worth 1 or 0, an outcome and a covariate (`x_<name>`).

    Covariates that compare numbers are not derived variables: `exposure_frame` adds them.
    """
    variables = [_outcome(instrument, name, rule) for name, rule in plan.get("outcomes", {}).items()]
    for name, rule in plan.get("covariates", {}).items():
        if condition := _condition(instrument, rule):
            variables.append(_derived(PREFIX + name, condition, Not(condition)))
    return replace(instrument, derived=(*instrument.derived, *variables))


def exposure_frame(instrument: Instrument, plan: Mapping[str, Any], coded: DataFrame) -> DataFrame:
    """A coded frame in printed terms, with what such an instrument derives and the covariates left.

    Outcomes and covariates are "1", "0" or a missing code.
    """
    frame = as_printed(instrument, derive(instrument, coded))
    covariates = plan.get("covariates", {})
    numeric = {name: rule for name, rule in covariates.items() if {"below", "more_than"} & rule.keys()}
    compared = {PREFIX + name: _compared(frame, rule).map({True: "1", False: "0"}) for name, rule in numeric.items()}
    return frame.assign(**compared)


def unexposed(instrument: Instrument, outcome: Mapping[str, Any]) -> tuple[str, ...]:
    """The values without an outcome: those that the variable of `within` reads, and that `among` does not list."""
    (stratum,) = (one for one in instrument.derived if one.id == outcome["within"])
    read = [leaf for case in stratum.cases for leaf in comparisons(case.when) if leaf.column == outcome["column"]]
    return tuple(code for leaf in read for code in leaf.codes if code not in outcome["among"])


def _outcome(instrument: Instrument, name: str, rule: Mapping[str, Any]) -> Derived:
    column = rule["column"]
    having = Comparison("in", column, tuple(rule["among"]))
    return _derived(name, having, Comparison("in", column, unexposed(instrument, rule)))


def _derived(name: str, exposed: Condition, unexposed: Condition) -> Derived:
    return Derived(name, name, (Case("1", "1", exposed), Case("0", "0", unexposed)))


def _condition(instrument: Instrument, rule: Mapping[str, Any]) -> Condition | None:
    """The answers of the form that make a respondent exposed; None when numbers are compared."""
    if "exposed" in rule:
        return Comparison("in", rule["column"], tuple(rule["exposed"]))
    if "among" in rule:
        choices = instrument[rule["column"]].choices
        return Comparison("in", rule["column"], tuple(one.id for one in choices if one.counted_as in rule["among"]))
    return AnyOf(tuple(_ticks(instrument, rule["column"]))) if "ticked" in rule else None


def _ticks(instrument: Instrument, column: str) -> Iterator[Comparison]:
    """The ticks that the printed tables count as this column."""
    name = column.partition(".")[0]
    for choice in instrument[name].offered:
        if column in (choice.counted_as, f"{name}.{choice.counted_as}"):
            yield Comparison("selected", name, (choice.id,))


def _compared(frame: DataFrame, rule: Mapping[str, Any]) -> Series:
    """Whether each respondent meets a criterion on numbers."""
    if "below" in rule:
        cells = frame[rule["column"]]
        return pd.to_numeric(cells.mask(cells.isin(CODES))) < rule["below"]
    ticked = frame.columns[frame.columns.str.startswith(f"{rule['column']}.")]
    return frame[ticked].eq("1").sum(axis="columns") > rule["more_than"]
