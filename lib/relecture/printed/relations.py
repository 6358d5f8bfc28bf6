"""Relations between printed numbers, read from `relations.yaml`.

Each relation names a check and gives its arguments: an address stands for the string printed there,
a list for several, `table1.genre.*.utilisateurs` in a list for every address it matches (a star is
one step of the path), and a number for itself. `each: {g: [a, b]}` repeats a relation with `{g}`
replaced; with a mapping (`each: {g: {a: "chez les uns"}}`) `{g_label}` gives the words to show.
`label` and `section` say in French what is checked and where the finding belongs.

`parse` reads them all and names every fault at once; `Relation.check` runs one on any values, so that
a repair can be tried without touching the ledger.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, product
from typing import Any

from relecture.printed import arithmetic, effects, statistics
from relecture.printed.conventions import CONVENTIONS, Stated
from relecture.printed.finding import Finding
from relecture.printed.kinds import declared

KINDS = declared(arithmetic, effects, statistics)
_SHOWN = ("id", "kind", "label", "section", "each", "conventions")


@dataclass(frozen=True)
class Relation:
    """One relation: its name, what it says in French, its kind and the arguments of the check."""

    id: str
    kind: str
    label: str
    section: str
    arguments: Mapping[str, Any]
    conventions: Stated = field(default_factory=dict)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Every address that the relation uses, those that it judges first, in order, without repetition."""
        kind = KINDS[self.kind]
        names = sorted(set(self.arguments) - kind.literals, key=lambda name: self._rank(name, kind.judged))
        return tuple(dict.fromkeys(_leaves([self.arguments[name] for name in names])))

    def _rank(self, name: str, judged: Sequence[str]) -> tuple[int, int]:
        return judged.index(name) if name in judged else len(judged), list(self.arguments).index(name)

    def check(self, values: Mapping[str, str], *, draws: bool = True) -> Finding:
        """Finding on these values: the printed ones, or the printed ones with an edit.

        Without `draws` no sample is drawn; the verdict is the same.
        """
        kind = KINDS[self.kind]
        given = {
            name: argument if name in kind.literals else _resolved(argument, values)
            for name, argument in self.arguments.items()
            if draws or name not in kind.evidence
        }
        if kind.ladder:
            given["conventions"] = self.conventions
        return kind.check(**given)


def parse(
    records: Sequence[Mapping[str, Any]], addresses: Sequence[str], conventions: Mapping[str, Any] | None = None
) -> tuple[list[Relation], list[str]]:
    """The relations of a study that states these conventions, and every fault found in them (in French)."""
    relations, faults = [], [f"study.yaml : {fault}" for fault in convention_faults(conventions or {})]
    for record in records:
        wrong = list(_faults(record))
        faults += wrong
        if not wrong:
            try:
                relations += [_relation(copy, addresses, conventions or {}) for copy in _copies(record)]
            except (KeyError, IndexError, ValueError) as error:
                faults.append(f"relation « {record['id']} » : {{{error.args[0]}}} n'est pas défini par « each »")
    known = set(addresses)
    for relation in relations:
        unknown = [address for address in relation.addresses if address not in known]
        faults += [f"relation « {relation.id} » : adresse inconnue « {address} »" for address in unknown]
    repeated = sorted(name for name, times in Counter(relation.id for relation in relations).items() if times > 1)
    return relations, faults + [f"relation « {name} » : déclarée deux fois" for name in repeated]


def _faults(record: Mapping[str, Any]) -> Iterator[str]:
    name = f"relation « {record.get('id', '?')} »"
    if record.get("kind") not in KINDS:
        yield f"{name} : genre inconnu « {record.get('kind')} » (genres connus : {', '.join(KINDS)})"
        return
    parameters = dict(inspect.signature(KINDS[record["kind"]].check).parameters)
    parameters.pop("conventions", None)
    yield from (f"{name} : {fault}" for fault in convention_faults(record.get("conventions", {})))
    needed = {key for key, parameter in parameters.items() if parameter.default is parameter.empty}
    yield from (f"{name} : il manque « {key} »" for key in sorted((needed | {"id", "label", "section"}) - set(record)))
    unknown, known = sorted(set(record) - set(_SHOWN) - set(parameters)), ", ".join(parameters)
    yield from (f"{name} : « {key} » n'est pas prévu (prévus : {known})" for key in unknown)


def convention_faults(stated: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong in the conventions that a study or a relation states, in French."""
    for name, option in stated.items():
        if name not in CONVENTIONS:
            yield f"convention inconnue « {name} » (connues : {', '.join(CONVENTIONS)})"
        elif str(option) not in CONVENTIONS[name]:
            yield f"convention « {name} » : « {option} » n'est pas prévu ({', '.join(CONVENTIONS[name])})"


def _copies(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    loops = record.get("each", {})
    for chosen in product(*loops.values()):
        words = dict(zip(loops, chosen, strict=True))
        labels = {f"{key}_label": loops[key][word] for key, word in words.items() if isinstance(loops[key], Mapping)}
        yield {key: _filled(value, words | labels) for key, value in record.items() if key != "each"}


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    return _each_leaf(value, lambda leaf: leaf.format_map(words) if isinstance(leaf, str) else leaf)


def _relation(record: Mapping[str, Any], addresses: Sequence[str], conventions: Mapping[str, Any]) -> Relation:
    arguments = {key: _expanded(value, addresses) for key, value in record.items() if key not in _SHOWN}
    stated = {name: str(option) for name, option in (conventions | record.get("conventions", {})).items()}
    return Relation(record["id"], record["kind"], record["label"], record["section"], arguments, stated)


def _expanded(value: Any, addresses: Sequence[str]) -> Any:
    if not isinstance(value, list):
        return value
    expanded = []
    for item in value:
        if isinstance(item, str) and "*" in item:
            pattern = re.compile(re.escape(item).replace(r"\*", "[^.]+"))
            expanded += [address for address in addresses if pattern.fullmatch(address)] or [item]
        else:
            expanded.append(_expanded(item, addresses))
    return expanded


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield from chain.from_iterable(map(_leaves, value))
    elif isinstance(value, str):
        yield value


def _resolved(value: Any, values: Mapping[str, str]) -> Any:
    return _each_leaf(value, lambda leaf: values[leaf] if isinstance(leaf, str) else str(leaf))


def _each_leaf(value: Any, change: Callable[[Any], Any]) -> Any:
    return [_each_leaf(item, change) for item in value] if isinstance(value, list) else change(value)
