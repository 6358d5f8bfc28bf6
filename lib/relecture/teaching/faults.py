"""Faults of a file of exercises that its schema cannot see: names, numbers typed, answers, sessions.

Each fault comes with the keys and ranks that lead to it, for its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from relecture.core.errors import InputError
from relecture.report.legends import names_in
from relecture.report.verdicts import VERDICTS
from relecture.teaching import calculations, exercises

LEAST_WRONG, LEAST_BY_AIM = 3, 2
_TYPED = re.compile(r"(?<![\w{])\d[\d.,]*(?![\w}])")
_SAID = (
    "title",
    "prompt",
    "passage",
    "otherwise",
    "conclusion",
    "hints",
    "grid",
    "table",
    "segments",
    "say",
    "summary",
    "text",
)
_Fault = tuple[tuple[Any, ...], str]


def faults(document: Mapping[str, Any], root: Path) -> Iterator[_Fault]:
    """Every fault of a document that follows the schema."""
    for rank, record in enumerate(document["exercises"]):
        yield from ((("exercises", rank, *place), reason) for place, reason in _of_exercise(record, root))
    yield from _repeated(document)
    yield from _aims(document)
    yield from _sessions(document)
    for name in ("aims", "sessions"):
        for rank, record in enumerate(document[name]):
            yield from (((name, rank, *place), reason) for place, reason in _typed(record))


def _of_exercise(record: Mapping[str, Any], root: Path) -> Iterator[_Fault]:
    yield from _typed(record)
    yield from _answers(record)
    try:
        known = {*exercises.texts(record, root)}
    except InputError as error:
        yield ("source",), " ; ".join(error.faults)
        return
    except (KeyError, ValueError) as error:
        yield ("results",), _said(error)
        return
    yield from _unknown(record, known)
    yield from _values(record, root)
    yield from _verdict(record, root)


def _typed(record: Mapping[str, Any]) -> Iterator[_Fault]:
    """Numbers that stand in a text as figures: an address, a given number or a result is meant."""
    parts = [((key,), record[key]) for key in _SAID if key in record]
    parts += [
        (("answers", rank, "feedback"), answer["feedback"]) for rank, answer in enumerate(record.get("answers", ()))
    ]
    parts += [
        (("plan", rank, key), step[key])
        for rank, step in enumerate(record.get("plan", ()))
        for key in ("title", "say")
        if key in step
    ]
    for where, text in parts:
        for leaf in _leaves(text):
            for found in _TYPED.findall(re.sub(r"\{[^{}]*\}", "", leaf)):
                yield (
                    where,
                    f"« {found} » est tapé ; attendu : une adresse, un nombre donné ou un résultat, entre accolades",
                )


def _leaves(text: Any) -> Iterator[str]:
    if isinstance(text, str):
        yield text
    else:
        for part in text:
            yield from _leaves(part)


def _answers(record: Mapping[str, Any]) -> Iterator[_Fault]:
    """One right answer where one is due, three wrong ones at least, each told by the key that its question takes."""
    right = [answer for answer in record["answers"] if answer.get("right")]
    wrong = len(record["answers"]) - len(right)
    if wrong < LEAST_WRONG:
        yield ("answers",), f"{wrong} réponses fausses prévues ; attendu : au moins {LEAST_WRONG}"
    if record["ask"] in ("number", "choice") and len(right) != 1:
        yield ("answers",), f"{len(right)} réponses justes ; attendu : une"
    if record["ask"] != "choice" and "otherwise" not in record:
        yield (), "il manque « otherwise », ce qui se dit d'une réponse qui n'est pas prévue"
    if record["ask"] == "text" and "grid" not in record:
        yield (), "il manque « grid », ce que le texte se voit demander"
    keys = {"number": {"value", "above", "below"}, "choice": {"choice"}, "text": {"words"}}.get(
        record["ask"], {"above", "below"}
    )
    for rank, answer in enumerate(record["answers"]):
        if not keys & answer.keys():
            yield ("answers", rank), f"attendu : {' ou '.join(sorted(keys))}"


def _unknown(record: Mapping[str, Any], known: set[str]) -> Iterator[_Fault]:
    parts = [((key,), record[key]) for key in _SAID if key in record]
    parts += [
        (("answers", rank, key), answer[key])
        for rank, answer in enumerate(record["answers"])
        for key in ("feedback", "choice")
        if key in answer
    ]
    parts += [(("numbers", name), f"{{{name}}}") for name in record.get("numbers", {})]
    for place, text in parts:
        try:
            missing = [name for leaf in _leaves(text) for name in names_in(leaf) if name not in known]
        except ValueError:
            yield place, "accolade ouverte ou fermée seule"
        else:
            yield from (
                (place, f"« {name} » : ni adresse de « {record['source']} », ni nombre de l'exercice")
                for name in missing
            )


def _values(record: Mapping[str, Any], root: Path) -> Iterator[_Fault]:
    """Calculations without value, and two answers that the same number would meet."""
    values, seen = exercises.known_numbers(record, root), {}
    for rank, answer in enumerate(record["answers"]):
        for key in ("value", "above", "below"):
            if key not in answer:
                continue
            try:
                found = calculations.value(answer[key], values)
            except (KeyError, ValueError) as error:
                yield ("answers", rank, key), _said(error)
                continue
            if key == "value":
                for written in dict.fromkeys(exercises.as_written(found, record.get("decimals", 0))):
                    if seen.setdefault(written, rank) != rank:
                        yield ("answers", rank, key), f"deux réponses valent {written.replace('.', ',')}"


def _verdict(record: Mapping[str, Any], root: Path) -> Iterator[_Fault]:
    """The finding that an exercise names exists, and a question about its verdict has that verdict as right answer."""
    if "finding" not in record:
        return
    found = {one.id: one.finding.verdict for one in exercises.findings_of(record["source"], root)}
    if record["finding"] not in found:
        yield ("finding",), f"aucun constat ne s'appelle « {record['finding']} »"
    elif record["kind"] == "verdict":
        word = VERDICTS[found[record["finding"]]].word
        said = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
        if not any(answer.get("right") and said.search(answer.get("choice", "")) for answer in record["answers"]):
            yield ("answers",), f"le constat est « {word} » ; la réponse juste ne le dit pas"


def _repeated(document: Mapping[str, Any]) -> Iterator[_Fault]:
    for kind in ("aims", "sessions", "exercises"):
        seen: set[str] = set()
        for rank, record in enumerate(document[kind]):
            if record["id"] in seen:
                yield (kind, rank, "id"), f"« {record['id']} » est pris deux fois"
            seen.add(record["id"])


def _aims(document: Mapping[str, Any]) -> Iterator[_Fault]:
    known, met = [aim["id"] for aim in document["aims"]], Counter(one["aim"] for one in document["exercises"])
    for rank, record in enumerate(document["exercises"]):
        if record["aim"] not in known:
            yield ("exercises", rank, "aim"), f"« {record['aim']} » n'est pas un but ; buts : {', '.join(known)}"
    for rank, aim in enumerate(known):
        if met[aim] < LEAST_BY_AIM:
            yield ("aims", rank), f"« {aim} » n'a que {met[aim]} exercice ; attendu : au moins {LEAST_BY_AIM}"


def _sessions(document: Mapping[str, Any]) -> Iterator[_Fault]:
    minutes = {one["id"]: one["minutes"] for one in document["exercises"]}
    planned: list[str] = []
    for rank, session in enumerate(document["sessions"]):
        chosen = [name for step in session["plan"] for name in step.get("exercises", ())]
        unknown = [name for name in chosen if name not in minutes]
        yield from ((("sessions", rank, "plan"), f"aucun exercice ne s'appelle « {name} »") for name in unknown)
        total = sum(step["talk"] for step in session["plan"]) + sum(minutes.get(name, 0) for name in chosen)
        if total != session["minutes"]:
            yield ("sessions", rank, "minutes"), f"{session['minutes']} minutes annoncées, {total} au programme"
        planned += chosen
    yield from _unplanned(document["exercises"], Counter(planned))


def _unplanned(records: Sequence[Mapping[str, Any]], planned: Mapping[str, int]) -> Iterator[_Fault]:
    for rank, record in enumerate(records):
        if planned[record["id"]] != 1:
            yield (
                ("exercises", rank, "id"),
                f"« {record['id']} » est dans {planned[record['id']]} séances ; attendu : une",
            )


def _said(error: Exception) -> str:
    return f"« {error.args[0]} » : nombre inconnu" if isinstance(error, KeyError) else str(error)
