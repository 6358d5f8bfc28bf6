"""What every export keeps: the same bytes each time, every item and choice, and a word on what is lost."""

import pytest

from relecture.answers.formats import limesurvey, redcap, surveyjs, xlsform
from relecture.answers.formats.export import condition_text
from relecture.answers.formats.registry import FORMATS
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.conditions import parse


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_instrument_gives_the_same_bytes(one, form):
    assert FORMATS[form].export(one) == FORMATS[form].export(one)


@pytest.mark.parametrize("form", ["limesurvey", "redcap", "surveyjs", "tableschema"])
def test_every_question_is_in_the_file(one, form):
    text = FORMATS[form].export(one).content.decode("utf-8-sig").replace('\\"', '"').replace('""', '"')
    assert [item.label for item in one.items if item.label not in text] == []


@pytest.mark.parametrize("form", FORMATS)
def test_each_score_and_derived_variable_is_said_to_be_left_out(toy, form):
    said = " ".join(FORMATS[form].export(toy).lost)
    assert "score « Score d'avis »" in said and "variable « Groupe »" in said


@pytest.mark.parametrize("form", FORMATS)
def test_no_two_columns_share_a_header(one, form):
    dialect = FORMATS[form].dialect(one)
    headers = [dialect.header(column) for column in one.columns.values() if column.item.kind != "multiple"]
    ticks = [
        dialect.tick_header(item, choice.id) for item in one.items if item.kind == "multiple" for choice in item.choices
    ]
    assert len(set(headers + ticks)) == len(headers + ticks)


TREE = {"all": [{"in": {"avis.simple": ["bof", "non"]}}, {"any": [{"selected": {"lesquelles": "mailiz"}},
                                                                  {"not": {"equals": {"mss": "oui"}}}]}]}  # fmt: skip


# Expected strings written by hand from each tool's manual.
@pytest.mark.parametrize(
    "compiled, expected",
    [
        (
            lambda tree, toy: xlsform._relevant(tree)["relevant"],
            "((${avis__simple} = 'bof' or ${avis__simple} = 'non') and (selected(${lesquelles}, 'mailiz') or "
            "not(${mss} = 'oui')))",
        ),
        (
            lambda tree, toy: redcap._branching(tree),
            "(([avis_simple] = 'bof' or [avis_simple] = 'non') and ([lesquelles(mailiz)] = '1' or ([mss] <> 'oui')))",
        ),
        (
            lambda tree, toy: condition_text(tree, surveyjs._comparison, all_of=" and ", any_of=" or ", negate="!({})"),
            "(({avis.simple} = 'bof' or {avis.simple} = 'non') and ({lesquelles} contains 'mailiz' or "
            "!({mss} = 'oui')))",
        ),
        (
            lambda tree, toy: condition_text(
                tree,
                lambda leaf: limesurvey._comparison(leaf, toy, limesurvey._names(toy)),
                all_of=" && ",
                any_of=" || ",
                negate="!({})",
            ),
            '((Q4avis_SQ1.NAOK == "A2" || Q4avis_SQ1.NAOK == "A3") && (Q2lesquelles_SQ1.NAOK == "Y" || '
            '!(Q1mss.NAOK == "A1")))',
        ),
    ],
)
def test_a_condition_is_compiled_as_the_manual_writes_it(toy, compiled, expected):
    assert compiled(parse(TREE), toy) == expected


def test_redcap_pushes_a_negation_down_to_the_leaves():
    tree = {"not": {"all": [{"equals": {"a": "oui"}}, {"not": {"selected": {"b": "x"}}}]}}
    assert redcap._branching(parse(tree)) == "(([a] <> 'oui') or [b(x)] = '1')"


def test_a_label_cannot_become_a_formula_of_the_workbook(document):
    import io

    from openpyxl import load_workbook

    document["sections"][0]["items"][0]["label"] = "=1+1"
    book = load_workbook(io.BytesIO(xlsform.export(instrument.build(document)).content))
    cells = [cell for row in book["survey"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] in (["s"], ["inlineStr"])
