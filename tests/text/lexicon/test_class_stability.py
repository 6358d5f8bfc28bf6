"""Agreement of classifications: its index against its formula, and what it says of a corpus of two themes."""

from itertools import product
from math import comb, isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import parse_corpus
from relecture.text.corpus.tokens import TextSettings
from relecture.text.lexicon.class_profiles import ClassSettings
from relecture.text.lexicon.class_stability import adjusted_rand, class_stability


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_the_index_to_the_letter(pairs):
    """Hubert & Arabie (1985), formula 5, on the pairs without a 0."""
    kept = [pair for pair in pairs if all(pair)]
    both = sum(comb(kept.count(pair), 2) for pair in product((1, 2, 3), repeat=2))
    one, other = (sum(comb([pair[side] for pair in kept].count(label), 2) for label in (1, 2, 3)) for side in (0, 1))
    found = adjusted_rand(*zip(*pairs, strict=True))
    if len(kept) < 2:
        assert isnan(found)
        return
    chance, most = one * other / comb(len(kept), 2), (one + other) / 2
    if most != chance:  # else every partition agrees with itself
        assert found == pytest.approx((both - chance) / (most - chance))


def _corpus():
    safe, care = "mot de passe, serveur, pirate, sauvegarde. ", "patient, stylo, clavier, silence. "
    return parse_corpus("\n".join(f"**** *m_{rank}\n{(safe, care)[rank % 2] * 12}" for rank in range(8)))


def test_two_themes_are_found_at_every_size():
    frame = class_stability(_corpus(), choices=ClassSettings(min_segment_size=0), sizes=(8, 12, 20), ks=(2, 3))
    assert frame[["size", "k"]].to_numpy().tolist() == [[size, k] for size in (8, 12, 20) for k in (2, 3)]
    assert frame.loc[frame["k"] == 2, "agreement"].tolist() == [1, 1, 1]
    assert np.isnan(frame.loc[frame["k"] == 3, "agreement"]).all()  # nothing parts a theme


def test_a_size_that_cannot_be_classified_is_left_blank():
    frame = class_stability(_corpus(), choices=ClassSettings(min_segment_size=0), sizes=(8, 12, 5000), ks=(2,))
    assert frame["agreement"].isna().tolist() == [False, False, False]
    frame = class_stability(_corpus(), TextSettings(), ClassSettings(min_split_members=9), sizes=(12, 5000), ks=(2,))
    assert frame["agreement"].isna().all()


def test_a_corpus_without_classes_says_why():
    with pytest.raises(InputError, match="le corpus est trop court"):
        class_stability(parse_corpus("Oui."), sizes=(20, 40))
