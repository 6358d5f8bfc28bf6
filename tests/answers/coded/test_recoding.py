"""Own answers in the terms of the printed table, and variables that follow from the answers."""

import pandas as pd

from relecture.answers.coded import recoding
from relecture.answers.questionnaire import instrument


def frame(**columns):
    return pd.DataFrame({name.replace("__", "."): cells for name, cells in columns.items()}, dtype="str")


def test_derived_variables_take_the_first_case_that_holds(document):
    document["derived"][0]["values"]["tous"] = {"label": "tous", "when": {"in": {"mss": ["oui", "non"]}}}
    one = instrument.build(document)
    done = recoding.derive(one, frame(mss=["oui", "non", "ne_sait_pas", "sans_reponse"]))
    assert done["groupe"].tolist() == ["equipes", "autres", "autres", "sans_reponse"]
    assert list(done) == ["mss", "groupe"]


def test_a_derived_variable_may_read_the_one_before_it(document):
    document["derived"].append(
        {"id": "paye", "label": "x", "values": {"oui": {"label": "x", "when": {"equals": {"groupe": "equipes"}}}}}
    )
    done = recoding.derive(instrument.build(document), frame(mss=["oui", "non"]))
    assert done["paye"].tolist() == ["oui", "sans_reponse"]


def toy_frame(toy, rows):
    return pd.DataFrame([dict.fromkeys(toy.columns, "sans_reponse") | row for row in rows], dtype="str")


def test_ticks_counted_together_are_merged(toy):
    rows = [
        {"lesquelles.mailiz": "1", "lesquelles.apicrypt": "0", "lesquelles.lifen": "0"},
        {"lesquelles.mailiz": "0", "lesquelles.apicrypt": "0", "lesquelles.lifen": "1"},
        {"lesquelles.mailiz": "0", "lesquelles.apicrypt": "1", "lesquelles.lifen": "1"},
        {"lesquelles.apicrypt": "non_pose", "lesquelles.lifen": "non_pose"},
    ]
    done = recoding.as_printed(toy, toy_frame(toy, rows))
    assert done["lesquelles.payante"].tolist() == ["0", "1", "1", "non_pose"]
    assert done["lesquelles.mailiz"].tolist() == ["1", "0", "0", "sans_reponse"]
    assert not {"lesquelles.apicrypt", "lesquelles.lifen"} & set(done)


def test_choices_counted_together_take_one_name_and_other_columns_stay(document):
    choices = document["sections"][0]["items"][0]["choices"]
    choices["non"] = {"label": "Non", "counted_as": "pas_encore"}
    choices["bientot"] = {"label": "Bientôt", "counted_as": "pas_encore"}
    one = instrument.build(document)
    given = toy_frame(one, [{"mss": "oui"}, {"mss": "non"}, {"mss": "bientot"}, {"mss": "ne_sait_pas"}])
    given.index = ["a", "b", "c", "d"]
    done = recoding.as_printed(one, given.assign(groupe="g"))
    assert done["mss"].to_dict() == {"a": "oui", "b": "pas_encore", "c": "pas_encore", "d": "ne_sait_pas"}
    assert done["groupe"].tolist() == ["g"] * 4


def test_a_name_with_a_dot_is_the_whole_column(document):
    document["sections"][0]["items"][1]["choices"]["autre"] = {"label": "Autre", "counted_as": "ailleurs.autre"}
    one = instrument.build(document)
    done = recoding.as_printed(one, toy_frame(one, [{"lesquelles.autre": "1"}]))
    assert done["ailleurs.autre"].tolist() == ["1"]
    assert "lesquelles.autre" not in done
