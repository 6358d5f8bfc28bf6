"""Rows put side by side: each number comes from its ledger, faults are told at once, nothing is added across studies.

Oracles: the printed tables of the theses, and counts done by hand beside each case.
"""

import pytest

from relecture import load_study
from relecture.core.errors import InputError
from relecture.printed import audit
from relecture.printed.frames import across_studies

STUDIES = {name: load_study(name) for name in ("ajoodha", "clausener", "guefif", "zerhoui")}
ROW = {"label": "Ce qui est compté", "population": "médecins"}
HOSPITALS = [f"reception.hopitaux.{often}.effectif" for often in ("jamais", "parfois", "souvent", "toujours")]


def one(record):
    return across_studies.proportion_rows(STUDIES, {"Sujet": [ROW | record]}).iloc[0]


@pytest.mark.parametrize(
    ("record", "count", "n", "printed"),
    [
        ({"study": "zerhoui", "count": "texte.rgpd.connu", "n": "echantillon.n"}, 3, 50, "3/50"),
        ({"study": "ajoodha", "count": HOSPITALS, "n": "resultats.entretiens"}, 46, 50, "46/50"),  # 0 + 6 + 7 + 33
        ({"study": "guefif", "count": "flux.utilisateurs", "n": ["flux.utilisateurs", "flux.non_utilisateurs"]},
         21, 81, "21/81"),  # 21 + 60
        ({"study": "ajoodha", "percent": "discussion.obligations.respectees", "n": "resultats.entretiens"},
         12, 50, "12/50"),  # 12 / 50 = 24 %, and no other count of 50 prints so
    ],
)  # fmt: skip
def test_a_count_and_its_denominator_come_from_the_ledger(record, count, n, printed):
    row = one(record)
    assert (row["count"], row["n"], row["printed"]) == (count, n, printed)


@pytest.mark.parametrize(
    ("record", "stated", "printed"),
    [
        ({"study": "clausener", "percent": "equipement.medecins.taux"}, 0.627, "62,7 %"),
        ({"study": "ajoodha", "percent": ["discussion.panel.mail", "discussion.panel.mail.sur"]}, 0.6, "6 sur 10"),
    ],
)
def test_a_rate_without_denominator_has_no_count(record, stated, printed):
    row = one(record)
    assert (row["stated"], row["printed"]) == (stated, printed)
    assert row[["count", "n"]].isna().all()


def test_a_lost_number_is_said_lost_and_never_guessed():
    row = one({"study": "ajoodha", "item": "rgpd_connu", "lost": "graphique de la question 5"})
    assert (row["printed"], row["place"]) == ("perdu", "graphique de la question 5")
    assert row[["count", "n", "stated"]].isna().all()
    assert row["asked"].startswith("question 5 : ")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ({}, "chiffres de février 2018 à août 2021"),  # that of the study
        ({"when": ["equipement.medecins.mois", "equipement.medecins.annee"]}, "août 2021"),
        ({"when": []}, "date non précisée"),
    ],
)
def test_a_row_is_dated_as_its_source_dates_it(when, told):
    assert one({"study": "clausener", "percent": "equipement.medecins.taux"} | when)["when"] == told


def faults(*records):
    with pytest.raises(InputError) as refused:
        across_studies.proportion_rows(STUDIES, {"Sujet": list(records)})
    return list(refused.value.faults)


def test_every_fault_of_shape_is_told_at_once():
    told = faults(
        ROW | {"study": "zerhoui", "lost": "x", "couleur": "bleu"},
        ROW | {"study": "zerhoui"},
        {"study": "zerhoui", "population": "médecins", "count": "texte.rgpd.connu"},
    )
    known = "count, item, label, lost, n, percent, population, study, when"
    assert told[0] == f"rows.yaml, rows.Sujet.1 : « couleur » inconnu ; attendus : {known}"
    assert told[1].startswith("rows.yaml, rows.Sujet.2 : « {'label': ")
    assert told[1].endswith(" ; attendu : un effectif, un pourcentage, ou « lost », qui dit ce qui est perdu")
    assert sorted(told[2:]) == [f"rows.yaml, rows.Sujet.3 : il manque « {key} »" for key in ("label", "n")]


def test_every_name_that_leads_nowhere_is_told_at_once():
    assert faults(
        ROW | {"study": "personne", "count": "a", "n": "b"},
        ROW | {"study": "zerhoui", "count": "nulle.part", "n": "echantillon.n", "item": "aucun"},
    ) == [
        "Sujet, ligne 1 : étude « personne » inconnue (ajoodha, clausener, guefif, zerhoui)",
        "Sujet, ligne 2 : adresse « nulle.part » inconnue de zerhoui",
        "Sujet, ligne 2 : question « aucun » inconnue de zerhoui",
    ]


def test_the_file_is_read_with_the_line_of_each_fault(tmp_path):
    path = tmp_path / "rows.yaml"
    path.write_text("studies: [zerhoui]\nusage:\n  Sujet:\n    - {study: zerhoui, label: x, lost: y}\n", "utf-8")
    with pytest.raises(InputError) as refused:
        across_studies.load(path)
    assert refused.value.faults == ("rows.yaml, ligne 4, usage.Sujet.1 : il manque « population »",)


def test_a_percentage_that_several_counts_print_is_refused():
    record = {"study": "guefif", "percent": "discussion.taux_reponse", "n": "table1.moyen.mssante.non_utilisateurs"}
    with pytest.raises(InputError, match="un seul attendu"):
        one(record)


def test_findings_count_the_relations_that_use_the_number_and_those_that_fail():
    frame = across_studies.proportion_rows(STUDIES, {"Sujet": [
        ROW | {"study": "guefif", "count": "flux.utilisateurs", "n": "flux.non_utilisateurs"},
        ROW | {"study": "clausener", "percent": "equipement.ehpad.taux"},  # cited, in no relation
    ]})  # fmt: skip
    checked = {name: audit.audit(STUDIES[name], repairs=False) for name in ("guefif", "clausener")}
    using = [one.finding.verdict.value for one in checked["guefif"] if "flux.utilisateurs" in one.addresses]
    failing = using.count("inconsistent")
    found = across_studies.with_relations(frame, checked)
    assert found["checks"].tolist() == [len(using) - using.count("uncheckable"), 0]
    assert found["gaps"].tolist() == [failing, 0]


def test_values_are_told_apart_by_their_study():
    values = across_studies.values_by_study(STUDIES)
    assert values["zerhoui.texte.rgpd.connu"] == "3"
    assert len(values) == sum(len(study.values) for study in STUDIES.values())
