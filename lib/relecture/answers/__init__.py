"""What people answered: questionnaires, files of answers, synthetic answers."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__,
    {
        "": "respondents",
        "coded": "departements exposures scores",
        "files": "validation",
        "questionnaire": "instrument missing",
    },
)
