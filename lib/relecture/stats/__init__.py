"""How it is computed: frames become estimates, as the methods of the studies say."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "estimates": "compare describe independence odds passwords power reliability",
        "survey": "characteristics likert printed_vs_answers questions recoded statistical_tests",
    },
)
