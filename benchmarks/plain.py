"""Notebooks run as plain scripts, one after another: the least that a build can take.

`python plain.py NOTEBOOK...` prints as JSON the seconds of processor that the libraries take to import, and the code to
run: no kernel, no page, nothing displayed.
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

    begun = time.process_time()
    for name in fork_server.LIBRARIES:
        importlib.import_module(name)
    imported = time.process_time()
    with redirect_stdout(open(os.devnull, "w", encoding="utf-8")):
        for path in paths:
            run(Path(path))
    print(json.dumps({"imports": imported - begun, "code": time.process_time() - imported}))


def run(path: Path) -> None:
    os.chdir(path.parent)
    told = {"__name__": "__main__", "display": lambda *_, **__: None}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), told)


if __name__ == "__main__":
    main([str(Path(path).resolve()) for path in sys.argv[1:]])
