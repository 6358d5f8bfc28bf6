"""A structure keeps the rules of LimeSurvey's tab-separated file, and its conditions are those of the manual."""

import csv
import io
import re

from relecture.answers.formats import limesurvey
from relecture.answers.questionnaire import instrument


def test_limesurvey_lines_keep_their_rules(one):
    text = limesurvey.export(one).content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter="\t"))
    assert text.startswith(b"\xef\xbb\xbf") and {row["class"] for row in rows} <= {"S", "SL", "G", "Q", "SQ", "A"}
    questions = [row["name"] for row in rows if row["class"] == "Q"]
    assert len(questions) == len(set(questions)) == len(one.items)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", name) for name in questions)
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,5}", row["name"]) for row in rows if row["class"] in ("A", "SQ"))
    assert all(row["type/scale"] in "LMFNTD" for row in rows if row["class"] == "Q")
    read = re.findall(r"(Q\w+?)(?:_SQ\d+)?\.NAOK", " ".join(row["relevance"] for row in rows))
    assert set(read) <= set(questions)


def test_a_choice_that_is_ticked_alone_is_enough(hard):
    """The least number of answers may be an expression, says the manual."""
    assert limesurvey._limits(hard["class"], "Q6class") == {
        "exclude_all_others": "SQ5", "min_answers": 'if(Q6class_SQ5.NAOK == "Y", 1, 2)', "max_answers": 3
    }  # fmt: skip


def test_a_condition_is_compiled_as_the_manual_writes_it(document, tree):
    document["sections"][0]["items"][4]["relevant"] = tree
    text = limesurvey.export(instrument.build(document)).content.decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(text), delimiter="\t") if row["name"] == "Q5raison"]
    assert row["relevance"] == (
        '((Q4avis_SQ1.NAOK == "A2" || Q4avis_SQ1.NAOK == "A3") && (Q2lesquelles_SQ1.NAOK == "Y" || '
        '!(Q1mss.NAOK == "A1")))'
    )
