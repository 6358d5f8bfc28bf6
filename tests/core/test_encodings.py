"""The same words, however they were saved; what is no text is refused and named."""

import codecs

import pytest

from relecture.core.encodings import decode, decoded, first_bad_line, signature
from relecture.core.errors import InputError

WORDS = "Médecin : « où l’œuvre ? »\nÀ l’hôpital…\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (WORDS.encode("utf-8"), "UTF-8"),
        (WORDS.encode("utf-8-sig"), "UTF-8"),
        (WORDS.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "UTF-16"),
        (WORDS.encode("utf-16-le"), "UTF-16"),
        (WORDS.encode("utf-16-be"), "UTF-16"),
        (WORDS.encode("utf-32"), "UTF-32"),
        (WORDS.encode("cp1252"), "Windows-1252"),
        (WORDS.replace("\n", "\r\n").encode("cp1252"), "Windows-1252"),
        (WORDS.replace("\n", "\r").encode("utf-8"), "UTF-8"),
    ],
    ids="utf-8 bom utf-16 utf-16-be-bom utf-16-le utf-16-be utf-32 cp1252 crlf old-mac".split(),
)
def test_the_encoding_is_recognised(raw, encoding):
    found = decoded(raw, "essai.txt")
    assert (found.text, found.encoding, found.removed) == (WORDS, encoding, 0)


@pytest.mark.parametrize(
    ("raw", "text", "removed"),
    [
        (b"a\x00b\x07c\x1b[0m", "abc[0m", 3),  # NUL, bell, escape
        ("pa\xadtient \u202egauche\u2069 \ufeff".encode(), "patient gauche ", 4),  # soft hyphen, marks of order
        ("un\u2028deux\x0ctrois".encode(), "un\ndeux\ntrois", 0),  # other ends of line
        ("e\u0301te\u0301".encode(), "été", 0),  # decomposed accents, as some systems save them
        (b"", "", 0),
    ],
    ids="controls unseen lines decomposed empty".split(),
)
def test_what_nobody_sees_is_taken_out_and_counted(raw, text, removed):
    found = decoded(raw, "essai.txt")
    assert (found.text, found.removed) == (text, removed)


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"PK\x03\x04....", "un document compressé"),
        (b"%PDF-1.7", "un PDF"),
        (b"{\\rtf1 bonjour}", "un document RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "un ancien document Word"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xfe\xfd", "des octets nuls"),
        (b"\x01\x02\x03" * 50, "150 caractères de contrôle"),
        (b"bon\nm\x81decin\xff", "essai.txt, ligne 2 : ni UTF-8"),  # 0x81 is no character of Windows-1252
        (codecs.BOM_UTF8 + b"m\xe9decin", "ni UTF-8"),  # the mark promises UTF-8
    ],
    ids="zip pdf rtf doc png controls neither false-mark".split(),
)
def test_what_is_no_text_is_refused(raw, cause):
    with pytest.raises(InputError, match=cause):
        decoded(raw, "essai.txt")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"PK\x03\x04..", "zip"),
        (b"\xd0\xcf\x11\xe0", "ole"),
        (b"%PDF-1.7", "pdf"),
        (b"\x1f\x8b..", "gzip"),
        (b"a,b", ""),
    ],
)
def test_a_file_that_is_no_text_is_known_by_its_first_bytes(raw, kind):
    assert signature(raw) == kind


def test_what_no_encoding_reads_is_none_and_its_line_is_known():
    assert decode(b"a\nm\x81decin") is None
    assert [first_bad_line(b"a\n\xe9\nm\x81", codec) for codec in ("utf-8", "cp1252", "latin-1")] == [2, 3, 0]
