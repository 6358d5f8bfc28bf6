"""Fingerprints: of the bytes alone, of every file a page depends on, and of no other."""

import hashlib

import pytest

from relecture.core import fingerprints


@pytest.fixture
def root(tmp_path):
    """A house with a library, a lock, and what no page depends on."""
    written = ["lib/relecture/a.py", "lib/relecture/b/c.json", "requirements.lock"]
    left_out = ["lib/relecture/__pycache__/a.pyc", "lib/relecture/.hidden", "data/manifest.json", "README.md"]
    for name in (*written, *left_out, "data/x/study.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def test_a_file_has_the_sha256_of_its_bytes(root):
    assert fingerprints.of_file(root / "README.md") == hashlib.sha256(b"README.md").hexdigest()


def test_the_library_is_its_files_and_the_lock(root):
    found = fingerprints.of_library(root)
    assert list(found) == ["lib/relecture/a.py", "lib/relecture/b/c.json", "requirements.lock"]
    assert found["requirements.lock"] == fingerprints.of_file(root / fingerprints.LOCK)


def test_caches_hidden_files_and_the_manifest_are_left_out(root):
    assert set(fingerprints.of_files(root / "data", root)) == {"data/x/study.yaml"}


def test_parts_do_not_depend_on_their_order_and_differ_by_any_value():
    parts = {"seed": 1, "files": {"a": "x", "b": "y"}}
    assert fingerprints.of_json(parts) == fingerprints.of_json({"files": {"b": "y", "a": "x"}, "seed": 1})
    assert fingerprints.of_json(parts) != fingerprints.of_json(parts | {"seed": "1"})
    assert fingerprints.of_json({"scale": range(3)}) != fingerprints.of_json({"scale": range(4)})
