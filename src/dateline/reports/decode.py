"""Bytes to text without loss: what cannot be decoded is refused, never replaced."""

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


class Decoded(Struct, frozen=True):
    """A text and how its bytes were read.  `guessed` where nothing in the bytes says so."""

    text: str
    encoding: str
    guessed: bool = False


def disguised(data: bytes) -> str | None:
    """What `data` is, by its first bytes, where that is no text at all."""
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def decode(data: bytes) -> Decoded:
    """Byte order mark (it stays in the text), else UTF-8, else the best guess.  Raises ReportError."""
    if kind := disguised(data):
        raise ReportError(f"it is {kind}, not a text")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise ReportError("it holds NUL bytes: not a text, or UTF-16 without a byte order mark (save it as UTF-8)")
    return _strictly(data, "utf-8")


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as e:
        raise ReportError(f"it is not {encoding.upper()}: byte {e.start} cannot be decoded") from e
