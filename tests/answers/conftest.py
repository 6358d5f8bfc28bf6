"""A small instrument with every feature of the format: `toy`; its YAML is `toy_text`, read anew as `document`.

What tools find hard, and the toy has not, is in another: `hard`.
"""

import random
from datetime import datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest
import yaml

from relecture.answers.questionnaire import conditions, instrument
from relecture.answers.questionnaire.missing import CODES, RESPONDENT

TOY = """\
id: jouet
title: Un jouet
collection: entretien
source: {thesis: Jouet 2024, annex: annexe 1, lines: [10, 60]}
sections:
  - id: usage
    title: Vos usages
    intro: Merci de répondre pour votre cabinet.
    items:
      - id: mss
        kind: single
        label: Avez-vous une messagerie sécurisée ?
        choices: {oui: Oui, non: Non, ne_sait_pas: Je ne sais pas}
        source: {item: "1", lines: [12, 13]}
      - id: lesquelles
        kind: multiple
        label: Lesquelles ?
        relevant: {equals: {mss: oui}}
        least: 1
        most: 2
        choices:
          mailiz: Mailiz
          apicrypt: {label: Apicrypt, counted_as: payante}
          lifen: {label: Lifen, counted_as: payante}
          autre: {label: Autre, added: true}
          aucune: {label: "Aucune, en fait", exclusive: true}
        source: {item: "2", lines: [14, 18], note: La condition n'est pas écrite sur le formulaire.}
      - id: lesquelles_autre
        kind: text
        label: Précisez
        relevant: {selected: {lesquelles: autre}}
        source: {item: "2", lines: [18, 18]}
      - id: avis
        kind: matrix
        label: Êtes-vous d'accord ?
        relevant: {not: {equals: {mss: non}}}
        rows: {simple: Elle est simple., sure: Elle est sûre., lente: Elle est lente.}
        choices: {oui: D'accord, bof: Plus ou moins, non: Pas d'accord, sans_objet: Sans objet}
        source: {item: "3", lines: [20, 24]}
      - id: raison
        kind: text
        label: Pourquoi pas plus simple ?
        relevant:
          all:
            - {in: {avis.simple: [bof, non]}}
            - any: [{selected: {lesquelles: mailiz}}, {equals: {mss: ne_sait_pas}}]
        probes: ["Un exemple ?", "Et au cabinet ?"]
        never_asked: true
        source: {item: "4", lines: [25, 25]}
  - id: vous
    title: Vous
    items:
      - id: alarme
        kind: single
        label: Y a-t-il une alarme ?
        mode: observed
        choices: {oui: Oui, non: Non}
        source: {item: "5", lines: [30, 30]}
      - id: age
        kind: number
        label: Votre âge ?
        hint: En années révolues
        low: 24
        high: 75
        unit: ans
        source: {item: "6", lines: [31, 31]}
      - id: duree
        kind: number
        label: Depuis combien d'années ?
        low: 0
        decimals: 1
        unit: ans
        source: {item: "7", lines: [32, 32]}
      - id: ville
        kind: text
        label: Votre commune ?
        identifying: true
        source: {item: "8", lines: [33, 33]}
scores:
  - id: note_avis
    label: Score d'avis
    matrix: avis
    points: {oui: 3, bof: 2, non: 1}
    reversed: [lente]
    median_for: [sans_objet]
    direction: Plus le score est haut, meilleur est l'avis.
derived:
  - id: groupe
    label: Groupe
    values:
      equipes: {label: équipés, when: {equals: {mss: oui}}}
      autres: {label: non équipés, when: {in: {mss: [non, ne_sait_pas]}}}
"""


@pytest.fixture(scope="session")
def toy_text():
    return TOY


@pytest.fixture
def document():
    """The toy's document, to be spoiled at will."""
    return yaml.safe_load(TOY)


@pytest.fixture(scope="session")
def toy():
    return instrument.build(yaml.safe_load(TOY))


HARD = """
id: ardu
title: Ce que les outils supportent mal
collection: en ligne
source: {thesis: Ardu 2024, annex: annexe 1, lines: [1, 9]}
sections:
  - id: tout
    title: Tout
    items:
      - {id: jour, kind: date, label: "Quel jour ?", source: {item: "1", lines: [1, 1]}}
      - {id: heure, kind: time, label: "À quelle heure ?", source: {item: "2", lines: [2, 2]}}
      - {id: taux, kind: number, label: "Quel taux ?", decimals: 7, low: 0.5, source: {item: "3", lines: [3, 3]}}
      - {id: avis_net, kind: text, label: "Un avis net ?", source: {item: "4", lines: [4, 4]}}
      - id: avis
        kind: matrix
        label: "Votre avis ?"
        choices: {"1": Bon, "2": Mauvais}
        rows: {net: Le net, papier: Le papier}
        source: {item: "5", lines: [5, 5]}
      - id: class
        kind: multiple
        label: "Quelles classes ?"
        least: 2
        most: 3
        choices: {a: A, b: B, c: C, d: D, rien: {label: Rien du tout, exclusive: true}}
        source: {item: "6", lines: [6, 6]}
      - id: ardu_complete
        kind: single
        label: "Est-ce fini ?"
        relevant: {all: [{not: {equals: {avis.net: "2"}}}, {selected: {class: a}}]}
        choices: {oui: Oui, non: Non}
        source: {item: "7", lines: [7, 7]}
      - {id: redcap_event_name, kind: text, label: "Quoi ?", source: {item: "8", lines: [8, 8]}}
"""


@pytest.fixture(scope="session")
def hard():
    """Days, times, many decimals, numbers as codes; names that REDCap reserves or would give twice."""
    return instrument.build(yaml.safe_load(HARD))


