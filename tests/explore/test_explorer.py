"""The explorer, its widgets given values as a person would: what it shows is what its lines of code give.

What a browser does with it is in tests/browser/test_explorer.py.
"""

import time
from dataclasses import replace

import pytest

import relecture as rl
from relecture.answers.synthetic_label import LABEL
from relecture.core.errors import InputError
from relecture.core.study import studies
from relecture.explore.explorer import LEVELS, AnswersExplorer, Explorer, of_people
from relecture.report.figures.svg import inlined

STUDY = rl.load_study("guefif")
PEOPLE = STUDY.answers()


@pytest.fixture
def explorer():
    return AnswersExplorer(PEOPLE)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "réponses d'ici.csv"
    PEOPLE.codes.set_axis([f"m{rank}" for rank in range(PEOPLE.n)]).rename_axis("repondant").to_csv(path)
    return path


def choose(explorer, **values):
    for name, value in values.items():
        getattr(explorer, name).value = value


def answers(dropdown, words):
    return next(value for label, value in dropdown.options if words in label)


def run(lines):
    """What the lines display, as a cell would."""
    shown = []
    exec(lines, {"display": lambda *things: shown.extend(things)})
    return shown


CHOICES = [
    {},
    {"question": "aisance", "group": "groupe", "confidence": 0.9},
    {"question": "ess", "group": "genre"},
    {"question": "objets", "group": "strate", "filter": ("genre", "feminin")},
    {"question": "age", "filter": ("predice", "oui"), "confidence": 0.5},
]


@pytest.mark.parametrize("values", CHOICES)
@pytest.mark.parametrize("own", [False, True], ids=["synthetic", "own"])
def test_three_lines_give_the_same(values, own, file):
    explorer = STUDY.explore(file).answers if own else STUDY.explore().answers
    choose(explorer, **values)
    assert len(explorer.code.value.splitlines()) == 3
    crossed, figure = run(explorer.code.value)
    assert explorer.table.value == crossed.table.html
    assert explorer.status.value == crossed.sentence
    assert crossed._repr_html_() == explorer.status.value + explorer.table.value
    assert inlined(figure.svg, f"x{id(explorer):x}", figure.alt) in explorer.figure.value


def test_a_private_look_is_said_and_coded(file):
    explorer = STUDY.explore(file).answers
    choose(explorer, question="aisance", group="groupe")
    assert not explorer.private.value and explorer.private in explorer.box.children
    assert "masqué" in explorer.table.value and "Privé" not in explorer.status.value
    choose(explorer, private=True)
    assert "masqué" not in explorer.table.value and "Privé" in explorer.status.value
    crossed, _ = run(explorer.code.value)
    assert explorer.code.value.count("publish=False") == 2 and crossed.table.html == explorer.table.value


def test_synthetic_answers_are_labelled_and_have_nothing_to_hide(explorer):
    assert explorer.private not in explorer.box.children
    for shown in (explorer.status, explorer.figure, explorer.table):
        assert LABEL in shown.value


def test_common_levels_come_first_and_all_from_50_to_99_are_there(explorer):
    assert LEVELS[:4] == (95, 90, 99, 80) and sorted(LEVELS) == list(range(50, 100))
    assert [level for _, level in explorer.confidence.options][:2] == [0.95, 0.9]


def test_a_crossing_that_cannot_be_is_told_and_the_next_one_works(explorer):
    choose(explorer, group="genre", question="genre")
    assert "ne se croise pas avec elle-même" in explorer.status.value.replace("\u00a0", " ")
    assert explorer.table.value == explorer.figure.value == ""
    choose(explorer, group="")
    assert explorer.table.value and explorer.figure.value


def test_nobody_left_is_a_table_without_a_figure():
    nobody = replace(PEOPLE, codes=PEOPLE.codes[:0])
    explorer = AnswersExplorer(nobody)
    assert explorer.figure.value == "" and explorer.status.value


