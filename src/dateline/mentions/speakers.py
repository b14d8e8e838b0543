"""Finds speakers: who is reported to say something, with role, organisation and the outlets that it came through.

A speaker is read from the noun phrase that the verb of saying belongs to, or from the one behind "according to".  Pronouns,
surnames and words such as "the ministry" are traced to speakers and bodies named before in the same report.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.actors import Country, actors, country_by_code
from dateline.lexicon.numbers import number_keys
from dateline.lexicon.speakers import body_type, role_types, speaker_words
from dateline.mentions.interviews import announced, answers, asks, signature, turns
from dateline.mentions.outlets import find_outlets, with_outlets
from dateline.mentions.parties import Party, head_party, is_rank, phrase_party
from dateline.mentions.sayings import Said, find_sayings, speaking_party, verb_span
from dateline.mentions.subjects import Phrase, Syntax
from dateline.mentions.words import Found, Word, sentence_words, words_of
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
_APPOSITION = re.compile(
    r"\"?(?:,\s+(?!who\b)[^,.;]{3,80}?(?=\s+who\b|[,.;]|$)|\s+(?:of|from)\s+(?:the\s+)?(?:[A-Z][\w'-]*\s?|of\s|the\s|for\s|and\s)+|)"
)
_OF_A_PLACE = re.compile(r"^([A-Z][\w-]+)['\u2019]s (?=[a-z])")  # "Kabul's police" are the Kabul police
_HOSPITAL = re.compile(r"\s+(?:at|of|from|in)\s+(?:the\s+)?(?P<hospital>(?:[A-Z][\w'-]*\s+)+(?:[a-z]+\s+)?[Hh]ospital)\b")
_LONGEST_INITIALS = 4
_LONGEST_NAME = 5  # words
_LONGEST_TITLE = 80  # characters before a name in which titles and roles stand
_LONGEST_ROLE = 90
_ROLE_AHEAD = re.compile(r"\b(?P<role>(?:[Tt]he|[Ii]ts|[Aa]n?)\s[^,.;:\"()]{3,75}),\s+$")  # "the head of the council, | X"
_RELATIVE = 40  # characters behind a name in which "who teaches" stands
_APPOSED = 45  # characters behind a body's name in which an apposition tells what it is
_JUST_BEFORE = 250  # characters within which a body that spoke is still "it"
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_STATE_ROLES = frozenset({None, "official", "military", "police"})
_SOLDIERS = frozenset({"gen", "lt", "maj", "brig", "col", "capt", "adm", "sgt"})
_SERVICES: dict[SourceType, str] = {"military": "army", "police": "police"}
_STATES = frozenset({"state_force", "police", "government", "coalition", "armed_group"})
_STATE_TYPES = frozenset({"official", "military", "police", "armed_group"})
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
    profiles: Mapping[str, SpeakerMention] = MappingProxyType({})  # surname -> who the report says elsewhere that it is
    persons: Sequence[Span] | None = None  # the persons of the report; None where no tree tells
    everybody: Sequence[ActorMention] = ()  # the parties of the whole report
    bodies: Sequence[str] = ()  # the names of organisations in the report, in its order


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
    full_names = _full_names(text) | (_persons(text, syntax) if syntax is not None else {})
    everywhere = Span(0, len(text))
    persons = [e.span for e in syntax.entities(everywhere, "Person")] if syntax is not None else None
    bodies = _bodies(text, syntax) if syntax is not None else ()
    whole = _Around(
        text, everywhere, parties, (), places, (), country, full_names, persons=persons, everybody=parties, bodies=bodies
    )
    profiles = _profiles(whole, syntax) if syntax is not None else {}
    for sentence in reading.sentences:
        if sentence.region in READ_REGIONS:
            here = [a for a in parties if sentence.span.contains(a.span)]
            there = [p for p in places if sentence.span.contains(p.span)]
            around = _Around(
                text, sentence.span, here, previous, there, known, country, full_names, profiles, persons, parties, bodies
            )
            said = _speakers(around, sentence, reading.report.publisher, syntax)
            found.extend(said)
            known.extend(said or _introduced(around, sentence))
            previous = here
    asked = _interviewee(reading, syntax, parties, places, country) if syntax is not None else None
    signer = _signer(whole) or (_announced(whole, syntax) if syntax is not None else None)
    unsaid = [m for m in (asked, *_labelled(whole, profiles), signer) if m is not None]
    mentions: tuple[Mention, ...] = (*reading.mentions, *_kept_back(found), *unsaid)
    return replace(reading, mentions=mentions)


def _profiles(whole: _Around, syntax: Syntax) -> dict[str, SpeakerMention]:
    """Surname -> a person of the report with the role or body that some sentence gives him, wherever it stands."""
    profiles: dict[str, SpeakerMention] = {}
    for entity in syntax.entities(Span(0, len(whole.text)), "Person"):
        phrase = _presented(whole.text, entity.span)
        party = phrase_party(whole.text, Phrase(phrase, entity.span), syntax)
        if party is None or party.name is None or not party.name.overlaps(entity.span) or party.pronoun:
            continue
        mention = _mention(party, entity.span, whole._replace(sentence=Span(phrase.start, phrase.end)))
        if mention is not None and mention.speaker is not None and (mention.role or mention.organisation):
            profiles.setdefault(_surname(mention.speaker), replace(mention, verb=None))
    return profiles


def _bodies(text: str, syntax: Syntax) -> tuple[str, ...]:
    """The names of organisations that have more than one word."""
    names = (" ".join(e.span.of(text).split()) for e in syntax.entities(Span(0, len(text)), "Organisation"))
    bare = (re.sub(r"^(?:\w+\s(?:of|from)\s)?[Tt]he\s+|'s$", "", plain_view(name)) for name in names)
    return tuple(dict.fromkeys(name for name in bare if " " in name))


def _presented(text: str, name: Span) -> Span:
    """A person's name with the titles and roles before it, in its line, and the apposition behind it."""
    view = plain_view(text)
    start = name.start
    for word in reversed(words_of(text, max(text.rfind("\n", 0, name.start) + 1, name.start - _LONGEST_TITLE), name.start)):
        small = word.key in {"of", "the", "for", "and", "in", "s"}
        fits = word.capital or small or word.key in role_types() or is_rank(word)
        if not fits or view[word.end : start].strip(" .") or (view[word.end : start].strip() and not is_rank(word)):
            break
        start = word.start
    ahead = _ROLE_AHEAD.search(view, max(0, start - _LONGEST_ROLE), start)
    if ahead is not None and _role_type_in(ahead["role"]):
        start = ahead.start("role")
    apposed = _APPOSITION.match(view, name.end)
    return Span(start, apposed.end() if apposed else name.end)


