"""Parties by words that no list has: soldiers by what they are or use, members of a group, people, bodies with a name.

A common noun names no party by itself: of those in the corpus's train part that the word lists lack, one in eleven was its own
party.  What they stand for is the force ("the patrol"), the group ("two cadres") or the civilians ("a gateman") of the report;
where the report has none, no party is told.
"""

import re
from functools import cache
from typing import NamedTuple

from dateline.claims.antecedents import Cast, Side
from dateline.claims.candidates import Candidate, Lines, best
from dateline.lexicon.actors import actors, party_words
from dateline.lexicon.speakers import speaker_words
from dateline.mentions.noun_phrases import object_of
from dateline.model import ActorMention, ActorRef, ParsedSentence, Span, Word

_THINGS = frozenset(
    "tunnel hideout building infrastructure oil_facility vehicle aircraft weapon ammunition munition explosive_device"
    " explosive_material cache money village area".split()
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_BACKED = re.compile(
    r"^(?:\w+-(?:backed|aligned|allied|supported|affiliated|linked)\s+)+"
)  # whose ally a party is, is no part of its name
_REACH = 4  # words from a determiner or number to its noun


class _Head(NamedTuple):
    """The noun that says what a phrase is, in small letters, and the type of the entity that holds it."""

    word: str
    proper: bool
    entity: str | None


@cache
def _members_of() -> re.Pattern[str]:
    """ "members of the White Helmets" act as the White Helmets."""
    return re.compile(rf"^(?:{'|'.join(sorted(actors().their_people))}) of (?:the )?", re.IGNORECASE)


def described(span: Span, candidate: Candidate, lines: Lines, cast: Cast, side: Side, text: str) -> ActorRef | None:
    """The party that words stand for which no list of parties has; None where they are a thing, a place or a person."""
    words = " ".join(span.of(text).split())
    head = _head(span, lines.at(span.start), text)
    if head is None:
        return None
    meant = _meant(head, words, cast)
    if meant is not None:
        return ActorRef(name=meant.name, kind=meant.kind, words=span.of(text), span=span, by="description")
    thing = object_of(text, span)
    if thing == "civilian" and not head.proper:
        return _civilians(span, text)
    if head.proper and head.entity in {"Organisation", None}:
        name = _BACKED.sub("", _members_of().sub("", words)) or words
        return ActorRef(name=name, kind="unknown", words=span.of(text), span=span, by="description")
    hit = side == "target" and best(candidate.trigger.event_type) in party_words().acts_on_civilians
    return _civilians(span, text) if hit and thing not in _THINGS and head.entity != "Location" else None


def _civilians(span: Span, text: str) -> ActorRef:
    return ActorRef(name="civilians", kind="civilians", words=span.of(text), span=span, by="description")


def _meant(head: _Head, words: str, cast: Cast) -> ActorMention | None:
    """The force or group of the report for which a word for its people and means stands."""
    if head.word in party_words().police_words and cast.police is not None:
        return cast.police
    titled = head.entity == "Person" and any(word.strip(".") in speaker_words().ranks for word in words.lower().split()[:-1])
    if titled or head.entity == "MilitaryPlatform" or head.word in party_words().force_words | party_words().police_words:
        return cast.force
    return cast.group if head.word in party_words().group_words else None


def _head(span: Span, sentence: ParsedSentence, text: str) -> _Head | None:
    """The noun of a phrase; the one that follows where the phrase stops at a number or an article."""
    words = sentence.words
    own = [i for i, word in enumerate(words) if word.span.overlaps(span)]
    i = next((i for i in own if words[i].head not in own), None)
    if i is not None and words[i].tag not in _NOUNS and 0 < words[i].head - i <= _REACH:
        i = words[i].head
    if i is None or words[i].tag not in _NOUNS:
        return None
    entity = next((e.type for e in sentence.entities if e.span.overlaps(words[i].span)), None)
    return _Head(words[i].span.of(text).lower(), _is_proper(words[i], text), entity)


def _is_proper(word: Word, text: str) -> bool:
    return word.tag == "PROPN" and word.span.of(text)[:1].isupper()
