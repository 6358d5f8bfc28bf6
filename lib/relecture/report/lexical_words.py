"""Frames of forms, classes and groups of texts in the words of a reader.

Frames of `text` name a multi-word form `mot_de_passe`, hold lists of forms as tuples, and know a class by
its number. `readable_frame` gives the same frame in words that a table can show, `terms_by_group` printed
terms by group. A corpus may have hundreds of groups: `most_contrasted` and `contrasted_forms` pick those that a
table or a figure has room for, `groups_shown_note` says so; `comparison_rule` says which variables have groups.
"""

from __future__ import annotations

from typing import Any

from pandas import DataFrame, factorize

from relecture.core.french import MISSING, number, typeset


def readable_frame(frame: DataFrame) -> DataFrame:
    """The frame, its tuples joined (a dash for an empty one), its column form spelled, its classes named.

    >>> import pandas as pd
    >>> readable_frame(pd.DataFrame({"class": [1], "forms": [("mot_de_passe", "dmp")]})).to_numpy().tolist()
    [['Classe 1', 'mot de passe, dmp']]
    """
    spelled = frame.map(lambda value: _joined(value) if isinstance(value, tuple) else value)
    if "form" in spelled:
        spelled["form"] = spelled["form"].map(spell_form)
    if "class" in spelled:
        spelled["class"] = "Classe " + spelled["class"].astype(str)
    return spelled


def terms_by_group(frame: DataFrame) -> DataFrame:
    """Printed terms by group: columns group, there (each term with its communities), missing.

    `frame` is that of `printed_terms.locate_terms`.
    """
    rows = []
    for group, own in frame.groupby("group", sort=False):
        pairs = list(zip(own["term"], own["communities"], strict=True))
        there = [f"{term} ({_joined(where)})" for term, where in pairs if where]
        rows.append((group, tuple(there), tuple(term for term, where in pairs if not where)))
    return readable_frame(DataFrame(rows, columns=["group", "there", "missing"]))


def spell_form(form: str) -> str:
    """A form as a reader writes it.

    >>> spell_form("salle_d'attente")
    'salle d’attente'
    """
    return typeset(form.replace("_", " "))


def comparison_rule(shown: int, withheld: int, smallest: int) -> str:
    """Which variables have groups that a page compares, and why the others have not, in a sentence.

    >>> comparison_rule(0, 0, 5)
    "Le corpus n'a pas de variable : aucun groupe n'y est comparé."
    """
    if not shown + withheld:
        return "Le corpus n'a pas de variable : aucun groupe n'y est comparé."
    rule = f"Une variable n'est pas comparée si elle n'a qu'une modalité, ou si l'une a moins de {smallest} textes"
    if not withheld:
        return f"{rule} : ce n'est le cas d'aucune."
    every = "de la seule variable du corpus" if withheld == 1 else f"des {withheld} variables du corpus"
    return f"{rule} : c'est le cas {f'de {withheld} sur {shown + withheld}' if shown else every}."


def most_contrasted(heads: DataFrame, *, most: int = 40) -> DataFrame:
    """Groups of `specific_forms`, in order: all, or of those that stand out the `most` furthest from chance."""
    if len(heads) <= most:
        return heads
    far = heads.loc[heads["apart"] > 0, "furthest"].round(9).sort_values(ascending=False, kind="stable")
    return heads.loc[sorted(far.index[:most])]


def groups_shown_note(shown: int, groups: int) -> str:
    """What a note adds when not all groups are shown; nothing otherwise.

    >>> groups_shown_note(3, 3), groups_shown_note(40, 1000).replace("\u202f", " ")
    ('', ' Groupes montrés, les plus contrastés : 40 sur 1 000.')
    """
    return f" Groupes montrés, les plus contrastés : {shown} sur {number(groups)}." if shown < groups else ""


def contrasted_forms(frame: DataFrame, *, most: int = 5, groups: int = 6) -> DataFrame:
    """Of each modality, the forms furthest from chance either way: columns variable (the modality), label, value.

    `frame` is that of `specificities`, one variable; forms at zero are left out, and beyond `groups` the
    modalities that stand out least. Modalities keep the order of the frame.
    """
    shown = frame.assign(place=factorize(frame["modality"])[0], far=-frame["index"].abs().round(9))
    shown = shown[shown["index"] != 0]
    first = shown.groupby("modality")["far"].min().sort_values(kind="stable").index[:groups]
    shown = shown[shown["modality"].isin(first)].sort_values(["place", "far", "form"]).groupby("modality").head(most)
    shown = shown.sort_values(["place", "index"], ascending=[True, False], kind="stable")
    columns = {"modality": "variable", "form": "label", "index": "value"}
    return shown[list(columns)].rename(columns=columns).reset_index(drop=True)


def _joined(parts: tuple[Any, ...]) -> str:
    return ", ".join(map(str, parts)).replace("_", " ") or MISSING
