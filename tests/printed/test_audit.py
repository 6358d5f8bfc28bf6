"""Audits: a toy study relation by relation, planted slips, and the cost of a real one."""

import subprocess
import sys

import pandas as pd
import pytest

from relecture import load_study
from relecture.core.errors import InputError
from relecture.printed.audit import audit, frame, tally, told_apart
from relecture.printed.finding import Verdict

ROWS = """address,value,kind,place,note
n.a,21,count,"résultats, tableau 1, l. 921",
n.b,60,count,"résultats, tableau 1, l. 921",
n.total,81,count,"résumé, l. 1642",
sexe.hommes.a,8,count,"résultats, tableau 1, l. 938",
sexe.femmes.a,31,count,"résultats, tableau 1, l. 939",
sexe.hommes.b,35,count,"résultats, tableau 1, l. 938",
sexe.femmes.b,25,count,"résultats, tableau 1, l. 939",
ligne.or,"3,00",odds_ratio,"tableau 2, l. 12",
ligne.bas,"0,93",bound,"tableau 2, l. 12",
ligne.haut,"7,90",bound,"tableau 2, l. 12",
texte.or,3.0,odds_ratio,"texte, l. 14",
taux,18,percent,discussion,uncheckable: effectif de départ perdu
oubli,7,count,annexe,
"""
RELATIONS = """
- {id: total, kind: partition, label: Répondants, section: Échantillon, parts: [n.a, n.b], total: n.total}
- {id: "sexe.{g}", kind: partition, label: "Sexe, {g_label}", section: Échantillon, each: {g: {a: les uns, b: les autres}}, parts: ["sexe.*.{g}"], total: "n.{g}"}
- {id: ligne, kind: odds_ratio, label: Odds ratio, section: Analyse, estimate: ligne.or, interval: [ligne.bas, ligne.haut], conventions: {interval: wald}}
- {id: texte, kind: same, label: Odds ratio du texte, section: Analyse, values: [ligne.or, texte.or]}
"""  # noqa: E501


def toy(folder, rows=ROWS, relations=RELATIONS):
    (folder / "study.yaml").write_text("title: Jouet\n", encoding="utf-8")
    (folder / "printed.csv").write_text(rows, encoding="utf-8")
    (folder / "relations.yaml").write_text(relations, encoding="utf-8")
    return load_study(folder)


@pytest.fixture
def checked(tmp_path):
    return {one.id: one for one in audit(toy(tmp_path))}


VERDICTS = {  # by hand
    "total": "reproduced",  # 21 + 60 = 81
    "sexe.a": "inconsistent",  # 8 + 31 = 39, not 21: two digits swapped in 13
    "sexe.b": "reproduced",  # 35 + 25 = 60
    "ligne": "inconsistent",  # sqrt(0,93 x 7,90) = 2,71: two digits swapped in 9,70
    "texte": "reproduced",  # 3,00 and 3.0
    "taux": "uncheckable",
    "oubli": "uncheckable",
}


def test_one_finding_a_relation_then_one_a_row_without(checked):
    assert {name: one.finding.verdict.value for name, one in checked.items()} == VERDICTS
    assert list(checked) == list(VERDICTS)


def test_planted_slips_are_undone(checked):
    # the row of men is shared with nothing, the total of women with nothing: the swap comes back
    assert "31 → 13" in [str(repair) for repair in checked["sexe.a"].repairs]
    best = checked["ligne"].repairs[0]
    assert (best.address, best.proposed, best.complete) == ("ligne.haut", "9,70", True)


def test_only_what_fails_is_repaired(checked):
    assert {name for name, one in checked.items() if one.repairs} == {"sexe.a", "ligne"}


def test_repairs_may_be_left_out(tmp_path):
    found = audit(toy(tmp_path), repairs=False)
    assert [one.finding.verdict.value for one in found] == list(VERDICTS.values())
    assert not any(one.repairs for one in found)