def _labelled(whole: _Around, profiles: Mapping[str, SpeakerMention]) -> Iterator[SpeakerMention]:
    """Who speaks under each label of a transcript ("COL. KEITA:") or thread ("Omar Ba @omar_ba").  Such mentions have no verb."""
    for turn in turns(whole.text):
        label = turn.label.of(whole.text)
        known = profiles.get(_surname(label))
        words = words_of(whole.text, turn.label.start, turn.label.end)
        if asks(label) or not words or (label.isupper() and any(p.span.overlaps(turn.label) for p in whole.places)):
            continue
        name = whole.full_names.get(_surname(label))
        if known is not None:
            yield replace(known, span=turn.label, parts=(turn.label,), verb=None)
        elif label.isupper() and (name is not None or is_rank(words[0])):
            yield _titled(turn.label, name or words[-1].text, words[0].key.strip("."))
        elif not label.isupper():
            yield _poster(whole, turn.label)


def _titled(label: Span, name: str, title: str) -> SpeakerMention:
    """Whom only his label names: "COL. KEITA" is a soldier, "MS KEITA" speaks for an office."""
    kind = role_types().get(title, "military" if title in _SOLDIERS else "official")
    return SpeakerMention(span=label, speaker=name, role=None, organisation=None, type=kind, parts=(label,))


def _poster(whole: _Around, label: Span) -> SpeakerMention:
    """An account that posts: a body by the words of its name, a person with the role behind his name, else a witness."""
    words = re.split(r"\s+\(|\s+in\s", label.of(whole.text))[0]
    actor = next((a for a in whole.actors if label.contains(a.span) and _is_body(a)), None)
    kind = body_type(words) or (_actor_type(actor) if actor else None)
    if kind is not None:
        name = actor.name if actor is not None else words
        return SpeakerMention(span=label, speaker=None, role=None, organisation=name, type=kind, parts=(label,))
    name, _, behind = words.partition(",")
    role = behind.strip() or None
    told = _role_type_in(behind) or "witness"
    return SpeakerMention(span=label, speaker=name.strip(), role=role, organisation=None, type=told, parts=(label,))


