"""Conventions: stated ones are held strictly, others are tried, fewest departures first, and named."""

from relecture.printed.conventions import Ladder
from relecture.printed.finding import Verdict

LADDER = Ladder(level="95 90 99", alternative="two-sided one-sided", rounding="nearest truncate")


def test_fewest_departures_are_tried_first():
    tried = []
    LADDER.judge(lambda using: tried.append(dict(using.options)))
    assert tried[0] == {"level": "95", "alternative": "two-sided", "rounding": "nearest"}
    counts = [
        (one["level"] != "95") + (one["alternative"] != "two-sided") + (one["rounding"] != "nearest") for one in tried
    ]
    assert counts == sorted(counts) and max(counts) == 2


def test_what_is_stated_is_no_condition_and_nothing_else_is_tried():
    judgement = LADDER.judge(lambda using: using["level"] == "90", {"level": "90"})
    assert (judgement.verdict, judgement.conditions) == (Verdict.CONSISTENT, ())
    assert LADDER.judge(lambda using: using["level"] == "90", {"level": "99"}).verdict is Verdict.INCONSISTENT


def test_what_a_kind_does_not_offer_is_stated_of_another_kind():
    ladder = Ladder(test="student welch", alternative="two-sided one-sided")
    elsewhere = {"test": "fisher", "interval": "profile"}
    assert ladder.judge(lambda using: using["test"] == "welch", ladder.offered(elsewhere)).conditions


def test_a_ladder_is_cut_to_what_matters():
    assert list(LADDER.only("level", "rounding").options) == ["level", "rounding"]


def test_an_assumed_option_is_tried_first_without_condition():
    judgement = LADDER.judge(lambda using: using["level"] == "90", assumed={"level": "90"})
    assert (judgement.verdict, judgement.conditions) == (Verdict.CONSISTENT, ())


def test_a_detail_ends_the_condition_of_its_convention():
    judgement = LADDER.judge(lambda using: using["level"] == "99" and {"level": "(précision)"})
    assert judgement.conditions == ("si l'intervalle est à 99 % (précision)",)


def test_what_was_tried_is_listed():
    words = LADDER.judge(lambda using: False).words
    assert words == (
        "ne se retrouve pas (essayés : 95 %, 90 %, 99 % ; test bilatéral, test unilatéral ; arrondi, troncature)"
    )
