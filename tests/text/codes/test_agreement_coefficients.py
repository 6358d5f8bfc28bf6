"""Coefficients against the papers that define them, the libraries that compute them and slow literal versions."""

import tracemalloc

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from scipy.stats.contingency import crosstab
from statsmodels.stats.inter_rater import cohens_kappa

from relecture.text.codes import agreement_coefficients
from relecture.text.codes.agreement_coefficients import (
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
    undefined_reason,
)

_ = np.nan
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: A (binary, two observers), C (nominal, four
# observers, missing data).
MEG_OWEN = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# Cohen (1960), table 1: proportions of 200 joint judgements of two judges in three categories.
COHEN = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
# A SAS printout (FREQ, AGREE), as the tests of statsmodels quote it.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


def _judged(table):
    """Two rows of judgements that give this table."""
    pairs = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return pd.DataFrame(np.array(pairs).T)


@pytest.mark.parametrize(("cells", "expected"), [(MEG_OWEN, 0.095), (FOUR, 0.743)])
def test_alpha_of_the_paper(cells, expected):
    assert round(krippendorff_alpha(pd.DataFrame(cells)).value, 3) == expected


def test_alpha_of_words_is_alpha_of_numbers():
    words = pd.DataFrame(FOUR).replace(dict(enumerate("abcde", 1)))
    assert krippendorff_alpha(words) == krippendorff_alpha(pd.DataFrame(FOUR))


def test_kappa_of_the_paper():
    """Cohen 1960: observed 0.70, expected 0.41, kappa 0.492."""
    assert round(cohen_kappa(_judged(COHEN)).value, 3) == 0.492
    assert percent_agreement(_judged(COHEN)) == pytest.approx(0.70)


def test_kappa_and_its_error_as_sas_prints_them():
    """SAS: 0.4842, error 0.1380, hence atanh(0.4842) ± 1.96 × 0.1380 / (1 - 0.4842²) before tanh."""
    found = cohen_kappa(_judged(SAS))
    margin = 1.959964 * 0.1380 / (1 - 0.4842**2)
    expected = [0.4842, *np.tanh(np.arctanh(0.4842) + margin * np.array([-1, 1]))]
    assert list(found) == pytest.approx(expected, abs=2e-4)


def test_percent_agreement_of_several_coders_is_that_of_their_pairs():
    """By hand: unit 1 has three pairs that agree, unit 2 one of three, unit 3 a single reader."""
    assert percent_agreement(pd.DataFrame([[1, 0, _], [1, 0, 1], [1, 1, _]])) == pytest.approx((3 + 1) / (3 + 3))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([[1, 0]], agreement_coefficients.ONE_CODER),
        ([[1, _], [_, 1]], agreement_coefficients.NO_SHARED_SEGMENT),
        ([[0, 0, 1], [0, 0, _]], agreement_coefficients.NO_VARIATION),  # varies only where one coder read
        ([[1, 0], [1, 0]], ""),
    ],
)
def test_what_cannot_be_measured_has_a_reason(cells, reason):
    frame = pd.DataFrame(cells, dtype=float)
    assert undefined_reason(frame) == reason
    assert np.isnan(krippendorff_alpha(frame).value) == np.isnan(cohen_kappa(frame).value) == bool(reason)


def test_perfect_agreement_has_no_interval():
    frame = pd.DataFrame([[1, 0, 1], [1, 0, 1]])
    for found in (krippendorff_alpha(frame), cohen_kappa(frame)):
        assert found.value == 1
        assert np.isnan([found.low, found.high]).all()


def test_kappa_needs_exactly_two_coders():
    assert np.isnan(cohen_kappa(pd.DataFrame(FOUR)).value)


def test_a_code_put_once_has_no_interval():
    """One disagreement among thirty units: a third of other samples, (29/30)^30, would hold no variation at all."""
    found = krippendorff_alpha(pd.DataFrame([[1] + [0] * 29, [0] * 30]))
    assert found.value < 0.01
    assert np.isnan([found.low, found.high]).all()


def test_the_interval_of_alpha_holds_it_and_narrows_with_more_units():
    once, often = (krippendorff_alpha(pd.DataFrame(np.tile(MEG_OWEN, times))) for times in (4, 40))
    assert once.low < once.value < once.high
    assert often.high - often.low < (once.high - once.low) / 2


