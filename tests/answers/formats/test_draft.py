"""Ids are those of the tool where they can be, words lose their tags, and what cannot be carried is told."""

import pytest

from relecture.answers.formats.draft import Draft, identifier, number, write
from relecture.answers.questionnaire import instrument
from relecture.core.errors import InputError

IDS = [
    ("age", set(), "age"),
    ("Q1_Âge", set(), "q1_age"),
    ("2e", set(), "q_2e"),
    ("_", set(), "q"),
    ("a__b", set(), "a_b"),
    ("age", {"age"}, "age_2"),
    ("age", {"age", "age_2"}, "age_3"),
    ("x" * 60, {"x" * 48}, "x" * 46 + "_2"),
]


@pytest.mark.parametrize(("name", "taken", "wanted"), IDS)
def test_an_id_is_the_name_where_it_can_be(name, taken, wanted):
    assert identifier(name, taken, letter=True) == wanted


def test_a_code_may_be_a_number():
    assert [identifier(code, set()) for code in ("1", "-99", "0", "A1")] == ["1", "99", "0", "a1"]


@pytest.mark.parametrize(("text", "bound"), [("18", 18), ("-0.5", -0.5), ("1,5", 1.5), ("today", None), ("", None)])
def test_a_bound_is_a_number_or_nothing(text, bound):
    assert number(text) == bound


@pytest.fixture
def draft():
    one = Draft("q.csv", "Un titre", heading=("Vous", "Merci."))
    one.add("Age", "number", "Votre âge", 2, low=0, high=None)
    one.add("Q2", "multiple", "Lesquels ?", 3, choices=[("1", "Un"), ("2", ""), ("ne_sait_pas", "?")])
    one.add("Q3", "single", "", 4, choices=[("-1", "Moins un"), ("1", "Un")])
    return one


def test_the_document_is_what_an_instrument_is_built_from(draft):
    draft.heading = ("", "")
    draft.add("Q4", "text", "Autre", 9)
    document = draft.document()
    assert (document["id"], document["source"]) == (
        "un_titre", {"thesis": "Un titre", "annex": "q.csv", "lines": [1, 9]}
    )  # fmt: skip
    assert [(section["title"], section.get("intro")) for section in document["sections"]] == [
        ("Vous", "Merci."), ("Un titre", None)
    ]  # fmt: skip
    age, several, single = document["sections"][0]["items"]
    assert age == {"id": "age", "kind": "number", "label": "Votre âge", "low": 0,
                   "source": {"item": "1", "lines": [2, 2]}}  # fmt: skip
    assert several["choices"] == {"1": "Un", "2": "2", "ne_sait_pas": "?"}
    assert (single["label"], draft.left_out) == ("Q3", ["Q3 : noms ou codes réécrits (« -1 » : 1, « 1 » : 1_2)"])


CONDITIONS = [
    ("[Q2] = '1'", {"selected": {"q2": "1"}}),
    ("[Q3] = '-1'", {"equals": {"q3": "1"}}),
    ("[Q3] <> ''", {"in": {"q3": ["1", "1_2"]}}),
    ("[Q3] = '7'", None),  # no such choice
    ("[Q2] = 'ne_sait_pas'", None),  # a missing code is no tick
    ("[Age] = '18'", None),
    ("[Q9] = '1'", None),
    ("[Q4] = '1'", None),  # itself
]


@pytest.mark.parametrize(("text", "tree"), CONDITIONS)
def test_a_condition_reads_what_stands_before_or_is_told(draft, text, tree):
    before = len(draft.left_out)
    draft.add("Q4", "text", "Pourquoi ?", 5, logic=text)
    assert draft.asked["q4"].get("relevant") == tree
    assert (len(draft.left_out) > before) == (tree is None)


def test_a_question_without_a_choice_is_told_and_the_form_is_kept(draft):
    draft.add("Q5", "single", "Lequel ?", 6, choices=[("", "Rien")])
    draft.add("Q6", "matrix", "Lequel ?", 7, choices=[("1", "Un")], rows=[])
    draft.add("Q7", "single", "Lequel ?", 8, choices=[("non_pose", "Non posé"), ("1", "Un")], alone=["1"], least=2)
    told = {"Q5 : question sans choix", "Q6 : question sans choix", "Q7 : contrainte (least : 2)"}
    assert told <= set(draft.left_out)
    assert draft.asked["q7"]["choices"] == {"non_pose_2": "Non posé", "1": "Un"} and "q5" not in draft.asked
    instrument.build(draft.document())


def test_what_is_told_once_comes_with_its_number(draft):
    draft.uncounted["réponse obligatoire"] += 3
    draft.document()
    assert draft.left_out[-1].replace("\u00a0", " ") == "réponse obligatoire : 3 questions"


def test_nothing_is_written_over(tmp_path, draft):
    (tmp_path / "etude").mkdir()
    (tmp_path / "etude" / "notes.txt").write_text("à moi", encoding="utf-8")
    write(draft, tmp_path / "etude")
    before = (tmp_path / "etude" / "instrument.yaml").read_bytes()
    with pytest.raises(InputError, match="existe déjà : rien n'a été écrit"):
        write(draft, tmp_path / "etude")
    assert (tmp_path / "etude" / "instrument.yaml").read_bytes() == before
    assert before.decode().startswith("# Questionnaire lu de « q.csv »")
