"""A malformed file of exercises: every fault at once, in French, with its line."""

import copy

import pytest
import yaml

from relecture.core.errors import InputError
from relecture.core.study import ROOT
from relecture.teaching import course

PATH = ROOT / "data" / course.FILE
WHOLE = yaml.safe_load(PATH.read_text("utf-8"))


def refused(tmp_path, change):
    document = copy.deepcopy(WHOLE)
    change(document, {record["id"]: record for record in document["exercises"]})
    path = tmp_path / course.FILE
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    with pytest.raises(InputError) as error:
        course.load(path)
    return path.read_text("utf-8").splitlines(), list(error.value.faults)


def first(records, name, key, value):
    records[name][key] = value


CHANGES = {
    "unknown address": (
        lambda d, r: r["somme_genre"]["answers"][1].update(value="{flux.inconnu}"),
        "« flux.inconnu » : nombre inconnu",
        "value: '{flux.inconnu}'",
    ),
    "unknown name in a text": (
        lambda d, r: first(r, "somme_genre", "prompt", "Combien font {tableau9.x} ?"),
        "« tableau9.x » : ni adresse de « exemple », ni nombre de l'exercice",
        "prompt: Combien font {tableau9.x} ?",
    ),
    "missing feedback": (
        lambda d, r: r["somme_genre"]["answers"][1].pop("feedback"),
        "il manque « feedback »",
        "",
    ),
    "number typed": (
        lambda d, r: r["somme_genre"]["answers"][1].update(value="44"),
        "attendu : un calcul sur des adresses entre accolades ({tableau1.femmes}), jamais un nombre tapé",
        "value: '44'",
    ),
    "number typed in a text": (
        lambda d, r: first(r, "somme_genre", "conclusion", "Les deux lignes font 45."),
        "« 45. » est tapé ; attendu : une adresse, un nombre donné ou un résultat, entre accolades",
        "conclusion: Les deux lignes font 45.",
    ),
    "duplicate id": (
        lambda d, r: first(r, "somme_motifs", "id", "somme_genre"),
        "« somme_genre » est pris deux fois",
        "",
    ),
    "two answers of one value": (
        lambda d, r: r["somme_genre"]["answers"][1].update(value="{tableau1.femmes.non_formes} + 19"),
        "deux réponses valent 45",
        "",
    ),
    "too few wrong answers": (
        lambda d, r: r["somme_genre"]["answers"].pop(),
        "2 réponses fausses prévues ; attendu : au moins 3",
        "",
    ),
    "no right answer": (
        lambda d, r: r["somme_genre"]["answers"][0].pop("right"),
        "0 réponses justes ; attendu : une",
        "",
    ),
    "verdict that is not the finding's": (
        lambda d, r: r["verdict_aisance"]["answers"][0].update(choice="Constat retrouvé"),
        "le constat est « incohérent » ; la réponse juste ne le dit pas",
        "",
    ),
    "unknown finding": (
        lambda d, r: first(r, "somme_genre", "finding", "genre.personne"),
        "aucun constat ne s'appelle « genre.personne »",
        "finding: genre.personne",
    ),
    "unknown study": (
        lambda d, r: first(r, "somme_genre", "source", "exempel"),
        "« exempel » n'est ni",
        "source: exempel",
    ),
    "unknown aim": (lambda d, r: first(r, "vote", "aim", "rien"), "« rien » n'est pas un but", "aim: rien"),
    "minutes that do not add up": (
        lambda d, r: first(r, "vote", "minutes", 5),
        "120 minutes annoncées, 121 au programme",
        "minutes: 120",
    ),
    "exercise of no session": (
        lambda d, r: (
            d["sessions"][0]["plan"][0]["exercises"].remove("vote") or d["sessions"][0]["plan"][0].pop("exercises")
        ),
        "« vote » est dans 0 séances ; attendu : une",
        "",
    ),
    "aim met once": (
        lambda d, r: d["aims"].append({"id": "seul", "text": "Un but"}),
        "« seul » n'a que 0 exercice ; attendu : au moins 2",
        "",
    ),
    "brace left open": (
        lambda d, r: first(r, "vote", "conclusion", "Oui {flux.taux"),
        "accolade ouverte ou fermée seule",
        "",
    ),
    "schema": (lambda d, r: first(r, "vote", "level", 7), "« 7 » ; attendu : 1, 2, 3", "level: 7"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_fault_is_told_with_its_line(tmp_path, name):
    change, sentence, written = CHANGES[name]
    text, told = refused(tmp_path, change)
    [fault] = [one for one in told if sentence in one]
    line = int(fault.removeprefix(f"{course.FILE}, ligne ").split(" ")[0].rstrip(","))
    assert written in text[line - 1]


def test_all_faults_come_at_once(tmp_path):
    def several(document, records):
        for name in ("unknown address", "number typed in a text", "duplicate id", "minutes that do not add up"):
            CHANGES[name][0](document, records)

    told = refused(tmp_path, several)[1]
    wanted = ("flux.inconnu", "« 45. » est tapé", "pris deux fois", "minutes annoncées")
    assert all(any(word in one for one in told) for word in wanted)
    lines = [int(one.removeprefix(f"{course.FILE}, ligne ").split(" ")[0].rstrip(",")) for one in told]
    assert lines == sorted(lines)
