"""What the workshop says of numbers: a mean and its samples, an odds ratio, an interval, two coders, a score.

Each function takes the values of sliders and gives HTML: the words of the audit, and one small drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relecture.core.french import numbers, percent, plural
from relecture.core.numbers import rounded
from relecture.printed.finding import Verdict
from relecture.printed.statistics import granularity
from relecture.printed.whole_numbers import samples
from relecture.report.html import html_text
from relecture.report.verdicts import VERDICTS
from relecture.stats.estimates import describe, odds

if TYPE_CHECKING:
    import pandas as pd

    from relecture.teaching.exercises import Exercise

_DRAWN, _MOST = 200, 100_000  # samples drawn, and counted before « plus de »
_SIZES = (10, 20, 50, 100, 200, 500, 1000)


def mean_words(mean: float, sd: float, n: int, decimals: int, scale: tuple[int, int]) -> str:
    """Whether answers give that mean and SD, in words, with the samples behind them drawn."""
    printed, spread = rounded(mean, decimals), rounded(sd, decimals)
    found = granularity.grimmer(printed, spread, n=str(n), scale=scale)
    alone = granularity.grim(printed, n=str(n))
    said = f"<p><b>{VERDICTS[found.verdict]}</b> : {html_text(numbers(found.explanation))}</p>"
    said += f"<p>La moyenne seule : {VERDICTS[alone.verdict]}, {html_text(numbers(alone.explanation))}</p>"
    if found.verdict is Verdict.INCONSISTENT:
        return said
    count = samples.count(printed, spread, n=n, scale=scale)
    if not count:
        return said + "<p>Aucune série de réponses entières sur cette échelle ne donne les deux.</p>"
    drawn = samples.draw(printed, spread, n=n, scale=scale, size=min(count, _DRAWN), seed=1)
    many = f"Plus de {_MOST} séries" if count > _MOST else plural(count, "série")
    told = f"<p>{many} de {n} réponses sur cette échelle ; en voici {len(drawn)}, une ligne chacune.</p>"
    return said + told + _drawing(drawn)


def odds_words(a: int, b: int, c: int, d: int) -> str:
    """Odds ratio, interval and p of a table, in words."""
    found = odds.from_table(a, b, c, d)
    if found.note:
        return f"<p>{html_text(found.note)}</p>"
    ends = f"{rounded(found.low, 2)} à {rounded(found.high, 2)}"
    holds = "contient un" if found.low <= 1 <= found.high else "ne contient pas un"
    several = {"Wald": found.p_wald, "Pearson": found.p_pearson, "Fisher": found.p_fisher}
    told = ", ".join(f"de {name} {rounded(p, 3)}" for name, p in several.items())
    odds_ratio = f"Odds ratio <b>{rounded(found.estimate, 2)}</b>, intervalle à 95 % de {ends} : il {holds}."
    return f"<p>{odds_ratio}</p><p>p {told} : le même tableau a plusieurs p.</p>"


def width_words(share: int, confidence: float) -> str:
    """The interval of a share at several sizes, one line each, with a bar."""
    lines = []
    for n in _SIZES:
        count = round(share * n / 100)
        found = describe.proportion(count, n, confidence)
        ends = f"{rounded(100 * found.low, 0)} à {rounded(100 * found.high, 0)} %"
        cells = f"<th scope='row'>{count} sur {n}</th><td>{ends}</td><td>{_bar(found.low, found.high)}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return f"<table><caption>Intervalle de Wilson à {percent(confidence, 0)}</caption>{''.join(lines)}</table>"


def kappa_words(both: int, first: int, second: int, neither: int) -> str:
    """Agreement and kappa of two coders, in words."""
    from relecture.text.codes import agreement_coefficients as coefficients

    cells = _readings(both, first, second, neither)
    if reason := coefficients.undefined_reason(cells):
        return f"<p>{html_text(reason)}.</p>"
    found = coefficients.cohen_kappa(cells)
    shared = percent(coefficients.percent_agreement(cells), 0)
    note = coefficients.estimate_note(cells, found)
    ends = note or f"intervalle à 95 % de {rounded(found.low, 2)} à {rounded(found.high, 2)}"
    return f"<p>Accord sur {shared} des passages, kappa <b>{rounded(found.value, 2)}</b> ({html_text(ends)}).</p>"


def score_words(asked: Exercise, points: list[int]) -> str:
    """The score of those answers with the feedback of its exercise; how many are left before that."""
    left = points.count(0)
    if left:
        return f"<p>Il reste {left} affirmations.</p>"
    total = sum(points)
    said = next((answer.feedback for answer in asked.answers if answer.holds(total)), asked.otherwise)
    return f"<p>Votre score : <b>{total}</b>. {html_text(said)}</p><p>{html_text(asked.conclusion)}</p>"


def class_table(found: pd.DataFrame) -> str:
    """How a class answered, one line an exercise."""
    heads = ("Exercice", "Réponses", "Justes", "Solution ouverte", "Erreur la plus fréquente")
    told = [
        (
            row.title,
            row.answered,
            row.right,
            row.opened,
            f"{row.mistake} ({row.by}) : {row.feedback}" if row.mistake else "",
        )
        for row in found.itertuples()
    ]
    head = "".join(f"<th scope='col'>{one}</th>" for one in heads)
    lines = "".join("<tr>" + "".join(f"<td>{html_text(str(cell))}</td>" for cell in row) + "</tr>" for row in told)
    return f"<table><tr>{head}</tr>{lines}</table>"


def _readings(both: int, first: int, second: int, neither: int) -> pd.DataFrame:
    import pandas as pd

    pairs = [(1, 1)] * both + [(1, 0)] * first + [(0, 1)] * second + [(0, 0)] * neither
    return pd.DataFrame(pairs, columns=["un", "deux"]).T


def _bar(low: float, high: float) -> str:
    drawn = f'<rect x="{100 * low:.1f}" width="{100 * (high - low):.1f}" y="3" height="4" fill="currentColor"/>'
    return f'<svg viewBox="0 0 100 10" width="200" height="20" aria-hidden="true">{drawn}</svg>'


def _drawing(drawn: pd.DataFrame) -> str:
    """A line a sample: how many gave each value of the scale."""
    values = drawn.columns
    across = [20 + rank * 360 / max(1, len(values) - 1) for rank in range(len(values))]
    top = max(1, int(drawn.to_numpy().max()))
    rows = [
        [f"{x:.0f},{140 - 130 * count / top:.0f}" for x, count in zip(across, row, strict=True)]
        for row in drawn.to_numpy()
    ]
    lines = "".join(f'<polyline points="{" ".join(row)}"/>' for row in rows)
    ticks = "".join(f'<text x="{x:.0f}" y="156">{value}</text>' for x, value in zip(across, values, strict=True))
    drawing = f'<g fill="none" stroke="currentColor" stroke-opacity=".15">{lines}</g>'
    scale = f'<g text-anchor="middle" font-size="12" fill="currentColor">{ticks}</g>'
    words = f"Séries possibles de réponses, de {values[0]} à {values[-1]}"
    opening = f'<svg viewBox="0 0 400 160" style="max-width: 30rem" role="img" aria-label="{words}">'
    return f"{opening}{drawing}{scale}</svg>"
