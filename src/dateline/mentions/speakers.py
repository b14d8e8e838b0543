"""Finds speakers: who is reported to say something, with role, organisation and the outlets that it came through.

A speaker is read from the words around a verb of saying ("X, head of Y, said"; "said X, a resident") or after "according
to".  Pronouns and surnames are traced to speakers named before in the same report.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from dateline.lexicon.numbers import number_keys
from dateline.lexicon.speakers import publisher_type, speaker_words
from dateline.mentions.outlets import find_outlets, with_outlets
from dateline.mentions.parties import Party, head_party
from dateline.mentions.sayings import find_sayings, speaking_party
from dateline.mentions.words import sentence_words, words_of
from dateline.model import (
    READ_REGIONS,
    ActorMention,
    Mention,
    PlaceMention,
    Reading,
    Sentence,
    SourceType,
    Span,
    SpeakerMention,
    cover,
    plain_view,
)  # fmt: skip
from dateline.pipeline import stage


@stage(needs={"sentences", "actors", "places"}, adds={"speakers"})
def find_speakers(reading: Reading) -> Reading:
    """Append a SpeakerMention for each attribution in the sentences that are read."""
    text = reading.report.text
    actors = [m for m in reading.mentions if isinstance(m, ActorMention)]
    places = [m for m in reading.mentions if isinstance(m, PlaceMention)]
    found: list[SpeakerMention] = []
    known: list[SpeakerMention] = []  # the speakers so far, and the persons introduced between them
    for sentence in reading.sentences:
        if sentence.region in READ_REGIONS and sentence.region != "headline":
            here = [a for a in actors if sentence.span.contains(a.span)]
            there = [p for p in places if sentence.span.contains(p.span)]
            said = speakers_in(text, sentence, here, there, known, reading.report.publisher)
            found.extend(said)
            known.extend(said or introduced_in(text, sentence, here, there))
    mentions: tuple[Mention, ...] = (*reading.mentions, *found)
    return replace(reading, mentions=mentions)


def introduced_in(
    text: str, sentence: Sentence, actors: Sequence[ActorMention], places: Sequence[PlaceMention]
) -> list[SpeakerMention]:
    """A person with a rank or role at the head of a sentence that reports no saying ("Colonel X sees it differently"): "he"
    in the next sentence is this one."""
    party = head_party(text, sentence_words(text, sentence))
    if party is None or party.name is None:
        return []
    mention = _mention(text, party, party.name, [], actors, places)
    return [mention] if mention is not None and mention.speaker else []


def speakers_in(
    text: str,
    sentence: Sentence,
    actors: Sequence[ActorMention],
    places: Sequence[PlaceMention],
    before: Sequence[SpeakerMention],
    publisher: str | None,
) -> list[SpeakerMention]:
    """The attributions of one sentence; `before` are those of earlier sentences, to trace pronouns and surnames."""
    words = sentence_words(text, sentence)
    vias = find_outlets(text, words, publisher)
    mentions: list[SpeakerMention] = []
    for found in find_sayings(text, words):
        verb = Span(words[found.first].start, words[found.last - 1].end)
        party = speaking_party(text, words, found)
        mention = _mention(text, party, verb, [*before, *mentions], actors, places) if party is not None else None
        if mention is not None:
            mentions.append(mention)
    return with_outlets(text, mentions, vias)


def _mention(
    text: str,
    party: Party,
    verb: Span,
    before: Sequence[SpeakerMention],
    actors: Sequence[ActorMention],
    places: Sequence[PlaceMention],
) -> SpeakerMention | None:
    party = _without_parties(text, party, actors, places)
    if party.pronoun:
        return _again(text, _last_person(before, party.plural), verb, party.spans)
    if party.name is None and party.role is not None and party.organisation is None and not party.plural:
        known = _last_person(before, plural=False)
        if _definite(text, party.role) and known is not None:
            return _again(text, known, verb, party.spans)
    name = _of(text, party.name)
    if name and party.role is None:
        known = _by_surname(before, name)
        if known is not None:
            return _again(text, known, verb, party.spans)
    organisation = _of(text, party.organisation)
    kind = (
        party.type
        or _actor_type(actors, party)
        or (publisher_type(organisation) if organisation else "witness" if name else None)
    )
    if kind is None:
        return None
    if kind == "document" and name is not None:  # "a Defence report": whose report, not who
        name, organisation = None, organisation or name
    if name is None and organisation is None and party.role is None:
        return None
    return SpeakerMention(
        span=_with_article(text, cover([*party.spans, verb])),
        speaker=name,
        role=_of(text, party.role),
        organisation=organisation,
        type=kind,
        verb=verb,
        parts=(*party.spans, verb),
    )


def _with_article(text: str, said: Span) -> Span:
    """The article, number and rank before a speaker belong to the words that say who speaks: "two officials said"."""
    small = {"a", "an", "the", "some", "one", "another", "several"} | number_keys() | speaker_words().ranks
    for word in reversed(words_of(text, max(0, said.start - 30), said.start)):
        gap = plain_view(text)[word.end : said.start]
        if word.key not in small or gap.strip(" ."):
            break
        said = Span(word.start, said.end)
    return said


def _without_parties(text: str, party: Party, actors: Sequence[ActorMention], places: Sequence[PlaceMention]) -> Party:
    """A "name" that is a party or an acronym is an organisation; one that is a place is no name."""
    name = party.name
    if name is None:
        return party
    if any(a.span.overlaps(name) and a.kind not in {"people", "civilians"} for a in actors) or re.fullmatch(
        r"[A-Z][A-Za-z]*[A-Z-]+", name.of(text)
    ):
        kind = party.type or publisher_type(name.of(text))
        return party._replace(name=None, organisation=party.organisation or name, type=None if kind == "media" else kind)
    if any(p.span.contains(name) for p in places):
        return party._replace(name=None)
    return party


def _of(text: str, span: Span | None) -> str | None:
    return span.of(text) if span else None


def _definite(text: str, role: Span) -> bool:
    head = plain_view(text)[max(0, role.start - 12) : role.start].lower().split()
    return "the" in head[-2:] or "this" in head[-2:]


def _again(text: str, known: SpeakerMention | None, verb: Span, spans: tuple[Span, ...]) -> SpeakerMention | None:
    """The same speaker speaks again, here; an outlet that carried only one sentence of his does not carry this one."""
    if known is None:
        return None
    carried = any(plain_view(p.of(text)).lower() in speaker_words().according_to for p in known.parts)
    via = () if carried else known.via
    return replace(known, span=cover([*spans, verb]), verb=verb, parts=(*known.parts[:3], *spans, verb), via=via)


def _last_person(before: Sequence[SpeakerMention], plural: bool) -> SpeakerMention | None:
    for mention in reversed(before):
        if plural or mention.speaker is not None:
            return mention
    return None


def _by_surname(before: Sequence[SpeakerMention], name: str) -> SpeakerMention | None:
    """The speaker named before whose name ends with this one ("al-Saadi", "Khafaji")."""
    wanted = _surname(name)
    for mention in before:
        if mention.speaker and (_surname(mention.speaker) == wanted or mention.speaker == name):
            return mention
    return None


def _surname(name: str) -> str:
    return re.sub(r"^(al|el|ul|ad|as|ash|an|ar)-", "", name.split()[-1].lower()).replace("-", "")


_ACTOR_TYPES: dict[str, SourceType] = {
    "state_force": "military", "police": "police", "government": "official", "armed_group": "armed_group",
    "coalition": "military", "international": "international", "civilians": "witness", "people": "witness",
}  # fmt: skip


def _actor_type(actors: Sequence[ActorMention], party: Party) -> SourceType | None:
    for actor in actors:
        if any(actor.span.overlaps(span) for span in party.spans):
            return _ACTOR_TYPES.get(actor.kind)
    return None
