"""Ticks from lists and from boxes, as coded cells; what cannot be is told by respondent."""

import dataclasses

import numpy as np
import pytest

from relecture.answers.files import multiple_choice
from relecture.answers.questionnaire.items import Choice

RANKS = np.array([0, 1, 2, 3])


@pytest.fixture
def item(toy):
    """« Lesquelles ? », with one more choice: not to know."""
    choices = (*toy["lesquelles"].choices, Choice("ne_sait_pas", "Je ne sais pas"))
    return dataclasses.replace(toy["lesquelles"], choices=choices, least=None)


def rows(cells):
    return [" ".join(row) for row in zip(*cells.values(), strict=True)]


def test_lists_become_cells(item):
    ticks = multiple_choice.ticks_from_lists(item, ["mailiz lifen", "ne_sait_pas", "sans_reponse", "non_pose"], RANKS)
    cells = multiple_choice.coded_cells(item, ticks)
    assert list(cells) == [f"lesquelles.{code}" for code in ("mailiz", "apicrypt", "lifen", "autre", "aucune")]
    assert rows(cells)[0] == "1 0 1 0 0"
    assert [set(row.split()) for row in rows(cells)[1:]] == [{"ne_sait_pas"}, {"sans_reponse"}, {"non_pose"}]


def boxes(**texts):
    return {code: (list(cells), RANKS) for code, cells in texts.items()}


def test_boxes_become_the_same_cells_and_a_missing_code_must_stand_in_them_all(item):
    ticks, broken = multiple_choice.ticks_from_boxes(
        item,
        boxes(
            mailiz=("1", "non_pose", "", "sans_reponse"),
            lifen=("0", "non_pose", "", "0"),
            ne_sait_pas=("0", "", "1", "0"),
        ),
    )
    assert broken.tolist() == [False, False, False, True]
    assert list(multiple_choice.ticked_codes(ticks, range(4))) == ["mailiz", "", "ne_sait_pas", ""]
    cells = multiple_choice.coded_cells(item, ticks)
    assert [cell[:3] for cell in cells["lesquelles.mailiz"]] == ["1", "non", "ne_", "san"]


@pytest.mark.parametrize(
    ("least", "most", "codes", "faults"),
    [
        (None, None, "mailiz apicrypt lifen autre", []),
        (2, 3, "mailiz apicrypt", []),
        (2, 3, "mailiz", ["« mailiz » : au moins 2 choix attendus"]),
        (2, 3, "ne_sait_pas", []),  # a missing answer counts no choice
        (2, 3, "sans_reponse", []),
        (2, 3, "aucune", []),  # nor does one that excludes the others
        (None, 1, "mailiz lifen", ["« mailiz lifen » : au plus 1 choix attendus"]),
        (None, None, "lifen aucune", ["« lifen aucune » : « aucune » ne va avec aucun autre choix"]),
        (None, None, "lifen ne_sait_pas", ["« lifen ne_sait_pas » : « ne_sait_pas » ne va avec aucun autre choix"]),
    ],
)
def test_what_cannot_be_ticked_together_is_told(item, least, most, codes, faults):
    bounded = dataclasses.replace(item, least=least, most=most)
    ticks = multiple_choice.ticks_from_lists(bounded, [codes], np.array([0]))
    found = lambda sure: multiple_choice.impossible_ticks(bounded, ticks, np.array([7]), "q", np.array([sure]))  # noqa: E731
    assert [str(fault) for fault in found(True)] == [f"ligne 7, colonne « q » : {fault}" for fault in faults]
    assert list(found(False)) == []
