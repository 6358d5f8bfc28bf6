"""Workbooks and archives written by a few lines of Python, and tables read back as rows."""

import io
import zipfile

import pytest
from openpyxl import Workbook


def _xlsx(sheets, hidden=()):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _zipped(files):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def _rewritten(raw, name, change):
    """An archive with one of its files changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return _zipped({one: (change if one == name else bytes)(archive.read(one)) for one in archive.namelist()})


def _rows(table):
    texts = [[column.texts[rank] for rank in column.ranks] for column in table.columns]
    return [table.headers, *zip(*texts, strict=True)]


@pytest.fixture(scope="session")
def xlsx():
    """Function (sheet -> rows, hidden sheets) -> bytes of a workbook."""
    return _xlsx


@pytest.fixture(scope="session")
def zipped():
    """Function (name -> content) -> bytes of an archive."""
    return _zipped


@pytest.fixture(scope="session")
def rewritten():
    """Function (archive, name of a file, function of its bytes) -> bytes of the archive with this file changed."""
    return _rewritten


@pytest.fixture(scope="session")
def rows():
    """Function (table) -> its headers, then its rows."""
    return _rows
