"""Answer files spoiled by a seeded generator, and what a patient person reads in them: the oracle of `validation`.

Files are written from valid answers and spoiled: truncated, in the wrong encoding, with nul bytes, duplicated headers,
ragged rows, foreign cells… The oracle (`literal`) reads the bytes again with the csv module alone and looks at each
cell on its own, with no part of the room under test; skip logic is `conditions.holds`, one respondent at a time.
"""

import csv
import io
import re
from decimal import Decimal, InvalidOperation
from types import SimpleNamespace

import pytest
import yaml

from relecture import load_study
from relecture.answers.questionnaire import conditions, instrument

MINI = """\
id: mini
title: Mini
collection: papier
source: {thesis: Mini 2024, annex: annexe 1, lines: [1, 9]}
sections:
  - id: tout
    title: Tout
    items:
      - id: mss
        kind: single
        label: En avez-vous ?
        choices: {oui: Oui, non: "Non, jamais"}
        source: {item: "1", lines: [1, 1]}
      - id: outils
        kind: multiple
        label: Lesquels ?
        relevant: {equals: {mss: oui}}
        most: 2
        choices: {fax: Fax, tel: Téléphone, sms: SMS, rien: {label: Rien, exclusive: true}}
        source: {item: "2", lines: [2, 2]}
      - {id: age, kind: number, label: Âge, low: 18, high: 99, decimals: 1, source: {item: "3", lines: [3, 3]}}
      - {id: ville, kind: text, label: Ville, source: {item: "4", lines: [4, 4]}}
"""
HARMLESS = ("columns", "ends", "blank", "labels", "comma")
FATAL = ("header twice", "header gone", "stranger", "ragged", "row twice", "nul", "binary", "empty", "no rows")
OPEN = ("truncated", "flip", "cell", "swap", "encoding", "quote", "formula", "bytes", "huge", "slice", "turned")
CELLS = (
    """
    oui;non;Oui;OUII;non_pose;sans_reponse;sans_objet;41;41,5;41.50;-1;1e2;nan;inf;Infinity;0x29;٤١;100;17;1;0;2;-;'=1;
    =1+1;@SUM(A1);<script>;fax tel;fax tel sms;fax rien;fax fax;tel;rien;é;\x07; ;NULL;
    NA;None;true;vrai;1 000;4_1;+41;041
""".replace("\n    ", "")
    .strip("\n")
    .split(";")
)
CODECS = {"UTF-8": "utf-8-sig", "UTF-16": "utf-16", "Windows-1252": "cp1252"}
DELIMITERS = {"virgules": ",", "points-virgules": ";", "tabulations": "\t", "barres verticales": "|"}


