"""A table of cases gets, case by case, the verdicts of the scalar checks."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.printed.frames import granularity_bulk
from relecture.printed.statistics import granularity

MEANS = st.one_of(
    st.decimals(-20, 20, places=2).map(str),
    st.decimals(0, 10, places=1).map(lambda number: str(number).replace(".", ",")),
    st.decimals(0, 10**7, places=8).map("{:f}".format),
    st.sampled_from(["0", "0,00", "-0,01", "< 0,05", "quatorze", "3", "12345678901,25", "1,123456789012"]),
)
SDS = st.one_of(
    st.decimals(0, 12, places=2).map(str),
    st.decimals(0, 9, places=1).map(lambda number: str(number).replace(".", ",")),
    st.decimals(0, 3, places=7).map("{:f}".format),
    st.sampled_from(["0", "0,0", "0,00", "-1,5", "< 0,5", "deux", "1234567,8901"]),
)
SIZES = st.one_of(st.integers(0, 120), st.sampled_from([1, 2, 900]))
CASES = st.lists(st.tuples(MEANS, SDS, SIZES, st.integers(1, 4)), max_size=12)


def frame(cases, *, as_text: bool) -> pd.DataFrame:
    made = pd.DataFrame(cases, columns=["mean", "sd", "n", "items"])
    return made.astype({"n": str, "items": str}) if as_text else made.astype({"n": int, "items": int})


@settings(max_examples=300)
@given(CASES, st.booleans())
def test_grim_is_the_scalar_check_case_by_case(cases, as_text):
    expected = [granularity.grim(mean, n=n, items=items).verdict for mean, _, n, items in cases]
    assert granularity_bulk.grim(frame(cases, as_text=as_text))["verdict"].tolist() == expected


@settings(max_examples=300)
@given(CASES, st.booleans())
def test_grimmer_is_the_scalar_check_case_by_case(cases, as_text):
    expected = [granularity.grimmer(mean, sd, n=n, items=items).verdict for mean, sd, n, items in cases]
    assert granularity_bulk.grimmer(frame(cases, as_text=as_text))["verdict"].tolist() == expected


@settings(max_examples=300)
@given(st.lists(st.integers(0, 10), min_size=2, max_size=60), st.integers(0, 3), st.integers(0, 3))
def test_grimmer_near_real_samples(sample, mean_places, sd_places):
    # prints of real samples, and the same one last digit away: where verdicts turn
    values = pd.Series(sample, dtype=float)
    cases = []
    for shift in (-1, 0, 1):
        mean = f"{values.mean():.{mean_places}f}"
        sd = f"{max(0.0, values.std() + shift / 10**sd_places):.{sd_places}f}"
        cases.append((mean, sd, len(sample), 1))
    expected = [granularity.grimmer(mean, sd, n=n, items=items).verdict for mean, sd, n, items in cases]
    assert granularity_bulk.grimmer(frame(cases, as_text=False))["verdict"].tolist() == expected


def test_the_frame_comes_back_with_its_columns_and_index():
    given_frame = pd.DataFrame({"study": ["a", "b"], "mean": ["5,23", "5,24"], "n": ["29", "29"]}, index=[7, 3])
    found = granularity_bulk.grim(given_frame)
    assert list(found.columns) == ["study", "mean", "n", "verdict"]
    assert list(found.index) == [7, 3]
    assert list(given_frame.columns) == ["study", "mean", "n"]


@pytest.mark.parametrize("mean", ["41.095238095238095238", "999999999999,5"])
def test_numbers_beyond_64_bits_are_left_to_whole_numbers_of_any_length(mean):
    case = pd.DataFrame({"mean": [mean], "sd": ["1,123456789"], "n": [10**6]})
    assert granularity_bulk.grim(case)["verdict"].tolist() == [granularity.grim(mean, n=10**6).verdict]


def test_a_float_has_lost_its_decimals():
    with pytest.raises(ValueError, match="a perdu ses décimales"):
        granularity_bulk.grim(pd.DataFrame({"mean": [5.2], "n": [28]}))


def test_an_empty_table():
    assert granularity_bulk.grimmer(frame([], as_text=False)).empty
