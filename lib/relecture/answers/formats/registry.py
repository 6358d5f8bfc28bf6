"""The exchange formats by name: each writes a questionnaire and reads the answers of its tool."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from relecture.answers.formats import limesurvey, redcap, surveyjs, tableschema, xlsform

FORMATS: Mapping[str, ModuleType] = {
    "xlsform": xlsform,
    "limesurvey": limesurvey,
    "redcap": redcap,
    "surveyjs": surveyjs,
    "tableschema": tableschema,
}
