"""Words of a sentence, and tables of phrases found among them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from dateline.model import Sentence, Span, plain_view

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|[^\W_]+(?:[-'][^\W_]+)*")
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
    return tuple(
        Word(m.start(), m.end(), m.group(), _POSSESSIVE.sub("", m.group().lower())) for m in _WORD.finditer(view, start, end)
    )


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

    def at(self, words: tuple[Word, ...], i: int) -> Found[P] | None:
        """The longest phrase that begins at word i."""
        for keys, payload in self._by_first.get(words[i].key, ()):
            if len(keys) == 1 or tuple(w.key for w in words[i : i + len(keys)]) == keys:
                return Found(i, i + len(keys), payload)
        return None

    def find(self, words: tuple[Word, ...]) -> Iterator[Found[P]]:
        """All phrases, left to right, none overlapping another."""
        i = 0
        while i < len(words):
            found = self.at(words, i)
            if found:
                yield found
            i = found.last if found else i + 1
