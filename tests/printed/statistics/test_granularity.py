"""GRIM, GRIMMER, DEBIT and medians: public vectors, exhaustive grids, and every sample that is real."""

from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import floor, isqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.core.numbers import Printed
from relecture.printed.finding import Verdict
from relecture.printed.statistics import granularity

CONSISTENT, CONDITIONAL, INCONSISTENT, UNCHECKABLE = (
    Verdict.CONSISTENT,
    Verdict.CONDITIONAL,
    Verdict.INCONSISTENT,
    Verdict.UNCHECKABLE,
)
CONVENTIONS = ("half_up", "half_even", "truncated")


def root(square: Fraction, decimals: int, how: str) -> str:
    """The square root of an exact number as printed, in integers only."""
    scaled = 4 * square * 100**decimals
    twice = isqrt(floor(scaled))  # twice the root in units of the last digit, cut
    tie = twice % 2 == 1 and twice**2 == scaled
    units = twice // 2 if how == "truncated" else (twice + 1) // 2
    if how == "half_even" and tie:
        units -= units % 2
    digits = str(units).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]},{digits[-decimals:]}" if decimals else digits


def moments(sample) -> tuple[Fraction, Fraction]:
    """Square of the mean, and variance (n - 1), exact."""
    n, total = len(sample), sum(sample)
    squares = sum(Fraction(value) ** 2 for value in sample)
    return Fraction(total, n) ** 2, (squares - Fraction(total) ** 2 / n) / (n - 1)


# ---------------------------------------------------------------- public vectors

GRIM = [  # R scrutiny, data set pigs1: the twelve rows, its `consistency` in the comment
    ("7.22", 32, CONSISTENT),  # TRUE
    ("4.74", 25, INCONSISTENT),  # FALSE
    ("5.23", 29, INCONSISTENT),  # FALSE
    ("2.57", 24, INCONSISTENT),  # FALSE
    ("6.77", 27, CONDITIONAL),  # FALSE: 183 / 27 = 6,777…, possible only if digits were cut, which pigs1 does not try
    ("2.68", 28, CONSISTENT),  # TRUE: 75 / 28 = 2,6785…
    ("5.00", 25, CONSISTENT),  # TRUE: 125 / 25
]


@pytest.mark.parametrize(("mean", "n", "verdict"), GRIM)
def test_grim_pigs1(mean, n, verdict):
    assert granularity.grim(mean, n=n).verdict is verdict


GRIM_PERCENT = [  # R scrutiny, pigs2: grim_map(percent = TRUE), n = 150
    ("67.4", INCONSISTENT),  # FALSE: 101 / 150 = 67,33 and 102 / 150 = 68,00
    ("54.2", INCONSISTENT),  # FALSE: 81 / 150 = 54,00 and 82 / 150 = 54,67
    ("54.0", CONSISTENT),  # TRUE: 81 / 150
]


@pytest.mark.parametrize(("percent", "verdict"), GRIM_PERCENT)
def test_grim_pigs2(percent, verdict):
    assert granularity.grim(percent, n=150, percent=True).verdict is verdict


GRIMMER = [
    ("5,21", "1,60", 28, CONSISTENT),  # R rsprite2, GRIMMER_test(5.21, 1.6, 28): TRUE
    ("3,44", "2,47", 18, CONDITIONAL),  # R rsprite2: FALSE. 62 / 18 = 3,444 with 316 squares: 2,4774… cut to 2,47
    ("1,03", "0,41", 40, INCONSISTENT),  # scrutipy tests: False
    ("52,13", "2,26", 30, CONSISTENT),  # scrutipy tests: True
]


@pytest.mark.parametrize(("mean", "sd", "n", "verdict"), GRIMMER)
def test_grimmer_vectors(mean, sd, n, verdict):
    assert granularity.grimmer(mean, sd, n=n).verdict is verdict


def test_the_truncated_witness_of_rsprite2():
    total, squares = granularity.grimmer("3,44", "2,47", n=18).evidence
    variance = (squares - Fraction(total**2, 18)) / 17
    assert root(variance, 2, "truncated") == "2,47" != root(variance, 2, "half_up")


