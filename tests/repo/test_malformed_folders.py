"""Folders and tables spoilt at random: an audit, or a refusal in French; never a traceback.

Folders are those of the examples of docs/relations-examples.yaml, several kinds together, spoilt in one to three ways
in the rows, in the relations as data, or in the bytes of the files; every fourth is a pasted table instead.
Oracle: the promise of docs/audit-your-own.md.
"""

import random
import re
from functools import cache

import pytest
import yaml

from relecture.cli import show_findings, show_table
from relecture.core.errors import InputError
from relecture.core.study import ROOT
from relecture.printed import audit
from relecture.printed.pasted import tables
from relecture.printed.relations import KINDS, parse

EXAMPLES = yaml.safe_load((ROOT / "docs/relations-examples.yaml").read_text(encoding="utf-8"))
COUNT, BATCHES = 2_000, 10
ODD = [
    None, True, False, 0, -1, 7, 2.5, 1e300, float("nan"), float("inf"), "", "x", "no", "1-5", "-0,22", "5.2", "*",
    "a.*", "*.*", "{g}", "{g.x}", "{", [], ["x"], [[]], {}, {"a": 1}, {"a": {"b": []}}, "é" * 300, 10**40, "< 0,001",
    "three", "1,050", "1 0.25", "٣", "\u200b", "0", "0,0", "1e-400", "2020-01-01", [1, [2, [3]]],
]  # fmt: skip
LINES = ["&a [*a]", "? x", "- {id: r", "<<: *z", "id: again", "\t- x", "%YAML 9", "each: {g: [a, no]}", "!!python/x y"]
BYTES = [b"\xff\xfe", b"\x00", b"\xe9", b'"', b"\r", b";", b"{{", b"\xef\xbb\xbf", b"*", b": ", b"- ", b"|"]
ENGLISH = re.compile(r"\b(unpack|invalid|object|argument|expected|Traceback|must|cannot|values to|literal for|is)\b")


TABLE = """Tableau 1. Caractéristiques;;;
;Formés (n = 21);Non formés (n = 60);p
Genre, n (%);;;0,28
  Homme;8 (38,1);31 (51,7);
  Femme;13 (61,9);29 (48,3);
Âge, moyenne (ET);41,1 (8,4);44,0 (10,2);0,24
Usage, OR [IC 95 %];1,36 [0,53–3,48];;0,52
Consultations, médiane [Q1-Q3];22 [18-25];24 [20-30];NS
"""


def table(rng, place):
    """Write a spoilt table, as text, as HTML, or as what claims to be a file of Office."""
    rows = [line.split(";") for line in TABLE.splitlines()]
    for _ in range(rng.randint(1, 6)):
        row, other = rng.choices(rows, k=2)
        if rng.random() < 0.1:
            rows.insert(rng.randrange(len(rows)), row[: rng.randint(0, 4)])
        elif row and other:
            row[rng.randrange(len(row))] = rng.choice([*map(str, ODD), *NUMBERS, *CELLS, rng.choice(other)])
    form = rng.choice(["csv", "csv", "html", "xlsx", "docx"])
    cells = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    text = f"<table>{cells}</table>" if form == "html" else "\n".join(map(";".join, rows))
    path = place / f"t.{form}"
    path.write_bytes(_spoilt_bytes(rng, text) if rng.random() < 0.3 else text.encode("utf-8"))
    return path


CELLS = [
    "(38,1)",
    "8 (38,1",
    "0 (0)",
    "41 ±",
    "n (%)",
    "n = 0",
    "3,48–0,53",
    "1,36 [",
    "p",
    "99 (250)",
    "-3 (1)",
    "< 5 (2,0)",
]


def folder(rng, place):
    """Write a spoilt folder."""
    names = rng.sample([name for name in EXAMPLES if name in KINDS], rng.randint(1, 4))
    rows, records = [], []
    for name in names:
        example = EXAMPLES[name]
        kinds = _kinds(name)
        rows += [
            [f"{name}.{address}", value, kinds.get(address, "mean"), "p. 1", ""]
            for address, value in example["printed"].items()
        ]
        record = {"id": name, "kind": name, "section": "S", "label": "L", **_prefixed(example["relation"], name)}
        records.append(record)
    about = {"title": "T", "conventions": {rng.choice(["level", "rounding", "decimal", "x"]): rng.choice(WORDS)}}
    for _ in range(rng.randint(1, 3)):
        rng.choice([_spoil_value, _spoil_value, _spoil_value, _spoil_row, _spoil_record])(rng, rows, records)
    if rng.random() < 0.1:
        _spoil(rng, about)
    texts = {"printed.csv": _csv(rows), "relations.yaml": _yaml(rng, records), "study.yaml": _yaml(rng, about)}
    for name, text in texts.items():
        if name != "study.yaml" or rng.random() < 0.2:
            (place / name).write_bytes(_spoilt_bytes(rng, text) if rng.random() < 0.15 else text.encode("utf-8"))
    return place


