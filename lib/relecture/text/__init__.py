"""What people said: corpora, word forms, graphs, classes, coding trees, agreement, saturation."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "interviews": "load_interviews result_or_refusal",
        "codes.agreement": "agreement_by_code overall_agreement",
        "codes.agreement_coefficients": "CONFIDENCE",
        "codes.codings": "read_codings",
        "codes.saturation": "find_saturation new_codes random_orders read_claim rule_grid run_ratios",
        "codes.tree": "read_tree",
        "lexicon.class_profiles": "ClassSettings class_summary classify_segments extreme_forms form_profiles "
        "typical_segments variable_profiles",
        "lexicon.class_stability": "class_stability",
        "lexicon.cooccurrence": "build_network",
        "lexicon.printed_terms": "locate_terms",
        "lexicon.specificities": "specific_forms specificities",
    },
)
