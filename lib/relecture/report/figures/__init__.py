"""Figures, in one look: each is given a tidy frame whose numbers are computed."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "counts": "FlowStep flow rows_read splits",
        "departements": "departements_map",
        "estimates": "bars forest",
        "likert_bars": "diverging",
        "password_strengths": "strengths",
        "score_boxes": "boxes summary_boxes",
        "text.agreement": "agreement_dots",
        "text.classes": "dendrogram profile_bars stability_grid",
        "text.coding_tree": "heuristic_map",
        "text.network": "network_map",
        "text.saturation": "saturation_curve",
    },
)
