"""Single slips: every one is among the edits, and a planted one is found again."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from relecture.core.numbers import Printed
from relecture.printed.arithmetic import totals
from relecture.printed.effects import intervals
from relecture.printed.repair import Repair, edits, search

SLIPS = [  # what was meant, what was printed; by hand, one of each kind
    ("0,99", "2,99"),  # a digit replaced
    ("12", "11"),
    ("0,79", "0,7"),  # a digit lost at the end
    ("20,06", "20,6"),  # in the middle
    ("120", "20"),  # at the start
    ("1,49", "11,49"),  # doubled
    ("1,49", "1,499"),
    ("0,95", "0,59"),  # swapped
    ("47,3", "74,3"),
    ("-1,14", "1,14"),  # a sign lost
    ("1,14", "-1,14"),  # or gained
    ("1,49", "149"),  # a decimal comma lost
    ("14,9", "1,49"),  # or moved
    ("1.49", "14.9"),
]


@pytest.mark.parametrize(("meant", "printed"), SLIPS)
def test_each_slip_is_undone(meant, printed):
    assert meant in edits(printed)


numbers = st.from_regex(re.compile(r"-?(0|[1-9][0-9]{0,2})(,[0-9]{1,3})?", re.ASCII), fullmatch=True)


def slips(text: str) -> set[str]:
    """Every print one slip away from what was meant: the literal version."""
    at = range(len(text))
    digits = [place for place in at if text[place].isdigit()]
    lost = {text[:place] + text[place + 1 :] for place in digits}
    doubled = {text[:place] + text[place] + text[place:] for place in digits}
    replaced = {text[:place] + digit + text[place + 1 :] for place in digits for digit in "0123456789"}
    swapped = set()
    for one, other in pairwise(digits):
        chars = list(text)
        chars[one], chars[other] = chars[other], chars[one]
        swapped.add("".join(chars))
    return (lost | doubled | replaced | swapped | {text.replace(",", ""), text.removeprefix("-")}) - {text}


@settings(max_examples=150)
@given(numbers)
def test_every_slip_of_every_number_is_undone(meant):
    for printed in slips(meant):
        if re.fullmatch(r"-?\d+(,\d+)?", printed):  # the others do not read as numbers
            assert meant in edits(printed), printed


@given(numbers)
def test_edits_are_other_numbers_each_once(text):
    found = edits(text)
    assert text not in found
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"-?(0|[1-9]\d*)([.,]\d+)?", edited) for edited in found)


@pytest.mark.parametrize(
    ("printed", "meant"), [("–.22", "0.22"), ("1 234,5", "1243,5"), ("+0.5", "0.6"), ("1·40", "4.10")]
)
def test_a_print_is_edited_in_its_plain_form(printed, meant):
    assert meant in edits(printed)


def test_an_edit_keeps_the_decimal_mark_of_the_print():
    """« 1,520 » alone would have two readings."""

    def above_one(values):
        return Printed.read(values["p"]).centre > 1

    assert "1,520" in [repair.proposed for repair in search(above_one, ["p"], {"p": "0,520"}, lambda used: [], most=99)]


@pytest.mark.parametrize("text", ["quatorze", "< 0,001", "ns", "> .05"])
def test_words_and_inequalities_are_left_alone(text):
    assert edits(text) == ()


# ---------------------------------------------------------------- search

FINER = [  # an edit has no more decimals than its column
    ({"r.x.or": "300", "r.y.or": "1,36"}, True),
    ({"r.x.or": "300", "r.y.or": "14"}, False),
    ({"r.x.or": "300"}, False),
]


@pytest.mark.parametrize(("column", "found_again"), FINER)
def test_a_lost_comma_comes_back_when_the_column_has_decimals(column, found_again):
    def three(values):
        return values["r.x.or"] == "3,00"

    repairs = search(three, ["r.x.or"], column, lambda used: [three])
    assert [repair.proposed for repair in repairs] == ["3,00"] * found_again


def partition(values) -> bool:
    return totals.partition([values["t.a.n"], values["t.b.n"]], values["t.total"]).holds


def ratio(values) -> bool:
    return intervals.odds_ratio(values["r.x.or"], (values["r.x.bas"], values["r.x.haut"]), values["r.x.p"]).holds


def found(check, addresses, values, most=10_000, others=()):
    """Every repair; an edit that is no longer a count does not hold."""

    def holds(tried):
        try:
            return check(tried)
        except ValueError:
            return False

    return search(holds, addresses, values, lambda used: [holds, *others], most=most)


def test_a_repair_says_what_it_changes_and_what_then_holds():
    values = {"t.a.n": "8", "t.b.n": "31", "t.total": "21"}
    repairs = found(partition, ["t.a.n", "t.b.n"], values)
    assert Repair("t.b.n", "31", "13", 1, 1) in repairs  # swapped digits
    assert str(repairs[0]) == "31 → 13"
    assert all(repair.complete for repair in repairs)


def test_rows_may_have_been_exchanged():
    # 8 + 13 = 21 and 8 + 52 = 60: the women of both columns have changed places
    values = {"t.a.n": "8", "t.b.n": "52", "t.c.n": "13", "t.total": "21"}
    shown = [repair.proposed for repair in found(partition, ["t.a.n", "t.b.n"], values)]
    assert "13 (échangé avec t.c.n)" in shown


def test_edits_that_restore_everything_hide_the_others():
    # 31 -> 13 also restores the second relation, every other edit only the first
    values = {"t.a.n": "8", "t.b.n": "31", "t.total": "21"}
    repairs = found(partition, list(values), values, others=[lambda tried: tried["t.b.n"] == "13"])
    assert [(repair.address, repair.proposed) for repair in repairs] == [("t.b.n", "13")]
    partial = found(partition, list(values), values, others=[lambda tried: tried["t.b.n"] == "99"])
    assert {(repair.satisfied, repair.relations) for repair in partial} == {(1, 2)}
    assert str(partial[0]).endswith(" (1 relation sur 2)")


def test_only_the_first_repairs_are_kept():
    values = {"t.a.n": "2", "t.b.n": "11", "t.total": "20"}
    assert len(found(partition, list(values), values, most=2)) == 2


@settings(max_examples=100)
@given(st.integers(0, 99), st.integers(0, 99), st.data())
def test_a_planted_slip_in_a_sum_is_found(one, other, data):
    values = {"t.a.n": str(one), "t.b.n": str(other), "t.total": str(one + other)}
    address = data.draw(st.sampled_from(sorted(values)))
    readable = [text for text in sorted(slips(values[address])) if re.fullmatch(r"\d+", text)]
    assume(readable)
    planted = values | {address: data.draw(st.sampled_from(readable))}
    assume(not partition(planted))
    assert values[address] in [repair.proposed for repair in found(partition, [address], planted)]


# the table (12, 8; 10, 20): Woolf's interval, Wald's p (R 4.2: .0665)
COHERENT = {"r.x.or": "3,00", "r.x.bas": "0,93", "r.x.haut": "9,70", "r.x.p": "0,066"}
OTHER = {"r.y.or": "1,36", "r.y.bas": "0,53", "r.y.haut": "3,48", "r.y.p": "0,520"}  # the column has as many decimals


@settings(max_examples=40)
@given(st.sampled_from(sorted(COHERENT)), st.data())
def test_a_planted_slip_in_a_row_is_found(address, data):
    one_reading = r"\d+(,\d\d?|,\d{4,})?|0,\d+"  # "3,000" alone has two
    readable = [text for text in sorted(slips(COHERENT[address])) if re.fullmatch(one_reading, text)]
    planted = COHERENT | OTHER | {address: data.draw(st.sampled_from(readable))}
    assume(not ratio(planted))
    proposed = {(repair.address, repair.proposed) for repair in found(ratio, sorted(COHERENT), planted)}
    assert (address, COHERENT[address]) in proposed
