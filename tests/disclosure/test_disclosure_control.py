"""What a report on own answers shows: a reader takes every number of its tables, and tries to find the others.

The reader knows the questionnaire, the rules of the control, and all that is shown: counts, denominators, shares,
sizes, of one table or of several on the same respondents. Whole numbers are solved for each hidden count.
"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from relecture.answers.questionnaire import missing
from relecture.disclosure.disclosure_control import control
from relecture.disclosure.implied_sums import Ways
from relecture.disclosure.masking import WHOLE_GROUP_NOTE, WITHHELD_NOTE
from relecture.stats.estimates import independence, logistic, odds
from relecture.stats.survey import characteristics
from relecture.stats.survey.characteristics import OVERALL
from relecture.stats.survey.questions import Question

GROUP = Question("groupe", "Groupe", "single", {"u": "utilisateurs", "n": "non-utilisateurs"})
ZONE = Question("zone", "Zone", "single", {"r": "rurale", "v": "urbaine"})
GENRE = Question("genre", "Genre", "single", {"f": "femme", "m": "homme", "a": "autre"})
OUTILS = Question("outils", "Outils", "multiple", {"outils.pc": "ordinateur", "outils.tel": "téléphone"})
AGE = Question("age", "Âge", "number")
ASKED = [GENRE, OUTILS, AGE]


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    """Fisher's test by draws takes most of the time of a table, and none of the attacks looks at it."""
    monkeypatch.setattr(independence, "DRAWS", 99)


def respondents(rng, n, missing_share=0.1):
    frame = pd.DataFrame({
        "groupe": rng.choice(["u", "n"], n, p=rng.dirichlet([2, 4])),
        "zone": rng.choice(["r", "v"], n, p=rng.dirichlet([3, 3])),
        "genre": rng.choice(["f", "m", "a"], n, p=rng.dirichlet([3, 3, 1])),
        "age": rng.integers(30, 65, n).astype(str),
    })  # fmt: skip
    ticks = pd.DataFrame({column: rng.choice(["0", "1"], n) for column in OUTILS.columns})
    late = rng.random(n) < missing_share
    ticks[late] = "non_pose"
    frame["genre"] = frame["genre"].mask(rng.random(n) < missing_share, "sans_reponse")
    frame["genre"] = frame["genre"].mask(rng.random(n) < missing_share / 2, "ne_sait_pas")
    return frame.join(ticks)


