"""Rules held against printed counts: dates, bounds, and what is refused.

The study is a toy of ten respondents; every expected number is worked out beside its case.
"""

import copy
from types import SimpleNamespace

import pytest

from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.printed.frames import regulations

PRINTED = {"a": "7", "b": "2", "c": "4", "d": "3"}
BOOK = {
    "window": ["2019-08", "2020-02"],
    "as_of": "2024-12",
    "documents": {
        "old": {"issuer": "Un", "reference": "R1", "since": "2012-06-05", "until": "2019-12"},  # ends during the survey
        "then": {"issuer": "Deux", "reference": "R2", "since": "2018", "until": "2022-10-17"},
        "lost": {"issuer": "Trois", "reference": "R3", "since": "2018-06", "until": "inconnu"},
        "now": {"issuer": "Quatre", "reference": "R4", "since": "2022-10-17"},
        "always": {"issuer": "Cinq", "reference": "R5", "since": "2018-05-25"},
    },
    "practices": {
        "door": {"section": "S", "label": "Porte", "goal": "Porte fermée", "printed": ["a", "b"]},
        "mail": {"section": "S", "label": "Courriel", "goal": "Rien en clair", "printed": ["c"]},
    },
    "rules": [
        {"id": "door.1", "document": "old", "practice": "door", "says": "fermer", "met": ["a"], "sure": True},
        {"id": "door.2", "document": "then", "practice": "door", "says": "fermer", "met": ["a", "b"], "sure": True},
        {"id": "door.3", "document": "now", "practice": "door", "says": "rien", "sure": True},
        {"id": "mail.1", "document": "lost", "practice": "mail", "says": "chiffrer", "unmet": ["c", "d"], "sure": True},
        {
            "id": "mail.2", "document": "always", "practice": "mail", "says": "adapter", "unmet": ["c"],
            "at_most": True, "sure": True,
        },
    ],
    "left_out": {},
}  # fmt: skip


class Toy(SimpleNamespace):
    def __contains__(self, address):
        return address in PRINTED

    def __getitem__(self, address):
        return PRINTED[address]

    def document(self, name, schema):
        if faults := schemas.faults(self.book, schema, name):
            raise InputError(faults)
        return self.book


def toy(change=lambda book: None):
    book = copy.deepcopy(BOOK)
    change(book)
    return Toy(book=book)


def test_what_held_then_and_what_holds_now():
    book = regulations.load(toy())
    door, mail = book.practices
    assert [rule.id for rule in book.then(door)] == ["door.2"]  # the first ended before the survey did
    assert [rule.id for rule in book.now(door)] == ["door.3"]
    assert [rule.id for rule in book.then(mail)] == ["mail.1", "mail.2"]  # an unknown end is no end then
    assert [rule.id for rule in book.now(mail)] == ["mail.2"]  # and no promise now


@pytest.mark.parametrize(
    ("rule", "bounds"),
    [
        ("door.2", (9, 9)),  # 7 + 2
        ("door.3", None),  # asks nothing
        ("mail.1", (3, 6)),  # 10 - (4 + 3) if they are others, 10 - 4 if the 3 are among the 4
        ("mail.2", (0, 6)),  # at most
    ],
)
def test_bounds(rule, bounds):
    book = regulations.load(toy())
    assert next(one for one in book.rules if one.id == rule).bounds(toy(), 10) == bounds


def test_bounds_are_those_of_all_ways_to_place_the_respondents():
    # every way to choose 4 and 3 of 10: how many are in neither
    from itertools import combinations

    left = {10 - len({*four, *three}) for four in combinations(range(10), 4) for three in combinations(range(10), 3)}
    assert (min(left), max(left)) == (3, 6)


def test_practice_frame_has_one_row_a_practice():
    frame = regulations.practice_frame(regulations.load(toy()), toy(), 10)
    assert frame[["label", "count", "n", "then_least", "then_most"]].values.tolist() == [
        ["Porte", 9, 10, 9, 9],
        ["Courriel", 4, 10, 0, 6],  # both rules: the smaller of each bound
    ]
    assert frame["now_most"].isna().tolist() == [True, False]


def test_rule_frame_has_one_row_a_rule():
    frame = regulations.rule_frame(regulations.load(toy()))
    assert frame["id"].tolist() == ["door.1", "door.2", "door.3", "mail.1", "mail.2"]
    assert frame["until"].tolist() == ["2019-12", "2022-10-17", "", "inconnu", ""]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book["rules"][0].pop("sure"), "rules.door.1 : il manque « sure »"),
        (lambda book: book["rules"][0].update(sure="presque"), "rules.door.1.sure : « presque » ; attendu : yes (une "),
        (lambda book: book["rules"][0].update(met=["z"]), "adresse « z » inconnue"),
        (lambda book: book["rules"][0].update(document="loi"), "document « loi » inconnu"),
        (lambda book: book["rules"][0].update(practice="clef"), "practice « clef » inconnu"),
        (lambda book: book["rules"][0].update(unmet=["b"]), "« met » ou « unmet », pas les deux à la fois"),
        (lambda book: book["rules"][0].update(autre=1), "rules.door.1 : « autre » inconnu ; attendus : at_most, "),
        (lambda book: book["rules"][0].pop("says"), "rules.door.1 : il manque « says »"),
        (lambda book: book["rules"][0].pop("document"), "rules.door.1 : il manque « document »"),
        (lambda book: book["rules"][1].update(id="door.1"), "« door.1 » écrite deux fois"),
        (
            lambda book: book["documents"]["now"].update(since="octobre 2022"),
            "now.since : « octobre 2022 » ; attendu : une date",
        ),
        (lambda book: book["documents"]["now"].update(since="2022-13"), "now.since : « 2022-13 » ; attendu : une date"),
        (lambda book: book["practices"]["door"].update(printed=["z"]), "door : adresse « z » inconnue"),
    ],
)
def test_a_rule_that_is_not_sure_or_about_nothing_is_refused(change, words):
    with pytest.raises(InputError, match=r"rules\.yaml") as refused:
        regulations.load(toy(change))
    assert words in str(refused.value)


def test_all_faults_at_once():
    def change(book):
        book["rules"][0].update(met=["z"], practice="clef")
        book["rules"][3].update(document="loi")

    with pytest.raises(InputError) as refused:
        regulations.load(toy(change))
    assert all(word in str(refused.value) for word in ("« clef »", "« z »", "« loi »"))
