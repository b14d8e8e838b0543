"""Where the words that name a speaker stand: before the verb of saying, after it, or after "according to"."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from dateline.lexicon.acts import forms
from dateline.lexicon.speakers import role_types, speaker_words
from dateline.mentions.acts import BE
from dateline.mentions.parties import Party, is_role_half, name_behind, parse_heading, parse_owner, parse_party, phrase_party
from dateline.mentions.subjects import Syntax
from dateline.mentions.words import Found, PhraseTable, Word
from dateline.model import Span, plain_view

_SKIPPED = frozenset(
    ("has have had also later then earlier previously recently further again separately meanwhile however").split()
)
_ENDS = re.compile(r'[;:"(]|\.\s|--')  # what no noun phrase runs across, save the stop of a rank ("Col. Keita")
_POSSESSIVES = frozenset({"his", "her", "their", "its"})
_BEFORE_VIEWS = frozenset({"in", "by", "on", "to", "from"})
_PASSIVE = frozenset({"be", "been", "being"})
_LONGEST_OWNER = 8  # words between "by" and "count"
_LONGEST_HEADING = 9  # words before the colon of "Army Command: ..."
_CLAUSE_STARTS = frozenset({"that", "while", "but", "because", "although", "whereas"})
_LOOK_AHEAD = 14  # words behind a verb in which its object stands
_ALWAYS = frozenset({"say", "tell", "add"})  # a tree that sees no verb in these is wrong
_WITH_HEARER = frozenset({"tell", "inform"})  # who stands behind these hears it
_LOOK_BACK = 34  # words before a verb of saying that can belong to its subject


Verb = Literal["said", "saying", "according", "view", "heading"]


class Said(NamedTuple):
    """A phrase of saying: verb in a finite form, verb in -ing ("adding that"), a preposition ("according to"), whose view it is
    ("in his view"), or who is named at the head of a line ("Army Command: ...")."""

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


def find_sayings(text: str, words: tuple[Word, ...], syntax: Syntax | None = None) -> Iterator[Found[Said]]:
    """The phrases of saying in a row of words; those with other senses only where something said follows."""
    for found in _sayings().find(words):
        if not _is_name(words, found) and _can_say(text, words, found, syntax):
            yield found
    yield from _views(words)
    if syntax is not None:
        yield from _headings(text, words, syntax)


def _views(words: tuple[Word, ...]) -> Iterator[Found[Said]]:
    """ "in his view", "by the centre's own count": the words from the preposition to the noun."""
    for i, word in enumerate(words):
        if word.key not in speaker_words().view_nouns:
            continue
        ahead = range(i - 1, max(-1, i - 1 - _LONGEST_OWNER), -1)
        first = next((n for n in ahead if words[n].key in _BEFORE_VIEWS), None)
        owner = words[first + 1 : i] if first is not None else ()
        if any(w.key in _POSSESSIVES or w.text.endswith(("'s", "s'", "\u2019s")) for w in owner) and first is not None:
            yield Found(first, i + 1, Said("view", word.key))


def _headings(text: str, words: tuple[Word, ...], syntax: Syntax) -> Iterator[Found[Said]]:
    """ "09:05 - Army Command: a soldier was killed", "For X, the truce is dead": who speaks stands at the head."""
    start = next((i for i, w in enumerate(words) if not w.text[0].isdigit()), len(words))
    head = words[start : start + _LONGEST_HEADING]
    view = plain_view(text)
    for i, (word, after) in enumerate(pairwise(head)):
        gap = view[word.end : after.start]
        if gap.strip() == ":" and (view[word.end] == ":") and not any(w.key in _CLAUSE_STARTS for w in head[: i + 1]):
            yield Found(start, start + i + 1, Said("heading", ":"))
            return
        if gap.strip():
            break
    persons = [e.span for e in syntax.entities(head[1].span, "Person")] if len(head) > 2 and head[0].key == "for" else []
    if persons and syntax.is_proper(persons[0]):
        yield Found(start, start + 1, Said("according", "for"))


def verb_span(words: tuple[Word, ...], found: Found[Said]) -> Span:
    """The words of a phrase of saying."""
    if found.payload.verb == "view":
        return words[found.last - 1].span
    return Span(words[found.first].start, words[found.last - 1].end)


def _can_say(text: str, words: tuple[Word, ...], found: Found[Said], syntax: Syntax | None) -> bool:
    said, span = found.payload, verb_span(words, found)
    if said.verb == "according":
        return True
    if syntax is not None and syntax.is_verb(span) is False and said.base not in _ALWAYS:
        return False
    if not _has_needed(words, found) or (
        said.base == "accuse" and words[found.last : found.last + 1] and words[found.last].key == "of"
    ):
        return False  # "accused of murder" is accused
    lexicon = speaker_words()
    if said.base not in lexicon.weak_say_verbs | lexicon.noun_say_verbs:
        return True
    if _says(text, words, found) or (syntax is not None and syntax.has_statement(span)):
        return True
    needed = lexicon.needs_as_noun.get(said.base)
    return syntax is not None and said.base in lexicon.noun_say_verbs and (needed is None or _is_behind(needed, words, found))


def _has_needed(words: tuple[Word, ...], found: Found[Said]) -> bool:
    """ "put the toll at 9": what some verbs need behind them to say something."""
    needed = speaker_words().needs_behind.get(found.payload.base)
    return not needed or _is_behind(needed, words, found)


def _is_behind(needed: frozenset[str], words: tuple[Word, ...], found: Found[Said]) -> bool:
    return any(w.key in needed for w in words[found.last : found.last + _LOOK_AHEAD])


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


def speaking_party(text: str, words: tuple[Word, ...], found: Found[Said], syntax: Syntax | None = None) -> Party | None:
    """Who speaks: the subject of the verb, or the noun phrase behind "according to".

    The tree says which words these are; where there is none, the words before the verb, behind it ("said X") or behind
    "according to" do.
    """
    if found.payload.verb == "view":
        return parse_owner(text, words[found.first + 1 : found.last - 1], syntax)
    if found.payload.verb == "heading":
        return parse_heading(text, words[found.first : found.last], syntax)
    if syntax is not None:
        span = verb_span(words, found)
        adding, inverted = found.payload.verb == "saying", _inverted(text, words, found)
        phrase = syntax.behind(span) if found.payload.verb == "according" else syntax.subject(span, inverted, adding)
        passive = found.first > 0 and words[found.first - 1].key in _PASSIVE
        if inverted and phrase is not None and phrase.head.start < span.start and not syntax.has_statement_behind(span):
            behind = _behind(text, words, found)  # "200 families fled, said the officer": the tree took who fled
            if behind is not None:
                return behind
        if phrase is not None and not (passive and phrase.head.start < span.start):
            return phrase_party(text, phrase, syntax)
        if passive:
            return None  # "the return of X can be attributed to Y", whatever the tree makes of it
        if found.payload.verb != "according" and syntax.is_passive(span):
            return None
    if found.payload.verb == "according":
        return parse_party(text, _following(text, words, found.last))
    if found.payload.verb == "saying":
        return None  # "adding that": the same speaker goes on, and is found at the main verb
    before = words[found.first - 1] if found.first else None
    if before is not None and before.key in BE | {"to", "been"}:
        return None  # "it was announced", "to announce"
    if _inverted(text, words, found) and (party := _behind(text, words, found)) is not None:
        return party
    subject = _preceding(text, words, found.first)
    return parse_party(text, subject) if subject else None


def _behind(text: str, words: tuple[Word, ...], found: Found[Said]) -> Party | None:
    """The speaker whom the words behind a verb name and no more: "said the officer, Hadji Alim"."""
    following = _following(text, words, found.last)
    party = parse_party(text, following)
    if party is None or not (party.role or party.name) or not _fills(party, following):
        return None
    named = party.name is None and not party.plural and not party.pronoun
    return party._replace(name=name_behind(text, following[0][-1].end)) if named else party


def _fills(party: Party, chunks: list[tuple[Word, ...]]) -> bool:
    """Does the speaker's name and role fill the words after the verb, so that no statement follows them?"""
    free = [w for w in chunks[0] if not any(s.start <= w.start < s.end for s in party.spans)]
    return len([w for w in free if w.key not in speaker_words().ranks | {"the", "a", "an", "of", "for"}]) <= 2


def _inverted(text: str, words: tuple[Word, ...], found: Found[Said]) -> bool:
    """ "...", said X: the verb follows a comma or a quotation mark, and a name, a role or an article follows it."""
    if not found.first or found.last >= len(words) or found.payload.base in _WITH_HEARER:
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