class Reader:
    """Takes shown tables in, then solves for what is not shown; knows no more than the columns that are printed."""

    def __init__(self):
        self.place, self.lines, self.known = {}, [], {}

    def read(self, table, group):
        cells = table.cells
        for name, size in table.sizes.items():
            self.note(self.cell("", "", group, name), size)
        for (question, name), rows in cells.groupby(["question", "group"], sort=False):
            self.question(question, rows, group, name)
        for key in list(self.place):
            if key[2:] == (group, OVERALL):
                parts = [(*key[:2], group, name) for name in table.sizes if name != OVERALL]
                if parts and all(part in self.place for part in parts):
                    self.add(key, parts)
        for key in list(self.place):  # everybody is everybody in every table
            if key[3] == OVERALL:
                self.add((*key[:2], "", OVERALL), [key])

    def question(self, question, rows, group, name):
        size, missing = ("", "", group, name), rows[rows["kind"] == "missing"]
        for row in rows.itertuples():
            if row.kind != "number":
                self.note(self.cell(question, row.label, group, name), row.count)
            if row.withheld:
                assert np.isnan([row.count, row.share, row.low, row.high, row.mean, row.sd, row.median]).sum() >= 5
            elif row.kind in ("answer", "choice") and not np.isnan(row.share):
                assert row.share == pytest.approx(row.count / row.n)
        told = self.cell(question, "*told", group, name)
        counted = rows[
            rows["kind"].isin(["answer", "choice"])
            & (rows["note"] != WHOLE_GROUP_NOTE)
            & (rows["note"] != WITHHELD_NOTE)
        ]
        for row in counted.itertuples():
            self.note(told, row.n)  # what shares are of, when it is not the whole group
        if (rows["kind"] == "answer").any():
            self.add(told, [(question, label, group, name) for label in rows.loc[rows["kind"] == "answer", "label"]])
        if (rows["kind"] == "number").any():
            self.note(told, rows.loc[rows["kind"] == "number", "count"].iloc[0])
        late = missing[missing["label"] == "non posée"] if (rows["kind"] == "choice").any() else missing
        self.add(size, [told, *((question, label, group, name) for label in late["label"])])
        for label in rows.loc[rows["kind"] == "choice", "label"]:
            self.cell(question, f"*not {label}", group, name)
            self.add(told, [(question, label, group, name), (question, f"*not {label}", group, name)])

    def cell(self, *key):
        self.place.setdefault(key, len(self.place))
        return key

    def note(self, key, value):
        if value is not None and not np.isnan(value):
            assert self.known.setdefault(key, int(value)) == int(value)

    def add(self, total, parts):
        self.lines.append((self.cell(*total), [self.cell(*part) for part in parts]))

    def spans(self, hidden, everybody, enough):
        """For each hidden cell, how far apart its least and its most are, up to `enough`."""
        matrix = np.zeros((len(self.lines), len(self.place)))
        for line, (total, parts) in enumerate(self.lines):
            matrix[line, self.place[total]] += 1
            for part in parts:
                matrix[line, self.place[part]] -= 1
        low, high = np.zeros(len(self.place)), np.full(len(self.place), everybody)
        for key, value in self.known.items():
            low[self.place[key]] = high[self.place[key]] = value
        links, seen = LinearConstraint(csr_array(matrix), 0, 0), []
        for rank, sign in product([self.place[key] for key in hidden], (-1, 1)):
            if np.ptp([one[rank] for one in seen] or [0]) < enough:  # two solutions may already be far apart
                goal = np.zeros(len(low))
                goal[rank] = sign
                found = milp(goal, integrality=np.ones(len(goal)), bounds=Bounds(low, high), constraints=links)
                assert found.success, "what is shown contradicts itself"
                seen.append(np.rint(found.x))
        return {key: np.ptp([one[self.place[key]] for one in seen]) for key in hidden}


def hidden_of(table, group):
    """The cells that must not be narrowed. Who did not answer is no secret, and its count may be small (disclosure's
    conventions): hidden with a whole group, it stays below the count of everybody, which is shown."""
    gone = table.cells[table.cells["withheld"] & table.cells["count"].isna() & (table.cells["kind"] != "number")]
    gone = gone[gone["label"] != missing.Missing.NO_ANSWER.label]
    cells = {(row.question, row.label, group, row.group) for row in gone.itertuples()}
    return sorted(cells | {("", "", group, name) for name, size in table.sizes.items() if size is None})


def attacked(tables, n, smallest):
    reader = Reader()
    for table, group in tables:
        reader.read(table, group)
    cells = [cell for table, group in tables for cell in hidden_of(table, group)]
    spans = reader.spans(cells, n, min(smallest, n))
    assert all(span >= min(smallest, n) for span in spans.values()), spans


ATTACKS = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
sizes = st.integers(1, 12) | st.integers(13, 90)


@ATTACKS
@given(st.integers(0, 2**32), sizes, st.integers(3, 6))
def test_a_table_of_characteristics_gives_nothing_back(seed, n, smallest):
    frame = respondents(np.random.default_rng(seed), n)
    shown = control(smallest, frame, [*ASKED, GROUP]).characteristics(characteristics.table(frame, ASKED, GROUP))
    attacked([(shown, "groupe")], n, smallest)


@ATTACKS
@given(st.integers(0, 2**32), sizes)
@example(1, 20)
@example(20, 20)
def test_two_tables_on_the_same_respondents_give_nothing_back(seed, n):
    frame = respondents(np.random.default_rng(seed), n)
    guard = control(5, frame, [*ASKED, GROUP, ZONE])
    tables = [(guard.characteristics(characteristics.table(frame, ASKED, by)), by.id) for by in (GROUP, ZONE)]
    attacked(tables, n, 5)


