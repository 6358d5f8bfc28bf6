"""Bytes read as characters: byte-order marks, encodings in a fixed order, and files that are no text.

Encodings are tried strictly, never guessed from frequencies, so that the same file always reads the same: that of
a mark; UTF-16 without its mark, where most characters have a zero byte beside them; UTF-8; Windows-1252 (Latin-1
included). `decode` knows nothing of what the text is for: whoever calls it refuses in its own words. `decoded` is
the reader of corpora and of pasted tables: ends of line become `\\n`; characters that nobody sees (controls, marks of
reading order, soft hyphens) are taken out and counted.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from relecture.core.errors import InputError

_SIGNATURES = {
    b"PK\x03\x04": "zip",  # Office documents too
    b"\xd0\xcf\x11\xe0": "ole",
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"\x1f\x8b": "gzip",
}
_MARKS = (  # the longer mark first: that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_REFUSED = {
    "zip": "un document compressé (Word, LibreOffice, zip…)",
    "pdf": "un PDF",
    "rtf": "un document RTF",
    "ole": "un ancien document Word",
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


def signature(raw: bytes) -> str:
    """Which file that is no text begins so: zip, ole, pdf, rtf, gzip; empty for any other."""
    return next((kind for start, kind in _SIGNATURES.items() if raw.startswith(start)), "")


def decode(raw: bytes) -> tuple[str, str] | None:
    """The characters and the name of their encoding; None when no encoding reads every byte.

    >>> decode("âge".encode("cp1252")), decode("âge".encode("utf-16"))
    (('âge', 'Windows-1252'), ('âge', 'UTF-16'))
    """
    for codec, encoding in _tried(raw):
        try:
            return raw.decode(codec), encoding
        except UnicodeDecodeError:
            continue
    return None


def _tried(raw: bytes) -> Iterator[tuple[str, str]]:
    """Codecs in order, with the names that people give them."""
    for mark, codec, encoding in _MARKS:
        if raw.startswith(mark):
            yield codec, encoding
            return
    high, low = raw[::2].count(0), raw[1::2].count(0)
    if max(high, low) > len(raw) / 4 and len(raw) % 2 == 0:
        yield "utf-16-be" if high > low else "utf-16-le", "UTF-16"
    yield "utf-8", "UTF-8"
    yield "cp1252", "Windows-1252"


def first_bad_line(raw: bytes, codec: str) -> int:
    """The line of the first byte that this encoding does not read; 0 where it reads them all."""
    try:
        raw.decode(codec)
    except UnicodeDecodeError as error:
        return raw.count(b"\n", 0, error.start) + 1
    return 0


def decoded(raw: bytes, name: str) -> Decoded:
    """The bytes of a file as text in composed Unicode (NFC); raises InputError when they are no text.

    >>> decoded("Médecin\\r\\n".encode("cp1252"), "essai.txt")
    Decoded(text='Médecin\\n', encoding='Windows-1252', removed=0)
    """
    if what := _REFUSED.get(signature(raw)):
        raise InputError([f"{name} : c'est {what}, pas un fichier texte ; l'enregistrer en texte brut (.txt)"])
    text, encoding = _characters(raw, name)
    clean, removed = _UNSEEN.subn("", _LINES.sub("\n", text))
    if removed > _TOO_MANY * len(text) + 10:
        raise InputError([f"{name} : {removed} caractères de contrôle ; ce n'est pas un fichier texte"])
    return Decoded(unicodedata.normalize("NFC", clean), encoding, removed)


def _characters(raw: bytes, name: str) -> tuple[str, str]:
    read = decode(raw)
    if b"\0" in raw and (read is None or read[1] == "Windows-1252"):
        raise InputError([f"{name} : des octets nuls ; ce n'est pas un fichier texte"])
    if read is None:
        line = max(first_bad_line(raw, "cp1252"), 1)
        raise InputError([f"{name}, ligne {line} : ni UTF-8, ni UTF-16, ni Windows-1252 ; l'enregistrer en UTF-8"])
    return read
