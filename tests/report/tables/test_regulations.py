"""Practices beside their rules: what is written where both are known, bounded, or no longer asked."""

from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from relecture.report.tables import regulations

ONE = SimpleNamespace(says="fermer", document=SimpleNamespace(issuer="CNIL", since="2018-01"))
SAME = SimpleNamespace(says="fermer", document=SimpleNamespace(issuer="ANSSI", since="2012-06-05"))
OTHER = SimpleNamespace(says="<b>chiffrer</b>", document=SimpleNamespace(issuer="CNIL", since="2024-03-26"))
FRAME = pd.DataFrame(
    {
        "section": ["Locaux", "Locaux", "Mots"],
        "label": ["Porte fermée", "Clé WEP", "Renouvelés"],
        "goal": ["Porte fermée", "Sans clé WEP", "Renouvelés"],
        "count": [18, 3, 0],
        "n": [50, 50, 50],
        "share": [0.36, 0.06, 0],
        "low": [0.24, 0.02, 0],
        "high": [0.50, 0.16, 0.07],
        "then": [(ONE, SAME), (ONE, OTHER), (ONE,)],
        "then_least": [18, 0, 0],
        "then_most": [18, 47, 0],
        "now": [(OTHER,), (), (OTHER,)],
        "now_least": [15.0, float("nan"), float("nan")],
        "now_most": [20.0, float("nan"), float("nan")],
    }
)


@pytest.fixture
def rows():
    html = regulations.practices(FRAME, "Pratiques").html.replace("\u00a0", " ").replace("\u202f", " ")
    html = html.replace("\u2060", "")  # which keeps an interval on one line
    page = BeautifulSoup(html, "html.parser")
    lines = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")]
    return {line[0]: line[1:] for line in lines}


def test_a_practice_with_its_count_its_interval_and_both_rules(rows):
    assert rows["Porte fermée"] == [
        "18/50 : 36 % [24 – 50]", "fermer (CNIL, 2018, ANSSI, 2012)", "18",
        "<b>chiffrer</b> (CNIL, 2024)", "de 15 à 20",
    ]  # fmt: skip


def test_a_bound_says_so_and_no_rule_is_a_dash(rows):
    assert rows["Clé WEP"][2:] == ["au plus 47", "–", "–"]


def test_what_is_no_longer_asked_says_so(rows):
    assert rows["Renouvelés"][2:] == ["0", "<b>chiffrer</b> (CNIL, 2024)", "rien n’est plus demandé"]


def test_nothing_of_a_rule_is_markup():
    assert "<b>" not in regulations.practices(FRAME, "Pratiques").html


def test_bounds_are_drawn_without_an_interval():
    drawn = regulations.followed(FRAME)
    assert drawn["label"].tolist() == ["Porte fermée", "Sans clé WEP (au plus)", "Renouvelés"]
    assert drawn["count"].tolist() == [18, 47, 0]
    assert drawn["low"].isna().tolist() == drawn["high"].isna().tolist() == [False, True, False]


def test_sources_have_french_dates():
    about = {"section": "S", "practice": "P", "says": "fermer", "issuer": "CNIL", "reference": "n° 1"}
    frame = pd.DataFrame([about | {"since": "2018-06", "until": ""}])
    assert "juin 2018" in regulations.sources(frame, "Règles").html
