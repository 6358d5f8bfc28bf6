"""Known answers, person by person, and the files that hold them in a tool's shape.

`Truth` is a questionnaire with a valid coded frame; `Person` reads one of its rows as a tool would store it. A file
of a tool holds the people of the truth and, where a writer asks, some rows that are no answer between them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

EMPTY = ("non_pose", "sans_reponse")
START = datetime(2023, 10, 5, 9, 31, 45)


@dataclass(frozen=True)
class Export:
    """A file as a tool gives it. `tool`: the name that must be told; `source`: its bytes, or those of several files.

    `left_out`: kind of row that is no answer -> how many. `choices`: what a person must say with it. `ids`: labels of
    the respondents, where the tool has some. `personal`: headers of columns that tell who answers.
    """

    tool: str
    source: bytes | list[bytes]
    left_out: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)
    ids: list | None = None
    personal: tuple = ()


class Person:
    """One row: `rank` in the file, from 1; `left`: whether the row is no answer. `cells`: coded, or None when blank."""

    def __init__(self, cells, rank=0, left=False):
        self.cells, self.rank, self.left = cells, rank, left

    @property
    def blank(self):
        return self.cells is None

    @property
    def number(self):
        """A number that a tool gives: not the rank, as rows are deleted in the life of a survey."""
        return 100 + 3 * self.rank

    @property
    def uuid(self):
        return f"{self.rank:08x}-4192-4d36-9aa1-{self.rank * 7919:012x}"

    @property
    def began(self):
        return START + timedelta(hours=5 * self.rank)

    @property
    def ended(self):
        return self.began + timedelta(minutes=7, seconds=self.rank)

    def asked(self, item):
        """Whether the tool showed the question: not to who never answered anything."""
        return not self.blank and self.cells[item.columns[0].name] != "non_pose"

    def value(self, column):
        """The code, number or text of a column that is no tick; empty without an answer."""
        cell = "" if self.blank else self.cells[column.name]
        return "" if cell in EMPTY else cell

    def label(self, column):
        """The same in words."""
        words = {choice.id: choice.label for choice in column.item.choices}
        value = self.value(column)
        return words.get(value, value)

    def ticked(self, item):
        """The choices of a multiple item, in the order of the form."""
        first = "" if self.blank else self.cells[item.columns[0].name]
        missing = [choice for choice in item.choices if choice.missing and choice.id == first]
        return missing or [one for one in item.offered if not self.blank and self.cells[f"{item.id}.{one.id}"] == "1"]


class Truth:
    """A questionnaire, the coded frame that every file must give back, and others' answers that no file must keep."""

    def __init__(self, instrument, frame, others):
        self.instrument, self.frame, self.others = instrument, frame, others

    def people(self, others=0, blank=0):
        """The people of the truth, with rows that are no answer put between them."""
        people = [Person(cells) for cells in self.frame.to_dict("records")]
        extra = [Person(cells, left=True) for cells in self.others.to_dict("records")[:others]]
        for place, person in enumerate([*extra, *(Person(None, left=True) for _ in range(blank))]):
            people.insert(1 + 5 * place, person)
        for rank, person in enumerate(people, start=1):
            person.rank = rank
        return people

    def titled(self, item):
        """Pairs (header, column) of an item with the question as header, the row of a matrix as its own."""
        return [(column.label, column) for column in item.columns]


def kept(people, name):
    """What `name` gives for each person whose row is an answer, as text."""
    return [str(name(person)) for person in people if not person.left]
