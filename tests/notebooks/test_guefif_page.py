"""What the Guefif page alone owes its readers; the oracle is the printed values themselves."""

import re

NAME = "guefif"


def test_no_figure_and_no_table_is_lost(page):
    assert (len(page.find_all("figure")) >= 9, len(page.find_all("table")) >= 9) == (True, True)


def test_whatever_is_synthetic_says_so(page):
    after = page.find("h2", string=re.compile("refaite sur des réponses"))
    end = page.find("h2", string=re.compile("conclure"))
    shown = [tag for tag in after.find_all_next(["figure", "table"]) if tag.sourceline < end.sourceline]
    assert len(shown) >= 12
    assert all(tag.find_parent(class_="synthetic") or "synthetic" in tag.get("class", []) for tag in shown)


def test_tables_of_characteristics_are_offered_to_a_word_processor(page, word_files):
    files = word_files(page)
    names = ("caracteristiques", "score-par-canal-synthetique", "caracteristiques-par-groupe-synthetique")
    assert list(files) == [f"guefif-{name}.docx" for name in names]
    for shown, kept in files.values():
        assert kept == shown and len(kept) > 3


def test_the_table_of_groups_has_what_an_article_asks_for(page):
    table = page.find("a", download="guefif-caracteristiques-par-groupe-synthetique.csv").find_parent(class_="table")
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
    assert rows["femme"][-1].startswith("V\u00a0=\u00a00,18\u00a0[")
    assert {"moyenne (écart type)", "médiane [quartiles]", "manquant\u00a0: sans réponse"} <= set(rows)
    note = table.select_one(".note").get_text()
    assert all(word in note for word in ("Tests", "Fisher", "V de Cramér", "Holm", "Imprimé"))
