"""In which words is a form said?

A concordance (keyword in context): each occurrence of a form with the words around it, as they were
said. Context stays within the passage. This gives interviews back to the reader: it is for the
researcher's own eyes, and text from answers has no place in a published report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relecture.core.errors import InputError
from relecture.text.corpus.segments import Segmented

if TYPE_CHECKING:
    from pandas import DataFrame


def concordance(segmented: Segmented, form: str, *, around: int = 8) -> DataFrame:
    """One row an occurrence: text (rank), segment, before, said, after; `around` tokens on either side.

    `form` is a lemma or a multi-word term (`mot_de_passe`), active or not. Raises InputError when the
    corpus has no such form, with the forms that begin alike.

    >>> from relecture.text.corpus.iramuteq import parse
    >>> from relecture.text.corpus.segments import Settings, prepare
    >>> cut = prepare(parse("Il ouvre les dossiers, puis lit."), Settings(min_frequency=1))
    >>> concordance(cut, "dossier", around=1)[["before", "said", "after"]].values.tolist()
    [['les', 'dossiers', ', puis']]
    """
    from pandas import DataFrame

    tokens = segmented.tokens
    places = (tokens["form"] == form).to_numpy().nonzero()[0]
    if not len(places):
        near = sorted({known for known in tokens["form"].cat.categories if known[:3] == form[:3]})[:10]
        raise InputError([f"forme « {form} » : absente du corpus" + f" ; voisines : {', '.join(near)}" * bool(near)])
    return DataFrame([_line(segmented, int(place), around) for place in places])


def _line(segmented: Segmented, place: int, around: int) -> dict[str, object]:
    tokens, said = segmented.tokens, segmented.tokens.iloc[place]
    near = tokens.iloc[max(place - around, 0) : place + around + 1]
    near = near[(near["text"] == said["text"]) & (near["passage"] == said["passage"])]
    words = segmented.corpus.texts[said["text"]].passages[said["passage"]].text
    parts = {"before": (near["start"].min(), said["start"]), "said": (said["start"], said["end"])}
    parts["after"] = (said["end"], near["end"].max())
    spoken = {name: " ".join(words[start:end].split()) for name, (start, end) in parts.items()}
    return {"text": int(said["text"]), "segment": int(said["segment"]), **spoken}
