"""Finds speakers: who is reported to say something, with role, organisation and the outlets that it came through.

A speaker is read from the noun phrase that the verb of saying belongs to, or from the one behind "according to".  Pronouns,
surnames and words such as "the ministry" are traced to speakers and bodies named before in the same report.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.actors import Country, country_by_code
from dateline.lexicon.numbers import number_keys
from dateline.lexicon.speakers import body_type, role_types, speaker_words
from dateline.mentions.interviews import answers
from dateline.mentions.outlets import find_outlets, with_outlets
from dateline.mentions.parties import Party, head_party, phrase_party
from dateline.mentions.sayings import find_sayings, speaking_party, verb_span
from dateline.mentions.subjects import Phrase, Syntax
from dateline.mentions.words import Word, sentence_words, words_of
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
from dateline.model.actor import ActorKind
from dateline.pipeline import stage

_BODY_TYPES: dict[ActorKind, SourceType] = {
    "state_force": "military", "police": "police", "government": "official", "armed_group": "armed_group",
    "coalition": "military", "international": "international",
}  # fmt: skip
_OWN = frozenset({"its", "their"})
_PART = r"(?:[A-Z][\w'-]*|of|for|the|and|on|in)"
_SPELLED_OUT = re.compile(rf"(?P<full>{_PART}(?: {_PART})*) \((?P<short>[A-Z]{{2,7}})\)")
_APPOSITION = re.compile(r"\"?(?:,\s+(?!who\b)[^,.;]{3,80}?(?=\s+who\b|[,.;]|$)|\s+of\s+the\s+[^,.;\n]{3,60}|)")
_RELATIVE = 40  # characters behind a name in which "who teaches" stands
_APPOSED = 45  # characters behind a body's name in which an apposition tells what it is
_JUST_BEFORE = 250  # characters within which a body that spoke is still "it"
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_STATE_ROLES = frozenset({None, "official", "military", "police"})
_CROWDS = frozenset("police military government people women men family opposition media authority country".split())
_STATEMENTS = frozenset({"statement", "communique", "communiqué", "release"})


class _Around(NamedTuple):
    """What a sentence offers to tell who speaks: its text and the mentions in it and before it."""

    text: str
    sentence: Span
    actors: Sequence[ActorMention]  # of the sentence
    previous: Sequence[ActorMention]  # of the sentence before it
    places: Sequence[PlaceMention]
    before: Sequence[SpeakerMention]
    country: Country | None = None  # that the report is about
    full_names: Mapping[str, str] = MappingProxyType({})  # acronym or surname -> name


@stage(needs={"sentences", "parse", "actors", "places"}, adds={"speakers"})
def find_speakers(reading: Reading) -> Reading:
    """Append a SpeakerMention for each attribution in the sentences that are read."""
    text = reading.report.text
    syntax = Syntax(text, reading.parse) if reading.parse is not None else None
    actors = [m for m in reading.mentions if isinstance(m, ActorMention)]
    places = [m for m in reading.mentions if isinstance(m, PlaceMention)]
    found: list[SpeakerMention] = []
    known: list[SpeakerMention] = []  # the speakers so far, and the persons introduced between them
    previous: Sequence[ActorMention] = ()
    country = _country(actors, places)
    full_names = _full_names(text) | (_persons(text, syntax) if syntax is not None else {})
    for sentence in reading.sentences:
        if sentence.region in READ_REGIONS:
            here = [a for a in actors if sentence.span.contains(a.span)]
            there = [p for p in places if sentence.span.contains(p.span)]
            around = _Around(text, sentence.span, here, previous, there, known, country, full_names)
            said = _speakers(around, sentence, reading.report.publisher, syntax)
            found.extend(said)
            known.extend(said or _introduced(around, sentence))
            previous = here
    asked = _interviewee(reading, syntax, actors, places, country) if syntax is not None else None
    mentions: tuple[Mention, ...] = (*reading.mentions, *_kept_back(found), *([asked] if asked else []))
    return replace(reading, mentions=mentions)


def _kept_back(found: Sequence[SpeakerMention]) -> Iterator[SpeakerMention]:
    """Where one sentence says that a "security official" keeps his name back, the same words mean him everywhere."""
    roles = {_last_word(m.role) for m in found if m.type == "anonymous" and m.role and m.speaker is None}
    for mention in found:
        same = mention.speaker is None and mention.type == "official" and mention.role and _last_word(mention.role) in roles
        yield replace(mention, type="anonymous") if same else mention


def _last_word(role: str) -> str:
    return role.split()[-1].lower()


def _country(actors: Sequence[ActorMention], places: Sequence[PlaceMention]) -> Country | None:
    """The country that most places and bodies of the report belong to, where it is more than half of them."""
    counts = Counter(p.place.country for p in places if p.place and p.place.country)
    for code, country in country_by_code().items():
        named = sum(a.name.startswith(f"{country.adjective} ") for a in actors)
        if named:
            counts[code] += named
    (code, most), *_ = counts.most_common(1) or [("", 0)]
    return country_by_code().get(code) if most > counts.total() / 2 else None


def _interviewee(
    reading: Reading, syntax: Syntax, actors: Sequence[ActorMention], places: Sequence[PlaceMention], country: Country | None
) -> SpeakerMention | None:
    """Who is asked in an interview: the first person named before the first answer, with what is said of him there.  Such a
    mention has no verb."""
    text = reading.report.text
    answering = min(answers(text, reading.sentences), default=None)
    if answering is None:
        return None
    best: SpeakerMention | None = None
    for entity in syntax.entities(Span(0, answering.start), "Person"):
        apposed = _APPOSITION.match(plain_view(text), entity.span.end)
        end = apposed.end() if apposed else entity.span.end
        party = phrase_party(text, Phrase(Span(entity.span.start, end), entity.span), syntax)
        if party is None or party.name is None:
            continue
        around = _Around(text, Span(entity.span.start, answering.start), actors, (), places, (), country)
        mention = _mention(party, entity.span, around)
        if mention is not None and (best is None or (best.role is None and best.speaker == mention.speaker)):
            best = replace(mention, verb=None)
    if best is not None and best.type == "witness" and best.role is None:
        return replace(best, type="analyst")  # who is asked at length and has no role judges
    return best


def speakers_in(text: str, sentence: Sentence, before: Sequence[SpeakerMention] = ()) -> list[SpeakerMention]:
    """The attributions of one sentence by its words alone; `before` are those of earlier sentences."""
    return _speakers(_Around(text, sentence.span, (), (), (), before), sentence, None, None)


def _introduced(around: _Around, sentence: Sentence) -> list[SpeakerMention]:
    """A person with a rank or role at the head of a sentence that reports no saying ("Colonel X sees it differently"): "he"
    in the next sentence is this one."""
    party = head_party(around.text, sentence_words(around.text, sentence))
    if party is None or party.name is None:
        return []
    mention = _mention(party, party.name, around._replace(before=()))
    return [mention] if mention is not None and mention.speaker else []


def _speakers(around: _Around, sentence: Sentence, publisher: str | None, syntax: Syntax | None) -> list[SpeakerMention]:
    text = around.text
    words = sentence_words(text, sentence)
    vias = find_outlets(text, words, publisher)
    mentions: list[SpeakerMention] = []
    for found in find_sayings(text, words, syntax):
        if found.payload.verb == "saying" and mentions:
            continue  # "adding that": the speaker of the main verb goes on
        verb = verb_span(words, found)
        party = speaking_party(text, words, found, syntax)
        if party is None or (found.payload.base in speaker_words().seeing_verbs and party.type != "witness"):
            continue
        mention = _mention(party, verb, around._replace(before=[*around.before, *mentions]))
        if mention is not None:
            mentions.append(mention)
    return with_outlets(text, mentions, vias)


def _mention(party: Party, verb: Span, around: _Around) -> SpeakerMention | None:
    text = around.text
    party = _without_parties(party, around)
    known = _known(party, around)
    if known is not None:
        return _again(text, known, verb, party.spans)
    if party.pronoun:
        return None
    if party.doubtful and _surname(party.name.of(text) if party.name else "") not in around.full_names:
        party = party._replace(name=None)
    name, organisation, body = _of(text, party.name), *_organisation(party, around)
    if name is not None and " " not in name:
        name = around.full_names.get(_surname(name), name)
    kind = _type(party, name, body or body_type(organisation), around)
    if kind is None:
        return None
    if kind == "document" and name is not None:  # "a Defence report": whose report, not who
        name, organisation = None, organisation or name
    if name is None and organisation is None and (party.role is None or kind is None):
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


def _known(party: Party, around: _Around) -> SpeakerMention | None:
    """The speaker named before whom a pronoun, a surname or a bare role ("the spokesman") means."""
    before, text = around.before, around.text
    if party.pronoun:
        if party.pronoun.of(text).lower() in {"he", "she", "his", "her"}:
            return next((m for m in reversed(before) if _is_person(m)), None)
        if party.plural:
            return next((m for m in reversed(before) if m.speaker is None and not _is_person(m)), None)
        return _it(around, party.pronoun)
    if party.name is not None:
        return _by_surname(before, party.name.of(text)) if party.role is None else None
    if party.role is None or party.plural or not _definite(text, party.phrase or party.role):
        return None
    word = party.role.of(text).split()[-1].lower()
    for mention in reversed(before):
        if mention.role and mention.role.split()[-1].lower() == word and (party.organisation is None or not mention.organisation):
            return mention
    if word in _STATEMENTS and party.organisation is None:
        return _it(around, party.role)
    if word == "source":
        return before[-1] if before else None
    last = _last(before, person=True)
    alike = last is not None and party.organisation is None and role_types().get(word) in {last.type, "official"}
    return last if alike and word not in speaker_words().references else None


def _it(around: _Around, pronoun: Span) -> SpeakerMention | None:
    """The body that "it" means: the one that spoke just before, else one named ahead of it, else the last that spoke."""
    spoke = _last(around.before, person=False)
    if spoke is not None and spoke.organisation and spoke.span.end > around.sentence.start - _JUST_BEFORE:
        return spoke
    ahead = [a for a in around.actors if _is_body(a) and a.span.end <= pronoun.start]
    named = ahead[0] if ahead else next((a for a in around.previous if _is_body(a)), None)
    if named is None:
        return spoke
    return SpeakerMention(
        span=named.span, speaker=None, role=None, organisation=named.name, type=_actor_type(named), parts=(named.span,)
    )


def _is_body(actor: ActorMention) -> bool:
    """A party that can speak: no gang of unknown men."""
    return actor.kind in _BODY_TYPES and (actor.by == "name" or actor.kind != "armed_group")


def _actor_type(actor: ActorMention) -> SourceType:
    """The type that a party makes; an organisation of the UN or of aid by the words of its name."""
    by_name = body_type(actor.name) if actor.kind in {"international", "government"} else None
    return by_name or _BODY_TYPES[actor.kind]


def _organisation(party: Party, around: _Around) -> tuple[str | None, SourceType | None]:
    """The canonical name of the speaker's body with the type that it makes: the party or organisation of his noun phrase, the
    one that "its" or "the ministry" means, or the state's body that his role names."""
    text = around.text
    within = party.phrase or cover(party.spans)
    named = around.full_names.get(said, said) if (said := _of(text, party.organisation)) else None
    if party.organisation is not None and any(p.span.contains(party.organisation) for p in around.places):
        named = None
    if named is not None and (office := body_type(named)) in {"official", "military"} and " " in named and _is_office(named):
        return _with_country(named, around), office
    for actor in around.actors:
        apart = party.name is None or not actor.span.overlaps(party.name)
        about = party.organisation is None or actor.span.overlaps(party.organisation)
        if _is_body(actor) and within.contains(actor.span) and apart and about:
            kind = _explained(within, around) or _actor_type(actor)
            return actor.name if actor.name != actor.name.lower() else None, kind  # "police" alone names no body
    words = words_of(text, within.start, within.end)
    bare = party.organisation is None and party.role is not None and party.role.of(text).split()[-1].lower() in _SPOKESMEN
    bare = bare and party.type not in {"military", "police"}
    if words and party.organisation is None and (words[0].key in _OWN or bare):
        owner = _it(around, words[0].span)
        return (owner.organisation, owner.type) if owner else (None, None)
    if named is None or " " not in named.strip():
        meant = _meant(words, around)
        if meant is not None:
            return meant.organisation, meant.type if meant.speaker is None else body_type(meant.organisation)
    if named is not None and named.lower() in speaker_words().references and not named[0].isupper():
        owner = _it(around, party.organisation or within) if party.role is None else None
        return (owner.organisation, owner.type) if owner else (None, None)
    if party.type == "witness" and (named is None or body_type(named) is None):
        return None, None
    return (_with_country(named, around), _explained(within, around)) if named else _state_body(party, around)


