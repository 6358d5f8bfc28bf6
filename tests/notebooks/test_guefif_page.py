"""What the Guefif pages alone owe their readers; the oracle is the printed values themselves."""

import pytest

NAME = "guefif"


@pytest.fixture(scope="module")
def method(pages):
    """The second page, on synthetic answers."""
    return pages["guefif-methode"]


def test_no_figure_and_no_table_is_lost(page, method):
    found = [(len(one.find_all("figure")), len(one.find_all("table"))) for one in (page, method)]
    assert found >= [(5, 5), (3, 8)]


def test_whatever_is_synthetic_says_so(page, method):
    shown = method.find_all(["figure", "table"])
    assert len(shown) >= 11
    assert all(tag.find_parent(class_="synthetic") or "synthetic" in tag.get("class", []) for tag in shown)
    assert page.select(".synthetic") == [] and "synthétiques" in method.h1.get_text()


@pytest.mark.parametrize(
    "written",
    [
        "intervalle à 95 % [11,0 – 22,2]",  # R: Welch, 63.9 - 47.3, sd 10.5 and 12, n 21 and 60
        "avec 32 et 49 médecins, quatre avec les 38 et 43 du tableau",
        "le plus petit est de",  # p of Holm, under the figure of those who answered
        "6 sur 21, contre 9 sur 60",  # excellent ease, table 1
        "11 sur 21, contre 41 sur 60",  # good or excellent: 5 + 6, 32 + 9
        # by hand: 81 (2·24 − 19·36)² / (21·60·38·43) = 15.91, p = 0.000066, and 68 times that is 0.0045
        "objet des échanges : avis spécialisé (2 sur 21, contre 36 sur 60)",
        "centré sur 7,74, pas sur 4,46",  # sqrt(2.99 × 20.06) = 7.745
        "14 × 40 / (9 × 18) = 3,46",  # 3.457
        "un désavantage de 4,7 points à un avantage de 8,7",
    ],
)
def test_what_the_page_says_is_what_the_numbers_say(prose, written):
    assert written in prose.replace("\u202f", " ")


def test_the_conclusion_comes_right_after_the_findings(page):
    titles = [title.get_text().replace("’", "'") for title in page.select("main h2")]
    assert titles[2:] == ["Relecture", "Ce que l'on peut conclure, et ce que l'on ne peut pas", titles[-1]]


def test_tables_of_characteristics_are_offered_to_a_word_processor(page, method, word_files):
    files = word_files(page) | word_files(method)
    names = ("caracteristiques", "methode-score-par-canal-synthetique",
             "methode-caracteristiques-par-groupe-synthetique")  # fmt: skip
    assert list(files) == [f"guefif-{name}.docx" for name in names]
    for shown, kept in files.values():
        assert kept == shown and len(kept) > 3


def test_the_table_of_groups_has_what_an_article_asks_for(method):
    table = method.find("a", download="guefif-methode-caracteristiques-par-groupe-synthetique.csv").find_parent(
        class_="table"
    )
    heads = [head.get_text().replace("\u00a0", " ") for head in table.select("thead th")]
    users, others = "utilisateurs de Predice PRO", "non-utilisateurs"
    assert heads == [
        "Réponse", f"{users} (n = 21)", f"{users}, imprimé", f"{others} (n = 60)", f"{others}, imprimé",
        "Ensemble (n = 81)", "Test", "p", "p (Holm)", "p (BH)", "Taille d’effet",
    ]  # fmt: skip
    rows = {row.th.get_text(): [cell.get_text().replace("\u202f", " ") for cell in row.select("td")]
            for row in table.select("tbody tr")}  # fmt: skip
    # table 1 of the thesis: 13 of 21 users and 25 of 60 others are women. By hand, Pearson's chi-squared is
    # 81 (13·35 − 8·25)² / (21·60·38·43) = 2.558: p = 0.1097 on one degree of freedom, V = √(2.558 / 81) = 0.178
    assert rows["femme"][:7] == ["13 (62 %)"] * 2 + ["25 (42 %)"] * 2 + ["38 (47 %)", "khi² de Pearson", "0,110"]
    assert rows["femme"][-1].startswith("V\u00a0=\u00a00,18 [")
    assert {"moyenne (écart type)", "médiane [quartiles]", "manquant\u00a0: sans réponse"} <= set(rows)
    note = table.select_one(".note").get_text()
    assert all(word in note for word in ("Tests", "Fisher", "V de Cramér", "Holm", "Imprimé"))


QUESTIONS = {  # what a GP would ask, and the words that answer in the first three screens
    "Predice PRO est-elle jugée plus sûre ?": "Oui, pour ses utilisateurs : 16,6 points de plus",
    "Sur quelle échelle ?": "échelle de 20 à 80",
    "Et face aux autres canaux sécurisés ?": "Face aux seuls canaux sécurisés, impossible de trancher",
    "Ce résultat tient-il à la relecture ?": "L'écart de score se recalcule : 16,6 points",
    "La note mesure-t-elle une protection réelle ?": "chacun a noté son propre canal",
    "Sait-on qui choisit un canal sécurisé ?": "aucun des deux facteurs dits significatifs n'est assuré",
    "Les odds ratios viennent-ils de ces groupes ?": "onze s'expliquent avec 32 et 49 médecins, quatre avec",
    "Combien de calculs ne tiennent pas ?": "20 incohérents",
    "Qui a répondu, et combien ?": "81 réponses : 21 utilisateurs de Predice PRO et 60 autres médecins",
    "Combien de médecins avaient été sollicités ?": "en supposerait de 438 à 462",
    "Les deux groupes se ressemblent-ils ?": "aucune différence nette sur trois questions",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_three_screens_answer_a_doctor(first_screens, question):
    assert QUESTIONS[question] in first_screens
