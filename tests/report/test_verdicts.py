"""Words of verdicts: one mark, one word and one meaning for each verdict of a finding."""

from relecture.printed.finding import Verdict
from relecture.report.verdicts import MEANINGS, VERDICTS


def test_every_verdict_has_its_word_its_mark_and_its_meaning():
    assert [*VERDICTS] == [*MEANINGS] and {*VERDICTS} == {verdict.value for verdict in Verdict}
    assert len({word.mark for word in VERDICTS.values()}) == len({word.word for word in VERDICTS.values()}) == 5


def test_a_word_is_written_with_its_mark():
    assert str(VERDICTS["inconsistent"]) == "✗\u00a0incohérent"
