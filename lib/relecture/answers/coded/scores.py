"""Scores of a matrix: points of each answer, their sum, and conventions for missing rows.

A score adds up the rows of a matrix: each answer has points, written in the instrument with the direction
they run in (`direction`), because a score whose direction is guessed says the opposite half of the time.
`reversed` rows count the other way round; `flipped` turns the whole score, as another reading of a thesis
may ask. Conventions for missing answers, stated because the theses are brief about them:

- a code listed in `median_for` (for the e-SS: sans objet) takes the row's median over all respondents who
  rated it, even if that is a half point; it needs at least one of them;
- any other missing row leaves the respondent without a score (NaN), and so does rating no row at all;
- a row that nobody rated has no median: whoever calls it sans objet has no score.
"""

from __future__ import annotations

import pandas as pd
from pandas import DataFrame

from relecture.answers.questionnaire.instrument import Instrument, Score
from relecture.answers.questionnaire.missing import CODES
from relecture.core.errors import InputError


def points(instrument: Instrument, frame: DataFrame, name: str, *, flipped: bool = False) -> DataFrame:
    """Points of each respondent on each row of a score's matrix; NaN where no row was rated.

    Columns `item.row`, as in the coded frame. With `flipped`, each answer is worth what its opposite was.
    Raises InputError, in French, for a score that the instrument lacks and for cells that it does not know.
    """
    score = _score(instrument, name)
    cells = frame[[column.name for column in instrument[score.matrix].columns]]
    _refuse_unknown(cells, score)
    given = cells.apply(lambda column: column.map(score.points)).astype(float)
    ends = min(score.points.values()) + max(score.points.values())
    turned = [name for name in given if (name.removeprefix(f"{score.matrix}.") in score.reversed) != flipped]
    return given.assign(**{name: ends - given[name] for name in turned})


def score(instrument: Instrument, frame: DataFrame, name: str, *, flipped: bool = False) -> DataFrame:
    """The score of each respondent of a coded frame, NaN where the conventions above give none.

    Columns: the score's id; `rated`, how many rows the respondent rated; `imputed`, how many took the
    median. The e-SS (20 rows of 1 to 4 points) lies between 20 and 80.
    """
    given = points(instrument, frame, name, flipped=flipped)
    gap = frame[list(given)].isin(_score(instrument, name).median_for)
    total = given.fillna(given.median()).where(given.notna() | gap).sum(axis="columns", skipna=False)
    rated, imputed = given.notna().sum(axis="columns"), gap.sum(axis="columns")
    return pd.DataFrame({name: total.where(rated > 0), "rated": rated, "imputed": imputed})


def _score(instrument: Instrument, name: str) -> Score:
    known = {score.id: score for score in instrument.scores}
    if name not in known:
        raise InputError([f"score « {name} » inconnu (scores de l'instrument : {', '.join(known) or 'aucun'})"])
    return known[name]


def _refuse_unknown(cells: DataFrame, score: Score) -> None:
    """A cell that is neither a choice nor a missing code would become a silent NaN."""
    unknown = ~cells.isin([*score.points, *CODES])
    faults = [
        f"répondant {cells.index[row]}, colonne « {cells.columns[column]} » : « {cells.iat[row, column]} » "
        f"n'est pas une réponse prévue ({', '.join(score.points)})"
        for row, column in zip(*unknown.to_numpy().nonzero(), strict=True)
    ]
    if faults:
        raise InputError(faults)
