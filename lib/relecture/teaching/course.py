"""A course: the sessions of a file `exercices.yaml`, part by part, with their exercises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.files import lines
from relecture.core.study import ROOT
from relecture.teaching.exercises import Exercise, exercise, findings_of, source_of
from relecture.teaching.faults import faults

FILE, SCHEMA = "exercices.yaml", Path(__file__).with_name("exercises.schema.json")


@dataclass(frozen=True)
class Step:
    """A part of a session: what is said, for how long, then exercises; `start` is its first minute."""

    title: str
    start: int
    talk: int
    say: str
    exercises: tuple[Exercise, ...]

    @property
    def end(self) -> int:
        """Its last minute."""
        return self.start + self.talk + sum(exercise.minutes for exercise in self.exercises)


@dataclass(frozen=True)
class Session:
    """What is done together in one sitting."""

    id: str
    title: str
    minutes: int
    summary: str
    material: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises, in their order."""
        return tuple(exercise for step in self.steps for exercise in step.exercises)


@dataclass(frozen=True)
class Course:
    """Every session of a file, with the aims of the exercises by id."""

    aims: Mapping[str, str]
    sessions: tuple[Session, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of all sessions, in their order."""
        return tuple(exercise for session in self.sessions for exercise in session.exercises)


def load(path: Path, root: Path = ROOT) -> Course:
    """The sessions of a file; InputError with every fault, each with its line."""
    for remembered in (source_of, findings_of):  # the studies as they are now, each read once
        remembered.cache_clear()
    document = schemas.read(path, SCHEMA)
    if found := list(faults(document, root)):
        places = lines(path, [place for place, _ in found])
        told = sorted(zip(places, (reason for _, reason in found), strict=True))
        raise InputError(dict.fromkeys(f"{path.name}, ligne {line} : {reason}" for line, reason in told))
    exercises = {record["id"]: exercise(record, root) for record in document["exercises"]}
    aims = {aim["id"]: aim["text"] for aim in document["aims"]}
    return Course(aims, tuple(_session(record, exercises) for record in document["sessions"]))


def _session(record: Mapping[str, Any], exercises: Mapping[str, Exercise]) -> Session:
    steps, start = [], 0
    for one in record["plan"]:
        chosen = tuple(exercises[name] for name in one.get("exercises", ()))
        steps.append(Step(one["title"], start, one["talk"], one.get("say", ""), chosen))
        start = steps[-1].end
    said = {name: record[name] for name in ("id", "title", "minutes", "summary")}
    return Session(**said, material=tuple(record["material"]), steps=tuple(steps))
