"""Legends hold no number: each comes from an address or from the notebook."""

import re

import pytest

from relecture import load_study
from relecture.core.errors import InputError
from relecture.report.legends import Legends


def test_addresses_and_results_are_filled_in_french():
    legends = Legends(
        {"a": {"title": "{x.y} sur {n}", "columns": {"p": "p {n}"}, "decimals": {"p": 2}}}, {"x.y": "2.4"}
    )
    assert legends("a", n=81) == {"title": "2,4 sur 81", "columns": {"p": "p 81"}, "decimals": {"p": 2}}


@pytest.mark.parametrize("text", ["{x.z}", "{absent}"])
def test_a_name_that_is_nowhere_is_refused(text):
    with pytest.raises(KeyError):
        Legends({"a": {"title": text}}, {"x.y": "1"})("a")


def test_no_number_is_typed_in_the_legends_of_the_study():
    texts = [text for entry in load_study("guefif").document("legends.yaml").values() for text in strings(entry)]
    typed = {text for text in texts if re.search(r"\d", re.sub(r"\{[^}]*\}|Khi²", "", text))}
    assert typed == set()


def strings(value):
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in ("name", "decimals") for text in strings(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{titre: x}", "ligne 2, a : « titre » inconnu ; attendus : alt, "),
        ("{decimals: {p: beaucoup}}", "ligne 2, a.decimals.p : « beaucoup » ; attendu : 0, 1, 2, 3, 4, 5, 6, p"),
        ("{own: {synthetic: x}}", "ligne 2, a.own.synthetic : n'a pas de sens sous « own » (« x »)"),
    ],
)
def test_a_fault_of_the_file_is_refused_with_its_line(tmp_path, entry, fault):
    path = tmp_path / "legends.yaml"
    path.write_text(f"# textes\na: {entry}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        Legends.read(tmp_path, {})
    assert str(refused.value).startswith(f"legends.yaml, {fault}")


def test_own_answers_lose_the_label_and_take_their_own_words():
    entry = {"title": "Scores", "note": "tirés", "synthetic": "Réponses synthétiques", "own": {"note": "{n}"}}
    entries = {"scores": entry}
    assert Legends(entries, {})("scores", n=3) == {
        "title": "Scores",
        "note": "tirés",
        "synthetic": "Réponses synthétiques",
    }
    assert Legends(entries, {}, own=True)("scores", n=3) == {"title": "Scores", "note": "3"}


def test_the_level_of_the_intervals_is_known_to_every_entry():
    entries = {"a": {"title": "Intervalles à {confidence}"}}
    assert Legends(entries, {}, confidence=0.9)("a") == {"title": "Intervalles à 90\u202f%"}


def test_a_file_of_synthetic_answers_has_the_words_of_a_file_and_the_label():
    entries = {"scores": {"title": "Scores", "synthetic": "x", "own": {"title": "Mes scores"}}, "lu": {"text": "Lu."}}
    legends = Legends(entries, {}, own=True, label="Réponses synthétiques")
    assert legends("scores") == {"title": "Mes scores", "synthetic": "Réponses synthétiques"}
    assert legends("lu") == {"text": "Lu."}
