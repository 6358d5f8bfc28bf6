"""Relecture: re-read what a study printed about itself.

>>> from relecture import load_study
>>> load_study("guefif").name
'guefif'
"""

from relecture.study import InputError, Study, load_study

__all__ = ["InputError", "Study", "load_study"]
