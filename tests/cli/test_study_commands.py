"""Audits, exported questionnaires and synthetic answers, as the command prints and writes them."""

import json

import pytest

from relecture.answers.files import validation
from relecture.answers.formats.registry import FORMATS
from relecture.answers.questionnaire import instrument
from relecture.core import study
from relecture.core.french import typeset
from relecture.core.study import ROOT, load_study
from relecture.printed import audit, kept_findings
from relecture.printed.audit import Checked
from relecture.printed.finding import Finding, Verdict

PLANNED = sorted(path.parent.name for path in (ROOT / "data").glob("*/synthetic.yaml"))
REPRODUCED = {"ajoodha": (44, 46), "guefif": (175, 187), "zerhoui": (120, 131)}


def test_an_audit_that_finds_nothing_says_that_a_folder_is_accepted(relecture, at_toy):
    told = relecture("audit", "rien").stderr
    assert told.startswith(typeset("« rien » n'est ni une étude de ce recueil (études connues : jouet) ni un dossier"))
    assert told.endswith(typeset(" : .csv, .xlsx, .docx, .html)\n"))


@pytest.mark.parametrize("path", ["mes relevés/article", "./mes relevés/article/", "{cwd}/mes relevés/article"])
def test_any_folder_is_audited_without_a_study_file(relecture, at_toy, monkeypatch, path):
    at_toy.write(
        {
            "mes relevés/article/printed.csv": "address,value,kind,place,note\na,6,count,x,\nb,6,count,y,\n",
            "mes relevés/article/relations.yaml": "- {id: r, kind: same, section: S, label: L, values: [a, b]}\n",
        }
    )
    monkeypatch.chdir(at_toy.root)
    result = relecture("audit", path.format(cwd=at_toy.root))
    assert result.exit_code == 0
    assert "✓ L — retrouvé" in result.stdout


def test_a_known_study_wins_over_a_folder_of_the_same_name(relecture, at_toy, monkeypatch):
    at_toy.write({"ici/jouet/printed.csv": "", "ici/jouet/relations.yaml": ""})  # would be refused: no column
    monkeypatch.chdir(at_toy.root / "ici")
    assert relecture("audit", "jouet").exit_code == 0
    assert relecture("audit", "./jouet").stderr.startswith(typeset("printed.csv, ligne 1 : colonnes aucune"))


FOUND = [
    Checked(
        f"r{rank}", "same", f"Partie {rank % 2}", f"Nombre {rank}", "p. 1", (f"a.{rank}",), "8", Finding(verdict, "")
    )
    for rank, verdict in enumerate([*Verdict] * 30)
]


@pytest.fixture
def many(monkeypatch, at_toy):
    """150 findings on the toy study, thirty of each verdict."""
    monkeypatch.setattr(kept_findings, "kept", lambda *_, **__: FOUND)


def test_an_audit_opens_with_its_tally_and_is_a_pager_s_worth_of_what_does_not_hold(relecture, many):
    lines = relecture("audit", "jouet").stdout.splitlines()
    assert lines[0].startswith("150\u00a0vérifications") and len(lines) == 40
    assert {line[0] for line in lines[3:30]} == {"✗"}
    assert "relecture audit jouet --all" in " ".join(lines[-2:])


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (["--all"], 150),
        (["--only", "inconsistent"], 30),
        (["--only", "Incohérents"], 30),
        (["--only", "✗"], 30),
        (["--only", "~"], 30),
        (["--address", "a.1*"], 61),
        (["--address", "a.1*", "--only", "retrouvé"], 12),
    ],
)
def test_what_is_asked_for_is_shown_whole(relecture, many, words, marks):
    lines = relecture("audit", "jouet", *words).stdout.splitlines()
    assert sum(line.startswith(tuple("✓≈~✗?")) for line in lines) == marks


@pytest.mark.parametrize("form", ["text", "texte", "csv", "json"])
def test_an_audit_succeeds_whatever_the_verdicts(relecture, many, form):
    result = relecture("audit", "jouet", "--format", form)
    assert (result.exit_code, "Nombre 3" in result.stdout_bytes.decode("utf-8")) == (0, True)


def test_a_short_audit_is_shown_whole(relecture, monkeypatch, at_toy):
    monkeypatch.setattr(kept_findings, "kept", lambda *_, **__: FOUND[:5])
    result = relecture("audit", "jouet")
    assert result.stdout.count("imprimé") == 5 and "--all" not in result.stdout


def test_findings_are_kept_from_one_audit_to_the_next(relecture, monkeypatch, at_toy, tmp_path):
    monkeypatch.setattr(kept_findings, "FOLDER", tmp_path / "cache")
    monkeypatch.setattr(kept_findings.fingerprints, "of_library", lambda root: "ici")
    first = relecture("audit", "jouet").stdout
    monkeypatch.setattr(audit, "audit", lambda *_, **__: pytest.fail("made again"))
    assert relecture("audit", "jouet").stdout == first != ""


