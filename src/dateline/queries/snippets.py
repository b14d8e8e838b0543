"""A few words around what a search found, with the found words apart, so that a page can mark them."""

import re
import unicodedata
from collections.abc import Sequence

AROUND = 90
"""Characters before and behind the first found word."""
FOLDED = 50_000
"""Characters of a text that are searched without diacritics, where its own spelling holds no found word."""

Snippet = tuple[tuple[str, bool], ...]
"""Pieces of text, and whether each is a found word."""


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """The stretch of a text around the first of `words`, cut at word ends; its beginning where none is found."""
    pattern = _pattern(words)
    at = _first(text, pattern) if pattern else 0
    start, end = _cut(text, max(0, at - AROUND)), _cut(text, min(len(text), at + AROUND))
    stretch = text[start:end]
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    done = 0
    for first, last in _found(stretch, pattern) if pattern else ():
        if first >= done:
            pieces += [(_spaced(stretch[done:first]), False), (_spaced(stretch[first:last]), True)]
            done = last
    pieces += [(_spaced(stretch[done:]), False), (" …" if end < len(text) else "", False)]
    return tuple(piece for piece in pieces if piece[0])


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    parts = []
    for word in words:
        letters = re.findall(r"[^\W_]+", _folded(word.rstrip("*"))[0])
        if letters:
            parts.append(r"\b" + r"[\W_]+".join(map(re.escape, letters)) + ("" if word.endswith("*") else r"\b"))
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _first(text: str, pattern: re.Pattern[str]) -> int:
    if match := pattern.search(text):
        return match.start()
    return next((first for first, _ in _found(text[:FOLDED], pattern)), 0)


def _found(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    folded, place = _folded(text)
    return [(place[match.start()], place[match.end()]) for match in pattern.finditer(folded)]


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """A text without case and diacritics, and for each of its characters (and its end) where it stands in the text."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    pairs = [
        (one, at)
        for at, character in enumerate(text)
        for one in unicodedata.normalize("NFKD", character).lower()
        if not unicodedata.combining(one)
    ]
    return "".join(one for one, _ in pairs), [*(at for _, at in pairs), len(text)]


def _cut(text: str, at: int) -> int:
    """Behind the last white space in the twenty characters before `at`, so that no word is cut; else `at` itself."""
    if at in (0, len(text)):
        return at
    last = max((n for n in range(max(0, at - 20), at) if text[n].isspace()), default=at - 1)
    return last + 1


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
