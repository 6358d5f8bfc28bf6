"""Oracles: the counts given; the places of towns on the map of France; a reader who adds up what is shown."""

import re

import numpy as np
import pandas as pd
import pytest

from relecture.answers.coded import departements
from relecture.disclosure.disclosure_control import Control
from relecture.report.figures.departements import departements_map
from relecture.stats.survey import characteristics
from relecture.stats.survey.questions import of_departements

WORDS = {"title": "Où", "alt": "Carte."}
PLACES = {"59": 40, "62": 25, "75": 6, "974": 7, "02": 4, "60": 3, "80": 1}


def cells(places, smallest=5, unsaid=2):
    codes = [code for code, n in places.items() for _ in range(n)] + ["sans_reponse"] * unsaid
    frame = pd.DataFrame({departements.COLUMN: codes}, dtype=str)
    return Control(smallest).characteristics(characteristics.table(frame, [of_departements()])).overall


def written(figure):
    return re.findall(r"<text[^>]*>(\d+)</text>", figure.svg.decode())


def test_the_map_and_its_words_tell_the_counts_that_are_shown_and_no_other():
    figure, words = (
        departements_map(cells(PLACES), **WORDS),
        "Nord (40), Pas-de-Calais (25), La Réunion (7), Paris (6).",
    )
    assert (figure.alt.replace("\xa0", " "), figure.caption.replace("\xa0", " ")) == (f"Carte. {words}", words)
    assert sorted(written(figure)) == ["25", "40"]  # Paris is small, La Réunion far


def test_nothing_is_filled_where_nothing_is_shown():
    figure = departements_map(cells({"59": 3, "62": 2}), **WORDS)
    assert figure.caption == "" and figure.alt == "Carte."
    assert written(figure) == [] and figure.svg == departements_map(cells({}), **WORDS).svg


def test_two_maps_with_the_same_shown_counts_are_the_same_to_the_last_byte():
    one, other = (cells(PLACES | hidden) for hidden in ({"02": 4, "60": 3, "80": 1}, {"02": 1, "60": 3, "80": 4}))
    assert departements_map(one, **WORDS).svg == departements_map(other, **WORDS).svg


def test_the_blanks_of_a_map_are_no_cells_that_a_page_says_it_hid():
    frame, guard = pd.DataFrame({departements.COLUMN: ["59"] * 9 + ["62"]}), Control(5)
    hidden = guard.characteristics(characteristics.table(frame, [of_departements()]), tallied=False)
    assert hidden.cells["withheld"].sum() > 90 and guard.primary + guard.secondary == 0


def test_cells_that_no_control_has_seen_are_refused():
    frame = pd.DataFrame({departements.COLUMN: ["59"] * 3})
    bare = characteristics.table(frame, [of_departements()]).overall
    with pytest.raises(ValueError, match="control"):
        departements_map(bare, **WORDS)


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_departement_can_be_worked_out_from_the_others(seed):
    """What is hidden adds up to the respondents that no shown number holds: each could have any part of them."""
    rng = np.random.default_rng(seed)
    codes = rng.permutation(list(departements.known()))[: rng.integers(2, 9)]
    counts = rng.choice([1, 2, 3, 4, 5, 9, 30], size=len(codes))
    unsaid = int(rng.integers(0, 4))
    places = dict(zip(codes, counts.tolist(), strict=True))
    shown = cells(places, unsaid=unsaid).query("kind == 'answer'").set_index("level")["count"]
    left = sum(places.values()) - int(shown.sum())  # the reader knows everybody, and who gave no postcode
    small = {code for code in shown.index if places.get(code, 0) < 5}
    assert shown[list(small)].isna().all()
    assert left >= min(5, sum(places.values()))
    assert shown.isna().sum() >= 2 and shown.dropna().ge(5).all()
