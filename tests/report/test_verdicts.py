"""Words of verdicts: one mark, one word and one meaning for each verdict of a finding."""

import pytest

from relecture.core.errors import UnknownName
from relecture.printed.audit import Checked
from relecture.printed.finding import Finding, Verdict
from relecture.printed.repair import Repair
from relecture.report.verdicts import MEANINGS, ORDER, VERDICTS, code_of, details, headline, worst


def test_every_verdict_has_its_word_its_mark_and_its_meaning():
    assert [*VERDICTS] == [*MEANINGS] and {*VERDICTS} == {verdict.value for verdict in Verdict}
    assert len({word.mark for word in VERDICTS.values()}) == len({word.word for word in VERDICTS.values()}) == 5


def test_a_word_is_written_with_its_mark():
    assert str(VERDICTS["inconsistent"]) == "✗\u00a0incohérent"


@pytest.mark.parametrize("code", VERDICTS)
def test_a_verdict_is_named_by_its_code_its_mark_or_its_word(code):
    word = VERDICTS[code]
    assert {code_of(name) for name in (code, word.mark, word.word, word.word.upper(), str(word))} == {code}


def test_plurals_and_accents_do_not_matter():
    assert [code_of(name) for name in ("incoherents", "cohérents si", "retrouvés")] == [
        "inconsistent", "conditional", "reproduced",
    ]  # fmt: skip


def test_a_wrong_verdict_suggests():
    with pytest.raises(UnknownName, match=r"Vouliez-vous dire « incohérent ».*Verdicts : ✓.retrouvé \(reproduced\)"):
        code_of("incoherant")


def test_what_does_not_hold_comes_first():
    assert worst(["reproduced", "inconsistent", "consistent"]) == ORDER[0] == "inconsistent"
    assert {*ORDER} == {*VERDICTS}


def test_a_finding_is_told_in_full():
    """Oracle: the words by hand; `expected` only where it is asked for."""
    finding = Finding(Verdict.INCONSISTENT, "la somme des parts est 39", "2.5")
    one = Checked("b", "partition", "S", "Genre", "l. 4", ("u",), "8 ; 31", finding, (Repair("u", "31", "13", 1, 1),))
    assert headline(one) == "✗ Genre — incohérent"
    lines = [line.replace("\u00a0", " ").replace("\u202f", " ") for line in details(one, expected=True)]
    assert lines == [
        "imprimé : 8 ; 31 (l. 4)", "attendu : 2,5", "la somme des parts est 39", "réparation possible : 31 → 13",
    ]  # fmt: skip
    assert len(details(one)) == 3
