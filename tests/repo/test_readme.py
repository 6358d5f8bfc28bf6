"""What the documents say is so: commands, samples, examples, totals, dependencies, versions, links.

Totals stand between markers (`<!-- totals -->`); when one changes, the failing test shows the numbers that are
due, in the order of the block. What the README no longer holds stands in docs/, in both languages, and is held alike.
"""

import doctest
import importlib.util
import re
import tomllib
from collections import Counter

import pytest
import yaml
from click.testing import CliRunner
from packaging.requirements import Requirement

from relecture import load_study
from relecture.cli.commands import main
from relecture.core.french import typeset
from relecture.core.study import ROOT, studies
from relecture.printed import audit, ledger

CODEBOOK = "data/guefif/README.md"
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("*.md", "docs/*.md", "data/*.md", "data/*/*.md", "outputs/README.md")
    for path in ROOT.glob(pattern)
)
READMES = ("README.md", "LISEZMOI.md")
COMMANDS, PYTHON = "docs/commande.en.md", "docs/python.en.md"
TWINS = [READMES, *((name.replace(".en.md", ".md"), name) for name in (COMMANDS, PYTHON, "docs/choix.en.md"))]
DECLARED = (38, 43)  # secured and unsecured channels, counted in the table of characteristics
SECTIONS = {
    "Relecture": "Relecture",
    "Two commands": "Deux commandes",
    "Explore": "Explorer",
    "Check your paper": "Vérifier votre article",
    "Teach": "Enseigner",
    "What a verdict means": "Ce que veut dire un verdict",
    "Source by source": "Source par source",
    "Floor plan": "Plan de la maison",
    "What is synthetic": "Ce qui est synthétique",
    "What is not here yet": "Ce qui n’y est pas encore",
    "Licence and citation": "Licence et citation",
}
DOORS = ("Explore", "Check your paper", "Teach", "Explorer", "Vérifier votre article", "Enseigner")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


SPEC = importlib.util.spec_from_file_location("verdicts_picture", ROOT / "docs/verdicts_picture.py")
drawing = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(drawing)


def _text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name, language=None):
    return [code for written, code in FENCE.findall(_text(name)) if language in (None, written)]


def _prose(name):
    return FENCE.sub("", _text(name))


def _code(name):
    """Every line of code, in blocks of commands and in the prose."""
    inline = re.findall(r"`([^`\n]+)`", _prose(name))
    return [line for block in _blocks(name, "sh") for line in block.splitlines()] + inline


def _headings(name):
    return re.findall(r"^#+ (.+)$", _prose(name), re.MULTILINE)


def _between(name, marker):
    return re.search(rf"<!-- {marker} -->\n(.*?)<!-- /{marker} -->", _text(name), re.DOTALL)[1]


def _commands(name, program):
    pattern = re.compile(rf"^(?:\.venv/bin/)?{program} +(.+)$")
    return [match[1].split() for line in _code(name) if (match := pattern.match(line))]


@pytest.fixture(scope="module")
def guefif():
    return load_study("guefif")


@pytest.fixture(scope="module")
def checked(audited):
    return audited("guefif", repairs=False)


def test_the_twins_have_the_same_sections_in_the_same_order():
    assert list(zip(*map(_headings, READMES), strict=True)) == list(SECTIONS.items())


@pytest.mark.parametrize("names", TWINS, ids=lambda names: names[0])
def test_twins_have_the_same_code_and_lead_to_each_other(names):
    one, other = names
    assert _blocks(one) == _blocks(other) and len(_headings(one)) == len(_headings(other))
    for name, twin in (names, names[::-1]):
        assert f"]({twin.rpartition('/')[2]})" in _text(name)


@pytest.mark.parametrize("name", READMES)
def test_each_of_three_doors_is_five_lines_at_most(name):
    parts = dict(part.partition("\n")[::2] for part in re.split(r"^## ", _text(name), flags=re.MULTILINE)[1:])
    doors = [FENCE.sub("", parts[title]).strip().splitlines() for title in DOORS if title in parts]
    assert len(doors) == 3 and max(map(len, doors)) <= 5


