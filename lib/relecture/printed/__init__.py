"""What was printed: strings become intervals, checks and findings."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "audit repair",
        "arithmetic": "totals",
        "exact": "contingency",
        "frames": "across_studies regulations",
        "frames.reporting": "reporting_checklist reporting_counts",
        "frames.tables": "comparisons contingency_tables counts counts_by_column divisions estimates "
        "margins printed_answers total",
        "effects": "intervals",
        "statistics": "granularity",
        "whole_numbers": "samples",
    },
)
