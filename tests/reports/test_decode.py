"""Bytes to text: nothing is lost, nothing is replaced, and what is no text is refused by name."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReportError
from dateline.reports.decode import decode, decode_page

WESTERN = "Señor Núñez said in Bogotá that “twelve” were killed – most of them near Nariño’s border. "
CYRILLIC = "Боевики атаковали блокпост возле города, сообщил представитель армии. " * 3


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_utf8_comes_back_unchanged(text: str) -> None:
    """Any text written as UTF-8 is decoded to the same characters, except where its first ones are a known file's."""
    try:
        assert decode(text.encode("utf-8")).text == text
    except ReportError as e:
        assert "not a text" in str(e)  # noqa: PT017 (only texts that begin like a PDF or a zip file)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_stays(mark: bytes, encoding: str) -> None:
    """The mark says the encoding, and stands in the text as U+FEFF so that the text is what was received."""
    decoded = decode(mark + WESTERN.encode(encoding))
    assert decoded.text == "\ufeff" + WESTERN
    assert (decoded.encoding, decoded.guessed) == (encoding, False)


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", WESTERN), ("cp1252", "A café was hit in Goma."), ("koi8_r", CYRILLIC)])
def test_what_is_not_utf8_is_guessed_and_says_so(encoding: str, text: str) -> None:
    """A guess keeps every character, and is marked as a guess."""
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.guessed) == (text, True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(b"text"), "gzip"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "zip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"a text\0with a hole", "NUL"),
        (WESTERN.encode("utf-16-le"), "NUL"),
        (b"\xff\xfea", "byte order mark says UTF-16-LE"),
        (b"\xef\xbb\xbf\xff\xff", "byte order mark says UTF-8"),
        (bytes(range(1, 256)) * 100, "no other encoding fits"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    """Packed files, images and half characters are named; no replacement character is ever made."""
    with pytest.raises(ReportError, match=reason):
        decode(data)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8_r"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
        ('<meta charset="windows-1251">', "utf-8"),  # sound UTF-8 that declares another charset is UTF-8
        ('<meta charset="no-such-charset">', "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_page_is_read_by_what_it_declares(head: str, encoding: str) -> None:
    """The declared charset is believed, unless the bytes prove UTF-8."""
    page = f"{head}<p>{CYRILLIC}</p>"
    decoded = decode_page(page.encode(encoding))
    assert (decoded.text, decoded.guessed) == (page, False)


def test_a_page_of_latin_1_is_read_as_browsers_do() -> None:
    """What calls itself ISO 8859-1 on the web is Windows-1252."""
    page = f'<meta charset="iso-8859-1"><p>{WESTERN}</p>'
    assert decode_page(page.encode("cp1252")).text == page
