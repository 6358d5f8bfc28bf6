"""A data dictionary keeps REDCap's column rules, and its conditions say « not » without a negation."""

import csv
import io
import re
from collections import defaultdict

from relecture.answers.formats import redcap
from relecture.answers.questionnaire.conditions import parse


class Variables(defaultdict):
    """Every name as REDCap writes it, when none is taken."""

    def __missing__(self, name):
        return name.replace(".", "_")


VARIABLES = Variables()


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
    assert row["Text Validation Type OR Show Slider Number"] in ("", "integer", "number", "date_ymd", "time")
    assert row["Matrix Group Name"] == "" or row["Field Type"] == "radio"
    assert set(re.findall(r"\[(\w+)", row["Branching Logic (Show field only if...)"])) <= names


def test_a_condition_is_compiled_as_the_manual_writes_it(tree):
    assert redcap._branching(parse(tree), VARIABLES) == (
        "(([avis_simple] = 'bof' or [avis_simple] = 'non') and ([lesquelles(mailiz)] = '1' or ([mss] <> 'oui')))"
    )


def test_a_negation_is_pushed_down_to_the_comparisons():
    tree = {"not": {"all": [{"equals": {"a": "oui"}}, {"not": {"selected": {"b": "x"}}}]}}
    assert redcap._branching(parse(tree), VARIABLES) == "(([a] <> 'oui') or [b(x)] = '1')"


def test_names_that_redcap_reserves_or_would_give_twice_are_numbered(hard):
    made = redcap.export(hard)
    names = [row[redcap.COLUMNS[0]] for row in csv.DictReader(io.StringIO(made.content.decode()))]
    assert names == (
        "record_id jour heure taux avis_net avis_net_2 avis_papier class_2 ardu_complete_2 q_redcap_event_name".split()
    )
    assert sum("remplacé par" in line for line in made.lost) == 4
    logic = [row[redcap.COLUMNS[11]] for row in csv.DictReader(io.StringIO(made.content.decode()))]
    assert logic[-2] == "(([avis_net_2] <> '2') and [class_2(a)] = '1')"
    assert redcap.dialect(hard).tick_header(hard["class"], "a") == "class_2___a"


def test_the_question_of_a_matrix_stands_above_its_rows(toy):
    rows = list(csv.DictReader(io.StringIO(redcap.export(toy).content.decode())))
    (first, *others) = [row for row in rows if row["Matrix Group Name"] == "avis"]
    assert (first["Section Header"], first["Field Label"]) == ("Êtes-vous d'accord ?", "Elle est simple.")
    assert {row["Section Header"] for row in others} == {""}
    assert rows[1]["Section Header"] == "Vos usages — Merci de répondre pour votre cabinet."


def test_a_number_takes_any_decimals_and_says_so(toy, hard):
    kinds = {
        row[redcap.COLUMNS[0]]: row["Text Validation Type OR Show Slider Number"]
        for one in (toy, hard)
        for row in csv.DictReader(io.StringIO(redcap.export(one).content.decode()))
    }
    wanted = {"age": "integer", "duree": "number", "taux": "number", "jour": "date_ymd", "heure": "time"}
    assert {name: kinds[name] for name in wanted} == wanted
    assert "duree : nombre de décimales" in redcap.export(toy).lost
