"""Finds speakers: who is reported to say something, with role, organisation and the outlets that it came through.

A speaker is read from the words around a verb of saying ("X, head of Y, said"; "said X, a resident") or after "according
to".  Pronouns and surnames are traced to speakers named before in the same report.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec.structs import replace

from dateline.lexicon.acts import forms
from dateline.lexicon.speakers import publisher_type, role_types, speaker_words
from dateline.mentions.acts import BE
from dateline.mentions.words import Found, PhraseTable, Word, sentence_words, words_of
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
)
from dateline.pipeline import stage

_PARTICLES = frozenset("al el ul bin ibn abu abd de del la van von der da dos ben bint ould ag el-din un u di le".split())
_SKIPPED = frozenset(
    ("has have had also later then earlier previously recently further again separately meanwhile however").split()
)
_LOOK_BACK = 34  # words before a verb of saying that can belong to its subject
_NAME_STOPS = frozenset(
    (
        "the a an in on at for of and or but to from by with his her their its this that these those as after before during"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
        " october november december he she it they we i some many most all both one two three other others several there"
        " meanwhile however according"
    ).split()
)

_ACROSS = frozenset({"of", "for", "and", "the"})
_NEVER_IN_RUNS = frozenset("the a an in on for he she they according".split())

Verb = Literal["said", "saying", "according"]


class Said(NamedTuple):
    """A phrase of saying: verb in a finite form, verb in -ing ("adding that"), or a preposition ("according to")."""

    verb: Verb
    base: str


@cache
def _sayings() -> PhraseTable[Said]:
    phrases: dict[str, Said] = {p: Said("according", p) for p in speaker_words().according_to}
    for base in speaker_words().say_verbs:
        made = forms(base)
        for phrase in (made.past, made.participle, made.third, made.base):
            phrases.setdefault(phrase, Said("said", base))
        phrases.setdefault(made.ing, Said("saying", base))
    return PhraseTable(phrases.items())


@cache
def _roles() -> PhraseTable[SourceType]:
    return PhraseTable(role_types().items())


@cache
def _outlets() -> PhraseTable[bool]:
    return PhraseTable((name, True) for name in speaker_words().outlets)


@cache
def _to_outlet() -> PhraseTable[bool]:
    return PhraseTable((name, True) for name in speaker_words().to_outlet)


class Party(NamedTuple):
    """A noun phrase taken apart: who speaks, in what role, for whom."""

    name: Span | None
    role: Span | None
    organisation: Span | None
    type: SourceType | None
    pronoun: Span | None
    plural: bool

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(s for s in (self.name, self.role, self.organisation, self.pronoun) if s)


@stage(needs={"sentences", "actors", "places"}, adds={"speakers"})
def find_speakers(reading: Reading) -> Reading:
    """Append a SpeakerMention for each attribution in the sentences that are read."""
    text = reading.report.text
    actors = [m for m in reading.mentions if isinstance(m, ActorMention)]
    places = [m for m in reading.mentions if isinstance(m, PlaceMention)]
    found: list[SpeakerMention] = []
    for sentence in reading.sentences:
        if sentence.region in READ_REGIONS and sentence.region != "headline":
            here = [a for a in actors if sentence.span.contains(a.span)]
            there = [p for p in places if sentence.span.contains(p.span)]
            found.extend(speakers_in(text, sentence, here, there, found, reading.report.publisher))
    mentions: tuple[Mention, ...] = (*reading.mentions, *found)
    return replace(reading, mentions=mentions)


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
    vias = _vias(text, words, publisher)
    mentions: list[SpeakerMention] = []
    for found in _sayings().find(words):
        verb = Span(words[found.first].start, words[found.last - 1].end)
        if _is_name(words, found) or (_weak(found.payload) and not _says(text, words, found)):
            continue
        party = _party_of(text, sentence, words, found)
        mention = _mention(text, party, verb, [*before, *mentions], actors, places) if party is not None else None
        if mention is not None:
            mentions.append(mention)
    return _with_outlets(text, mentions, vias)


def _weak(said: Said) -> bool:
    return said.verb == "said" and said.base in speaker_words().weak_say_verbs


def _is_name(words: tuple[Word, ...], found: Found[Said]) -> bool:
    """ "Islamic State", "United States": a capital inside a sentence that is not all capitals."""
    word = words[found.first]
    return found.first > 0 and word.capital and not all(w.text.isupper() for w in words[:6] if len(w.text) > 3)


def _says(text: str, words: tuple[Word, ...], found: Found[Said]) -> bool:
    """Does "that", a comma, a colon or a quotation mark follow?"""
    if found.last >= len(words):
        return False
    gap = plain_view(text)[words[found.last - 1].end : words[found.last].start]
    return bool(re.search(r'[,:"]', gap)) or words[found.last].key == "that"


# --- where the speaker stands ------------------------------------------------------------------------------------------


def _party_of(text: str, sentence: Sentence, words: tuple[Word, ...], found: Found[Said]) -> Party | None:
    if found.payload.verb == "according":
        return _parse(text, _following(text, words, found.last))
    if found.payload.verb == "saying":
        return None  # "adding that": the same speaker goes on, and is found at the main verb
    before = words[found.first - 1] if found.first else None
    if before is not None and before.key in BE | {"to", "been"}:
        return None  # "it was announced", "to announce"
    if _inverted(text, words, found):
        following = _following(text, words, found.last)
        party = _parse(text, following)
        if party is not None and _fills(party, following):
            return party
    subject = _preceding(text, sentence, words, found.first)
    return _parse(text, subject) if subject else None


def _fills(party: Party, chunks: list[tuple[Word, ...]]) -> bool:
    """Does the speaker's name and role fill the words after the verb, so that no statement follows them?"""
    free = [w for w in chunks[0] if not any(s.start <= w.start < s.end for s in party.spans)]
    return len([w for w in free if w.key not in speaker_words().ranks | {"the", "a", "an", "of", "for"}]) <= 2


