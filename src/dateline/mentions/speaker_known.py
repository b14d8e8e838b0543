"""Whom a pronoun, a surname or "the spokesman" means, and what a sentence offers to tell that."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.actors import Country, country_by_code
from dateline.lexicon.speakers import body_type, role_types, speaker_words
from dateline.mentions.parties import Party
from dateline.mentions.speaker_names import initials, surname
from dateline.model import (
    ActorMention,
    PlaceMention,
    SourceType,
    Span,
    SpeakerMention,
    cover,
    plain_view,
)  # fmt: skip
from dateline.model.actor import ActorKind

BODY_TYPES: dict[ActorKind, SourceType] = {
    "state_force": "military", "police": "police", "government": "official", "armed_group": "armed_group",
    "coalition": "military", "international": "international",
}  # fmt: skip
_LONGEST_INITIALS = 4
_JUST_BEFORE = 250  # characters within which a body that spoke is still "it"
_CROWDS = frozenset("police military government people women men family opposition media authority country".split())
_STATEMENTS = frozenset({"statement", "communique", "communiqué", "release"})


class Around(NamedTuple):
    """What a sentence offers to tell who speaks: its text and the mentions in it and before it."""

    text: str
    sentence: Span
    actors: Sequence[ActorMention]  # of the sentence
    previous: Sequence[ActorMention]  # of the sentence before it
    places: Sequence[PlaceMention]
    before: Sequence[SpeakerMention]
    country: Country | None = None  # that the report is about
    full_names: Mapping[str, str] = MappingProxyType({})  # acronym or surname -> name
    profiles: Mapping[str, SpeakerMention] = MappingProxyType({})  # surname -> who the report says elsewhere that it is
    persons: Sequence[Span] | None = None  # the persons of the report; None where no tree tells
    everybody: Sequence[ActorMention] = ()  # the parties of the whole report
    bodies: Sequence[str] = ()  # the names of organisations in the report, in its order


def known_speaker(party: Party, around: Around) -> SpeakerMention | None:
    """The speaker named before whom a pronoun, a surname or a bare role ("the spokesman") means."""
    before, text = around.before, around.text
    if party.pronoun:
        if party.pronoun.of(text).lower() in {"he", "she", "him", "his", "her"}:
            return next((m for m in reversed(before) if _is_person(m)), None)
        if party.plural:
            return next((m for m in reversed(before) if m.speaker is None and not _is_person(m)), None)
        return body_meant(around, party.pronoun)
    if (by_initials := _by_initials(party, around)) is not None:
        return by_initials
    if party.name is not None:
        return by_surname(before, party.name.of(text)) if party.role is None else None
    if party.role is None or party.plural or not _definite(text, party.phrase or party.role):
        return None
    word = party.role.of(text).split()[-1].lower()
    for mention in reversed(before):
        if mention.role and mention.role.split()[-1].lower() == word and (party.organisation is None or not mention.organisation):
            return mention
    if word in _STATEMENTS and party.organisation is None:
        return body_meant(around, party.role)
    if word == "source":
        return before[-1] if before else None
    last = last_speaker(before, person=True)
    alike = last is not None and party.organisation is None and role_types().get(word) in {last.type, "official"}
    return last if alike and word not in speaker_words().references else None


def body_meant(around: Around, pronoun: Span) -> SpeakerMention | None:
    """The body that "it" means: the one that spoke just before, else one named ahead of it, else the last that spoke."""
    spoke = last_speaker(around.before, person=False)
    if spoke is not None and spoke.organisation and spoke.span.end > around.sentence.start - _JUST_BEFORE:
        return spoke
    ahead = [a for a in around.actors if is_body(a) and a.span.end <= pronoun.start]
    named = ahead[0] if ahead else next((a for a in around.previous if is_body(a)), None)
    if named is None:
        return spoke
    return SpeakerMention(
        span=named.span,
        speaker=None,
        role=None,
        organisation=state_named(named.name) or named.name,
        type=actor_type(named),
        parts=(named.span,),
    )


def is_body(actor: ActorMention) -> bool:
    """A party that can speak: no gang of unknown men."""
    return actor.kind in BODY_TYPES and (actor.by == "name" or actor.kind != "armed_group")


def actor_type(actor: ActorMention) -> SourceType:
    """The type that a party makes; an organisation of the UN or of aid by the words of its name."""
    by_name = body_type(actor.name) if actor.kind in {"international", "government"} else None
    return by_name or BODY_TYPES[actor.kind]


def state_named(named: str | None) -> str | None:
    """ "Turkey", "Tehran" said: the government."""
    plain = " ".join((named or "").split())
    return next((c.body_name("government") for c in country_by_code().values() if plain == c.name), None)


def _by_initials(party: Party, around: Around) -> SpeakerMention | None:
    """ "The IG said": the Inspector General who spoke before."""
    word = party.organisation.of(around.text) if party.organisation and not (party.role or party.name) else ""
    if not word.isupper() or len(word) > _LONGEST_INITIALS:
        return None
    return next((m for m in reversed(around.before) if m.speaker and m.role and initials(m.role.split()).startswith(word)), None)


def names_actor(span: Span, around: Around) -> bool:
    return any(actor.span.overlaps(span) for actor in around.actors)


def _definite(text: str, role: Span) -> bool:
    head = plain_view(text)[max(0, role.start - 12) : role.end].lower().split()
    return bool({"the", "this", "that"} & set(head[:3]))


def again(text: str, known: SpeakerMention, verb: Span, spans: tuple[Span, ...]) -> SpeakerMention:
    """The same speaker speaks again, here; an outlet that carried only one sentence of his does not carry this one."""
    carried = any(known_part in speaker_words().according_to for known_part in _plain(text, known.parts))
    via = () if carried else known.via
    return replace(known, span=cover([*spans, verb]), verb=verb, parts=(*known.parts[:3], *spans, verb), via=via)


def _plain(text: str, parts: Sequence[Span]) -> Iterator[str]:
    return (" ".join(part.of(plain_view(text)).lower().split()) for part in parts)


def _is_person(mention: SpeakerMention) -> bool:
    """One person, named or not: "a diplomat"."""
    if mention.speaker is not None:
        return True
    word = mention.role.split()[-1].lower() if mention.role else ""
    return bool(word) and not word.endswith("s") and word not in _CROWDS | speaker_words().references


def last_speaker(before: Sequence[SpeakerMention], person: bool) -> SpeakerMention | None:
    """The last speaker with a name, or without one."""
    return next((m for m in reversed(before) if (m.speaker is not None) == person), None)


def by_surname(before: Sequence[SpeakerMention], name: str) -> SpeakerMention | None:
    """The speaker named before whose name ends with this one ("al-Saadi", "Khafaji")."""
    wanted = surname(name)
    for mention in before:
        if mention.speaker and (surname(mention.speaker) == wanted or mention.speaker == name):
            return mention
    first = (m for m in before if m.speaker and " " not in name and " " in m.speaker and m.speaker.split()[0] == name)
    return next(first, None)  # in Ethiopia or Burma persons go by their first names
