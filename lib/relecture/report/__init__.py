"""How it is shown: frames become French tables, figures and pages."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "figures page tables verdicts",
        "legends": "Legends",
        "lexical_words": "comparison_rule contrasted_forms groups_shown_note most_contrasted readable_frame "
        "terms_by_group",
    },
)
