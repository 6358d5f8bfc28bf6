"""Relecture: re-read what a study printed about itself.

>>> from relecture import load_study
>>> load_study("guefif").name
'guefif'
"""

from relecture.core.errors import InputError
from relecture.core.study import Study, load_study

__all__ = ["InputError", "Study", "load_study"]