def spoiled(rows, rng, ways):
    """A file of these rows, spoiled in these ways: first its cells, then its bytes."""
    rows, delimiter, end = [list(row) for row in rows], rng.choice(",;\t|"), "\n"
    codec = rng.choice(["utf-8", "utf-8-sig", "utf-16"])
    where = lambda: (rng.randrange(len(rows) > 1, len(rows)), rng.randrange(1, len(rows[0])))  # noqa: E731
    for way in sorted(ways, key=lambda way: {"turned": -2, "labels": -1, "ragged": 1}.get(way, 0)):
        row, column = where()
        match way:
            case "columns":
                order = rng.sample(range(len(rows[0])), len(rows[0]))
                rows = [[cells[place] for place in order] for cells in rows]
            case "ends":
                end = rng.choice(["\r\n", "\r", "mixed"])
            case "turned":  # what depends on the first question is no longer asked, or is now
                rows[row][1] = {"oui": "non", "non": "oui"}.get(rows[row][1], rows[row][1])
            case "labels":
                labels = {"oui": " OUI", "non": "non,  JAMAIS"}
                rows = [[one, labels.get(mss, mss), *cells] for one, mss, *cells in rows]
            case "comma":
                rows = [[c.replace(".", ",") if c.replace(".", "").isdigit() else c for c in cells] for cells in rows]
            case "blank":
                rows = [one for cells in rows for one in (cells, [""] * len(cells))]
            case "header twice":
                rows[0][column] = rows[0][column - 1]
            case "header gone":
                rows = [cells[:column] + cells[column + 1 :] for cells in rows]
            case "stranger":
                rows = [[*cells, "zz" if not rank else "1"] for rank, cells in enumerate(rows)]
            case "ragged":
                rows[row] = rng.choice([rows[row][:-1], [*rows[row], "x"]])
            case "row twice":
                rows.append(rows[row])
            case "cell":
                rows[row][column] = rng.choice(CELLS)
            case "formula":
                rows[row][column] = rng.choice("=+-@") + "cmd|' /C calc'!A0"
            case "huge":
                rows[row][column] = "9" * rng.choice([20, 5_000, 120_000, 140_000])
            case "swap":
                other = where()
                rows[row][column], rows[other[0]][other[1]] = rows[other[0]][other[1]], rows[row][column]
            case "no rows":
                rows = rows[:1]
    lines = []
    for cells in rows:
        file = io.StringIO()
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
        lines += [file.getvalue().removesuffix("\r\n"), rng.choice(["\n", "\r\n", "\r"]) if end == "mixed" else end]
    raw = "".join(lines).encode(codec)
    for way in ways:
        place = rng.randrange(len(raw) + 1)
        match way:
            case "truncated":
                raw = raw[:place]
            case "slice":
                raw = raw[:place] + raw[min(len(raw), place + rng.randrange(1, 9)) :]
            case "nul":
                raw = "".join(lines).encode()
                raw = raw[: place % len(raw)] + b"\0" + raw[place % len(raw) :]
            case "binary":
                start = rng.choice([b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n", b""])
                raw = start + rng.randbytes(rng.randrange(1, 300))
            case "empty":
                raw = rng.choice([b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"   ", b",,,\n", b"\r\n\r\n"])
            case "flip" if raw:
                changed = bytearray(raw)
                changed[place % len(raw)] = rng.randrange(256)
                raw = bytes(changed)
            case "bytes":
                raw = raw[:place] + rng.randbytes(rng.randrange(1, 5)) + raw[place:]
            case "quote":
                raw = raw[:place] + b'"' + raw[place:]
            case "encoding":
                raw = rng.choice([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]) + "".join(lines).encode(
                    rng.choice(["cp1252", "utf-16-le", "utf-16-be", "utf-32", "utf-8", "cp037"]), "replace"
                )
    return raw


def literal(one, raw, account):
    """Rows of a file as a patient person reads them: (respondent, column header -> cell)."""
    codec = CODECS[account.encoding]
    if account.encoding == "UTF-16" and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16-le" if raw[1] == 0 else "utf-16-be"
    lines = csv.reader(io.StringIO(raw.decode(codec), newline=""), delimiter=DELIMITERS[account.delimiter])
    header, *rows = [cells for cells in lines if any(cell.strip() for cell in cells)]
    header = [name.strip() for name in header]
    rows = [
        cells if any(cells[len(header) :]) else cells[: len(header)] for cells in rows
    ]  # delimiters that end a line
    assert len(set(header)) == len(header) and all(len(cells) == len(header) for cells in rows)
    return [dict(zip(header, cells, strict=True)) for cells in rows]


def allowed(column, text, cell):
    """Whether a coded cell may stand for the text of the file; no cell may stand for what is not allowed."""
    text, item = text.strip(" \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u202f"), column.item
    if cell in ("non_pose", "sans_reponse"):
        return text in ("", "non_pose", "sans_reponse") or (item.kind == "multiple" and tick(text) == "0")
    if item.kind == "number":
        try:
            value = Decimal(text.replace(",", "."))
            plain = all(one in "0123456789-,." for one in text)
        except InvalidOperation:
            return False
        low, high = (bound if bound is not None else value for bound in (item.low, item.high))
        return plain and low <= value <= high and value == Decimal(cell) and round(value, item.decimals) == value
    if item.kind == "text":
        return cell.strip() in (text, text.replace("\r\n", "\n"), text.replace("\r", "\n"), text[1:])
    if item.kind == "multiple":
        return cell in item.columns[0].codes and (tick(text) == cell or (cell == "0" and text == ""))
    labels = {choice.id: " ".join(choice.label.lower().replace("'", "’").split()) for choice in item.choices}
    return cell in column.codes and (text == cell or " ".join(text.lower().replace("'", "’").split()) == labels[cell])


def tick(text):
    return {"1": "1", "0": "0", "oui": "1", "non": "0", "vrai": "1", "true": "1"}.get(text.lower())


def sound(one, answers):
    """One respondent's coded row, item by item: skip logic, exclusive choices, number of ticks."""
    for item in one.items:
        cells = [answers[column.name] for column in item.columns]
        asked = conditions.holds(item.relevant, answers)
        assert all((cell == "non_pose") != asked for cell in cells), (item.id, cells)
        if item.kind == "multiple" and asked and "1" in cells:
            ticked = [choice for choice, cell in zip(item.offered, cells, strict=True) if cell == "1"]
            assert set(cells) <= {"0", "1"}
            assert len(ticked) == 1 or not any(choice.exclusive for choice in ticked)
            assert (item.least or 0) <= len(ticked) <= (item.most or len(cells))
        elif item.kind == "multiple" and asked:
            assert len(set(cells)) == 1 and cells[0] != "0"


def as_named(one, headers):
    """The columns of the questionnaire that headers stand for, their case and their separators loose."""
    loose = lambda text: re.sub("[^a-z0-9]+", "_", text.casefold()).strip("_")  # noqa: E731
    known = ["repondant", *one.columns]
    others = [name for name in known if name not in headers]
    spelled = {header: [name for name in others if loose(name) == loose(header)] for header in headers}
    return [header if header in known else spelled[header][0] for header in headers]


def nothing(one, row):
    """Whether a row holds no answer: blanks, and boxes left."""
    cells = {name: text.strip() for name, text in row.items() if name != "repondant"}
    boxes = {name for name, column in one.columns.items() if column.item.kind == "multiple"}
    return not any(text and not (name in boxes and tick(text) == "0") for name, text in cells.items())


def agrees(one, raw, answers):
    written = literal(one, raw, answers.summary)
    written = [dict(zip(as_named(one, list(row)), row.values(), strict=True)) for row in written]
    rows = list({tuple(row.items()): row for row in written if not nothing(one, row)}.values())
    assert len(written) == answers.summary.rows == len(rows) + sum(answers.summary.left_out.values())
    assert len(rows) == len(answers.frame) and set(map(str, answers.frame.dtypes)) == {"str"}
    assert list(answers.frame.columns) == list(one.columns)
    for written, (label, coded) in zip(rows, answers.frame.to_dict("index").items(), strict=True):
        assert label in (written["repondant"].strip(), written["repondant"].strip()[1:])
        assert set(written) - {"repondant"} == set(one.columns)
        for name, cell in coded.items():
            assert allowed(one.columns[name], written[name], cell), (name, written[name], cell)
        sound(one, coded)


def rows_of(frame):
    rows = ([label, *cells] for label, cells in zip(frame.index, frame.to_numpy(), strict=True))
    return [["repondant", *frame.columns], *rows]


@pytest.fixture(scope="session")
def spoiling():
    """The generator, its ways of spoiling a file, and the oracle."""
    return SimpleNamespace(
        spoiled=spoiled, rows_of=rows_of, agrees=agrees, harmless=HARMLESS, fatal=FATAL, doubtful=OPEN
    )


@pytest.fixture(scope="module")
def sources(toy, random_answers):
    """Name of a questionnaire -> the questionnaire, and thirty frames of valid answers to it."""
    mini, guefif = instrument.build(yaml.safe_load(MINI)), instrument.load(load_study("guefif"))
    return {
        name: (one, [random_answers(one, 1 + seed % 3, seed) for seed in range(30)])
        for name, one in (("mini", mini), ("toy", toy), ("guefif", guefif))
    }