TEXTS = ("Pau", "=1+1", "-5 ; ou pas", 'il dit "non"', "deux\nlignes", " avec des blancs ", "l'été, à Sète", "oui", "1")


@pytest.fixture(scope="session")
def random_answers():
    """`random_answers(instrument, n, seed)`: a valid coded frame, respondent by respondent, straight from the form.

    With `mandatory`, who is asked for at least one tick gives it.
    """

    def drawn(one, n, seed, mandatory=False):
        rng = random.Random(seed)
        rows = [_respondent(one, rng, mandatory) for _ in range(n)]
        index = pd.Index([f"r{rank}" for rank in range(1, n + 1)], dtype="str", name=RESPONDENT)
        return pd.DataFrame(rows, columns=list(one.columns), index=index, dtype="str")

    return drawn


def _respondent(one, rng, mandatory):
    answers = {}
    for item in one.items:
        asked = conditions.holds(item.relevant, answers)
        told = rng.random() < 0.9 or (mandatory and item.least)
        answers |= (
            _item(item, rng)
            if asked and told
            else dict.fromkeys((column.name for column in item.columns), "sans_reponse" if asked else "non_pose")
        )
    return answers


def _item(item, rng):
    if item.kind == "text":
        return {item.id: rng.choice(TEXTS)}
    if item.kind in ("date", "time"):
        moment = datetime(2024, 1, 1) + timedelta(minutes=rng.randrange(366 * 24 * 60))
        return {item.id: moment.strftime("%Y-%m-%d" if item.kind == "date" else "%H:%M")}
    if item.kind == "number":
        low, high = item.low if item.low is not None else -5, item.high if item.high is not None else 50
        drawn = Decimal(rng.randint(int(low * 10**item.decimals), int(high * 10**item.decimals)))
        text = f"{drawn.scaleb(-item.decimals):f}"
        return {item.id: text.rstrip("0").rstrip(".") if "." in text else text}
    if item.kind != "multiple":
        return {column.name: rng.choice(column.codes) for column in item.columns}
    alone = [choice.id for choice in item.choices if choice.exclusive or choice.missing]
    others = [choice.id for choice in item.choices if choice.id not in alone]
    count = rng.randint(item.least or 1, min(item.most or len(others), len(others)))
    single = alone and rng.random() < 0.2
    ticked = [rng.choice(alone)] if single else rng.sample(others, count)
    if ticked[0] in {choice.id for choice in item.choices if choice.missing}:
        return {column.name: ticked[0] for column in item.columns}
    return {f"{item.id}.{choice.id}": str(int(choice.id in ticked)) for choice in item.offered}


LISTS = ("xlsform", "surveyjs")  # formats that write a multiple item as one column of lists


@pytest.fixture(scope="session")
def as_exported():
    """`as_exported(format, instrument, frame)`: text cells as the tool writes them, a row a respondent, label first."""
    return _as_exported


def _as_exported(form, instrument, frame):
    dialect = form.dialect(instrument)
    parts = {dialect.respondent: frame.index.to_series().astype(str)}
    for item in dialect.instrument.items:
        if item.kind != "multiple":
            parts |= {dialect.header(column): _column_cells(dialect, column, frame) for column in item.columns}
        elif form.name in LISTS:
            parts[dialect.list_header(item)] = _list(dialect, item, frame)
        else:
            parts |= _split(dialect, item, frame)
    return pd.DataFrame(parts, index=frame.index)


def _column_cells(dialect, column, frame):
    """The cells of one column; missing codes are empty, unless the form offers them."""
    offered = {choice.id: dialect.code(column.item, choice.id) for choice in column.item.choices}
    empty = dict.fromkeys(CODES, "")
    return frame[column.name].replace(empty | offered)


def _split(dialect, item, frame):
    """One column a choice; all empty when there is no answer."""
    yes, no = dialect.tick_cells
    ticks = {choice.id: _chosen(item, choice.id, frame) for choice in item.choices}
    answered = sum(ticks.values()) > 0
    return {
        dialect.tick_header(item, code): ticked.map({True: yes, False: no}).where(answered, "")
        for code, ticked in ticks.items()
    }


def _list(dialect, item, frame):
    """The codes chosen, between separators."""
    ticks = {dialect.code(item, choice.id): _chosen(item, choice.id, frame) for choice in item.choices}
    rows = zip(*ticks.values(), strict=True)
    lists = [dialect.separator.join(code for code, on in zip(ticks, row, strict=True) if on) for row in rows]
    return frame.index.to_series().map(dict(zip(frame.index, lists, strict=True)))


def _chosen(item, code, frame):
    """Whether each respondent chose this; a missing choice stands in every column of its item."""
    if code in CODES:
        return frame[item.columns[0].name].eq(code)
    return frame[f"{item.id}.{code}"].eq("1")


FULL = {  # equipped, two systems, one of them « autre »; everything is asked
    "mss": "oui", "lesquelles.mailiz": "1", "lesquelles.apicrypt": "0", "lesquelles.lifen": "0",
    "lesquelles.autre": "1", "lesquelles.aucune": "0", "lesquelles_autre": "Zimbra", "avis.simple": "bof",
    "avis.sure": "oui", "avis.lente": "sans_objet", "raison": "Trop de clics", "alarme": "non", "age": "41",
    "duree": "12.5", "ville": "Lille",
}  # fmt: skip


@pytest.fixture(scope="session")
def people():
    """Answers to the toy, one row a respondent: each answers all of FULL, but for the changes given."""
    return lambda *changes: pd.DataFrame(
        [FULL | change for change in changes], dtype="str", index=[f"r{n}" for n in range(len(changes))]
    )
