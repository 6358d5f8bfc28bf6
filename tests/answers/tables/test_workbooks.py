"""Sheets of workbooks give texts as people see them; the sheet is told, or chosen; far cells and errors are refused."""

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from relecture.answers.tables import workbooks
from relecture.answers.tables.table import UnreadableFile

ROWS = [["age", "ville"], [41, "Pau"], [33.5, "Sète"]]
SHEET = "xl/worksheets/sheet1.xml"
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="F">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
CELL = '<table:table-cell{} office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    f'manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
)


def known(cells):
    return sum(cell in ("age", "ville") for cell in cells)


def refusal(raw, **ways):
    with pytest.raises(UnreadableFile) as refused:
        workbooks.read_table(raw, **ways)
    return [str(fault) for fault in refused.value.faults]


def test_cells_are_written_as_people_see_them(rows, xlsx):
    line = [41, 41.0, 0.1 + 0.2, True, datetime(2023, 10, 5, 9, 31), date(2023, 10, 5), time(9, 31), "007", "a\r\nb"]
    table, faults = workbooks.read_table(xlsx({"F": [[*"abcdefghi"], line]}))
    assert rows(table)[1] == (
        "41", "41", "0.3", "true", "2023-10-05T09:31:00", "2023-10-05", "09:31:00", "007", "a\nb",
    )  # fmt: skip
    assert (table.kind, table.encoding, table.notes, faults) == ("xlsx", "", (), [])


def test_lines_are_those_of_the_sheet(xlsx):
    table, _ = workbooks.read_table(xlsx({"F": [[], ["Enquête"], [], *ROWS, [], [28, "Foix"]]}), known=known)
    assert (table.headers, list(table.lines), table.empty) == (("age", "ville"), [5, 6, 8], (7,))


@pytest.mark.parametrize("known", [known, None])
def test_a_hidden_first_sheet_is_not_read(rows, xlsx, known):
    raw = xlsx({"listes": [["age"], ["oui"]], "Réponses": ROWS}, hidden=["listes"])
    table, _ = workbooks.read_table(raw, known=known)
    assert (rows(table)[1], table.notes) == (("41", "Pau"), ("feuille lue : « Réponses »",))


def test_the_sheet_that_holds_the_questions_is_read(rows, xlsx):
    raw = xlsx({"Notice": [["Recueil", "2023"]], "Vide": [], "Réponses": ROWS, "codes": [["age", "Âge ?"]]})
    assert rows(workbooks.read_table(raw, known=known)[0])[1] == ("41", "Pau")


@pytest.mark.parametrize("sheet", ["Vague 2", "2"])
def test_between_two_sheets_of_answers_the_person_chooses(rows, xlsx, sheet):
    raw = xlsx({"Vague 1": ROWS, "Vague 2": [ROWS[0], [28, "Foix"]]})
    assert rows(workbooks.read_table(raw, sheet=sheet, known=known)[0])[1:] == [("28", "Foix")]
    assert refusal(raw, known=known) == [
        "fichier : des questions dans plusieurs feuilles ; en choisir une par --sheet (Vague 1, Vague 2)"
    ]
    assert refusal(raw, sheet="3") == ["fichier : « 3 » n'est pas une feuille de ce classeur (Vague 1, Vague 2)"]


def test_a_cell_in_error_is_no_empty_cell(xlsx, rewritten):
    raw = rewritten(
        xlsx({"F": ROWS}), SHEET, lambda xml: xml.replace(b'<c r="A2" t="n"><v>41', b'<c r="A2" t="e"><v>#N/A')
    )
    _, faults = workbooks.read_table(raw)
    assert list(map(str, faults)) == [
        "ligne 2, colonne « A » : « #N/A » : la cellule est en erreur ; la corriger, ou la vider"
    ]