JOINT = list(product(GENRE.levels.values(), GROUP.levels.values(), ZONE.levels.values()))


def holding(**conditions):
    """Which of the 12 kinds of respondents meet these conditions."""
    places = {"genre": 0, "groupe": 1, "zone": 2}
    return np.array([all(kind[places[name]] == value for name, value in conditions.items()) for kind in JOINT], float)


@ATTACKS
@given(st.integers(0, 2**32), st.integers(20, 90))
def test_three_tables_that_close_a_circle_give_nothing_back(seed, n):
    """The strongest reader: every way to share out the respondents among the 12 kinds that agrees with three tables."""
    frame = respondents(np.random.default_rng(seed), n, 0)
    guard, shown, hidden = control(5, frame, [GENRE, GROUP, ZONE]), [(holding(), n)], []
    for question, by in ((GENRE, GROUP), (GENRE, ZONE), (ZONE, GROUP)):
        table = guard.characteristics(characteristics.table(frame, [question], by))
        for row in table.cells.itertuples():
            group = {} if row.group == OVERALL else {by.id: row.group}
            cell = holding(**{question.id: row.label}, **group)
            hidden += [cell] if row.withheld else []
            shown += [] if row.withheld else [(cell, row.count)]
        shown += [(holding(**{by.id: name}), size) for name, size in table.sizes.items() if size and name != OVERALL]
    links = LinearConstraint(np.array([cell for cell, _ in shown]), *[[value for _, value in shown]] * 2)
    for cell in hidden:
        low, high = (
            sign * milp(sign * cell, integrality=np.ones(12), bounds=Bounds(0, n), constraints=links).fun
            for sign in (1, -1)
        )
        assert round(high - low) >= 5


def test_the_reader_does_find_what_is_hidden_carelessly():
    frame = respondents(np.random.default_rng(3), 60)
    table = characteristics.table(frame, [GENRE], GROUP)
    small = table.cells["count"].between(0, 4) & (table.cells["kind"] == "answer")
    careless = table.cells.assign(withheld=small, note=table.cells["note"].mask(small, WITHHELD_NOTE))
    careless[["count", "share", "low", "high"]] = careless[["count", "share", "low", "high"]].mask(small)
    assert small.any()
    with pytest.raises(AssertionError):
        attacked([(characteristics.Characteristics(careless, table.tests, table.sizes, "groupe"), "groupe")], 60, 5)


FRAME = pd.DataFrame({
    "groupe": ["u"] * 20 + ["n"] * 20,
    "genre": ["f"] * 17 + ["m"] * 3 + ["f"] * 10 + ["m"] * 10,  # three men among the users
    "zone": ["r", "v"] * 20,
    "age": [str(30 + rank) for rank in range(40)],
})  # fmt: skip
PAIR = Question("genre", "Genre", "single", {"f": "femme", "m": "homme"})


@pytest.fixture
def shown():
    guard = control(5, FRAME, [PAIR, ZONE, AGE, GROUP])
    return guard, guard.characteristics(characteristics.table(FRAME, [PAIR, ZONE, AGE], GROUP))


def test_a_small_cell_and_those_that_give_it_back_are_hidden_with_their_share(shown):
    guard, table = shown
    gone = table.cells[table.cells["withheld"]]
    assert set(gone["question"]) == {"genre"} and set(gone["group"]) == {"utilisateurs", "non-utilisateurs"}
    assert gone[["count", "share", "low", "high"]].isna().all(axis=None)
    assert set(gone["note"]) == {WITHHELD_NOTE}
    assert (guard.primary, guard.secondary) == (1, 3)