def _signer(whole: _Around) -> SpeakerMention | None:
    """Who signs a statement at its foot: the name is a part of its own, the role and the body stand in the others.  Such a
    mention has no verb."""
    foot = signature(whole.text)
    if foot is None:
        return None
    parts = [
        Span(foot.start + m.start(), foot.start + m.end()) for m in re.finditer(r"[^,\n()]*\w[^,\n()]*", foot.of(whole.text))
    ]
    named = [(part, name) for part in parts if (name := _signed_name(whole.text, part))]
    rest = [p for p in parts if all(p != part for part, _ in named[:1]) and _role_type_in(p.of(whole.text))]
    if not named or not rest:
        return None
    role = Span(*_trimmed(whole.text, rest[0]))
    party = Party(named[0][1], role, None, _role_type_in(role.of(whole.text)), None, False, foot)
    mention = _mention(party, foot, whole._replace(sentence=foot))
    return replace(mention, span=foot, verb=None) if mention is not None else None


def _announced(whole: _Around, syntax: Syntax) -> SpeakerMention | None:
    """Whose statement the head of the text says that it is: "Statement by the spokesman of the Delta Front, Omar Ba".  Such a
    mention has no verb."""
    named = announced(whole.text)
    if named is None:
        return None
    party = phrase_party(whole.text, Phrase(named, named), syntax)
    if party is None or party.role is None or party.type in {"document", "media"}:
        return None
    mention = _mention(party._replace(phrase=named), named, whole._replace(sentence=named))
    body = re.sub(r"^[Tt]he ", "", mention.organisation) if mention is not None and mention.organisation else None
    return replace(mention, span=named, organisation=body, verb=None) if mention is not None else None


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    words = words_of(text, span.start, span.end)
    return words[0].start, words[-1].end


def _role_type_in(words: str) -> SourceType | None:
    """The type that the last role word of a row makes."""
    types = [role_types()[w] for w in re.findall(r"[\w-]+", words.lower()) if w in role_types()]
    return types[-1] if types else None


def _signed_name(text: str, part: Span) -> Span | None:
    """A part of a signature that is all name, but for the ranks before it."""
    words = words_of(text, part.start, part.end)
    while words and (is_rank(words[0]) or words[0].key in {"signed", "for", "by"}):
        words = words[1:]
    plain = all(w.capital and w.key not in role_types() and w.key not in speaker_words().organisation_words for w in words)
    return Span(words[0].start, words[-1].end) if words and plain and len(words) <= _LONGEST_NAME else None


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
    for code, country in country_by_code().items():
        named = sum(a.name.startswith(f"{country.adjective} ") for a in parties)
        if named:
            counts[code] += named
    (code, most), *_ = counts.most_common(1) or [("", 0)]
    return country_by_code().get(code) if most > counts.total() / 2 else None


def _interviewee(
    reading: Reading, syntax: Syntax, parties: Sequence[ActorMention], places: Sequence[PlaceMention], country: Country | None
) -> SpeakerMention | None:
    """Who is asked in an interview: the first person named before the first answer, with what is said of him there.  Such a
    mention has no verb."""
    text = reading.report.text
    answering = min(answers(text, reading.sentences), default=None)
    if answering is None:
        return None
    best: SpeakerMention | None = None
    for entity in syntax.entities(Span(0, answering.start), "Person"):
        party = phrase_party(text, Phrase(_presented(text, entity.span), entity.span), syntax)
        if party is None or party.name is None or party.name.of(text) in (reading.report.publisher or ""):
            continue
        around = _Around(text, Span(party.name.start, answering.start), parties, (), places, (), country)
        mention = _mention(party, entity.span, around)
        if mention is not None and (best is None or (best.role is None and best.speaker == mention.speaker)):
            best = replace(mention, verb=None)
    if best is None:
        return None
    if best.type == "witness" and best.role is None:
        best = replace(best, type="analyst")  # who is asked at length and has no role judges
    return best if best.organisation else _of_introduction(best, reading, syntax, parties)