@pytest.mark.parametrize(("filled", "refused"), [
    (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', True),
    (b'<row r="400000"><c r="CV400000"><v>1</v></c></row>', True),
    (b'<row r="3"><c r="XFD3"><v>1</v></c></row>', False),  # far, but the rectangle is small
    (b'<row r="1048576"><c r="XFD1048576" s="1"/></row>', False),  # a style alone
    (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', False),
])  # fmt: skip
def test_cells_too_far_apart_are_refused_before_they_fill_the_memory(xlsx, rewritten, filled, refused):
    raw = rewritten(xlsx({"F": ROWS[:1]}), SHEET, lambda xml: xml.replace(b"</sheetData>", filled + b"</sheetData>"))
    contents = refusal(raw) if refused else workbooks.read_table(raw)[0]
    assert (contents == [f"fichier : « F » : {workbooks._TOO_FAR}"]) == refused


def ods(zipped, *lines):
    return zipped({"mimetype": ODS_TYPE, "content.xml": ODS.format("".join(lines)), "META-INF/manifest.xml": MANIFEST})


def test_open_document(rows, zipped):
    line = "<table:table-row{}>{}</table:table-row>"
    head = line.format("", CELL.format("", "age") + CELL.format("", "ville"))
    row = line.format("", CELL.format(' table:number-columns-repeated="2"', "x"))
    rest = line.format(
        ' table:number-rows-repeated="1048574"', '<table:table-cell table:number-columns-repeated="16384"/>'
    )
    table, _ = workbooks.read_table(ods(zipped, head, row, rest))
    assert (rows(table), table.kind) == ([("age", "ville"), ("x", "x")], "ods")
    wide = line.format("", CELL.format(' table:number-columns-repeated="16384"', "x"))
    for far in (
        [head, rest, row],
        [head, wide],
        [head, line.format(' table:number-rows-repeated="99999"', CELL.format("", "x"))],
    ):
        assert refusal(ods(zipped, *far)) == [f"fichier : « F » : {workbooks._TOO_FAR}"]


LINE = "<table:table-row>{}</table:table-row>"
NOTE = "<table:table-cell><office:annotation><text:p>à relire</text:p></office:annotation></table:table-cell>"
ABSENT = (
    '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
    "<text:p>#N/A</text:p></table:table-cell>"
)


def answers_ods(zipped, *cells):
    head = LINE.format(CELL.format("", "age") + CELL.format("", "ville"))
    return ods(zipped, head, LINE.format("".join(cells) or CELL.format("", "x") * 2), LINE.format(NOTE + NOTE))


@pytest.mark.parametrize(("cells", "told"), [
    ([CELL.format("", "x"), NOTE], []),
    ([CELL.format(' table:number-columns-spanned="2"', "x"), "<table:covered-table-cell/>"],
     ["ligne 2, colonne « age » : cellules fusionnées ; les défusionner, et remplir chacune"]),
    ([CELL.format("", "x"), ABSENT],
     ["ligne 2, colonne « B » : la cellule est en erreur ; la corriger, ou la vider"]),
])  # fmt: skip
def test_open_document_tells_cells_merged_or_in_error(zipped, cells, told):
    _, faults = workbooks.read_table(answers_ods(zipped, *cells))
    assert list(map(str, faults)) == told


@pytest.mark.parametrize(("name", "other"), [
    ("office:value-type", "office:val1type"), ("office:value-type", "offi:value-type"), ('"string"', '"str1ng"'),
    ("table:number-columns-repeated", "table:number-columns-repeate"), ("<table:table-cell/>", "<table:table-cel/>"),
])  # fmt: skip
def test_open_document_with_a_name_of_no_meaning_is_refused(zipped, rewritten, name, other):
    """calamine would read an empty cell, or the cells after it one column too early."""
    repeated = CELL.format(' table:number-columns-repeated="1"', "x")
    raw = answers_ods(zipped, repeated, "<table:table-cell/>")
    assert workbooks.read_table(raw)[1] == []
    spoilt = rewritten(raw, "content.xml", lambda xml: xml.replace(name.encode(), other.encode(), 1))
    assert refusal(spoilt) == ["fichier : ce classeur est abîmé ou protégé par un mot de passe"]


@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_damaged_workbook_is_refused(xlsx, rewritten, name):
    assert refusal(rewritten(xlsx({"F": ROWS}), name, lambda xml: xml[: len(xml) // 2])) == [
        "fichier : ce classeur est abîmé ou protégé par un mot de passe"
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [("A1:B1", []), ("B4:B5", ["ligne 4, colonne « ville »"]), ("A4:B4", ["ligne 4, colonne « age »"])],
)
def test_cells_of_answers_merged_into_one_are_refused_and_not_a_title(cells, told):
    book = Workbook()
    for line in [["Enquête"], *ROWS, [28, "Foix"]]:
        book.active.append(line)
    book.active.insert_rows(2)
    book.active.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    _, faults = workbooks.read_table(file.getvalue(), known=known)
    assert [str(fault).partition(" : ")[0] for fault in faults] == told
    assert all("fusionnées" in fault.what for fault in faults)


def test_a_sheet_whose_xml_is_broken_is_refused(xlsx, rewritten):
    raw = rewritten(xlsx({"F": ROWS}), SHEET, lambda xml: xml.replace(b"</v></c>", b"</v></c<>", 1))
    assert refusal(raw) == ["fichier : ce classeur est abîmé ou protégé par un mot de passe"]
