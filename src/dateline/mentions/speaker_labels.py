"""Speakers whom no verb of saying names: under the labels of a transcript, at the head or foot of a statement, asked in an
interview."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from dateline.lexicon.actors import Country
from dateline.lexicon.speakers import body_type, role_types, speaker_words
from dateline.mentions.interviews import announced, answers, asks, signature, turns
from dateline.mentions.parties import Party, is_rank, phrase_party
from dateline.mentions.speaker_known import Around, actor_type, is_body
from dateline.mentions.speaker_mentions import mention_of
from dateline.mentions.speaker_names import surname
from dateline.mentions.subjects import Phrase, Syntax
from dateline.mentions.words import words_of
from dateline.model import (
    ActorMention,
    PlaceMention,
    Reading,
    SourceType,
    Span,
    SpeakerMention,
    plain_view,
)  # fmt: skip

_APPOSITION = re.compile(
    r"\"?(?:,\s+(?!who\b)[^,.;]{3,80}?(?=\s+who\b|[,.;]|$)|\s+(?:of|from)\s+(?:the\s+)?(?:[A-Z][\w'-]*\s?|of\s|the\s|for\s|and\s)+|)"
)
_LONGEST_NAME = 5  # words
_LONGEST_TITLE = 80  # characters before a name in which titles and roles stand
_LONGEST_ROLE = 90
_ROLE_AHEAD = re.compile(r"\b(?P<role>(?:[Tt]he|[Ii]ts|[Aa]n?)\s[^,.;:\"()]{3,75}),\s+$")  # "the head of the council, | X"
_SOLDIERS = frozenset({"gen", "lt", "maj", "brig", "col", "capt", "adm", "sgt"})


def profiles_of(whole: Around, syntax: Syntax) -> dict[str, SpeakerMention]:
    """Surname -> a person of the report with the role or body that some sentence gives him, wherever it stands."""
    profiles: dict[str, SpeakerMention] = {}
    for entity in syntax.entities(Span(0, len(whole.text)), "Person"):
        phrase = _presented(whole.text, entity.span)
        party = phrase_party(whole.text, Phrase(phrase, entity.span), syntax)
        if party is None or party.name is None or not party.name.overlaps(entity.span) or party.pronoun:
            continue
        mention = mention_of(party, entity.span, whole._replace(sentence=Span(phrase.start, phrase.end)))
        if mention is not None and mention.speaker is not None and (mention.role or mention.organisation):
            profiles.setdefault(surname(mention.speaker), replace(mention, verb=None))
    return profiles


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


def labelled_speakers(whole: Around, profiles: Mapping[str, SpeakerMention]) -> Iterator[SpeakerMention]:
    """Who speaks under each label of a transcript ("COL. KEITA:") or thread ("Omar Ba @omar_ba").  Such mentions have no verb."""
    for turn in turns(whole.text):
        label = turn.label.of(whole.text)
        known = profiles.get(surname(label))
        words = words_of(whole.text, turn.label.start, turn.label.end)
        if asks(label) or not words or (label.isupper() and any(p.span.overlaps(turn.label) for p in whole.places)):
            continue
        name = whole.full_names.get(surname(label))
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


def _poster(whole: Around, label: Span) -> SpeakerMention:
    """An account that posts: a body by the words of its name, a person with the role behind his name, else a witness."""
    words = re.split(r"\s+\(|\s+in\s", label.of(whole.text))[0]
    actor = next((a for a in whole.actors if label.contains(a.span) and is_body(a)), None)
    kind = body_type(words) or (actor_type(actor) if actor else None)
    if kind is not None:
        name = actor.name if actor is not None else words
        return SpeakerMention(span=label, speaker=None, role=None, organisation=name, type=kind, parts=(label,))
    name, _, behind = words.partition(",")
    role = behind.strip() or None
    told = _role_type_in(behind) or "witness"
    return SpeakerMention(span=label, speaker=name.strip(), role=role, organisation=None, type=told, parts=(label,))


def signer_of(whole: Around) -> SpeakerMention | None:
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
    mention = mention_of(party, foot, whole._replace(sentence=foot))
    return replace(mention, span=foot, verb=None) if mention is not None else None


def announced_speaker(whole: Around, syntax: Syntax) -> SpeakerMention | None:
    """Whose statement the head of the text says that it is: "Statement by the spokesman of the Delta Front, Omar Ba".  Such a
    mention has no verb."""
    named = announced(whole.text)
    if named is None:
        return None
    party = phrase_party(whole.text, Phrase(named, named), syntax)
    if party is None or party.role is None or party.type in {"document", "media"}:
        return None
    mention = mention_of(party._replace(phrase=named), named, whole._replace(sentence=named))
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


def interviewee(
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
        around = Around(text, Span(party.name.start, answering.start), parties, (), places, (), country)
        mention = mention_of(party, entity.span, around)
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
    bodies = [(a.span, a.name) for a in parties if behind.contains(a.span) and is_body(a)]
    first = min([*named, *bodies], default=None)
    if first is None or first[1] == reading.report.publisher:
        return asked
    return replace(asked, organisation=re.sub(r"^[Tt]he ", "", first[1]), parts=(*asked.parts, first[0]))
