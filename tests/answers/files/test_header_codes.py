"""Headers that are codes: as the format writes them, loosely, below groups."""

import pytest

from relecture.answers.files import header_codes
from relecture.answers.files.wording import NOTE
from relecture.answers.formats.registry import FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_every_header_of_a_format_is_known_whatever_its_separators(toy, name):
    dialect = FORMATS[name].dialect(toy)
    codes = header_codes.known_codes(dialect)
    for item in toy.items:
        for header, target in header_codes.headers_of(dialect, item).items():
            assert codes.targets(header) == (target,)
            loose = header.replace("[", "_").replace("]", "").replace("___", ".").upper()
            assert target in codes.targets(loose), loose


@pytest.mark.parametrize("header", [
    "labels__avis", "section__usage-avis__matrix-labels__avis", "section__usage_avis__matrix_labels__avis",
])  # fmt: skip
def test_the_text_above_a_matrix_holds_no_answer(toy, header):
    assert header_codes.known_codes(FORMATS["xlsform"].dialect(toy)).targets(header) == (NOTE,)


@pytest.mark.parametrize("header", ["", "ailleurs/mss", "mss?", "messe", "é", "usage/", 'lesquelles".mailiz'])
def test_what_is_spelled_otherwise_is_unknown(toy, header):
    assert header_codes.known_codes(FORMATS["xlsform"].dialect(toy)).targets(header) == ()


def test_boxes_of_a_missing_code(toy):
    boxes = header_codes.missing_boxes(FORMATS["redcap"].dialect(toy), ("-99", "nd"))
    assert [header_codes.is_box_of(name, boxes) for name in ("lesquelles____99", "lesquelles___nd")] == [True, True]
    assert not any(header_codes.is_box_of(name, boxes) for name in ("lesquelles___98", "mss____99", "", "?"))
