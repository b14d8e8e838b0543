"""For which body somebody speaks, and what kind of source that makes him."""

import re
from collections.abc import Sequence

from dateline.lexicon.actors import country_by_code
from dateline.lexicon.speakers import body_type, role_types, speaker_words
from dateline.mentions.parties import Party
from dateline.mentions.speaker_known import Around, actor_type, body_meant, is_body, state_named
from dateline.mentions.speaker_names import words_at
from dateline.mentions.words import Word, words_of
from dateline.model import (
    SourceType,
    Span,
    SpeakerMention,
    cover,
    plain_view,
)  # fmt: skip

_OWN = frozenset({"its", "their"})
_HOSPITAL = re.compile(r"\s+(?:at|of|from|in)\s+(?:the\s+)?(?P<hospital>(?:[A-Z][\w'-]*\s+)+(?:[a-z]+\s+)?[Hh]ospital)\b")
_RELATIVE = 40  # characters behind a name in which "who teaches" stands
_APPOSED = 45  # characters behind a body's name in which an apposition tells what it is
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_STATE_ROLES = frozenset({None, "official", "military", "police"})
_SERVICES: dict[SourceType, str] = {"military": "army", "police": "police"}
_STATES = frozenset({"state_force", "police", "government", "coalition", "armed_group"})
_STATE_TYPES = frozenset({"official", "military", "police", "armed_group"})


def hospital(party: Party, verb: Span, around: Around) -> str | None:
    """The hospital with a name at which a doctor works: "a medic at Azadi hospital"."""
    if party.role is None:
        return None
    end = verb.start if verb.start > party.role.end else around.sentence.end
    found = _HOSPITAL.match(plain_view(around.text), party.role.end, end)
    return " ".join(found["hospital"].split()) if found else None


def body_of_office(party: Party, name: str | None, kind: SourceType, around: Around) -> str | None:
    """In a report about one country its officers, policemen and ministers belong to its army, police and government."""
    if around.country is None:
        return None
    role = f" {' '.join(party.role.of(around.text).lower().split())} " if party.role else ""
    if kind == "official" and any(f" {office} " in role for office in speaker_words().cabinet):
        return around.country.body_name("government")
    ranked = kind == "police" or role_types().get(role.split()[-1] if role.strip() else "") == kind
    body = _SERVICES.get(kind) if name is not None and party.type in {None, kind} and ranked else None
    return around.country.body_name(body) if body else None


def organisation_of(party: Party, around: Around) -> tuple[str | None, SourceType | None]:
    """The canonical name of the speaker's body with the type that it makes: the party or organisation of his noun phrase, the
    one that "its" or "the ministry" means, or the state's body that his role names."""
    text = around.text
    within = party.phrase or cover(party.spans)
    named = around.full_names.get(said, said) if (said := words_at(text, party.organisation)) else None
    if party.organisation is not None and any(p.span.contains(party.organisation) for p in around.places):
        named = None
    if named is not None and (office := body_type(named)) in {"official", "military"} and " " in named and _is_office(named):
        return _with_country(named, around), office
    for actor in around.actors:
        apart = party.name is None or not actor.span.overlaps(party.name)
        about = party.organisation is None or actor.span.overlaps(party.organisation)
        if is_body(actor) and within.contains(actor.span) and apart and about:
            told = _explained(within, around) if actor.kind not in _STATES else None
            kind = told or actor_type(actor)
            name = state_named(actor.name) or actor.name
            return name if name != name.lower() else None, kind  # "police" alone names no body
    state = state_named(named)
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
        owner = body_meant(around, words[0].span)
        return (owner.organisation, owner.type) if owner else (None, None)
    if named is None or " " not in named.strip():
        meant = _meant(words, around)
        if meant is not None:
            return meant.organisation, meant.type if meant.speaker is None else body_type(meant.organisation)
    if named is not None and named.lower() in speaker_words().references and not named[0].isupper():
        owner = body_meant(around, party.organisation or within) if party.role is None else None
        return (owner.organisation, owner.type) if owner else (None, None)
    if party.type == "witness" and (named is None or body_type(named) is None):
        return None, None
    return (_with_country(named, around), _explained(within, around)) if named else _state_body(party, around)


