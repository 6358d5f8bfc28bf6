"""Every word of click's that a command can bring up is French; bad usage is status 2."""

import re

import pytest

from relecture.core.french import typeset

ENGLISH = re.compile(
    r"\b(usage:|error|options:|commands:|try|show|exit|missing|no such|did you mean|invalid|requires|got|is not)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ([], 2, "Usage : relecture [OPTIONS] COMMANDE"),
        (["--help"], 0, "Commandes :"),
        (["build", "--help"], 0, "Affiche cette aide."),
        (["audit", "--help"], 0, "ÉTUDE|DOSSIER|TABLEAU"),
        (["--version"], 0, "relecture 0."),
        (["dessine"], 2, "La commande « dessine » n'existe pas."),
        (["buil"], 2, "Vouliez-vous dire « build » ?"),
        (["build", "--bruit"], 2, "L'option « --bruit » n'existe pas."),
        (["build", "--out"], 2, "L'option « --out » demande une valeur."),
        (["build", "--jobs", "0"], 2, "0 est refusé, il en faut au moins 1."),
        (["build", "--jobs", "deux"], 2, "« deux » n'est pas un nombre entier."),
        (["build", "--force=1"], 2, "L'option « --force » ne prend pas de valeur."),
        (["build", "--fo"], 2, "Vouliez-vous dire l'un de ceux-ci :"),
        (["audit"], 2, "Il manque l'argument « ÉTUDE|DOSSIER|TABLEAU »"),
        (["audit", "a", "b"], 2, "Argument en trop : b"),
        (["audit", "a", "b", "c"], 2, "Arguments en trop : b c"),
        (["audit", "a", "--format", "xml"], 2, "« xml » n'est pas une présentation. Attendu : texte, csv, json."),
    ],
)
def test_click_speaks_french_and_bad_usage_is_status_2(relecture, words, status, told):
    result = relecture(*words)
    assert result.exit_code == status
    assert typeset(told) in result.output
    assert ENGLISH.findall(re.sub(r"Usage\u00a0:|--[a-z]+", "", result.output)) == []
