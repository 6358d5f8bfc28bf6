"""The exercises in Firefox, opened as a file and driven by WebDriver BiDi, which it speaks without another program."""

import json
import os
import re
import shutil
import subprocess

import pytest

from relecture.core.study import ROOT
from relecture.teaching import pages
from relecture.teaching.course import FILE, load

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
ANSWER = """(() => { const article = document.getElementById(%s), form = article.querySelector('form')
    const choices = form.querySelectorAll('[type=radio]')
    if (choices.length) choices[%s].click(); else form.elements.reponse.value = %s
    form.requestSubmit()
    return article.querySelector('.said').dataset.state })()"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    """Function (method, **parameters) -> the result of a command of the protocol."""
    from websockets.sync.client import connect

    profile = tmp_path_factory.mktemp("firefox")
    command = [FIREFOX, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    ports = (re.search(r"BiDi listening on ws://127\.0\.0\.1:(\d+)", line) for line in process.stderr)
    port = next(found[1] for found in ports if found)
    with connect(f"ws://127.0.0.1:{port}/session", max_size=None) as socket:

        def call(method, **parameters):
            call.sent += 1
            socket.send(json.dumps({"id": call.sent, "method": method, "params": parameters}))
            while (said := json.loads(socket.recv(60))).get("id") != call.sent:
                pass
            assert said["type"] == "success", said
            return said["result"]

        call.sent = 0
        call("session.new", capabilities={})
        yield call
    process.terminate()
    process.wait(30)


@pytest.mark.skipif(not FIREFOX and not os.environ.get("CI"), reason="Firefox is missing (apt-get install firefox-esr)")
def test_right_and_wrong_answers_are_judged_and_kept(firefox, tmp_path):
    course = load(ROOT / "data" / FILE)
    path = tmp_path / "exercices.html"
    path.write_text(pages.exercises_page(course), encoding="utf-8")
    context = firefox("browsingContext.getTree")["contexts"][0]["context"]

    def evaluate(expression):
        return firefox("script.evaluate", expression=expression, target={"context": context}, awaitPromise=False)

    def opened():
        firefox("browsingContext.navigate", context=context, url=path.as_uri(), wait="complete")

    opened()
    judged = [one for one in course.exercises if one.ask in ("number", "choice")]
    for one in judged:
        for answer in sorted(one.answers, key=lambda each: each.right):
            words = (
                json.dumps(one.id),
                one.answers.index(answer),
                json.dumps(answer.french[0] if answer.french else ""),
            )
            found = evaluate(ANSWER % words)
            assert found["result"]["value"] == ("right" if answer.right else "wrong"), (one.id, answer.feedback)
    opened()
    done = evaluate("document.getElementById('avancement').textContent")["result"]["value"]
    assert done == f"{len(judged)} sur {len(course.exercises)}"
