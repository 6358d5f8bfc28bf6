"""`non_pose` follows from the conditions, whatever a frame says; the three other codes are left as they are."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.questionnaire import conditions, skip_logic
from relecture.answers.questionnaire.missing import CODES

SKIPPED = ["lesquelles.mailiz", "lesquelles.apicrypt", "lesquelles.lifen", "lesquelles.autre", "lesquelles.aucune"]


def test_what_agrees_with_the_logic_is_left_alone(toy, people):
    frame = people({}, {"mss": "ne_sait_pas", **dict.fromkeys([*SKIPPED, "lesquelles_autre"], "non_pose")})
    done, wrong = skip_logic.apply(toy, frame)
    pd.testing.assert_frame_equal(done, frame)
    assert len(wrong) == 0
    assert list(wrong) == ["row", "column", "value", "asked"]


def test_answers_that_should_not_be_there_are_told_and_not_read_further(toy, people):
    """« non » skips the systems: their answers contradict it, and « autre » no longer asks which."""
    done, wrong = skip_logic.apply(toy, people({}, {"mss": "non"}))
    later = ["lesquelles_autre", "avis.simple", "avis.sure", "avis.lente", "raison"]
    assert (done.loc["r1", [*SKIPPED, *later]] == "non_pose").all()
    assert done.loc["r0"].to_dict() == people({}).loc["r0"].to_dict()
    assert [tuple(row) for row in wrong.itertuples(index=False)] == [
        ("r1", "lesquelles.mailiz", "1", False),  # the 0 of the others are no contradiction: nothing was ticked
        ("r1", "lesquelles.autre", "1", False),
        ("r1", "lesquelles_autre", "Zimbra", False),
        ("r1", "avis.simple", "bof", False),
        ("r1", "avis.sure", "oui", False),  # avis.lente was « sans objet »: no answer either
        ("r1", "raison", "Trop de clics", False),
    ]


def test_not_asked_is_never_trusted(toy, people):
    done, wrong = skip_logic.apply(toy, people({"age": "non_pose", "ville": "sans_reponse"}))
    assert (done.loc["r0", "age"], done.loc["r0", "ville"]) == ("sans_reponse", "sans_reponse")
    assert [tuple(row) for row in wrong.itertuples(index=False)] == [("r0", "age", "non_pose", True)]


def test_empty_cells_of_skipped_items_become_not_asked_in_silence(toy, people):
    skipped = [*SKIPPED, "lesquelles_autre", "avis.simple", "avis.sure", "avis.lente", "raison"]
    empty = dict.fromkeys(skipped, "sans_reponse")
    done, wrong = skip_logic.apply(toy, people({"mss": "non", **empty}))
    assert (done.loc["r0", list(empty)] == "non_pose").all()
    assert len(wrong) == 0


def test_the_given_frame_is_not_changed_and_no_respondent_is_no_problem(toy, people):
    frame = people({"mss": "non"})
    before = frame.copy()
    skip_logic.apply(toy, frame)
    pd.testing.assert_frame_equal(frame, before)
    done, wrong = skip_logic.apply(toy, frame.iloc[:0])
    assert (len(done), len(wrong), list(done)) == (0, 0, list(frame))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_asking_twice_changes_nothing_and_agrees_with_one_respondent_at_a_time(toy, data):
    cells = {name: st.sampled_from([*(column.codes or ("7",)), *CODES]) for name, column in toy.columns.items()}
    frame = pd.DataFrame(data.draw(st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=4)), dtype="str")
    done, _ = skip_logic.apply(toy, frame)
    again, wrong = skip_logic.apply(toy, done)
    pd.testing.assert_frame_equal(again, done)
    assert len(wrong) == 0
    for _, row in done.iterrows():
        skipped = {
            column.name for item in toy.items for column in item.columns if not conditions.holds(item.relevant, row)
        }
        assert {name for name, cell in row.items() if cell == "non_pose"} == skipped
