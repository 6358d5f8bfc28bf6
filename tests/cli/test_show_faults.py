"""`relecture validate STUDY FILE...`: a line for a file that is fine (status 0), else a line a cause (status 1)."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from relecture import load_study
from relecture.answers.files.validation import Answers, Faults, FileSummary
from relecture.answers.formats.registry import FORMATS
from relecture.answers.questionnaire import instrument
from relecture.answers.tables.faults import Fault
from relecture.cli import show_faults
from relecture.cli.commands import main
from relecture.cli.show_faults import MOST
from relecture.core.french import typeset

NARROW = "\u202f\u00a0"


def relecture(*words):
    return CliRunner().invoke(main, words, prog_name="relecture")


def plain(text):
    return text.translate(dict.fromkeys(map(ord, NARROW), " "))


@pytest.fixture(scope="module")
def one():
    return instrument.load(load_study("guefif"))


def answered(one, rows=1):
    """Answers of respondents who left every question but the first, as a line of our own file each."""
    header = ",".join(["repondant", *one.columns])
    return [header, *(f"r{rank},non" + "," * (len(one.columns) - 1) for rank in range(1, rows + 1))]


def filed(folder, lines, encoding="utf-8"):
    path = folder / "réponses.csv"
    path.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return str(path)


def test_a_file_without_a_fault_is_one_line(one, tmp_path):
    dialect = FORMATS["limesurvey"].dialect(one)
    several = [(item, choice.id) for item in one.items if item.kind == "multiple" for choice in item.choices]
    headers = [dialect.header(column) for column in one.columns.values() if column.item.kind != "multiple"]
    headers += [dialect.tick_header(item, code) for item, code in several]
    codes = {name: dialect.code(one["predice"], name) for name in ("oui", "non")}
    given = {dialect.header(one.columns["predice"]): [codes["oui"], codes["non"], codes["oui"]] * 27}
    path = tmp_path / "export.csv"
    frame = pd.DataFrame({"id": range(1, 82)} | dict.fromkeys(headers, "") | given)
    frame.to_csv(path, sep="\t", index=False, encoding="utf-16")
    result = relecture("validate", "guefif", str(path))
    assert (result.exit_code, result.stderr) == (0, "")
    assert plain(result.stdout) == (
        "81 réponses, 83 colonnes : aucune faute (format reconnu : LimeSurvey, UTF-16, tabulations)\n"
    )


def test_answers_without_a_fault_are_written_coded(one, tmp_path):
    path, out = filed(tmp_path, answered(one, 3)), tmp_path / "codees.csv"
    done = relecture("validate", "guefif", path, "--out", str(out))
    assert plain(done.stdout).splitlines()[-1] == f"Réponses codées : {out}, décrites par codees.schema.json"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["codees.csv", "codees.schema.json", "réponses.csv"]
    assert relecture("validate", "guefif", str(out)).exit_code == 0
    assert json.loads(relecture("validate", "guefif", path, "--out", str(out), "--force", "--format", "json").stdout)[
        "valid"
    ]


def test_nothing_is_written_for_a_file_at_fault_nor_over_the_file_itself(one, tmp_path):
    path = filed(tmp_path, [*answered(one), "x"])
    assert relecture("validate", "guefif", path, "--out", str(tmp_path / "codees.sav")).exit_code == 1
    assert "n’est jamais modifié" in relecture("validate", "guefif", path, "--out", path).stderr
    assert relecture("validate", "guefif", filed(tmp_path, answered(one)), "--out", "codees.docx").stderr.startswith(
        typeset("codees.docx : les réponses codées s'écrivent en .csv, .xlsx, .sav")
    )
    assert [file.name for file in tmp_path.iterdir()] == ["réponses.csv"]


def test_each_fault_is_a_line_and_status_is_1(one, tmp_path):
    lines = answered(one, 2)
    lines[2] = lines[2].replace("r2,non", "r2,Ouii", 1)
    result = relecture("validate", "guefif", filed(tmp_path, lines))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == typeset("ligne 3, colonne « predice » : « Ouii » n’est pas une réponse prévue (oui, non)\n")


def test_json_holds_every_fault_and_text_tells_one_cause_once(one, tmp_path):
    path = filed(tmp_path, [line.replace(",non", ",peut-être", 1) if rank else line
                            for rank, line in enumerate(answered(one, 205))])  # fmt: skip
    text, data = relecture("validate", "guefif", path), relecture("validate", "guefif", path, "--format", "json")
    assert (text.exit_code, data.exit_code) == (1, 1)
    assert plain(text.stderr).splitlines()[0] == (
        "205 cases, p. ex. ligne 2, colonne « predice » : « peut-être » n’est pas une réponse prévue (oui, non)"
    )
    found = json.loads(data.stdout)
    assert found["valid"] is False and len(found["faults"]) == 205
    assert found["faults"][0] == {
        "line": 2,
        "column": "predice",
        "value": "peut-être",
        "what": "n'est pas une réponse prévue",
        "allowed": ["oui", "non"],
    }


def test_lines_beyond_sixty_are_counted():
    faults = Faults(Fault(rank, "", "", f"faute {'x' * rank}") for rank in range(1, MOST + 6))
    lines = show_faults.refusal(faults).splitlines()
    assert (len(lines), lines[-1]) == (MOST + 1, "… et 5 autres lignes (validate --format json dit tout)")


def test_what_tells_who_answers_is_only_counted():
    left = {"jamais_envoyee": 20, "vide": 1}
    summary = FileSummary("LimeSurvey", "", "csv", "", "", 102, left, ("seed",), ("token",), ("une note",))
    assert plain(show_faults.text(Answers(pd.DataFrame({"a": ["1"]}), summary))).splitlines()[1:] == [
        "  102 lignes, 20 jamais envoyées, 1 sans réponse, 81 réponses (--keep tout les garde ; --keep jamais_envoyee, "
        "celles qui ont une réponse)",
        "  colonnes de l’outil laissées de côté : seed",
        "  colonnes qui disent qui répond, jamais lues : 1",
        "  une note",
    ]


def test_a_refused_file_is_told_with_the_setting_that_would_help_in_its_tool(tmp_path):
    path = filed(tmp_path, ["_uuid,predice,rien", "a,Ouii,1"])
    last = relecture("validate", "guefif", path).stderr.splitlines()[-1]
    assert "(KoboToolbox)" in last and "« XML values and headers »" in plain(last) and "docs/importer" in last


def test_json_accounts_for_an_accepted_file(one, tmp_path):
    path = filed(tmp_path, answered(one), "utf-8-sig")
    told = json.loads(relecture("validate", "guefif", path, "--format", "json").stdout)
    assert told == {
        "valid": True,
        "faults": [],
        "respondents": 1,
        "columns": 83,
        "tool": "Relecture",
        "setting": "CSV, titres : codes des questions",
        "kind": "csv",
        "encoding": "UTF-8",
        "delimiter": "virgules",
        "rows": 1,
        "left_out": {},
        "service": [],
        "personal": [],
        "notes": [],
    }


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["guefif", "absent.csv"], 1, "fichier : « absent.csv » : fichier absent"),
        (["rien", "absent.csv"], 1, "« rien » n'est ni une étude de ce recueil"),
        (["clausener", "absent.csv"], 1, "instrument.yaml : fichier absent"),
        (["guefif"], 2, "Il manque l'argument « FICHIER... »"),
    ],
)
def test_what_is_not_there_is_told_in_french(words, status, told):
    result = relecture("validate", *words)
    assert result.exit_code == status
    assert typeset(told) in result.stderr


def test_a_hostile_value_cannot_drive_the_terminal(one, tmp_path):
    lines = answered(one)
    lines[1] = lines[1].replace(",", ",\x1b[2J", 1)
    assert "\x1b" not in relecture("validate", "guefif", filed(tmp_path, lines)).stderr
