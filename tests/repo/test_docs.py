"""What docs/ tells is so: its files are written, its commands run and its outputs compared, from top to bottom.

A block says what it is: ```sh runs, ```console runs and shows what it prints (`[...]` stands for lines left out),
```csv FILE and ```yaml FILE are written after what the file already holds; a FILE of data/ must hold them already.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from relecture import load_study
from relecture.answers.tools import registry
from relecture.answers.tools.not_answers import ROWS
from relecture.cli.study_commands import validate
from relecture.core.errors import InputError
from relecture.core.french import NUMBER_WORDS, typeset
from relecture.core.study import ROOT
from relecture.printed import audit, ledger
from relecture.printed.relations import KINDS, convention_faults
from relecture.teaching import class_answers, course, pages

DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md"))
WALK = "docs/audit-your-own.md"
IMPORTS = "docs/importer-des-reponses.md"
TEACHING = "docs/enseigner.md"
EXERCISES = ROOT / "data" / course.FILE
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name, *languages):
    return [found.groups() for found in FENCE.finditer(_text(name)) if found[1] in languages]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The folder after the walk, and (command, sample, output) of every console block."""
    folder, shown = tmp_path_factory.mktemp("walk"), []
    (folder / "data").symlink_to(ROOT / "data")
    for language, file, body in _blocks(WALK, "sh", "console", "csv", "yaml"):
        if language == "sh":
            _shell(folder, body)
        elif language == "console":
            command, _, sample = body.partition("\n")
            shown.append((command, sample, _shell(folder, command.removeprefix("$ "))))
        elif not file.startswith("data/"):
            with (folder / file).open("a", encoding="utf-8") as written:
                written.write(body)
    return folder, shown


def _records(start=""):
    """Relations of the blocks of files whose name starts so."""
    blocks = [(file, body) for _, file, body in _blocks(WALK, "yaml") if file.endswith("relations.yaml")]
    return [record for file, body in blocks if file.startswith(start) for record in yaml.safe_load(body)]


def _shell(folder, command, *, refused=False):
    """What a command prints; on its standard error and with status 1 where it is refused."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        ["sh", "-e"], input=command.encode(), cwd=folder, env={**os.environ, "PATH": path}, capture_output=True
    )
    printed, other = (run.stderr, run.stdout) if refused else (run.stdout, run.stderr)
    assert (run.returncode, other.decode()) == (int(refused), "")
    return printed.decode()


@pytest.mark.parametrize("rank", range(len(_blocks(WALK, "console"))))
def test_the_sample_outputs_are_what_the_commands_print(walked, rank):
    _, sample, printed = walked[1][rank]
    parts = [part.strip("\n") for part in sample.split("[...]\n") if part.strip()]
    places = [printed.find(part) for part in parts]
    assert parts and -1 not in places
    assert places == sorted(places)
    if "[...]" not in sample:
        assert parts == [printed.strip("\n")]


def test_the_walk_ends_with_its_files(walked):
    folder, shown = walked
    assert [command for command, *_ in shown] == [f"$ relecture audit {name}" for name in WALKED]
    assert (folder / "constats.csv").read_text(encoding="utf-8").startswith(",".join(audit.COLUMNS))


WALKED = ("tableau1.csv", "mon-article", "mon-article", "data/exemple --all")


def test_the_second_relation_leaves_one_repair_of_three(walked):
    first, second = (output.count("réparation possible") for _, _, output in walked[1][1:3])
    assert (first, second) == (3, 1)


def test_the_examples_of_a_study_are_in_its_file():
    held = yaml.safe_load(_text("data/exemple/relations.yaml"))
    assert [record for record in _records("data/") if record not in held] == []


def test_every_kind_that_is_named_exists_and_leads_to_its_reference():
    named = re.findall(r"\[`(\w+)`\]\(relations\.md#(\w+)\)", _text(WALK))
    assert len(named) > 30 and all(kind == anchor and kind in KINDS for kind, anchor in named)
    assert {record["kind"] for record in _records()} <= {kind for kind, _ in named}


def test_the_conventions_that_are_told_are_accepted():
    stated = [yaml.safe_load(body) for _, file, body in _blocks(WALK, "yaml") if file.endswith("study.yaml")]
    assert stated and not [fault for about in stated for fault in convention_faults(about["conventions"])]


def test_the_columns_and_kinds_of_value_are_those_of_the_ledger():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", _text(WALK), re.MULTILINE))
    assert list(rows) == ["address", "value", "kind", "place", "note"]
    assert set(re.findall(r"`(\w+)`", rows["kind"])) == set(ledger.VALUE_KINDS)


def test_the_letter_at_the_end_tells_the_truth():
    study = load_study("exemple")
    relations = {one.id: one for one in ledger.load(study).relations}
    mended = {**study.values, "tableau2.usage.bas": "1,49"}
    letter = " ".join(re.findall(r"^> (.*)", _text(WALK), re.MULTILINE))
    assert {"3,71", "1,94", "9,19", "1,49", "4,22"} <= set(re.findall(r"\d,\d\d", letter))
    assert relations["usage.or"].check(study.values).expected == "OR 4,22"
    assert relations["usage.or"].check(mended).holds and relations["usage.p"].check(mended).holds
    assert relations["usage.significatif"].check(mended).holds


def test_the_import_of_answers_goes_as_it_is_told(tmp_path):
    """Commands run in turn; what is shown of the refused file is what is printed, its spaces aside."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    refusals = []
    for language, _, body in _blocks(IMPORTS, "sh", "console"):
        command, _, sample = body.removeprefix("$ ").partition("\n")
        if language == "sh":
            _shell(tmp_path, body)
        else:
            refusals.append((sample.split(), _shell(tmp_path, command, refused=True).split()))
    assert refusals and all(sample == printed for sample, printed in refusals)
    assert (tmp_path / "codees.schema.json").is_file()


