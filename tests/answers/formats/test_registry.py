"""What every format keeps and gives back, and what one more of them costs: its module, its line, its test.

Every questionnaire that goes out to a tool comes back; what does not is listed here, format by format.
"""

import dataclasses
import html
import io
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from relecture.answers.files import validation
from relecture.answers.formats import draft as drafts
from relecture.answers.formats import registry
from relecture.answers.formats.registry import FORMATS
from relecture.answers.questionnaire import conditions, instrument
from relecture.core.errors import InputError
from relecture.core.study import ROOT

LIBRARY = ROOT / "lib" / "relecture"
PAPER = '''"""Paper: a format of this test."""

from relecture.answers.formats.tool import Dialect, Export


def export(instrument):
    return Export(instrument.title.encode(), ("rien",))


def dialect(instrument):
    return Dialect(
        instrument,
        respondent="feuille",
        header=lambda column: f"p:{column.name}",
        tick_header=lambda item, code: f"p:{item.id}.{code}",
        code=lambda item, code: code,
    )
'''


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_instrument_gives_the_same_bytes(one, name):
    assert FORMATS[name].export(one) == FORMATS[name].export(one)


def exported(name, form):
    """The text of a file, quotes as they were; of a workbook, that of its first sheet."""
    content = FORMATS[name].export(form).content
    if name == "xlsform":
        return html.unescape(zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode())
    return content.decode("utf-8-sig").replace('\\"', '"').replace('""', '"')


@pytest.mark.parametrize("name", FORMATS)
def test_every_question_is_in_the_file(one, name):
    text = exported(name, one)
    assert [item.label for item in one.items if item.label not in text] == []


COMPILED = {  # a condition with every node, as the manual of each tool has it written
    "xlsform": "((${avis__simple} = 'bof' or ${avis__simple} = 'non') and (selected(${lesquelles}, 'mailiz') or "
               "not(${mss} = 'oui')))",
    "limesurvey": '((Q4avis_SQ1.NAOK == "A2" || Q4avis_SQ1.NAOK == "A3") && (Q2lesquelles_SQ1.NAOK == "Y" || '
                  '!(Q1mss.NAOK == "A1")))',
    "redcap": "(([avis_simple] = 'bof' or [avis_simple] = 'non') and ([lesquelles(mailiz)] = '1' or "
              "([mss] <> 'oui')))",
    "surveyjs": "(({avis.simple} = 'bof' or {avis.simple} = 'non') and ({lesquelles} contains 'mailiz' or "
                "!({mss} = 'oui')))",
}  # fmt: skip


@pytest.mark.parametrize("name", COMPILED)
def test_a_condition_is_compiled_as_the_manual_writes_it(document, name):
    either = {"any": [{"selected": {"lesquelles": "mailiz"}}, {"not": {"equals": {"mss": "oui"}}}]}
    document["sections"][0]["items"][4]["relevant"] = {"all": [{"in": {"avis.simple": ["bof", "non"]}}, either]}
    assert COMPILED[name] in exported(name, instrument.build(document))


@pytest.mark.parametrize("name", FORMATS)
def test_each_score_and_derived_variable_is_said_to_be_left_out(toy, name):
    lost = " ".join(FORMATS[name].export(toy).lost)
    assert "score « Score d'avis »" in lost and "variable « Groupe »" in lost


@pytest.mark.parametrize("name", FORMATS)
def test_no_two_columns_share_a_header(one, name):
    dialect = FORMATS[name].dialect(one)
    headers = [dialect.header(column) for column in one.columns.values() if column.item.kind != "multiple"]
    several = [item for item in one.items if item.kind == "multiple"]
    headers += [dialect.tick_header(item, choice.id) for item in several for choice in item.choices]
    assert len(set(headers)) == len(headers)


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    """A copy of the library with one format more: a module and a line of the registry."""
    root = tmp_path_factory.mktemp("larger")
    shutil.copytree(LIBRARY, root / "lib" / "relecture", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "data").symlink_to(ROOT / "data")
    folder = root / "lib" / "relecture" / "answers" / "formats"
    (folder / "paper.py").write_text(PAPER, encoding="utf-8")
    registry = folder / "registry.py"
    line = '        Format("paper", ("Papier", "Crayon")),\n        OWN,\n'
    registry.write_text(registry.read_text(encoding="utf-8").replace("        OWN,\n", line), encoding="utf-8")
    return root


