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
    assert own_file.append(toy, path, answers | {"duree": "2,50", "ville": "=1+1"}) == "1"
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
    assert [own_file.append(toy, path, answers) for _ in range(2)] == ["1", "2"]
    path.write_text(path.read_text().replace("\n1,", "\n7,"), encoding="utf-8")
    assert own_file.append(toy, path, answers) == "8"
    assert list(validation.read(toy, path).frame.index) == ["7", "2", "8"]


def test_respondents_typed_at_the_same_time_are_all_there_and_no_other_file_is_left(toy, path, answers):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: own_file.append(toy, path, answers), range(8)))
    assert sorted(numbers) == [str(number) for number in range(1, 9)]
    assert len(validation.read(toy, path).frame) == 8
    assert {each.name for each in path.parent.iterdir()} <= {"answers.csv", ".answers.csv.lock"}
