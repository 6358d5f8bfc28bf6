"""Records are read back as they were written, and the sources of a page are what can change it, and nothing else."""

import json

import pytest

from relecture.build.state import records
from relecture.build.state.records import Record
from relecture.core import fingerprints
from relecture.core.errors import InputError

RECORD = Record("1", "2", "Un titre", {"reproduced": 3}, {"lib/a.py": "4"})


def test_records_are_read_back_and_what_cannot_be_read_is_none(tmp_path):
    records.write(tmp_path, {"b": RECORD, "a": RECORD})
    assert records.read(tmp_path) == {"a": RECORD, "b": RECORD}
    assert list(json.loads((tmp_path / records.RECORDS).read_text(encoding="utf-8"))) == ["a", "b"]
    for spoiled in ("{", "[]", '{"a": {"autre": 1}}'):
        (tmp_path / records.RECORDS).write_text(spoiled, encoding="utf-8")
        assert records.read(tmp_path) == {}


def test_a_page_is_fresh_with_its_inputs_and_its_bytes(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<p>", encoding="utf-8")
    record = Record("1", fingerprints.of_file(page), "", {})
    assert records.is_fresh(record, "1", page)
    assert not records.is_fresh(record, "2", page) and not records.is_fresh(None, "1", page)
    page.write_text("<b>", encoding="utf-8")
    assert not records.is_fresh(record, "1", page)


def test_sources_are_the_notebook_the_data_the_library_and_the_parameters(toy):
    notebook = toy.root / "notebooks/jouet.ipynb"
    library = fingerprints.of_library(toy.root)
    told = records.sources(notebook, toy.root, {"dose": 4}, library)
    data = {f"data/jouet/{name}" for name in ("study.yaml", "printed.csv", "relations.yaml")}
    assert set(told) == {"notebooks/jouet.ipynb", *data, *library, records.PARAMETERS}
    other = records.sources(notebook, toy.root, {}, library)
    assert {name for name in told if told[name] != other[name]} == {records.PARAMETERS}
    assert set(map(len, records.short_fingerprints(told).values())) == {16}


@pytest.mark.parametrize("value", ["", "x" * 5000, "a\0b", 3, None])
def test_a_parameter_that_is_no_file_counts_by_its_value(toy, value):
    told = records.sources(toy.root / "notebooks/jouet.ipynb", toy.root, {"dose": value}, {})
    assert told[records.PARAMETERS] == fingerprints.of_json({"dose": value})


def test_a_notebook_that_cannot_be_read_is_refused(toy):
    toy.write({"notebooks/jouet.ipynb": "[]"})
    with pytest.raises(InputError, match=r"jouet\.ipynb"):
        records.own_sources(toy.root / "notebooks/jouet.ipynb", toy.root)


def test_the_committed_manifest_is_no_input_not_even_of_a_notebook_that_reads_all_studies(toy):
    notebook = toy.root / "notebooks/ensemble.ipynb"
    toy.write({"notebooks/ensemble.ipynb": toy.notebook()})
    before = records.own_sources(notebook, toy.root)
    toy.write({"data/manifest.json": "{}"})
    assert records.own_sources(notebook, toy.root) == before
    data = toy.root / "data"
    assert fingerprints.of_files(data, data) == fingerprints.of_files(data / "jouet", data)
