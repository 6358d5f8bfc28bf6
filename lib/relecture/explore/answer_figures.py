"""The figure of a question that a page would draw, with its title, alternative text, size and label.

Ordered answers of a matrix are bars on either side of a line; numbers and scores are boxes; other answers are shares
with their intervals. On own answers to be published, boxes are those of means: no respondent is a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from pandas import DataFrame

from relecture.core import french
from relecture.core.errors import InputError
from relecture.explore import crosstab
from relecture.explore.crosstab import Crosstab
from relecture.report import figures
from relecture.report.tables import answer_cells
from relecture.stats.estimates import describe
from relecture.stats.survey.characteristics import OVERALL

if TYPE_CHECKING:
    from relecture.report.figures.theme import Figure

_SIDES, _BESIDE = (
    6,
    5,
)  # ordered answers on both sides of the line, and groups side by side, at most: as many as colours
_TOLD = 12  # numbers of an alternative text


def plot(
    people: Any, question: str, by: str = "", confidence: float = 0.95, *, publish: bool = True, smallest: int = 5
) -> Figure:
    """The figure of what `cross` counts, masked alike, of a `respondents.Respondents`; its `axes` are matplotlib's.

    Raises InputError, in French, as `cross` does, and where nobody answered or all is masked.
    """
    crossed = crosstab.cross(people, question, by, confidence, publish=publish, smallest=smallest)
    return draw(people, crossed, alone=publish and not people.synthetic)


def draw(people: Any, crossed: Crosstab, *, alone: bool) -> Figure:
    """The figure of a table already counted; with `alone`, no respondent is a point. InputError as `plot`."""
    cells, by = crossed.answers.cells, crossed.by.id if crossed.by else ""
    cells = cells[cells["kind"].ne("missing") & cells["n"].ne(0) & (cells["group"].ne(OVERALL) | (not by))]
    if not cells["count"].gt(0).any():
        why = "tout est masqué" if cells["count"].isna().any() else "personne n'a répondu"
        raise InputError([f"« {crossed.question.id} » : {why}, rien à dessiner"])
    kind, levels = crossed.question.kind, _levels(people, crossed)
    if kind in ("number", "score"):
        return _means(people, crossed, cells) if alone else _boxes(people, crossed, cells)
    if kind == "matrix" and crossed.question.counted[0].kind == "ordinal" and len(levels) <= _SIDES:
        higher = levels[(len(levels) + 1) // 2 :]
        return figures.diverging(_sides(cells, levels, by), higher=higher, **_words(crossed, cells))
    return figures.bars(_shares(cells, by), **_words(crossed, cells))


def _levels(people: Any, crossed: Crosstab) -> list[str]:
    """The answers, the lowest first: in the order of their points, if a score gives some, or in that of the form."""
    choices = crossed.question.choices
    points = [score.points for score in people.instrument.scores if score.matrix == crossed.question.id]
    return [choices[code] for code in (sorted(choices, key=points[0].__getitem__) if points else choices)]


def _sides(cells: DataFrame, levels: list[str], by: str) -> DataFrame:
    """Rows of a matrix, each group under its row."""
    named = cells.assign(level=cells["label"], label=cells["group"] if by else cells["variable"])
    named = named[["label", "level", "count", "n", *["variable"] * bool(by)]]
    return named.sort_values("level", key=lambda words: words.map(levels.index), kind="stable")


def _shares(cells: DataFrame, by: str) -> DataFrame:
    """Answers under their question, groups side by side; more groups than colours are rows under each answer."""
    several = cells["question"].nunique() > 1
    named = cells if several else cells.drop(columns="variable")
    if not by:
        return named.drop(columns="group")
    if cells["group"].nunique() <= _BESIDE:
        return named
    answers = cells["variable"] + f"{french.SPACE}: " + cells["label"] if several else cells["label"]
    return cells.assign(variable=answers, label=cells["group"]).drop(columns="group")


def _boxes(people: Any, crossed: Crosstab, cells: DataFrame) -> Figure:
    """Every respondent: synthetic answers, or one's own in private."""
    name, by = crossed.question.id, crossed.by
    values = DataFrame({"label": people.frame[by.id] if by else OVERALL, "value": people.frame[name]}).dropna()
    values = values.sort_values("label", kind="stable").astype({"label": str})
    return figures.boxes(values, **_scale(people, crossed, values["value"]), **_words(crossed, cells))


def _means(people: Any, crossed: Crosstab, cells: DataFrame) -> Figure:
    """What may be published: means and their deviations."""
    known = cells.assign(label=cells["group"], n=cells["count"])[["label", "n", "mean", "sd"]].dropna()
    if known.empty:
        raise InputError([f"« {crossed.question.id} » : moyennes masquées, rien à dessiner"])
    known = describe.mean_intervals(known, crossed.answers.confidence)
    ends = [*(known["mean"] - 2 * known["sd"]), *(known["mean"] + 2 * known["sd"])]
    scale = _scale(people, crossed, ends)
    return figures.summary_boxes(known, confidence=crossed.answers.confidence, **scale, **_words(crossed, cells))


def _scale(people: Any, crossed: Crosstab, values: Any) -> dict[str, Any]:
    """The ends of a score, or whole numbers around the values; and what they measure."""
    for score in people.instrument.scores:
        if score.id == crossed.question.id:
            rows, points = len(people.instrument[score.matrix].rows), score.points.values()
            return {"scale": (rows * min(points), rows * max(points))}
    low, high = floor(min(values)), ceil(max(values))
    return {"scale": (low, max(high, low + 1)), "measure": crossed.question.unit or "valeur"}


def _words(crossed: Crosstab, cells: DataFrame) -> dict[str, str]:
    """Title, alternative text, caption and label of the figure."""
    told = list(_told(cells))
    more = f" ; et {len(told) - _TOLD} autres nombres, dans le tableau" if len(told) > _TOLD else ""
    title, label = answer_cells.sized(crossed.title, crossed.n), crossed.label or crosstab.PRIVATE * crossed.private
    alt = f"{title}. {' ; '.join(told[:_TOLD])}{more}."
    return {"title": title, "alt": alt, "caption": crossed.test, "synthetic": label}


def _told(cells: DataFrame) -> Iterator[str]:
    """What each cell says, in words."""
    several = cells["question"].nunique() > 1
    for cell in cells.itertuples():
        place = [cell.variable] * several + [cell.group] * (cell.group != OVERALL)
        if cell.kind == "number":
            yield ", ".join([*place, f"médiane {answer_cells.quartiles(cell)}"])
        else:
            yield f"{', '.join([*place, cell.label])} : {answer_cells.share(cell)}"
