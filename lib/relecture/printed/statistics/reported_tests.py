"""Checks of tests as a text reports them: a statistic, its degrees of freedom and its p-value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import inf, sqrt

from relecture.core.numbers import Printed, size
from relecture.printed.arguments import DegreesOfFreedom, PValue, Size, Statistic
from relecture.printed.conventions import NONE, ROUNDED, Ladder, Range, Stated, Using, agreeing
from relecture.printed.exact.p_values import p_value
from relecture.printed.exact.spans import box, degrees, span
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

LAWS = {  # family, how it is shown, how many degrees of freedom it has
    "t": ("t", "t", 1),
    "f": ("F", "F", 2),
    "chi2": ("chi2", "χ²", 1),
    "q": ("chi2", "Q", 1),
    "r": ("r", "r", 1),
    "z": ("z", "z", 0),
}
TAILS = Ladder(alternative="two-sided one-sided greater less", df="exact rounded", rounding="nearest truncate")
LADDERS = {  # degrees of freedom of r, chi2 and Q count respondents or cells: they are whole
    "t": TAILS,
    "F": TAILS.only("df", "rounding"),
    "r": TAILS.only("alternative", "rounding"),
    "z": TAILS.only("alternative", "rounding"),
    "chi2": ROUNDED,
}


@kind(
    "test_statistic",
    "une statistique de test (t, F, khi-deux, r, z, Q), ses degrés de liberté et son p",
    ladder=TAILS,
    judged=["p"],
)
def test_statistic(
    law: str,
    value: Statistic,
    p: PValue,
    *,
    df: DegreesOfFreedom | Sequence[DegreesOfFreedom] | None = None,
    n: Size | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the p of a test statistic, over all that the rounding of the statistic allows.

    `law` is t, F, chi2, r, z or Q (of heterogeneity: a chi2); `df` one number, or two for F; for r, `n` may stand in
    place of df = n - 2. Degrees of freedom with decimals (Welch, Huynh-Feldt) are rounded too. Formula: the tail of
    the law; t = r sqrt(df / (1 - r²)). Source: Epskamp and Nuijten 2016 (statcheck).
    Conditions: one-sided (t, z, r; chi2 of 1 degree, as R's `prop.test`), degrees of freedom rounded to whole ones
    (t, F), truncation.

    >>> test_statistic("t", "1.80", "< 0.04", df="40").conditions
    ('si le test est unilatéral',)
    >>> test_statistic("F", "4,20", "0,30", df=["1,6", "38,2"]).expected
    'p = 0,03'
    """
    known = law.lower().replace("χ", "chi").replace("²", "2")
    if known not in LAWS:
        raise ValueError(f"« {law} » n'est pas une loi prévue (t, F, chi2, r, z, Q)")
    family, sign, needed = LAWS[known]
    printed = [df] if isinstance(df, str) else list(df or [])
    if family == "r" and not printed and n is not None:
        printed = [str(size(n) - 2)]
    if reason := next(_outside(family, sign, value, printed), ""):
        return Finding(Verdict.INCONSISTENT, reason)
    if len(printed) < needed:
        return Finding(Verdict.UNCHECKABLE, f"les degrés de liberté de {sign} ne sont pas tous imprimés")
    equals = "" if Printed.read(value).comparison else "= "
    intro = f"d'après {sign}{'(' + ' ; '.join(printed) + ')' if needed else ''} {equals}{value}, "

    def attained(using: Using) -> dict[str, Range | None]:
        return {"p": p_range(family, value, printed[:needed], using)}

    square_of_z = known == "chi2" and Printed.read(printed[0]).centre == 1
    ladder = LADDERS["z" if square_of_z else family]
    return agreeing({"p": p}, attained, ladder, conventions, intro=intro)


def p_range(family: str, value: str, df: Sequence[str], using: Using) -> Range | None:
    """Least and largest p that the rounding of a statistic, and of its degrees of freedom, allows."""
    low, high = {"r": (-1, 1), "t": (-inf, inf), "z": (-inf, inf)}.get(family, (0, inf))
    statistic = box(value, using.rounding, low=low, high=high)
    boxes = [degrees(text, using.rounding) for text in df]
    if family == "chi2" and using.alternative != "two-sided":  # of 1 degree: the square of a z
        return span(lambda chi2: p_value("z", sqrt(chi2), alternative=using.alternative), statistic)
    if df and using.options.get("df") == "rounded":
        boxes[-1] = degrees(df[-1], using.rounding, whole=False)
    return span(partial(p_value, family, alternative=using.alternative), statistic, *boxes)


def _outside(family: str, sign: str, value: str, df: Sequence[str]) -> Iterator[str]:
    """Why a statistic or its degrees of freedom cannot be."""
    centre = Printed.read(value).centre
    if family == "r" and abs(centre) > 1:
        yield f"r = {value} : une corrélation est entre −1 et 1"
    if family in ("F", "chi2") and centre < 0:
        yield f"{sign} = {value} : {sign} n'est jamais négatif"
    yield from (f"{text} : il y a au moins 1 degré de liberté" for text in df if Printed.read(text).centre < 1)