NUMBERS = ["0", "1", "0,00", "-1", "-0,5", "100", "101", "2,5", "1e-9", "< 0,001", "> 0,05", "ns", "999999", "0,5", "3"]
WORDS = ["95", 90, "nearest", "truncate", "point", "comma", True, None, [1]]


def _prefixed(value, name):
    if isinstance(value, dict):
        return {key: _prefixed(each, name) for key, each in value.items()}
    if isinstance(value, list):
        return [_prefixed(each, name) for each in value]
    used = isinstance(value, str) and ("*" in value or value in EXAMPLES[name]["printed"])
    return f"{name}.{value}" if used else value


@cache
def _kinds(name):
    """The kind of each print of an example: the first that may play its role."""
    example = EXAMPLES[name]
    record = {"id": "x", "kind": name, "section": "S", "label": "L", **example["relation"]}
    (relation,), _ = parse([record], tuple(example["printed"]))
    return {
        address: (role.kinds or ("word" if role.text else "mean")).split()[0] for _, role, address in relation.roles
    }


def _spoil_value(rng, rows, _):
    """A number that a paper could print, where another stood."""
    row, other = rng.choices([row for row in rows if len(row) == 5], k=2)
    row[1] = other[1] if row[2] == "word" else rng.choice([*NUMBERS, other[1]])


def _spoil_row(rng, rows, _):
    row, other = rng.choices([row for row in rows if len(row) == 5], k=2)
    row[rng.randrange(5)] = rng.choice([*map(str, ODD), *other[:2]])
    if rng.random() < 0.1:
        rows.append(row[: rng.randint(0, 4)])


def _spoil_record(rng, _, records):
    _spoil(rng, rng.choice(records))
    if rng.random() < 0.2:
        rng.choice(records)["each"] = {rng.choice(["g", "g.x", "", 3]): rng.choice([*ODD, ["a", "b"], {"a": "l"}])}


def _spoil(rng, node):
    """Change, drop, wrap, double or move one thing, at some depth."""
    if not node:
        return None
    key = rng.choice(list(node)) if isinstance(node, dict) else rng.randrange(len(node))
    if isinstance(node[key], dict | list) and node[key] and rng.random() < 0.6:
        return _spoil(rng, node[key])
    change = rng.choice(["odd", "odd", "drop", "wrap", "double", "long", "unwrap"])
    if change == "drop":
        del node[key]
    elif change == "unwrap" and isinstance(node[key], list) and node[key]:
        node[key] = node[key][0]
    else:
        value = node[key]
        node[key] = {"wrap": [value], "double": [value, value], "long": [value] * 40}.get(change, rng.choice(ODD))
    return None


def _csv(rows):
    cells = [",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows]
    return "\n".join(["address,value,kind,place,note", *cells, ""])


def _yaml(rng, document):
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10_000)
    lines = text.split("\n")
    if rng.random() < 0.15:
        at = rng.randrange(len(lines))
        lines.insert(at, rng.choice([*LINES, lines[at], lines[at].strip(), f"  {lines[at]}"]))
    if rng.random() < 0.05:
        lines = [line.replace("'", "") for line in lines]
    return "\n".join(lines)


def _spoilt_bytes(rng, text):
    raw = text.encode("utf-8")
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + rng.choice(BYTES) + raw[at + rng.randint(0, 3) :]


def outcome(place):
    """ "audit" or "refusal"; the words of a refusal are French."""
    try:
        about = tables.load(place)
        found = audit.audit(about, draws=False)
        assert show_findings.text(found) and show_findings.csv(found) and show_findings.json(found)
        assert not about.tables or show_table.text(about, found)
        return "audit"
    except InputError as error:
        assert error.faults and not [fault for fault in error.faults if ENGLISH.search(re.sub("«[^»]*»", "", fault))]
        return "refusal"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_is_spoilt_is_audited_or_refused_in_french(batch, tmp_path, tenth):
    outcomes, failures = [], []
    for seed in range(batch, tenth(COUNT), BATCHES):
        place = tmp_path / str(seed)
        place.mkdir()
        try:
            spoil = folder if seed % 4 else table
            outcomes.append(outcome(spoil(random.Random(seed), place)))
        except Exception as error:
            failures.append((seed, f"{type(error).__name__}: {error}"[:300]))
    assert failures == []
    assert len(set(outcomes)) == 2 or len(outcomes) < 15
