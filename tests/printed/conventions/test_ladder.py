"""Conventions: stated ones are held strictly, others are tried, fewest departures first, and named."""

from relecture.printed.conventions import QUANTILES, Ladder, assumed_only
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


BY_HAND = Ladder(
    law="normal t", level="95 90 99", interval="wald profile", rounding="nearest truncate", quantile=QUANTILES
)
HUNDREDTHS = "si le quantile de la loi normale est arrondi à 1,64"


def test_a_rounded_quantile_is_tried_last_at_its_own_level():
    tried = []
    BY_HAND.judge(lambda using: tried.append(using))
    rounded = [using for using in tried if using["quantile"] != "exact"]
    assert tried[-len(rounded) :] == rounded
    assert {(using["quantile"], using["level"], using["law"], using["interval"]) for using in rounded} == {
        *(("1.96", "95", "normal", "wald"), ("2.576", "99", "normal", "wald"), ("2.58", "99", "normal", "wald")),
        *((value, "90", "normal", "wald") for value in ("1.645", "1.64", "1.65")),
        ("2.57", "99", "normal", "wald"),
    }


def test_a_rounded_quantile_is_the_level_of_the_interval():
    judgement = BY_HAND.judge(lambda using: abs(using.level - 0.8989948) < 1e-7)  # R: 2 * pnorm(1.64) - 1
    assert judgement.conditions == ("si l'intervalle est à 90 %", HUNDREDTHS)
    stated = BY_HAND.judge(lambda using: using.level < 0.899, {"level": "90", "quantile": "1.64"})
    assert stated.verdict is Verdict.CONSISTENT


def test_no_quantile_is_tried_where_an_edit_asks_no_more():
    with assumed_only():
        assert BY_HAND.judge(lambda using: using.quantile).verdict is Verdict.INCONSISTENT
