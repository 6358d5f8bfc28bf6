"""LimeSurvey: exports of a survey imported from our tab-separated structure.

LimeSurvey/LimeSurvey application/helpers/admin/export/: Writer.php (`getHeadingText`: question, then ` [subquestion]`;
`getHeadingCode`; « code & question text »; leading `=` quoted by an apostrophe), CsvWriter.php (byte-order mark, every
cell quoted but NULL, an empty line at the end), ExcelWriter.php (XLSXWriter, where what looks like a number is one),
SurveyObj.php (`getFullAnswer`: a box is Yes, No, or N/A when NULL, that is never shown; `getShortAnswer`).
application/helpers/viewHelper.php (`getFieldCode`: `q[sq]`, or `q_sq` with ExpressionScript codes). Defaults:
application/views/admin/export/exportresults_view.php (CSV, full question text, full answers, Y to 1 and N to 2 when
ticked). VV: `vvexport` of application/controllers/admin/Export.php (two header lines, `{question_not_shown}`).
English headings: `createFieldMap` of application/helpers/common_helper.php; French ones as met in real exports.
"""

from __future__ import annotations

from relecture.answers.formats.registry import FORMATS

from .sheets import Sheet, number
from .truth import Export, kept

NAME = "LimeSurvey"
SERVICE = {
    "id": ("ID de la réponse", "Response ID"),
    "submitdate": ("Date de soumission", "Date submitted"),
    "lastpage": ("Dernière page", "Last page"),
    "startlanguage": ("Langue de départ", "Start language"),
    "seed": ("Tête de série", "Seed"),
    "startdate": ("Date de lancement", "Date started"),
    "datestamp": ("Date de la dernière action", "Date last action"),
}
PERSONS = {"token": "p7TqW2", "firstname": "Camille", "lastname": "Durand", "email": "c.durand@example.org"}
WORDS = {"fr": ("Oui", "Non", "N/A"), "en": ("Yes", "No", "N/A")}
SHORT = ("Y", "", None)


def sheet(truth, people, *, heading="full", marks=WORDS["fr"], language="fr", persons=False, timings=False, tidy=str):
    """The table. `heading`: full, code, codetext or emcode; `marks`: ticked, not ticked, never shown."""
    long, dialect = marks in WORDS.values(), FORMATS["limesurvey"].dialect(truth.instrument)
    columns = [(_service_heading(name, heading, language), cell) for name, cell in _service(language)]
    columns += [(name, lambda p, cell=cell: cell) for name, cell in PERSONS.items() if persons]
    for item in truth.instrument.items:
        if item.kind == "multiple":
            columns += [
                (_heading(heading, dialect.tick_header(item, one.id), item.label, one.label), _box(item, one, marks))
                for one in item.choices
            ]
        else:
            columns += [_plain(heading, dialect, item, column, long) for column in item.columns]
    columns += [(name, lambda p: f"{40.25 + p.rank}") for name in ("interviewtime", "groupTime12", "Q1Time") if timings]
    return Sheet(people, [(tidy(header), cell) for header, cell in columns])


def _service(language):
    return [
        ("id", lambda p: str(p.number)),
        ("submitdate", lambda p: None if p.left else str(p.ended)),
        ("lastpage", lambda p: "1" if p.left else "3"),
        ("startlanguage", lambda p: language),
        ("seed", lambda p: str(1_000_000 + p.rank * 77_003)),
        ("startdate", lambda p: str(p.began)),
        ("datestamp", lambda p: str(p.ended)),
    ]


def _service_heading(name, heading, language):
    """« Code & text » writes both, with the separator between."""
    words = SERVICE[name][language == "en"]
    return {"full": words, "codetext": f"{name}. {words}"}.get(heading, name)


def _heading(heading, code, question, part=""):
    text = f"{question} [{part}]" if part else question
    if heading == "emcode":
        return code.replace("[", "_").replace("]", "")
    return {"full": text, "codetext": f"{code}. {text}"}.get(heading, code)


def _box(item, choice, marks):
    yes, no, unshown = marks
    return lambda p: (yes if choice in p.ticked(item) else no) if p.asked(item) else unshown


