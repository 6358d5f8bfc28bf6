"""The form, without a browser: widgets are given values as a person would, and the file tells the rest."""

from datetime import date, time

import pytest

from relecture import ROOT, load_study, studies
from relecture.answers.files import validation
from relecture.answers.questionnaire import instrument


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
    return [name for name, block in one.blocks.items() if block.layout.display != "none"]


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
    told = shown.answers
    assert {told[name] for name in ("lesquelles.autre", "lesquelles_autre", "avis.sure")} == {"non_pose"}
    assert shown.controls["lesquelles_autre"].value == "pigeon"  # kept, should mss be corrected again


def test_an_exclusive_choice_stands_alone(shown):
    ticked = lambda: [name for name, control in shown.controls.items() if control.value is True]  # noqa: E731
    fill(shown, mss="oui", lesquelles__mailiz=True, lesquelles__lifen=True)
    fill(shown, lesquelles__aucune=True)
    assert ticked() == ["lesquelles.aucune"]
    fill(shown, lesquelles__lifen=True)
    assert ticked() == ["lesquelles.lifen"]


def test_saving_adds_lines_that_validation_reads_and_empties_the_form(toy, shown, path):
    fill(shown, mss="oui", lesquelles__mailiz=True, avis__sure="sans_objet", age="41", duree="2,50", ville="=1+1")
    shown.button.click()
    assert shown.message.value.endswith(">Réponses enregistrées dans answers.csv (répondant n° 1).</p>")
    assert set(shown.answers.values()) == {"sans_reponse", "non_pose"}
    fill(shown, mss="ne_sait_pas", ville="Sète,\n« au bord »")
    assert shown.save()
    assert path.read_text(encoding="utf-8").count("repondant,mss") == 1
    assert "'=1+1" in path.read_text(encoding="utf-8")
    frame = validation.read(toy, path).frame
    assert list(frame.index) == ["1", "2"]
    assert frame.loc["1", ["duree", "ville", "lesquelles.mailiz", "lesquelles_autre", "avis.sure"]].tolist() == [
        "2.5", "=1+1", "1", "non_pose", "sans_objet"
    ]  # fmt: skip
    assert frame.at["2", "ville"] == "Sète,\n« au bord »"


def test_what_is_wrong_is_told_and_nothing_is_written(shown, path):
    fill(shown, age="230", mss="oui", lesquelles__mailiz=True, lesquelles__lifen=True, lesquelles__apicrypt=True)
    assert shown.faults["age"].value == "« 230 » est hors des bornes (au moins 24, au plus 75)"
    assert not shown.save()
    assert "colonne « age » : « 230 » est hors des bornes" in shown.message.value
    assert "au plus 2 choix attendus" in shown.message.value
    assert shown.controls["age"].value == "230"
    assert not path.exists()
    fill(shown, age="23,5", lesquelles__apicrypt=False)
    assert "trop de décimales" in shown.faults["age"].value
    fill(shown, age="30")
    assert shown.faults["age"].value == "" and shown.save()


def test_labels_are_text_and_never_html(document, path):
    document["title"] = document["sections"][0]["items"][0]["label"] = "<script>alert(1)</script>"
    one = instrument.build(document).form(path)
    assert "&lt;script&gt;" in one.box.children[0].value and "<script>" not in one.box.children[0].value
    assert "&lt;script&gt;" in one.blocks["mss"].children[0].value
    fill(one, age="<b>1</b>")
    assert "<b>" not in one.faults["age"].value
    assert not one.save() and "<b>" not in one.message.value


def test_it_shows_itself_as_a_widget(shown):
    assert "application/vnd.jupyter.widget-view+json" in shown._repr_mimebundle_()


def test_every_study_can_be_filled_in(path):
    for name in (name for name in studies() if (ROOT / "data" / name / instrument.FILE).exists()):
        one = instrument.load(load_study(name))
        assert one.form(path.with_name(f"{name}.csv")).save()


def test_a_day_and_a_time_are_saved_as_they_are_read(hard, path):
    one = hard.form(path)
    fill(one, jour=date(2024, 5, 31), heure=time(0, 5), class__a=True, class__b=True)
    assert one.save(), one.message.value
    frame = validation.read(hard, path).frame
    assert frame.loc["1", ["jour", "heure", "taux"]].tolist() == ["2024-05-31", "00:05", "sans_reponse"]
    assert one.controls["jour"].value is None and one.controls["heure"].value is None