def _inverted(text: str, words: tuple[Word, ...], found: Found[Said]) -> bool:
    """ "...", said X: the verb follows a comma or a quotation mark, and a name, a role or an article follows it."""
    if not found.first or found.last >= len(words):
        return False
    gap = plain_view(text)[words[found.first - 1].end : words[found.first].start]
    after = words[found.last]
    return bool(re.search(r"[,\"'-]", gap)) and (
        after.capital or after.key in role_types() or after.key in {"the", "a", "an"} | _adjectives(after)
    )


def _adjectives(word: Word) -> set[str]:
    """A lower-case word right before a role ("military analyst X") may begin the phrase."""
    return (
        {word.key}
        if word.key in {"military", "political", "security", "local", "senior", "former", "independent", "defence", "defense"}
        else set()
    )


def _preceding(text: str, sentence: Sentence, words: tuple[Word, ...], verb: int) -> list[tuple[Word, ...]]:
    """The comma-parted chunks that can be the subject of words[verb], nearest first."""
    view = plain_view(text)
    last = verb
    while last and (words[last - 1].key in _SKIPPED or words[last - 1].key.endswith("ly")):
        last -= 1
    chunks: list[tuple[Word, ...]] = []
    chunk: list[Word] = []
    for i in range(last - 1, max(-1, last - 1 - _LOOK_BACK), -1):
        gap = view[words[i].end : words[i + 1].start] if i + 1 < len(words) else ""
        if i + 1 <= last and re.search(r'[;:"\n(]|\. |--', gap.replace("(", "") if "(" in gap and ")" in gap else gap):
            break
        if "," in gap and i + 1 < last + 1 and chunk:
            chunks.append(tuple(reversed(chunk)))
            chunk = []
        if words[i].key in {"that", "while", "but", "because", "although", "whereas"} or (words[i].key == "and" and not chunk):
            break
        chunk.append(words[i])
    if chunk:
        chunks.append(tuple(reversed(chunk)))
    return chunks


def _following(text: str, words: tuple[Word, ...], first: int) -> list[tuple[Word, ...]]:
    """The chunks after words[first-1], up to the end of the clause, in the order of `_preceding` reversed."""
    view = plain_view(text)
    chunks: list[tuple[Word, ...]] = []
    chunk: list[Word] = []
    for i in range(first, min(len(words), first + _LOOK_BACK)):
        gap = view[words[i - 1].end : words[i].start]
        if i > first and re.search(r'[;:"\n]|\. |--', gap):
            break
        if words[i].key in {"that", "who", "which", "in", "on", "during", "as", "while", "after", "when", "but"}:
            break
        if "," in gap and chunk:
            chunks.append(tuple(chunk))
            chunk = []
        if len(chunks) == 2:
            break
        chunk.append(words[i])
    if chunk:
        chunks.append(tuple(chunk))
    return list(reversed(chunks[:2])) if len(chunks) > 1 and _has_role(chunks[1]) else chunks[:1]


