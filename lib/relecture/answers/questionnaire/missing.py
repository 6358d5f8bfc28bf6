"""The four codes of a missing answer, and the name of the column of respondents.

Missing is not one thing. A coded frame holds a string in every cell: a choice's id, `1` or `0` for a tick, a number
with a decimal point, a date (`2024-05-31`), a time (`14:30`), a text, or one of four codes, whose words a reader can
understand in a spreadsheet. `non_pose` follows from the skip logic and from nothing else: `skip_logic.apply` sets it.
The other three are told by the respondent or left: `sans_objet` and `ne_sait_pas` only where the form offers them
as choices, `sans_reponse` for what was asked and left empty.
"""

from __future__ import annotations

from enum import StrEnum


class Missing(StrEnum):
    """The four codes; `label` is what a reader sees."""

    label: str

    def __new__(cls, code: str, label: str) -> Missing:
        member = str.__new__(cls, code)
        member._value_, member.label = code, label
        return member

    NOT_ASKED = "non_pose", "non posée"
    NOT_APPLICABLE = "sans_objet", "sans objet"
    UNKNOWN = "ne_sait_pas", "ne sait pas"
    NO_ANSWER = "sans_reponse", "sans réponse"


CODES = frozenset(str(code) for code in Missing)
RESPONDENT = "repondant"  # the column of a file, and the index of a frame, that tells respondents apart
