"""Where the words that name a speaker stand: before the verb of saying, after it, or after "according to"."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from dateline.lexicon.acts import forms
from dateline.lexicon.speakers import role_types, speaker_words
from dateline.mentions.acts import BE
from dateline.mentions.parties import Party, is_role_half, parse_party
from dateline.mentions.words import Found, PhraseTable, Word
from dateline.model import plain_view

_SKIPPED = frozenset(
    ("has have had also later then earlier previously recently further again separately meanwhile however").split()
)
_ENDS = re.compile(r'[;:"(]|\.\s|--')  # what no noun phrase runs across, save the stop of a rank ("Col. Keita")
_CLAUSE_STARTS = frozenset({"that", "while", "but", "because", "although", "whereas"})
_LOOK_BACK = 34  # words before a verb of saying that can belong to its subject


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


def find_sayings(text: str, words: tuple[Word, ...]) -> Iterator[Found[Said]]:
    """The phrases of saying in a row of words; those with other senses only where something said follows."""
    for found in _sayings().find(words):
        if not _is_name(words, found) and (not _weak(found.payload) or _says(text, words, found)):
            yield found


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


def speaking_party(text: str, words: tuple[Word, ...], found: Found[Said]) -> Party | None:
    """Who speaks, from the words before the verb, behind it ("said X") or behind "according to"."""
    if found.payload.verb == "according":
        return parse_party(text, _following(text, words, found.last))
    if found.payload.verb == "saying":
        return None  # "adding that": the same speaker goes on, and is found at the main verb
    before = words[found.first - 1] if found.first else None
    if before is not None and before.key in BE | {"to", "been"}:
        return None  # "it was announced", "to announce"
    if _inverted(text, words, found):
        following = _following(text, words, found.last)
        party = parse_party(text, following)
        if party is not None and _fills(party, following):
            return party
    subject = _preceding(text, words, found.first)
    return parse_party(text, subject) if subject else None


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


def _preceding(text: str, words: tuple[Word, ...], verb: int) -> list[tuple[Word, ...]]:
    """The comma-parted chunks that can be the subject of words[verb], nearest first."""
    view = plain_view(text)
    last = verb
    while last and (words[last - 1].key in _SKIPPED or words[last - 1].key.endswith("ly")):
        last -= 1
    chunks: list[tuple[Word, ...]] = []
    chunk: list[Word] = []
    for i in range(last - 1, max(-1, last - 1 - _LOOK_BACK), -1):
        gap = view[words[i].end : words[i + 1].start] if i + 1 < len(words) else ""
        if _ENDS.search(gap) and words[i].key not in speaker_words().ranks:
            break
        if "," in gap and chunk:
            chunks.append(tuple(reversed(chunk)))
            chunk = []
        if words[i].key in _CLAUSE_STARTS or (words[i].key == "and" and not chunk):
            break
        chunk.append(words[i])
    return [*chunks, tuple(reversed(chunk))] if chunk else chunks


def _following(text: str, words: tuple[Word, ...], first: int) -> list[tuple[Word, ...]]:
    """The chunks after words[first-1], up to the end of the clause, in the order of `_preceding` reversed."""
    view = plain_view(text)
    chunks: list[tuple[Word, ...]] = []
    chunk: list[Word] = []
    for i in range(first, min(len(words), first + _LOOK_BACK)):
        gap = view[words[i - 1].end : words[i].start]
        if i > first and _ENDS.search(gap) and words[i - 1].key not in speaker_words().ranks:
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
    return list(reversed(chunks[:2])) if len(chunks) > 1 and is_role_half(text, chunks[1]) else chunks[:1]
