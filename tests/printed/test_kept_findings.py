"""Findings kept on disk are those that an audit makes, whatever the file has become."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from relecture import load_study
from relecture.core.study import studies
from relecture.printed import kept_findings
from relecture.printed.audit import Checked, audit
from relecture.printed.finding import Finding, Verdict


class Audit:
    """An audit that counts how many times it was made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, study: Any, **choices: bool) -> list[Checked]:
        self.times += 1
        return audit(study, **choices)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_findings, "FOLDER", tmp_path / "cache")
    return tmp_path / "cache"


def asked(study: Any, made: Audit, **choices: bool) -> list[Checked]:
    return kept_findings.kept(study, made, **({"repairs": False, "draws": False} | choices))


@pytest.mark.parametrize("name", studies())
def test_findings_read_back_equal_those_made(name, folder):
    study, made = load_study(name), Audit()
    first, second = (asked(study, made, repairs=True, draws=True) for _ in range(2))
    assert (second, made.times) == (first, 1)
    assert [type(each.finding.verdict) for each in second] == [Verdict] * len(first)
    assert repr(second) == repr(first)


def test_another_print_or_other_choices_make_findings_again(folder):
    study, made = load_study("ajoodha"), Audit()
    asked(study, made)
    asked(study, made, repairs=True)
    asked(study, made)
    rows = (replace(study.rows[0], value="1"), *study.rows[1:])
    edited = replace(study, rows=rows)
    assert asked(edited, made) == audit(edited, repairs=False, draws=False)
    assert made.times == 3


def test_a_new_process_asks_for_kept_findings_in_less_than_half_the_time(tmp_path):
    """Whatever either imports included, but for relecture itself; a third to a tenth of the time, measured."""
    code = f"""import time, pathlib, relecture
from relecture.printed import kept_findings
kept_findings.FOLDER = pathlib.Path({str(tmp_path)!r})
study, begun = relecture.load_study("guefif"), time.process_time()
study.findings()
print(time.process_time() - begun)"""
    made, kept = (
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout) for _ in range(2)
    )
    assert kept < made / 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: "",
        lambda stored: "[1, 2]",
        lambda stored: json.dumps(stored)[:-20],
        lambda stored: json.dumps(stored | {"key": "0"}),
        lambda stored: json.dumps(stored | {"findings": "rien"}),
        lambda stored: json.dumps(stored | {"findings": [{"subprocess:Popen": ["false"]}]}),
        lambda stored: json.dumps(stored | {"findings": [{"relecture.core.files:Path": ["x"]}]}),
        lambda stored: json.dumps(stored | {"findings": [{"relecture.rien:Rien": {}}]}),
    ],
)
def test_a_file_that_is_not_ours_is_made_again(spoil, folder):
    study, made = load_study("clausener"), Audit()
    first = asked(study, made)
    [file] = folder.iterdir()
    file.write_text(spoil(json.loads(file.read_text(encoding="utf-8"))), encoding="utf-8")
    assert (asked(study, made), asked(study, made), made.times) == (first, first, 2)


def test_evidence_that_json_cannot_tell_is_not_kept(folder):
    finding = Finding(Verdict.REPRODUCED, "", evidence=([1],))
    made = [Checked("", "", "", "", "", (), "", finding)]
    assert kept_findings.kept(load_study("clausener"), lambda study, **_: made, repairs=True) == made
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(folder):
    folder.write_text("un fichier", encoding="utf-8")
    made = Audit()
    assert asked(load_study("clausener"), made) == asked(load_study("clausener"), made)
    assert made.times == 2
