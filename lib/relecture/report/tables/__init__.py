"""Tables that read like those of a journal, with links to their CSV and Word files."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "regulations",
        "answer_cells": "effect_size hidden_sentence mean share",
        "answer_blocks": "answers_table comparison_table answers_by_group answer_levels printed_and_answers",
        "findings_table": "findings",
        "html_table": "by_group table",
        "table_one": "characteristics relabelled tests_made",
    },
)
