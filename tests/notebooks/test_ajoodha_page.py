"""What the Ajoodha page alone owes its readers, then its cells run on answers that try to break them.

The oracle is the printed values and, for own answers, the files made here by drawing lines from the synthetic
ones: the cells that tell the printed results run once, those of the questionnaire once a file.
"""

import ast
import json
import re

import pytest

from relecture import load_study
from relecture.answers import respondents
from relecture.answers.questionnaire import missing, skip_logic
from relecture.core.study import ROOT

NAME = "ajoodha"
STUDY = load_study("ajoodha")
PEOPLE = respondents.gather(STUDY)
SECRET = "Docteur Secret"


# ---------------------------------------------------------------- the page, on synthetic answers


@pytest.fixture(scope="module")
def method(pages):
    """The second page, on synthetic answers."""
    return pages["ajoodha-methode"]


def test_no_figure_and_no_table_is_lost(page, method):
    found = [(len(one.find_all("figure")), len(one.find_all("table"))) for one in (page, method)]
    assert found >= [(4, 3), (3, 10)]


def test_every_lost_chart_is_listed(page):
    listed = [item.strong.get_text() for item in page.select("section.lost li")]
    assert listed == [f"Question {number}" for number in range(1, 24) if number != 20]


def test_the_lost_count_of_question_12_comes_back(prose):
    assert "46 médecins équipés, 4 non équipés" in prose  # 6 + 14 + 12 + 14 in the table of question 20; 8 % of 50


@pytest.mark.parametrize(
    "written",
    [
        "92 %, intervalle à 95 % [81 – 97] %",  # R: prop.test(46, 50, correct = FALSE) 0.8116 to 0.9684
        "62 %, intervalle [48 – 74] %",  # prop.test(31, 50, correct = FALSE) 0.4815 to 0.7414
        "24 %, intervalle [14 – 37] %",  # prop.test(12, 50, correct = FALSE) 0.1430 to 0.3741
        "39 %, intervalle [24 – 56] %",  # prop.test(12, 31, correct = FALSE) 0.2373 to 0.5618
        "p = 0,010",  # four of the 17 oldest: choose(17, 4) / choose(50, 4) = 0.0103
        "au moins 19 sur 46",  # 45 from laboratories, 26 from colleagues
        "encore atteindre 7,7 %",  # prop.test(0, 46, correct = FALSE) 0 to 0.0771
    ],
)
def test_what_the_thesis_did_not_give_is_given(prose, written):
    assert written in prose


def test_whatever_is_synthetic_says_so(page, method):
    shown = method.find_all(["figure", "table"])
    assert len(shown) >= 13
    assert all(tag.find_parent(class_="synthetic") or "synthetic" in tag.get("class", []) for tag in shown)
    assert page.select(".synthetic") == [] and "synthétiques" in method.h1.get_text()


def test_every_question_of_a_lost_chart_says_that_its_answers_are_free(method):
    heads = [head.get_text() for head in method.select("th[scope=rowgroup]")]
    for name in PEOPLE.at_random:
        label = PEOPLE.instrument.columns.get(name, PEOPLE.instrument[name.partition(".")[0]]).label
        beside = [head for head in heads if head.replace("’", "'").startswith(_typeset(label) + "\u00a0(")]
        assert beside, f"{name} : {label}"
    held = [head for head in heads if "Disposez-vous" in head]
    assert held and not any("(" in head for head in held)


def _typeset(label):
    from relecture.core.french import typeset

    return typeset(label).replace("’", "'")


