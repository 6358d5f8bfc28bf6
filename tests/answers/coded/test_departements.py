"""Oracles: the postcodes of La Poste (Corsica since 1976, overseas on three figures); the 101 départements of INSEE."""

import re

import pandas as pd
import pytest

from relecture import load_study
from relecture.answers.coded import departements
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.missing import Missing
from relecture.core.errors import InputError

OVERSEAS = {"971", "972", "973", "974", "976"}  # départements; the others of three figures are collectivities


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("62000", "62"),
        ("Arras (62000)", "62"),
        ("59 000 Lille", "59"),
        ("59000 Lille et 59100 Roubaix", "59"),
        ("01000 Bourg-en-Bresse", "01"),
        ("1000", "01"),  # a spreadsheet took the 0 for a number's
        ("1000.0", "01"),
        ("59000.0", "59"),
        ("20000 Ajaccio", "2A"),
        ("20190", "2A"),
        ("20200 Bastia", "2B"),
        ("20620", "2B"),
        ("97133", "971"),
        ("97400 Saint-Denis", "974"),
        ("98713", "987"),
        ("98000", ""),  # Monaco
        ("00123", ""),  # the armies
        ("96000", ""),
        ("99999", ""),
        ("59000 et 62000", ""),  # two places of practice
        ("Arras", ""),
        ("", ""),
        ("620", ""),
        ("620000", ""),
        ("0612345678", ""),
    ],
)
def test_the_departement_of_a_postcode(text, code):
    assert departements.of_text(text) == code


def test_every_departement_has_a_name_and_those_of_metropolitan_france_an_outline():
    known = departements.known()
    metropolitan = {code for code, place in known.items() if "outline" in place}
    numbered = {f"{rank:02}" for rank in range(1, 96)} - {"20"} | {"2A", "2B"}
    assert metropolitan == numbered and known.keys() - metropolitan >= OVERSEAS
    assert (known["2A"]["name"], known["75"]["name"], known["974"]["name"]) == ("Corse-du-Sud", "Paris", "La Réunion")


def test_the_outline_stays_on_its_sheet_and_light():
    sheet = departements.outline()
    rings = " ".join(ring for place in sheet["departements"].values() for ring in place.get("outline", []))
    points = pd.DataFrame([point.split(",") for point in rings.split()], columns=["x", "y"]).astype(float)
    assert points["x"].between(0, sheet["width"]).all() and points["y"].between(0, sheet["height"]).all()
    assert departements.FILE.stat().st_size < 150_000
    assert {"LICENCE.txt", "README.md"} <= {path.name for path in departements.FILE.parent.iterdir()}


def test_respondents_have_a_departement_or_the_reason_why_not():
    form = instrument.load(load_study("guefif"))
    coded = pd.DataFrame(
        {"lieu": ["Lille, 59000", "sans_reponse", "non_pose", None, "rue du Bac"]}, index=list("abcde")
    )
    places = departements.places(form, coded)
    unsaid = str(Missing.NO_ANSWER)
    assert places[departements.COLUMN].tolist() == ["59", unsaid, "non_pose", unsaid, unsaid]
    assert places.index.tolist() == list("abcde")
    assert not places.map(lambda cell: bool(re.search(r"\d{3}", cell))).any(axis=None)  # no postcode goes further


def test_a_questionnaire_without_postcode_has_no_map():
    with pytest.raises(KeyError, match="postcode"):
        departements.places(instrument.load(load_study("ajoodha")), pd.DataFrame())


@pytest.mark.parametrize("item", [{"kind": "text"}, {"kind": "number", "identifying": True}, {"identifying": False}])
def test_the_item_of_the_postcode_is_an_identifying_text(item):
    asked = {"id": "lieu", "kind": "text", "label": "Où ?", "source": {"item": "1", "lines": [1, 2]}, "postcode": True}
    sections = [{"id": "vous", "title": "Vous", "items": [asked | item]}]
    source = {"thesis": "Jouet 2024", "annex": "annexe 1", "lines": [1, 9]}
    with pytest.raises(InputError, match=r"identifying|kind"):
        instrument.build(
            {"id": "jouet", "title": "Un jouet", "collection": "en ligne", "source": source, "sections": sections}
        )
