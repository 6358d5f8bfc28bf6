"""Usual conventions of computing and printing: their words, the order of their trial, and comparisons under them."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "vocabulary": "CONVENTIONS QUANTILES Option",
        "ladder": "NONE Judgement Ladder Stated Using assumed_only",
        "comparison": "ROUNDED Range agreeing attained_in_words compared graded in_range",
    },
)
