"""Cuts sentences into clauses by their words, each with the mentions that stand in it."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from dateline.claims.views import SentenceView, trim
from dateline.lexicon.acts import forms
from dateline.lexicon.speakers import speaker_words
from dateline.mentions.acts import BE, MODALS
from dateline.mentions.words import Word, sentence_words, words_of
from dateline.model import (
    ActMention,
    ActorMention,
    CueMention,
    Mention,
    PlaceMention,
    QuantityMention,
    Sentence,
    Span,
    SpeakerMention,
    TimeMention,
    plain_view,
)

_LINKS = frozenset(["and", "but", "or"])
_SUBORDINATORS = frozenset(
    (
        "while whereas although though after before when where who which as because since with leaving causing"
        " resulting despite following unless if so however meanwhile especially particularly bringing"
    ).split()
)
_SPLIT_WITHOUT_COMMA = frozenset("while whereas although though after before when because but which".split())
_AUXILIARIES = BE | MODALS | frozenset(["has", "have", "had"])
_FINITE = _AUXILIARIES - {"to", "not", "be", "been", "being", "help"}
_LONGEST_APPENDIX = 5  # words that can still describe the speaker named before them
_REACH = 9  # words after a link in which its verb must come


class Clause(NamedTuple):
    """A stretch of a sentence round one act or statement, and what it mentions."""

    span: Span
    first_word: str  # key of its first word: how it is tied to what comes before
    acts: tuple[ActMention, ...]
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    times: tuple[TimeMention, ...]
    quantities: tuple[QuantityMention, ...]
    cues: tuple[CueMention, ...]

    def has_cue(self, *classes: str) -> bool:
        return any(cue.cue in classes for cue in self.cues)


def cut(view: SentenceView, text: str) -> tuple[Clause, ...]:
    """The clauses of a sentence."""
    words = sentence_words(text, view.sentence)
    groups = (view.acts, view.actors, view.places, view.times, view.quantities, view.cues)
    spans = _clause_spans(text, view.sentence, words, view.acts, view.speakers)
    return tuple(_clause(text, span, groups) for span in spans)


def _clause(text: str, span: Span, groups: tuple[tuple[Mention, ...], ...]) -> Clause:
    inside = [tuple(m for m in group if span.start <= m.span.start < span.end) for group in groups]
    words = words_of(text, span.start, span.end)
    return Clause(span, words[0].key if words else "", *inside)  # type: ignore[arg-type]


def _clause_spans(
    text: str, sentence: Sentence, words: tuple[Word, ...], acts: tuple[ActMention, ...], speakers: tuple[SpeakerMention, ...]
) -> list[Span]:
    """The stretches between boundaries, without the words that only say who speaks."""
    view = plain_view(text)
    cuts = {sentence.span.start}
    verb_starts = {a.span.start for a in acts if a.voice != "noun"}
    said = False  # has a verb come since the last cut?
    for i in range(1, len(words)):
        gap = view[words[i - 1].end : words[i].start]
        said = said or words[i - 1].start in verb_starts or words[i - 1].key in _FINITE
        if _is_boundary(words, i, gap, verb_starts, said):
            cuts.add(words[i].start)
            said = False
    ordered = [*sorted(cuts), sentence.span.end]
    spans = [Span(a, b) for a, b in pairwise(ordered)]
    for speaker in speakers:
        spans = [piece for span in spans for piece in _without(view, span, speaker, acts)]
    return [trimmed for span in spans if (trimmed := trim(view, span)) is not None]


def _is_boundary(words: tuple[Word, ...], i: int, gap: str, verb_starts: set[int], said: bool) -> bool:
    key = words[i].key
    if re.search(r";|:\s| -+ |--", gap) and words[i - 1].key != "operation":
        return True
    if key in _LINKS:
        if "," in gap and not said:
            return False  # a list of subjects: "nine tanks, two guns, and a truck were destroyed"
        reach = words[i + 1 : i + 1 + (_REACH if "," in gap else 4)]
        return _verb_comes(reach, verb_starts, bare="," not in gap)
    if "," in gap:
        if key in _SUBORDINATORS or key in _saying():
            return True
        return words[i].start in verb_starts
    return key in _SPLIT_WITHOUT_COMMA and i > 2 and _verb_comes(words[i + 1 : i + 1 + _REACH], verb_starts, bare=False)


def _verb_comes(reach: Sequence[Word], verb_starts: set[int], bare: bool) -> bool:
    """Does a verb come soon?  After a bare "and" it must be the next word, adverbs and auxiliaries left out."""
    for n, word in enumerate(reach):
        if word.start in verb_starts or (word.key in _AUXILIARIES and (not bare or n == 0)):
            return True
        if bare and n and not word.key.endswith("ly") and word.key not in _AUXILIARIES | {"also", "then", "later"}:
            return False
    return False


@cache
def _saying() -> frozenset[str]:
    """ "adding", "warning", "stressing": the speaker goes on."""
    return frozenset(forms(base).ing for base in speaker_words().say_verbs)


def _without(view: str, span: Span, speaker: SpeakerMention, acts: tuple[ActMention, ...]) -> list[Span]:
    """`span` without the words that say who speaks, where they stand at its edge; ", he said," inside it stays."""
    said = speaker.span
    if not span.overlaps(said):
        return [span]
    before, after = Span(span.start, max(span.start, said.start)), Span(min(span.end, said.end), span.end)
    if _goes_with_speaker(view, after, speaker):
        after = Span(after.end, after.end)
    pieces = [piece for piece in (before, after) if _tells(view, piece, acts)]
    commas = view[before.start : before.end].rstrip().endswith(",") and view[after.start : after.end].startswith(",")
    return [span] if len(pieces) == 2 and commas else pieces


def _goes_with_speaker(view: str, after: Span, speaker: SpeakerMention) -> bool:
    """ "according to a report released in February": a few words with no comma behind a party named after the verb."""
    named_behind = speaker.verb is not None and speaker.verb.end < speaker.span.end
    words = view[after.start : after.end]
    return named_behind and not re.match(r"\s*[,;:]", words) and len(re.findall(r"\w+", words)) <= _LONGEST_APPENDIX


def _tells(view: str, piece: Span, acts: tuple[ActMention, ...]) -> bool:
    """More than three words, or an act: "wounding 12"."""
    return any(piece.contains(a.span) for a in acts) or len(re.findall(r"\w+", view[piece.start : piece.end])) > 3
