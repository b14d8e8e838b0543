"""Interviews: which sentences ask and which answer, and where the answers begin."""

import re
from collections.abc import Sequence

from dateline.lexicon.speakers import speaker_words
from dateline.model import Sentence, Span, plain_view

_ASKS = re.compile(r"\W*(?:Q|Question)\s?[.:]\s")
_ANSWERS = re.compile(r"\W*(?:A|Answer)\s?[.:]\s")
_LONGEST_QUESTION = 25  # words of a line that asks
_FEWEST_MARKED = 2  # questions that make an interview, with "Q:" before them
_FEWEST_BARE = 3  # and without
_HEAD = 600  # characters in which an interview says that it is one


def answers(text: str, sentences: Sequence[Sentence]) -> frozenset[Span]:
    """The sentences of an interview that answer; none in other texts."""
    view = plain_view(text)
    marked = sum(bool(_ASKS.match(s.span.of(view))) for s in sentences) >= _FEWEST_MARKED
    asking = _asking_lines(text)
    if not marked and (len(asking) < _FEWEST_BARE or not _says_so(view)):
        return frozenset()
    found = []
    state, paragraph = "before", -1
    for sentence in sentences:
        said = sentence.span.of(view)
        if _ASKS.match(said) or (not marked and any(line.contains(sentence.span) for line in asking)):
            state = "asks"
        elif _ANSWERS.match(said) or (state == "asks" and (not marked or sentence.paragraph != paragraph)):
            state = "answers"
        if state == "answers":
            found.append(sentence.span)
        paragraph = sentence.paragraph
    return frozenset(found)


def _asking_lines(text: str) -> list[Span]:
    """Short lines that end with a question mark."""
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    return [s for s in lines if s.of(text).rstrip().endswith("?") and len(s.of(text).split()) <= _LONGEST_QUESTION]


def _says_so(view: str) -> bool:
    head = view[:_HEAD].lower()
    return any(word in head for word in speaker_words().interview_words)
