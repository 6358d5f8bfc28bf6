"""P-values of the laws, against R 4.2.2."""

from math import inf

import pytest
from scipy.stats import norm

from relecture.printed.exact.p_values import Z95, kendall_p, p_value, quantile, spearman_p, two_sided

LAWS = [  # R: the call in the comment
    ("t", 1.80, (40,), 0.07940602),  # 2*pt(-1.80, 40)
    ("t", -2.03, (33.4,), 0.05038307),  # 2*pt(-2.03, 33.4)
    ("F", 4.2, (1.6, 38.2), 0.02999665),  # pf(4.2, 1.6, 38.2, lower=FALSE)
    ("F", 0, (1, 210), 1),
    ("chi2", 0.73, (4,), 0.94757843),  # pchisq(0.73, 4, lower=FALSE)
    ("r", 0.17, (97,), 0.09251742),  # 2*pt(.17*sqrt(97/(1-.17^2)), 97, lower=FALSE)
    ("r", 1, (8,), 0),
    ("r", -0.5, (12,), 0.06865501),  # t = -2: 2*pt(-2, 12)
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


SPEARMAN = [  # R 4.2.2: cor.test(x, y, method="spearman")$p.value, and with alternative="less"
    (-0.04242424242, 10, 0.9186332824, 0.4593166412),
    (0.6293706294, 12, 0.03239474972, 0.9849428676),
    (0.1415384615, 25, 0.4980889949, 0.7521336304),
    (-0.5389274799, 60, 1.239267014e-05, 6.196335069e-06),
    (-0.06490872121, 300, 0.2622331488, 0.1311165744),
]


@pytest.mark.parametrize(("rho", "n", "p", "less"), SPEARMAN)
def test_spearman_against_r(rho, n, p, less):
    found = spearman_p(rho, n), spearman_p(rho, n, alternative="less")
    assert found == pytest.approx((p, less), rel=1e-7)


KENDALL = [  # R 4.2: cor.test(x, y, method = "kendall"), two-sided then alternative = "less", of 10 values
    (0.7777777778, 0.00094631834, 0.99982115),
    (0.5111111111, 0.046622575, 0.98569527),
    (0.06666666667, 0.8618006, 0.6362552),
]


@pytest.mark.parametrize(("tau", "p", "less"), KENDALL)
def test_kendall_against_r(tau, p, less):
    found = kendall_p(tau, 10), kendall_p(tau, 10, alternative="less")
    assert found == pytest.approx((p, less), rel=1e-6)


def test_quantiles():
    assert quantile(0.95) == pytest.approx(1.959963985)  # qnorm(.975)
    assert quantile(0.90, 10) == pytest.approx(1.812461123)  # qt(.95, 10)


def test_the_quantile_leaves_five_per_cent_outside():
    assert two_sided(Z95) == pytest.approx(0.05, rel=1e-12)


@pytest.mark.parametrize("z", [0, 0.3, -1.2, 3, 6, 12])
def test_a_two_sided_p_value(z):
    assert two_sided(z) == pytest.approx(2 * norm.sf(abs(z)), rel=1e-9)
