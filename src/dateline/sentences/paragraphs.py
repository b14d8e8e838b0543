"""Lines to paragraphs: which line breaks end a paragraph, and which only wrap a line.

Reports come with blank lines between paragraphs, with one paragraph a line, or wrapped at some width, often in one text.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from dateline.model import Span, plain_view
from dateline.sentences.words import starters

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r" *(?:[-*\u2022\u00b7\u25cf\u25aa\u25a0>]{1,2} +(?=\S)|\. {2,}(?=\S))")
_NUMBERED = re.compile(r" *\(?\d{1,2}[.)] +(?=\S)")
_TERMINAL = re.compile(r"[.!?\u2026\u061f\u06d4\u3002\u0964][\"')\]\}\d\[ ]*$")
_ARTICLE_OF_NAME = re.compile(r"(?:al|el|ar|as|at|ad|an|ash|az|bin|ibn|de|la)[- ]", re.IGNORECASE)
_LONGEST_HEADING = 70  # characters; no subhead of the visible reports is longer
_CUT_LINE = 40  # characters; a shorter line before a blank one ends for its own reasons
_LONGEST_WRAPPED = 130  # characters; a longer line is no line of a page but a paragraph: what follows a blank line is another


class Line(NamedTuple):
    """One line that is not blank, without the blanks around it, and whether a blank line stands before it."""

    start: int
    end: int
    view: str
    after_blank: bool

    @property
    def bullet(self) -> bool:
        return bool(_BULLET.match(self.view) or _NUMBERED.match(self.view))

    @property
    def first_word(self) -> str:
        return self.view.lstrip("\"'([").split(" ", 1)[0]


class _Wrap(NamedTuple):
    """The widths at which a text is wrapped, which can differ in one text: a line was wrapped where it would have reached
    `least` characters with the next word; `longest` is the longest line that was."""

    least: int
    longest: int


def is_complete(view: str) -> bool:
    """Whether the words end as a sentence does (a closing mark or footnote may follow the stop)."""
    return bool(_TERMINAL.search(view.rstrip()))


def bullet_end(view: str, start: int, end: int) -> int:
    """Where the words begin after the mark of a list item, `start` where there is no mark."""
    match = _BULLET.match(view, start, end)
    return match.end() if match else start


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text` in order: trimmed of blanks, none overlapping, headlines and list items on their own."""
    lines = _lines(text)
    if not lines:
        return ()
    wrapped = _wrapped(lines)
    paragraphs: list[Span] = []
    begin = 0
    for i in range(1, len(lines)):
        if not _goes_on(lines[i - 1], lines[i], wrapped, first=i == 1):
            paragraphs.append(Span(lines[begin].start, lines[i - 1].end))
            begin = i
    paragraphs.append(Span(lines[begin].start, lines[-1].end))
    return tuple(paragraphs)


def _lines(text: str) -> list[Line]:
    view = plain_view(text)
    lines: list[Line] = []
    last_end = 0
    for match in _LINE.finditer(text):
        words = view[match.start() : match.end()]
        if not words.strip(" "):
            continue
        start = match.start() + len(words) - len(words.lstrip(" "))
        end = match.end() - (len(words) - len(words.rstrip(" ")))
        lines.append(Line(start, end, view[start:end], _blank_line_in(text[last_end:start])))
        last_end = end
    return lines


def _blank_line_in(gap: str) -> bool:
    return len(re.findall(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", gap)) > 1


def _wrapped(lines: list[Line]) -> _Wrap | None:
    """How lines of this text are wrapped; None where no line goes on in the next.

    A line that is followed by a small letter was surely wrapped: with the next word it would have been too long.
    """
    sure = [
        (a, b)
        for a, b in pairwise(lines)
        if not b.after_blank and _small(b) and not is_complete(a.view) and len(a.view) >= _CUT_LINE
    ]
    if not sure:
        return None
    return _Wrap(min(_joined(a, b) for a, b in sure), max(len(a.view) for a, _ in sure))


def _joined(a: Line, b: Line) -> int:
    """The length of line a with the next word behind it."""
    return len(a.view) + 1 + len(b.first_word)


def _small(line: Line) -> bool:
    return line.view[:1].islower() and not _ARTICLE_OF_NAME.match(line.view)


def _goes_on(a: Line, b: Line, wrap: _Wrap | None, *, first: bool) -> bool:
    """Whether line b goes on with the paragraph of line a."""
    if b.bullet or a.view.endswith(":"):
        return False
    if b.after_blank:
        return _small(b) and not is_complete(a.view) and _CUT_LINE <= len(a.view) <= _LONGEST_WRAPPED
    if _small(b) or b.view[:1] in ",;.)":
        return not is_complete(a.view) or _small(b)
    if is_complete(a.view):
        heading = not is_complete(b.view) and wrap is not None and 2 * len(b.view) < wrap.longest
        return wrap is not None and _joined(a, b) > wrap.longest and not heading
    if b.first_word.lower().rstrip(",") in starters() and len(a.view) <= _LONGEST_HEADING and not b.first_word.isupper():
        return False  # "ISIS losses / For his part ...": such a word has no capital inside a sentence
    if first and len(a.view.split()) <= 4:
        return False
    return wrap is not None and _joined(a, b) >= wrap.least
