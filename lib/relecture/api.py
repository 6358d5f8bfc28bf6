"""A study that answers for itself: what a notebook needs in one import."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from relecture.core import study as core
from relecture.core.study import ROOT


class Study(core.Study):
    pass


class Findings(tuple):
    pass


def load_study(study: str | Path, root: Path = ROOT) -> Study:
    """The study of that name, or the one in that folder, as `core.study.load_study` finds it."""
    loaded = core.load_study(study, root)
    return Study(*(getattr(loaded, field.name) for field in fields(loaded)))
