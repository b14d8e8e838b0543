"""Whose words stretches of a text are: the answers of an interview, the turns of a transcript, the posts of a thread, a signed
statement."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dateline.lexicon.speakers import body_type, speaker_words
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


_MASTHEAD_LINES = 2
_PARTS_OF_A_MASTHEAD = re.compile(r"\s[-/|\u2013\u2014]+\s|, (?=\d|[A-Z][a-z]+day\b)|[|:]")
_SHORTEST_BODY, _LONGEST_BODY = 2, 9  # words
_SMALL_IN_NAMES = frozenset({"of", "the", "and", "for", "&"})


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


def is_title(who: Span, text: str) -> bool:
    """Does a line of the head say nothing but whose statement it is: "Statement by | the Minister of Defence"?"""
    start = text.rfind("\n", 0, who.start) + 1
    return _announcing().match(text, start) is not None and not text[who.end : who.end + 1].strip()


@cache
def _announcing() -> re.Pattern[str]:
    forms = "|".join(speaker_words().announced_forms)
    who = r"(?P<who>(?:the )?[A-Za-z][^\n;:.]{3,90}?)"
    ends = r"(?=\n|,? (?:on|about|to|regarding|concerning|following)\b|\.\s|$)"
    return re.compile(rf"(?i:\b(?:{forms})[ \w]{{0,12}} (?:by|of|with|from) ){who}{ends}")


def mastheads(text: str) -> list[Span]:
    """The first and the last two lines of a text that give the full name of a body and no more but its office and the date:
    "Delta Police Command / Information / 24-9-2013"."""
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\w[^\n]*", text)]
    if len(lines) <= 2 * _MASTHEAD_LINES:
        return []
    ends = lines[:_MASTHEAD_LINES] + lines[-_MASTHEAD_LINES:]
    return [line for line in ends if any(_is_body_name(part) for part in _PARTS_OF_A_MASTHEAD.split(line.of(text)))]


def _is_body_name(part: str) -> bool:
    """ "Ministry of Defence", "Delta Police Command": all of it in capitals, and its noun that of a body; no headline ("Army
    Repels Attack")."""
    words = part.strip(" .*_#").split()
    if not _SHORTEST_BODY <= len(words) <= _LONGEST_BODY or not all(w[0].isupper() or w in _SMALL_IN_NAMES for w in words):
        return False
    noun = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    known = noun.lower() in speaker_words().organisation_words
    return known and body_type(part) not in {None, "media"}


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
    if not marked and (len(asking) < _FEWEST_BARE or not (_says_so(view) or _are_answered(asking, view))):
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


def _are_answered(asking: Sequence[Span], view: str) -> bool:
    """Does a quotation stand under nearly each line that asks?"""
    answered = sum(bool(re.match(r"\s*\"", view[line.end :])) for line in asking)
    return answered >= _FEWEST_BARE and answered >= len(asking) - 1


def _says_so(view: str) -> bool:
    head = view[:_HEAD].lower()
    return any(word in head for word in speaker_words().interview_words)
