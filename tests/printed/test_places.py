"""Places gathered: lines of one section brought together, and any other text as it stands."""

import pytest

from relecture.printed.places import gathered


@pytest.mark.parametrize(
    ("places", "text"),
    [
        (["résultats, l. 12"], "résultats, l. 12"),
        (["table 1, l. 4", "texte, l. 9", "table 1, l. 3", "table 1, l. 1"], "table 1, l. 1, 3-4 ; texte, l. 9"),
        (["texte, l. 3", "texte, l. 3"], "texte, l. 3"),
        (["résultats, tableau 1, l. 2"], "résultats, tableau 1, l. 2"),  # the lines are the last step
        (["l. 12-13"], "l. 12-13"),  # no section
        (["texte, l. 12-13", "texte, l. 14", "texte, l. 20–22"], "texte, l. 12-14, 20-22"),  # spans as given
        (["texte, l. 12-20", "texte, l. 14"], "texte, l. 12-20"),  # one within the other
        (["texte, l. 1-1000000000"], "texte, l. 1-1000000000"),  # never counted line by line
        (["texte, l. 12 et 15", "texte, l. douze", "p. 3"], "texte, l. 12 et 15 ; texte, l. douze ; p. 3"),  # free text
        (["texte, l. 939-938"], "texte, l. 938-939"),  # the last line first
        (["texte, l. 921-38"], "texte, l. 921-938"),  # shortened
        (["texte, l. 999-1002", "texte, l. 1003-4"], "texte, l. 999-1004"),
        (["texte, l. 921-15"], "texte, l. 921-15"),  # neither 915 nor 1015 for sure: as it stands
        (["texte, l. 7-7"], "texte, l. 7"),
        (["annexe", "annexe, l. 3"], "annexe, l. 3"),
        (["", "texte"], "texte"),
        ([], ""),
    ],
)
def test_places_are_gathered_by_section(places, text):
    assert gathered(places) == text