def _of_introduction(asked: SpeakerMention, reading: Reading, syntax: Syntax, parties: Sequence[ActorMention]) -> SpeakerMention:
    """The body that the sentence which introduces somebody names behind him: "Omar Ba has taught at the Delta Institute"."""
    sentence = next((s.span for s in reading.sentences if s.span.overlaps(asked.span)), None)
    behind = Span(asked.span.end, sentence.end) if sentence is not None and sentence.end > asked.span.end else None
    if behind is None:
        return asked
    text = reading.report.text
    named = [(e.span, " ".join(e.span.of(text).split())) for e in syntax.entities(behind, "Organisation")]
    named = [
        (span, name) for span, name in named if re.search(r"\b(?:at|of|for|with|from|the) (?:the )?$", text[: span.start][-9:])
    ]
    bodies = [(a.span, a.name) for a in parties if behind.contains(a.span) and _is_body(a)]
    first = min([*named, *bodies], default=None)
    if first is None or first[1] == reading.report.publisher:
        return asked
    return replace(asked, organisation=re.sub(r"^[Tt]he ", "", first[1]), parts=(*asked.parts, first[0]))


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
        state = _state_speaker(around, words, found, syntax) if party is None and syntax is not None else None
        if state is not None:
            mentions.append(state)
        if party is None or (found.payload.base in speaker_words().seeing_verbs and party.type != "witness"):
            continue
        if found.payload.verb == "heading" and _is_bare_name(party, around):
            continue
        mention = _mention(party, verb, around._replace(before=[*around.before, *mentions]))
        if mention is not None:
            mentions.append(mention)
    return with_outlets(text, mentions, vias)


def _is_bare_name(party: Party, around: _Around) -> bool:
    """A name before a colon of whom the report says nothing else is a place, or a heading: "Tabarre: two houses burned"."""
    name = _of(around.text, party.name)
    bare = name is not None and party.role is None and party.organisation is None
    return bare and _surname(name or "") not in around.profiles and _by_surname(around.before, name or "") is None


def _state_speaker(around: _Around, words: tuple[Word, ...], found: Found[Said], syntax: Syntax) -> SpeakerMention | None:
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
    person = _by_surname(around.before, said)
    if person is not None:
        return _again(text, person, verb, (phrase.head,))
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


def _mention(party: Party, verb: Span, around: _Around) -> SpeakerMention | None:
    text = around.text
    party = _without_owner(_with_surname(_without_parties(party, around), around), text)
    if not party.spans:
        return None
    known = _known(party, around)
    if known is not None:
        return _again(text, known, verb, party.spans)
    if party.pronoun or _is_ours(party, text):
        return None
    if party.doubtful and _surname(party.name.of(text) if party.name else "") not in around.full_names:
        party = party._replace(name=None)
    if not party.spans:
        return None
    name, organisation, body = _of(text, party.name), *_organisation(party, around)
    if name is not None and " " not in name:
        name = around.full_names.get(_surname(name), name)
    if name is not None and party.role is None and organisation is None:
        profile = around.profiles.get(_surname(name))
        if profile is not None and _same_person(profile.speaker, name):
            return _again(text, profile, verb, party.spans)
    kind = _type(party, name, body or body_type(organisation), around)
    if kind is None:
        return None
    if kind == "document" and name is not None:  # "a Defence report": whose report, not who
        name, organisation = None, organisation or name
    if name is None and organisation is None and (party.role is None or kind is None):
        return None
    organisation = organisation or _hospital(party, verb, around) or _body_of_office(party, name, kind, around)
    return SpeakerMention(
        span=_with_article(text, cover([*party.spans, verb])),
        speaker=name,
        role=_of(text, party.role),
        organisation=_OF_A_PLACE.sub(r"\1 ", organisation) if organisation else None,
        type=kind,
        verb=verb,
        parts=(*party.spans, verb),
    )


def _hospital(party: Party, verb: Span, around: _Around) -> str | None:
    """The hospital with a name at which a doctor works: "a medic at Azadi hospital"."""
    if party.role is None:
        return None
    end = verb.start if verb.start > party.role.end else around.sentence.end
    found = _HOSPITAL.match(plain_view(around.text), party.role.end, end)
    return " ".join(found["hospital"].split()) if found else None


