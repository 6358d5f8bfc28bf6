"""The form, without a browser: widgets are given values as a person would, and the file tells the rest."""

from datetime import date, time

import pytest
from click.testing import CliRunner

from relecture import ROOT, load_study, studies
from relecture.answers.files import own_file, validation
from relecture.answers.formats.registry import FORMATS
from relecture.answers.questionnaire import instrument
from relecture.cli.commands import main
from relecture.core import files
from relecture.core.errors import InputError

NAMES = [name for name in studies() if (ROOT / "data" / name / instrument.FILE).exists()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.csv"


@pytest.fixture
def shown(toy, path):
    return toy.form(path)


def fill(one, **cells):
    for name, value in cells.items():
        one.controls[name.replace("__", ".")].value = value


def visible(one):
    boxes = {name: question.parts[0][0] for name, question in one.questions.items()}
    return [name for name, box in boxes.items() if box.layout.display != "none"]


def said(one):
    return one.message.value.replace("\u00a0", " ").replace("\u202f", " ")


def to_the_end(one):
    """« Suivant » until the summary, at most twice a page."""
    for _ in range(2 * len(one.pages)):
        if one.place == len(one.pages):
            return
        one.forward.click()
    assert one.place == len(one.pages), one.message.value


def answer(one, row):
    """Give the widgets of a form the answers of a row of a coded frame, as a person would."""
    for question in one.questions.values():
        for name, control in question.controls.items():
            item, cell = question.item, row.get(name, "")
            if item.kind == "multiple":
                codes = {row[column.name] for column in item.columns}
                control.value = name.rpartition(".")[2] in codes if name not in row else cell == "1"
            elif cell not in ("sans_reponse", "non_pose"):
                moment = {"date": date, "time": time}.get(item.kind)
                control.value = (
                    moment.fromisoformat(cell) if moment else cell.replace(".", ",") * (item.kind == "number") or cell
                )


def test_items_come_and_go_with_the_answers(shown):
    always = ["alarme", "age", "duree", "ville"]
    assert visible(shown) == ["mss", "avis", *always]  # « avis » unless mss is non: not answered is not non
    fill(shown, mss="non")
    assert visible(shown) == ["mss", *always]
    fill(shown, mss="oui")
    assert visible(shown) == ["mss", "lesquelles", "avis", *always]
    fill(shown, lesquelles__autre=True, lesquelles__mailiz=True, avis__simple="bof")
    assert visible(shown) == ["mss", "lesquelles", "lesquelles_autre", "avis", "raison", *always]


def test_an_answer_that_becomes_hidden_no_longer_counts(shown):
    fill(shown, mss="oui", lesquelles__autre=True, lesquelles_autre="pigeon")
    fill(shown, mss="non")
    cells = shown.answers
    assert {cells[name] for name in ("lesquelles.autre", "lesquelles_autre", "avis.sure")} == {"non_pose"}
    assert shown.controls["lesquelles_autre"].value == "pigeon"  # kept, should mss be corrected again


def test_one_section_at_a_time_forth_and_back_without_loss(shown):
    boxes = lambda: [page.box.layout.display != "none" for page in shown.pages]  # noqa: E731
    assert boxes() == [True, False] and "Section 1 sur 2" in shown.title.value.replace("\u00a0", " ")
    assert shown.back.layout.display == shown.button.layout.display == "none"
    fill(shown, mss="non")
    shown.forward.click()
    assert boxes() == [False, True] and "Section 2 sur 2" in shown.title.value.replace("\u00a0", " ")
    shown.back.click()
    assert boxes() == [True, False] and shown.controls["mss"].value == "non"
    to_the_end(shown)
    assert (
        boxes() == [False, False] and shown.button.layout.display == "" and "Questions passées" in shown.summary.value
    )


def test_a_page_that_asks_nothing_is_passed_both_ways(document, path):
    first, last = (section["items"] for section in document["sections"])
    last[:0] = first[3:]
    document["sections"].insert(1, {"id": "plus", "title": "Plus", "items": first[1:3]})
    del first[1:]
    one = instrument.build(document).form(path)
    fill(one, mss="non")
    one.forward.click()
    assert "Section 3 sur 3" in one.title.value.replace("\u00a0", " ")
    one.back.click()
    assert one.place == 0


def test_what_is_required_is_told_once_and_blocks_nobody(shown, toy, path):
    fill(shown, mss="oui")
    assert not shown.next() and shown.place == 0
    assert "Obligatoire" in shown.questions["lesquelles"].fault.value and "une seconde fois" in said(shown)
    assert shown.next() and shown.place == 1  # what is optional was passed over too, without a word
    to_the_end(shown)
    assert "Lesquelles" in shown.summary.value and "(obligatoire)" in shown.summary.value
    assert shown.save() and validation.read(toy, path).frame.at["1", "lesquelles.mailiz"] == "sans_reponse"


def test_what_is_wrong_keeps_the_page(shown, path):
    fill(shown, mss="oui", lesquelles__mailiz=True, lesquelles__lifen=True, lesquelles__apicrypt=True)
    assert not shown.next() and not shown.next()
    assert "au plus 2" in shown.questions["lesquelles"].fault.value and "1 question à revoir" in said(shown)
    fill(shown, lesquelles__apicrypt=False)
    assert shown.next()
    fill(shown, age="230")
    assert "hors des bornes" in shown.questions["age"].fault.value
    assert not shown.next() and shown.controls["age"].value == "230"
    assert not shown.save() and "« 230 » est hors des bornes" in said(shown) and not path.exists()
    fill(shown, age="30")
    assert shown.questions["age"].fault.value == "" and shown.next() and shown.save()


def test_a_blank_form_is_refused(shown, path):
    to_the_end(shown)
    assert "Rien n’est rempli" in shown.summary.value
    shown.button.click()
    assert "Rien n’est rempli" in said(shown) and not path.exists()
    fill(shown, ville="   ")
    assert not shown.save()
    fill(shown, mss="oui", lesquelles__mailiz=True)
    fill(shown, mss=None)  # what was ticked is no longer asked
    assert not shown.save()
    fill(shown, mss="ne_sait_pas")
    assert shown.save()


def test_saving_says_what_was_saved_and_goes_on_with_the_next_one(toy, shown, path):
    fill(shown, mss="oui", lesquelles__mailiz=True, avis__sure="sans_objet", age="41", duree="2,50", ville="=1+1")
    to_the_end(shown)
    shown.button.click()
    assert f"Répondant n° 1 enregistré dans {path} : 6 réponses, 1 question passée" in said(shown)
    assert "compte maintenant 1 répondant." in said(shown)
    assert set(shown.answers.values()) == {"sans_reponse", "non_pose"} and shown.button.layout.display == "none"
    shown.again.click()
    assert shown.place == 0 and shown.message.value == ""
    fill(shown, mss="ne_sait_pas", ville="Sète,\n« au bord »")
    assert shown.save() and "n° 2" in said(shown) and "maintenant 2 répondants." in said(shown)
    assert "'=1+1" in path.read_text(encoding="utf-8")
    frame = validation.read(toy, path).frame
    assert frame.loc["1", ["duree", "ville", "lesquelles.mailiz", "lesquelles_autre", "avis.sure"]].tolist() == [
        "2.5", "=1+1", "1", "non_pose", "sans_objet"
    ]  # fmt: skip
    assert frame.at["2", "ville"] == "Sète,\n« au bord »"


def test_the_draft_is_taken_up_where_it_was_left_and_erased_once_saved(toy, hard, tmp_path):
    for one, cells in ((toy, {"mss": "non", "ville": "Sète"}), (hard, {"jour": date(2024, 5, 31), "class__b": True})):
        path = tmp_path / f"{one.id}.csv"
        first = one.form(path)
        fill(first, **cells)
        again = one.form(path)
        assert again.answers == first.answers and "Brouillon repris : 2 réponses" in said(again)
        assert {entry.name for entry in tmp_path.glob(f"{one.id}*")} == {f"{one.id}.brouillon.json"}
        fill(again, class__a=True) if one is hard else again.next()
        fill(again, **{"age": "41"} if one is toy else {})
        last = one.form(path)
        assert last.place == again.place and last.save()
        assert not [*tmp_path.glob("*.json")] and one.form(path).message.value == ""


def test_the_draft_of_another_questionnaire_is_told(shown, document, path):
    fill(shown, mss="non")
    document["title"] = "Un autre jouet"
    other = instrument.build(document).form(path)
    assert "Le questionnaire a changé" in said(other) and other.controls["mss"].value is None


def test_what_cannot_be_written_is_told_and_nothing_is_lost(shown, path, monkeypatch):
    fill(shown, mss="non")
    monkeypatch.setattr(files.os, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "")))
    fill(shown, ville="Pau")
    assert "Le brouillon n’est pas gardé" in said(shown)
    assert not shown.save() and "accès refusé" in said(shown) and shown.controls["ville"].value == "Pau"
    monkeypatch.undo()
    path.with_name("~$answers.csv").touch()
    assert not shown.save() and "fermez-le" in said(shown)
    path.with_name("~$answers.csv").unlink()
    assert shown.save()


