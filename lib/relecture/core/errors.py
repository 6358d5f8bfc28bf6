"""Errors that end a command, each with its exit status and its faults in French, and the names near a wrong one.

    RelectureError
    ├── InputError        refused input: a file, a name or a value of the user's   1
    │   └── UnknownName   a name that nothing bears, with those near it            1
    └── FailedBuild       a page that was not built, or not built alike            1

Bad usage of the command is click's to tell, with status 2. Any other exception is a defect of ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from relecture.core.french import slug, typeset

_FEW = 3  # names offered


class RelectureError(Exception):
    """What a command cannot go on with; `faults` names every fault at once, for a reader; none when they were told."""

    exit_status = 1

    def __init__(self, faults: Iterable[str] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class InputError(RelectureError, ValueError):
    """Refused input."""


class UnknownName(InputError, KeyError):
    """A name that nothing bears: a refused input, and a missing key for who asks by key."""

    __str__ = Exception.__str__

    def _render_traceback_(self) -> list[str]:
        """What JupyterLab shows: the sentence, without the lines of code that it went through."""
        return [typeset(str(self))]


class FailedBuild(RelectureError):
    """Pages that were not built, or that a second build did not write alike."""


def unknown(wrong: str, known: Iterable[str], what: str = "un nom connu", *, more: str = "") -> UnknownName:
    """The error to raise for a wrong name, in French: what it is not, then the nearest names; `more` ends it.

    >>> str(unknown("guefi", ["guefif", "zerhoui"], "une étude de ce recueil"))
    "« guefi » n'est pas une étude de ce recueil. Vouliez-vous dire « guefif » ?"
    """
    parts = f"« {wrong} » n'est pas {what}.", did_you_mean(wrong, known), more
    return UnknownName([" ".join(filter(None, parts))])


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire … ? » with three names at most, accents and case ignored; nothing when none is near.

    >>> did_you_mean("Aisence", ["aisance", "genre"])
    'Vouliez-vous dire « aisance » ?'
    >>> did_you_mean("xyz", ["aisance", "genre"])
    ''
    """
    names = [f"« {name} »" for name in nearest(wrong, known)]
    listed = " ou ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    return f"Vouliez-vous dire {listed} ?" if names else ""


def nearest(wrong: str, known: Iterable[str]) -> list[str]:
    """Three names at most, the nearest first: those written nearly alike, else those whose dotted parts are.

    >>> nearest("age.moyen", ["table1.age.moyenne", "principal.p"])
    ['table1.age.moyenne']
    """
    from difflib import get_close_matches

    names: dict[str, str] = {}
    for name in known:
        names.setdefault(slug(name, ""), name)
    alike = get_close_matches(slug(wrong, ""), names, _FEW, 0.75)
    return [names[name] for name in alike] or [names[name] for name in _sharing_parts(slug(wrong, ""), names)]


def _sharing_parts(wrong: str, known: Iterable[str]) -> list[str]:
    """Three names at most, by how many of their parts are those of the wrong one, or nearly."""
    from difflib import get_close_matches

    parts = {name: set(name.split("-")) for name in known}
    every = sorted(set().union(*parts.values()))
    meant = {near for word in wrong.split("-") for near in get_close_matches(word, every, _FEW, 0.7)}
    shared = {name: len(meant & own) for name, own in parts.items() if meant & own}
    return sorted(shared, key=lambda name: -shared[name])[:_FEW]
