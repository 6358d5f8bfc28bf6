"""Provenance of a page: the same content says the same, whatever its folder; parameters stand as they were given."""

import numpy as np
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from relecture.report.page import provenance


def folder(path, text="a"):
    path.mkdir()
    (path / "printed.csv").write_text(text, encoding="utf-8")
    return path


def test_two_folders_of_one_content_say_the_same_and_another_content_does_not(tmp_path):
    first, same = (provenance.of_page("jouet", folder(tmp_path / name), seed=2023) for name in ("un", "deux"))
    other = provenance.of_page("jouet", folder(tmp_path / "trois", "b"), seed=2023)
    assert first == same
    assert {key for key in first if first[key] != other[key]} == {"Empreinte des données"}


def test_parameters_and_command_are_those_of_the_page(tmp_path):
    values = provenance.of_page("jouet", folder(tmp_path / "un"), seed=2023, answers="aucun fichier")
    assert values["Paramètres"] == "graine = 2023, réponses = aucun fichier"
    assert provenance.of_page("jouet", tmp_path, confidence=0.9)["Paramètres"] == "niveau de confiance = 0,9"
    assert values["Pour refaire cette page"] == "make jouet" and str(tmp_path) not in str(values)


def test_a_page_with_intervals_says_how_often_they_hold_the_truth(tmp_path):
    path = folder(tmp_path / "un")
    assert "Intervalles" not in provenance.of_page("jouet", path, seed=2023)
    said = provenance.of_page("jouet", path, confidence=0.95)["Intervalles"]
    # Wilson's interval at its worst among 21 to 81 respondents, every count weighed: statsmodels and scipy
    truth = np.linspace(0.0005, 0.01, 96)[:, None]
    worst = min(
        (binom.pmf(counts, n, truth) * ((low <= truth) & (truth <= high))).sum(axis=1).min()
        for n in (21, 42, 50, 60, 81)
        for counts in [np.arange(n + 1)]
        for low, high in [proportion_confint(counts, n, method="wilson")]
    )
    assert f"{100 * worst:.0f} fois, au pire" in said