def _body_of_office(party: Party, name: str | None, kind: SourceType, around: _Around) -> str | None:
    """In a report about one country its officers, policemen and ministers belong to its army, police and government."""
    if around.country is None:
        return None
    role = f" {' '.join(party.role.of(around.text).lower().split())} " if party.role else ""
    if kind == "official" and any(f" {office} " in role for office in speaker_words().cabinet):
        return around.country.body_name("government")
    ranked = kind == "police" or role_types().get(role.split()[-1] if role.strip() else "") == kind
    body = _SERVICES.get(kind) if name is not None and party.type in {None, kind} and ranked else None
    return around.country.body_name(body) if body else None


def _known(party: Party, around: _Around) -> SpeakerMention | None:
    """The speaker named before whom a pronoun, a surname or a bare role ("the spokesman") means."""
    before, text = around.before, around.text
    if party.pronoun:
        if party.pronoun.of(text).lower() in {"he", "she", "him", "his", "her"}:
            return next((m for m in reversed(before) if _is_person(m)), None)
        if party.plural:
            return next((m for m in reversed(before) if m.speaker is None and not _is_person(m)), None)
        return _it(around, party.pronoun)
    if (by_initials := _by_initials(party, around)) is not None:
        return by_initials
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
        span=named.span,
        speaker=None,
        role=None,
        organisation=_state_named(named.name) or named.name,
        type=_actor_type(named),
        parts=(named.span,),
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
            told = _explained(within, around) if actor.kind not in _STATES else None
            kind = told or _actor_type(actor)
            name = _state_named(actor.name) or actor.name
            return name if name != name.lower() else None, kind  # "police" alone names no body
    state = _state_named(named)
    if state is not None:
        return state, "official"
    if named is not None and " " not in named.strip() and named[:1].isupper():
        whole = _fuller(named, around) if named.lower() in speaker_words().references else None
        if whole is not None:
            return whole
    words = words_of(text, within.start, within.end)
    owner_named = _owner(party, around) if party.organisation is None else None
    if owner_named is not None:
        return owner_named, _explained(within, around)
    bare = party.organisation is None and party.role is not None and party.role.of(text).split()[-1].lower() in _SPOKESMEN
    bare = bare and party.type not in {"military", "police"}
    governs = party.role is not None and _is_minister(party.role.of(text))  # "its governor" is that of a place
    if words and party.organisation is None and ((words[0].key in _OWN and not governs) or bare):
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


def _state_named(named: str | None) -> str | None:
    """ "Turkey", "Tehran" said: the government."""
    plain = " ".join((named or "").split())
    return next((c.body_name("government") for c in country_by_code().values() if plain == c.name), None)


def _fuller(word: str, around: _Around) -> tuple[str, SourceType | None] | None:
    """ "the Cell", "the Guards": the body with a longer name that the report gives, with its type."""
    for actor in around.everybody:
        if _is_body(actor) and word in actor.span.of(around.text).split()[1:]:
            return actor.name, _actor_type(actor)
    name = next((body for body in around.bodies if word in body.split()[1:]), None)
    return (name, body_type(name)) if name is not None else None


def _owner(party: Party, around: _Around) -> str | None:
    """ "the Pentagon's deputy secretary": the body that a role belongs to, where it has a name."""
    found = (
        re.match(r"(?P<owner>[A-Z][\w-]*(?:\s[A-Z][\w-]*)*)'s\s", party.role.of(plain_view(around.text))) if party.role else None
    )
    if found is None:
        return None
    owner = found["owner"]
    return around.full_names.get(owner) or _state_named(owner) or (owner if body_type(owner) else None)


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
    words = {word.removesuffix("'s") for word in plain_view(low).split()}
    other = any(words & {c.name.lower(), c.adjective.lower()} for c in country_by_code().values())
    known = other or any(form.lower() in low for form in (country.name, country.adjective, *country.adjectives, *country.nouns))
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
    if name is not None and role in {None, "official", "military", "anonymous"} and _has_police_title(party, around):
        return "police"
    if name is not None and role == "anonymous":
        role = "official"  # a diplomat with a name
    if name is not None and _is_retired(party, around):
        return "analyst"
    if role is None and name is None and party.organisation is not None:
        return body or "official"
    if role is None:
        judges = _judges(party, around) or party.organisation is not None
        return body or (("analyst" if judges else "witness") if name else None)
    if body is None or role in {"anonymous", "document", "media"}:
        records = {w.key for w in words_of(around.text, party.role.start, party.role.end)} if party.role else set()
        return body if body and records & speaker_words().record_nouns else role
    if role == "analyst":
        return body if body == "international" else role
    if role == "witness":
        return body if body in {"official", "ngo", "international"} else role
    if role == "official" and party.role and body in _STATE_TYPES and _is_minister(party.role.of(around.text)):
        return role
    return body