# --- what a noun phrase says -------------------------------------------------------------------------------------------


def _has_role(chunk: tuple[Word, ...]) -> bool:
    return any(True for _ in _roles().find(chunk))


def _parse(text: str, chunks: list[tuple[Word, ...]]) -> Party | None:
    """The speaker that the nearest chunk names; an apposition takes its other half from the chunk before."""
    if not chunks:
        return None
    nearest = _parse_chunk(text, chunks[0])
    if nearest is None:
        return None
    if len(chunks) > 1 and not nearest.pronoun and (nearest.name is None) != (nearest.role is None):
        other = _parse_chunk(text, chunks[1])
        if other and not other.pronoun and (other.name is None) == (nearest.name is not None) and _is_apposition(chunks, nearest):
            return Party(
                nearest.name or other.name, nearest.role or other.role, nearest.organisation or other.organisation,
                _merge_types(nearest, other), False, False,
            )  # fmt: skip
    return nearest


def _is_apposition(chunks: list[tuple[Word, ...]], nearest: Party) -> bool:
    """ "X, head of Y" or "Head of Y, X": the role half begins with the role, an article or an adjective of it."""
    role_half = chunks[1] if nearest.name else chunks[0]
    return role_half[0].key not in {"in", "on", "during", "at", "after", "for", "according", "with", "by"}


def _merge_types(a: Party, b: Party) -> SourceType | None:
    return a.type or b.type


def _parse_chunk(text: str, chunk: tuple[Word, ...]) -> Party | None:
    if not chunk:
        return None
    if chunk[-1].key in speaker_words().pronouns and len(chunk) <= 3 and chunk[-1].key not in {"it", "i", "we", "who"}:
        return Party(None, None, None, None, chunk[-1].span, chunk[-1].key == "they")
    chunk = _trim(chunk)
    roles = [f for f in _roles().find(chunk) if not _in_capital_organisation(chunk, f)]
    organisation = _organisation(chunk, roles)
    name = _name(chunk, roles, organisation)
    if not (roles or organisation or name):
        return None
    role = _role_span(chunk, roles, organisation, name)
    kind = _type(text, chunk, roles, organisation)
    plural = bool(roles) and chunk[roles[-1].last - 1].key.endswith("s") and name is None
    return Party(name, role, organisation, kind, None, plural)


