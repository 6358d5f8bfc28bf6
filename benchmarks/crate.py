"""Does the reference validator of RO-Crate accept a folder that `relecture crate` wrote?

Runs with the python of .bench, never of the compendium: `crate.py FOLDER CONTEXT`. The validator wants the
JSON-LD context of the specification, which is on the web; CONTEXT is the file of it that the `rocrate`
library ships, served here under that address, so that nothing is fetched. One line a fault: the rule, what
breaks it, and what the rule says; exit status 1 when there is one.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from urllib3 import HTTPResponse


class Shipped(HTTPAdapter):
    """Answers every request with one file."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def send(self, request: Any, **_: Any) -> Any:
        kind = {"Content-Type": "application/ld+json"}
        body = HTTPResponse(io.BytesIO(self.content), headers=kind, status=200, preload_content=False)
        return self.build_response(request, body)


def main(folder: Path, context: Path) -> int:
    document = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    with TemporaryDirectory() as temporary:
        cache = str(Path(temporary, "http"))
        with CachedSession(cache_name=cache, backend="sqlite", expire_after=-1) as session:
            session.mount("https://", Shipped(context.read_bytes()))
            session.get(document["@context"])
        issues = services.validate(_settings(folder, document, cache)).get_issues()
    for rule, what, who in sorted({(i.check.identifier, str(i.message), str(i.violatingEntity)) for i in issues}):
        print(f"{rule} | {who} | {what}")
    return bool(issues)


def _settings(folder: Path, document: dict[str, Any], cache: str) -> ValidationSettings:
    """Everything that the version of the specification requires, without the network."""
    profile = f"ro-crate-{document['@context'].split('/')[-2]}"
    required = {"requirement_severity": Severity.REQUIRED, "profile_identifier": profile}
    return ValidationSettings(rocrate_uri=str(folder), offline=True, cache_path=cache, **required)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
