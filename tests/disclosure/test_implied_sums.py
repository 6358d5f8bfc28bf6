"""What answers imply for one another, read from the questionnaire and not from answers."""

from relecture.disclosure.implied_sums import implications, implied_sums, impossible_cells

NO, UNKNOWN, SKIPPED = ("mss", "Non"), ("mss", "ne sait pas"), ("avis", "non posée")


def test_a_recoded_answer_and_a_skipped_question_are_made_of_other_answers(form, asked):
    found = implications(form, [asked.mss, asked.avis, asked.groupe])
    assert set(dict(found)["groupe", "non équipés"]) == {NO, UNKNOWN}
    assert (SKIPPED, (NO, UNKNOWN, ("mss", "sans réponse"))) in found


def test_questions_that_do_not_meet_imply_nothing(form, asked):
    assert implications(form, [asked.avis]) == ()


def test_sums_hold_under_the_same_other_conditions():
    whole, parts = ("groupe", "non équipés"), (NO, UNKNOWN)
    rural = frozenset({("zone", "rurale")})
    counts = {rural | {whole}: 7, rural | {NO}: 4, rural | {UNKNOWN}: 3}
    assert list(implied_sums(counts, [(whole, parts)])) == [(rural | {whole}, (rural | {NO}, rural | {UNKNOWN}))]


def test_a_part_without_a_row_counts_nobody_and_two_equal_counts_are_one_sum():
    whole, parts = ("groupe", "non équipés"), (NO, UNKNOWN)
    counts = {frozenset({whole}): 7, frozenset({NO}): 7}
    assert list(implied_sums(counts, [(whole, parts)])) == [(frozenset({whole}), (frozenset({NO}),))]


def test_a_whole_with_what_is_no_part_of_it_is_impossible():
    whole, parts = ("groupe", "non équipés"), (NO, UNKNOWN)
    clash = frozenset({whole, ("mss", "Oui")})
    assert set(impossible_cells({clash: 0, frozenset({whole, NO}): 4}, [(whole, parts)])) == {clash}
