"""Paragraphs of words in windows: what the network reads in one call.

A window holds whole paragraphs as long as there is room; a long paragraph is cut behind a stop. One window a call, with no
padding, has two gains: the result depends on nothing but the text, and a call is long enough to be fast
(`docs/explanation/language-engine.md` has the figures).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dateline.engines.pieces import Pieces

ROOM = 130  # pieces; the network has learned on windows of up to about 150, and is as fast with these as with longer ones
_PLACES = 500  # pieces that the network has places for
_STOPS = frozenset({".", "?", "!", "...", "?!", "!!"})
_ENDING = frozenset({".", "?", "!"})
_CLOSING = frozenset({'"', "'", ")", "]", "''"})
_OPENING = frozenset("\"'([")


class Paragraph(NamedTuple):
    """The words of a paragraph, and whether each is written on to the word before it, with no blank between.

    `ends`: the number behind each sentence's last word where people marked it, else None.
    """

    words: Sequence[str]
    glued: Sequence[bool]
    ends: Sequence[int] | None = None


# How sure the network must be that a sentence ends, as the log of the odds: measured on the dev sets of GUM and EWT, where
# it gains 0.6 points of sentence F1 over one bound for all.
_BEHIND_STOP, _ELSEWHERE = -2.0, 1.5


class Window(NamedTuple):
    """The words of one call, with their pieces.

    `borders`: numbers behind words at which a sentence surely ends, the window's own end among them; `settled` where there
    are no others.
    """

    words: list[str]
    glued: list[bool]
    pieces: list[tuple[int, ...]]
    borders: list[int]
    settled: bool

    def bounds(self) -> list[float]:
        """What the score of an end behind each word must exceed: little behind a stop that a capital follows, else more."""
        following = [*self.words[1:], ""]
        closes = [False, *(word in _ENDING for word in self.words[:-1])]  # whether the word before it is a stop
        return [
            _BEHIND_STOP if (word in _ENDING or (word in _CLOSING and before)) and _opens(after) else _ELSEWHERE
            for word, after, before in zip(self.words, following, closes, strict=True)
        ]


def _opens(word: str) -> bool:
    """Whether a sentence may begin with the word, by its first character."""
    return word[:1].isupper() or word[:1] in _OPENING


def windows(paragraphs: Iterable[Paragraph], vocabulary: Pieces, room: int = ROOM) -> Iterator[Window]:
    """The windows of `paragraphs`, in order: every word is in one."""
    open_window = Window([], [], [], [], settled=False)
    used = 0
    for part in _parts(paragraphs, vocabulary, room):
        size = sum(map(len, part.pieces))
        if open_window.words and (used + size > room or open_window.settled != part.settled):
            yield open_window
            open_window, used = Window([], [], [], [], settled=False), 0
        before = len(open_window.words)
        open_window.words.extend(part.words)
        open_window.glued.extend(part.glued)
        open_window.pieces.extend(part.pieces)
        open_window.borders.extend(before + border for border in part.borders)
        open_window = open_window._replace(settled=part.settled)
        used += size
    if open_window.words:
        yield open_window


def _parts(paragraphs: Iterable[Paragraph], vocabulary: Pieces, room: int) -> Iterator[Window]:
    """Paragraphs, cut where they are longer than a window."""
    for paragraph in paragraphs:
        words = list(paragraph.words)
        pieces = [vocabulary.of(word) for word in words]
        begin = 0
        while begin < len(words):
            end = _cut(words, pieces, begin, room, paragraph.ends)
            inside = [e - begin for e in paragraph.ends or () if begin < e < end]
            glued = [*paragraph.glued[begin:end]]
            yield Window(words[begin:end], glued, pieces[begin:end], [*inside, end - begin], paragraph.ends is not None)
            begin = end


def _cut(words: list[str], pieces: list[tuple[int, ...]], begin: int, room: int, ends: Sequence[int] | None) -> int:
    """Where the part that begins at `begin` ends: all words, or those up to the last stop that fit, or all that fit.

    A sentence that people marked is not cut as long as the network has places for it.
    """
    known = frozenset(ends) if ends is not None else None
    used, stop = 0, begin
    for i in range(begin, len(words)):
        used += len(pieces[i])
        if used > room and stop > begin:
            return stop
        if used > (room if known is None else max(room, _PLACES)):
            return max(begin + 1, i)
        if (i + 1 in known) if known is not None else _stops(words, i, stop):
            stop = i + 1
    return len(words)


def _stops(words: list[str], i: int, stop: int) -> bool:
    """Whether a sentence probably ends with word i: a stop, or a closing mark right behind one."""
    return words[i] in _STOPS or (words[i] in _CLOSING and stop == i)
