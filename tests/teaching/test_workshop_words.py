"""What the workshop says of numbers. Oracles: those of the rooms that compute them, named at each."""

import re

import pytest

from relecture.core.study import ROOT
from relecture.teaching import workshop_words
from relecture.teaching.course import FILE, load


def test_the_samples_behind_a_mean_are_counted_and_drawn():
    said = workshop_words.mean_words(3.5, 0.5, 52, 1, (1, 5))  # 15 samples: unsum, scrutipy
    assert "15\xa0séries de 52 réponses" in said and said.count("<polyline") == 15
    assert 'aria-label="Séries possibles de réponses, de 1 à 5"' in said


def test_an_impossible_pair_draws_nothing():
    said = workshop_words.mean_words(3.42, 1.21, 28, 2, (1, 5))  # 96 / 28 = 3.4286, and no sum of squares
    assert "✗" in said and "<svg" not in said


def test_a_test_that_cannot_fail_says_so():
    assert "toute moyenne à 1 décimale est possible" in workshop_words.mean_words(3.4, 1.2, 60, 1, (1, 5))


def test_an_odds_ratio_has_its_interval_and_three_p():
    said = workshop_words.odds_words(12, 8, 10, 20)  # R 4.2: 3.00 [0.93; 9.70], Wald .0665, Pearson .0627, Fisher .0845
    assert all(word in said for word in ("3,00", "0,93 à 9,70", "0,066", "0,063", "0,085", "il contient un"))
    assert "case vide" in workshop_words.odds_words(0, 8, 10, 20)


def test_an_interval_narrows_as_answers_grow():
    said = workshop_words.width_words(62, 0.95)
    widths = [float(high) - float(low) for low, high in re.findall(r"<td>(\d+) à (\d+) %", said)]
    assert len(widths) == 7 and widths == sorted(widths, reverse=True)
    assert "31 sur 50</th><td>48 à 74 %" in said  # statsmodels: proportion_confint(31, 50, method="wilson")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((20, 5, 10, 15), "kappa <b>0,40</b>"),  # Cohen (1960): (0.7 - 0.5) / (1 - 0.5)
        ((5, 0, 0, 9), "accord parfait"),
        ((0, 0, 0, 9), "aucune variation"),
        ((0, 0, 0, 0), "aucun segment"),
    ],
)
def test_two_coders_have_a_kappa_or_a_reason(cells, words):
    assert words in workshop_words.kappa_words(*cells)


def test_a_score_is_told_when_all_is_answered():
    asked = next(one for one in load(ROOT / "data" / FILE).exercises if one.ask == "score")
    assert "Il reste 20 affirmations" in workshop_words.score_words(asked, [0] * 20)
    assert "<b>20</b>. C’est moins que la moyenne" in workshop_words.score_words(asked, [1] * 20)
    assert "<b>80</b>. C’est plus que la moyenne" in workshop_words.score_words(asked, [4] * 20)
