"""Words of a sentence, and tables of phrases found among them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from dateline.model import Sentence, Span, plain_view

_WORD = re.compile(r"[^\W\d_]++(?=[ ,])|(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|[^\W_]+(?:[-'][^\W_]+)*")
_POSSESSIVE = re.compile(r"'s$|'$", re.IGNORECASE)

P = TypeVar("P")


class Word(NamedTuple):
    """One word: where it stands, as it stands, and as a key for look-ups (lower case, no possessive)."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@lru_cache(maxsize=512)
def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words of text[start:end], with offsets into `text`."""
    view = plain_view(text)
    if start <= 0 and end >= len(text):
        return _cut(view, 0, len(text))
    words, starts = _whole(text)
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    whole = (first == 0 or words[first - 1].end <= start) and (last == 0 or words[last - 1].end <= end)
    # a number that an underscore follows is cut otherwise where the part ends between them
    return words[first:last] if whole and view[end : end + 1] != "_" else _cut(view, start, end)


@lru_cache(maxsize=64)
def _whole(text: str) -> tuple[tuple[Word, ...], tuple[int, ...]]:
    """The words of a whole text, of which most parts are asked for several times, and where they begin."""
    words = _cut(plain_view(text), 0, len(text))
    return words, tuple(word.start for word in words)


def _cut(view: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple(Word(m.start(), m.end(), m.group(), key_of(m.group())) for m in _WORD.finditer(view, start, end))


def key_of(word: str) -> str:
    """A word in small letters, without the ending of a possessive."""
    small = word.lower()
    return _POSSESSIVE.sub("", small) if "'" in small else small


def sentence_words(text: str, sentence: Sentence) -> tuple[Word, ...]:
    return words_of(text, sentence.span.start, sentence.span.end)


class Found(NamedTuple, Generic[P]):
    """A phrase that stands in a row of words: words[first:last]."""

    first: int
    last: int
    payload: P


class PhraseTable(Generic[P]):
    """Phrases of one or more words, each with a payload; finds the longest at every word.

    A phrase is matched word for word by key, so that line breaks, case and possessives do not matter.
    """

    def __init__(self, phrases: Iterable[tuple[str, P]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], P]]] = {}
        for phrase, payload in phrases:
            keys = tuple(w.key for w in words_of(phrase, 0, len(phrase)))
            if keys:
                self._by_first.setdefault(keys[0], []).append((keys, payload))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """The keys that a phrase can begin with."""
        return frozenset(self._by_first)

    def at(self, words: tuple[Word, ...], i: int) -> Found[P] | None:
        """The longest phrase that begins at word i."""
        options = self._by_first.get(words[i].key)
        if options is None:
            return None
        for keys, payload in options:
            if len(keys) == 1 or tuple([w.key for w in words[i : i + len(keys)]]) == keys:
                return Found(i, i + len(keys), payload)
        return None

    def find(self, words: tuple[Word, ...]) -> Iterator[Found[P]]:
        """All phrases, left to right, none overlapping another."""
        i = 0
        while i < len(words):
            found = self.at(words, i) if words[i].key in self._by_first else None
            if found:
                yield found
            i = found.last if found else i + 1