QUESTIONS = {  # what a GP would ask, and the words that answer in the first three screens
    "Les médecins écrivent-ils par leur messagerie ?": "Non, dit la thèse, en mots : ses graphiques sont perdus",
    "À quoi leur sert-elle ?": "elle sert à recevoir",
    "Combien en ont une ?": "46 médecins sur 50 ont une messagerie sécurisée",
    "Comment le sait-on ?": "deux autres nombres redonnent l'effectif",
    "Qui leur écrit ?": "45, 42 et 40 médecins sur 46 reçoivent souvent ou toujours des laboratoires",
    "Et leurs confrères ?": "26, de leurs confrères libéraux",
    "Savent-ils devoir sécuriser leurs échanges ?": "31 sur 50 savent devoir sécuriser leurs échanges",
    "Est-ce vraiment une majorité ?": "contient la moitié",
    "Y parviennent-ils ?": "Y parvenir est minoritaire : 24 %",
    "Qui a été interrogé ?": "appelés à partir de l'annuaire",
    "Avec quelle précision ?": "13 points près",
    "Combien de calculs tiennent sous condition ?": "3 cohérents si…",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_three_screens_answer_a_doctor(first_screens, question):
    assert QUESTIONS[question] in first_screens


# ---------------------------------------------------------------- the same cells, on own answers


def _cells():
    cells = json.loads((ROOT / "notebooks" / "ajoodha.ipynb").read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _run(source, names):
    """What the last line of a cell shows, as a reader gets it."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    return getattr(shown, "html", None) or (shown._repr_html_() if hasattr(shown, "_repr_html_") else str(shown or ""))


@pytest.fixture(scope="module")
def told():
    """The names of the notebook once it has told the printed results, and the cells that remain."""
    names, cells = {}, _cells()
    first = next(rank for rank, cell in enumerate(cells) if "study.answers(" in cell)
    for cell in cells[:first]:
        _run(cell, names)
    return names, cells[first:]


def _lines(n, rows=None, seed=1):
    """n lines of the synthetic answers, those of `rows` if given, with other names."""
    source = PEOPLE.codes if rows is None else PEOPLE.codes[rows]
    frame = source.sample(n, replace=True, random_state=seed)
    return frame.set_axis([f"{SECRET} {rank}" for rank in range(n)])


EQUIPPED = PEOPLE.codes["equipement"] == "oui"


def _almost_all():
    frame = _lines(40, EQUIPPED)
    frame.iloc[0] = PEOPLE.codes[~EQUIPPED].iloc[0]
    return frame


def _silent():
    """Nobody said whether they are equipped, nor their age."""
    frame = _lines(60)
    for name in ("equipement", "age", "rgpd_connu"):
        frame[name] = "sans_reponse"
    return frame


OWN = {  # test_own_answers.py has a complete separation, those who all say the same, and five thousand
    "thirty": lambda: _lines(30),
    "everybody is equipped": lambda: _lines(40, EQUIPPED),
    "one is not": _almost_all,
    "nobody is": lambda: _lines(40, ~EQUIPPED),
    "nobody says": _silent,
    "alone": lambda: _lines(1),
}


@pytest.fixture(scope="module", params=OWN)
def own(request, told, tmp_path_factory):
    """The answers of a file, and what the cells of the questionnaire show of them."""
    frame, _ = skip_logic.apply(PEOPLE.instrument, OWN[request.param]())
    for column in PEOPLE.instrument.columns.values():
        if column.item.kind == "text":
            frame[column.name] = frame[column.name].where(frame[column.name].isin(missing.CODES), SECRET)
    path = tmp_path_factory.mktemp("reponses") / "reponses.csv"
    frame.rename_axis("repondant").to_csv(path)
    names, cells = told[0] | {"answers": str(path)}, told[1]
    return frame, "\n".join(_run(cell, names) for cell in cells), names


def test_own_answers_are_never_called_synthetic(own):
    frame, shown, names = own
    assert names["people"].n == len(frame)
    assert "synthétique" not in shown and "tirées au hasard" not in shown


def test_names_and_free_texts_stay_out(own):
    assert SECRET not in own[1]


def test_the_page_says_how_many_cells_are_hidden(own):
    shown = re.sub(r"\s", " ", own[1])
    assert re.search(r"cases? (a|ont) été masquées? : moins de 5 répondants|Aucun effectif n’a eu à être masqué", shown)


def test_no_small_count_of_one_answer_is_shown(own):
    cells = [found.cells for found in [*own[2]["blocks"].values(), own[2]["crossed"], own[2]["knowledge"]]]
    for block in cells:
        answers = block[block["kind"].isin(["answer", "choice"]) & (block["n"] > 0)]
        assert answers[answers["count"] < 5].empty
