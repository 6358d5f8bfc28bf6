"""What people said: corpora, word forms, graphs, classes, coding trees, agreement, saturation."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "interviews",
        "codes": "agreement codings coreq saturation tree",
        "interviews": "result_or_refusal",
        "lexicon": "class_profiles class_stability cooccurrence printed_terms specificities",
    },
)
