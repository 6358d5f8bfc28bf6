"""Numbers of samples behind a mean and an SD, as R unsum (Larigaldie, Jung) finds them."""

import pytest

from relecture.printed.whole_numbers import samples


@pytest.mark.parametrize(
    ("mean", "sd", "n", "scale", "expected"),
    [
        ("3.5", "0.5", 52, (1, 5), 15),
        ("4.0", "1.0", 50, (1, 7), 7_776),  # the absolute frequencies of unsum's test, added up, divided by n
        ("2.5", "1.7", 50, (1, 7), 29_521),  # as above
        ("5.3", "1.7", 50, (1, 7), 47_148),  # as above
        ("3.5", "0.0", 30, (1, 5), 0),  # no sample
    ],
)
def test_count(mean, sd, n, scale, expected):
    assert samples.count(mean, sd, n=n, scale=scale) == expected
