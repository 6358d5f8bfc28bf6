"""Relations of `relations.yaml`, and every fault found in them; docs/relations.md tells how they are written."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from math import prod
from typing import Any, NamedTuple

from relecture.printed.conventions import CONVENTIONS
from relecture.printed.relations import repetition
from relecture.printed.relations.relation import KINDS, Relation
from relecture.printed.relations.shapes import bounded, fault, fitted, flat, misread, shown

_SHOWN = ("id", "kind", "label", "section", "each", "conventions")
_MOST = 10_000  # copies of a relation, and values in it


class Fault(NamedTuple):
    """What is wrong, in French, and where: the keys and ranks that lead there in the file."""

    text: str
    place: tuple[Any, ...]
    file: str = "relations.yaml"


def parse(
    records: Sequence[Mapping[str, Any]], addresses: Sequence[str], conventions: Mapping[str, Any] | None = None
) -> tuple[list[Relation], list[Fault]]:
    """The relations of a study that states these conventions, and every fault found in them."""
    stated, relations = conventions or {}, []
    faults = [Fault(text, ("conventions",), "study.yaml") for text in convention_faults(stated)]
    for rank, record in enumerate(records):
        found, wrong = _read(record, rank, addresses, stated)
        relations += found
        faults += wrong
    known, ranks = set(addresses), {relation.id: relation.rank for relation in relations}
    for relation in relations:
        unknown = [address for address in relation.addresses if address not in known]
        name, place = f"relation « {relation.id} »", (relation.rank,)
        faults += [Fault(f"{name} : adresse inconnue « {each} »{_near(each, addresses)}", place) for each in unknown]
    repeated = sorted(name for name, times in Counter(relation.id for relation in relations).items() if times > 1)
    return relations, faults + [Fault(f"relation « {name} » : déclarée deux fois", (ranks[name],)) for name in repeated]


def _near(address: str, addresses: Sequence[str]) -> str:
    """What an unknown address may have meant, in brackets: a number, or the nearest address."""
    if re.fullmatch(r"[-−]?\d+,\d+", address):
        return f" (un nombre s'écrit ici avec un point : {address.replace(',', '.')})"
    near = get_close_matches(address, addresses, 1, 0.8)
    return f" (vouliez-vous dire « {near[0]} » ?)" if near else ""


def _read(
    record: Mapping[str, Any], rank: int, addresses: Sequence[str], conventions: Mapping[str, Any]
) -> tuple[list[Relation], list[Fault]]:
    """The relations of one record, and its faults; a fault that several copies share is told of the first."""
    name = f"relation « {record.get('id', '?')} »"
    faults = [Fault(f"{name} : {text}", (rank, *place)) for text, *place in _faults(record)]
    if faults:
        return [], faults
    loops = {word: repetition.steps(steps, addresses) for word, steps in record.get("each", {}).items()}
    if prod(map(len, loops.values())) > _MOST:
        return [], [Fault(f"{name} : « each » la répète plus de {_MOST} fois", (rank, "each"))]
    try:
        relations = [_relation(copy, rank, addresses, conventions) for copy in repetition.copies(record, loops)]
    except KeyError as error:
        return [], [Fault(f"{name} : {{{error.args[0]}}} n'est pas défini par « each »", (rank,))]
    misfits = dict.fromkeys(chain.from_iterable(map(_misfits, relations)))
    return relations, [Fault(f"{name} : {text}", (rank, argument)) for argument, text in misfits]


def _faults(record: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """What is wrong in a record before it is repeated, and the keys that lead there."""
    if not (kind := KINDS.get(record.get("kind"))):
        near = get_close_matches(str(record.get("kind")), KINDS, 1)
        hint = f"vouliez-vous dire « {near[0]} » ? " if near else ""
        yield f"genre inconnu « {record.get('kind')} » ({hint}tous sont dans docs/relations.md)", "kind"
        return
    if len(list(islice(bounded(record), _MOST + 1))) > _MOST:
        yield ("trop de valeurs, ou trop de niveaux",)
        return
    stated, tried = record.get("conventions", {}), list(kind.ladder.options) if kind.ladder else []
    yield from ((text, "conventions") for text in convention_faults(stated))
    idle, told = sorted(set(stated) & set(CONVENTIONS) - set(tried)), ", ".join(tried) or "aucune"
    yield from ((f"« {kind.name} » n'essaie pas la convention « {name} » ({told})", "conventions") for name in idle)
    defaults = {name: one.default for name, one in inspect.signature(kind.check).parameters.items()}
    needed = {name for name in kind.hints if defaults[name] is inspect.Parameter.empty}
    yield from ((f"il manque « {key} »",) for key in sorted((needed | {"id", "label", "section"}) - set(record)))
    known, unknown = ", ".join(kind.hints), sorted(set(record) - set(_SHOWN) - set(kind.hints))
    yield from ((f"« {key} » n'est pas prévu (prévus : {known})", key) for key in unknown)
    given = ((name, fault(kind.hints[name], record[name])) for name in kind.literals & set(record))
    yield from ((f"« {name} » : {text}", name) for name, text in sorted(given) if text)
    yield from _each_faults(record.get("each", {}))


def _each_faults(loops: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """What is wrong in the steps of `each`, and the keys that lead there."""
    for word, steps in loops.items():
        if isinstance(steps, str) and steps.count("*") != 1:
            yield f"« each », « {word} » : « {steps} » ; attendu : une adresse avec une étoile", "each", word
        for step in [*steps, *(steps.values() if isinstance(steps, Mapping) else ())]:
            if not isinstance(step, str) and type(step) is not int:
                reason = misread(step) or "attendu : un mot"
                yield f"« each », « {word} » : « {shown(step)} » ; {reason}", "each", word


def _misfits(relation: Relation) -> Iterator[tuple[str, str]]:
    """Arguments that have not the shape that the check takes, and what is wrong; an unknown star is told elsewhere."""
    kind = KINDS[relation.kind]
    for name, value in relation.arguments.items():
        starred = any("*" in str(leaf) for leaf in flat(value))
        if name not in kind.literals and not starred and (text := fault(kind.hints[name], value)):
            yield name, f"« {name} » : {text}"
    lists = {name: relation.arguments.get(name) for name in kind.parallel}
    lengths = {name: len(value) for name, value in lists.items() if isinstance(value, list)}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"« {name} » en a {length}" for name, length in lengths.items())
        yield kind.parallel[0], f"des listes de même longueur sont attendues : {told}"


def convention_faults(stated: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong in the conventions that a study or a relation states, in French."""
    for name, option in stated.items():
        if name not in CONVENTIONS:
            yield f"convention inconnue « {name} » (connues : {', '.join(CONVENTIONS)})"
        elif str(option) not in CONVENTIONS[name]:
            yield f"convention « {name} » : « {option} » n'est pas prévu ({', '.join(CONVENTIONS[name])})"


def _relation(
    record: Mapping[str, Any], rank: int, addresses: Sequence[str], conventions: Mapping[str, Any]
) -> Relation:
    kind = KINDS[record["kind"]]
    arguments = {name: fitted(kind.hints[name], value) for name, value in record.items() if name not in _SHOWN}
    for name in arguments.keys() - kind.literals:
        arguments[name] = repetition.expanded(arguments[name], addresses)
    stated = {name: str(option) for name, option in (conventions | record.get("conventions", {})).items()}
    return Relation(record["id"], kind.name, record["label"], record["section"], arguments, stated, rank)