def _explained(phrase: Span, around: _Around) -> SourceType | None:
    """The type that an apposition tells: "the X Project, a conflict monitor", "of the think tank X"."""
    view = plain_view(around.text)
    words = " ".join((phrase.of(view) + " " + view[phrase.end : around.sentence.end][:_APPOSED]).lower().split())
    for kind, names in speaker_words().explained.items():
        if any(f" {name}" in words for name in names):
            return kind
    return None


def _is_office(named: str) -> bool:
    """A ministry or an office of a state, whoever runs the state."""
    return any(word in named.lower().split() for word in speaker_words().country_bodies)


def _meant(words: Sequence[Word], around: _Around) -> SpeakerMention | None:
    """The last speaker of the body that "the ministry", "the group's" means."""
    nouns = [w.key for w in words if w.key in speaker_words().references]
    for mention in reversed(around.before) if nouns else ():
        if mention.organisation and any(noun in mention.organisation.lower().split() for noun in nouns):
            return mention
    return None


def _with_country(organisation: str, around: _Around) -> str:
    """ "Ministry of Justice" of the report's country with its adjective."""
    name = " ".join(organisation.split())
    low, country = name.lower(), around.country
    if country is None or not any(word in low.split() for word in speaker_words().country_bodies):
        return organisation
    known = any(form.lower() in low for form in (country.name, country.adjective, *country.adjectives, *country.nouns))
    return organisation if known else f"{country.adjective} {name}"


