"""How long do libraries take to import, and notebooks to run as plain scripts, one after another?

`python plain.py NOTEBOOK...` prints the seconds of both as JSON: no kernel, no page, nothing displayed. It is
the least that a build can take on one core.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

os.environ["MPLBACKEND"] = "agg"


def main(paths: list[str]) -> None:
    from relecture.build.notebooks import fork_server

    begun = time.perf_counter()
    for name in fork_server.LIBRARIES:
        importlib.import_module(name)
    imported = time.perf_counter()
    with redirect_stdout(open(os.devnull, "w", encoding="utf-8")):
        for path in paths:
            run(Path(path))
    print(json.dumps({"imports": imported - begun, "code": time.perf_counter() - imported}))


def run(path: Path) -> None:
    os.chdir(path.parent)
    told = {"__name__": "__main__", "display": lambda *_, **__: None}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), told)


if __name__ == "__main__":
    main([str(Path(path).resolve()) for path in sys.argv[1:]])