def test_every_tool_and_every_kind_of_row_that_is_no_answer_has_its_place():
    told = re.findall(r"^### (.+)$", _text(IMPORTS), re.MULTILINE)
    assert sorted(told) == sorted(tool.label for tool in registry.tools().values() if tool.marks)
    assert re.findall(r"^\| `(\w+)` \|", _text(IMPORTS), re.MULTILINE) == list(ROWS)


def test_every_option_of_a_reading_is_told():
    text = _text(IMPORTS)
    assert [one.opts[0] for one in validate.params if one.opts[0].startswith("--") and one.opts[0] not in text] == []


def test_the_sessions_of_a_teacher_are_those_of_the_exercises():
    """Titles, minutes and parts, part after part, and how many exercises there are."""
    text, taught = _text(TEACHING), course.load(EXERCISES)
    told = re.findall(r"^### (.+) \((\d+) min\)$", text, re.MULTILINE)
    assert told == [(typeset(one.title), str(one.minutes)) for one in taught.sessions]
    parts = re.findall(r"^\| (\d+)–(\d+) \| (.+?) \|", text, re.MULTILINE)
    steps = [step for session in taught.sessions for step in session.steps]
    assert parts == [(str(step.start), str(step.end), typeset(step.title)) for step in steps]
    assert re.findall(r"(\d+) exercices", text) == [str(len(taught.exercises))]


def test_a_teacher_is_told_of_every_file_and_every_line_of_the_grid():
    text, taught = _text(TEACHING), course.load(EXERCISES)
    assert {*re.findall(r"^\| `(\S+\.html)` \|", text, re.MULTILINE)} == {*pages.pages(taught)}
    [letter] = [one for one in taught.exercises if one.grid]
    assert [line for line in letter.grid if f"| {typeset(line)} |" not in text] == []
    assert f"moins de {NUMBER_WORDS[class_answers.FEWEST]} personnes" in " ".join(text.split())


def test_both_ways_to_write_the_exercises_write_the_same(tmp_path):
    (tmp_path / "data").symlink_to(ROOT / "data")
    for _, _, body in _blocks(TEACHING, "sh"):
        _shell(tmp_path, body)
    folder = tmp_path / "exercices-a-copier"
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {
        one.name: one.read_bytes() for one in tmp_path.glob("*.html")
    }


def test_the_fault_that_a_teacher_is_shown_is_the_one_that_is_said(tmp_path):
    text = EXERCISES.read_text("utf-8")
    path = tmp_path / course.FILE
    path.write_text(text.replace("compte {flux.non_formes} médecins", "compte 44 médecins", 1), "utf-8")
    with pytest.raises(InputError) as error:
        course.load(path)
    [(_, _, shown)] = _blocks(TEACHING, "text")
    [fault] = error.value.faults  # on whatever line the exercise is
    assert re.sub(r"ligne \d+", "", fault) == re.sub(r"ligne \d+", "", shown.strip())


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if not name.endswith(".en.md")])
def test_it_is_typeset_as_the_pages_are(name):
    assert _text(name) == typeset(_text(name))
    assert re.findall(r"^ *-[^ -].*", FENCE.sub("", _text(name)), re.MULTILINE) == []  # a list item without its space


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", _text(name))):
        path, _, anchor = link.partition("#")
        if not path.startswith("https:"):
            target = (ROOT / name).parent / path if path else ROOT / name
            assert target.exists(), link
            assert not anchor or anchor in _anchors(target), link


def _anchors(path):
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
