"""Can a hidden count of a whole page be found again? A reader takes all that its tables show, and the questionnaire.

The cells of each notebook that lead to its tables are run on answers of 81 respondents, drawn or bent, and what the
control lets through is kept. The reader writes every sum that he knows of: answers and reasons make a group, groups
make everybody, who is not asked follows from the answers that skip the question (read from the questionnaire, and not
from the library), a recoded variable adds answers up. Each hidden count is then bounded in whole numbers.
"""

import ast
import contextlib
import io
import json
from functools import cache
from itertools import chain

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

import relecture.disclosure
from relecture import load_study
from relecture.answers.questionnaire import instrument, missing, skip_logic
from relecture.answers.questionnaire.conditions import Comparison
from relecture.answers.synthetic import generate
from relecture.core.study import ROOT
from relecture.disclosure import disclosure_control as disclosure
from relecture.disclosure.masking import WHOLE_GROUP_NOTE, WITHHELD_NOTE
from relecture.stats.estimates import independence
from relecture.stats.survey.characteristics import OVERALL

N, SMALLEST = 81, 5
UNASKED, SILENT = missing.Missing.NOT_ASKED.label, missing.Missing.NO_ANSWER.label
FILTERS = {"guefif": "predice", "ajoodha": "equipement", "zerhoui": "sauvegarde_faite"}


def drawn(study, n=N):
    one = instrument.load(load_study(study))
    made = generate.coded(one, load_study(study).document("synthetic.yaml"), load_study(study).values, n=n)
    return made.frame.rename_axis(missing.RESPONDENT), one


def unanimous(frame, name):
    """Everybody gives the first answer of those who were asked: the other one has nobody, nor what follows from it."""
    return frame.assign(**{name: "oui"})


def refused(frame, name):
    """Everybody says no: what follows from « oui » is put to nobody."""
    return frame.assign(**{name: "non"})


def alone(frame, name):
    """One respondent says yes, four leave the question empty."""
    return frame.assign(**{name: ["oui", *["sans_reponse"] * 4, *["non"] * (len(frame) - 5)]})


def unchanged(frame, name):
    return frame


def lines_of(source):
    """Names that a cell gives a value, and names that it reads."""
    names = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name | ast.alias)]
    stored = {
        (one.asname or one.name).partition(".")[0] if isinstance(one, ast.alias) else one.id
        for one in names if isinstance(one, ast.alias) or isinstance(one.ctx, ast.Store)
    }  # fmt: skip
    return stored, {one.id for one in names if isinstance(one, ast.Name)}


