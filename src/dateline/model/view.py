"""A view of a text for matching: the same characters at the same offsets, spelled simply."""

import re
import unicodedata
from functools import lru_cache

_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\u02bb\u02be\u02bf\u0060\u00b4\uff07"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_DASH = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class _Spelling(dict[int, int | str]):
    """Code point -> its simple spelling, one character each; worked out when first met."""

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        simple: int | str = code
        if character.isspace():
            simple = " "
        elif len(character.lower()) != 1:  # lower() must keep offsets: the dotted capital I becomes two characters
            simple = unicodedata.normalize("NFD", character)[0]
        self[code] = simple
        return simple


_SPELLING = _Spelling(
    {ord(c): "'" for c in _SINGLE}
    | {ord(c): '"' for c in _DOUBLE}
    | {ord(c): "-" for c in _DASH}
    | {ord(c): " " for c in _INVISIBLE}
)
_ODD_ASCII = tuple(c for c in map(chr, range(128)) if c.translate(_SPELLING) != c)


@lru_cache(maxsize=64)
def plain_view(text: str) -> str:
    """`text` with line breaks, odd spaces and invisible marks as blanks, quotation marks and dashes as ASCII.

    It has the length of `text`, and so has its `lower()`: a span found in the view is a span of the text.
    """
    if text.isascii():
        return text.translate(_SPELLING)  # quick with such texts alone
    plain = text
    for mark in {*_ODD_ASCII, *_NOT_ASCII.findall(text)}:
        simple = _SPELLING[ord(mark)]
        if simple == ord(mark):
            continue
        if isinstance(simple, int) or not simple.isascii():
            return text.translate(_SPELLING)
        plain = plain.replace(mark, simple)
    return plain


@lru_cache(maxsize=64)
def small_view(text: str) -> str:
    """The plain view in small letters: made once for a text, not once for each of its sentences."""
    return plain_view(text).lower()
