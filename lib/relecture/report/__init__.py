"""How it is shown: frames become French tables, figures and pages."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "figures lexical_words page tables verdicts",
    },
)