def test_the_test_on_a_hidden_table_is_not_told_and_corrections_are_for_the_others(shown):
    tests = shown[1].tests.set_index("question")
    assert tests.loc["genre", ["n", "p", "estimate", "low", "high", "p_holm"]].isna().all()
    assert tests.loc["genre", "test"] and tests.loc["genre", "note"] == WITHHELD_NOTE
    assert tests.loc["age", "p"] < tests.loc["zone", "p"]
    assert tests.loc["age", "p_holm"] == pytest.approx(2 * tests.loc["age", "p"])  # two tests are left, not three


def test_nothing_is_hidden_when_nobody_asks():
    guard = control(0, FRAME, [PAIR])
    table = characteristics.table(FRAME, [PAIR, AGE], GROUP)
    same = guard.characteristics(table)
    pd.testing.assert_frame_equal(same.cells.drop(columns="withheld"), table.cells, check_dtype=False)
    pd.testing.assert_frame_equal(same.tests.drop(columns="withheld"), table.tests, check_dtype=False)
    assert not same.cells["withheld"].any() and not same.tests["withheld"].any()


def test_a_group_of_few_is_not_shown_nor_the_one_that_gives_it_back():
    frame = FRAME.assign(groupe=["u"] * 3 + ["n"] * 37)
    table = control(5, frame, [PAIR, GROUP]).characteristics(characteristics.table(frame, [PAIR], GROUP))
    assert table.sizes == {"utilisateurs": None, "non-utilisateurs": None, OVERALL: 40}
    assert table.cells.loc[table.cells["group"] == OVERALL, "count"].tolist() == [27, 13]


def test_a_question_nobody_answered_says_so():
    frame = FRAME.assign(genre="sans_reponse")
    cells = control(5, frame, [PAIR, GROUP]).characteristics(characteristics.table(frame, [PAIR], GROUP)).cells
    assert not cells["withheld"].any()
    assert (cells.loc[cells["kind"] == "answer", "note"] == characteristics.NOBODY).all()


def test_who_did_not_answer_may_be_few():
    frame = FRAME.assign(zone=FRAME["zone"].mask(FRAME.index < 2, "sans_reponse"))
    cells = control(5, frame, [ZONE, GROUP]).characteristics(characteristics.table(frame, [ZONE], GROUP)).cells
    assert not cells["withheld"].any() and 2 in cells["count"].tolist()


def test_who_does_not_know_may_not_and_shares_are_then_of_the_group():
    frame = FRAME.assign(zone=FRAME["zone"].mask(FRAME.index < 2, "ne_sait_pas"))
    cells = control(5, frame, [ZONE]).characteristics(characteristics.table(frame, [ZONE])).cells.set_index("label")
    assert cells.loc["ne sait pas", "withheld"] and cells["withheld"].sum() == 2
    told = cells[~cells["withheld"]].iloc[0]
    assert (told["n"], told["note"]) == (40, WHOLE_GROUP_NOTE)
    assert told["share"] == pytest.approx(told["count"] / 40)


def test_the_difference_of_two_tables_does_not_tell_on_those_without_a_group():
    frame = FRAME.assign(groupe=FRAME["groupe"].mask(FRAME.index % 20 == 0, "sans_reponse"))  # two respondents
    guard = control(5, frame, [ZONE, GROUP])
    by_group = guard.characteristics(characteristics.table(frame, [ZONE], GROUP))
    alone = guard.characteristics(characteristics.table(frame, [ZONE]))
    assert by_group.cells["count"].notna().all()
    assert alone.cells["withheld"].all()  # 20 and 20, against 18 and 20 with a group


def test_other_respondents_are_refused():
    guard = control(5, FRAME, [PAIR, ZONE])
    guard.characteristics(characteristics.table(FRAME, [PAIR]))
    rural = FRAME[FRAME["zone"] == "r"]
    with pytest.raises(ValueError, match="other respondents"):
        guard.characteristics(characteristics.table(rural, [PAIR]))


def binary(frame):
    ticks = {"x": frame["genre"] == "m", "y": frame["groupe"] == "u", "z": [True, False] * 20}
    return pd.DataFrame(ticks).astype(int)


CODES = {1: "1", 0: "0"}
TICKS = [Question(name, name, "single", CODES) for name in "xyz"]


