"""Finds speakers: who is reported to say something, with role, organisation and the outlets that it came through.

A speaker is read from the noun phrase that the verb of saying belongs to, or from the one behind "according to".  Pronouns,
surnames and words such as "the ministry" are traced to speakers and bodies named before in the same report.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from dateline.lexicon.actors import Country, actors, country_by_code
from dateline.lexicon.speakers import speaker_words
from dateline.mentions.outlets import find_outlets, with_outlets
from dateline.mentions.parties import Party, head_party
from dateline.mentions.sayings import Said, find_sayings, speaking_party, verb_span
from dateline.mentions.speaker_known import Around, again, by_surname
from dateline.mentions.speaker_labels import announced_speaker, interviewee, labelled_speakers, profiles_of, signer_of
from dateline.mentions.speaker_mentions import mention_of
from dateline.mentions.speaker_names import persons_named, spelled_out, surname, words_at
from dateline.mentions.subjects import Syntax
from dateline.mentions.words import Found, Word, sentence_words
from dateline.model import (
    READ_REGIONS,
    ActorMention,
    Mention,
    PlaceMention,
    Reading,
    Sentence,
    Span,
    SpeakerMention,
    cover,
    plain_view,
)  # fmt: skip
from dateline.pipeline import stage


@stage(needs={"sentences", "parse", "actors", "places"}, adds={"speakers"})
def find_speakers(reading: Reading) -> Reading:
    """Append a SpeakerMention for each attribution in the sentences that are read."""
    text = reading.report.text
    syntax = Syntax(text, reading.parse) if reading.parse is not None else None
    parties = [m for m in reading.mentions if isinstance(m, ActorMention)]
    places = [m for m in reading.mentions if isinstance(m, PlaceMention)]
    found: list[SpeakerMention] = []
    known: list[SpeakerMention] = []  # the speakers so far, and the persons introduced between them
    previous: Sequence[ActorMention] = ()
    country = _country(parties, places)
    full_names = spelled_out(text) | (persons_named(text, syntax) if syntax is not None else {})
    everywhere = Span(0, len(text))
    persons = [e.span for e in syntax.entities(everywhere, "Person")] if syntax is not None else None
    bodies = _bodies(text, syntax) if syntax is not None else ()
    whole = Around(
        text, everywhere, parties, (), places, (), country, full_names, persons=persons, everybody=parties, bodies=bodies
    )
    profiles = profiles_of(whole, syntax) if syntax is not None else {}
    for sentence in reading.sentences:
        if sentence.region in READ_REGIONS:
            here = [a for a in parties if sentence.span.contains(a.span)]
            there = [p for p in places if sentence.span.contains(p.span)]
            around = Around(
                text, sentence.span, here, previous, there, known, country, full_names, profiles, persons, parties, bodies
            )
            said = _speakers(around, sentence, reading.report.publisher, syntax)
            found.extend(said)
            known.extend(said or _introduced(around, sentence))
            previous = here
    asked = interviewee(reading, syntax, parties, places, country) if syntax is not None else None
    signer = signer_of(whole) or (announced_speaker(whole, syntax) if syntax is not None else None)
    unsaid = [m for m in (asked, *labelled_speakers(whole, profiles), signer) if m is not None]
    mentions: tuple[Mention, ...] = (*reading.mentions, *_kept_back(found), *unsaid)
    return replace(reading, mentions=mentions)


def _bodies(text: str, syntax: Syntax) -> tuple[str, ...]:
    """The names of organisations that have more than one word."""
    names = (" ".join(e.span.of(text).split()) for e in syntax.entities(Span(0, len(text)), "Organisation"))
    bare = (re.sub(r"^(?:\w+\s(?:of|from)\s)?[Tt]he\s+|'s$", "", plain_view(name)) for name in names)
    return tuple(dict.fromkeys(name for name in bare if " " in name))


def _kept_back(found: Sequence[SpeakerMention]) -> Iterator[SpeakerMention]:
    """Where one sentence says that a "security official" keeps his name back, the same words mean him everywhere."""
    roles = {_last_word(m.role) for m in found if m.type == "anonymous" and m.role and m.speaker is None}
    for mention in found:
        same = mention.speaker is None and mention.type == "official" and mention.role and _last_word(mention.role) in roles
        yield replace(mention, type="anonymous") if same else mention


def _last_word(role: str) -> str:
    return role.split()[-1].lower()


def _country(parties: Sequence[ActorMention], places: Sequence[PlaceMention]) -> Country | None:
    """The country that most places and bodies of the report belong to, where it is more than half of them."""
    counts = Counter(p.place.country for p in places if p.place and p.place.country)
    beginnings = Counter(a.name[: blank.start()] for a in parties for blank in re.finditer(" ", a.name))
    for code, country in country_by_code().items():
        if named := beginnings[country.adjective]:
            counts[code] += named
    (code, most), *_ = counts.most_common(1) or [("", 0)]
    return country_by_code().get(code) if most > counts.total() / 2 else None


def speakers_in(text: str, sentence: Sentence, before: Sequence[SpeakerMention] = ()) -> list[SpeakerMention]:
    """The attributions of one sentence by its words alone; `before` are those of earlier sentences."""
    return _speakers(Around(text, sentence.span, (), (), (), before), sentence, None, None)


def _introduced(around: Around, sentence: Sentence) -> list[SpeakerMention]:
    """A person with a rank or role at the head of a sentence that reports no saying ("Colonel X sees it differently"): "he"
    in the next sentence is this one."""
    party = head_party(around.text, sentence_words(around.text, sentence))
    if party is None or party.name is None:
        return []
    mention = mention_of(party, party.name, around._replace(before=()))
    return [mention] if mention is not None and mention.speaker else []


def _speakers(around: Around, sentence: Sentence, publisher: str | None, syntax: Syntax | None) -> list[SpeakerMention]:
    text = around.text
    words = sentence_words(text, sentence)
    vias = find_outlets(text, words, publisher)
    mentions: list[SpeakerMention] = []
    for found in find_sayings(text, words, syntax):
        if found.payload.verb == "saying" and mentions:
            continue  # "adding that": the speaker of the main verb goes on
        verb = verb_span(words, found)
        party = speaking_party(text, words, found, syntax)
        state = _state_speaker(around, words, found, syntax) if party is None and syntax is not None else None
        if state is not None:
            mentions.append(state)
        if party is None or (found.payload.base in speaker_words().seeing_verbs and party.type != "witness"):
            continue
        if found.payload.verb == "heading" and _is_bare_name(party, around):
            continue
        mention = mention_of(party, verb, around._replace(before=[*around.before, *mentions]))
        if mention is not None:
            mentions.append(mention)
    return with_outlets(text, mentions, vias)


def _is_bare_name(party: Party, around: Around) -> bool:
    """A name before a colon of whom the report says nothing else is a place, or a heading: "Tabarre: two houses burned"."""
    name = words_at(around.text, party.name)
    bare = name is not None and party.role is None and party.organisation is None
    return bare and surname(name or "") not in around.profiles and by_surname(around.before, name or "") is None


def _state_speaker(around: Around, words: tuple[Word, ...], found: Found[Said], syntax: Syntax) -> SpeakerMention | None:
    """ "Tehran called this a lie", "Bangladesh told the meeting": a country or its capital as the subject is its government, save
    where a speaker bears that name ("Amadou Togo")."""
    text = around.text
    if found.payload.verb not in {"said", "saying"} or found.payload.base in speaker_words().seeing_verbs:
        return None
    verb = verb_span(words, found)
    phrase = syntax.subject(verb)
    said = " ".join(phrase.span.of(text).split()).removeprefix("The ").removeprefix("the ").strip(" ,") if phrase else ""
    head = " ".join(phrase.head.of(text).split()) if phrase else ""
    country = _countries().get(said) or (_countries().get(head) if "," in said else None)
    if country is None or phrase is None:
        return None
    person = by_surname(around.before, said)
    if person is not None:
        return again(text, person, verb, (phrase.head,))
    return SpeakerMention(
        span=cover([phrase.head, verb]), speaker=None, role=None, organisation=country.body_name("government"), type="official",
        verb=verb, parts=(phrase.head, verb),
    )  # fmt: skip


@cache
def _countries() -> dict[str, Country]:
    """A country's name, or its capital's -> the country."""
    by_code = country_by_code()
    capitals = {name: by_code[code] for name, code in actors().capitals.items() if code in by_code}
    return capitals | {country.name: country for country in by_code.values()}
