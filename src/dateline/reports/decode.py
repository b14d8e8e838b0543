"""Bytes to text without loss: what cannot be decoded is refused, never replaced."""

import codecs
import re

from charset_normalizer import from_bytes
from msgspec import Struct

from dateline.errors import ReportError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC = (
    (b"\x1f\x8b", "a gzip file"),
    (b"PK\x03\x04", "a zip file (or .docx, .xlsx, .epub)"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7-Zip file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
)


_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I)
_DECLARED_WITHIN = 4096  # bytes; browsers look at the first 1024
_GUESS_FROM = 64_000  # bytes that the guess looks at; the whole file must then decode

# The characters that Windows-1252 has beyond ASCII and that Western text is made of: its letters, typographic marks, signs.
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŠšŽžŒœŸƒ‘’‚“”„†‡•…‰‹›€–—™\u00a0¡¢£¥§©ª«\u00ad®°±²³´µ¶·¹º»¼½¾¿×÷"
)
_WESTERN_SHARE = 0.2  # of all characters: text in Latin script has fewer accents, text in others is nearly all beyond ASCII


class Decoded(Struct, frozen=True):
    """A text and how its bytes were read.  `guessed` where nothing in the bytes says so."""

    text: str
    encoding: str
    guessed: bool = False


def disguised(data: bytes) -> str | None:
    """What `data` is, by its first bytes, where that is no text at all."""
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def decode(data: bytes) -> Decoded:
    """The text of a file: by its byte order mark (which stays in the text), else UTF-8, else the best guess.

    Raises ReportError where `data` is no text, or is in no encoding that gives every byte back.
    """
    return _by_mark(data) or _as_utf8(data) or _guess(data)


def decode_page(data: bytes) -> Decoded:
    """The text of an HTML page: byte order mark, UTF-8 that proves itself, the declared charset, the best guess.

    Bytes beyond ASCII that are sound UTF-8 are never anything else by chance, but pages that are UTF-8 and declare
    Latin-1 are common: so UTF-8 goes first.  Raises ReportError.
    """
    if marked := _by_mark(data):
        return marked
    declared = None if data.isascii() else _as_utf8(data)
    return declared or _as_declared(data) or _as_utf8(data) or _guess(data)


def _by_mark(data: bytes) -> Decoded | None:
    if kind := disguised(data):
        raise ReportError(f"it is {kind}, not a text")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise ReportError("it holds NUL bytes: not a text, or UTF-16 without a byte order mark (save it as UTF-8)")
    return None


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as e:
        raise ReportError(f"its byte order mark says {encoding.upper()}, but byte {e.start} is not") from e


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    if match is None:
        return None
    label = match[1].decode("ascii", "replace").lower()
    if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        label = "cp1252"  # what browsers do: pages that say Latin-1 mean Windows-1252
    try:
        encoding = codecs.lookup(label).name
        if encoding.startswith("utf"):  # a page that says so and is not, or UTF-7 and the like
            return None
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _guess(data: bytes) -> Decoded:
    """Windows-1252 where that makes Western text, else what charset-normalizer thinks best.

    Left to itself it takes a short Spanish text in Windows-1252 for Windows-1250 and misspells its names.
    """
    candidates = ["cp1252"] if _looks_western(data) else [match.encoding for match in from_bytes(data[:_GUESS_FROM])]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
            if text.encode(encoding) == data:
                return Decoded(text, encoding, guessed=True)
        except UnicodeError:
            continue
    raise ReportError("it is not UTF-8, and no other encoding fits it (is it a text? save it as UTF-8)")


def _looks_western(data: bytes) -> bool:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = [character for character in text if character >= "\x80"]
    return len(beyond) <= _WESTERN_SHARE * len(text) and _WESTERN.issuperset(beyond)