def test_odds_ratios_with_a_small_cell_are_hidden_whole():
    frame = binary(FRAME)
    guard = control(5, frame, TICKS)
    found = guard.odds(odds.univariable(frame, "y", ["x", "z"]), "y").set_index("covariate")
    assert found["withheld"].tolist() == [True, False]
    assert found.loc["x", ["a", "b", "c", "d", "estimate", "low", "high", "p_fisher"]].isna().all()
    assert found.loc["z", "a"] == 10
    assert (guard.primary, guard.secondary) == (1, 3)


def test_an_odds_ratio_does_not_give_back_what_another_table_hid():
    """The zone is hidden in a first table, beside « ne sait pas »; an odds ratio would show it with its margins."""
    frame = FRAME.assign(zone=FRAME["zone"].mask(FRAME.index < 3, "ne_sait_pas"), y=[1, 0, 0, 1] * 10)
    frame["rural"] = (frame["zone"] == "r").astype(int)
    rural = Question("rural", "rural", "single", CODES)
    guard = control(5, frame, [ZONE, rural, Question("y", "y", "single", CODES)])
    zones = {("zone", name): frozenset({rank}) for rank, name in enumerate(["rurale", "urbaine", "ne sait pas"])}
    guard.implied = (Ways((zones, {("rural", "1"): frozenset({0}), ("rural", "0"): frozenset({1, 2})}), 3),)
    hidden = guard.characteristics(characteristics.table(frame, [ZONE])).cells.set_index("label")["withheld"]
    assert hidden["rurale"]
    assert guard.odds(odds.univariable(frame, "y", ["rural"]), "y")["withheld"].all()


@pytest.mark.parametrize(("between", "withheld"), [(3, True), (17, True), (10, False)])
def test_an_odds_ratio_does_not_tell_who_is_between_a_group_and_its_outcome(between, withheld):
    """All 20 of group u have y, and 20 of group v. Women with y, less women of u, are those of v with y: 3, say."""
    frame = pd.DataFrame({"groupe": ["u"] * 20 + ["v"] * 60, "y": [1] * 40 + [0] * 40})
    women = [range(10), range(20, 20 + between), range(40, 60)]
    frame["x"] = frame.index.isin([rank for ranks in women for rank in ranks]).astype(int)
    group = Question("groupe", "Groupe", "single", {"u": "u", "v": "v"})
    sex = Question("genre", "Genre", "single", {"1": "femme", "0": "homme"})
    frame["genre"] = frame["x"].astype(str)
    guard = control(5, frame, [group, sex, *TICKS[:2]])
    assert not guard.characteristics(characteristics.table(frame, [sex], group)).cells["withheld"].any()
    assert guard.odds(odds.univariable(frame, "y", ["x"]), "y")["withheld"].tolist() == [withheld]


@pytest.mark.parametrize(("between", "withheld"), [(3, True), (17, True), (10, False)])
def test_a_table_by_group_after_an_odds_ratio_does_not_tell_it_either(between, withheld):
    """The same, asked the other way round: the odds ratio is there already, so the groups go."""
    frame = pd.DataFrame({"groupe": ["u"] * 20 + ["v"] * 60, "y": [1] * 40 + [0] * 40})
    women = [range(10), range(20, 20 + between), range(40, 60)]
    frame["x"] = frame.index.isin([rank for ranks in women for rank in ranks]).astype(int)
    group = Question("groupe", "Groupe", "single", {"u": "u", "v": "v"})
    sex = Question("genre", "Genre", "single", {"1": "femme", "0": "homme"})
    frame["genre"] = frame["x"].astype(str)
    guard = control(5, frame, [group, sex, *TICKS[:2]])
    (shown,) = guard.odds(odds.univariable(frame, "y", ["x"]), "y")["withheld"]
    cells = guard.characteristics(characteristics.table(frame, [sex], group)).cells
    assert not shown and cells.loc[cells["group"] != OVERALL, "withheld"].tolist() == [withheld] * 4


