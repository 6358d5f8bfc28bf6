"""Relecture: re-read what a study printed about itself.

>>> import relecture as rl
>>> rl.load_study("guefif").name
'guefif'
"""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "answers disclosure printed report stats text",
        "api": "Study catalogue load_study",
        "core": "fr=french",
        "core.errors": "InputError",
        "core.study": "ROOT studies",
        "explore.printed.findings": "Findings",
        "report": "figures page tables",
        "teaching": "workshop",
    },
)