def test_a_file_of_another_questionnaire_is_refused_at_once(shown, hard, path):
    fill(shown, mss="non")
    assert shown.save()
    with pytest.raises(InputError, match=r"autre questionnaire.*« answers-2.csv »"):
        hard.form(path)


def test_it_shows_itself_as_a_widget_whose_title_is_text(document, path):
    document["title"] = "<script>alert(1)</script>"
    one = instrument.build(document).form(path)
    assert "application/vnd.jupyter.widget-view+json" in one._repr_mimebundle_()
    assert "&lt;script&gt;" in one.title.value and "<script>" not in one.title.value


@pytest.mark.parametrize("name", [*NAMES, "new instrument"])
def test_generated_answers_are_saved_and_read_back_the_same(name, toy, path, tmp_path, random_answers):
    asked = instrument.load(load_study(name)) if name in NAMES else _written(toy, tmp_path)
    drawn = random_answers(asked, 3, 20)
    form = asked.form(path)
    for _, row in drawn.iterrows():
        answer(form, row)
        to_the_end(form)
        assert form.save(), form.message.value
        form.restart()
    result = CliRunner().invoke(main, ["validate", str(tmp_path if name not in NAMES else name), str(path)])
    assert result.exit_code == 0, result.output
    frame = validation.read(asked, path).frame
    assert frame.shape == drawn.shape and int((frame.to_numpy() != drawn.to_numpy()).sum()) == 0
    assert own_file.rows(asked, path) == 3


def _written(toy, folder):
    """The questionnaire that `relecture new instrument` writes of another tool's."""
    (folder / "form.xlsx").write_bytes(FORMATS["xlsform"].export(toy).content)
    result = CliRunner().invoke(main, ["new", "instrument", str(folder / "form.xlsx"), str(folder)])
    assert result.exit_code == 0, result.output
    return instrument.load(folder)


def test_a_study_asks_its_questionnaire(path):
    form = load_study(NAMES[0]).form(path)
    assert form.path == path and form.instrument.id == NAMES[0]