def test_an_odds_ratio_does_not_tell_that_nobody_is_between_a_group_and_its_outcome():
    """All with y are of group u: that no woman has y elsewhere is told by both tables; one by y itself says no more."""
    frame = pd.DataFrame({"groupe": ["u"] * 40 + ["v"] * 40, "y": [1] * 40 + [0] * 40, "x": [1, 0] * 40})
    frame["genre"] = frame["x"].astype(str)
    sex = Question("genre", "Genre", "single", {"1": "femme", "0": "homme"})
    words = {"1": "1", "0": "0"}
    groups = Question("groupe", "Groupe", "single", {"u": "u", "v": "v"}), Question("y", "y", "single", words)
    covariate = Question("x", "x", "single", words)
    for group, withheld in zip(groups, (True, False), strict=True):
        guard = control(5, frame.astype(str), [*groups, sex, covariate])
        guard.characteristics(characteristics.table(frame.astype(str), [sex], group))
        assert guard.odds(odds.univariable(frame[["x", "y"]], "y", ["x"]), "y")["withheld"].tolist() == [withheld]


@pytest.mark.parametrize(("between", "withheld"), [(3, True), (10, False)])
def test_two_odds_ratios_do_not_tell_who_meets_one_criterion_and_not_the_other(between, withheld):
    """Who has more than five tools has more than three: with y, a less a is who has four or five, 3 say."""
    y = [1] * 40 + [0] * 40
    wide = [1] * (10 + between) + [0] * (30 - between) + [1] * 20 + [0] * 20
    narrow = [1] * 10 + [0] * 30 + [1] * 10 + [0] * 30
    frame = pd.DataFrame({"x": wide, "z": narrow, "y": y})
    for covariates in (["x", "z"], ["z", "x"]):
        guard = control(5, frame, TICKS)
        assert guard.odds(odds.univariable(frame, "y", covariates), "y")["withheld"].tolist() == [False, withheld]


def test_one_characteristic_with_two_outcomes_does_not_tell_who_has_one_of_them():
    """All 20 with the narrower outcome have the wider one: of the 3 others, the odds ratios of x would tell."""
    frame = pd.DataFrame({"y": [1] * 23 + [0] * 57, "z": [1] * 20 + [0] * 60, "x": [1, 0] * 40})
    guard = control(5, frame, TICKS)
    assert not guard.odds(odds.univariable(frame, "y", ["x"]), "y")["withheld"].any()
    assert guard.odds(odds.univariable(frame, "z", ["x"]), "z")["withheld"].all()


def test_margins_of_incomplete_tables_stay_apart():
    frame = binary(FRAME).assign(z=[np.nan] * 2 + [1, 0] * 19)
    guard = control(5, frame, TICKS)
    assert not guard.odds(odds.univariable(frame, "y", ["z"]), "y")["withheld"].any()


def test_a_model_hides_its_terms_with_a_small_cell():
    frame = binary(FRAME)
    found = control(5, frame, TICKS).model(logistic.multivariable(frame, "y", ["x", "z"])).set_index("covariate")
    assert found["withheld"].tolist() == [True, False]
    assert np.isnan(found.loc["x", "estimate"]) and not np.isnan(found.loc["z", "estimate"])
    rare = frame.assign(y=[1] * 4 + [0] * 36)
    assert control(5, rare, TICKS).model(logistic.multivariable(rare, "y", ["z"]))["withheld"].all()
    assert control(5, frame, TICKS).model(logistic.multivariable(frame, "y", ["z"]))["withheld"].all(), "a table, alone"