def _state_body(party: Party, around: _Around) -> tuple[str | None, SourceType | None]:
    """ "the police", "army spokesman" in a report about one country: its police, its army."""
    if around.country is None or party.phrase is None or party.type not in _STATE_ROLES:
        return None, None
    words = [w.key for w in words_of(around.text, party.phrase.start, party.phrase.end)]
    said = f" {' '.join(words)} "
    for body, name in speaker_words().state_bodies.items():
        if f" {body} " in said:
            return around.country.body_name(name), None
    return None, None


def _type(party: Party, name: str | None, body: SourceType | None, around: _Around) -> SourceType | None:
    """What kind of source speaks: a person with no name may be anonymous; who judges or suffered is what his role says;
    all others are of the kind of their body."""
    role = party.type
    if name is None and role is not None and _name_kept_back(around):
        return "anonymous"
    if role is None and name is None and party.organisation is not None:
        return body or "official"
    if role is None:
        return body or (("analyst" if _judges(party, around) else "witness") if name else None)
    if body is None or role in {"anonymous", "document", "media"}:
        records = {w.key for w in words_of(around.text, party.role.start, party.role.end)} if party.role else set()
        return body if body and records & speaker_words().record_nouns else role
    if role == "analyst":
        return body if body in {"ngo", "international"} else role
    if role == "witness":
        return body if body in {"official", "ngo", "international"} else role
    if role == "official" and party.role and _is_minister(party.role.of(around.text)):
        return role
    return body