def _trim(chunk: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without what comes before the noun phrase: "For his part", "Speaking to X", "On Monday"."""
    for i in range(len(chunk) - 1, 0, -1):
        if (
            chunk[i - 1].key in {"day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
            and chunk[i].key == "the"
        ):
            return chunk[i:]
    return chunk


def _in_capital_organisation(chunk: tuple[Word, ...], role: Found[SourceType]) -> bool:
    """ "Joint Operations Command spokesman": "Command" is a part of the organisation's name, not a role."""
    words = chunk[role.first : role.last]
    following = chunk[role.last] if role.last < len(chunk) else None
    is_body = words[-1].key in speaker_words().organisation_words
    return (
        is_body
        and words[-1].capital
        and following is not None
        and (following.key in role_types() or following.capital)
        and bool(role.first)
    )


def _organisation(chunk: tuple[Word, ...], roles: list[Found[SourceType]]) -> Span | None:
    """A run of capitalised words that holds an organisation's word; the one tied to the role where there are several."""
    bodies = speaker_words().organisation_words
    runs = [run for run in _runs(chunk, _ACROSS) if any(w.key.strip(".") in bodies for w in run)]
    runs = [_without_role_ends(run, roles) for run in runs]
    runs = [run for run in runs if run and any(w.key.strip(".") in bodies for w in run)]
    if runs:
        return Span(runs[-1][0].start, runs[-1][-1].end)
    for role, later in pairwise(roles):  # "Anbar provincial council chairman"
        named = any(w.capital for w in chunk[max(0, role.first - 2) : role.first])
        if named and later.first == role.last and chunk[role.last - 1].key in bodies:
            return Span(chunk[max(0, role.first - 2)].start, chunk[role.last - 1].end)
    for role in roles:  # "head of the provincial council"
        rest = chunk[role.last :]
        tail = [w for w in rest[1:8] if w.key != "the"] if len(rest) > 2 and rest[0].key in {"of", "for"} else []
        if any(w.key in bodies for w in tail):
            return Span(tail[0].start, next(w for w in reversed(tail) if w.key in bodies).end)
    return None


def _without_role_ends(run: tuple[Word, ...], roles: list[Found[SourceType]]) -> tuple[Word, ...]:
    """ "Pentagon Press Secretary Peter Cook" keeps "Pentagon": the run ends where a role word or a rank begins."""
    small = speaker_words()
    bodies = small.organisation_words
    out: list[Word] = []
    for word in run:
        is_role = word.key in role_types() and word.key not in bodies
        if out and (is_role or word.key in small.ranks - bodies):
            break
        if is_role or (word.key in small.ranks and word.key not in bodies):
            continue
        out.append(word)
    while out and out[-1].key in _ACROSS:
        out.pop()
    while out and out[0].key in _ACROSS:
        out.pop(0)
    last = max((i for i, w in enumerate(out) if w.key.strip(".") in bodies), default=-1)
    tail = out[last + 1 :]
    return tuple(out if tail and tail[0].key in {"of", "for", "in"} else out[: last + 1]) if last >= 0 else ()


def _runs(chunk: tuple[Word, ...], across: frozenset[str]) -> list[tuple[Word, ...]]:
    """Runs of capitalised words; one or two small words between two of them (`across`) belong to the run."""
    runs: list[tuple[Word, ...]] = []
    run: list[Word] = []
    gap: list[Word] = []
    for word in chunk:
        if word.capital and word.key not in _NEVER_IN_RUNS:
            run += [*gap, word]
            gap = []
        elif run and word.key in across and len(gap) < 2:
            gap.append(word)
        else:
            runs += [tuple(run)] if run else []
            run, gap = [], []
    return [*runs, tuple(run)] if run else runs


def _name(chunk: tuple[Word, ...], roles: list[Found[SourceType]], organisation: Span | None) -> Span | None:
    """A run of capitalised words that is no organisation, role, rank, place adjective or day; particles belong to it."""
    taken = {i for role in roles for i in range(role.first, role.last)}
    best: list[Word] = []
    run: list[Word] = []
    ranks = speaker_words().ranks
    for i, word in enumerate((*chunk, None)):
        fits = (
            word is not None
            and i not in taken
            and not (organisation and organisation.start <= word.start < organisation.end)
            and word.key not in _NAME_STOPS
            and word.key not in ranks
            and (word.capital or (word.key.split("-")[0] in _PARTICLES and (bool(run) or "-" in word.key)))
            and not word.text.isdigit()
        )
        if fits and word is not None:
            run.append(word)
            continue
        if run and (len(run) >= len(best)):
            best = run
        run = []
    while best and best[-1].key in _PARTICLES:
        best.pop()
    if not best or best[-1].text.endswith("'s") or (len(best) == 1 and _looks_adjective(best[0])):
        return None
    if len(best) > 1 and _looks_adjective(best[0]):
        best = best[1:]
    return Span(best[0].start, best[-1].end) if len(best) <= 6 else None


def _looks_adjective(word: Word) -> bool:
    """Nationalities and the like: "Iraqi", "American", "Kurdish" are no names of persons."""
    return bool(
        re.search(r"(ian|ean|ese|ish|iqi|ani|eni|ali|erian|ican|aqi|aeli|nian|US|U\.S\.|UN|UK)$", word.text)
    ) and not re.search(r"^(Ali|Al-|Hani|Rani)", word.text)


def _role_span(
    chunk: tuple[Word, ...], roles: list[Found[SourceType]], organisation: Span | None, name: Span | None
) -> Span | None:
    """The role words with the adjectives before them: "security and political expert", "chairman"."""
    free = [r for r in roles if not (organisation and organisation.start <= chunk[r.first].start < organisation.end)]
    free = [r for r in free if chunk[r.first].key not in speaker_words().ranks or name is None or r.first == 0]
    if not free:
        return None
    role = free[0]
    for later in free[1:]:  # "military analyst", "provincial council chairman": the last of the row is the role
        if later.first == role.last:
            role = later._replace(first=role.first) if chunk[role.first].key not in speaker_words().organisation_words else later
    first = role.first
    while first and not chunk[first - 1].capital and chunk[first - 1].key not in _NAME_STOPS - {"and"} and first > role.first - 4:
        first -= 1
    while chunk[first].key in {"and", "s"} and first < role.first:
        first += 1
    return Span(chunk[first].start, chunk[role.last - 1].end)


def _type(text: str, chunk: tuple[Word, ...], roles: list[Found[SourceType]], organisation: Span | None) -> SourceType | None:
    """The organisation's words decide, then the rank, then the role."""
    if organisation:
        inside = words_of(text, organisation.start, organisation.end)
        found = [f.payload for f in _roles().find(inside)]
        for kind in ("military", "police", "international", "ngo"):
            if kind in found:
                return kind
        if any(w.key in {"center", "centre", "institute", "university", "studies"} for w in inside):
            return "analyst"
        if any(True for _ in _outlets().find(inside)):
            return "media"
        if found:
            return found[0]
    kinds = [r.payload for r in roles]
    for kind in ("analyst", "police", "armed_group", "anonymous", "international", "ngo"):
        if kind in kinds:
            return kind
    if "military" in kinds or any(
        w.key.strip(".") in {"gen", "general", "lt", "maj", "col", "brig", "capt", "adm"} for w in chunk
    ):
        return "military"
    if organisation and not kinds:
        return "official"
    return kinds[0] if kinds else None


# --- who it is ---------------------------------------------------------------------------------------------------------


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
    if name is None and organisation is None and party.role is None:
        return None
    return SpeakerMention(
        span=cover([*party.spans, verb]), speaker=name, role=_of(text, party.role), organisation=organisation, type=kind,
        verb=verb, parts=(*party.spans, verb),
    )  # fmt: skip


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


def _actor_type(actors: Sequence[ActorMention], party: Party) -> SourceType | None:
    kinds: dict[str, SourceType] = {
        "state_force": "military", "police": "police", "government": "official", "armed_group": "armed_group", "coalition": "military",
        "international": "international", "civilians": "witness", "people": "witness",
    }  # fmt: skip
    for actor in actors:
        if any(actor.span.overlaps(span) for span in party.spans):
            return kinds.get(actor.kind)
    return None


# --- outlets -----------------------------------------------------------------------------------------------------------


def _vias(text: str, words: tuple[Word, ...], publisher: str | None) -> list[Span]:
    """Outlets to which somebody spoke: "told X", "in a statement to X"."""
    vias = []
    for found in _to_outlet().find(words):
        rest = words[found.last : found.last + 6]
        if rest and rest[0].key == "the":
            rest = rest[1:]
        run: list[Word] = []
        for word in rest:
            if not (word.capital or (run and word.key in {"al", "of"})):
                break
            if run and re.search(r"[,;.:]", plain_view(text)[run[-1].end : word.start]):
                break
            run.append(word)
        if run and _is_outlet(text, run, publisher):
            start = run[0].start
            if words[found.last].key == "the" and words[found.last].capital:
                start = words[found.last].start
            vias.append(Span(start, run[-1].end))
    return vias


def _is_outlet(text: str, run: list[Word], publisher: str | None) -> bool:
    name = plain_view(text)[run[0].start : run[-1].end].lower()
    if publisher and name in publisher.lower():
        return True
    if any(w.key in speaker_words().outlet_words for w in run):
        return True
    return any(True for _ in _outlets().find(tuple(run))) or name in {"reference", "associated press"}


def _with_outlets(text: str, mentions: list[SpeakerMention], vias: list[Span]) -> list[SpeakerMention]:
    """An outlet beside another speaker is what the words came through; alone it is the source."""
    outlets = [m for m in mentions if m.type == "media" and m.speaker is None]
    others = [m for m in mentions if m not in outlets]
    if not others:
        return mentions
    through = [text[s.start : s.end] for s in vias] + [m.organisation for m in outlets if m.organisation]
    spans = [*vias, *(p for m in outlets for p in m.parts)]
    if not through:
        return mentions
    named = tuple(dict.fromkeys(" ".join(name.split()) for name in through))
    return [replace(m, via=named, parts=(*m.parts, *spans)) for m in others]