def test_a_real_audit_is_json_that_a_machine_reads(relecture):
    result = relecture("audit", "guefif", "--format", "json")
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) > 0


TABLE = """Variable;Oui (n = 21);Non (n = 60)
Genre;;
  Homme;8 (38,1);31 (51,7)
  Femme;13 (61,9);29 (84,3)
"""


@pytest.mark.parametrize(
    ("words", "told", "hidden"),
    [
        ([], "13 (61,9) ✓", ""),
        (["--only", "inconsistent"], "84,3 → 48,3", "retrouvés"),
        (["--address", "*homme*", "--format", "csv"], "genre.homme.oui", "genre.femme.oui_pourcentage"),
        (["--format", "json"], '"inconsistent": 1', "✗"),
        (["--n", "90"], "13 (61,9) ✓", ""),
    ],
)
def test_a_pasted_table_is_audited(relecture, tmp_path, words, told, hidden):
    (tmp_path / "tableau.csv").write_text(TABLE, encoding="utf-8")
    result = relecture("audit", tmp_path / "tableau.csv", *words)
    assert (result.exit_code, told in result.stdout) == (0, True), result.output
    assert not hidden or hidden not in result.stdout


def test_a_pasted_table_becomes_a_folder_that_is_audited_alike(relecture, tmp_path):
    (tmp_path / "tableau.csv").write_text(TABLE, encoding="utf-8")
    first = relecture("audit", tmp_path / "tableau.csv", "--out", tmp_path / "dossier", "--format", "csv")
    assert first.stderr == f"Dossier écrit : {tmp_path / 'dossier'}\n"
    assert relecture("audit", tmp_path / "dossier", "--format", "csv").stdout == first.stdout
    again = ["audit", tmp_path / "tableau.csv", "--out", tmp_path / "dossier"]
    (tmp_path / "dossier/notes.txt").write_text("à moi", encoding="utf-8")
    (tmp_path / "dossier/printed.csv").write_text("", encoding="utf-8")
    assert "--force" in relecture(*again).stderr
    assert relecture(*again, "--force").exit_code == 0
    assert relecture("audit", tmp_path / "dossier", "--format", "csv").stdout == first.stdout
    assert (tmp_path / "dossier/notes.txt").read_text(encoding="utf-8") == "à moi"


def test_a_verdict_that_does_not_exist_is_refused_with_those_that_do(relecture):
    assert "reproduced" in relecture("audit", "guefif", "--only", "faux").stderr


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_written_and_says_what_it_leaves_out(relecture, tmp_path, form):
    done = relecture("export", "guefif", form, tmp_path / "questionnaire")
    assert done.exit_code == 0
    assert (tmp_path / "questionnaire").stat().st_size > 1000
    assert typeset("non exprimé : score") in done.output and "Questionnaire écrit" in done.output


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["export", "guefif", "xlsform"], ["guefif-xlsform.xlsx"]),
        (["export", "guefif", "surveyjs"], ["guefif-surveyjs.json"]),
        (["synthesise", "ajoodha"], ["ajoodha.synthetic.csv", "ajoodha.synthetic.json"]),
    ],
)
def test_without_a_file_it_goes_to_outputs_and_is_never_replaced_unasked(
    relecture, tmp_path, monkeypatch, words, names
):
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.setattr(study, "ROOT", tmp_path)
    first, again, forced = relecture(*words), relecture(*words), relecture(*words, "--force")
    assert (first.exit_code, again.exit_code, forced.exit_code) == (0, 1, 0), first.output
    assert sorted(path.name for path in (tmp_path / "outputs").iterdir()) == names
    assert names[0] in first.stdout
    assert names[0] in again.stderr and "--force" in again.stderr and again.stdout == ""


def test_coded_answers_and_folders_are_never_replaced_unasked(relecture, tmp_path):
    relecture("synthesise", "guefif", tmp_path / "essai.synthetic.csv")
    (tmp_path / "codees.csv").write_text("à moi", encoding="utf-8")
    words = ["validate", "guefif", tmp_path / "essai.synthetic.csv", "--out", tmp_path / "codees.csv"]
    refused = relecture(*words)
    assert (refused.exit_code, refused.stderr.count("--force")) == (1, 1)
    assert (tmp_path / "codees.csv").read_text(encoding="utf-8") == "à moi"
    assert relecture(*words, "--force").exit_code == 0
    assert (tmp_path / "codees.csv").read_text(encoding="utf-8") != "à moi"