DEBIT = [  # R scrutiny, pigs3, n = 1683: its tests count six consistent rows of seven
    ("0.53", "0.50", CONSISTENT),
    ("0.44", "0.50", CONSISTENT),
    ("0.77", "0.42", CONSISTENT),
    ("0.19", "0.35", INCONSISTENT),  # the seventh: sqrt(.19 x .81) = .39
    ("0.34", "0.47", CONSISTENT),  # sqrt(.34 x .66) = .4737
    ("0.93", "0.25", CONSISTENT),
    ("0.12", "0.33", CONSISTENT),
]


@pytest.mark.parametrize(("mean", "sd", "verdict"), DEBIT)
def test_debit_pigs3(mean, sd, verdict):
    assert granularity.debit(mean, sd, n=1683).verdict is verdict


def test_debit_names_the_sd_that_the_mean_imposes():
    assert granularity.debit("0,35", "0,18", n=20).expected == "0,49"  # R scrutiny, debit vignette: FALSE; 7 of 20


# ---------------------------------------------------------------- literal versions


@pytest.mark.parametrize("n", [1, 7, 19, 28, 60])
def test_grim_on_every_mean_with_two_decimals(n):
    means = {how: {root(Fraction(total, n) ** 2, 2, how) for total in range(3 * n)} for how in CONVENTIONS}
    for cents in range(200):
        text = f"{cents // 100},{cents % 100:02d}"
        rounds = text in means["half_up"] | means["half_even"]
        expected = CONSISTENT if rounds else CONDITIONAL if text in means["truncated"] else INCONSISTENT
        assert granularity.grim(text, n=n).verdict is expected, text


def test_a_check_without_power_says_so():
    found = granularity.grim("41,1", n=21)
    assert (found.verdict, found.explanation) == (
        UNCHECKABLE,
        "avec 21 réponses, toute moyenne à 1 décimale est possible",
    )


hundredths = st.integers(0, 700).map(lambda cents: f"{cents // 100},{cents % 100:02d}")
tenths = st.integers(0, 70).map(lambda units: f"{units // 10},{units % 10}")


@settings(max_examples=400)
@given(hundredths | tenths, hundredths | tenths, st.integers(2, 6))
def test_an_inconsistent_grimmer_is_confirmed_by_every_sample(mean, sd, n):
    if granularity.grimmer(mean, sd, n=n, scale=(1, 5)).verdict is INCONSISTENT:
        decimals = [len(text.partition(",")[2]) for text in (mean, sd)]
        for sample in combinations_with_replacement(range(1, 6), n):
            prints = [
                {root(square, places, how) for how in CONVENTIONS}
                for square, places in zip(moments(sample), decimals, strict=True)
            ]
            assert not (mean in prints[0] and sd in prints[1]), sample


def test_grimmer_refuses_every_impossible_pair_of_three_answers():
    # brute force: all 35 samples of three answers on a scale of 1 to 5, all pairs of two-decimal prints
    real = {tuple(root(square, 2, "half_up") for square in moments(sample)) for sample in SAMPLES[3]}
    cut = {
        (root(mean, 2, one), root(variance, 2, other))
        for mean, variance in map(moments, SAMPLES[3])
        for one, other in product(CONVENTIONS, CONVENTIONS)
    }
    consistent = set()
    for mean, sd in product(sorted({pair[0] for pair in cut}), [f"{c // 100},{c % 100:02d}" for c in range(250)]):
        verdict = granularity.grimmer(mean, sd, n=3, scale=(1, 5)).verdict
        assert verdict is not INCONSISTENT or (mean, sd) not in cut
        consistent |= {(mean, sd)} if verdict is CONSISTENT else set()
    assert real <= consistent


SAMPLES = {3: list(combinations_with_replacement(range(1, 6), 3))}

# ---------------------------------------------------------------- real samples are never refused

answers = st.lists(st.integers(0, 10), min_size=5, max_size=100)
places, conventions = st.integers(0, 2), st.sampled_from(CONVENTIONS)


@settings(max_examples=400)
@given(answers, places, places, conventions, conventions, st.sampled_from([None, (0, 10)]))
def test_real_means_and_sds_are_never_inconsistent(sample, mean_places, sd_places, mean_how, sd_how, scale):
    square, variance = moments(sample)
    mean, sd = root(square, mean_places, mean_how), root(variance, sd_places, sd_how)
    verdicts = [
        granularity.grim(mean, n=len(sample)).verdict,
        granularity.grimmer(mean, sd, n=len(sample), scale=scale).verdict,
    ]
    assert INCONSISTENT not in verdicts
    if "truncated" not in (mean_how, sd_how):
        assert CONDITIONAL not in verdicts


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=5, max_size=40), conventions)
def test_real_means_of_three_items_are_never_inconsistent(respondents, how):
    square, variance = moments([Fraction(sum(answers), 3) for answers in respondents])
    texts = root(square, 2, how), root(variance, 2, how)
    assert granularity.grimmer(*texts, n=len(respondents), items=3, scale=(1, 5)).verdict is not INCONSISTENT