def _is_minister(role: str) -> bool:
    words = f" {' '.join(role.lower().split())} "
    return any(f" {office} " in words for office in speaker_words().ministers)


def _judges(party: Party, around: _Around) -> bool:
    """ "X, who teaches politics"."""
    behind = plain_view(around.text)[party.spans[0].end : around.sentence.end][:_RELATIVE].lower()
    verbs = "|".join(speaker_words().analyst_verbs)
    return bool(re.match(rf",\s+who\s+(?:{verbs})\b", behind))


def _name_kept_back(around: _Around) -> bool:
    said = " ".join(around.sentence.of(plain_view(around.text)).lower().split())
    return any(words in said for words in speaker_words().unnamed)


def _with_article(text: str, said: Span) -> Span:
    """The article, number and rank before a speaker belong to the words that say who speaks: "two officials said"."""
    small = {"a", "an", "the", "some", "one", "another", "several"} | number_keys() | speaker_words().ranks
    for word in reversed(words_of(text, max(0, said.start - 30), said.start)):
        gap = plain_view(text)[word.end : said.start]
        if word.key not in small or gap.strip(" ."):
            break
        said = Span(word.start, said.end)
    return said


def _without_parties(party: Party, around: _Around) -> Party:
    """A "name" that is a party or an acronym is an organisation; one that is a place is no name."""
    name = party.name
    if name is None:
        return party
    if any(a.span.overlaps(name) and a.kind in _BODY_TYPES for a in around.actors) or re.fullmatch(
        r"[A-Z][A-Za-z]{0,4}[A-Z-]", name.of(around.text)
    ):
        return party._replace(name=None, organisation=party.organisation or name)
    if any(p.span.contains(name) for p in around.places):
        return party._replace(name=None)
    return party