def _plain(heading, dialect, item, column, long):
    part = column.label if item.kind == "matrix" else ""

    def cell(person):
        value = person.value(column)
        if not value:
            return "" if person.asked(item) and item.kind != "number" else None
        if item.choices:
            return person.label(column) if long else dialect.code(item, value)
        return f"'{value}" if value.startswith("=") else value

    return _heading(heading, dialect.header(column), item.label, part), cell


def _file(table, delimiter=","):
    """Every cell quoted, save NULL: nothing between two delimiters; an empty line at the end."""
    quoted = lambda cell: "" if cell is None else '"' + cell.replace('"', '""') + '"'  # noqa: E731
    lines = [delimiter.join(map(quoted, line)) for line in table.lines()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8-sig")


def _csv(truth, delimiter=",", **ways):
    people = truth.people()
    return Export(NAME, _file(sheet(truth, people, **ways), delimiter), ids=kept(people, lambda p: p.number))


def _colon(header):
    """« Code & text » with the separator ` : `, which is typed there."""
    return header.replace(". ", " : ", 1)


def _unfinished(truth, **ways):
    """« All responses »: two people left on the way, three opened the first page and no more."""
    people = truth.people(others=2, blank=3)
    table = sheet(truth, people, **ways)
    return Export(NAME, _file(table), left_out={"jamais_envoyee": 5}, ids=kept(people, lambda p: p.number))


def _participants(truth):
    people = truth.people()
    table = sheet(truth, people, heading="code", persons=True, timings=True)
    return Export(NAME, _file(table), ids=kept(people, lambda p: p.number), personal=("firstname", "lastname", "email"))


def _xlsx(truth, **ways):
    people = truth.people()
    table = sheet(truth, people, **ways)
    table.rows = [[_typed(cell) for cell in row] for row in table.rows]
    return Export(NAME, table.xlsx(truth.instrument.title), ids=kept(people, lambda p: p.number))


def _typed(cell):
    """XLSXWriter makes a number of a text that is one, whatever the question."""
    return number(cell) if cell and cell.replace(".", "", 1).isdigit() and cell[0] != "0" else cell


def _vv(truth):
    """Tabs; a line of texts, a line of codes; marks instead of NULL, of ends of line and of a quote at the start."""
    people = truth.people()
    table = sheet(truth, people, heading="emcode", marks=SHORT)
    texts = sheet(truth, [], heading="full").headers
    table.rows = [["{question_not_shown}" if cell is None else _sunscreen(cell) for cell in row] for row in table.rows]
    raw = table.csv("\t", end="\n", above=[[text.replace(" [", " - ").rstrip("]") for text in texts]])
    return Export(NAME, raw, ids=kept(people, lambda p: p.number))


def _sunscreen(cell):
    cell = cell.strip().replace("{", "{lbrace}").replace("\n", "{newline}").replace("\t", "{tab}")
    cell = cell[1:] if cell.startswith("'=") else cell  # only the other export masks equations
    return "{quote}" + cell[1:] if cell.startswith('"') else cell


FILES = {
    "csv, by default": _csv,
    "csv, by default, English": lambda t: _csv(t, language="en", marks=WORDS["en"]),
    "csv, codes, full answers": lambda t: _csv(t, heading="code"),
    "csv, codes, codes": lambda t: _csv(t, heading="code", marks=SHORT),
    "csv, codes, Y to 1 and N to 2": lambda t: _csv(t, heading="code", marks=("1", "2", None)),
    "csv, codes and texts": lambda t: _csv(t, heading="codetext", delimiter=";"),
    "csv, codes and texts, another separator": lambda t: _csv(t, heading="codetext", tidy=_colon),
    "csv, ExpressionScript codes": lambda t: _csv(t, heading="emcode", marks=SHORT),
    "csv, spaces to underscores": lambda t: _csv(t, tidy=lambda header: header.replace(" ", "_")),
    "csv, every response": _unfinished,
    "csv, every response, codes": lambda t: _unfinished(t, heading="code", marks=SHORT),
    "csv, participants and timings": _participants,
    "xlsx, by default": _xlsx,
    "xlsx, codes, codes": lambda t: _xlsx(t, heading="code", marks=SHORT),
    "vv": _vv,
}