def steps(study):
    """The code cells that lead to the tables of a notebook, its parameters first."""
    cells = json.loads((ROOT / "notebooks" / f"{study}.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    kept, needed = [], set()
    for source in reversed(sources[1:]):
        stored, read = lines_of(source)
        if "guard." in source or stored & needed:
            kept.append(source)
            needed |= read
    return sources[0], kept[::-1]


class Recorder:
    """A control that keeps what it lets through: tables of characteristics, and rows of odds ratios."""

    def __init__(self, guard):
        self.guard, self.tables, self.rows = guard, [], []

    def characteristics(self, found, **among):
        self.tables.append(self.guard.characteristics(found, **among))
        return self.tables[-1]

    def odds(self, frame, outcome):
        found = self.guard.odds(frame, outcome)
        self.rows += [(outcome, row) for row in found.itertuples()]
        return found

    def __getattr__(self, name):
        return getattr(self.guard, name)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What each page shows, once for all tests: recorder, questions and instrument by study and change."""
    folder, done = tmp_path_factory.mktemp("pages"), {}

    def show(study, change):
        if (study, change) not in done:
            frame, one = drawn(study)
            path = folder / f"{study}-{change.__name__}.csv"
            skip_logic.apply(one, change(frame, FILTERS[study]))[0].rename(lambda rank: f"r{rank}").to_csv(path)
            done[study, change] = run(study, path)
        return done[study, change]

    return show


def run(study, path):
    made = []

    def control(smallest, frame, questions, *others):
        questions = list(questions)
        made.append((Recorder(disclosure_control(smallest, frame, questions, *others)), questions))
        return made[-1][0]

    disclosure_control = disclosure.control
    before, cells = told(study)
    names = {**before, "answers": str(path), "smallest_cell": SMALLEST}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relecture.disclosure, "control", control)
        patch.setattr(independence, "DRAWS", 99)  # Fisher's test by draws, which no attack looks at
        executed(cells, names)
    ((guard, questions),) = made
    return guard, {question.id: question for question in questions}, names["people"].instrument


@cache
def told(study):
    """What the cells before those that read the answers define, and the other cells."""
    parameters, cells = steps(study)
    first = next(rank for rank, source in enumerate(cells) if "answers" in lines_of(source)[1])
    return executed([parameters, *cells[:first]], {"display": lambda *shown: None}), cells[first:]


def executed(cells, names):
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            exec(cell, names)
    return names


class Attacker:
    """Unknown counts by (question, answer, group), the sums that tie them, and those that are shown."""

    def __init__(self, questions, form, n=N):
        self.questions, self.form, self.n = questions, form, n
        self.place, self.lines, self.known, self.hidden, self.met = {("", "", ""): 0}, [], {("", "", ""): n}, {}, set()

    def cell(self, *key):
        self.place.setdefault(key, len(self.place))
        return key

    def note(self, key, value):
        self.cell(*key)
        assert self.known.setdefault(key, int(value)) == int(value), f"{key} is shown twice and differs"

    def add(self, total, parts):
        self.lines.append((self.cell(*total), [self.cell(*part) for part in parts]))

    def read(self, table):
        names = {label: f"{table.group}={label}" for label in table.sizes}
        everybody = table.sizes[OVERALL] == self.n
        names[OVERALL] = "" if everybody else f"{table.group} known"
        for label, size in table.sizes.items():
            key = ("", "", names[label])
            self.note(key, size) if size is not None else self.hide(key)
            if label != OVERALL:
                self.add((table.group, label, ""), [key])
        for (question, label), rows in table.cells.groupby(["question", "group"], sort=False):
            self.question(question, rows, names[label])
        for question, answer, group in list(self.place):
            if group == names[OVERALL] and len(names) > 1 and question != table.group:
                self.add((question, answer, group), [(question, answer, names[label]) for label in table.sizes][:-1])

    def hide(self, key):
        self.hidden[self.cell(*key)] = None

    def question(self, name, rows, group):
        self.met.add((name, group))
        answers, size = rows[rows["kind"].isin(["answer", "choice"])], ("", "", group)
        for row in rows[rows["kind"] != "number"].itertuples():
            key = (name, row.label, group)
            if not row.withheld:
                self.note(key, row.count)
                if row.kind != "missing" and row.count == 0 and group == "":
                    self.note((name, "*asked", ""), 0)  # the control shows a nobody only where nobody could answer
            elif row.label != SILENT:  # who did not answer is no secret
                self.hide(key)
        asked, said = (name, "*asked", group), (name, "*said", group)
        untold = list(rows.loc[rows["kind"] == "missing", "label"])
        several = (rows["kind"] == "choice").any()
        inside = [label for label in untold if several and label != UNASKED]
        self.add(size, [asked, *((name, label, group) for label in untold if label not in inside)])
        self.add(asked, [said, *((name, label, group) for label in inside)])
        for row in answers[~answers["note"].isin([WHOLE_GROUP_NOTE, WITHHELD_NOTE])].itertuples():
            self.note(asked, row.n)  # what shares are of
        if several:
            for label in answers["label"]:
                self.add(said, [(name, label, group), (name, f"*not {label}", group)])
        elif len(answers):
            self.add(said, [(name, label, group) for label in answers["label"]])

    def odds(self, outcome, row):
        """A table that is shown gives its four counts back; with everybody in it, its margins are everybody's."""
        if row.withheld:
            return
        cells = {"a": ("1", "1"), "b": ("1", "0"), "c": ("0", "1"), "d": ("0", "0")}
        for name, (exposed, value) in cells.items():
            self.note((row.covariate, exposed, f"{outcome}={value}"), getattr(row, name))
        if row.a + row.b + row.c + row.d == self.n:
            for one in "10":
                self.add((row.covariate, one, ""), [(row.covariate, one, f"{outcome}={value}") for value in "10"])
                self.add((outcome, one, ""), [(row.covariate, exposed, f"{outcome}={one}") for exposed in "10"])

    def logic(self):
        """Who is asked, and who is in a recoded variable, where one answer decides."""
        groups = {group for _, _, group in self.place}
        conditions = [(item.id, None, item.relevant) for item in self.form.items]
        conditions += [(one.id, case.label, case.when) for one in self.form.derived for case in one.cases]
        for item, label, condition in conditions:
            for group in sorted(groups):
                parts = [(condition.target, answer, group) for answer in self.answers(condition)]
                if parts and (item, label, group) in self.place:
                    self.add((item, label, group), parts)
                for question in self.below(item) if parts and label is None else ():
                    if (question, group) in self.met:
                        self.unasked(question, group, parts)

    def unasked(self, question, group, parts):
        self.add(("", "", group), [(question, UNASKED, group), *parts])
        if (question, UNASKED, group) not in self.known.keys() | self.hidden.keys():
            self.note((question, UNASKED, group), 0)  # no row: nobody

    def below(self, item):
        """The questions of an item: one a row of a matrix."""
        return [name for name in self.questions if name == item or name.startswith(f"{item}.")]

    def answers(self, condition):
        """Labels of the answers that make it true, if it reads one question, whose answers are kept apart."""
        if not isinstance(condition, Comparison):
            return []
        name = condition.target
        question = self.questions.get(name)
        if question is None or question.kind == "number":
            return []
        return [label for code, label in question.levels.items() if self.stands_for(name, code) & {*condition.codes}]

    def stands_for(self, name, code):
        """The answers of the form that a code of the page counts."""
        item = next((one for one in self.form.items if one.id == name), None)
        last = code.rpartition(".")[2]
        return {last} if item is None else {one.id for one in item.choices if last in (one.id, one.counted_as)}

    def spans(self, enough):
        """How far apart the least and the most of each hidden count are, up to `enough`."""
        signs = [{total: 1} | dict.fromkeys(parts, -1) for total, parts in self.lines]
        entries = [(one, line, self.place[key]) for line, row in enumerate(signs) for key, one in row.items()]
        values, *where = zip(*entries, strict=True)
        matrix = csr_array((values, where), shape=(len(self.lines), len(self.place)))
        known = np.array([self.known.get(key, 0) for key in self.place])
        loose = np.array([key not in self.known for key in self.place])
        target, spans = -matrix @ known, {}
        assert not target[np.diff(matrix[:, loose].indptr) == 0].any(), "what is shown contradicts itself"
        tied = connected_components(abs(matrix[:, loose]).T @ abs(matrix[:, loose]))[1]
        for part in dict.fromkeys(tied[np.cumsum(loose)[self.place[key]] - 1] for key in self.hidden):
            names = [key for key in self.place if key not in self.known]
            here = (tied == part).nonzero()[0]
            block = matrix[:, loose][:, here]
            rows = np.diff(block.indptr) > 0
            wanted = np.array([names[rank] in self.hidden for rank in here])
            found = spread(block[rows], target[rows], self.n, enough, wanted)
            spans |= dict(zip([names[rank] for rank in here], found, strict=True))
        return {key: int(spans[key]) for key in self.hidden}


def spread(matrix, target, most, enough, wanted):
    """Between the least and the most of each wanted unknown, whole numbers from 0 to `most` that solve the lines."""
    links, rng = LinearConstraint(matrix, target, target), np.random.default_rng(1)
    least, most_seen = np.full(len(wanted), most), np.zeros(len(wanted))
    for goal in chain(rng.choice([-1, 1], (6, len(wanted))), *((one, -one) for one in np.eye(len(wanted))[wanted])):
        if (most_seen - least < enough)[wanted & (goal != 0)].any():  # else two solutions are already far apart
            found = milp(goal, integrality=np.ones(len(goal)), bounds=Bounds(0, most), constraints=links)
            assert found.success, "what is shown contradicts itself"
            least, most_seen = np.minimum(least, np.rint(found.x)), np.maximum(most_seen, np.rint(found.x))
    return most_seen - least


def attack(guard, questions, form):
    reader = Attacker(questions, form)
    for table in guard.tables:
        reader.read(table)
    for outcome, row in guard.rows:
        reader.odds(outcome, row)
    reader.logic()
    return reader.spans(SMALLEST)


PAGES = [(study, change) for study in FILTERS for change in (unchanged, unanimous)]
PAGES += [(study, change) for study in ("ajoodha", "zerhoui") for change in (refused, alone)]


@pytest.mark.parametrize(("study", "change"), PAGES, ids=lambda one: getattr(one, "__name__", one))
def test_a_whole_page_gives_nothing_back(shown, study, change):
    spans = attack(*shown(study, change))
    assert {key: span for key, span in spans.items() if span < SMALLEST} == {}
    assert len(spans) > 10


def test_the_reader_does_find_what_is_hidden_carelessly(monkeypatch, tmp_path):
    """Everybody has a secure mail box: answers that nothing ties to one another, and the reader knows what does."""
    monkeypatch.setattr(disclosure, "implied_ways", lambda *read: ())
    frame, one = drawn("ajoodha")
    skip_logic.apply(one, unanimous(frame, FILTERS["ajoodha"]))[0].to_csv(tmp_path / "answers.csv")
    spans = attack(*run("ajoodha", tmp_path / "answers.csv"))
    assert spans["equipement", "Oui", ""] == 0
