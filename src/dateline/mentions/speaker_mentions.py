"""The mention of a speaker that a noun phrase makes: name, role, body, type."""

import re

from dateline.lexicon.numbers import number_keys
from dateline.lexicon.speakers import body_type, speaker_words
from dateline.mentions.parties import Party, is_rank
from dateline.mentions.speaker_bodies import body_of_office, hospital, organisation_of, type_of
from dateline.mentions.speaker_known import BODY_TYPES, Around, again, by_surname, known_speaker, names_actor
from dateline.mentions.speaker_names import same_person, surname, words_at
from dateline.mentions.words import words_of
from dateline.model import (
    Span,
    SpeakerMention,
    cover,
    plain_view,
)  # fmt: skip

_OF_A_PLACE = re.compile(r"^([A-Z][\w-]+)['\u2019]s (?=[a-z])")  # "Kabul's police" are the Kabul police


def mention_of(party: Party, verb: Span, around: Around) -> SpeakerMention | None:
    text = around.text
    party = _without_owner(_with_surname(_without_parties(party, around), around), text)
    if not party.spans:
        return None
    known = known_speaker(party, around)
    if known is not None:
        return again(text, known, verb, party.spans)
    if party.pronoun or _is_ours(party, text):
        return None
    if party.doubtful and surname(party.name.of(text) if party.name else "") not in around.full_names:
        party = party._replace(name=None)
    if not party.spans:
        return None
    name, organisation, body = words_at(text, party.name), *organisation_of(party, around)
    if name is not None and " " not in name:
        name = around.full_names.get(surname(name), name)
    if name is not None and party.role is None and organisation is None:
        profile = around.profiles.get(surname(name))
        if profile is not None and same_person(profile.speaker, name):
            return again(text, profile, verb, party.spans)
    kind = type_of(party, name, body or body_type(organisation), around)
    if kind is None:
        return None
    if kind == "document" and name is not None:  # "a Defence report": whose report, not who
        name, organisation = None, organisation or name
    if name is None and organisation is None and (party.role is None or kind is None):
        return None
    organisation = organisation or hospital(party, verb, around) or body_of_office(party, name, kind, around)
    return SpeakerMention(
        span=_with_article(text, cover([*party.spans, verb])),
        speaker=name,
        role=words_at(text, party.role),
        organisation=_OF_A_PLACE.sub(r"\1 ", organisation) if organisation else None,
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


def _without_parties(party: Party, around: Around) -> Party:
    """A "name" that is a party or an acronym is an organisation; one that is a place is no name."""
    name = party.name
    if name is None:
        return party
    if any(a.span.overlaps(name) and a.kind in BODY_TYPES for a in around.actors) or re.fullmatch(
        r"[A-Z][A-Za-z]{0,4}[A-Z-]", name.of(around.text)
    ):
        return party._replace(name=None, organisation=party.organisation or name)
    if any(p.span.contains(name) for p in around.places):
        return party._replace(name=None)
    return party


def _without_owner(party: Party, text: str) -> Party:
    """ "The government's own report": whose it is says no role."""
    owner = party.role is not None and bool(re.search(r"['\u2019]s$", party.role.of(text)))
    return party._replace(role=None) if owner and party.name is None else party


def _is_ours(party: Party, text: str) -> bool:
    """ "My people have nowhere to go": words of a speech, whose speaker they do not name."""
    within = party.phrase or cover(party.spans)
    return within.of(text).lower().startswith(("my ", "our "))


def _with_surname(party: Party, around: Around) -> Party:
    """A "body" of one word that is the surname of somebody in the report is that person ("Netam said"); a "name" that nothing
    shows to be a person's is none ("Our", "Operations")."""
    if party.name is None and party.organisation is not None and party.role is None:
        word = party.organisation.of(around.text)
        known = surname(word) in around.full_names or by_surname(around.before, word) is not None
        if " " not in word and known and not names_actor(party.organisation, around):
            return party._replace(name=party.organisation, organisation=None, doubtful=False)
    name = party.name
    if name is None or party.role is not None or party.type is not None or around.persons is None:
        return party
    said = name.of(around.text)
    known = surname(said) in around.full_names or by_surname(around.before, said) is not None
    ranked = party.phrase is not None and any(is_rank(w) for w in words_of(around.text, party.phrase.start, name.start))
    if known or ranked or any(person.overlaps(name) for person in around.persons):
        return party
    return party._replace(name=None)