def test_a_change_updates_widgets_and_makes_none(explorer):
    before, drawn = list(explorer.box.children), []
    explorer.table.observe(drawn.append, "value")
    choose(explorer, question="age", group="genre", confidence=0.8)
    assert list(explorer.box.children) == before and len(drawn) == 3


def test_every_control_has_a_label(explorer):
    findings = STUDY.explore()
    findings.tabs.selected_index = 1
    parts = [*explorer.box.children, *findings.findings.box.children[:3], *findings.findings.box.children[-1].children]
    assert all(control.description for control in parts if control._model_name != "HTMLModel")


def test_words_of_a_questionnaire_are_text(explorer):
    words = "<img src=x onerror=alert(1)>"
    form = PEOPLE.instrument
    items = [replace(item, label=words) for item in form.sections[0].items[:1]]
    sections = (replace(form.sections[0], items=tuple(items)),)
    people = replace(PEOPLE, instrument=replace(form, title=words, sections=sections, scores=(), derived=()))
    shown = of_people(people)
    texts = [shown.box.children[1].value, shown.answers.status.value, shown.answers.figure.value]
    assert all("onerror" in text and "<img" not in text for text in texts[:2])
    assert "<img" not in texts[2] and "<img src=x" not in shown.answers.table.value


def test_findings_wait_for_their_tab():
    asked = []
    explorer = Explorer("Étude", AnswersExplorer(PEOPLE), lambda: asked.append(1) or STUDY.findings())
    assert not asked and explorer.findings is None
    for index in (1, 0, 1):
        explorer.tabs.selected_index = index
    assert len(asked) == 1 and explorer.findings.list.options


@pytest.mark.parametrize("name", studies())
def test_each_study_shows_what_it_has(name):
    study = rl.load_study(name)
    explorer = study.explore()
    assert bool(explorer.answers) == (study.folder / "synthetic.yaml").exists()
    assert list(explorer.tabs.titles) == (["Réponses", "Constats"] if explorer.answers else ["Constats"])
    if not explorer.answers:
        assert explorer.findings.list.options and f"{len(study.rows)}\u00a0nombre" in explorer.box.children[1].value
    assert "widget" in str(explorer._repr_mimebundle_())


def test_a_page_that_is_no_study_is_told_with_its_notebook():
    with pytest.raises(InputError, match="le carnet est notebooks/synthese"):
        rl.load_study("synthese")


def test_a_file_for_a_study_without_a_questionnaire_is_refused(file):
    with pytest.raises(InputError):
        rl.load_study("clausener").explore(file)


def test_respondents_are_explored_alone_with_their_own_code():
    women = PEOPLE.where(genre="feminin")
    explorer = women.explore()
    assert list(explorer.tabs.titles) == ["Réponses"]
    choose(explorer.answers, question="aisance", group="groupe")
    assert run(explorer.answers.code.value)[0].table.html == women.cross("aisance", by="groupe").table.html


@pytest.mark.timed
@pytest.mark.parametrize("n, most", [(81, 0.5), (5000, 1.0)])
def test_a_change_is_answered_at_once(n, most):
    """From the event to the last value set, in process time; the median of changes that all draw."""
    explorer = AnswersExplorer(replace(PEOPLE, codes=STUDY.synthetic(n=n).frame))
    questions = ["aisance", "age", "genre", "exercice", "score", "frequence", "outils", "motif_consultation"]
    taken = []
    for group in ("groupe", "strate"):
        choose(explorer, group=group)
        for question in questions:
            before = time.process_time()
            choose(explorer, question=question)
            taken.append(time.process_time() - before)
            assert explorer.figure.value and explorer.table.value
    print(f"n = {n}: median {sorted(taken)[len(taken) // 2]:.2f} s, longest {max(taken):.2f} s")
    assert sorted(taken)[len(taken) // 2] < most and max(taken) < 2 * most
