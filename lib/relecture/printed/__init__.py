"""What was printed: strings become intervals, checks and findings."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "audit repair",
        "arithmetic": "totals",
        "exact": "contingency samples",
        "frames": "across_studies regulations",
        "frames.tables": "cells comparisons counts divisions estimates margins matched reconstructed total",
        "statistics": "granularity intervals",
    },
)
