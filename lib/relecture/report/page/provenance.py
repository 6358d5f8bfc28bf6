"""Provenance of a page: data, library, parameters and versions it was made with, and the command that makes it again.

It is what the colophon shows. Fingerprints, not dates or folders, so that two builds of the same content say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from relecture.core import fingerprints
from relecture.core.french import numbers
from relecture.core.study import ROOT, Study
from relecture.report.legends import COVERAGE

_PACKAGES = ("numpy", "pandas", "scipy", "statsmodels", "pingouin", "matplotlib", "nbconvert", "papermill")
_SHOWN = 12
_WORDS = {  # parameters that notebooks share; others keep their name
    "answers": "réponses",
    "confidence": "niveau de confiance",
    "index": "indice de ressemblance",
    "k": "nombre de classes",
    "seed": "graine",
    "smallest_cell": "plus petit effectif montré",
}


def origin(study: Study, **parameters: Any) -> dict[str, str]:
    """What `elements.colophon` shows: the work read again, version, fingerprints, parameters, packages, command."""
    return _source(study.about) | of_page(study.name, study.folder, **parameters)


def _source(about: Mapping[str, Any]) -> dict[str, str]:
    """The reference of the work, unless it is fictional."""
    parts = [str(about[name]) for name in ("author", "subject", "degree", "university", "url") if about.get(name)]
    return {"Source": ", ".join(parts)} if "author" in about and not about.get("fictional") else {}


def of_page(name: str, folder: Path, **parameters: Any) -> dict[str, str]:
    """The origin of a page that reads all of a folder, for a notebook that belongs to no study."""
    data = fingerprints.of_json(fingerprints.of_files(folder, folder))
    return {
        "Relecture": version("relecture"),
        "Empreinte des données": data[:_SHOWN],
        "Empreinte de la bibliothèque": fingerprints.of_json(fingerprints.of_library(ROOT))[:_SHOWN],
        "Paramètres": ", ".join(
            f"{_WORDS.get(name, name)} = {numbers(str(value))}" for name, value in parameters.items()
        ),
        **({"Intervalles": COVERAGE["coverage.usual"]} if "confidence" in parameters else {}),
        "Bibliothèques": ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        "Pour refaire cette page": f"make {name}",
    }
