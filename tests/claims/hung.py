"""Readings with triggers that a test has made, so that what the claims stage makes of them can be seen without the network."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims.stages import CLAIM_STAGES
from dateline.engines.engine import words_of
from dateline.mentions.stages import MENTION_STAGES
from dateline.model import CountedWord, LinkedWord, Parse, ParsedSentence, Reading, Shares, Span, Trigger, Word, report_of
from dateline.pipeline import run
from dateline.sentences.stages import SENTENCE_STAGES

SURE, ROLES = 0.9, ("evidence", "initiator", "target", "place", "time", "figure")


def hang(
    text: str, trigger: str, *, kind: str = "incident", event_type: str = "armed_clash", said: float = SURE,
    certainty: str = "stated", background: bool = False, stance: str = "none", scope: str = "period", **roles: str,
) -> Trigger:  # fmt: skip
    """A trigger at the words `trigger` of the text; `roles` give the words of each role, several parted by " | "."""
    spans = {role: [_span(text, words) for words in said_words.split(" | ")] for role, said_words in roles.items()}
    linked = [
        LinkedWord(word, **{role: SURE if any(s.overlaps(word) for s in spans.get(role, ())) else 0.0 for role in ROLES})
        for word in (Span(*w) for paragraph in words_of(text) for w in paragraph)
    ]
    return Trigger(
        span=_span(text, trigger), kind=_most(kind, said), event_type=_most(event_type, SURE), certainty=_most(certainty, SURE),
        background=_most("background" if background else "news", SURE), stance=_most(stance, SURE), scope=_most(scope, SURE),
        linked=tuple(word for word in linked if any(getattr(word, role) for role in ROLES)),
    )  # fmt: skip


def counted(text: str, number: str, measure: str, thing: str = "person") -> CountedWord:
    """What the network says at a number's first word."""
    span = _span(text, number)
    return CountedWord(Span(span.start, span.start + len(number.split()[0])), _most(measure, SURE), _most(thing, SURE))


class Phrase(NamedTuple):
    """Words whose last one hangs on another word of the sentence, and on which the others hang."""

    span: Span
    on: Span
    relation: str
    tag: str


def phrase(text: str, words: str, on: str, relation: str, tag: str = "NOUN") -> Phrase:
    """ "A betel seller" as the subject of "hit"."""
    return Phrase(_span(text, words), _span(text, on), relation, tag)


def read(
    text: str, *marks: Trigger | CountedWord | Phrase, published: str | None = None, publisher: str | None = None
) -> Reading:
    """The report as the stages read it when the network says just this."""
    report = report_of(text, published=date.fromisoformat(published) if published else None, publisher=publisher)
    reading = run(Reading(report=report), SENTENCE_STAGES)
    phrases = [m for m in marks if isinstance(m, Phrase)]
    sentences = tuple(_sentence(s.span, text, phrases) for s in reading.sentences)
    triggers = tuple(m for m in marks if isinstance(m, Trigger))
    parse = Parse(sentences, triggers, tuple(m for m in marks if isinstance(m, CountedWord)))
    return run(replace(reading, parse=parse), (*MENTION_STAGES, *CLAIM_STAGES))


def _sentence(span: Span, text: str, phrases: Sequence[Phrase]) -> ParsedSentence:
    words = [Span(*w) for paragraph in words_of(text) for w in paragraph if span.start <= w[0] < span.end]
    root = next((n for said in phrases for n, w in enumerate(words) if said.on.overlaps(w)), 0)  # what the first phrase hangs on
    tree = [Word(w, "X", "XX", -1 if n == root else root, "dep") for n, w in enumerate(words)]
    for said in phrases:
        own = [n for n, w in enumerate(words) if said.span.overlaps(w)]
        on = next((n for n, w in enumerate(words) if said.on.overlaps(w)), None)
        if own and on is not None:
            tree[own[-1]] = Word(words[own[-1]], said.tag, "XX", on, said.relation)
            for n in own[:-1]:
                tree[n] = Word(words[n], "X", "XX", own[-1], "dep")
    return ParsedSentence(span, tuple(tree), ())


def _span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def _most(label: str, share: float) -> Shares:
    """That label with this share, "none" with the rest."""
    return {label: share, "none": round(1 - share, 4)} if label != "none" else {"none": share}
