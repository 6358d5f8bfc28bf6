"""Answers typed here go to a file of ours, one line each, and to no other file."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from relecture.answers.files import own_file, validation
from relecture.core.errors import InputError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.csv"


@pytest.fixture
def answers(toy):
    skipped = [column.name for item in toy.items if item.relevant for column in item.columns]
    return dict.fromkeys(toy.columns, "sans_reponse") | {"mss": "non"} | dict.fromkeys(skipped, "non_pose")


def test_a_row_is_written_as_the_coded_frame_has_it_and_guarded(toy, path, answers):
    assert own_file.append(toy, path, answers | {"duree": "2,50", "ville": "=1+1"}) == ("1", 1)
    header, row = path.read_text(encoding="utf-8").splitlines()
    assert header.startswith("repondant,mss,lesquelles.mailiz,")
    assert row.startswith("1,non,non_pose,") and row.endswith(",2.5,'=1+1")
    assert validation.read(toy, path).frame.loc["1", ["duree", "ville"]].tolist() == ["2.5", "=1+1"]


def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(toy, path, answers):
    with pytest.raises(InputError, match=r"^colonne « age » : « 230 » est hors des bornes"):
        own_file.append(toy, path, answers | {"age": "230"})
    assert not path.exists()


@pytest.mark.parametrize(
    "content", ["repondant,autre\n1,2\n", "coupée", "\ufeffrepondant;mss\n", b"\xff\xfe", ""], ids=range(5)
)
def test_a_file_that_is_not_ours_is_left_alone(toy, path, answers, content):
    raw = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(raw)
    with pytest.raises(InputError, match="rien n'y est ajouté"):
        own_file.append(toy, path, answers)
    assert path.read_bytes() == raw


def test_numbers_follow_the_last_one(toy, path, answers):
    assert [own_file.append(toy, path, answers).respondent for _ in range(2)] == ["1", "2"]
    path.write_text(path.read_text().replace("\n1,", "\n7,"), encoding="utf-8")
    assert own_file.append(toy, path, answers) == ("8", 3)
    assert list(validation.read(toy, path).frame.index) == ["7", "2", "8"]


def test_respondents_typed_at_the_same_time_are_all_there_and_no_other_file_is_left(toy, path, answers):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: own_file.append(toy, path, answers).respondent, range(8)))
    assert sorted(numbers) == [str(number) for number in range(1, 9)]
    assert len(validation.read(toy, path).frame) == 8
    assert {each.name for each in path.parent.iterdir()} <= {"answers.csv", ".answers.csv.lock"}


def test_the_respondents_of_a_file_are_counted_before_anything_is_added(toy, path, answers):
    assert own_file.rows(toy, path) == 0
    own_file.append(toy, path, answers)
    header = path.read_text(encoding="utf-8").partition("\n")[0] + "\n"
    assert own_file.rows(toy, path) == 1
    path.write_text(header, encoding="utf-8", newline="")
    assert own_file.rows(toy, path) == 0 and own_file.append(toy, path, answers) == ("1", 1)


def test_a_file_changed_meanwhile_by_a_spreadsheet_is_left_alone(toy, path, answers):
    own_file.append(toy, path, answers | {"age": "41"})
    good = path.read_text(encoding="utf-8")
    for changed in (good.replace(",41,", ",quarante et un,"), "\ufeff" + good.replace(",", ";")):
        path.write_text(changed, encoding="utf-8", newline="")
        with pytest.raises(InputError, match=r"tableur.*rien n'y est ajouté.*« answers-2.csv »"):
            own_file.append(toy, path, answers)
        assert path.read_bytes().decode() == changed


@pytest.mark.parametrize("mark", [".~lock.answers.csv#", "~$answers.csv"])
def test_a_file_that_a_spreadsheet_has_open_waits(toy, path, answers, mark):
    path.with_name(mark).touch()
    with pytest.raises(InputError, match=r"« answers.csv » est ouvert dans un tableur : fermez-le"):
        own_file.append(toy, path, answers)
    path.with_name(mark).unlink()
    assert own_file.append(toy, path, answers).rows == 1


def test_nobody_is_added_to_synthetic_answers(toy, path, answers):
    own_file.append(toy, path, answers)
    path.write_text(
        path.read_text(encoding="utf-8").replace("\n1,", "\nsynthetique-001,"), encoding="utf-8", newline=""
    )
    before = path.read_bytes()
    for act in (lambda: own_file.rows(toy, path), lambda: own_file.append(toy, path, answers)):
        with pytest.raises(InputError, match=r"(?s)synthétiques.*« answers-2.csv »"):
            act()
    assert path.read_bytes() == before


def test_a_folder_where_nothing_can_be_written_is_told_with_what_to_do(toy, tmp_path, monkeypatch):
    (tmp_path / "reponses").mkdir()
    with pytest.raises(InputError, match=r"dossier absent. Vouliez-vous dire « reponses » \?"):
        own_file.rows(toy, tmp_path / "reponse" / "a.csv")
    with pytest.raises(InputError, match=r"écriture impossible. Donnez un fichier d'un dossier à vous"):
        own_file.rows(toy, tmp_path / "reponses")
    monkeypatch.setattr(own_file.os, "access", lambda *_: False)
    with pytest.raises(InputError, match="écriture impossible"):
        own_file.rows(toy, tmp_path / "a.csv")
