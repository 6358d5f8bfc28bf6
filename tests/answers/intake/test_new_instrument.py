"""Every questionnaire that goes out to a tool comes back; what does not is listed here, format by format."""

import dataclasses
import json
import random

import pytest

from relecture.answers.files import validation
from relecture.answers.formats.registry import FORMATS
from relecture.answers.intake import new_instrument
from relecture.answers.questionnaire import conditions, instrument
from relecture.core.errors import InputError
from relecture.core.study import ROOT

STUDIES = sorted(path.parent.name for path in ROOT.glob("data/*/instrument.yaml"))
NEVER = {
    "collection",
    "section.id",
    "probes",
    "hint",
    "mode",
    "never_asked",
    "unit",
    "choice.added",
    "choice.counted_as",
}
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
def sent(toy, hard, tmp_path_factory):
    """Every questionnaire with what came back of it, by format."""
    folder, forms = tmp_path_factory.mktemp("envoi"), [toy, hard]
    forms += [instrument.load(ROOT / "data" / name) for name in STUDIES]
    pairs = {name: [] for name in SUFFIX}
    for name, suffix in SUFFIX.items():
        for form in forms:
            path = folder / f"{form.id}{suffix}"
            path.write_bytes(FORMATS[name].export(form).content)
            back = new_instrument.write(new_instrument.read(path), folder / name / form.id)
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
    for section, other in zip(one.sections, back.sections, strict=False):
        yield from (
            f"section.{key}" for key in ("id", "title", "intro") if getattr(section, key) != getattr(other, key)
        )
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


@pytest.mark.parametrize(
    "name", ["notes.docx", "vide.xlsx", "prose.csv", "prose.txt", "prose.json", "absent.csv", "ici"]
)
def test_what_is_no_questionnaire_is_refused_in_one_line(tmp_path, name):
    path = tmp_path / name
    if name == "ici":
        path.mkdir()
    elif name != "absent.csv":
        path.write_bytes(b"" if name == "vide.xlsx" else b"Une prose, sans rien d'autre.\n")
    with pytest.raises(InputError) as refused:
        new_instrument.read(path)
    assert len(refused.value.faults) == 1 and str(tmp_path) not in refused.value.faults[0]


def test_a_questionnaire_without_a_question_is_refused_with_what_was_left_out(tmp_path):
    (tmp_path / "q.json").write_text(json.dumps({"fields": [{"name": "lieu", "type": "geopoint"}]}), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        new_instrument.read(tmp_path / "q.json")
    assert refused.value.faults == ("q.json : aucune question n'y est lue", "lieu : colonne de type « geopoint »")


def test_nothing_is_written_over(tmp_path, toy):
    (tmp_path / "q.csv").write_bytes(FORMATS["redcap"].export(toy).content)
    draft = new_instrument.read(tmp_path / "q.csv")
    (tmp_path / "etude").mkdir()
    (tmp_path / "etude" / "notes.txt").write_text("à moi", encoding="utf-8")
    new_instrument.write(draft, tmp_path / "etude")
    before = (tmp_path / "etude" / "instrument.yaml").read_bytes()
    with pytest.raises(InputError, match="existe déjà : rien n'a été écrit"):
        new_instrument.write(draft, tmp_path / "etude")
    assert (tmp_path / "etude" / "instrument.yaml").read_bytes() == before
    assert before.decode().startswith("# Questionnaire lu de « q.csv »")


@pytest.mark.parametrize("name", SUFFIX)
def test_a_damaged_file_is_refused_or_read_never_a_traceback(toy, tmp_path, name):
    """Bytes cut, repeated or changed at random: an instrument that the schema takes, or a refusal."""
    whole, rng, path = FORMATS[name].export(toy).content, random.Random(18), tmp_path / f"q{SUFFIX[name]}"
    for turn in range(60):
        start, end = sorted(rng.randrange(len(whole)) for _ in range(2))
        cut = (b"", whole[start:end] * 2, bytes(rng.randrange(256) for _ in range(3)), b'"', b",", b"\n")[turn % 6]
        path.write_bytes(whole[:start] + cut + whole[end if turn % 2 else start :])
        try:
            instrument.build(new_instrument.read(path).document())
        except InputError as refused:
            assert refused.faults