@given(st.integers(2, 120).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(1, 3), conventions)
def test_real_binary_answers_are_never_inconsistent(counts, decimals, how):
    ones, n = counts
    square, variance = moments([1] * ones + [0] * (n - ones))
    mean, sd = (root(number, decimals, how).replace(",", ".") for number in (square, variance))  # never "1,000"
    found = granularity.debit(mean, sd, n=n)
    assert found.verdict is not INCONSISTENT
    assert how == "truncated" or ones in found.evidence


# ---------------------------------------------------------------- edges

EDGES = [
    (granularity.grim("5,00", n=0), INCONSISTENT, "5,00 : la moyenne de 0 réponse n'existe pas"),
    (granularity.grimmer("5,00", "1,0", n=0), INCONSISTENT, "5,00 : la moyenne de 0 réponse n'existe pas"),
    (granularity.debit("0,5", "0,5", n=1), INCONSISTENT, "aucun nombre de réponses 1 sur 1 ne donne la moyenne 0,5"),
    (granularity.debit("0,5", "0,5", n=0), INCONSISTENT, "0,5 : la moyenne de 0 réponse n'existe pas"),
    (granularity.grimmer("3,50", "-1,10", n=20), INCONSISTENT, "-1,10 : un écart type n'est pas négatif"),
    (granularity.grimmer("3,50", "< 1", n=20), UNCHECKABLE, "< 1 n'est qu'une borne"),
    (granularity.grim("> 3", n=20), UNCHECKABLE, "> 3 n'est qu'une borne"),
    (
        granularity.debit("1,53", "0,50", n=20),
        INCONSISTENT,
        "aucun nombre de réponses 1 sur 20 ne donne la moyenne 1,53",
    ),
    (
        granularity.grimmer("9,00", "1,00", n=10, scale=(1, 5)),
        INCONSISTENT,
        "la moyenne 9,00 sort de l'échelle de 1 à 5",
    ),
]


@pytest.mark.parametrize(("found", "verdict", "explanation"), EDGES)
def test_edges_are_findings(found, verdict, explanation):
    assert (found.verdict, found.explanation) == (verdict, explanation)


SPREADS = [
    ("5,00", "0,00", 1, None, CONDITIONAL),  # one answer: an SD of 0 exists only when divided by n
    ("5,00", "0,50", 1, None, INCONSISTENT),
    ("2.00", "1.41", 1, None, INCONSISTENT),  # R rsprite2, GRIMMER_test: FALSE
    ("0,00", "2,24", 3, None, INCONSISTENT),  # 10 squares of sum 0: a^2 + ab + b^2 = 5, of no integers
    ("0,00", "3,06", 4, None, INCONSISTENT),  # 28 squares of sum 0: 4 x 28 = 16 x 7, of no four integers
    ("3,00", "0,00", 12, (3, 3), CONSISTENT),  # a scale of one value
    ("3,00", "0,00", 12, (1, 5), CONSISTENT),  # everyone answers 3
    ("3,25", "0,00", 12, (1, 5), INCONSISTENT),  # 39 / 12 cannot be everyone's answer
    ("3,25", "0,15", 12, None, INCONSISTENT),  # 127 squares have the parity of 39, but nine 3 and three 4 make 129
    ("3,25", "0,45", 12, None, CONSISTENT),  # those twelve: sqrt(2,25 / 11) = 0,452
    ("5,0", "0,32", 20, None, UNCHECKABLE),  # possible, with a sum of 100 only: sqrt(2 / 19) = 0,324
    ("5,0", "0,22", 20, None, UNCHECKABLE),  # with 99 or 101 only: one 4, nineteen 5, sqrt(0,95 / 19) = 0,224
    ("5,0", "0,28", 20, None, INCONSISTENT),  # with none of 99, 100, 101
    ("3,00", "2,09", 12, (1, 5), CONSISTENT),  # six 1 and six 5: sqrt(48 / 11) = 2,0889
    ("3,00", "2,10", 12, (1, 5), INCONSISTENT),  # more than the scale allows
    ("3,00", "2,00", 12, (1, 5), CONDITIONAL),  # six 1 and six 5, divided by n
]


