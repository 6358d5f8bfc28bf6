"""One relation between printed numbers, and every kind that it may be of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from relecture.core.numbers import OneSided
from relecture.printed import arithmetic, effects, statistics
from relecture.printed.arguments import Role
from relecture.printed.conventions import Stated
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import declared
from relecture.printed.relations.shapes import changed, flat, played

KINDS = declared(arithmetic, effects, statistics)


@dataclass(frozen=True)
class Relation:
    """One relation: its name, what it says in French, its kind and the arguments of the check; its rank in the file."""

    id: str
    kind: str
    label: str
    section: str
    arguments: Mapping[str, Any]
    conventions: Stated = field(default_factory=dict)
    rank: int = 0

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Every address that the relation uses, those that it judges first, in order, without repetition."""
        return tuple(dict.fromkeys((*self.judged, *self._used(self.arguments))))

    @cached_property
    def judged(self) -> tuple[str, ...]:
        """Addresses of the numbers that the relation judges."""
        return tuple(dict.fromkeys(self._used(name for name in KINDS[self.kind].judged if name in self.arguments)))

    def _used(self, names: Iterable[str]) -> Iterator[str]:
        used = (self.arguments[name] for name in names if name not in KINDS[self.kind].literals)
        return (leaf for value in used for leaf in flat(value) if isinstance(leaf, str))

    @cached_property
    def roles(self) -> tuple[tuple[str, Role, Any], ...]:
        """Argument, role, and address or number, of each that plays one."""
        hints = KINDS[self.kind].hints
        pairs = ((name, played(hints.get(name), value)) for name, value in self.arguments.items())
        return tuple((name, role, leaf) for name, roles in pairs for role, leaf in roles)

    def check(self, values: Mapping[str, str], *, draws: bool = True) -> Finding:
        """Finding on these values: the printed ones, or the printed ones with an edit.

        A value outside the limits of its role is inconsistent, whatever the others are; "< 5" where the number is
        needed makes it uncheckable. Without `draws` no sample is drawn; the verdict is the same.
        """

        def printed(leaf: Any) -> str:
            return values[leaf] if isinstance(leaf, str) else str(leaf)

        kind, texts = KINDS[self.kind], [(role, printed(leaf)) for _, role, leaf in self.roles]
        if outside := list(filter(None, (role.outside(text) for role, text in texts))):
            return Finding(Verdict.INCONSISTENT, " ; ".join(dict.fromkeys(outside)))
        given = {
            name: argument if name in kind.literals else changed(argument, printed)
            for name, argument in self.arguments.items()
            if draws or name not in kind.evidence
        }
        if kind.ladder:
            given["conventions"] = self.conventions
        try:
            for role, text in texts:
                role.refuse_limit(text)
            return kind.check(**given)
        except OneSided as limit:
            return Finding(Verdict.UNCHECKABLE, str(limit))