def test_places_bring_their_lines_together(checked):
    assert checked["total"].place == "résumé, l. 1642 ; résultats, tableau 1, l. 921"
    assert checked["sexe.a"].place == "résultats, tableau 1, l. 921, 938-939"
    assert checked["taux"].place == "discussion"


def test_rows_without_a_relation_say_why(checked):
    assert checked["taux"].finding.explanation == "effectif de départ perdu"
    assert checked["oubli"].finding.explanation == "aucune relation ne porte sur ce nombre"
    assert {checked["taux"].section, checked["oubli"].section} == {"Sans relation"}


def test_tally_counts_every_verdict(checked):
    counts = tally(list(checked.values()))
    assert counts == {"reproduced": 3, "consistent": 0, "conditional": 0, "inconsistent": 2, "uncheckable": 0}
    assert [one.id for one in told_apart(list(checked.values()))[1]] == ["taux", "oubli"]  # no checks, and not counted


def test_frame_has_one_row_a_finding(checked):
    table = frame(list(checked.values()))
    columns = "id kind section label place printed expected verdict explanation repair"
    assert list(table.columns) == columns.split()
    assert list(table["verdict"]) == list(VERDICTS.values())
    assert table.loc[1, "printed"] == "21 ; 8 ; 31"
    assert isinstance(table, pd.DataFrame)


def test_a_relation_that_cannot_be_computed_is_refused_by_name(tmp_path):
    rows = ROWS.replace("n.a,21", 'n.a,"21,5"')
    with pytest.raises(InputError) as error:
        audit(toy(tmp_path, rows))
    assert error.value.faults == (
        "relations.yaml, ligne 2, relation « total » : « 21,5 » n'est pas un effectif (attendu : un entier positif)",
        "relations.yaml, ligne 3, relation « sexe.a » : « 21,5 » n'est pas un effectif (attendu : un entier positif)",
    )


ZEROS = """address,value,kind,place,note
zero,0,count,x,
un,1,count,x,
moyenne,"5,00",mean,x,
mediane,"5,00",median,x,
ecart,"0,00",sd,x,
pourcent,0,percent,x,
or,"1,36",odds_ratio,x,
moins,"-0,53",bound,x,
haut,"3,48",bound,x,
nul,"0,00",bound,x,
b0,"0,00",coefficient,x,
b,"1,36",coefficient,x,
b.bas,"1,36",bound,x,
p0,"0,000",p,x,
p1,"1,000",p,x,
"""
DEGENERATE = [  # no respondent, no spread, bounds and p-values at the end of their range: findings, never a crash
    ("percentage, percent: pourcent, count: zero, n: zero", "inconsistent"),
    ("percentage, percent: pourcent, count: zero", "uncheckable"),
    ("mean, mean: moyenne, n: zero", "inconsistent"),
    ("mean_sd, mean: moyenne, sd: ecart, n: zero", "inconsistent"),
    ("mean_sd, mean: moyenne, sd: ecart, n: un", "conditional"),  # one answer, 5: no spread when divided by n
    ("median, median: mediane, mean: moyenne, sd: ecart, n: zero", "inconsistent"),
    ("median, median: mediane, mean: moyenne, sd: ecart, n: un", "consistent"),
    ("multiple_answers, parts: [zero, zero], n: zero", "consistent"),
    ("partition, parts: [zero, zero], total: zero", "reproduced"),
    ("group_test, first: [un, moyenne, ecart], second: [un, moyenne, ecart], p: p1", "uncheckable"),
    ("group_test, first: [zero, moyenne, ecart], second: [un, moyenne, ecart], p: p0", "uncheckable"),
    ("odds_ratio, estimate: or, interval: [moins, haut]", "inconsistent"),
    ("odds_ratio, estimate: or, interval: [nul, haut], p: p0", "uncheckable"),
    ("odds_ratio, estimate: or, interval: [haut, nul]", "inconsistent"),
    ("odds_ratio_p, estimate: or, interval: [nul, haut], p: p1, n: zero", "uncheckable"),
    ("odds_ratio_p, estimate: or, interval: [moins, haut], p: p0, n: zero", "uncheckable"),
    ("coefficient, estimate: b0, interval: [nul, nul], p: p1", "consistent"),
    ("coefficient, estimate: b, interval: [moins, haut], p: p0", "inconsistent"),
    ("coefficient_p, estimate: b, interval: [b.bas, b.bas], p: p0", "consistent"),
    ("contingency, estimate: or, interval: [moins, haut], p: p0, n: zero, exposed: zero", "inconsistent"),
    ("contingency, estimate: or, interval: [nul, haut], p: p1, n: zero, exposed: un, unexposed: zero", "inconsistent"),
    ("joint_groups, names: [x], estimates: [or], lows: [moins], highs: [haut], declared: [un, un]", "uncheckable"),
    ("joint_groups, names: [x], estimates: [or], lows: [nul], highs: [haut], declared: [zero, un]", "uncheckable"),
    ("significance, claimed: true, p: p0, low: moins, high: haut", "inconsistent"),
]