def _is_retired(party: Party, around: _Around) -> bool:
    """ "Lt Gen (retd) Omar Ba"."""
    ahead = plain_view(around.text)[max(0, party.spans[0].start - 12) : party.spans[0].start].lower()
    return bool(re.search(r"\((?:retd?|retired|rtd)\.?\)\s*$", ahead))


def _has_police_title(party: Party, around: _Around) -> bool:
    """ "DGP Omar Ba": a title that only police officers have."""
    if party.name is None:
        return False
    start = min(party.phrase.start if party.phrase else party.name.start, party.name.start)
    role = party.role.of(around.text).lower().split() if party.role else []
    titled = any(w.key.strip(".") in speaker_words().police_titles for w in words_of(around.text, start, party.name.end))
    return titled or "police" in role


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


def _without_owner(party: Party, text: str) -> Party:
    """ "The government's own report": whose it is says no role."""
    owner = party.role is not None and bool(re.search(r"['\u2019]s$", party.role.of(text)))
    return party._replace(role=None) if owner and party.name is None else party


def _is_ours(party: Party, text: str) -> bool:
    """ "My people have nowhere to go": words of a speech, whose speaker they do not name."""
    within = party.phrase or cover(party.spans)
    return within.of(text).lower().startswith(("my ", "our "))


def _by_initials(party: Party, around: _Around) -> SpeakerMention | None:
    """ "The IG said": the Inspector General who spoke before."""
    word = party.organisation.of(around.text) if party.organisation and not (party.role or party.name) else ""
    if not word.isupper() or len(word) > _LONGEST_INITIALS:
        return None
    return next((m for m in reversed(around.before) if m.speaker and m.role and _initials(m.role.split()).startswith(word)), None)


def _with_surname(party: Party, around: _Around) -> Party:
    """A "body" of one word that is the surname of somebody in the report is that person ("Netam said"); a "name" that nothing
    shows to be a person's is none ("Our", "Operations")."""
    if party.name is None and party.organisation is not None and party.role is None:
        word = party.organisation.of(around.text)
        known = _surname(word) in around.full_names or _by_surname(around.before, word) is not None
        if " " not in word and known and not _names_actor(party.organisation, around):
            return party._replace(name=party.organisation, organisation=None, doubtful=False)
    name = party.name
    if name is None or party.role is not None or party.type is not None or around.persons is None:
        return party
    said = name.of(around.text)
    known = _surname(said) in around.full_names or _by_surname(around.before, said) is not None
    ranked = party.phrase is not None and any(is_rank(w) for w in words_of(around.text, party.phrase.start, name.start))
    if known or ranked or any(person.overlaps(name) for person in around.persons):
        return party
    return party._replace(name=None)


def _names_actor(span: Span, around: _Around) -> bool:
    return any(actor.span.overlaps(span) for actor in around.actors)


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
    first = (m for m in before if m.speaker and " " not in name and " " in m.speaker and m.speaker.split()[0] == name)
    return next(first, None)  # in Ethiopia or Burma persons go by their first names


def _same_person(one: str | None, other: str) -> bool:
    """Of two names with one surname: do they go together ("Omar Ba" and "Ba", no "Ali Ba")?"""
    return one is not None and (" " not in other or " " not in one or one.split()[0].lower() == other.split()[0].lower())


def _surname(name: str) -> str:
    last = name.split()[-1].lower() if name else ""
    return re.sub(r"^(al|el|ul|ad|as|ash|an|ar)-", "", last).replace("-", "")
