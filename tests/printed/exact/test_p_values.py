"""P-values of the laws, against R 4.2.2."""

from math import inf

import pytest

from relecture.printed.exact.p_values import p_value, t_of_r

LAWS = [  # R: the call in the comment
    ("t", 1.80, (40,), 0.07940602),  # 2*pt(-1.80, 40)
    ("t", -2.03, (33.4,), 0.05038307),  # 2*pt(-2.03, 33.4)
    ("F", 4.2, (1.6, 38.2), 0.02999665),  # pf(4.2, 1.6, 38.2, lower=FALSE)
    ("F", 0, (1, 210), 1),
    ("chi2", 0.73, (4,), 0.94757843),  # pchisq(0.73, 4, lower=FALSE)
    ("r", 0.17, (97,), 0.09251742),  # 2*pt(.17*sqrt(97/(1-.17^2)), 97, lower=FALSE)
    ("r", 1, (8,), 0),
    ("z", -1.96, (), 0.04999579),  # 2*pnorm(-1.96)
    ("t", inf, (12,), 0),
]


@pytest.mark.parametrize(("law", "value", "df", "p"), LAWS)
def test_against_r(law, value, df, p):
    assert p_value(law, value, *df) == pytest.approx(p, rel=1e-6)


@pytest.mark.parametrize(
    ("value", "alternative", "p"),
    [
        (1.80, "one-sided", 0.03970301),  # pt(-1.80, 40)
        (1.80, "greater", 0.03970301),
        (1.80, "less", 0.96029699),  # pt(1.80, 40)
        (-1.80, "less", 0.03970301),
        (0, "one-sided", 0.5),
    ],
)
def test_one_tail(value, alternative, p):
    assert p_value("t", value, 40, alternative=alternative) == pytest.approx(p, rel=1e-6)


def test_t_of_r():
    assert [t_of_r(r, 12) for r in (0.5, -0.5, 1, -1)] == pytest.approx([2, -2, inf, -inf])
