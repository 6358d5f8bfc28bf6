"""Usual conventions under which numbers are computed and printed, with their French words.

Each convention has its options, each with a noun and with the condition that it makes of a verdict. The options of a
kind of relation, and their order, stand in its ladder.
"""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """One way to compute or to print, in French: its noun, and the condition that it makes of a verdict."""

    noun: str
    condition: str


ROUNDED_QUANTILES = {"1.96": "95", "1.645": "90", "1.64": "90", "1.65": "90", "2.576": "99", "2.58": "99", "2.57": "99"}
CONVENTIONS: dict[str, dict[str, Option]] = {
    "rounding": {
        "nearest": Option("arrondi", "si l'on a arrondi au plus proche"),
        "truncate": Option("troncature", "si l'on a tronqué au lieu d'arrondir"),
    },
    "level": {
        "95": Option("95 %", "si l'intervalle est à 95 %"),
        "90": Option("90 %", "si l'intervalle est à 90 %"),
        "99": Option("99 %", "si l'intervalle est à 99 %"),
    },
    "quantile": {  # of the normal law, as textbooks round it
        "exact": Option("exact", "si le quantile de la loi normale n'est pas arrondi"),
        **{
            value: Option(in_french, f"si le quantile de la loi normale est arrondi à {in_french}")
            for value, in_french in ((value, value.replace(".", ",")) for value in ROUNDED_QUANTILES)
        },
    },
    "alternative": {
        "two-sided": Option("test bilatéral", "si le test est bilatéral"),
        "one-sided": Option("test unilatéral", "si le test est unilatéral"),
        "greater": Option("test unilatéral à droite", "si le test est unilatéral à droite"),
        "less": Option("test unilatéral à gauche", "si le test est unilatéral à gauche"),
    },
    "law": {
        "normal": Option("loi normale", "si la loi est normale"),
        "t": Option("loi de Student", "si la loi est celle de Student"),
        "mixed": Option(  # R's glm of a measure
            "Student pour p seul", "si p est de la loi de Student, et l'intervalle de la loi normale"
        ),
    },
    "interval": {
        "wald": Option("Wald", "si l'intervalle est celui de Wald"),
        "profile": Option(
            "profil de vraisemblance", "si l'intervalle est celui du profil de vraisemblance (confint de R)"
        ),
        "score": Option("score", "si l'intervalle est celui du score"),
        "exact": Option("exact", "si l'intervalle est exact"),
        "midp": Option("mi-p", "si l'intervalle est celui du mi-p (exact, un peu resserré)"),
        "wilson": Option("Wilson", "si l'intervalle est celui de Wilson"),
        "agresti-coull": Option("Agresti-Coull", "si l'intervalle est celui d'Agresti et Coull"),
        "jeffreys": Option("Jeffreys", "si l'intervalle est celui de Jeffreys"),
        "logit": Option("logit", "si l'intervalle est calculé sur le logit"),
        "wilson-corrected": Option("Wilson corrigé", "si l'intervalle est celui de Wilson, corrigé de la continuité"),
        "wald-corrected": Option("Wald corrigé", "si l'intervalle est celui de Wald, corrigé de la continuité"),
    },
    "test": {
        "student": Option("Student", "si le test est celui de Student"),
        "welch": Option("Welch", "si le test est celui de Welch"),
        "ranks": Option("rangs", "si le test porte sur les rangs"),
        "ranks-across": Option("rangs de l'autre sens", "si le test porte sur les rangs, dans l'autre sens du tableau"),
        "pearson": Option("Pearson", "si le test est celui de Pearson, sans correction"),
        "yates": Option("Yates", "si la correction de Yates est appliquée"),
        "n-1": Option("N − 1", "si le khi-deux est multiplié par (N − 1) / N"),
        "fisher": Option("Fisher", "si le test est celui de Fisher"),
        "fisher-simulated": Option("Fisher simulé", "si le test est celui de Fisher, p simulé par 2 000 tirages"),
        "fisher-doubled": Option("Fisher doublé", "si le test est celui de Fisher, p unilatéral doublé"),
        "midp": Option("mi-p", "si le test est celui du mi-p"),
        "midp-doubled": Option("mi-p doublé", "si le test est celui du mi-p, p unilatéral doublé"),
        "likelihood-ratio": Option("rapport de vraisemblance", "si le test est celui du rapport de vraisemblance"),
        "wald": Option("Wald", "si le test est celui de Wald"),
        "difference": Option(
            "différence de proportions", "si le test est celui de la différence de proportions (Wald)"
        ),
        "trend": Option("tendance linéaire", "si le test est celui d'une tendance linéaire"),
        "mcnemar": Option("McNemar", "si le test est celui de McNemar"),
    },
    "correction": {
        "none": Option("sans correction", "si rien n'est ajouté aux cases"),
        "half": Option("½ ajouté", "si ½ est ajouté à chaque case"),
    },
    "sd": {
        "n-1": Option("variance divisée par n − 1", "si la variance est divisée par n − 1"),
        "n": Option("variance divisée par n", "si la variance est divisée par n"),
    },
    "df": {
        "exact": Option("degrés de liberté exacts", "si les degrés de liberté sont exacts"),
        "rounded": Option("degrés de liberté arrondis", "si les degrés de liberté sont arrondis à l'entier"),
    },
    "correlation": {
        "pearson": Option("Pearson", "si la corrélation est celle de Pearson"),
        "spearman": Option("Spearman", "si la corrélation est celle de Spearman"),
        "kendall": Option("Kendall", "si la corrélation est le tau de Kendall"),
    },
    "difference": {  # standardised
        "pooled": Option("d de Cohen", "si l'écart type est celui des deux groupes réunis"),
        "hedges": Option("g de Hedges", "si le d est corrigé pour les petits effectifs (g de Hedges)"),
        "glass-first": Option("écart type du premier", "si l'écart type est celui du premier groupe (delta de Glass)"),
        "glass-second": Option("écart type du second", "si l'écart type est celui du second groupe (delta de Glass)"),
        "average": Option("variance moyenne", "si la variance est la moyenne de celles des deux groupes"),
        "unequal": Option("groupes inégaux", "si les groupes sont de tailles inégales"),
        "paired": Option("d apparié", "si le d est celui de mesures appariées"),
    },
    "variance": {  # shares of it
        "partial": Option("part partielle", "si la part est partielle"),
        "omega": Option("oméga²", "si c'est un oméga²"),
        "epsilon": Option("epsilon²", "si c'est un epsilon²"),
        "total": Option("part du total", "si d'autres facteurs comptent dans la variance totale"),
        "adjusted": Option("R² ajusté", "si ce R² est ajusté"),
    },
    "stars": {
        "usual": Option("étoiles à 0,05, 0,01 et 0,001", "si les étoiles valent 0,05, 0,01 et 0,001"),
        "threshold": Option("étoiles comme seuils", "si une étoile dit seulement que p est sous son seuil"),
        "economics": Option("étoiles à 0,10, 0,05 et 0,01", "si les étoiles valent 0,10, 0,05 et 0,01"),
    },
    "weights": {
        "none": Option("sans pondération", "si le kappa n'est pas pondéré"),
        "linear": Option("pondération linéaire", "si le kappa est pondéré linéairement"),
        "quadratic": Option("pondération quadratique", "si le kappa est pondéré par les carrés"),
    },
    "answers": {
        "all": Option("tous ont répondu", "si tous ont répondu"),
        "some": Option("non-réponses", "si des répondants n'ont pas répondu"),
    },
}
QUANTILES = " ".join(CONVENTIONS["quantile"])