@pytest.mark.parametrize(("mean", "sd", "n", "scale", "verdict"), SPREADS)
def test_no_spread_and_full_spread(mean, sd, n, scale, verdict):
    assert granularity.grimmer(mean, sd, n=n, scale=scale).verdict is verdict


def test_an_sd_divided_by_n_is_named():
    # 1 and 2, SD 0,5 divided by n, 0,707 divided by n - 1; by hand
    finding = granularity.grimmer("1,50", "0,50", n=2)
    assert finding.conditions == ("si la variance est divisée par n",)
    assert finding.explanation.startswith("3 / 2 = 1,5000…, par exemple 1, 2 : ")
    assert granularity.grimmer("1,50", "0,50", n=2, conventions={"sd": "n-1"}).verdict is INCONSISTENT


def test_both_sums_equally_near_are_expected():
    assert granularity.grim("0,25", n=2).expected == "0,00 ou 0,50"
    assert granularity.grim("5,23", n=29).expected == "5,24"


def test_power_is_that_of_rounding_and_of_truncation():
    # by enumeration: prints with two decimals that no sum of n gives, rounded half up or half down, or cut
    for n in (1, 7, 19, 28, 60, 66, 67, 70, 99):
        printed = {root(Fraction(total, n) ** 2, 2, how) for total in range(n, 2 * n + 1) for how in CONVENTIONS}
        printed |= {f"1,{-(-(200 * total - n) // (2 * n)) - 100:02d}" for total in range(n, 2 * n)}  # half down
        missing = sum(f"1,{cents:02d}" not in printed for cents in range(100))
        assert granularity.power(Printed.read("1,00"), n) == pytest.approx(missing / 100), n
    assert granularity.grim("1,23", n=67).verdict is UNCHECKABLE


def test_debit_and_grimmer_never_contradict():
    for n, (mean, sd) in product((1, 2, 3, 7, 30), product(range(0, 101, 3), range(0, 80, 1))):
        texts = f"{mean / 100:.2f}", f"{sd / 100:.2f}"
        verdicts = granularity.debit(*texts, n=n).verdict, granularity.grimmer(*texts, n=n, scale=(0, 1)).verdict
        assert (verdicts[0] is INCONSISTENT) == (verdicts[1] is INCONSISTENT), (texts, n, verdicts)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "power"),
    [
        ("0,44", "0,50", 1683, 1 - 2 / 51),  # SDs 0,4956 to 0,4975, printed 0,50 or cut to 0,49, of 0,00 to 0,50
        ("0,5", "0,50", 4, 1 - 3 / 59),  # only 2 of 4: SD 0,577, cut or not, or 0,50 divided by n; of 0,00 to 0,58
        ("0", "1", 40, 0.0),  # 0 to 20 ones: SD 0 to 0,51, printed 0 or 1, the only two prints there are
    ],
)
def test_debit_power_is_the_share_of_printable_sds_that_the_mean_excludes(mean, sd, n, power):
    assert granularity.debit_power(mean, sd, n=n) == pytest.approx(power)


def test_debit_without_power_is_uncheckable():
    assert granularity.debit("0", "1", n=40).verdict is Verdict.UNCHECKABLE


@pytest.mark.parametrize("n", [1, 7, 28, 40, 66, 70, 80, 99])
@pytest.mark.parametrize("rounding", ["nearest", "truncate"])
def test_power_under_a_stated_rounding_is_that_of_it_alone(n, rounding):
    verdicts = [
        granularity.grim(f"1.{cents:02d}", n=n, conventions={"rounding": rounding}).verdict for cents in range(100)
    ]
    missing = sum(verdict is Verdict.INCONSISTENT for verdict in verdicts)
    assert granularity.power(Printed.read("1.00"), n, rounding=rounding) == pytest.approx(missing / 100)
    assert (UNCHECKABLE in verdicts) == (missing == 0)


def test_a_percentage_of_a_whole_is_at_most_100():
    finding = granularity.grim("521", n=28, percent=True)  # 146 / 28, possible for R scrutiny
    assert (finding.verdict, finding.explanation) == (
        Verdict.INCONSISTENT,
        "521 : un pourcentage d'un tout est entre 0 et 100",
    )
