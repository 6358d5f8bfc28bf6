"""Printed numbers found by a word, and their verdicts. Oracle: `data/guefif/printed.csv` and the audit."""

from types import SimpleNamespace

import pytest
from lxml import html

from relecture import load_study
from relecture.core.errors import UnknownName
from relecture.core.french import typeset
from relecture.explore import short_html
from relecture.explore.printed import printed_numbers
from relecture.explore.printed.findings import Findings


@pytest.fixture(scope="module")
def asked(audited):
    """A study's `numbers` and `verdict`, on findings made once."""

    def ask(name):
        study, findings = load_study(name), Findings(audited(name, repairs=False, draws=False))
        return SimpleNamespace(
            study=study,
            numbers=lambda word="": printed_numbers.numbers(study, findings, word),
            verdict=lambda name: printed_numbers.verdict(study, findings, name),
        )

    return ask


@pytest.fixture(scope="module")
def guefif(asked):
    return asked("guefif")


def test_a_word_is_sought_in_addresses(guefif):
    rows = [row.address for row in guefif.study.rows if "aisance" in row.address]
    assert [one.address for one in guefif.numbers("aisance")] == rows and len(rows) == 21


@pytest.mark.parametrize("word", ["Aisance", "AISANCE", "aïsance", "aisance informatique"])
def test_accents_and_case_do_not_matter_and_a_label_counts(guefif, word):
    assert "bivariee.aisance.haut" in {one.address for one in guefif.numbers(word)}


def test_a_place_counts(guefif):
    assert {one.place for one in guefif.numbers("l. 1079")} == {"résultats, tableau 1 (analyse bivariée), l. 1079"}


def test_every_number_has_a_verdict(guefif):
    """Oracle: `printed.csv`, line by line, strings as printed."""
    numbers = guefif.numbers()
    assert [(one.address, one.printed) for one in numbers] == [(row.address, row.value) for row in guefif.study.rows]
    assert all(one.findings for one in numbers)


def test_the_findings_of_a_number_are_counted_by_verdict(guefif):
    number = guefif.numbers("aisance")["bivariee.aisance.haut"]
    tally = number.verdicts.replace("\u00a0", " ")
    assert number.verdict == "inconsistent" and tally.startswith("✗ ") and tally.endswith("✓ 1 retrouvé")


def test_the_frame_sorts_what_does_not_hold_first(guefif):
    frame = guefif.numbers("aisance").frame().sort_values("verdict", kind="stable")
    assert [*frame] == ["address", "printed", "place", "label", "verdict", "verdicts"]
    assert (
        frame["verdict"].iloc[0] == "inconsistent"
        and frame["verdicts"].iloc[0].startswith("✗")
        and "4,46" in frame["printed"].tolist()
    )


def test_those_of_a_verdict(guefif):
    numbers = guefif.numbers("aisance")
    wrong = numbers.only("incohérent")
    assert 0 < len(wrong) < len(numbers) and {one.verdict for one in wrong} == {"inconsistent"}


def test_a_wrong_word_or_address_suggests(guefif):
    with pytest.raises(UnknownName, match="Vouliez-vous dire « aisance »"):
        guefif.numbers("aisence")
    with pytest.raises(KeyError, match=r"Vouliez-vous dire « bivariee\.aisance\.haut »"):
        _ = guefif.numbers("aisance")["bivariee.aisance.hau"]
    with pytest.raises(KeyError, match=r"Vouliez-vous dire « bivariee\.aisance\.haut »"):
        guefif.verdict("bivariee.aisance.hau")


def test_they_show_themselves_in_fifteen_lines(guefif):
    numbers = guefif.numbers("aisance")
    page = html.fromstring(f"<div>{numbers._repr_html_()}</div>")
    assert len(page.xpath("//tr[not(ancestor::details)]")) + 2 <= short_html.MOST
    assert len(repr(numbers).splitlines()) <= short_html.MOST
    assert numbers._ipython_key_completions_() == [one.address for one in numbers]


def test_the_verdict_of_a_number_tells_the_findings_that_use_it(guefif):
    found = guefif.verdict("bivariee.aisance.haut")
    assert all("bivariee.aisance.haut" in one.addresses for one in found)
    lines = repr(found).splitlines()
    assert lines[
        0
    ] == "bivariee.aisance.haut : imprimé 20,06 (résultats, tableau 1 (analyse bivariée), l. 1079)".replace(
        " :", "\u00a0:"
    )
    assert "l’intervalle est centré sur 7,74" in repr(found) and len(lines) <= short_html.MOST


def test_a_number_without_relation_has_its_reason(guefif):
    [row] = guefif.verdict("methode.seuil")
    assert row.kind == "row" and typeset(row.finding.explanation) in repr(guefif.verdict("methode.seuil"))


def test_a_finding_is_found_by_its_id(guefif):
    assert guefif.verdict("principal.difference")["principal.difference"].id == "principal.difference"
    assert [one.id for one in guefif.verdict("tableaux.ensemble")] == ["tableaux.ensemble"]


@pytest.mark.parametrize("name", ["bivariee.aisance", "bivariee.aisance.*", "aisance.*", "aisance"])
def test_a_group_is_named_by_prefix_or_pattern(guefif, name):
    assert "bivariee.aisance" in {one.id for one in guefif.verdict(name)}


def test_nobody_is_told_apart(asked):
    """Oracle: `people: participants.*` in the study's own file."""
    asked = asked("planchenault")
    numbers = asked.numbers("participants")
    assert not [one.address for one in numbers if one.address.startswith("participants.")]
    assert numbers.hidden == sum(row.address.startswith("participants.") for row in asked.study.rows) > 0
    assert "une ligne par personne" in numbers.in_words()
    alone = next(row for row in asked.study.rows if row.address.startswith("participants."))
    assert "imprimé" not in asked.verdict(alone.address).title