@pytest.mark.parametrize("name", READMES)
def test_the_first_sentence_counts_what_was_found(name):
    """Oracle: the rows and columns of the table of the sources, held against the audits below."""
    total = map(int, re.findall(r"\d+", _ledgers(name)[-1][1]))
    printed, _, _, checks, same, near, supposed, wrong, unknown = total
    said = [int(number) for number in re.findall(r"\d+", _between(name, "found"))]
    assert said == [checks, printed, same + near, supposed, wrong, unknown]


@pytest.mark.parametrize(("name", "words"), [*zip(READMES, (drawing.ENGLISH, drawing.FRENCH), strict=True)])
def test_the_picture_is_what_make_docs_writes_and_is_told(name, words):
    counts = drawing.tallies()
    assert _text(f"docs/{words.file}") == drawing.picture(words, counts), "make docs"
    assert f"![{drawing.alternative(words, counts)}](docs/{words.file})" in _text(name)


def test_the_french_one_is_typeset_as_the_pages_are():
    assert _text("LISEZMOI.md") == typeset(_text("LISEZMOI.md"))
    assert re.findall(r"^ *-[^ ].*", _prose("LISEZMOI.md"), re.MULTILINE) == []  # a thin space would break the list


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_target_of_make_exists(name):
    targets = re.findall(r"^([a-z]+):.*##", _text("Makefile"), re.MULTILINE)
    named = {word for words in _commands(name, "make") for word in words if "=" not in word}
    assert named <= {*targets, *studies(), *(f"outputs/{name}.html" for name in studies())}


def test_every_target_of_make_is_told():
    targets = set(re.findall(r"^([a-z]+):.*##", _text("Makefile"), re.MULTILINE)) - {"all"}
    assert targets <= {word for name in ("README.md", COMMANDS) for words in _commands(name, "make") for word in words}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_and_option_exists(name):
    for command, *words in _commands(name, "relecture"):
        if command != "--help":
            known = {option for parameter in main.commands[command].params for option in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= {*known, "--help"}


def test_every_command_and_option_is_told():
    told = " ".join(_code(COMMANDS))
    options = {
        option for command in main.commands.values() for p in command.params for option in p.opts if "--" in option
    }
    assert [word for word in {*main.commands, *options} if word not in told] == []


def test_the_sample_output_is_what_the_command_prints():
    assert _blocks(COMMANDS, "console")
    for block in _blocks(COMMANDS, "console"):
        command, _, sample = block.partition("\n")
        printed = CliRunner().invoke(main, command.removeprefix("$ relecture ").split()).output
        parts = [part.strip("\n") for part in sample.split("[...]\n") if part.strip()]
        assert [part for part in parts if part not in printed] == []


@pytest.mark.parametrize("name", [PYTHON, CODEBOOK])
def test_the_examples_run(name):
    parser, runner, said = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False), []
    example = parser.get_doctest("\n".join(_blocks(name, "pycon")), {}, name, name, 0)
    runner.run(example, out=said.append)
    assert (runner.summarize(verbose=False).attempted > 0, "".join(said)) == (True, "")


@pytest.mark.parametrize("name", READMES)
def test_the_rows_that_groups_explain_are_those_of_the_audit(name, guefif, checked):
    splits = next(one for one in checked if one.id == "tableaux.ensemble").finding.evidence
    declared = next(split for split in splits if split.sizes == DECLARED)
    rows = [address for address in guefif.values if re.fullmatch(r"bivariee\.[a-z]+\.or", address)]
    due = [len(rows), len(declared.explained), *DECLARED, *splits[0].sizes, len(splits[0].explained)]
    said = _between(name, "bivariate").replace("Guefif 2023", "")
    assert [int(number) for number in re.findall(r"\d+", said)] == due


@pytest.mark.parametrize("name", READMES)
def test_the_readme_counts_what_the_sources_it_names_printed_and_each_has_a_relation_or_a_reason(name, audited):
    sources = {study.about["short"]: study for study in map(load_study, studies())}
    lines = _ledgers(name)
    named = [sources[source] for source, _ in lines[:-1]]
    due = [_counts(study, audited(study.name, repairs=False)) for study in named]
    due.append([sum(column) for column in zip(*due, strict=True)])
    assert [[int(number) for number in re.findall(r"\d+", line)] for _, line in lines] == due
    assert len(lines) > 5 and all(values == related + reasoned for values, related, reasoned, *_ in due)


def _ledgers(name):
    """Name and counts of each row of the table of the sources; the last one is their sum."""
    return re.findall(r"^\| ([^|]+) \|((?: \d+ \|)+)$", _between(name, "ledgers"), re.MULTILINE)