def test_who_is_not_asked_does_not_give_back_who_said_no(form, answered, asked):
    """« avis » is asked of those who have a « mss »: 8 said no, 3 do not know, and 11 are not asked."""
    frame = answered({("oui", "oui"): 20, ("oui", "non"): 15, ("non", ""): 8, ("ne_sait_pas", ""): 3})
    guard = control(5, frame, [asked.mss, asked.avis], form)
    cells = guard.characteristics(characteristics.table(frame, [asked.mss, asked.avis])).cells.set_index(
        ["question", "label"]
    )
    assert cells.loc[[("mss", "ne sait pas"), ("mss", "Non")], "withheld"].all()
    assert cells.loc[("avis", "non posée"), "count"] == 11  # 8 + 3: of the two, neither is known
    alone = answered({("oui", "oui"): 20, ("oui", "non"): 15, ("non", ""): 3, ("oui", ""): 2})
    table = (
        control(5, alone, [asked.mss, asked.avis], form)
        .characteristics(characteristics.table(alone, [asked.mss, asked.avis]))
        .cells
    )
    assert table.set_index(["question", "label"]).loc[[("mss", "Non"), ("avis", "non posée")], "withheld"].all()


def test_an_implication_holds_when_one_of_its_parts_is_nobody(form, answered, asked):
    """Nobody left « mss » empty: who is asked « avis » still counts those who have one, 14 of 35."""
    frame = answered({("oui", "oui"): 7, ("oui", "non"): 7, ("non", ""): 18, ("ne_sait_pas", ""): 3})
    guard = control(5, frame, [asked.mss, asked.avis], form)
    cells = guard.characteristics(characteristics.table(frame, [asked.mss, asked.avis])).cells.set_index(
        ["question", "label"]
    )
    withheld = cells["withheld"]
    assert withheld["mss", "ne sait pas"]
    assert not withheld["mss", "Oui"] or withheld["avis", "non posée"]


def test_an_answer_that_makes_the_group_leaves_nobody_to_protect(form, answered, asked):
    frame = answered({("oui", "oui"): 20, ("non", ""): 30})
    guard = control(5, frame, [asked.mss, asked.groupe], form)
    cells = guard.characteristics(characteristics.table(frame, [asked.mss], asked.groupe)).cells
    crossed = cells[(cells["label"] == "Non") & (cells["group"] == "équipés")].iloc[0]
    assert (crossed["count"], crossed["withheld"]) == (0, False)


def test_a_question_put_to_nobody_does_not_say_so_by_its_zeros(form, answered, asked):
    """Nobody has a « mss », which is hidden: « avis » was put to nobody, and zeros shown as harmless would tell."""
    frame = answered({("non", ""): 30, ("ne_sait_pas", ""): 8})
    table = control(5, frame, [asked.mss, asked.avis], form).characteristics(
        characteristics.table(frame, [asked.mss, asked.avis])
    )
    cells = table.cells.set_index(["question", "label"])
    assert cells.loc["mss", "withheld"].loc["Oui"]
    assert cells.loc["avis", "withheld"].tolist() == [True] * 3 and (cells.loc["avis", "n"] == 38).all()


def test_the_row_of_who_was_not_asked_is_not_missed_where_everybody_was(form, answered, asked):
    """Everybody has a « mss »: were there no row « non posée », all would be known to have said yes."""
    frame = answered({("oui", "oui"): 20, ("oui", "non"): 16})
    table = control(5, frame, [asked.mss, asked.avis], form).characteristics(
        characteristics.table(frame, [asked.mss, asked.avis])
    )
    withheld = table.cells.set_index(["question", "label"])["withheld"]
    assert withheld["mss", "Oui"] and withheld["mss", "Non"] and withheld["avis", "non posée"]
    alone = control(5, frame, [asked.avis], form).characteristics(characteristics.table(frame, [asked.avis])).cells
    assert alone["label"].tolist() == ["Oui", "Non"]  # no other table tells what « non posée » would be


def test_choices_are_among_those_who_answered(answered):
    """4 of 40 answered: no choice was made by more than 4, whatever is hidden, unless who did not answer is too."""
    frame = FRAME.assign(**{"outils.pc": "1", "outils.tel": ["1", "0"] * 20})
    frame.loc[4:, OUTILS.columns] = "sans_reponse"
    cells = control(5, frame, [OUTILS]).characteristics(characteristics.table(frame, [OUTILS])).cells
    assert cells["withheld"].all() and "sans réponse" in cells["label"].tolist()