@pytest.mark.parametrize(("relation", "verdict"), DEGENERATE)
def test_degenerate_numbers_give_findings(tmp_path, relation, verdict):
    relations = f"- {{id: r, label: L, section: S, kind: {relation}}}\n"
    assert audit(toy(tmp_path, ZEROS, relations))[0].finding.verdict.value == verdict


def test_a_pool_of_nobody_is_refused_by_name(tmp_path):
    groups = "groups: [[zero, moyenne, ecart]], mean: moyenne, sd: ecart"
    relations = f"- {{id: r, label: L, section: S, kind: pooled, {groups}}}\n"
    with pytest.raises(InputError) as error:
        audit(toy(tmp_path, ZEROS, relations))
    assert error.value.faults == (
        "relations.yaml, ligne 1, relation « r » : 0 répondant en tout : un écart type en demande au moins deux",
    )


def test_an_empty_study_has_no_finding(tmp_path):
    assert audit(toy(tmp_path, "address,value,kind,place,note\n", "")) == []


# ---------------------------------------------------------------- a real study


@pytest.fixture(scope="module")
def guefif():
    return load_study("guefif")


def test_guefif_is_wholly_accounted_for(guefif):
    found = audit(guefif, repairs=False)
    assert tally(found).total() + 4 == len(found) == len(frame(found))
    used = {address for one in found for address in one.addresses}
    assert used == {row.address for row in guefif.rows}
    assert not [one.id for one in found if one.finding.explanation == "aucune relation ne porte sur ce nombre"]


def test_without_draws_guefif_has_the_same_verdicts_and_less_evidence(guefif):
    full, bare = audit(guefif, repairs=False), audit(guefif, repairs=False, draws=False)
    assert [one.finding.verdict for one in full] == [one.finding.verdict for one in bare]
    other = [one.id for one, less in zip(full, bare, strict=True) if one != less]
    assert other == [one.id for one in full if one.kind == "group_test" and one.finding.evidence]
    assert other
    assert not any(one.finding.evidence for one in bare if one.id in other)


def test_every_repair_of_guefif_restores_its_relation(guefif):
    for one in audit(guefif):
        for repair in one.repairs:
            assert one.finding.verdict is Verdict.INCONSISTENT
            assert repair.address in one.addresses
            assert 1 <= repair.satisfied <= repair.relations


MEASURE = """
import time
from relecture import load_study
from relecture.printed.audit import audit
audit(load_study("guefif"))
took = time.process_time()
try:  # what the process itself reached: ru_maxrss begins at what its parent, pytest, held
    status = open("/proc/self/status").read()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
except FileNotFoundError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(took, peak)
"""


@pytest.mark.timed
def test_an_audit_takes_less_than_five_seconds_and_500_megabytes():
    """The best of a few runs, imports included: what else the machine does meanwhile is no work of the audit."""
    seconds, megabytes = zip(*(_measured() for _ in range(5)), strict=True)
    assert min(seconds) < 5
    assert max(megabytes) < 500


def _measured() -> list[float]:
    """Seconds of processor and megabytes of one audit, in a process of its own."""
    run = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
    return [float(figure) for figure in run.stdout.split()]
