"""A data dictionary keeps REDCap's column rules, and its conditions say « not » without a negation."""

import csv
import io
import re

from relecture.answers.formats import redcap
from relecture.answers.questionnaire.conditions import parse


def test_redcap_columns_keep_their_rules(one):
    rows = list(csv.DictReader(io.StringIO(redcap.export(one).content.decode())))
    names = [row[redcap.COLUMNS[0]] for row in rows]
    assert tuple(rows[0]) == redcap.COLUMNS and names[0] == "record_id" and len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z](?:_?[a-z0-9])*", name) or len(name) > 100] == []
    assert {row["Field Type"] for row in rows} <= {"text", "notes", "radio", "checkbox"}
    for row in rows:
        _hold_redcap_row(row, set(names))


def _hold_redcap_row(row, names):
    choices = row["Choices, Calculations, OR Slider Labels"]
    pairs = [pair.split(", ", 1) for pair in choices.split(" | ")] if choices else []
    codes = [pair[0] for pair in pairs]
    assert bool(codes) == (row["Field Type"] in ("radio", "checkbox"))
    assert all(re.fullmatch(r"\w+", code) for code in codes) and len(set(codes)) == len(codes)
    assert row["Text Validation Type OR Show Slider Number"] in ("", *redcap.NUMBERS)
    assert row["Matrix Group Name"] == "" or row["Field Type"] == "radio"
    assert set(re.findall(r"\[(\w+)", row["Branching Logic (Show field only if...)"])) <= names


def test_a_condition_is_compiled_as_the_manual_writes_it(tree):
    assert redcap._branching(parse(tree)) == (
        "(([avis_simple] = 'bof' or [avis_simple] = 'non') and ([lesquelles(mailiz)] = '1' or ([mss] <> 'oui')))"
    )


def test_a_negation_is_pushed_down_to_the_comparisons():
    tree = {"not": {"all": [{"equals": {"a": "oui"}}, {"not": {"selected": {"b": "x"}}}]}}
    assert redcap._branching(parse(tree)) == "(([a] <> 'oui') or [b(x)] = '1')"
