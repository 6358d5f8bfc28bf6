"""What a plan aims at: as many respondents as printed, or the same shares of another number."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.answers.questionnaire import instrument
from relecture.answers.synthetic import plan as plans
from relecture.answers.synthetic import reading


def test_printed_counts_are_aimed_at_blanks_included(grouped_toy, grouped_plan, grouped_printed):
    wanted = reading.read(grouped_toy, grouped_plan, grouped_printed).wanted(20)
    assert wanted["groupe"] == {"": {"equipes": 8, "autres": 12}}
    assert wanted["alarme"] == {"equipes": {"oui": 6, "non": 2}, "autres": {"oui": 12, "non": 0}}
    assert wanted["lesquelles.mailiz"] == {"equipes": {"1": 5}, "autres": {"1": 0}}


def test_percentages_of_all_become_counts(toy, toy_printed):
    plan = {"respondents": "n", "counts": {}, "percents": {"alarme": {"oui": "part"}}}
    assert reading.read(toy, plan, toy_printed).wanted(20) == {"alarme": {"": {"oui": 12}}}


@pytest.mark.parametrize("n", [1, 7, 53, 1_000])
def test_other_numbers_keep_shares_within_each_group(study, n):
    """Oracle: a share rounded down or up; the ticks of an item are shared out together, and may be one more away."""
    form = instrument.load(study)
    plan = reading.read(form, study.document(reading.FILE), study.values)
    before, after = plan.wanted(plan.n), plan.wanted(n)
    sizes = {**plan.sizes, "": plan.n}
    for column, groups in before.items():
        for group, cells in groups.items():
            size = after[plan.by][""][group] if group else n
            whole = sizes[group] if "1" in cells else max(sizes[group], sum(cells.values()))
            for cell, count in cells.items():
                share = Fraction(count * size, whole)
                assert abs(after[column][group][cell] - share) < 2


def test_who_has_an_outcome_is_counted_by_the_others(grouped_toy, grouped_plan, grouped_printed):
    plan = reading.read(grouped_toy, grouped_plan | {"outcomes": {}, "covariates": {}}, grouped_printed)
    assert plan.outcomes == {}
    plan = reading.read(grouped_toy, grouped_plan, grouped_printed)
    assert plan.with_and_without("equipe") == (8, 12)


def test_choices_behind_a_printed_name(toy):
    assert plans.printed_choices(toy["lesquelles"])["lesquelles.payante"] == ("apicrypt", "lifen")
    assert plans.printed_choices(toy["mss"]) == {"oui": ("oui",), "non": ("non",)}  # « ne sait pas » is no answer


def test_columns_that_a_derived_variable_reads(grouped_toy):
    assert plans.sources(grouped_toy, "equipement") == {"mss"}
    assert plans.sources(grouped_toy, "age") == {"age"}


def test_rules_speak_of_a_column_or_of_its_item(toy):
    rules = plans.Rules(((None, {"avis": ("bof",)}), (None, {"avis.sure": ("oui",)})), {"avis": ("oui", "bof")})
    simple, sure = toy.columns["avis.simple"], toy.columns["avis.sure"]
    assert [cells for _, cells in rules.given_to(simple)] == [("bof",)]
    assert [cells for _, cells in rules.given_to(sure)] == [("bof",), ("oui",)]
    assert rules.allowed(simple) == ("oui", "bof")
    assert plans.Rules().allowed(simple) == ("oui", "bof", "non")


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 50), max_size=6), st.integers(0, 200), st.integers(0, 60))
def test_shares_add_up_and_keep_to_the_counts(counts, total, cap):
    shares = plans.largest_remainders(counts, total)
    if whole_ := sum(counts.values()):
        assert sum(shares.values()) == total
        assert all(abs(shares[key] - Fraction(total * counts[key], whole_)) < 1 for key in counts)
    capped = plans.largest_remainders(counts, total, cap=cap)
    assert max(capped.values(), default=0) <= cap
    assert sum(capped.values()) == min(total, cap * sum(count > 0 for count in counts.values()))
