"""The workbook converts with pyxform and passes ODK Validate; its conditions are those of the specification."""

import io
import shutil

import pytest

from relecture.answers.formats import xlsform
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.conditions import parse


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate demande java : apt-get install default-jre")
def test_the_form_converts_and_passes_odk_validate(one):
    from pyxform.xls2xform import convert

    warnings = []
    result = convert(io.BytesIO(xlsform.export(one).content), validate=True, file_type=".xlsx", warnings=warnings)
    assert "<h:html" in result.xform
    assert warnings == []


def test_a_condition_is_compiled_as_the_specification_writes_it(tree):
    assert xlsform._relevant(parse(tree))["relevant"] == (
        "((${avis__simple} = 'bof' or ${avis__simple} = 'non') and (selected(${lesquelles}, 'mailiz') or "
        "not(${mss} = 'oui')))"
    )


def test_a_choice_that_is_ticked_alone_is_enough(hard):
    """`least` is 2; pyxform's own reading of the count, from the specification."""
    assert list(xlsform._ticks(hard["class"]))[1:] == [
        "(count-selected(.) >= 2 or selected(., 'rien'))", "count-selected(.) <= 3"
    ]  # fmt: skip


def test_a_label_cannot_become_a_formula_of_the_workbook(document):
    from openpyxl import load_workbook

    document["sections"][0]["items"][0]["label"] = "=1+1"
    book = load_workbook(io.BytesIO(xlsform.export(instrument.build(document)).content))
    cells = [cell for row in book["survey"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] in (["s"], ["inlineStr"])
