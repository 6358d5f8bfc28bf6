"""What is said of a class: associations against scipy, merging against its rule, the words as said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import parse_corpus
from relecture.text.corpus.segments import segment_corpus
from relecture.text.corpus.tokens import TextSettings
from relecture.text.lexicon.class_profiles import (
    ClassSettings,
    class_summary,
    classify_segments,
    form_profiles,
    merge_short_segments,
    signed_chi2,
    typical_segments,
    variable_profiles,
)
from relecture.text.lexicon.class_stability import adjusted_rand

THEMES = {
    "securite": ["mot de passe, serveur, sauvegarde", "serveur, pirate, sauvegarde", "mot de passe, pirate, serveur"],
    "soin": ["patient, stylo, clavier", "patient, clavier, silence", "stylo, silence, patient"],
}
CHOICES = ClassSettings(k=2, min_segment_size=0)


def _corpus(repeats=4):
    """Texts of one theme each, a sentence a segment."""
    texts = [
        f"**** *theme_{theme} *rang_{rank}\n" + "\n".join(f"{line}." for line in lines)
        for rank in range(repeats)
        for theme, lines in THEMES.items()
    ]
    return parse_corpus("\n".join(texts))


@pytest.fixture(scope="module")
def found():
    return classify_segments(segment_corpus(_corpus(), TextSettings(segment_size=3)), CHOICES)


def test_each_theme_is_a_class(found):
    told = class_summary(found, forms=3)
    assert told["class"].tolist() == [1, 2]
    assert told["segments"].tolist() == [12, 12]
    assert told["share"].tolist() == [0.5, 0.5]
    assert told["forms"].tolist() == [("serveur", "mot_de_passe", "pirate"), ("patient", "clavier", "silence")]
    assert found.remarks == ()


def test_profiles_against_scipy(found):
    frame = form_profiles(found).set_index(["class", "form"])
    held, names = found.segmented.matrix.toarray(), list(found.segmented.forms["form"])
    for (number, form), row in frame.iterrows():
        inside, has = found.classes == number, held[:, names.index(form)] > 0
        table = [[(inside & has).sum(), (inside & ~has).sum()], [(~inside & has).sum(), (~inside & ~has).sum()]]
        oracle = chi2_contingency(table, correction=False)
        assert abs(row["chi2"]) == pytest.approx(oracle.statistic)
        assert row["p"] == pytest.approx(oracle.pvalue)
        assert np.sign(row["chi2"]) == np.sign((inside & has).mean() - inside.mean() * has.mean())
        assert (row["count"], row["total"]) == (table[0][0], has.sum())
    assert (frame.groupby("class")["chi2"].diff().dropna() <= 1e-9).all()


def test_variables_are_associated_like_forms(found):
    frame = variable_profiles(found).set_index(["class", "variable", "modality"])
    assert frame.loc[(1, "theme", "securite"), "chi2"] == pytest.approx(24)  # 24 segments, a perfect table
    assert frame.loc[(1, "theme", "soin"), "chi2"] == pytest.approx(-24)
    assert frame.loc[(2, "rang", "0"), "chi2"] == pytest.approx(0)
    assert frame["texts"].tolist() == [4, 1, 1, 1, 1, 0] * 2  # of 4 texts a theme, one a rank, 0 of the other theme


def test_the_variables_asked_for_are_those_of_all(found):
    frame = variable_profiles(found)
    pd.testing.assert_frame_equal(
        variable_profiles(found, ["theme"]), frame[frame["variable"] == "theme"].reset_index(drop=True)
    )


def test_typical_segments_are_in_the_words_said(found):
    frame = typical_segments(found, count=2)
    assert frame["class"].tolist() == [1, 1, 2, 2]
    assert frame["words"][0] in {f"{line}." for line in THEMES["securite"]}
    assert frame["words"][2] in {f"{line}." for line in THEMES["soin"]}
    assert frame.groupby("class")["score"].apply(lambda scores: scores.is_monotonic_decreasing).all()


@pytest.mark.parametrize(
    ("held", "texts", "least", "units"),
    [
        ([5, 5, 5], [0, 0, 0], 0, [0, 1, 2]),
        ([5, 5, 5], [0, 0, 0], 5, [0, 1, 2]),
        ([2, 3, 5], [0, 0, 0], 5, [0, 0, 1]),
        ([5, 2], [0, 0], 5, [0, 0]),  # what is left joins the unit before
        ([5, 2, 5], [0, 0, 1], 5, [0, 0, 1]),
        ([5, 2, 1, 5], [0, 1, 1, 1], 5, [0, 1, 1, 1]),
        ([2, 1], [0, 1], 5, [0, 1]),  # a text that never has enough stays one unit
        ([2, 2, 2, 2, 2], [0, 0, 0, 0, 0], 4, [0, 0, 1, 1, 1]),
        ([9, 1, 1, 9], [0, 0, 1, 1], 5, [0, 0, 1, 1]),
    ],
)
def test_small_segments_join_their_neighbours(held, texts, least, units):
    assert merge_short_segments(held, texts, least).tolist() == units


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=40), st.integers(0, 12))
def test_units_stay_in_their_text_and_in_order(segments, least):
    held = [forms for forms, _ in segments]
    texts = np.cumsum([new for _, new in segments])
    units = merge_short_segments(held, texts, least)
    assert set(np.diff(units)) <= {0, 1}
    for unit in set(units):
        inside = texts[units == unit]
        assert len(set(inside)) == 1
        alone = set(units[texts == inside[0]]) == {unit}
        assert np.array(held)[units == unit].sum() >= least or alone


def test_merging_is_told():
    done = classify_segments(
        segment_corpus(_corpus(), TextSettings(segment_size=3)), ClassSettings(k=2, min_segment_size=6)
    )
    assert done.remarks == ("24 segments fusionnés en 8 unités",)  # 3 forms a segment: a text of 3 makes one unit
    assert len(done.classes) == 24
    assert [len(set(part)) for part in np.split(done.classes, 8)] == [1] * 8


def test_settings_and_remarks_are_in_one_table(found):
    values = found.settings_table().set_index("setting")["value"]
    assert values["nombre de classes demandé"] == "2"
    assert values["fusion des segments courts"] == "aucune"
    assert values["coefficient de contingence (cc_test)"] == "0,3"


def test_signed_chi2_does_not_overflow():
    """Counts of half a million: products of four pass the 64 bits of an integer."""
    assert signed_chi2(300_000, 400_000, 500_000, 1_000_000) == pytest.approx(1e6 * (3e5 * 4e5 - 1e5 * 2e5) ** 2 / 6e22)
    assert signed_chi2(0, 0, 5, 10) == 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("patient. " * 3, "il faut 5 segments qui aient une forme, et il y en a 1"),
        ("patient, dossier, écran. " * 60, "segments ont tous les mêmes formes"),
    ],
    ids="short uniform".split(),
)
def test_what_has_no_classes_says_why(text, fault):
    with pytest.raises(InputError, match=fault):
        classify_segments(segment_corpus(parse_corpus(text), TextSettings(segment_size=3)), CHOICES)


@pytest.fixture(scope="module")
def classed(fictional):
    return classify_segments(fictional)


def test_classes_of_the_interviews_give_back_their_themes(classed):
    themes = pd.factorize(classed.segmented.table["theme"])[0] + 1
    assert classed.hierarchy.steps == classed.settings.k - 1
    assert adjusted_rand(themes, classed.classes) > 0.5  # 0 by chance, 1 for the same parts
    assert class_summary(classed)["share"].min() > 0.05


@pytest.mark.parametrize("form", ["dmp", "hébergeur", "messagerie_sécurisée", "patient", "abonnement"])
def test_a_form_that_names_a_theme_heads_one_class_only(classed, form):
    assert sum(form in forms for forms in class_summary(classed)["forms"]) == 1
