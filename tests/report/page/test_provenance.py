"""Provenance of a page: the same content says the same, whatever its folder; parameters stand as they were given."""

from relecture.report.page import provenance


def folder(path, text="a"):
    path.mkdir()
    (path / "printed.csv").write_text(text, encoding="utf-8")
    return path


def test_two_folders_of_one_content_say_the_same_and_another_content_does_not(tmp_path):
    first, same = (provenance.of_page("jouet", folder(tmp_path / name), seed=2023) for name in ("un", "deux"))
    other = provenance.of_page("jouet", folder(tmp_path / "trois", "b"), seed=2023)
    assert first == same
    assert {key for key in first if first[key] != other[key]} == {"Empreinte des données"}


def test_parameters_and_command_are_those_of_the_page(tmp_path):
    values = provenance.of_page("jouet", folder(tmp_path / "un"), seed=2023, answers="aucun fichier")
    assert values["Paramètres"] == "seed = 2023, answers = aucun fichier"
    assert values["Pour refaire cette page"] == "make jouet" and str(tmp_path) not in str(values)
