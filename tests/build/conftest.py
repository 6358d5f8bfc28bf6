"""Pages that were built without a kernel."""

from dataclasses import replace

import pytest

from relecture.build.state import manifest, records
from relecture.core import fingerprints


@pytest.fixture
def record():
    """`record(root, *names)` notes pages that were written by hand as built from the files as they are.

    `second` is a notebook whose second page is there too.
    """
    return _record


def _record(root, *names, title=None, second=""):
    out, library = root / "outputs", fingerprints.of_library(root)
    notebooks = {name: root / f"notebooks/{name}.ipynb" for name in names}
    sources = {name: records.sources(path, root, {}, library) for name, path in notebooks.items() if path.exists()}
    inputs = {name: fingerprints.of_json(sources[name]) if name in sources else "" for name in names}
    outputs = {name: fingerprints.of_file(out / f"{name}.html") for name in names}
    built = {name: records.Record(inputs[name], outputs[name], title or name, {}) for name in names}
    if second:
        page = f"{second}-methode"
        built[second] = replace(built[second], beside={page: fingerprints.of_file(out / f"{page}.html")})
    records.write(out, built)
    manifest.update(out, root, built)
