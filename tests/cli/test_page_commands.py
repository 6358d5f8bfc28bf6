"""A build says what it does, where the pages are and which cell failed."""


def test_a_build_says_what_it_does_and_where_the_pages_are(relecture, at_toy):
    first, second = relecture("build"), relecture("build")
    index = at_toy.root / "outputs/index.html"
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines() == [
        "jouet : exécution du carnet…",
        f"Construites : 1 ; les pages sont dans {index}",
    ]
    assert second.stdout == f"Rien à refaire, tout est à jour ; les pages sont dans {index}\n"


def test_a_failing_notebook_is_named_with_its_cell_and_its_error(relecture, at_toy):
    at_toy.write({"notebooks/jouet.ipynb": at_toy.notebook([("code", "raise ValueError('a\\nb')", [])])})
    result = relecture("build", "jouet", "--out", str(at_toy.root / "pages"))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:3] == [
        "jouet : ÉCHEC",
        "  cellule de code n° 1 : ValueError : a",
        "  b",
    ]
    assert str(at_toy.root / "pages/jouet.failed.html") in result.stderr
    assert "En échec : 1" in result.stdout


def test_own_answers_need_one_study_and_a_file(relecture, tmp_path):
    assert relecture("build", "--answers", tmp_path).exit_code == 2
    missing = relecture("build", "guefif", "--answers", tmp_path / "absent.csv")
    assert missing.exit_code == 1 and "fichier introuvable" in missing.output
