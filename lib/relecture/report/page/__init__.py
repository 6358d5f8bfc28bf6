"""Pages, and their parts besides tables and figures."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "sources",
        "cause_cards": "causes",
        "elements": "answer colophon facts key_points lost prose tally",
        "provenance": "of_page",
        "tree_links": "tree_downloads",
    },
)
