"""A stranger before a page on own answers: what can be worked out of what it hides?

The stranger has the page (its tables as CSV), the questionnaire and the plan of its recoded variables, and an integer
solver. Every count is an unknown: those of a question share its group out, groups share everybody out, ticks keep to
the form, answers that decide on others are counted way by way, and the mean of a score times n, to its last decimal, is
a sum of the answers to its rows. An odds ratio, its interval and its p, as rounded, are those of a few 2 x 2 tables
(`odds_tables`), one of which is the right one; a group that is part of another by the form leaves a third, that no
table shows. A hidden count is *recovered* when the least and the most that it can be are equal; so is one that no table
shows, when it is small. Written apart from the library's control, which it does not read.
"""

from __future__ import annotations

import csv
import re
from base64 import b64decode
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from math import inf, prod
from urllib.parse import unquote_to_bytes

import numpy as np
import pandas as pd
from lxml import html
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.stats import chi2, fisher_exact, norm

from relecture.answers.coded.recoding import derive
from relecture.answers.questionnaire import skip_logic
from relecture.answers.questionnaire.conditions import comparisons
from relecture.answers.questionnaire.missing import CODES, Missing

ALL, WAYS, SMALLEST, MANY = "Ensemble", 20_000, 5, 400
MISSING = {code.label for code in Missing}
HEAD = re.compile(r"^(.+) \(n (?:= (\d+)|masqué)\)$")
RATIO = re.compile(r"^\[(.+) – (.+)\]$")
SCORED = re.compile(r"^(-?[\d,]+) \(([\d,]+)\)$")


def tables(page: str) -> dict[str, list[list[str]]]:
    """The tables that a page lets one download, by file name."""
    found = {}
    for link in html.fromstring(page).xpath("//a[@download]"):
        if link.get("download").endswith(".csv"):
            head, body = link.get("href").split(",", 1)
            raw = b64decode(body) if ";base64" in head else unquote_to_bytes(body)
            rows = list(csv.reader(plain(raw.decode("utf-8-sig")).splitlines(), delimiter=";"))
            found[link.get("download").removesuffix(".csv")] = rows
    return found


