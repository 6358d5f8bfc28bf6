"""A file is read from its path or its bytes; a path that is no file is refused, by its name alone."""

import pytest

from relecture.answers.tables import opening
from relecture.answers.tables.table import UnreadableFile


def test_a_path_and_its_bytes_give_the_same_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    for source in (path, str(path), path.read_bytes()):
        table, faults = opening.read_table(source)
        assert (table.headers, table.kind, faults) == (("a", "b"), "csv", [])


@pytest.mark.parametrize(("name", "fault"), [
    ("rien.csv", "« rien.csv » : fichier absent"), ("", "ne peut pas être lu comme un fichier"),
])  # fmt: skip
def test_a_path_that_is_no_file_is_refused(tmp_path, name, fault):
    with pytest.raises(UnreadableFile, match=fault) as refused:
        opening.read_table(tmp_path / name)
    assert str(tmp_path.parent) not in str(refused.value)
