"""Whose words stretches of a text are: the answers of an interview, the turns of a transcript, the posts of a thread, a signed
statement."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dateline.lexicon.speakers import speaker_words
from dateline.model import Sentence, Span, plain_view

_ASKS = re.compile(r"\W*(?:Q|Question)\s?[.:]\s")
_ANSWERS = re.compile(r"\W*(?:A|Answer)\s?[.:]\s")
_LONGEST_QUESTION = 25  # words of a line that asks
_FEWEST_MARKED = 2  # questions that make an interview, with "Q:" before them
_FEWEST_BARE = 3  # and without
_HEAD = 600  # characters in which an interview says that it is one
_TURN = re.compile(r"^(?P<label>(?:[A-Z][A-Z.'-]+ ){0,3}[A-Z][A-Z'-]+|Q|A):\s", re.MULTILINE)
_POST = re.compile(r"^(?P<label>[^@\n:]{2,60}?)\s\(?@\w{3,}\)?(?:\W[^\n]{0,30})?$", re.MULTILINE)
_FEWEST_TURNS = 2  # labels that make a transcript, where none has a title ("GEN. KEITA:")
_HEAD_STATES = 350  # characters in which a statement says whose it is
_FOOT = 3  # paragraphs at the end in which a statement is signed
_LONGEST_SIGNATURE = 22  # words of a paragraph that signs


class Turn(NamedTuple):
    """A stretch of text under a speaker's label: "COL. KEITA: ...", "Omar Ba @omar_ba"."""

    label: Span
    said: Span


def turns(text: str) -> list[Turn]:
    """The turns of a transcript, or the posts of a thread; none in other texts.  What is asked has the label that asks."""
    labels = [Span(m.start("label"), m.end("label")) for m in _POST.finditer(text)]
    if len(labels) < _FEWEST_TURNS:
        labels = [Span(m.start("label"), m.end("label")) for m in _TURN.finditer(text)]
        titled = any(_is_titled(label.of(text)) for label in labels)
        if not titled and len({label.of(text) for label in labels}) in {0, len(labels)}:
            return []  # each label stands once: the headings of a list
    ends = [*labels[1:], Span(len(text), len(text))]
    return [Turn(label, Span(label.end, after.start)) for label, after in zip(labels, ends, strict=True)]


def _is_titled(label: str) -> bool:
    first, *rest = label.lower().split()
    return bool(rest) and first.strip(".") in speaker_words().ranks


def asks(label: str) -> bool:
    """Is a label that of the one who asks ("QUESTION", "MODERATOR")?"""
    return label.lower() in speaker_words().asking_labels


def announced(text: str) -> Span | None:
    """The words of the first lines that name who makes a statement: "Briefing by | the Special Envoy | to the Council"."""
    found = _announcing().search(text[:_HEAD_STATES])
    return Span(found.start("who"), found.end("who")) if found else None


@cache
def _announcing() -> re.Pattern[str]:
    forms = "|".join(speaker_words().announced_forms)
    who = r"(?P<who>(?:the )?[A-Za-z][^\n;:.]{3,90}?)"
    ends = r"(?=\n|,? (?:on|about|to|regarding|concerning|following)\b|\.\s|$)"
    return re.compile(rf"(?i:\b(?:{forms})[ \w]{{0,12}} (?:by|of|with|from) ){who}{ends}")


def signature(text: str) -> Span | None:
    """The paragraph at the end of a statement that says who signs it: "Omar Ba / Spokesman, Delta Front"."""
    found = re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", text)
    paragraphs = [Span(m.start(), m.start() + len(m.group().rstrip())) for m in found]
    foot = paragraphs[-_FOOT:] if len(paragraphs) > _FOOT else []
    return next((p for p in reversed(foot) if _signs(p.of(text))), None)


def _signs(paragraph: str) -> bool:
    words = re.findall(r"[\w'-]+", paragraph.lower())
    short = len(words) <= _LONGEST_SIGNATURE and not re.search(r"[.!?:]\s*$|[|@]", paragraph)
    return short and any(word in speaker_words().signing_words for word in words)


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
