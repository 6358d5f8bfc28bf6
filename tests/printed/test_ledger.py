"""The ledger of a toy study: what it holds, and every fault of its two files in one refusal."""

from typing import get_args

import pytest

from relecture.core.errors import InputError
from relecture.core.study import load_study
from relecture.printed import ledger
from relecture.printed.arguments import Role
from relecture.printed.relations import KINDS as KINDS_OF_RELATIONS

HEADER = "address,value,kind,place,note\n"


def study(folder, rows: str, relations: str = "[]\n"):
    (folder / "study.yaml").write_text("title: Jouet\n", encoding="utf-8")
    (folder / "printed.csv").write_text(HEADER + rows, encoding="utf-8")
    (folder / "relations.yaml").write_text(relations, encoding="utf-8")
    return load_study(folder)


KINDS = ", ".join(ledger.VALUE_KINDS)


def test_a_ledger_knows_what_is_covered_and_what_is_not(tmp_path):
    rows = 'a,"63,9",mean,"résultats, l. 3",\nb,63.9,mean,"résumé, l. 9",\n'
    rows += "c,5,percent,x,uncheckable: choisi\nd,7,count,x,\n"
    relations = "- {id: ab, kind: same, label: L, section: S, values: [a, b]}\n"
    found = ledger.load(study(tmp_path, rows, relations))
    assert found.values == {"a": "63,9", "b": "63.9", "c": "5", "d": "7"}
    assert [row.line for row in found.rows.values()] == [2, 3, 4, 5]
    assert found.covered == {"a", "b"}
    assert found.unexplained == ("d",)


@pytest.mark.parametrize(("kind", "verdict"), [("count", "inconsistent"), ("mean", "consistent")])
def test_a_difference_of_counts_is_whole(tmp_path, kind, verdict):
    """312 − 71 is 241; means that print so may differ by 240."""
    rows = f"a,312,{kind},x,\nb,71,{kind},x,\nc,240,{kind},x,\n"
    relations = "- {id: r, kind: difference, label: L, section: S, minuend: a, subtrahend: b, result: c}\n"
    found = ledger.load(study(tmp_path, rows, relations))
    assert found.relations[0].check(found.values).verdict.value == verdict


def test_words_need_not_be_numbers(tmp_path):
    rows = "n,un,count,x,\na,F,word,x,\nb,> 60 ans,word,x,\n"
    relations = "- {id: r, kind: count, label: L, section: S, claim: n, values: [a, b], equals: F}\n"
    found = ledger.load(study(tmp_path, rows, relations))
    assert found.covered == {"n", "a", "b"}  # the word to count is no address
    assert found.relations[0].check(found.values).expected == "1"


def test_dates_and_months_need_not_be_numbers(tmp_path):
    found = ledger.load(study(tmp_path, "d,2 février 2023,date,x,cited: CNIL\nm,juin,month,x,\n"))
    assert found.values == {"d": "2 février 2023", "m": "juin"}


EXPECTED = "63,9 ; −1.14 ; .084 ; 1 234,5 ; 1,234.5 ; 1.2e-3 ; < 0,001 ; ≥ .05 ; p = 0,03 ; 34 % ; ns"
FAULTS = [
    (
        "a,63;9,mean,x,\n",
        "printed.csv, ligne 2, colonne « value » : « 63;9 » n'est pas un nombre imprimé : on n'attend pas « ; » après "
        f"« 63 » (attendu : {EXPECTED})",
    ),
    (
        "a,,mean,x,\n",
        f"printed.csv, ligne 2, colonne « value » : «  » n'est pas un nombre imprimé : il manque un chiffre à la fin "
        f"(attendu : {EXPECTED})",
    ),
    ("a,1,effectif,x,\n", f"printed.csv, ligne 2, colonne « kind » : « effectif » n'est pas prévu ({KINDS})"),
    (
        "a,1,count,x,perdu\n",
        "printed.csv, ligne 2, colonne « note » : « perdu » doit commencer par « uncheckable: » ou « cited: »",
    ),
    (",1,count,x,\n", "printed.csv, ligne 2, colonne « address » : l'adresse manque"),
]


COST = 'a,"1,050",count,x,\nb,950,count,x,\nc,100,count,x,\n'
DIFFERENCE = "- {id: c, kind: difference, section: S, label: L, minuend: a, subtrahend: b, result: c}\n"


def test_a_comma_before_three_digits_is_refused_when_nothing_tells_the_notation(tmp_path):
    with pytest.raises(InputError, match=r"ligne 2, colonne « value » : « 1,050 » se lit de deux façons"):
        ledger.load(study(tmp_path, COST, DIFFERENCE))


@pytest.mark.parametrize("told", ["d,0.05,p,x,\n", 'd,"1,234.5",mean,x,\n'])
def test_another_number_tells_the_notation_of_the_study(tmp_path, told):
    found = ledger.load(study(tmp_path, COST + told, DIFFERENCE))
    assert found.values["a"] == "1050" and found.rows["a"].value == "1,050"  # read as thousands, shown as printed
    assert found.relations[0].check(found.values).holds