def _full_names(text: str) -> dict[str, str]:
    """Acronym -> the name that the report spells out before it: "Delta Peace Group (DPG)"."""
    names: dict[str, str] = {}
    for found in _SPELLED_OUT.finditer(plain_view(text)):
        words = found["full"].split()
        for first in reversed(range(len(words))):
            if _initials(words[first:]) == found["short"]:
                names[found["short"]] = " ".join(words[first:])
                break
    return names


def _persons(text: str, syntax: Syntax) -> dict[str, str]:
    """Surname -> the first full name of a person in the text, ranks and roles left out."""
    names: dict[str, str] = {}
    small = speaker_words().ranks | role_types().keys()
    for entity in syntax.entities(Span(0, len(text)), "Person"):
        words = entity.span.of(plain_view(text)).split()
        titles = [i for i, w in enumerate(words[:-1]) if w.lower().strip(".,") in small or not (w[0].isupper() or i)]
        words = words[titles[-1] + 1 :] if titles else words
        if len(words) > 1 and all(w[0].isupper() and w.replace("-", "").isalpha() for w in (words[0], words[-1])):
            names.setdefault(_surname(words[-1]), " ".join(words))
    return names


def _initials(words: Sequence[str]) -> str:
    return "".join(part[0] for word in words for part in word.split("-") if part[:1].isupper())


def _of(text: str, span: Span | None) -> str | None:
    return span.of(text) if span else None


def _definite(text: str, role: Span) -> bool:
    head = plain_view(text)[max(0, role.start - 12) : role.end].lower().split()
    return bool({"the", "this", "that"} & set(head[:3]))


def _again(text: str, known: SpeakerMention, verb: Span, spans: tuple[Span, ...]) -> SpeakerMention:
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


def _last(before: Sequence[SpeakerMention], person: bool) -> SpeakerMention | None:
    """The last speaker with a name, or without one."""
    return next((m for m in reversed(before) if (m.speaker is not None) == person), None)


def _by_surname(before: Sequence[SpeakerMention], name: str) -> SpeakerMention | None:
    """The speaker named before whose name ends with this one ("al-Saadi", "Khafaji")."""
    wanted = _surname(name)
    for mention in before:
        if mention.speaker and (_surname(mention.speaker) == wanted or mention.speaker == name):
            return mention
    return None


def _surname(name: str) -> str:
    last = name.split()[-1].lower() if name else ""
    return re.sub(r"^(al|el|ul|ad|as|ash|an|ar)-", "", last).replace("-", "")
