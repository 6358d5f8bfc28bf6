"""Which formats are there?"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from relecture.answers.exchange import limesurvey, redcap, surveyjs, tableschema, xlsform

FORMATS: Mapping[str, ModuleType] = {
    "xlsform": xlsform,
    "limesurvey": limesurvey,
    "redcap": redcap,
    "surveyjs": surveyjs,
    "tableschema": tableschema,
}
