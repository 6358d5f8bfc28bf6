"""Oracle: the design's report page: causes are data, each claim is that of its finding, each ✗ and ~ is told once."""

import re

import pytest
import yaml

from relecture.core.errors import InputError
from relecture.printed.audit import Checked
from relecture.printed.finding import Finding, Verdict
from relecture.printed.repair import Repair
from relecture.report import story

PRINTED = {"table.or": "4.46", "table.total": "21"}


def checked(name, verdict, expected="", repairs=()):
    return Checked(name, "same", "Texte", f"Ligne {name}", "l. 1", (), "4.46", Finding(verdict, "", expected), repairs)


FINDINGS = [
    checked("table.or", Verdict.INCONSISTENT, "OR 7,74", (Repair("table.or", "4.46", "7.74", 1, 1),)),
    checked("table.p", Verdict.UNCHECKABLE),
    checked("age.a", Verdict.CONDITIONAL),
    checked("age.b", Verdict.CONDITIONAL),
    checked("total", Verdict.REPRODUCED),
]


def claim(text="Un.", **verdicts):
    return {"text": text, "findings": verdicts}


def cause(name, *findings, text="Un texte."):
    words = {"title": "Titre", "text": text, "changes": "Rien.", "question": "Pourquoi ?"}
    return {"id": name, **words, "findings": list(findings)}


GOOD = {
    "answer": claim("{table.or} et non {table.or:number}, à {confidence}.", total="reproduced"),
    "key_points": [claim("{table.or:expected}", **{"table.or": "inconsistent"}), claim("{n} médecins"), claim()],
    "causes": [cause("ratio", "table.or", "table.p", text="Lire {table.or:repair} ?"), cause("age", "age.*")],
}


def write(folder, **parts):
    text = yaml.safe_dump(GOOD | parts, allow_unicode=True, sort_keys=False, width=999)
    (folder / story.FILE).write_text(text, encoding="utf-8")
    return text.splitlines()


def refused(folder):
    with pytest.raises(InputError) as error:
        story.read(folder, FINDINGS, PRINTED)
    return list(error.value.faults)


def test_printed_numbers_findings_and_results_are_filled_in_french(tmp_path):
    write(tmp_path)
    made = story.tell(tmp_path, FINDINGS, PRINTED, confidence=0.9, n=81)
    assert made.answer == "4,46 et non 7,74, à 90\u202f%."
    assert made.key_points == ("OR 7,74", "81 médecins", "Un.")
    assert made.causes[0].text == "Lire 7,74 ?"
    assert [[one.id for one in each.findings] for each in made.causes] == [["table.or", "table.p"], ["age.a", "age.b"]]


def test_a_result_that_is_not_handed_over_is_a_fault_of_the_notebook(tmp_path):
    write(tmp_path)
    with pytest.raises(KeyError, match="n"):
        story.tell(tmp_path, FINDINGS, PRINTED)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (claim(total="inconsistent"), "« total » est dit incohérent ; le constat est retrouvé"),
        (claim(tout="reproduced"), "aucun constat ne s'appelle « tout »"),
        (claim("{table.p}"), "« table.p » : ni adresse imprimée, ni résultat d'un constat"),
        (claim("{total:repair}"), "« total:repair » : ni adresse imprimée, ni résultat d'un constat"),
        (claim("{table.or"), "accolade ouverte ou fermée seule"),
        (claim(total="juste"), "answer.findings.total : « juste » ; attendu : reproduced, consistent, conditional"),
    ],
)
def test_a_claim_that_is_not_that_of_its_finding_is_refused_with_its_line(tmp_path, answer, fault):
    lines = write(tmp_path, answer=answer)
    [said] = refused(tmp_path)
    number = re.match(r"findings\.yaml, ligne (\d+)[ ,]", said)[1]
    assert fault in said
    assert lines[int(number) - 1].strip().partition(":")[0] in ("text", "total", "tout")


@pytest.mark.parametrize(
    ("causes", "faults"),
    [
        ([cause("ratio", "table.or")], ["aucune cause ne dit « age.a »", "aucune cause ne dit « age.b »"]),
        (
            [cause("ratio", "table.or", "age.a"), cause("age", "age.*")],
            ["« age.a » est dit par plusieurs causes"],
        ),
        ([cause("tout", "table.or", "age.*", "score.*")], ["aucun constat à dire sous « score.* »"]),
        ([cause("tout", "*", "total")], ["« total » tient : aucune cause ne peut le dire"]),
    ],
)
def test_what_does_not_hold_is_told_exactly_once(tmp_path, causes, faults):
    write(tmp_path, causes=causes)
    assert [fault.partition(" : ")[2] for fault in refused(tmp_path)] == faults


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path):
    write(tmp_path, answer=claim(total="inconsistent"), causes=[cause("ratio", "table.or", "x")])
    numbers = [int(fault.partition("ligne ")[2].partition(" ")[0]) for fault in refused(tmp_path)]
    assert len(numbers) == 4 and numbers == sorted(numbers)


def test_three_key_points_neither_more_nor_less(tmp_path):
    write(tmp_path, key_points=[claim()])
    assert refused(tmp_path) == ["findings.yaml, ligne 5, key_points : 1 élément ; attendu : au moins 3"]


def test_a_study_without_the_file_has_no_story(tmp_path):
    assert refused(tmp_path) == ["findings.yaml : fichier absent"]
