"""Google Forms and Microsoft Forms: a questionnaire typed again by hand, known by its wording alone.

Google, « View & manage form responses » (support.google.com/docs/answer/139706): the CSV of the form comes in a zip,
choices joined by `;`; the linked sheet joins them by `, `. The first column is Timestamp or Horodateur, the next the
e-mail address where it is collected; a grid is `Question [row]` (developers.google.com, Forms Service, « GridItem »).
Microsoft, « Check and share your form results » (support.microsoft.com): a workbook with ID, Start time, Completion
time, Email, Name, in the language of whoever exports; choices end with `;` each; a Likert statement is a column of
its own; the table of Excel numbers headers that repeat; a quiz adds points and feedback after each question. French
headings (Heure de début, Adresse de messagerie…; the quiz's own stay in English) as met in real exports.
"""

from __future__ import annotations

from itertools import count

from .sheets import Sheet, archive, number, numbered
from .truth import Export, kept

GOOGLE, MICROSOFT = "Google Forms", "Microsoft Forms"
STAMPS = {"fr": "Horodateur", "en": "Timestamp"}
ADDRESSES = {"fr": "Adresse e-mail", "en": "Email Address"}
ANSWERED = {
    "fr": ("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Heure de la dernière modification"),
    "en": ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
}
QUIZ = ("Total points", "Quiz feedback")


def questions(truth, join, *, grid, typed=False, title=lambda header: header):
    """Pairs (header, cell) of the questions: titles as typed, choices in words. `grid`: header of a row of a matrix."""
    columns = []
    for item in truth.instrument.items:
        if item.kind == "multiple":
            columns.append((title(item.label), lambda p, item=item: join([one.label for one in p.ticked(item)])))
        else:
            columns += [
                (title(grid(item, one) if item.rows else item.label), _plain(one, typed and item.kind == "number"))
                for one in item.columns
            ]
    return columns


def _plain(column, typed):
    return lambda p: number(p.label(column)) if typed else p.label(column)


def google(truth, people, join=", ", *, language="fr", stamp=lambda p: p.ended, email=False, **ways):
    columns = [(STAMPS[language], stamp)]
    columns += [(ADDRESSES[language], lambda p: f"dr{p.rank}@example.org")] if email else []
    rows = lambda item, column: f"{item.label} [{column.label}]"  # noqa: E731
    return Sheet(people, columns + questions(truth, join.join, grid=rows, **ways))


def _downloaded(truth, **ways):
    """« Télécharger les réponses (.csv) »: a zip, dates as Google writes them everywhere, every cell quoted."""
    table = google(truth, truth.people(), ";", stamp=lambda p: f"{p.ended:%Y/%m/%d %I:%M:%S %p} UTC+2", **ways)
    title = truth.instrument.title
    return Export(GOOGLE, archive({f"{title}.csv": table.csv(quoted=True, end="\n")}))


def _day(person):
    return f"{person.ended:%d/%m/%Y %H:%M:%S}"


def _linked(truth, **ways):
    return Export(GOOGLE, google(truth, truth.people(), stamp=_day, **ways).csv())


def _addresses(truth, language):
    table = google(truth, truth.people(), stamp=_day, language=language, email=True)
    return Export(GOOGLE, table.csv(), personal=(ADDRESSES[language],))


def _nothing_answered(truth):
    """No question is required: three people sent the form as they found it."""
    return Export(GOOGLE, google(truth, truth.people(blank=3), stamp=_day).csv(), left_out={"vide": 3})


def _typed_by_hand(truth):
    """Titles with a number before, a narrow space before the question mark, a star for what is required."""
    ranks = count(1)
    return _linked(truth, title=lambda header: f"{next(ranks)}) {header} *".replace(" ?", "\u202f?"))


def microsoft(truth, people, language="fr", *, quiz=False, **ways):
    """Duplicates are numbered over the whole sheet; people answer without an account."""
    cells = (
        lambda p: p.number,
        lambda p: p.began,
        lambda p: p.ended,
        lambda p: "anonymous",
        lambda p: "",
        lambda p: None,
    )
    columns = list(zip(ANSWERED[language], cells, strict=True))
    columns += [(name, lambda p: None) for name in QUIZ if quiz]
    joined = lambda words: "".join(f"{word};" for word in words)  # noqa: E731
    for header, cell in questions(truth, joined, grid=lambda item, column: column.label, typed=True, **ways):
        columns += [
            (header, cell),
            *((f"{word} - {header}", lambda p: None) for word in ("Points", "Feedback") if quiz),
        ]
    return Sheet(people, list(zip(numbered(header for header, _ in columns), (c for _, c in columns), strict=True)))


def _workbook(truth, language="fr", **ways):
    people = truth.people()
    raw = microsoft(truth, people, language, **ways).xlsx("Sheet1")
    ids = kept(people, lambda p: p.number)
    return Export(MICROSOFT, raw, ids=ids, personal=ANSWERED[language][3:5])


def _saved_as_csv(truth):
    """The workbook opened in a French Excel and saved as « CSV (séparateur : point-virgule) »."""
    people = truth.people()
    table = microsoft(truth, people)
    stamped = [[f"{cell:%d/%m/%Y %H:%M:%S}" if hasattr(cell, "hour") else cell for cell in row] for row in table.rows]
    table.rows = [[str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row] for row in stamped]
    return Export(MICROSOFT, table.csv(";", "cp1252"), ids=kept(people, lambda p: p.number))


def _nobody(truth):
    table = microsoft(truth, truth.people(blank=2), "en")
    return Export(MICROSOFT, table.xlsx("Form1"), left_out={"vide": 2})


FILES = {
    "Google, zip of the form": _downloaded,
    "Google, zip of the form, English": lambda t: _downloaded(t, language="en"),
    "Google, csv of the sheet": _linked,
    "Google, csv of the sheet, English": lambda t: _linked(t, language="en"),
    "Google, csv with addresses": lambda t: _addresses(t, "fr"),
    "Google, csv with addresses, English": lambda t: _addresses(t, "en"),
    "Google, xlsx of the sheet": lambda t: Export(
        GOOGLE, google(t, t.people(), typed=True).xlsx("Réponses au formulaire 1")
    ),
    "Google, ods of the sheet": lambda t: Export(GOOGLE, google(t, t.people(), typed=True).ods("Réponses")),
    "Google, csv with typed numbers and stars": _typed_by_hand,
    "Google, csv, nothing answered": _nothing_answered,
    "Microsoft, xlsx": _workbook,
    "Microsoft, xlsx, English": lambda t: _workbook(t, "en", title=lambda header: f"{header}\u00a0"),
    "Microsoft, xlsx, quiz": lambda t: _workbook(t, quiz=True),
    "Microsoft, csv of Excel": _saved_as_csv,
    "Microsoft, xlsx, nothing answered": _nobody,
}
