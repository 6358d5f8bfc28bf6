"""The answers of a respondent who is not saved yet, kept in a file beside that of answers.

The draft of `mes-reponses.csv` is `mes-reponses.brouillon.json`, on this machine and nowhere else. It bears the
fingerprint of its questionnaire: one that has changed since is not taken up, and its draft is put aside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from pathlib import Path
from typing import Any

from relecture.answers.questionnaire.instrument import Instrument
from relecture.core import files
from relecture.core.fingerprints import of_json

OTHER = "Le questionnaire a changé depuis le brouillon : il n'est pas repris, et reste dans « {} »."


class Draft:
    """The draft of one file of answers for one questionnaire."""

    def __init__(self, instrument: Instrument, answers: Path) -> None:
        self.path = answers.with_name(f"{answers.stem}.brouillon.json")
        self._questionnaire = of_json(asdict(instrument))

    def write(self, page: int, values: Mapping[str, Any]) -> None:
        """Keep what was answered so far, whole or not at all; InputError when it cannot be written."""
        kept = {"questionnaire": self._questionnaire, "page": page, "values": values}
        files.write(self.path, json.dumps(kept, ensure_ascii=False, default=lambda moment: moment.isoformat()))

    def read(self, kinds: Mapping[str, str]) -> tuple[int, dict[str, Any], str]:
        """The page and the values by control, of that kind of item; then what to tell when they are put aside."""
        if not self.path.exists():
            return 0, {}, ""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            if kept["questionnaire"] == self._questionnaire:
                values = {name: _moment(kinds[name], value) for name, value in kept["values"].items()}
                return int(kept["page"]), values, ""
        except (OSError, ValueError, KeyError, TypeError):
            pass
        aside = self.path.with_name(f"{self.path.stem}-ancien.json")
        self.path.replace(aside)
        return 0, {}, OTHER.format(aside.name)

    def erase(self) -> None:
        """Leave no draft."""
        files.remove(self.path)


def _moment(kind: str, value: Any) -> Any:
    """The value as its control holds it: JSON has no day and no time."""
    reads = {"date": date.fromisoformat, "time": time.fromisoformat}
    return reads[kind](value) if kind in reads and value else value
