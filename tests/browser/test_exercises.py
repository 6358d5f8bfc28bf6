"""The exercises in a real browser, opened as a file: each is answered by mouse and by keyboard, right and wrong."""

import json
import re

import pytest

from relecture.core.french import typeset
from relecture.core.study import ROOT
from relecture.teaching import pages
from relecture.teaching.course import FILE, load

from .test_access import OVERFLOW, axe

SHEETS = ("fiche-interne", "fiche-enseignant", "diapositives")


@pytest.fixture(scope="module")
def course():
    return load(ROOT / "data" / FILE)


@pytest.fixture(scope="module")
def folder(course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exercises")
    for name, html in pages.pages(course).items():
        (folder / name).write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def page(opened, folder):
    with opened(folder / "exercices.html") as page:
        page.wrong = []
        page.on("console", lambda message: page.wrong.append(message.text))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.reload()
        yield page
        assert page.wrong == [] and {*page.asked} == {(folder / "exercices.html").as_uri()}


def shown(exercise, answer):
    return answer.accepts[0].replace(".", ",") if answer.accepts else ""


def said(page, exercise):
    return page.locator(f"#{exercise.id} .said").inner_text()


def test_every_exercise_is_answered_with_the_mouse(page, course):
    for exercise in course.exercises:
        article = page.locator(f"#{exercise.id}")
        for answer in sorted(exercise.answers, key=lambda one: one.right):
            if exercise.ask == "choice":
                article.get_by_label(re.compile(re.escape(typeset(answer.choice)))).first.check()
            elif exercise.ask == "number" and answer.accepts:
                article.locator("input").fill(shown(exercise, answer))
            elif exercise.ask == "text":
                article.locator("textarea").fill(f"Bonjour, ce tableau est {answer.words[0]} à mon avis.")
            else:
                continue
            article.get_by_role("button", name="Vérifier").click()
            assert typeset(answer.feedback) in said(page, exercise)
            assert article.locator(".said").get_attribute("data-state") == ("right" if answer.right else "wrong")
        if exercise.answers[0].accepts or exercise.ask in ("choice", "text"):
            assert typeset(exercise.conclusion) in article.locator(".solution").inner_text()


def test_every_exercise_is_answered_with_the_keyboard(page, course):
    for exercise in course.exercises:
        page.locator(f"#{exercise.id} [name^=reponse]").first.focus()
        if exercise.ask == "number":
            page.keyboard.type(shown(exercise, exercise.right[0]))
            page.keyboard.press("Enter")
        elif exercise.ask == "choice":
            for _ in range(exercise.answers.index(exercise.right[0])):
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
        elif exercise.ask == "score":
            for _ in exercise.statements:
                page.keyboard.press("Space")
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        elif exercise.ask == "codes":
            for _ in exercise.segments:
                page.keyboard.press("Tab")
            page.keyboard.type("0" * len(exercise.segments))
            page.keyboard.press("Enter")
        else:
            page.keyboard.type("Bonjour, je relis votre tableau et je ne retrouve pas ce nombre.")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        state = page.locator(f"#{exercise.id} .said").get_attribute("data-state")
        assert state == ("right" if exercise.right else "read"), exercise.id
    assert page.locator("#avancement").inner_text() == f"{len(course.exercises)} sur {len(course.exercises)}"


def test_two_tries_or_a_request_open_the_solution(page, course):
    first, second = course.exercises[1:3]
    for _ in range(2):
        assert page.locator(f"#{first.id} .solution").is_hidden()
        page.locator(f"#{first.id} input").fill("1")
        page.locator(f"#{first.id}").get_by_role("button", name="Vérifier").click()
    assert page.locator(f"#{first.id} .solution").is_visible()
    page.locator(f"#{second.id}").get_by_role("button", name="Je donne ma langue au chat").click()
    assert page.locator(f"#{second.id} .solution").is_visible()


def test_the_work_outlives_the_page_and_is_dropped_with_other_content(page, course, folder):
    exercise = course.exercises[1]
    page.locator(f"#{exercise.id} input").fill(shown(exercise, exercise.right[0]))
    page.locator(f"#{exercise.id}").get_by_role("button", name="Vérifier").click()
    page.reload()
    assert page.locator(f"#{exercise.id} input").input_value() == shown(exercise, exercise.right[0])
    assert page.locator("#avancement").inner_text().startswith("1 sur")
    with page.expect_download() as found:
        page.get_by_role("button", name="Exporter mes réponses").click()
    text = found.value.path().read_text("utf-8")
    assert f"[{exercise.id}] 45 | juste | essais : 1 | reprise" in text.splitlines()
    kept = json.loads(page.evaluate("localStorage.getItem('relecture-exercices')"))
    page.evaluate(
        "(kept) => localStorage.setItem('relecture-exercices', kept)", json.dumps(kept | {"fingerprint": "autre"})
    )
    page.reload()
    assert "Le contenu a changé" in page.locator("#message").inner_text()
    assert page.locator("#avancement").inner_text().startswith("0 sur")


def test_start_again_asks_first(page, course):
    exercise = course.exercises[1]
    page.locator(f"#{exercise.id} input").fill("45")
    page.keyboard.press("Enter")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Recommencer").click()
    assert page.locator("#avancement").inner_text().startswith("1 sur")
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.get_by_role("button", name="Recommencer").click()
    assert page.locator("#avancement").inner_text().startswith("0 sur")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("file", ["exercices", *SHEETS])
def test_a_page_can_be_read_by_all(opened, folder, file, scheme):
    with opened(folder / f"{file}.html", color_scheme=scheme) as page:
        page.evaluate("for (const one of document.querySelectorAll('.solution')) one.hidden = false")
        for button in page.get_by_role("button", name="Vérifier").all():
            button.click()
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(OVERFLOW)
            assert (found["page"], found["astray"]) == (0, []), width
            assert axe(page) == [], width


def test_a_session_is_shown_alone_on_a_screen_and_with_the_others_on_paper(page, course):
    sessions = page.locator(".session")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("nav .narrow").get_by_role("link", name=typeset(course.sessions[1].title)).click()
    assert [one.is_visible() for one in sessions.all()] == [False, True, False, False]
    page.emulate_media(media="print")
    assert all(one.is_visible() for one in sessions.all())
    page.emulate_media(media="screen")
    sessions.nth(1).get_by_role("link", name="Toutes les séances").click()
    assert all(one.is_visible() for one in sessions.all())


def test_what_is_done_in_a_session_is_counted_under_it(page, course):
    session = page.locator(".session").first
    bar = "(section) => getComputedStyle(section, '::after').position"
    assert session.evaluate(bar) == "sticky"
    exercise = course.exercises[1]
    title = "(one) => getComputedStyle(one.querySelector('h3'), '::after').content"
    assert "✓" not in page.locator(f"#{exercise.id}").evaluate(title)
    page.locator(f"#{exercise.id} input").fill(shown(exercise, exercise.right[0]))
    page.keyboard.press("Enter")
    assert "✓" in page.locator(f"#{exercise.id}").evaluate(title)


def test_it_opens_in_under_a_second(opened, folder):
    with opened(folder / "exercices.html") as page:
        spent = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        assert spent < 1000, f"{spent:.0f} ms"


def test_a_session_of_the_intern_prints_on_two_sheets(browser, folder, course):
    page = browser.new_page()
    page.goto((folder / "fiche-interne.html").as_uri())
    for session in course.sessions:
        page.add_style_tag(
            content=f".sheet {{ display: none }} .sheet:has(#{session.id}) {{ display: block; break-before: auto }}"
        )
        sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
        assert sheets <= 2, session.id
        page.reload()
    page.close()