def test_surveyjs_is_json(relecture, tmp_path):
    relecture("export", "guefif", "surveyjs", tmp_path / "q.json")
    assert json.loads((tmp_path / "q.json").read_text(encoding="utf-8"))["locale"] == "fr"


def test_an_unknown_format_lists_those_there_are(relecture, tmp_path):
    done = relecture("export", "guefif", "word", tmp_path / "q")
    assert done.exit_code == 2 and "xlsform" in done.output


def test_a_file_that_cannot_be_written_is_told_in_one_line(relecture, tmp_path):
    done = relecture("export", "guefif", "redcap", tmp_path / "absent" / "q.csv")
    assert done.exit_code == 1 and "écriture impossible" in done.output


@pytest.fixture
def synthesise(relecture):
    return lambda *words: relecture("synthesise", *words)


@pytest.mark.parametrize("name", REPRODUCED)
def test_the_file_is_labelled_and_read_back_without_a_fault(synthesise, tmp_path, name):
    result = synthesise(name, tmp_path / "essai.csv")
    found, of = REPRODUCED[name]
    assert result.exit_code == 0, result.output
    assert result.output.count("\n") == 1
    assert f"nombres imprimés retrouvés : {found} sur {of}" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["essai.synthetic.csv", "essai.synthetic.json"]
    told = json.loads((tmp_path / "essai.synthetic.json").read_text(encoding="utf-8"))
    assert (told["synthetic"], told["study"], told["seed"]) == (True, name, 2023)
    assert len(told["account"]) == of
    read = validation.read(instrument.load(load_study(name)), tmp_path / "essai.synthetic.csv")
    assert len(read.frame) == told["respondents"]
    assert read.frame.index.str.startswith("synthetique-").all()


def test_the_same_seed_gives_the_same_bytes(synthesise, tmp_path):
    for place, seed in (("a", 4), ("b", 4), ("c", 5)):
        synthesise("ajoodha", tmp_path / f"{place}-synthetic.csv", "--seed", seed)
    one, same, other = ((tmp_path / f"{place}-synthetic.csv").read_bytes() for place in "abc")
    assert one == same != other
    assert (tmp_path / "a-synthetic.json").read_bytes() == (tmp_path / "b-synthetic.json").read_bytes()


def test_another_number_of_respondents(synthesise, tmp_path):
    result = synthesise("ajoodha", tmp_path / "grand-synthetique.csv", "--n", 120)
    assert result.output.startswith("120 réponses synthétiques dans ")
    assert "nom complété" not in result.output
    told = json.loads((tmp_path / "grand-synthetique.json").read_text(encoding="utf-8"))
    assert "120 répondants au lieu de 50" in told["account"][0]["reason"]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["planchenault", "a.csv"], 1, "planchenault : pas de réponses synthétiques, faute d'un plan"),
        (["clausener", "a.csv"], 1, f"études qui en ont un : {', '.join(PLANNED)}"),
        (["rien", "a.csv"], 1, "« rien » n'est ni une étude"),
        (["ajoodha", "a.xlsx"], 1, "s'écrivent en CSV"),
        (["ajoodha", "absent/a.csv"], 1, "n'est pas un dossier"),
        (["ajoodha", "a.csv", "--n", "0"], 2, "il en faut au moins 1"),
        (["ajoodha", "a.csv", "--seed", "-1"], 2, "une graine est un nombre entier positif ou nul"),
        (["ajoodha", "a.csv", "--n", "x"], 2, "n'est pas un nombre entier"),
        ([], 2, "Il manque l'argument « ÉTUDE|DOSSIER »"),
        (["--help"], 0, "Personne n'a donné ces réponses"),
    ],
)
def test_refusals_are_in_french_and_write_nothing(synthesise, tmp_path, monkeypatch, words, status, told):
    monkeypatch.chdir(tmp_path)
    result = synthesise(*words)
    assert (result.exit_code, typeset(told) in result.output) == (status, True), result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pattern", "near"),
    [
        ("*.masculn.*", " ; proches : table1.genre.masculin.non_utilisateurs, table1.genre.masculin.utilisateurs"),
        ("zzz", ""),
    ],
)
def test_a_pattern_that_no_address_follows_is_refused_with_the_nearest(relecture, pattern, near):
    result = relecture("audit", "guefif", "--address", pattern)
    assert (result.exit_code, result.stderr) == (1, typeset(f"aucune adresse ne suit « {pattern} »{near}\n"))


def test_an_address_without_such_a_verdict_is_no_error(relecture):
    result = relecture("audit", "guefif", "--address", "table1.genre.masculin.*", "--only", "inconsistent")
    assert (result.exit_code, "0\u00a0vérification" in result.stdout) == (0, True)