def _fuller(word: str, around: Around) -> tuple[str, SourceType | None] | None:
    """ "the Cell", "the Guards": the body with a longer name that the report gives, with its type."""
    for actor in around.everybody:
        if is_body(actor) and word in actor.span.of(around.text).split()[1:]:
            return actor.name, actor_type(actor)
    name = next((body for body in around.bodies if word in body.split()[1:]), None)
    return (name, body_type(name)) if name is not None else None


def _owner(party: Party, around: Around) -> str | None:
    """ "the Pentagon's deputy secretary": the body that a role belongs to, where it has a name."""
    found = (
        re.match(r"(?P<owner>[A-Z][\w-]*(?:\s[A-Z][\w-]*)*)'s\s", party.role.of(plain_view(around.text))) if party.role else None
    )
    if found is None:
        return None
    owner = found["owner"]
    return around.full_names.get(owner) or state_named(owner) or (owner if body_type(owner) else None)


def _explained(phrase: Span, around: Around) -> SourceType | None:
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


def _meant(words: Sequence[Word], around: Around) -> SpeakerMention | None:
    """The last speaker of the body that "the ministry", "the group's" means."""
    nouns = [w.key for w in words if w.key in speaker_words().references]
    for mention in reversed(around.before) if nouns else ():
        if mention.organisation and any(noun in mention.organisation.lower().split() for noun in nouns):
            return mention
    return None


def _with_country(organisation: str, around: Around) -> str:
    """ "Ministry of Justice" of the report's country with its adjective."""
    name = " ".join(organisation.split())
    low, country = name.lower(), around.country
    if country is None or not any(word in low.split() for word in speaker_words().country_bodies):
        return organisation
    words = {word.removesuffix("'s") for word in plain_view(low).split()}
    other = any(words & {c.name.lower(), c.adjective.lower()} for c in country_by_code().values())
    known = other or any(form.lower() in low for form in (country.name, country.adjective, *country.adjectives, *country.nouns))
    return organisation if known else f"{country.adjective} {name}"


def _state_body(party: Party, around: Around) -> tuple[str | None, SourceType | None]:
    """ "the police", "army spokesman" in a report about one country: its police, its army."""
    if around.country is None or party.phrase is None or party.type not in _STATE_ROLES:
        return None, None
    words = [w.key for w in words_of(around.text, party.phrase.start, party.phrase.end)]
    said = f" {' '.join(words)} "
    for body, name in speaker_words().state_bodies.items():
        if f" {body} " in said:
            return around.country.body_name(name), None
    return None, None


def type_of(party: Party, name: str | None, body: SourceType | None, around: Around) -> SourceType | None:
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


def _is_retired(party: Party, around: Around) -> bool:
    """ "Lt Gen (retd) Omar Ba"."""
    ahead = plain_view(around.text)[max(0, party.spans[0].start - 12) : party.spans[0].start].lower()
    return bool(re.search(r"\((?:retd?|retired|rtd)\.?\)\s*$", ahead))


def _has_police_title(party: Party, around: Around) -> bool:
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


def _judges(party: Party, around: Around) -> bool:
    """ "X, who teaches politics"."""
    behind = plain_view(around.text)[party.spans[0].end : around.sentence.end][:_RELATIVE].lower()
    verbs = "|".join(speaker_words().analyst_verbs)
    return bool(re.match(rf",\s+who\s+(?:{verbs})\b", behind))


def _name_kept_back(around: Around) -> bool:
    said = " ".join(around.sentence.of(plain_view(around.text)).lower().split())
    return any(words in said for words in speaker_words().unnamed)