def _counts(study, checked):
    book = ledger.load(study)
    reasoned = [row for address, row in book.rows.items() if address not in book.covered and row.note]
    return [
        len(book.rows),
        len(book.covered),
        len(reasoned),
        len(audit.told_apart(checked)[0]),
        *audit.tally(checked).values(),
    ]


def test_the_codebook_counts_what_the_ledger_holds(guefif):
    book = ledger.load(guefif)
    noted = [row for row in book.rows.values() if row.note]
    due = [len(book.rows), len(book.covered), len(noted), len(book.relations)]
    assert _totals(CODEBOOK) == due
    assert _counted("value kinds") == Counter(row.kind for row in book.rows.values())
    assert _counted("relation kinds") == Counter(relation.kind for relation in book.relations)
    both = [row.address for row in noted if row.address in book.covered]
    assert both == ["discussion.taux_reponse"]


def _totals(name):
    return [int(number) for number in re.findall(r"\d+", _between(name, "totals").partition("---:|\n")[2])]


def _counted(marker):
    cells = re.findall(r"^\| `(\w+)` \| (\d+) \|", _between(CODEBOOK, marker), re.MULTILINE)
    return {kind: int(count) for kind, count in cells}


def test_the_codebook_quotes_what_is_printed(guefif):
    quoted = re.findall(r"^\| `([a-z0-9_.]+\.[a-z0-9_.]+)` \| ([^|]+) \|", _text(CODEBOOK), re.MULTILINE)
    assert len(quoted) > 5
    assert quoted == [(address, guefif[address]) for address, _ in quoted]


def test_the_codebook_names_every_file_column_key_and_lost_figure(guefif):
    files = {path.name for path in guefif.folder.iterdir()} - {"README.md"}
    assert {heading.strip("`") for heading in _headings(CODEBOOK) if heading.startswith("`")} == files
    told = {word for line in _code(CODEBOOK) for word in line.split()}
    keys = {"address", "value", "kind", "place", "note", *guefif.about, *guefif.document("synthetic.yaml")}
    steps = {address.partition(".")[0] for address in guefif.values}
    assert sorted((keys | steps) - told) == []
    lost = re.findall(r"^- (\w+(?: \d)?): ", _between_headings("What is lost in the scan"), re.MULTILINE)
    assert lost == [name for name, _ in guefif.about["figures_lost"]]


def _between_headings(title):
    return re.search(rf"^## {title}\n(.*?)^## ", _text(CODEBOOK), re.MULTILINE | re.DOTALL)[1]


def test_every_dependency_has_its_line():
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    told = re.findall(r"^- `([\w-]+)`: \S", _text("CONTRIBUTING.md").partition("\n## Dependencies\n")[2], re.MULTILINE)
    assert sorted(told) == sorted(Requirement(line).name for names in lists for line in names)


def test_versions_and_dates_agree():
    version = tomllib.loads(_text("pyproject.toml"))["project"]["version"]
    citation = yaml.safe_load(_text("CITATION.cff"))
    assert (citation["cff-version"], citation["version"]) == ("1.2.0", version)
    assert {"message", "title", "authors"} <= set(citation)
    assert f"## [{version}] - {citation['date-released']}\n" in _text("CHANGELOG.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    for link in re.findall(r"\]\(([^)\s]+)\)", _prose(name)):
        path, _, anchor = link.partition("#")
        if not path.startswith("https:"):
            target = (ROOT / name).parent / path if path else ROOT / name
            assert target.exists(), link
            assert not anchor or anchor in map(_slug, _headings(target.relative_to(ROOT)))


def _slug(heading):
    """The anchor that code hosts give a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", READMES)
def test_the_floor_plan_is_that_of_the_house(name):
    plan = re.findall(r"^( *)- `([^`]+)`", _text(name), re.MULTILINE)
    paths = ["lib/relecture/" * bool(indent) + path for indent, path in plan if path.endswith(("/", ".py", ".lock"))]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    rooms = {f"lib/relecture/{path.parent.name}/" for path in (ROOT / "lib/relecture").glob("*/__init__.py")}
    assert rooms | {"lib/relecture/", "data/", "docs/", "notebooks/", "outputs/", "tests/"} <= set(paths)