def plain(words: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", words).replace("’", "'").replace("\u2060", "")


@dataclass
class Stranger:
    """What is known, and what is not: unknowns by (question, answer, group); `lines` are their weighted sums."""

    form: object
    questions: dict
    recode: object
    words: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    place: dict = field(default_factory=dict)
    known: dict = field(default_factory=dict)
    lines: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    everybody: int = 0
    whole: set = field(default_factory=set)
    ratios: dict = field(default_factory=dict)
    behind: dict = field(default_factory=dict)
    unshown: list = field(default_factory=list)

    def read(self, page: str, n: int) -> None:
        """Take in every table of counts of a page on n respondents."""
        self.everybody, self.known["", "", ALL] = n, n
        for name, rows in tables(page).items():
            if rows[0][:2] == ["variable", "Réponse"] and "Imprimé" not in rows[0]:
                self.table(name, rows)
            elif "Odds ratio" in rows[0]:
                self.odds(self.groups[name], rows)
        self.part_of()
        for question, group in {key[::2] for key in self.place if key[0] in self.questions}:
            self.share_out(question, group)
        self.sum_groups()
        self.ways()

    def table(self, name: str, rows: list[list[str]]) -> None:
        heads = {rank: HEAD.match(head) for rank, head in enumerate(rows[0]) if HEAD.match(head)}
        by = self.groups.get(name, "")
        if [match[2] for match in heads.values()][-1:] == [str(self.everybody)]:
            self.whole.add(by)
        columns = {rank: (by, match[1]) if match[1] != ALL else self.all_of(by) for rank, match in heads.items()}
        for rank, match in heads.items():
            self.note(("", "", columns[rank]), match[2])
        for row in rows[1:]:
            question, answer = self.named(row[0], row[1])
            if question not in self.questions:
                self.number(row, columns, by)
            elif heads:
                for rank, group in columns.items():
                    self.note((question, answer, group), row[rank].split(" ")[0])
            elif answer:
                self.note((question, answer, ALL), row[2])

    def odds(self, outcome: str, rows: list[list[str]]) -> None:
        """The counts of 2 x 2 tables: unknown where they are hidden, among those of a few tables where they are not.

        All have the same margin, since a characteristic that is not known counts as one that one has not.
        """
        heads = [next(i for i, head in enumerate(rows[0]) if head.startswith(one)) for one in ("Odds", "Inter", "p")]
        self.cell((outcome, Missing.NO_ANSWER.label, ALL))
        for row in rows[1:]:
            covariate, (ratio, interval, p) = self.ratios[row[0]], [row[rank] for rank in heads]
            cells = [(covariate, one, (outcome, other)) for one in "10" for other in "10"]
            for one in "10":
                for group in (ALL, (outcome, ALL)):
                    self.cell((covariate, one, group))
                self.cell((outcome, one, ALL))
            list(map(self.cell, cells))
            if not RATIO.match(interval):
                self.unshown += cells
            else:
                self.behind[tuple(cells)] = odds_tables(ratio, *RATIO.match(interval).groups(), p, self.everybody)
        margins = [{(a + c, b + d) for a, b, c, d in found} for found in self.behind.values()]
        for cells, found in self.behind.items():
            fit = [one for one in found if (one[0] + one[2], one[1] + one[3]) in set.intersection(*margins)]
            self.among(cells, np.array(fit))

    def among(self, cells, found) -> None:
        """These cells are those of one of these tables; too many are told by their ends."""
        if len(found) > MANY:
            for key, counts in zip(cells, found.T, strict=True):
                self.add({key: 1}, counts.min(), counts.max())
            return
        picks = [("^", (*cells[0], rank), "") for rank in range(len(found))]
        self.add(dict.fromkeys(picks, 1), 1, 1)
        for key, counts in zip(cells, found.T, strict=True):
            self.add({key: -1} | dict(zip(picks, counts.tolist(), strict=True)))

    def part_of(self) -> None:
        """Groups that are part of an outcome by the form: the counts of who is in it and not in them."""
        for outcome in dict.fromkeys(cells[0][2][0] for cells in self.behind):
            for by in dict.fromkeys(self.groups.values()):
                for inner, outer in self.nested(by, outcome):
                    self.between(inner, outer)

    def nested(self, by, outcome):
        """Pairs of groups of which the form says that one is part of the other, and less than all of it."""
        above = self.above()
        if by == outcome or not {by, outcome} <= above.keys():
            return
        frame = self.answered(self.closure(by, above) | self.closure(outcome, above))
        if frame is None:
            return
        told = {(q, label): frame[q].eq(code).to_numpy() for q in (by, outcome)
                for code, label in self.questions[q].levels.items()}  # fmt: skip
        for pair in product([one for one in told if one[0] == by], [one for one in told if one[0] == outcome]):
            for inner, outer in (pair, pair[::-1]):
                if told[inner].any() and (told[inner] <= told[outer]).all() and (told[inner] != told[outer]).any():
                    yield inner, outer

    def between(self, inner, outer) -> None:
        """Who is in a group and not in the part of it: the same questions are counted there."""
        rest = ("*", inner, outer)
        self.cell(("", "", inner))
        self.cell(("", "", outer))
        asked = {key[:2] for key in list(self.place) if key[2] in (inner, outer) and key[0] in self.questions}
        for question, answer in {("", ""), *asked}:
            keys = [(question, answer, group) for group in (outer, inner, rest)]
            self.add({keys[0]: 1, keys[1]: -1, keys[2]: -1})
            self.unshown.append(keys[2])

    def all_of(self, by: str):
        """Everybody in a table: those whose group is known, who may be fewer than all."""
        return ALL if not by or by in self.whole else (by, ALL)

    def named(self, variable: str, answer: str) -> tuple[str, str]:
        """The question and the answer that these words say; no answer for a number."""
        question = self.words.get(re.sub(r" \(question .*\)$", "", variable), "")
        answer = answer.removeprefix("manquant : ")
        kind = getattr(self.questions.get(question), "kind", "")
        return question, "" if kind == "number" else self.words.get((question, answer), answer)

    def number(self, row, columns, by) -> None:
        """The mean of a score, if the row is one: kept for `score`."""
        if row[1].startswith("moyenne"):
            self.known["score", by] = {group: SCORED.match(row[rank]) for rank, group in columns.items()}

    def note(self, key, text) -> None:
        if key[0] in self.questions and self.questions[key[0]].kind == "number":
            return
        self.cell(key)
        if text is not None and str(text).isdigit():
            assert self.known.setdefault(key, int(text)) == int(text), (key, text)
        elif key not in self.hidden:
            self.hidden.append(key)

    def cell(self, key):
        return self.place.setdefault(key, len(self.place))

    def add(self, weights, low=0.0, high=0.0) -> None:
        self.lines.append(({self.cell(key): weight for key, weight in weights.items()}, low, high))

    def share_out(self, question, group) -> None:
        """Those of a group answer a question, or do not for a reason; each tick is among those who answered."""
        asked, several = self.questions[question], self.questions[question].kind == "multiple"
        labels = [label for _, label, where in list(self.place) if _ == question and where == group]
        answers = [label for label in labels if label not in MISSING and not label.startswith("*")]
        reasons = [label for label in labels if label in MISSING]
        if set(asked.levels.values()) - set(answers):
            return  # not a whole table of the question
        told = (question, "*", group)
        self.add({("", "", group): 1, told: -1} | {(question, one, group): -1 for one in reasons})
        if not several:
            self.add({told: 1} | {(question, one, group): -1 for one in answers})
            return
        for one in answers:
            self.add({told: 1, (question, one, group): -1}, 0, inf)
        self.tick(question, group, told, answers)

    def tick(self, question, group, told, answers) -> None:
        """Ticks keep to the form: `least`, `most`, exclusive ones alone, several counted as one."""
        item = self.form[question]
        stem = f"{item.id}."
        merged = defaultdict(list)
        for choice in item.offered:
            merged[choice.counted_as if "." in choice.counted_as else stem + choice.counted_as].append(choice)
        columns = dict(zip(answers, self.questions[question].columns, strict=False))
        alone = [one for one in answers if any(c.exclusive for c in merged.get(columns[one], []))]
        ticks = {(question, one, group): 1 for one in answers}
        least = min(1, item.least or 0) if len(merged) < len(item.offered) else item.least or 0
        most = min(item.most or len(answers), len(answers) - len(alone) or 1)
        single = {(question, one, group): most - 1 for one in alone}
        self.add(ticks | {told: -least}, 0, inf)
        self.add({key: 1 + single.get(key, 0) for key in ticks} | {told: -most}, -inf, 0)
        for one, other in product(alone, answers):
            if one != other:
                self.add({(question, one, group): 1, (question, other, group): 1, told: -1}, -inf, 0)

    def sum_groups(self) -> None:
        for by in set(self.groups.values()):
            labels = list(self.questions[by].levels.values())
            for question, answer in {key[:2] for key in self.place if key[2] == (by, labels[0])}:
                parts = [(question, answer, (by, label)) for label in labels]
                if all(part in self.place for part in parts):
                    total = (question, answer, self.all_of(by))
                    self.add({total: 1} | dict.fromkeys(parts, -1))
                    if total[2] != ALL and (question, answer, ALL) in self.place:
                        self.add({(question, answer, ALL): 1, total: -1}, 0, inf)
            for label in labels:
                if (by, label, ALL) in self.place:
                    self.add({("", "", (by, label)): 1, (by, label, ALL): -1})

    def ways(self) -> None:
        """Answers that decide on others are counted way by way, for everybody and in each group."""
        above = self.above()
        closed = {name: self.closure(name, above) for name in above}
        sets = {frozenset(read) for read in closed.values()}
        for read in [one for one in sets if not any(one < other for other in sets)]:
            self.decide(read, {name for name, its in closed.items() if its <= read}, above)

    def above(self) -> dict:
        """The columns that decide whether a question is asked, or on a derived variable."""
        above = {name: column.item.relevant for name, column in self.form.columns.items()}
        above = {name: {leaf.column for leaf in comparisons(one)} for name, one in above.items() if one}
        for one in self.form.derived:
            above[one.id] = {leaf.column for case in one.cases for leaf in comparisons(case.when)}
        return above

    def closure(self, name, above) -> set:
        read = set(above[name])
        while more := set().union(*(above.get(one, ()) for one in read)) - read:
            read |= more
        return read

    def answered(self, read):
        """Every way to answer these columns, with what it derives; None if there are too many."""
        base = sorted(name for name in read if name in self.form.columns)
        codes = [tuple(dict.fromkeys((*self.form.columns[name].codes, "sans_reponse"))) for name in base]
        if prod(map(len, codes)) > WAYS:
            return None
        silent = pd.DataFrame(product(*codes), columns=base, dtype=str)
        frame = silent.reindex(columns=list(self.form.columns), fill_value="sans_reponse")
        frame = self.recode(derive(self.form, skip_logic.apply(self.form, frame)[0]))
        return frame.loc[:, ~frame.columns.duplicated()]

    def decide(self, read, roots, above) -> None:
        frame = self.answered(read)
        if frame is None:
            return
        told = {}
        for question in self.questions.values():
            for column in question.columns:
                if column not in frame or not ({column, question.id} & (read | roots)):
                    continue
                item = column in self.form.columns and column not in read
                for value in frame[column].unique():
                    label = self.label(question, column, value)
                    if label and (label == Missing.NOT_ASKED.label or not item):
                        told[question.id, label] = frame[column].eq(value).to_numpy()
        for group in {key[2] for key in self.place}:
            here = {key: mask for key, mask in told.items() if (*key, group) in self.place}
            if len({name for name, _ in here}) > 1:
                self.count_ways(group, here, len(frame), sorted(read))

    def count_ways(self, group, here, size, read) -> None:
        """One unknown for each way that the answers shown there tell apart."""
        patterns = sorted(set(zip(*(mask.tolist() for mask in here.values()), strict=True)))
        names = [("~", (*read, rank), group) for rank in range(len(patterns))]
        self.add({("", "", group): 1} | dict.fromkeys(names, -1))
        for rank, key in enumerate(here):
            parts = [name for name, pattern in zip(names, patterns, strict=True) if pattern[rank]]
            self.add({(*key, group): 1} | dict.fromkeys(parts, -1))

    def label(self, question, column, value) -> str:
        if value in CODES:
            return Missing(value).label if value == "non_pose" or question.kind != "multiple" else ""
        if question.kind == "multiple":
            return question.levels[column] if value == "1" else ""
        return question.levels.get(value, "")

    def score(self, by: str) -> None:
        """Means times n, everybody's and those of groups together; and squares, which rows bound by Cauchy."""
        shown, score = self.known.get(("score", by)), self.form.scores[0]
        if not shown or not all(shown.values()):
            return
        sizes = {group: self.known.get(("", "", group)) for group in shown}
        *parts, overall = shown
        values = {group: [float(one.replace(",", ".")) for one in match.groups()] for group, match in shown.items()}
        rows = [(name, label) for name in self.questions for label in [*score.points] if name.startswith(score.matrix)]
        choices = {choice.id: choice.label for choice in self.form[score.matrix].offered}
        weights = {(name, choices[code], ALL): score.points[code] for name, code in rows}
        silent = [key for key in self.place if key[0].startswith(score.matrix + ".") and key[1] in MISSING]
        if silent or None in sizes.values() or sizes[overall] != self.everybody:
            return
        low, high = (sizes[overall] * (values[overall][0] + end) for end in (-0.05, 0.05))
        if parts:
            low = max(low, sum(sizes[one] * (values[one][0] - 0.05) for one in parts))
            high = min(high, sum(sizes[one] * (values[one][0] + 0.05) for one in parts))
        self.add(weights, low - 1e-6, high + 1e-6)
        count, worst = len(self.form[score.matrix].columns), max(score.points.values())
        mean, sd = values[overall]
        ends = [(sizes[overall] - 1) * max(0, sd + e) ** 2 + sizes[overall] * (count * worst - mean + e) ** 2
                for e in (-0.05, 0.05)]  # fmt: skip
        self.add(
            {key: (worst - weight) ** 2 for key, weight in weights.items()}, ends[0] / count - 1e-6, ends[1] + 1e-6
        )

    def is_secret(self, key) -> bool:
        """By the conventions of the control, who did not answer is no secret, nor how many answered for groups."""
        question, answer, group = key
        return answer != Missing.NO_ANSWER.label and (question != "" or ALL not in group)

    def recovered(self, rng) -> tuple[int, list]:
        """How many counts are hidden, and those that can only be one number."""
        size = len(self.place)
        low, high = np.zeros(size), np.full(size, float(self.everybody))
        for key, value in self.known.items():
            if key in self.place:
                low[self.place[key]] = high[self.place[key]] = value
        entries = [(weight, line, rank) for line, (row, _, _) in enumerate(self.lines) for rank, weight in row.items()]
        weights, *where = zip(*entries, strict=True)
        matrix = csr_array((weights, where), shape=(len(self.lines), size))
        _, least, most = zip(*self.lines, strict=True)
        rules = {"constraints": LinearConstraint(matrix, least, most), "bounds": Bounds(low, high)}
        whole = np.array([key[0] != "~" for key in self.place])
        asked = [self.place[key] for key in (*self.hidden, *self.unshown) if key not in self.known]

        def solved(goal):
            found = milp(goal, integrality=whole, **rules)
            assert found.x is not None, f"what is shown contradicts itself: {found.message}"
            return np.rint(found.x)

        seen = []
        for _ in range(6):
            goal = np.zeros(size)
            goal[asked] = rng.choice([-1.0, 1.0], len(asked))
            seen.append(solved(goal))
        told = []
        for key in filter(self.is_secret, [*self.hidden, *self.unshown]):
            rank = self.place[key]
            if key in self.known or np.ptp([one[rank] for one in seen]):
                continue
            for sign in (-1.0, 1.0):
                goal = np.zeros(size)
                goal[rank] = sign
                seen.append(solved(goal))
            found = int(seen[-1][rank])
            if not np.ptp([one[rank] for one in seen]) and (key not in self.unshown or found < SMALLEST):
                told.append((key, found))
        return len([key for key in self.hidden if key not in self.known]), told


def odds_tables(ratio: str, low: str, high: str, p: str, n: int) -> list[tuple[int, ...]]:
    """The 2 x 2 tables of n respondents at most whose odds ratio, Woolf interval and p print so."""
    (ratio, half), (low, low_half), (high, high_half) = map(rounded, (ratio, low, high))
    z = 2 * norm.isf(0.025)
    least, most = (np.log((high + e * high_half) / max(low - e * low_half, 1e-9)) / z for e in (-1, 1))
    a, b, c = (one.ravel() for one in np.indices((n + 1,) * 3, dtype=np.int16))
    some = (a > 0) & (b > 0) & (c > 0) & (a + b + c < n)
    a, b, c = a[some].astype(float), b[some].astype(float), c[some].astype(float)
    others = 1 / a + 1 / b + 1 / c
    first = np.maximum(np.ceil((ratio - half) * b * c / a - 1e-9), 1)
    last = np.minimum((ratio + half) * b * c / a + 1e-9, n - a - b - c)
    with np.errstate(divide="ignore"):
        first = np.maximum(first, np.ceil(1 / np.maximum(most**2 - others, 0) - 1e-9))
        last = np.where(least**2 > others, np.minimum(last, 1 / np.maximum(least**2 - others, 1e-12) + 1e-9), last)
    last = np.where(most**2 <= others, 0, np.floor(last))
    some = first <= last
    found = []
    for one in zip(*(x[some].astype(int) for x in (a, b, c, first, last)), strict=True):
        found += [(*one[:3], d) for d in range(one[3], one[4] + 1)]
    return [one for one in found if prints(one, (low, low_half), (high, high_half), p)]


def prints(table, low, high, p) -> bool:
    """Whether the interval and the p of a table print so: Pearson's, or Fisher's if under 5 is expected somewhere."""
    a, b, c, d = table
    middle, reach = np.log(a * d / b / c), norm.isf(0.025) * np.sqrt(sum(1 / one for one in table))
    ends = zip((middle - reach, middle + reach), (low, high), strict=True)
    if any(abs(np.exp(end) - value) > half + 1e-9 for end, (value, half) in ends):
        return False
    n, sides = sum(table), ((a + b), (c + d), (a + c), (b + d))
    if min(sides[:2]) * min(sides[2:]) / n < 5:
        found = fisher_exact([[a, b], [c, d]]).pvalue
    else:
        found = chi2.sf(n * (a * d - b * c) ** 2 / prod(sides), 1)
    if p.startswith("<"):
        return found < rounded(p.removeprefix("<").strip())[0]
    value, half = rounded(p)
    return abs(found - value) <= half + 1e-9


def rounded(text: str) -> tuple[float, float]:
    """A printed number, and half of its last decimal."""
    decimals = len(text.partition(",")[2])
    return float(text.replace(" ", "").replace(",", ".").replace("−", "-")), 0.5 / 10**decimals
