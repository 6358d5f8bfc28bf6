"""Which characters do these bytes stand for?

A corpus reaches us as someone saved it: UTF-8 with or without its mark, UTF-16, or Windows-1252.
The encodings are tried strictly, in that order, never guessed from frequencies, so that the same
file always reads the same. What is no text at all (a Word file, a PDF, an image) is refused and
named. Ends of line become `\\n`; characters that nobody sees (controls, marks of reading order, soft
hyphens) are taken out and counted.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from relecture.core.errors import InputError

_MARKS = (  # the longer mark first: that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_FORMATS = {
    b"PK\x03\x04": "un document compressé (Word, LibreOffice, zip…)",
    b"%PDF": "un PDF",
    b"{\\rtf": "un document RTF",
    b"\xd0\xcf\x11\xe0": "un ancien document Word",
}
_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_TOO_MANY = 0.02  # share of control characters from which a file is no text


@dataclass(frozen=True)
class Decoded:
    """The text, the encoding it was in, and how many invisible characters were taken out."""

    text: str
    encoding: str
    removed: int


def decoded(raw: bytes, name: str) -> Decoded:
    """The bytes as text in composed Unicode (NFC); raises InputError when they are no text.

    >>> decoded("Médecin\\r\\n".encode("cp1252"), "essai.txt")
    Decoded(text='Médecin\\n', encoding='Windows-1252', removed=0)
    """
    for start, what in _FORMATS.items():
        if raw.startswith(start):
            raise InputError([f"{name} : c'est {what}, pas un fichier texte ; l'enregistrer en texte brut (.txt)"])
    text, encoding = _read(raw, name)
    clean, removed = _UNSEEN.subn("", _LINES.sub("\n", text))
    if removed > _TOO_MANY * len(text) + 10:
        raise InputError([f"{name} : {removed} caractères de contrôle ; ce n'est pas un fichier texte"])
    return Decoded(unicodedata.normalize("NFC", clean), encoding, removed)


def _read(raw: bytes, name: str) -> tuple[str, str]:
    for codec, encoding in _tried(raw):
        try:
            return raw.decode(codec), encoding
        except UnicodeDecodeError:
            continue
    if b"\0" in raw:
        raise InputError([f"{name} : des octets nuls ; ce n'est pas un fichier texte"])
    line = raw.count(b"\n", 0, _first_fault(raw)) + 1
    raise InputError([f"{name}, ligne {line} : ni UTF-8, ni UTF-16, ni Windows-1252 ; l'enregistrer en UTF-8"])


def _tried(raw: bytes) -> tuple[tuple[str, str], ...]:
    for mark, codec, encoding in _MARKS:
        if raw.startswith(mark):
            return ((codec, encoding),)
    if b"\0" not in raw:
        return (("utf-8", "UTF-8"), ("cp1252", "Windows-1252"))
    # Without a mark: in UTF-16, most letters of a French text have a zero byte beside them.
    high, low = raw[::2].count(0), raw[1::2].count(0)
    if max(high, low) > len(raw) / 4 and len(raw) % 2 == 0:
        return (("utf-16-be" if high > low else "utf-16-le", "UTF-16"),)
    return (("utf-8", "UTF-8"),)


def _first_fault(raw: bytes) -> int:
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError as error:
        return error.start
    return 0
