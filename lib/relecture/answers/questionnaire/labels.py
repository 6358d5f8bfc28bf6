"""Labels compared as a person compares them: what typography, case and accents change is set aside.

`plain_label` keeps every sign; `label_key` keeps words, numbers and the signs that make two labels differ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "œ": "oe", "æ": "ae"})
_CODE = re.compile(r"([^\s.:]+)(?:\.|\s?:)\s")  # « code. text », « code : text »
_WORDS = re.compile(r"[^\W_]+|[<>≤≥=+%€]")


@lru_cache(4096)
def plain_label(text: str) -> str:
    """A label without case, accents, nor any but single spaces; quotes and dashes in one form.

    >>> plain_label("  Médecin\\u00a0généraliste ") == plain_label("MEDECIN  GENERALISTE")
    True
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SAME))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def code_before(header: str) -> str:
    """The code that stands before the text of a header, or the whole header where none does.

    >>> code_before("Q1[SQ2]. Et après ?"), code_before("Q1 : Et après ?"), code_before("Et après ?")
    ('Q1[SQ2]', 'Q1', 'Et après ?')
    """
    found = _CODE.match(header)
    return found[1] if found else header


def label_key(text: str) -> str:
    """The words and numbers of a label between spaces, with the signs of comparison; HTML tags are off.

    >>> label_key("<b>Et après</b> ? [< 5\\u202fans]"), label_key("Et_après_?_[<_5_ans]")
    ('et apres < 5 ans', 'et apres < 5 ans')
    """
    return " ".join(_WORDS.findall(plain_label(_TAGS.sub(" ", text))))
