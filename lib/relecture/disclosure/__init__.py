"""What may be shown: which cells, sums and means must be hidden."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "disclosure_control": "control",
        "masking": "blank_rows publishable shown_alpha",
    },
)
