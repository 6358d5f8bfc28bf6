"""A question is drawn as a page would, with its title, words, size and label, and its axes to add to."""

import pytest

import relecture as rl
from relecture.core.errors import InputError

STUDY = rl.load_study("guefif")
PEOPLE = STUDY.answers()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "answers.csv"
    PEOPLE.codes.set_axis([f"m{rank}" for rank in range(PEOPLE.n)]).rename_axis("repondant").to_csv(path)
    return STUDY.answers(path)


@pytest.mark.parametrize(
    ("question", "by", "drawn"),
    [
        ("aisance", "", "Excellente"), ("aisance", "groupe", "non-utilisateurs"), ("genre", "moyen", "WhatsApp"),
        ("interlocuteurs", "groupe", "Un pharmacien"), ("age", "", "ans, de"), ("age", "groupe", "ans, de"),
        ("score", "strate", "score, de 20"), ("ess", "", ""), ("ess", "groupe", ""),
        ("exercice.rurale", "genre", "oui"), ("ess.verrou", "genre", "Une femme"),
    ],
)  # fmt: skip
def test_each_kind_is_drawn_with_its_words(question, by, drawn):
    figure, words = PEOPLE.plot(question, by=by), PEOPLE.questions[question].words
    among = f", selon « {PEOPLE.questions[by].words} »" if by else ""
    assert figure.title.replace("\xa0", " ") == f"{words}{among} (n = 81)"
    assert figure.alt.startswith(figure.title) and len(figure.alt) > len(figure.title) + 10
    assert figure.synthetic == "Réponses synthétiques" and drawn in figure.svg.decode()


def test_axes_can_be_added_to():
    figure = PEOPLE.plot("aisance")
    line = figure.axes[0].axvline(0.5)
    assert line in figure.axes[0].lines


def test_own_answers_to_publish_show_no_respondent(own):
    public, private = own.plot("age", by="groupe"), own.plot("age", by="groupe", publish=False)
    assert "écart type" in public.svg.decode() and "moustaches" not in public.svg.decode()
    assert "moustaches" in private.svg.decode() and (private.synthetic, public.synthetic) == ("Privé", "")


def test_a_masked_count_is_named_and_not_drawn(own):
    assert "masqué" in own.plot("aisance", by="genre").alt


def test_nobody_to_draw_is_told_in_french():
    with pytest.raises(InputError, match="personne n'a répondu"):
        PEOPLE.where(age=(98, 99)).plot("aisance")
