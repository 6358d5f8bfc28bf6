"""Answers under the headers, and in the words, of each tool."""

import pandas as pd
import pytest

from relecture.answers.formats.registry import FORMATS


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("xlsform", ["KEY", "mss", "lesquelles", "lesquelles_autre", "avis__simple"]),
        ("redcap", ["record_id", "mss", "lesquelles___mailiz", "lesquelles___apicrypt", "lesquelles___lifen"]),
        ("limesurvey", ["id", "Q1mss", "Q2lesquelles[SQ1]", "Q2lesquelles[SQ2]", "Q2lesquelles[SQ3]"]),
        ("surveyjs", ["id", "mss", "lesquelles", "lesquelles_autre", "avis.simple"]),
        ("tableschema", ["repondant", "mss", "lesquelles.mailiz", "lesquelles.apicrypt", "lesquelles.lifen"]),
    ],
)
def test_answers_are_written_under_the_headers_of_each_tool(toy, random_answers, as_exported, name, headers):
    assert list(as_exported(FORMATS[name], toy, random_answers(toy, 3, seed=1)))[:5] == headers


def coded(toy, **cells):
    answers = dict.fromkeys(toy.columns, "sans_reponse") | {name.replace("__", "."): c for name, c in cells.items()}
    return pd.DataFrame([answers], index=["r1"], dtype="str")


TICKED = {"lesquelles__mailiz": "1", "lesquelles__apicrypt": "0", "lesquelles__lifen": "1", "lesquelles__autre": "0",
          "lesquelles__aucune": "0"}  # fmt: skip


def test_ticks_are_a_list_or_boxes_as_the_tool_writes_them(toy, as_exported):
    written = {name: as_exported(FORMATS[name], toy, coded(toy, **TICKED)).iloc[0] for name in FORMATS}
    assert written["xlsform"]["lesquelles"] == "mailiz lifen"
    assert written["surveyjs"]["lesquelles"] == "mailiz, lifen"
    boxes = written["limesurvey"][[f"Q2lesquelles[SQ{rank}]" for rank in range(1, 6)]]
    assert boxes.tolist() == ["Y", "", "Y", "", ""]
    assert written["redcap"][["lesquelles___mailiz", "lesquelles___apicrypt"]].tolist() == ["1", "0"]


def test_a_missing_answer_is_an_empty_cell_unless_the_form_offers_it(toy, as_exported):
    row = as_exported(FORMATS["limesurvey"], toy, coded(toy, mss="ne_sait_pas", avis__simple="sans_objet")).iloc[0]
    assert row[["Q1mss", "Q4avis[SQ1]", "Q4avis[SQ2]", "Q7age"]].tolist() == ["A3", "A4", "", ""]
    assert (row.filter(like="Q2lesquelles") == "").all()