def test_a_decimal_comma_elsewhere_makes_it_decimal(tmp_path):
    found = ledger.load(study(tmp_path, COST + 'd,"63,9",mean,x,\n', DIFFERENCE))
    assert found.values["a"] == "1.050"
    assert not found.relations[0].check(found.values).holds


@pytest.mark.parametrize(("decimal", "value"), [("point", "1050"), ("comma", "1.050")])
def test_the_notation_that_the_study_states_is_held(tmp_path, decimal, value):
    study(tmp_path, COST, DIFFERENCE)
    (tmp_path / "study.yaml").write_text(f"conventions: {{decimal: {decimal}}}\n", encoding="utf-8")
    assert ledger.load(load_study(tmp_path)).values["a"] == value


def test_a_point_before_three_digits_is_refused_where_every_other_number_has_a_comma(tmp_path):
    with pytest.raises(InputError, match=r"ligne 3, colonne « value » : « 1\.050 » se lit de deux façons"):
        ledger.load(study(tmp_path, 'a,"63,9",mean,x,\nb,1.050,count,x,\n'))


def test_another_notation_is_refused(tmp_path):
    study(tmp_path, COST)
    (tmp_path / "study.yaml").write_text("conventions: {decimal: virgule}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"virgule.*point"):
        ledger.load(load_study(tmp_path))


def test_what_an_explanation_quotes_is_made_plain(tmp_path):
    rows = "a,–.22,coefficient,x,\nb,p < .001,p,x,\nc,ns,p,x,\nd,> 60 ans,word,x,\n"
    found = ledger.load(study(tmp_path, rows))
    assert found.values == {"a": "-0.22", "b": "< 0.001", "c": "ns", "d": "> 60 ans"}


@pytest.mark.parametrize(("rows", "message"), FAULTS)
def test_each_fault_of_a_row_is_named(tmp_path, rows, message):
    with pytest.raises(InputError) as error:
        ledger.load(study(tmp_path, rows))
    assert error.value.faults == (message,)


def test_all_faults_of_both_files_are_named_at_once(tmp_path):
    rows = "a,x,mean,p,\nb,1,count,p,\nb,2,count,p,\nc,1,nombre,p,vu\n"
    relations = """
- {id: un, kind: somme, label: L, section: S, values: [a]}
- {id: deux, kind: same, label: L, section: S, values: [a, z]}
- {id: deux, kind: same, label: L, section: S, values: [a, b]}
- {id: trois, kind: same, label: L, section: S}
"""
    with pytest.raises(InputError) as error:
        ledger.load(study(tmp_path, rows, relations))
    *faults, unknown_kind, address, twice, missing = error.value.faults
    assert faults == [
        "printed.csv, ligne 2, colonne « value » : « x » n'est pas un nombre imprimé : on n'attend pas « x » au début "
        f"(attendu : {EXPECTED})",
        "printed.csv, ligne 3, colonne « address » : « b » est utilisée 2 fois",
        "printed.csv, ligne 4, colonne « address » : « b » est utilisée 2 fois",
        f"printed.csv, ligne 5, colonne « kind » : « nombre » n'est pas prévu ({KINDS})",
        "printed.csv, ligne 5, colonne « note » : « vu » doit commencer par « uncheckable: » ou « cited: »",
    ]
    assert unknown_kind.startswith("relations.yaml, ligne 2, relation « un » : genre inconnu « somme »")
    assert missing == "relations.yaml, ligne 5, relation « trois » : il manque « values »"
    assert address == "relations.yaml, ligne 3, relation « deux » : adresse inconnue « z »"
    assert twice == "relations.yaml, ligne 4, relation « deux » : déclarée deux fois"
    assert str(error.value) == "\n".join(error.value.faults)


def test_a_convention_is_refused_with_its_file_and_its_line(tmp_path):
    study(tmp_path, "a,1,count,x,\n")
    (tmp_path / "study.yaml").write_text("title: Jouet\nconventions:\n  level: 80\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        ledger.load(load_study(tmp_path))
    assert error.value.faults[0].startswith("study.yaml, ligne 2, convention « level » : « 80 »")


def test_a_print_whose_kind_cannot_serve_is_refused_with_its_address(tmp_path):
    rows = "m,12,mean,x,\nn,50,count,x,\na,6,count,x,\n"
    relations = """
- id: r
  kind: remainder
  label: L
  section: S
  percent: m
  others: a
  n: [n, n]
"""
    with pytest.raises(InputError) as error:
        ledger.load(study(tmp_path, rows, relations))
    assert error.value.faults == (
        "relations.yaml, ligne 6, relation « r » : « percent » : « m » est de genre mean ; "
        "attendu : un pourcentage d'un tout (percent)",
    )


def test_roles_speak_of_kinds_of_prints_that_exist():
    named = {kind for each in KINDS_OF_RELATIONS.values() for hint in each.hints.values() for kind in _kinds(hint)}
    assert named <= set(ledger.VALUE_KINDS) and {"p", "sd"} < named


def _kinds(hint):
    notes = [note for note in getattr(hint, "__metadata__", ()) if isinstance(note, Role)]
    return [kind for note in notes for kind in note.kinds.split()] + [
        kind for inner in get_args(hint) for kind in _kinds(inner)
    ]
