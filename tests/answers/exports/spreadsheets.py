"""Sphinx, and sheets that no tool signs: a table typed or saved by a person in Excel, LibreOffice or pandas.

Sphinx iQ: an export « modalités en clair » names its own variables CLE, DATE_SAISIE, DATE_ENREG, DATE_MODIF,
TEMPS_SAISIE, ORIGINE_SAISIE, LANG_SAISIE, APPAREIL_SAISIE, PROGRESSION, DERNIERE_QUESTION_SAISIE (as met in real
exports), `;` and Windows-1252 in French; the workbook of answers has a title on its first line, N°Obs first, and one
column a choice of a multiple question, `Question_1`, `Question_2`…, which holds the choice
(pwaillette/SphinxMassAnswerSender SETUP_EXCEL.md). `sep=;`: PowerShell/PowerShell#7776, mholt/PapaParse#951. French
Excel writes booleans VRAI and FAUX, « Texte Unicode » is UTF-16 with tabs; a sheet saved wider than its table ends
each line by `;;;`.
"""

from __future__ import annotations

from .forms import questions
from .sheets import Sheet, number
from .truth import Export, kept

SPHINX, EXCEL, OWN = "Sphinx", "Excel", "Relecture"
SPHINX_OWN = {
    "CLE": lambda p: str(p.number),
    "DATE_SAISIE": lambda p: f"{p.began:%d/%m/%Y %H:%M:%S}",
    "DATE_ENREG": lambda p: f"{p.ended:%d/%m/%Y %H:%M:%S}",
    "DATE_MODIF": lambda p: "",
    "TEMPS_SAISIE": lambda p: str(420 + p.rank),
    "ORIGINE_SAISIE": lambda p: "Internet",
    "LANG_SAISIE": lambda p: "FR",
    "APPAREIL_SAISIE": lambda p: "Ordinateur",
    "PROGRESSION": lambda p: "100",
    "DERNIERE_QUESTION_SAISIE": lambda p: "",
}


def boxes(truth, mark, *, header=lambda item, one: f"{item.label} : {one.label}", typed=False, codes=False):
    """Pairs (header, cell) with one column a choice; `mark`: (item, choice, person) -> cell of its box."""
    columns = []
    for item in truth.instrument.items:
        if item.kind == "multiple":
            columns += [(header(item, one), lambda p, item=item, one=one: mark(item, one, p)) for one in item.choices]
        else:
            columns += [_plain(item, column, typed and item.kind == "number", codes) for column in item.columns]
    return columns


def _plain(item, column, typed, codes):
    text = lambda p: p.value(column) if codes else p.label(column)  # noqa: E731
    header = column.name if codes else f"{item.label} : {column.label}" if item.rows else item.label
    return header, (lambda p: number(text(p))) if typed else text


def _ticks(yes, no):
    """Nothing at all where the question was left."""
    return lambda item, one, p: "" if not p.ticked(item) else yes if one in p.ticked(item) else no


def _coded(item, one):
    return f"{item.id}.{one.id}"


def _sphinx_csv(truth, **ways):
    people = truth.people()
    asked = questions(truth, " ; ".join, grid=lambda item, column: column.label)
    table = Sheet(people, [*SPHINX_OWN.items(), *asked])
    return Export(SPHINX, table.csv(";", "cp1252", **ways), ids=kept(people, lambda p: p.number))


def _sphinx_workbook(truth):
    rank = lambda item, one: f"{item.label}_{item.choices.index(one) + 1}"  # noqa: E731
    columns = boxes(truth, lambda item, one, p: one.label if one in p.ticked(item) else None, header=rank, typed=True)
    people = truth.people()
    table = Sheet(people, [("N°Obs", lambda p: p.rank), *columns])
    raw = table.xlsx("Données", above=[[truth.instrument.title]])
    return Export(SPHINX, raw, ids=kept(people, lambda p: p.rank))


def _own(truth, **ways):
    """Our own file, passed through a French Excel."""
    columns = boxes(truth, _ticks("1", "0"), header=_coded, codes=True)
    table = Sheet(truth.people(), [("repondant", lambda p: f"r{p.rank}"), *columns])
    return Export(OWN, table.csv(";", **ways), ids=[f"r{rank}" for rank in range(1, len(truth.frame) + 1)])


def _marked(truth, yes, no, save, tool=EXCEL, **ways):
    return Export(tool, save(Sheet(truth.people(), boxes(truth, _ticks(yes, no), **ways))))


def _titled(truth):
    """A title, an empty line, the table, and columns that once held something at the right."""
    table = Sheet(truth.people(), questions(truth, "; ".join, grid=lambda item, column: column.label))
    for line in (table.headers, *table.rows):
        line += ["", "", ""]
    width = [""] * (len(table.headers) - 1)
    return Export(EXCEL, table.csv(";", "cp1252", above=[["Enquête au cabinet", *width], ["", *width]]))


def _second_sheet(truth):
    """A first sheet that explains the survey; the answers stand in the second."""
    table = Sheet(truth.people(), boxes(truth, _ticks("x", None), typed=True))
    notice = ("Notice", [["Questionnaire", truth.instrument.title], ["Recueil", "automne 2023"]])
    return Export(EXCEL, table.xlsx("Réponses", first=notice), choices={"sheet": "Réponses"})


def _empty_lines(truth):
    """Lines numbered in advance for people who did not come; the number is a column that must be named."""
    table = Sheet(truth.people(blank=2), [("N° de fiche", lambda p: p.rank), *boxes(truth, _ticks("X", None))])
    return Export(EXCEL, table.xlsx("Feuil1"), left_out={"vide": 2}, choices={"ignore": ("N° de*",)})


FILES = {
    "Sphinx, csv": _sphinx_csv,
    "Sphinx, csv, sep=; first": lambda t: _sphinx_csv(t, before="sep=;\r\n"),
    "Sphinx, workbook of answers": _sphinx_workbook,
    "Relecture, sep=; first": lambda t: _own(t, before="sep=;\r\n"),
    "Relecture, last line of semicolons": lambda t: _own(t, after=";;;\r\n"),
    "Excel, xlsx, x in boxes": lambda t: _marked(t, "x", None, Sheet.xlsx, typed=True),
    "Excel, xlsx, booleans": lambda t: _marked(t, True, False, Sheet.xlsx, typed=True),
    "Excel, ods, check marks": lambda t: _marked(t, "✔", None, Sheet.ods, typed=True),
    "Excel, csv, VRAI and FAUX": lambda t: _marked(t, "VRAI", "FAUX", lambda sheet: sheet.csv(";", "cp1252")),
    "Relecture, 1.0 and 0.0": lambda t: _marked(t, "1.0", "0.0", Sheet.csv, OWN, header=_coded, codes=True),
    "Excel, Unicode text": lambda t: _marked(t, "Oui", "Non", lambda sheet: sheet.csv("\t", "utf-16")),
    "Excel, csv, title and trailing semicolons": _titled,
    "Excel, xlsx, second sheet": _second_sheet,
    "Excel, xlsx, lines of nobody": _empty_lines,
}
