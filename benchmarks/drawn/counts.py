"""Correct counts, shares, means and spreads, from answers that are drawn and then counted."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
from scipy import stats

from drawn.printing import Number, Result, Rng
from drawn.tests import answers, divisor, group, groups, numbers, pick, size


def percentage(rng: Rng) -> Result:
    """Of a column, of a row, or of several sizes that add up."""
    n = size(rng)
    count, split = int(rng.integers(0, n + 1)), int(rng.integers(1, n))
    whole: Any = numbers("n", split, n - split) if rng.random() < 0.3 else Number("n", n)
    arguments = {"percent": Number("%", 100 * count / n), "count": Number("n", count), "n": whole}
    return Result("percentage", arguments, judged="percent")


def remainder(rng: Rng) -> Result:
    n = size(rng)
    others = rng.multinomial(n, rng.dirichlet(np.ones(4)))
    percent = Number("%", 100 * others[0] / n)
    arguments = {"percent": percent, "others": numbers("n", *others[1:]), "n": Number("n", n)}
    return Result("remainder", arguments, judged="percent")


def partition(rng: Rng) -> Result:
    """Parts of a whole; one paper in four has respondents who did not answer."""
    n, some = size(rng), rng.random() < 0.25
    shares = rng.dirichlet(np.ones(int(rng.integers(2, 7))) * 3)
    parts = rng.multinomial(n - (int(rng.integers(1, n // 4 + 1)) if some else 0), shares)
    arguments = {"parts": numbers("n", *parts), "total": Number("n", n)}
    return Result("partition", arguments, {"answers": "some"} if some else {}, judged="total")


def multiple_answers(rng: Rng) -> Result:
    n, most = size(rng), int(rng.integers(2, 6))
    ticked = [rng.permutation(5)[: rng.integers(1, most + 1)] for _ in range(n)]
    parts = np.bincount(np.concatenate(ticked), minlength=5)
    arguments: dict[str, Any] = {"parts": numbers("n", *parts), "n": Number("n", n), "most": most}
    return Result("multiple_answers", arguments, judged="n")


def mean(rng: Rng) -> Result:
    """Of whole answers, alone or averaged over items; or of 0 and 1, as a percentage."""
    n, items, percent = size(rng), pick(rng, 1, 1, 1, 3, 10), rng.random() < 0.25
    if percent:
        value, more = Number("%", 100 * rng.integers(0, n + 1) / n), {"percent": True}
    else:
        value, more = Number("x", answers(rng, n * items, "scale", 0).mean()), {"items": items}
    return Result("mean", {"mean": value, "n": Number("n", n), **more}, judged="mean")


def mean_sd(rng: Rng) -> Result:
    """Mean and SD of whole answers, some with the scale told, some averaged over items, some divided by n."""
    n, items, divided = size(rng), pick(rng, 1, 1, 1, 3, 5), pick(rng, "n-1", "n-1", "n-1", "n")
    law = pick(rng, "scale", "whole") if items == 1 else "scale"
    drawn = answers(rng, n * items, law, rng.normal(0, 0.5)).reshape(n, items).mean(1)
    spread = drawn.std(ddof=int(divided == "n-1"))
    arguments = {"mean": Number("x", drawn.mean()), "sd": Number("x", spread), "n": Number("n", n), "items": items}
    arguments |= {"scale": [1, 5]} if law == "scale" and rng.random() < 0.5 else {}
    return Result("mean_sd", arguments, {"sd": divided}, judged="sd")


def debit(rng: Rng) -> Result:
    n, divided = size(rng), pick(rng, "n-1", "n-1", "n-1", "n")
    drawn = rng.random(n) < rng.uniform(0.05, 0.95)
    values = numbers("x", drawn.mean(), drawn.std(ddof=int(divided == "n-1")))
    return Result("debit", {"mean": values[0], "sd": values[1], "n": Number("n", n)}, {"sd": divided}, judged="sd")


def pooled(rng: Rng) -> Result:
    drawn, divided = groups(rng, int(rng.integers(2, 5))), divisor(rng)
    _, mean, sd = group(np.concatenate(drawn), divided)
    arguments = {"groups": [group(each, divided) for each in drawn], "mean": mean, "sd": sd}
    return Result("pooled", arguments, {"sd": divided}, judged="mean")


def difference(rng: Rng) -> Result:
    one, two = (float(value) for value in rng.normal(50, 15, 2))
    minuend, subtrahend, result = numbers("x", one, two, one - two)
    arguments = {"minuend": minuend, "subtrahend": subtrahend, "result": result}
    return Result("difference", arguments, judged="result")


def same(rng: Rng) -> Result:
    """One quantity, in a table and in the text, with as many decimals or fewer."""
    value = float(rng.normal(40, 15))
    values = numbers(*(("x", value, value) if rng.random() < 0.3 else ("x", value)))
    values += [Number("%", value)] if len(values) == 1 else []
    return Result("same", {"values": values}, wrong={"values": [values[0], Number("%", value * 1.3)]})


def extremes(rng: Rng) -> Result:
    drawn = answers(rng, size(rng, 10, 100), pick(rng, "whole", "measure"), 0)
    ends = {"low": Number("x", drawn.min()), "high": Number("x", drawn.max())}
    arguments = {"mean": Number("x", drawn.mean()), **ends, "n": Number("n", len(drawn))}
    return Result("extremes", arguments, wrong={"mean": Number("x", drawn.max() + 0.1 * np.ptp(drawn))})


def majority(rng: Rng) -> Result:
    n, parts = size(rng), rng.dirichlet(np.ones(3))
    count = int(np.clip(round(n * parts[0]), 0, n))
    claimed = 2 * count > n
    n += 2 * count == n
    arguments = {"parts": Number("n", count), "n": Number("n", n), "claimed": claimed}
    return Result("majority", arguments, wrong={"claimed": not claimed})


QUANTILES = ("averaged_inverted_cdf", "hazen", "weibull", "weibull", "linear", "linear")


def median(rng: Rng) -> Result:
    n, law = size(rng), pick(rng, "scale", "whole", "measure", "skewed")
    drawn = answers(rng, n, law, 0)
    whole, middle = law in ("scale", "whole"), Number("x", float(np.median(drawn)))
    values = group(drawn)
    arguments = {"median": middle, "mean": values[1], "sd": values[2], "n": values[0]}
    return Result("median", arguments | ({"whole": True} if whole else {}), judged="median")


def quartiles(rng: Rng) -> Result:
    """Of types 2, 5, 6 and 7, beside what else is printed."""
    n, law = size(rng), pick(rng, "scale", "whole", "measure", "skewed")
    drawn = answers(rng, n, law, 0)
    low, middle, high = np.quantile(drawn, (0.25, 0.5, 0.75), method=pick(rng, *QUANTILES))
    arguments: dict[str, Any] = {"median": Number("x", middle), "q1": Number("x", low), "q3": Number("x", high)}
    arguments["n"] = Number("n", n)
    if rng.random() < 0.5:
        arguments |= dict(zip(("mean", "sd"), group(drawn)[1:], strict=True))
    if rng.random() < 0.5:
        arguments |= {"low": Number("x", drawn.min()), "high": Number("x", drawn.max())}
    return Result("quartiles", arguments | {"whole": law in ("scale", "whole")}, judged="median")


def standard_error(rng: Rng) -> Result:
    n, sd = size(rng), np.exp(rng.normal(1.5, 1))
    arguments = {"se": Number("x", sd / sqrt(n)), "sd": Number("x", sd), "n": Number("n", n)}
    return Result("standard_error", arguments, judged="se")


def mean_interval(rng: Rng) -> Result:
    values, level, law = (
        answers(rng, size(rng), "measure", 0),
        pick(rng, 95, 95, 95, 95, 90, 99),
        pick(rng, "t", "normal"),
    )
    n, mean, sd = len(values), values.mean(), values.std(ddof=1)
    tail = (1 - level / 100) / 2
    reach = (stats.t.isf(tail, n - 1) if law == "t" else stats.norm.isf(tail)) * sd / sqrt(n)
    arguments: dict[str, Any] = {"mean": Number("x", mean), "interval": numbers("x", mean - reach, mean + reach)}
    arguments["n"] = Number("n", n)
    arguments |= pick(rng, {"sd": Number("x", sd)}, {"se": Number("x", sd / sqrt(n))})
    return Result("mean_interval", arguments, {"level": str(level), "law": law})


def proportion_interval(rng: Rng) -> Result:
    """Wald (clipped), Wilson (corrected, as R's prop.test, or not), Agresti-Coull, exact."""
    from statsmodels.stats.proportion import proportion_confint

    n, level = size(rng), pick(rng, 95, 95, 95, 95, 90, 99)
    count = int(rng.integers(0, n + 1))
    methods = {"wald": "normal", "wilson": "wilson", "agresti-coull": "agresti_coull", "exact": "beta"}
    method = pick(rng, *methods, "corrected")
    if method == "corrected":
        level = 95
        bounds = stats.binomtest(count, n).proportion_ci(method="wilsoncc")
    else:
        bounds = proportion_confint(count, n, 1 - level / 100, methods[method])
        if method == "wald" and rng.random() < 0.3:  # not clipped
            reach = stats.norm.isf((1 - level / 100) / 2) * sqrt(count * (n - count) / n**3)
            bounds = (count / n - reach, count / n + reach)
    arguments = {"percent": Number("%", 100 * count / n), "interval": numbers("%", *(100 * each for each in bounds))}
    arguments |= {"n": Number("n", n)} | ({"count": Number("n", count)} if rng.random() < 0.5 else {})
    truth = "wilson" if method == "corrected" else method
    return Result("proportion_interval", arguments, {"level": str(level), "interval": truth})


def alpha(rng: Rng) -> Result:
    n, k = size(rng), int(rng.integers(3, 12))
    items = np.clip(np.round(3 + rng.normal(0, 1, (n, 1)) + rng.normal(0, pick(rng, 0.5, 1, 2), (n, k))), 1, 5)
    sds, total = items.std(0, ddof=1), items.sum(1).std(ddof=1)
    value = k / (k - 1) * (1 - sum(sds**2) / total**2)
    arguments = {"alpha": Number("c", value), "item_sds": numbers("x", *sds), "total_sd": Number("x", total)}
    return Result("alpha", arguments, judged="alpha")


def diagnostic(rng: Rng) -> Result:
    """Some of the six indices of a table of test and disease."""
    while True:
        (tp, fn), (fp, tn) = (rng.multinomial(size(rng) // 2 + 4, rng.dirichlet((share, 2))) for share in (8, 1))
        if min(tp, fn, fp, tn) > 0:
            break
    sensitivity, specificity = tp / (tp + fn), tn / (tn + fp)
    shares = {"sensitivity": sensitivity, "specificity": specificity, "ppv": tp / (tp + fp), "npv": tn / (tn + fn)}
    ratios = {"lr_plus": sensitivity / (1 - specificity), "lr_minus": (1 - sensitivity) / specificity}
    percents = rng.random() < 0.7
    found = {name: Number("%" if percents else "c", (100 if percents else 1) * each) for name, each in shares.items()}
    found |= {name: Number("r", ratio) for name, ratio in ratios.items()}
    named = [str(name) for name in rng.permutation(list(found))[: rng.integers(1, 7)]]
    arguments = {"counts": [numbers("n", tp, fn), numbers("n", fp, tn)]} | {name: found[name] for name in named}
    return Result("diagnostic", arguments, judged=named[0])


def kappa(rng: Rng) -> Result:
    """Two raters, two to four categories; interval by Fleiss's large-sample variance or by Cohen's."""
    from statsmodels.stats.inter_rater import cohens_kappa

    k, n = int(rng.integers(2, 5)), size(rng, 20)
    shares = np.full((k, k), rng.uniform(0.01, 0.1)) + np.diag(rng.uniform(0.2, 1, k))
    counts = rng.multinomial(n, (shares / shares.sum()).ravel()).reshape(k, k)
    weights = pick(rng, "none", "none", "linear", "quadratic")
    run = cohens_kappa(counts, wt=None if weights == "none" else weights)
    arguments = {"kappa": Number("c", run.kappa), "counts": [numbers("n", *row) for row in counts]}
    if rng.random() < 0.5 and run.kappa < 1:
        chance = counts.sum(0) @ counts.sum(1) / n**2
        agreed = np.trace(counts) / n
        simple = sqrt(agreed * (1 - agreed) / n) / (1 - chance)
        se = run.std_kappa if weights != "none" else pick(rng, run.std_kappa, simple)
        high = run.kappa + 1.959964 * se
        arguments["interval"] = numbers("c", run.kappa - 1.959964 * se, pick(rng, high, min(1.0, high)))
    return Result("kappa", arguments, {"weights": weights}, judged="kappa")


KINDS = [percentage, remainder, partition, multiple_answers, majority, same, difference, mean, mean_sd, debit, pooled]
KINDS += [extremes, median, quartiles, standard_error, mean_interval, proportion_interval, alpha, diagnostic, kappa]
