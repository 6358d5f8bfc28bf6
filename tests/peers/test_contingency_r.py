"""Tables behind an odds ratio, against R itself where it is installed."""

import json
import shutil
import subprocess

import pytest

from relecture.printed.exact.two_by_two import Table

pytestmark = pytest.mark.skipif(not shutil.which("Rscript"), reason="R n'est pas installé")

TABLES = [(12, 8, 10, 20), (3, 17, 9, 11), (110, 90, 80, 120), (1, 40, 12, 28)]
SCRIPT = """
x <- matrix(c({a}, {b}, {c}, {d}), 2, byrow = TRUE)
y <- rep(c(1, 0, 1, 0), c({a}, {b}, {c}, {d})); g <- rep(c(1, 0), c({a} + {b}, {c} + {d}))
wald <- exp(confint.default(glm(y ~ g, family = binomial, control = list(epsilon = 1e-14)))[2, ])
p <- c(fisher.test(x)$p.value, suppressWarnings(c(chisq.test(x, correct = FALSE)$p.value, chisq.test(x)$p.value)))
cat("[", paste(format(c(p, wald), digits = 12), collapse = ","), "]")
"""


@pytest.mark.parametrize("counts", TABLES)
def test_p_values_and_interval_of_r(counts):
    script = SCRIPT.format(**dict(zip("abcd", counts, strict=True)))
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
    fisher, pearson, yates, low, high = json.loads(done.stdout)
    table = Table(*counts)
    ours = table.p_values()
    assert (ours["Fisher"], ours["Pearson"], ours["Yates"]) == pytest.approx((fisher, pearson, yates), rel=1e-6)
    assert table.interval() == pytest.approx((low, high), rel=1e-5)