def relecture(root, *words):
    done = subprocess.run(
        [sys.executable, "-m", "relecture", *map(str, words)],
        env={"PYTHONPATH": str(root / "lib"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "COLUMNS": "200"},
        cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, " ".join(done.stdout.split())


def test_a_further_format_is_known_to_the_command_the_recognition_and_the_messages(larger):
    assert " paper (Papier, Crayon)" in relecture(larger, "export", "--help")[1]
    assert " Papier ou Crayon" in relecture(larger, "validate", "--help")[1]
    status, message = relecture(larger, "export", "guefif", "paper", larger / "q.txt")
    assert (status, message[:19]) == (0, "non exprimé : rien ")


def test_a_file_of_a_further_format_is_recognised_by_its_headers(larger):
    script = (
        "from relecture.answers.files import headers\n"
        "from relecture.answers.formats.registry import FORMATS\n"
        "from relecture.answers.questionnaire.instrument import load\n"
        f"one = load({str(ROOT / 'data' / 'guefif' / 'instrument.yaml')!r})\n"
        "names = tuple(FORMATS['paper'].dialect(one).header(column) for column in one.columns.values())\n"
        "print([layout.tool.label for layout in headers.best_layouts(one, ('feuille', *names))])\n"
    )
    environment = {"PYTHONPATH": str(larger / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.stdout == "['Papier ou Crayon']\n", done.stderr


def test_no_other_module_names_a_format_or_its_tool():
    words = {word for one in FORMATS.values() for word in (one.name, *one.tools)} - {"Relecture"}
    named = re.compile(rf"[\"']({'|'.join(words)})[\"']", re.IGNORECASE)
    modules = [path for path in LIBRARY.rglob("*.py") if path.parent != LIBRARY / "answers" / "formats"]
    assert len(modules) > 100
    assert [path.name for path in modules if named.search(path.read_text(encoding="utf-8"))] == []


NEVER = {*"collection section.id probes hint mode never_asked unit choice.added choice.counted_as".split()}
LOST = {  # what each format does not give back, of one questionnaire or another; NEVER: what none does
    "xlsform": {"identifying"},
    "redcap": {"title", "decimals", "least", "item.id", "row.id"},  # two at least, and names that REDCap reserves
    "limesurvey": {"id", "item.id", "choice.id", "row.id", "identifying", "decimals"},
    "tableschema": {
        "title", "sections", "section.title", "section.intro", "least", "most", "choice.exclusive", "relevant",
        "identifying", "decimals",
    },
}  # fmt: skip
SUFFIX = {"xlsform": ".xlsx", "redcap": ".csv", "limesurvey": ".txt", "tableschema": ".json"}
OF_ITEM = "kind label hint probes least most low high decimals unit mode never_asked identifying".split()


@pytest.fixture(scope="module")
def sent(forms, tmp_path_factory):
    """Every questionnaire with what came back of it, by format."""
    folder = tmp_path_factory.mktemp("envoi")
    pairs = {name: [] for name in SUFFIX}
    for name, suffix in SUFFIX.items():
        for form in forms.values():
            path = folder / f"{form.id}{suffix}"
            path.write_bytes(FORMATS[name].export(form).content)
            back = drafts.write(registry.read(path), folder / name / form.id)
            pairs[name].append((form, instrument.load(folder / name / form.id)))
            assert back == pairs[name][-1][1]
    return pairs


@pytest.mark.parametrize("name", SUFFIX)
def test_what_does_not_come_back_is_listed(sent, name):
    found = set().union(*(_differences(one, back) for one, back in sent[name]))
    assert found - NEVER == LOST[name]


def test_no_format_gives_back_what_is_listed_as_never(sent):
    found = [set().union(*(_differences(one, back) for one, back in pairs)) for pairs in sent.values()]
    assert set.intersection(*found) >= NEVER - {"hint", "section.id"}


def _differences(one, back):
    """Parts that are not the same; items, rows and choices are matched by rank, conditions by what they ask."""
    yield from (key for key in ("id", "title", "collection") if getattr(one, key) != getattr(back, key))
    if len(one.sections) != len(back.sections):
        yield "sections"
    for ours, other in zip(one.sections, back.sections, strict=False):
        yield from (f"section.{key}" for key in ("id", "title", "intro") if getattr(ours, key) != getattr(other, key))
    for item, other in zip(one.items, back.items, strict=True):
        yield from (key for key in OF_ITEM if getattr(item, key) != getattr(other, key))
        yield from ["item.id"] if item.id != other.id else []
        yield from _parts("choice", item.choices, other.choices)
        yield from _parts("row", item.rows, other.rows)
    yield from [] if _asks_the_same(one, back) else ["relevant"]


def _parts(name, ours, others):
    if len(ours) != len(others):
        yield f"{name}s"
    for part, other in zip(ours, others, strict=False):
        for key, value in dataclasses.asdict(part).items():
            if value != getattr(other, key) and not (key == "counted_as" and value == part.id):
                yield f"{name}.{key}"


def _asks_the_same(one, back):
    """Whether both ask the same items of respondents drawn at random, their columns and codes matched by rank."""
    rng, names = random.Random(18), dict(zip(one.columns, back.columns, strict=True))
    ids = {item.id: dict(zip(_ids(item), _ids(other), strict=True)) for item, other in _pairs(one, back)}
    for _ in range(300):
        cells = {name: rng.choice([*column.codes, "sans_reponse"]) for name, column in one.columns.items()}
        theirs = {names[name]: ids[one.columns[name].item.id].get(cell, cell) for name, cell in cells.items()}
        for item, other in _pairs(one, back):
            if conditions.holds(item.relevant, cells) != conditions.holds(other.relevant, theirs):
                return False
    return True


def _pairs(one, back):
    return zip(one.items, back.items, strict=True)


def _ids(item):
    return [choice.id for choice in item.choices if item.kind != "multiple"]


@pytest.mark.parametrize("name", ["xlsform", "redcap", "tableschema"])
def test_answers_to_the_questionnaire_are_read_with_what_came_back(sent, random_answers, as_exported, name):
    """Codes are kept, so that files of the tool are read as they are; only a schema does not say who was asked."""
    for one, back in sent[name]:
        truth = random_answers(one, 20, seed=18)
        file = as_exported(FORMATS[name], one, truth).to_csv(index=False).encode()
        answers, faults = validation.check(back, file)
        assert faults == ()
        frame = answers.frame.set_axis(truth.columns, axis=1)  # some are renamed
        assert frame.replace("sans_reponse", "non_pose").equals(truth.replace("sans_reponse", "non_pose"))


@pytest.mark.parametrize("name", "notes.docx vide.xlsx prose.csv prose.txt prose.json absent.csv ici".split())
def test_what_is_no_questionnaire_is_refused_in_one_line(tmp_path, name):
    path = tmp_path / name
    if name == "ici":
        path.mkdir()
    elif name != "absent.csv":
        path.write_bytes(b"" if name == "vide.xlsx" else b"Une prose, sans rien d'autre.\n")
    with pytest.raises(InputError) as refused:
        registry.read(path)
    assert len(refused.value.faults) == 1 and str(tmp_path) not in refused.value.faults[0]


def test_a_questionnaire_without_a_question_is_refused_with_what_was_left_out(tmp_path):
    (tmp_path / "q.json").write_text(json.dumps({"fields": [{"name": "lieu", "type": "geopoint"}]}), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        registry.read(tmp_path / "q.json")
    assert refused.value.faults == ("q.json : aucune question n'y est lue", "lieu : colonne de type « geopoint »")


@pytest.mark.parametrize("name", SUFFIX)
def test_a_damaged_file_is_refused_or_read_never_a_traceback(toy, tmp_path, name):
    """Bytes cut, repeated or changed at random: an instrument that the schema takes, or a refusal."""
    whole, rng, path = FORMATS[name].export(toy).content, random.Random(18), tmp_path / f"q{SUFFIX[name]}"
    for turn in range(60):
        start, end = sorted(rng.randrange(len(whole)) for _ in range(2))
        cut = (b"", whole[start:end] * 2, bytes(rng.randrange(256) for _ in range(3)), b'"', b",", b"\n")[turn % 6]
        path.write_bytes(whole[:start] + cut + whole[end if turn % 2 else start :])
        try:
            instrument.build(registry.read(path).document())
        except InputError as refused:
            assert refused.faults
