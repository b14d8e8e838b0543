"""Finds the outlets that words came through: "told X", "in a statement to X"."""

import re
from functools import cache

from msgspec.structs import replace

from dateline.lexicon.speakers import speaker_words
from dateline.mentions.parties import outlet_table
from dateline.mentions.words import PhraseTable, Word
from dateline.model import Span, SpeakerMention, cover, plain_view


@cache
def _to_outlet() -> PhraseTable[bool]:
    return PhraseTable((name, True) for name in speaker_words().to_outlet)


def find_outlets(text: str, words: tuple[Word, ...], publisher: str | None) -> list[Span]:
    """Outlets to which somebody spoke: "told X", "in a statement to X"."""
    vias = []
    for found in _to_outlet().find(words):
        rest = words[found.last : found.last + 6]
        named = outlet_table().at(rest, 0) if rest else None
        if named:
            vias.append(Span(rest[0].start, rest[named.last - 1].end))
            continue
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
    return any(True for _ in outlet_table().find(tuple(run)))


def with_outlets(text: str, mentions: list[SpeakerMention], vias: list[Span]) -> list[SpeakerMention]:
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
    return [replace(m, via=named, parts=(*m.parts, *spans), span=_with_listener(m.span, vias)) for m in others]


def _with_listener(said: Span, vias: list[Span]) -> Span:
    """ "said" or "told X": the outlet right behind the verb belongs to the words that say who speaks."""
    return next((cover([said, via]) for via in vias if 0 <= via.start - said.end <= 6), said)