def test_columns_of_one_unit_count_as_one():
    """Four copies of a unit bring no information: the interval stays that of the units alone."""
    cells = pd.DataFrame(np.repeat(np.tile(MEG_OWEN, 4), 4, axis=1))
    together = krippendorff_alpha(cells, units=[rank // 4 for rank in range(160)])
    alone = krippendorff_alpha(pd.DataFrame(np.tile(MEG_OWEN, 4)))
    assert together.high - together.low == pytest.approx(alone.high - alone.low, abs=0.02)
    assert together.high - together.low > 1.6 * (krippendorff_alpha(cells).high - krippendorff_alpha(cells).low)


def _errors(found):
    """Half the interval, back from Fisher's z, in standard errors."""
    return (np.arctanh(found.high) - np.arctanh(found.low)) / 2 / 1.959964 * (1 - found.value**2)


def test_the_error_of_alpha_is_that_of_drawn_units():
    """2,000 draws of units: the deviation of the library's alpha, to the error of the draws and of the slopes."""
    cells = pd.DataFrame(np.tile(FOUR, 8))
    drawn, rng = [], np.random.default_rng(7)
    for _draw in range(2000):
        picked = cells.iloc[:, rng.integers(cells.shape[1], size=cells.shape[1])]
        drawn.append(krippendorff.alpha(picked.to_numpy(), level_of_measurement="nominal"))
    assert _errors(krippendorff_alpha(cells)) == pytest.approx(np.std(drawn), rel=0.06)


def test_alpha_and_kappa_of_many_units_have_the_same_error():
    """Two coders who use the code as often: both coefficients are the same in large samples, two formulas of errors."""
    cells = _judged([[4000, 300], [300, 700]])
    assert _errors(krippendorff_alpha(cells)) == pytest.approx(_errors(cohen_kappa(cells)), rel=2e-3)


@pytest.mark.parametrize(("often", "agreeing"), [(0.15, 0.7), (0.2, 0.9), (0.4, 0.5)])
def test_intervals_hold_the_truth_as_the_module_says(often, agreeing):
    apart = (1 - agreeing) * often * (1 - often)  # coders alike: alpha and kappa are both `agreeing`
    tables = np.random.default_rng(17).multinomial(166, [1 - often - apart, apart, apart, often - apart], 300)
    cells = [_judged(table.reshape(2, 2)) for table in tables]
    for coefficient in (krippendorff_alpha, cohen_kappa):
        found = [one for one in map(coefficient, cells) if np.isfinite(one.low)]
        assert len(found) >= 290
        held = sum(one.low <= agreeing <= one.high for one in found)
        assert binom.ppf(0.001, len(found), 0.93) <= held <= binom.ppf(0.999, len(found), 0.97)


_CELLS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.sampled_from([0, 1, 2, _]), min_size=coders, max_size=coders), min_size=1)
)


def _literal_alpha(cells):
    """Krippendorff (2011), step by step: coincidences of all pairs of values within units."""
    pairs = [
        (one, other, 1 / (len(values) - 1))
        for values in ([value for value in column if value == value] for column in cells.to_numpy().T)
        for i, one in enumerate(values)
        for j, other in enumerate(values)
        if i != j
    ]
    n = sum(weight for *_values, weight in pairs)
    margin = {value: sum(weight for one, _other, weight in pairs if one == value) for value in {p[0] for p in pairs}}
    observed = sum(weight for one, other, weight in pairs if one != other)
    expected = sum(margin[a] * margin[b] for a in margin for b in margin if a != b) / (n - 1)
    return 1 - observed / expected


@given(_CELLS)
def test_alpha_is_what_its_definition_says(units):
    cells = pd.DataFrame(np.array(units).T)
    if not undefined_reason(cells):
        assert krippendorff_alpha(cells).value == pytest.approx(_literal_alpha(cells))


def _readings(units, values):
    """Two coders who agree on one unit in two, of that many values."""
    rng = np.random.default_rng(1)
    first = rng.integers(values, size=units)
    return pd.DataFrame([first, np.where(rng.random(units) < 0.5, first, rng.integers(values, size=units))])


@pytest.mark.parametrize("measure", [percent_agreement, cohen_kappa, krippendorff_alpha])
def test_memory_grows_no_faster_than_the_readings_whatever_their_values(measure):
    """Four times the units and the values: four times the readings, sixteen times a table of units and values."""
    few, many = (_peak(measure, _readings(units, units // 2)) for units in (2_000, 8_000))
    assert many < 6 * few


def _peak(measure, cells):
    """Bytes that a measure takes at most, beyond those of its data."""
    tracemalloc.start()
    try:
        measure(cells)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("values", [2, 30])
def test_kappa_and_alpha_are_those_of_the_libraries(values):
    cells = _readings(400, values)
    table = crosstab(*cells.to_numpy(), levels=[range(values)] * 2).count
    library, kappa = cohens_kappa(table), cohen_kappa(cells)
    error = np.ptp(np.arctanh(kappa[1:])) * (1 - kappa.value**2) / (2 * 1.959963984540054)  # Fisher's z, undone
    assert (kappa.value, error) == pytest.approx((library.kappa, library.std_kappa))
    found = krippendorff.alpha(cells.to_numpy(dtype=float), level_of_measurement="nominal")
    assert krippendorff_alpha(cells).value == pytest.approx(found)
